"""Questions that ask several things: cut into parts, and their answers joined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from answer_parts import asked, finding, make

from corpus.document import Document
from rag.compose import quote_of
from rag.decide import Decision
from rag.parts import held_alone, joined, parts, side_by_side, told_at_once

TEXT = "Xã có 12 hộ nghèo. Chợ mở cửa lúc 6 giờ sáng."


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("Ai chủ trì hội nghị và hội nghị họp ngày nào?", ["Ai chủ trì hội nghị", "hội nghị họp ngày nào"]),
        ("Ai ký? Ký ngày nào?", ["Ai ký", "Ký ngày nào"]),
        ("Có mấy xã, ở đâu, vì sao?", ["Có mấy xã", "ở đâu", "vì sao"]),
        ("Thu bao nhiêu và chi bao nhiêu?", ["Thu bao nhiêu", "chi bao nhiêu"]),
        ("Khiếu nại và tố cáo có bao nhiêu đơn?", []),  # only one side asks
        ("Tóm tắt công văn", []),
        ("Ai ký, ai đọc, ai gửi, ai nhận?", []),  # more than can be told apart
    ],
)
def test_pieces(question: str, pieces: list[str]) -> None:
    assert [part.alone.text for part in parts(asked(question))] == pieces


def test_a_part_keeps_the_topic_lightly() -> None:
    _, second = parts(asked("Huyện thu ngân sách bao nhiêu và đạt mấy phần trăm dự toán?"))
    weights = {term.key: term.weight for term in second.query.terms}
    alone = {term.key: term.weight for term in asked("ngân sách dự toán").terms}
    assert weights["dự"] == alone["dự"]
    assert weights["ngân"] == alone["ngân"] / 2
    assert second.query.expected.kind == "percent"


def test_parts_about_different_places_do_not_mix() -> None:
    first, second = parts(asked("Xã Tân Hà có mấy thôn và xã Tân Văn có mấy hộ?"))
    assert first.query is first.alone
    assert [place.name for place in second.query.places] == ["Tân Văn"]


def decision(document: Document, quote: str) -> Decision:
    return Decision((quote_of(finding(document, quote)),), 0.8)


def test_the_parts_quotes_stand_in_the_questions_order() -> None:
    document = make(TEXT)
    one, other = parts(asked("Chợ mở cửa lúc mấy giờ và xã có bao nhiêu hộ nghèo?"))
    answered = [
        (one, decision(document, "Chợ mở cửa lúc 6 giờ sáng.")),
        (other, decision(document, "Xã có 12 hộ nghèo.")),
    ]
    found = joined(decision(document, "Xã có 12 hộ nghèo."), answered)
    assert [quote.text for quote in found.quotes] == ["Chợ mở cửa lúc 6 giờ sáng.", "Xã có 12 hộ nghèo."]
    assert (found.reason, found.notes, found.confidence) == (None, (), 0.8)


def test_one_quote_that_answers_both_stands_once() -> None:
    document = make("Thu 12 tỷ đồng đạt 80% dự toán.")
    both = parts(asked("Thu bao nhiêu tỷ đồng và đạt bao nhiêu phần trăm dự toán?"))
    found = joined(decision(document, document.text), [(part, decision(document, document.text)) for part in both])
    assert len(found.quotes) == 1


def test_what_no_document_says_is_told() -> None:
    document = make(TEXT)
    one, other = parts(asked("Xã có bao nhiêu hộ nghèo và dân số xã bao nhiêu người?"))
    refused = Decision((), 0.1, "not_in_documents")
    found = joined(refused, [(one, decision(document, "Xã có 12 hộ nghèo.")), (other, refused)])
    assert found.reason is None
    assert found.notes == ("Chưa tìm thấy trong các tài liệu hiện có: “dân số xã bao nhiêu người”.",)
    assert joined(refused, [(one, refused), (other, refused)]) is refused


def test_a_part_is_not_answered_by_its_topic() -> None:
    document = make("Năm 2021 huyện có 61 cuộc đối thoại với nhân dân.")
    first, second = parts(asked("Sản lượng cà phê bao nhiêu tấn và có mấy cuộc đối thoại với nhân dân?"))
    best = finding(document, document.text)
    assert held_alone(first, decision(document, document.text), [best]).reason == "not_in_documents"
    assert held_alone(second, decision(document, document.text), [best]).reason is None


def test_a_parts_own_remark_stays() -> None:
    document = make(TEXT)
    one, other = parts(asked("Chợ mở cửa lúc mấy giờ và xã có bao nhiêu hộ nghèo?"))
    remarked = replace(decision(document, "Xã có 12 hộ nghèo."), notes=("Một điều cần biết.",))
    answered = [(one, decision(document, "Chợ mở cửa lúc 6 giờ sáng.")), (other, remarked)]
    assert joined(remarked, answered).notes == ("Một điều cần biết.",)


def test_the_clause_beside_the_first_parts_answer_comes_first() -> None:
    document = make("Có 50 đơn, gồm 23 đơn khiếu nại; 20 đơn tố cáo. Đã giải quyết 7 đơn tố cáo.")
    told = list(
        zip(
            parts(asked("Có bao nhiêu đơn khiếu nại và bao nhiêu đơn tố cáo?")),
            (decision(document, "gồm 23 đơn khiếu nại"), decision(document, "Đã giải quyết 7 đơn tố cáo.")),
            strict=True,
        )
    )
    settled, beside = finding(document, "Đã giải quyết 7 đơn tố cáo."), finding(document, "20 đơn tố cáo.")
    agreed = side_by_side(told, [[], [settled, beside]])
    assert [quote.text for each in agreed for quote in each.quotes] == ["gồm 23 đơn khiếu nại", "20 đơn tố cáo."]
    assert side_by_side(told, [[], [settled]]) == [each for _, each in told]


def test_a_sentence_that_offers_every_part_answers_all_of_them() -> None:
    text = "Phê bình xã Tân Hà vì báo cáo chậm. Xã Tân Lập họp ngày 5/3/2024."
    document = make(text)
    asked_for = parts(asked("Xã nào bị phê bình và vì sao?"))
    both = Decision((quote_of(finding(document, "Phê bình xã Tân Hà vì báo cáo chậm.")),), 0.7)
    one = Decision((quote_of(finding(document, "Xã Tân Lập họp ngày 5/3/2024.")),), 0.7)
    assert told_at_once(asked_for, both)
    assert not told_at_once(asked_for, one)
    assert not told_at_once(asked_for, Decision((), 0.2, "weak_evidence"))
    counted = parts(asked("Có bao nhiêu xã và có bao nhiêu thôn?"))  # one figure would seem to be both
    assert not told_at_once(counted, Decision((quote_of(finding(make("Có 4 xã."), "Có 4 xã.")),), 0.7))
