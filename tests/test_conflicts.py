"""Two rules of one office that differ in other words: both are told, the newer first."""

from __future__ import annotations

from datetime import date

import pytest
from answer_parts import found, make

from corpus.document import Document
from rag.conflicts import DIFFER, PLACES, reconciled
from rag.decide import Decision, decide
from rag.planned import is_ahead

OLD, NEW = date(2020, 3, 3), date(2023, 5, 6)


def rule(text: str, issued_on: date, kind: str = "Quyết định", issuer: str = "UBND huyện Tân Phú") -> Document:
    return make(text, title=f"{kind} về định mức", kind=kind, issuer=issuer, issued_on=issued_on)


FUEL = "Định mức tiêu hao nhiên liệu của xe ô tô 7 chỗ là 14 lít/100 km."
LESS = "Xe 7 chỗ được khoán nhiên liệu không quá 13 lít cho 100 km đường bộ."


def told(question: str, *documents: Document) -> Decision:
    query, findings, table = found(question, *documents)
    return reconciled(query, decide(query, findings, table), findings)


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("Định mức nhiên liệu xe 7 chỗ là bao nhiêu lít/100 km?", FUEL, LESS),
        (
            "Cán bộ đi công tác trong huyện được khoán bao nhiêu đồng một ngày?",
            "Mức khoán công tác phí trong huyện cho cán bộ là 80.000 đồng một ngày.",
            "Cán bộ đi công tác trong huyện được thanh toán 120.000 đồng mỗi ngày.",
        ),
    ],
)
def test_both_rules_the_newer_first(question: str, old: str, new: str) -> None:
    decision = told(question, rule(old, OLD), rule(new, NEW, issuer="Ủy ban nhân dân huyện Tân Phú"))
    assert [quote.text for quote in decision.quotes] == [new, old]
    assert decision.opening == DIFFER


@pytest.mark.parametrize(
    "other",
    [
        rule("Xe 16 chỗ được khoán nhiên liệu không quá 18 lít cho 100 km đường bộ.", NEW),  # other cars
        rule(LESS, NEW, issuer="UBND huyện Bắc Hà"),  # another office
        rule(LESS, NEW, kind="Báo cáo"),  # no rule
        rule(LESS.replace("13", "14"), NEW),  # the same value
        rule("Xe 7 chỗ được khoán nhiên liệu 300.000 đồng cho 100 km.", NEW),  # another unit
    ],
)
def test_what_is_no_other_value_of_the_same_rule(other: Document) -> None:
    decision = told("Định mức nhiên liệu xe 7 chỗ là bao nhiêu lít/100 km?", rule(FUEL, OLD), other)
    assert decision.opening == ""
    assert len({quote.document.id for quote in decision.quotes}) == 1


def report(commune: str, poor: int) -> Document:
    text = f"Đến cuối năm 2022 còn {poor} hộ nghèo, giảm 12 hộ so với năm trước."
    return make(text, title="Kết quả giảm nghèo", place=f"xã {commune}, huyện Đơn Dương", issued_on=NEW)


def test_what_several_places_tell_is_told_place_by_place() -> None:
    three = [report("Ka Đô", 54), report("Lạc Lâm", 31), report("Quảng Lập", 77)]
    decision = told("Cuối năm 2022 còn bao nhiêu hộ nghèo?", *three)
    assert sorted(quote.document.header.place or "" for quote in decision.quotes) == [
        "xã Ka Đô, huyện Đơn Dương", "xã Lạc Lâm, huyện Đơn Dương", "xã Quảng Lập, huyện Đơn Dương"
    ]  # fmt: skip
    assert decision.opening == PLACES
    one = told("Cuối năm 2022 xã Lạc Lâm còn bao nhiêu hộ nghèo?", *three)
    assert [quote.document.header.place for quote in one.quotes] == ["xã Lạc Lâm, huyện Đơn Dương"]
    alone = told("Cuối năm 2022 còn bao nhiêu hộ nghèo?", three[0], make("Xã trồng 5 ha rừng.", place="xã Lạc Lâm"))
    assert (len(alone.quotes), alone.opening) == (1, "")


def test_a_norm_of_use_is_no_aim() -> None:
    assert not is_ahead("Điều 1. Định mức tiêu hao nhiên liệu")  # "mức tiêu" folds as "mục tiêu" does
    assert is_ahead("III. Mục tiêu năm 2024")
