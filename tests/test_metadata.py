"""Questions about a document itself: which header field they ask for, and where the header says it."""

from __future__ import annotations

import pytest
from store_parts import make

from corpus.document import Span
from rag.metadata import HeaderField, asked_field, header_span


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Ai ký công văn số 118-CV/BDVHU?", "signer"),
        ("ai da ky cong van 118", "signer"),
        ("Đồng chí nào ký nghị quyết này?", "signer"),
        ("Ai đặt bút ký Thông báo 627-TB/HU?", "signer"),
        ("ai ky cong dien so 05", "signer"),
        ("Giấy mời số 46 do ai ký?", "signer"),
        ("Kế hoạch thu quỹ năm 2023 nhằm mục đích gì?", "purpose"),
        ("ke hoach tap huan nham de lam gi", "purpose"),
        ("số quyết định phê duyệt quy hoạch chợ", "number"),
        ("Người ký văn bản là ai?", "signer"),
        ("Văn bản do ai ký?", "signer"),
        ("Ai ký công văn 118 và giữ chức vụ gì?", "post"),
        ("ai ky nghi quyet 12, chuc vu gi", "post"),
        ("Chức danh người ký quyết định số 1030/QĐ-UBND?", "post"),
        ("Ông Nguyễn Văn An ký công văn 45 với tư cách gì?", "post"),
        ("Công văn 118 ban hành ngày nào?", "issued_on"),
        ("cong van 118 ban hanh khi nao", "issued_on"),
        ("Nghị quyết được ký bao giờ?", "issued_on"),
        ("Khi nào công văn được ban hành?", "issued_on"),
        ("Ngày ban hành quyết định?", "issued_on"),
        ("Bài viết được đăng ngày nào?", "issued_on"),
        ("Cơ quan nào ban hành công văn 118?", "issuer"),
        ("co quan nao ban hanh nghi quyet", "issuer"),
        ("Công văn 118 của cơ quan nào?", "issuer"),
        ("Đơn vị ban hành kế hoạch?", "issuer"),
        ("Công văn 118 gửi cho ai?", "recipients"),
        ("Công văn kính gửi những đơn vị nào?", "recipients"),
        ("Nơi nhận của thông báo?", "copies"),
        ("Công văn 118 gửi để báo cáo cho ai?", "copies"),
        ("Công văn 118 căn cứ vào đâu?", "basis"),
        ("quyet dinh 20 ban hanh dua tren can cu nao", "basis"),
        ("Nghị quyết dựa trên cơ sở nào?", "basis"),
        ("Căn cứ pháp lý của quyết định?", "basis"),
        ("Đây là loại văn bản gì?", "kind"),
        ("Tác giả bài viết là ai?", "author"),
        ("Ai viết bài này?", "author"),
        ("Tiêu đề bài viết?", "title"),
        ("Bài viết có tên là gì?", "title"),
        ("Số ký hiệu của công văn?", "number"),
        ("so hieu van ban", "number"),
        ("Công văn 118 nói về việc gì?", "subject"),
        ("Trích yếu của quyết định?", "subject"),
        ("nghi quyet quy dinh gi", "subject"),
        ("thông tư 01/2026/TT-BTC quy định về cái gì", "subject"),
        ("Quyết định 15 quy định những nội dung gì?", "subject"),
    ],
)
def test_field_asked_for(question: str, field: HeaderField) -> None:
    assert asked_field(question) == field


@pytest.mark.parametrize(
    "question",
    [
        "Huyện có bao nhiêu hộ nghèo?",
        "Ai ký hợp đồng với xã?",  # no document of ours
        "Ai là Chủ tịch xã Lạc Lâm?",
        "Theo nghị quyết, ông Bảy giữ chức vụ gì trong nhiệm kỳ 2020-2025?",
        "Công văn yêu cầu bao nhiêu xã báo cáo?",
        "Theo nghị quyết, huyện giảm mấy hộ nghèo?",
        "Xếp loại đoàn thể cơ sở căn cứ vào đâu?",
        "Quyết định 15 quy định gì về mức thu phí?",
        "Hội đồng lập theo quyết định số mấy?",  # of which another document speaks
        "số quyết định đã ký năm 2023",
        "",
    ],
)
def test_other_questions_ask_for_no_field(question: str) -> None:
    assert asked_field(question) is None


def test_the_header_says_where_a_field_stands() -> None:
    document = make("Số 5-CV/HU\nNgười ký: Lê Văn A", number="5-CV/HU", spans={"number": Span(3, 10)})
    span = header_span(document, "number")
    assert span is not None
    assert span.of(document.text) == "5-CV/HU"
    assert header_span(document, "signer") is None


def test_addressees_are_read_with_their_list() -> None:
    text = "Công văn\nKính gửi:\n- Công an huyện;\n - Phòng Y tế.\nNội dung."
    span = header_span(make(text), "recipients")
    assert span is not None
    assert span.of(text) == "Kính gửi:\n- Công an huyện;\n - Phòng Y tế."
    assert header_span(make("Không gửi ai."), "recipients") is None


def said(text: str, field: HeaderField) -> str | None:
    span = header_span(make(text, kind="Quyết định"), field)
    return span and span.of(text)


def test_copies_stand_at_the_end_and_addressees_at_the_head() -> None:
    text = "Kính gửi: Công an huyện.\nNội dung.\nNơi nhận:\n- Như trên;\n- Lưu: VT."
    assert said(text, "recipients") == "Kính gửi: Công an huyện."
    assert said(text, "copies") == "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert (
        said("Nội dung.\nNơi nhận:\n\n- Huyện ủy (b/c);\n- Lưu.\n", "copies")
        == "Nơi nhận:\n\n- Huyện ủy (b/c);\n- Lưu."
    )
    assert said("Nội dung.\nNơi nhận: Như trên.", "recipients") == "Nơi nhận: Như trên."


def test_the_basis_is_the_grounds_or_what_the_document_opens_with() -> None:
    grounds = "Căn cứ Luật Phí và lệ phí ngày 25/11/2015;\nCăn cứ Nghị định số 12/2024/NĐ-CP;"
    assert said(f"QUYẾT ĐỊNH\n{grounds}\nĐiều 1. Mức thu.", "basis") == grounds
    opening = "Thực hiện Công văn số 5-CV/HU ngày 02/3/2018 của Huyện ủy, xã báo cáo như sau."
    assert said(f"{opening}\nXã có 5 thôn.", "basis") == opening
    assert said("Xã thực hiện tốt Nghị quyết số 12-NQ/HU.", "basis") is None  # done by the xã, no ground of the text


def test_the_post_is_read_at_the_name_that_signed() -> None:
    text = "Số 5/QĐ-UBND\nĐiều 1. Thu phí.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An"
    name = text.index("Lê Văn An")
    signed = make(text, signer="Lê Văn An", spans={"signer": Span(name, len(text))})
    span = header_span(signed, "post")
    assert span is not None
    assert span.of(text) == "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    assert header_span(make(text), "post") is None  # nobody is known to have signed it


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU\n\n1. Mục đích: Tạo sự đồng thuận.\n2. Yêu cầu: Bám sát thôn.", "Tạo sự đồng thuận."),
        (
            "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Thống nhất lịch.\n- Đủ tuần.\n2. Yêu cầu",
            "- Thống nhất lịch.\n- Đủ tuần.",
        ),
        ("## I. Mục đích, yêu cầu\n\nHuy động nguồn lực.\n\n## II. Mức đóng\n\nMỗi hộ 5 đồng.", "Huy động nguồn lực."),
        ("I. MỤC ĐÍCH\nII. NỘI DUNG\nMở lớp.", None),
        ("Sử dụng đất đúng mục đích: đất ở.", None),
    ],
)
def test_the_purpose_stands_under_its_heading(text: str, purpose: str | None) -> None:
    assert said(text, "purpose") == purpose
