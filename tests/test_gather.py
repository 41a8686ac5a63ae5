"""Whole answers: lists behind ":", inline (1)(2), clauses that run on, and what is compared."""

from __future__ import annotations

from answer_parts import asked, finding, make, part

from rag.gather import gather, list_items, run_on, taken_back

LINES = "Hồ sơ gồm:\n- Đơn đề nghị;\n- Bản sao căn cước;\n\n- Giấy khai sinh.\nNộp tại xã. - Không phải mục."
INLINE = "Nhiệm vụ là: (1) tuyên truyền; (2) kiểm tra.\nHết."
RUNNING = "Các vấn đề như: vệ sinh môi trường; tiếp công dân; an ninh. Câu sau."


def quotes(text: str, lead: str) -> list[str]:
    return [item.quote for item in list_items(part(text, lead))]


def test_the_lines_behind_a_colon() -> None:
    assert quotes(LINES, "Hồ sơ gồm:") == ["- Đơn đề nghị", "- Bản sao căn cước", "- Giấy khai sinh."]


def test_a_list_of_what_is_asked_for_is_told_whole() -> None:
    text = "Mừng thọ vào một trong các ngày sau đây: a) Ngày Quốc tế; b) Tết Nguyên đán."
    document = make(text)
    told = gather(asked("Mừng thọ vào ngày nào?"), [finding(document, text[: text.index(";")])])
    assert [one.unit.quote for one in told] == [text]


def test_no_list_without_a_colon() -> None:
    assert quotes("Hồ sơ gồm ba loại.\n- Đơn.", "Hồ sơ gồm ba loại.") == []
    assert quotes("Hồ sơ gồm:\nĐơn đề nghị.", "Hồ sơ gồm:") == []


def test_every_list_mark() -> None:
    text = "Gồm:\n1. Một\n2) Hai\n(3) Ba\na) Bốn\nđ) Năm\n+ Sáu\n• Bảy\n– Tám"
    assert [quote.split()[-1] for quote in quotes(text, "Gồm:")] == "Một Hai Ba Bốn Năm Sáu Bảy Tám".split()


def test_a_list_ends_after_fifteen_items() -> None:
    assert len(quotes("Gồm:\n" + "\n".join(f"- Mục {n}" for n in range(20)), "Gồm:")) == 15


def test_enumerators_in_the_running_text() -> None:
    assert quotes(INLINE, "Nhiệm vụ là:") == ["(1) tuyên truyền", "(2) kiểm tra."]


def test_dashes_in_the_running_text_up_to_where_another_list_is_opened() -> None:
    text = "Hội đồng có nhiệm vụ: - Lập kế hoạch; - Chấm thi. - Báo cáo. Lệ phí gồm: - 5.000 đồng.\nHết - hẳn."
    assert quotes(text, "Hội đồng có nhiệm vụ:") == ["- Lập kế hoạch", "- Chấm thi.", "- Báo cáo."]


def test_clauses_that_run_on() -> None:
    lead = part(RUNNING, "Các vấn đề như: vệ sinh môi trường")
    assert run_on(lead, many=False).quote == "Các vấn đề như: vệ sinh môi trường; tiếp công dân; an ninh."
    plain = part("xã A đạt; xã B đạt. Sau.", "xã A đạt")
    assert run_on(plain, many=False) is plain
    assert run_on(plain, many=True).quote == "xã A đạt; xã B đạt."
    last = part(RUNNING, "Câu sau.")
    assert run_on(last, many=True) is last


def test_a_list_is_gathered_for_a_question_that_wants_it() -> None:
    document = make(LINES)
    best = finding(document, "Hồ sơ gồm:")
    assert len(gather(asked("Hồ sơ gồm những gì?"), [best])) == 4
    assert gather(asked("Ai nộp hồ sơ?"), [best]) == [best]


def test_what_is_compared_stands_side_by_side_in_reading_order() -> None:
    document = make("Xã Tân Lập thu 12 tỷ đồng; xã Tân Hà thu 15 tỷ đồng; xã Tân Văn họp.")
    query = asked("Tân Lập với Tân Hà, xã nào thu nhiều hơn?")
    first, second = finding(document, "Xã Tân Lập thu 12 tỷ đồng", 4), finding(document, "xã Tân Hà thu 15 tỷ đồng", 5)
    assert gather(query, [second, first]) == [first, second]
    assert gather(query, [second, finding(document, "xã Tân Văn họp.", 4)]) == [second]  # tells no figure
    assert gather(asked("Tân Hà thu bao nhiêu?"), [second, first]) == [second]


def test_what_the_next_sentence_takes_back_is_quoted_with_it() -> None:
    text = "Xã xin thêm 2 xe rác. Đề nghị này chưa được chấp thuận. Họp tiếp vào thứ hai."
    assert taken_back(part(text, "Xã xin thêm 2 xe rác.")).quote == (
        "Xã xin thêm 2 xe rác. Đề nghị này chưa được chấp thuận."
    )
    kept = "Xã xin thêm 2 xe rác. Đề nghị này được chấp thuận."
    assert taken_back(part(kept, "Xã xin thêm 2 xe rác.")).quote == "Xã xin thêm 2 xe rác."
