"""Answer or abstain, with the shipped model, over documents made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from answer_parts import asked, finding, found, make

from corpus.document import Document, Span
from rag.compose import compose
from rag.confidence import Signals, confidence, model, signals
from rag.constraints import Mismatch
from rag.decide import Decision, decide, is_language
from rag.own_header import from_header, points_at

TEXT = (
    "HUYỆN ỦY ĐƠN DƯƠNG\nSố 45-CV/HU\nNgày 02 tháng 3 năm 2020\nVề việc trồng rừng\nKính gửi: UBND các xã\n"
    "Năm 2020 huyện trồng 500 cây thông ven hồ. Lê Văn Tám"
)


def span(quote: str) -> Span:
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


FIELDS = {
    "issuer": "HUYỆN ỦY ĐƠN DƯƠNG",
    "number": "45-CV/HU",
    "issued_on": "Ngày 02 tháng 3 năm 2020",
    "subject": "trồng rừng",
    "title": "trồng rừng",
    "signer": "Lê Văn Tám",
}
LETTER = make(
    TEXT,
    title="trồng rừng",
    kind="Công văn",
    number="45-CV/HU",
    issued_on=date(2020, 3, 2),
    issuer="Huyện ủy Đơn Dương",
    signer="Lê Văn Tám",
    place="huyện Đơn Dương, tỉnh Lâm Đồng",
    spans={name: span(quote) for name, quote in FIELDS.items()},
)


def decided(question: str, *documents: Document) -> Decision:
    return decide(*found(question, *(documents or (LETTER,))))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Công văn số 45-CV/HU ban hành ngày nào?", "Ngày 02 tháng 3 năm 2020"),
        ("Ai ký công văn số 45-CV/HU?", "Lê Văn Tám"),
        ("ai ky cong van so 45-cv/hu", "Lê Văn Tám"),
        ("Cơ quan nào ban hành công văn số 45-CV/HU?", "HUYỆN ỦY ĐƠN DƯƠNG"),
        ("Công văn trồng rừng của Huyện ủy Đơn Dương số hiệu bao nhiêu?", "45-CV/HU"),
        ("Công văn số 45-CV/HU về việc gì?", "trồng rừng"),
        ("Công văn số 45-CV/HU gửi cho những ai?", "Kính gửi: UBND các xã"),
        ("Tiêu đề công văn số 45-CV/HU là gì?", "trồng rừng"),
    ],
)
def test_the_header_answers(question: str, quote: str) -> None:
    decision = decided(question)
    assert [each.text for each in decision.quotes] == [quote]
    assert (decision.reason, decision.confidence) == (None, 0.95)


def test_the_author_is_given_and_the_title_asked_for() -> None:
    text = "Chợ quê ngày xuân\nChợ đông vui từ sáng sớm.\nXuân Định"
    news = make(
        text,
        title="Chợ quê ngày xuân",
        kind="Tin bài",
        author="Xuân Định",
        spans={"title": Span(0, 17), "author": Span(text.index("Xuân Định"), len(text))},
    )
    assert [each.text for each in decided("Tác giả bài Chợ quê ngày xuân là ai?", news).quotes] == ["Xuân Định"]
    assert [each.text for each in decided("Bài của tác giả Xuân Định tên là gì?", news).quotes] == ["Chợ quê ngày xuân"]


def test_the_post_is_told_with_the_name_or_said_to_be_missing() -> None:
    question = "Ai ký công văn số 45-CV/HU, giữ chức vụ gì?"
    [name], [note] = decided(question).quotes, decided(question).notes
    assert (name.text, note) == ("Lê Văn Tám", "Văn bản không ghi rõ chức vụ của người ký.")
    text = TEXT.replace(" Lê Văn Tám", "\nKT. BÍ THƯ\nPHÓ BÍ THƯ\nLê Văn Tám")
    spans = {**LETTER.header.spans, "signer": Span(len(text) - len("Lê Văn Tám"), len(text))}
    signed = replace(LETTER, text=text, header=replace(LETTER.header, spans=spans))
    decision = decided(question, signed)
    assert [each.text for each in decision.quotes] == ["Lê Văn Tám", "KT. BÍ THƯ\nPHÓ BÍ THƯ"]
    assert compose(decision.quotes)[0].splitlines()[1:] == [
        "- người ký là Lê Văn Tám [1]",
        "- chức vụ của người ký là KT. BÍ THƯ PHÓ BÍ THƯ [2]",
    ]
    assert decision.notes == ()


def test_another_documents_header_does_not_answer() -> None:
    decision = decided("Ai ký công văn số 46-CV/HU?")
    assert decision.quotes == ()
    assert decision.against is not None
    assert (decision.against.kind, decision.against.what) == ("number", "46-CV/HU")


def test_the_text_answers_the_rest() -> None:
    decision = decided("Năm 2020 huyện trồng bao nhiêu cây thông ven hồ?")
    assert [each.text for each in decision.quotes] == ["Năm 2020 huyện trồng 500 cây thông ven hồ."]
    assert model().threshold <= decision.confidence <= 1


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("asdf qwer zxcv", "unclear"),
        ("2 + 2", "unclear"),
        ("2 + 2 bằng mấy?", "unclear"),
        ("Bạn tên gì?", "unclear"),
        ("năm 2021", "unclear"),
        ("bao nhiêu?", "unclear"),
        ("Giá vàng miếng chiều nay nhảy vọt ra sao?", "out_of_scope"),
        ("Công văn số 99-CV/HU quy định gì?", "not_in_documents"),
        ("Năm 2015 huyện trồng bao nhiêu cây thông ven hồ?", "not_in_documents"),
        ("Huyện Bắc Hà trồng bao nhiêu cây thông ven hồ?", "not_in_documents"),
    ],
)
def test_the_reasons_not_to_answer(question: str, reason: str) -> None:
    decision = decided(question)
    assert (decision.quotes, decision.reason) == ((), reason)
    assert decision.confidence < model().threshold


@pytest.mark.parametrize(
    ("question", "kind", "what", "there"),
    [
        ("Năm 2015 huyện trồng bao nhiêu cây thông?", "year", "2015", "2020"),
        ("Huyện Bắc Hà trồng bao nhiêu cây thông?", "place", "huyện Bắc Hà", "huyện Đơn Dương, tỉnh Lâm Đồng"),
    ],
)
def test_the_difference_is_named(question: str, kind: str, what: str, there: str) -> None:
    against = decided(question).against
    assert against is not None
    assert (against.kind, against.what, against.there) == (kind, what, there)


def test_evidence_just_short_of_the_threshold_is_weak() -> None:
    from rag.decide import _reason

    query, findings, _ = found("Năm 2020 huyện trồng bao nhiêu cây thông ven hồ?", LETTER)
    threshold = model().threshold
    assert _reason(query, findings[0], 0.61 * threshold) == "weak_evidence"
    assert _reason(query, findings[0], 0.59 * threshold) == "not_in_documents"


def test_without_findings_nothing_is_in_the_documents() -> None:
    assert decide(asked("Chợ mở cửa lúc nào?"), [], {}) == Decision((), 0.0, "not_in_documents")


def test_more_evidence_is_more_sure() -> None:
    low = confidence(Signals(0.1, 0.1, 0.1, 0.9, 0.1, 0.5, 0.0, 0.1, 0.9))
    high = confidence(Signals(1.0, 1.0, 1.0, 0.0, 1.0, 0.5, 1.0, 1.0, -1.0))
    assert 0 < low < model().threshold < high < 1


def test_the_best_finding_stands_among_the_others() -> None:
    text = "Huyện trồng 500 cây thông. Huyện trồng 500 cây thông ven hồ. Xã Tân Hà xây 3 cây cầu."
    document = make(text)
    same, best, other = (
        finding(document, quote, score) for quote, score in zip(text.split(". "), (5.0, 6.0, 4.5), strict=True)
    )
    ruled_out = replace(other, score=7.5, against=Mismatch("place", "xã Tân Hà"))
    query = asked("Huyện trồng bao nhiêu cây thông ven hồ?")
    among = signals(query, best, [best, same, other, ruled_out])
    assert (among.ahead, among.outdone) == (0.75, 0.5)  # 1.5 of 2 logits; 1.5 of 3
    assert signals(query, best, [best]).ahead == 1.0
    assert confidence(among) < confidence(signals(query, best, [best]))


def test_a_question_points_at_a_document_by_number_or_name() -> None:
    assert points_at(asked("Ai ký công văn số 45-CV/HU?"), LETTER)
    assert not points_at(asked("Ai ký công văn số 45-CV/TU?"), LETTER)
    assert points_at(asked("Ai ký công văn trồng rừng của Huyện ủy Đơn Dương?"), LETTER)
    assert not points_at(asked("Ai ký công văn thu gom rác thải nhựa đô thị?"), LETTER)
    season = make("Báo cáo", title="Kết quả vụ Đông Xuân 2020 - 2021", kind="Báo cáo")
    assert points_at(asked("Ai ký báo cáo kết quả vụ Đông Xuân 2020-2021?"), season)
    assert not points_at(asked("Ai ký báo cáo kết quả vụ Đông Xuân 2021-2022?"), season)
    half = make("Kinh tế", title="Tình hình kinh tế 6 tháng đầu năm 2023", kind="Báo cáo", place="huyện Bắc Hà")
    assert points_at(asked("Ai ký báo cáo kinh tế 6 tháng đầu năm 2023?"), half)
    assert points_at(asked("Ai ký báo cáo kinh tế năm 2023?"), half)
    assert not points_at(asked("Ai ký báo cáo kinh tế cả năm 2023?"), half)
    assert not points_at(asked("ai ky bao cao kinh te quy 4 nam 2023"), half)
    assert not points_at(asked("Ai ký kế hoạch kinh tế 6 tháng đầu năm 2023?"), half)
    summer = make("Báo cáo", title="Kết quả vụ Hè Thu năm 2022", kind="Báo cáo")
    assert points_at(asked("Ai ký báo cáo kết quả vụ Hè Thu 2022?"), summer)
    assert not points_at(asked("Ai ký báo cáo kết quả vụ Hè Thu 2021?"), summer)


def test_a_document_of_another_year_is_not_meant() -> None:
    season = make("Báo cáo.", kind="Báo cáo", title="Kết quả vụ đông xuân 2021 - 2022", issued_on=date(2022, 6, 3))
    assert points_at(asked("Ai ký báo cáo kết quả vụ đông xuân 2021-2022?"), season)
    assert points_at(asked("Ai ký báo cáo kết quả vụ đông xuân năm 2022?"), season)
    assert not points_at(asked("Ai ký báo cáo kết quả vụ đông xuân 2020-2021?"), season)
    assert not points_at(asked("Ai ký báo cáo kết quả vụ đông xuân năm 2019?"), season)


def test_a_documents_purpose_is_none_of_what_it_plans() -> None:
    text = "I. MỤC ĐÍCH\nTạo sự đồng thuận.\nII. NỘI DUNG\nXã lắp loa ở từng thôn."
    plan = make(text, kind="Kế hoạch", number="5/KH-UBND", title="Tuyên truyền bầu cử", issuer="UBND huyện")
    assert told("Kế hoạch tuyên truyền bầu cử nhằm mục đích gì?", plan) == ["Tạo sự đồng thuận."]
    assert told("Kế hoạch số 5/KH-UBND nhằm mục đích gì?", plan) == ["Tạo sự đồng thuận."]
    assert told("Theo Kế hoạch số 5/KH-UBND lắp loa phát thanh từng thôn để làm gì?", plan) == []


def test_the_document_whose_title_says_the_most_is_meant() -> None:
    text, own = "I. MỤC ĐÍCH\nTạo sự đồng thuận.", "I. MỤC ĐÍCH\nNâng cao hiểu biết."
    other = make(text, kind="Kế hoạch", title="Tuyên truyền bầu cử, tiêm phòng", issuer="UBND huyện")
    meant = make(own, kind="Kế hoạch", title="Tuyên truyền bầu cử, pháp luật", issuer="UBND huyện")
    query, findings, documents = found("Kế hoạch tuyên truyền bầu cử pháp luật nhằm mục đích gì?", other, meant)
    findings = sorted(findings, key=lambda finding: finding.document.id != other.id)
    said = from_header(query, findings, documents)
    assert said is not None
    assert [quote.text for quote in said.quotes] == ["Nâng cao hiểu biết."]


def test_an_offices_name_is_no_subject() -> None:
    budget = make("x", kind="Nghị quyết", number="18/NQ-HĐND", title="Dự toán thu ngân sách năm 2026", issuer="HĐND xã")
    assert not points_at(asked("Nghị quyết HĐND xã về đầu tư công năm 2026 số mấy?"), budget)
    assert points_at(asked("Nghị quyết HĐND xã về dự toán thu ngân sách năm 2026 số mấy?"), budget)


def told(question: str, document: Document) -> list[str]:
    query, findings, documents = found(question, document)
    said = from_header(query, findings, documents)
    return [quote.text for quote in said.quotes] if said else []


@pytest.mark.parametrize(
    ("question", "language"),
    [("Chợ mở cửa", True), ("cho mo cua", True), ("asdf zxcv", False), ("12 13", False), ("12-NQ/HU", True)],
)
def test_what_could_be_vietnamese(question: str, language: bool) -> None:
    assert is_language(asked(question)) is language


def test_other_accents_are_other_words() -> None:
    """ "Tạm", "bán" are not "Tăm", "bản" where a unit has them as they are asked; else they may be typed wrongly."""
    query = asked("Bán hàng tạm ở đâu?")
    document = make("Hàng của bản Nà Tăm. Bà con bán hàng tạm ở sân.")
    other, told = finding(document, "Hàng của bản Nà Tăm."), finding(document, "Bà con bán hàng tạm ở sân.")
    assert signals(query, other, [other, told]).unit < signals(query, other).unit
    assert signals(query, told, [other, told]).unit == 1.0


@pytest.mark.parametrize(
    ("quote", "refused"),
    [("Xã Tân Hà: đạt 12/19 tiêu chí.", False), ("Đã đạt 12/19 tiêu chí.", True)],
)
def test_a_nearer_sentence_of_another_place_is_no_doubt_of_one_that_names_its_own(quote: str, refused: bool) -> None:
    document = make(f"Xã Tân Hà làm nông thôn mới.\n{quote}", title="Nông thôn mới xã Tân Hà", place="xã Tân Hà")
    query, findings, table = found("Xã Tân Hà đạt mấy tiêu chí?", document)
    best = next(one for one in findings if "12/19" in one.unit.quote)
    other = Mismatch("place", "xã Tân Hà", "xã Lộc An")
    nearer = replace(best, unit=finding(document, "Xã Tân Hà làm").unit, score=best.score + 4, against=other)
    assert (decide(query, [best, nearer], table).reason is not None) == refused
    assert decide(query, [best], table).reason is None
