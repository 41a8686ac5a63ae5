"""Lists gathered over passages and documents: what says the same of other things, in reading order."""

from __future__ import annotations

from answer_parts import asked, finding, make

from rag.extract import Finding
from rag.items import whole_list

TEXT = (
    "Xã Tân Hà đạt chuẩn nâng cao. Huyện họp bàn. Xã Tân Văn đạt chuẩn nâng cao. Xã Tân Lập đạt chuẩn. Xã Tân Hà vui."
)
OTHER = "Năm nay xã Đông Thanh đạt chuẩn nâng cao."
QUESTION = "Những xã nào đạt chuẩn nâng cao?"


def sure(_: Finding) -> bool:
    return True


def quotes(question: str, findings: list[Finding], ask_sure: bool = True) -> list[str]:
    chosen = whole_list(asked(question), findings[:1], findings, sure if ask_sure else lambda _: False)
    return [each.unit.quote for each in chosen]


def test_every_thing_that_is_said_to_be_so() -> None:
    document = make(TEXT)
    best = finding(document, "Xã Tân Văn đạt chuẩn nâng cao.", 9)
    others = [finding(document, quote) for quote in ("Xã Tân Hà đạt chuẩn nâng cao.", "Xã Tân Lập đạt chuẩn.")]
    expected = ["Xã Tân Hà đạt chuẩn nâng cao.", "Xã Tân Văn đạt chuẩn nâng cao."]  # in reading order
    assert quotes(QUESTION, [best, *others]) == expected


def test_across_documents_the_best_ones_first() -> None:
    one, other = make(TEXT), make(OTHER)
    found = [finding(other, OTHER, 9), finding(one, "Xã Tân Hà đạt chuẩn nâng cao.")]
    assert quotes(QUESTION, found) == [OTHER, "Xã Tân Hà đạt chuẩn nâng cao."]


def test_only_what_is_sure_new_and_asked_for() -> None:
    document = make(TEXT)
    best, other = (
        finding(document, "Xã Tân Hà đạt chuẩn nâng cao.", 9),
        finding(document, "Xã Tân Văn đạt chuẩn nâng cao."),
    )
    assert quotes(QUESTION, [best, other], ask_sure=False) == [best.unit.quote]
    assert quotes(QUESTION, [best, best]) == [best.unit.quote]
    assert quotes("Xã nào đạt chuẩn nâng cao?", [best, other]) == [best.unit.quote]  # one is asked for


def test_a_list_ends() -> None:
    text = " ".join(f"Xã Tân {letter}a đạt chuẩn." for letter in "BCDĐGHKLMNPQRST")
    document = make(text)
    found = [finding(document, sentence.strip() + ".") for sentence in text.split(".")[:-1]]
    assert len(quotes("Những xã nào đạt chuẩn?", found)) == 12
