"""Each perturbation on text whose result was written by hand; determinism."""

import unicodedata
from random import Random

import pytest

from eval.perturb import PERTURBATIONS, VIETNAMESE, perturbed

QUESTION = "xã nào phải đạt nông thôn mới kiểu mẫu"


def apply(name: str, text: str) -> str:
    return PERTURBATIONS[name](text, Random(1))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("no-diacritics", "Đơn Dương: xã nào, TỶ LỆ?", "Don Duong: xa nao, TY LE?"),
        ("nfd", "hòa", "ho\u0300a"),
        ("tone-placement", "hòa HOÀ Thuỷ khoẻ", "hoà HÒA Thủy khỏe"),
        ("tone-placement", "quý toàn thuyền của", "quý toàn thuyền của"),  # one placement only
        ("telex", "xã nào phải đạt", "xax naof phair ddatj"),
        ("telex", "Đà Lạt, 61 ĐẢNG ủy", "Ddaf Latj, 61 DDANGR uyr"),
        ("telex", "ấy tư bằng ơn", "aays tuw bawngf own"),
        ("abbreviations", "Ủy ban nhân dân huyện", "UBND huyện"),
        ("abbreviations", "Uỷ ban nhân dân thành phố Huế", "UBND TP Huế"),
        ("abbreviations", "hội đồng nhân dân", "HĐND"),
        ("abbreviations", "thành phốt", "thành phốt"),
        ("upper", "xã nào đạt 80,73%", "XÃ NÀO ĐẠT 80,73%"),
    ],
)
def test_by_hand(name: str, text: str, expected: str) -> None:
    assert apply(name, text) == expected


def test_telex_types_the_horned_pair_both_ways() -> None:
    assert {perturbed("telex", "nước", str(n)) for n in range(20)} == {"nuwowcs", "nuowcs"}


def test_half_of_the_accented_syllables_lose_their_accents() -> None:
    words, result = QUESTION.split(), apply("half-diacritics", QUESTION).split()
    changed = [(before, after) for before, after in zip(words, result, strict=True) if before != after]
    assert len(changed) == 5  # of nine
    assert all(after == apply("no-diacritics", before) for before, after in changed)


@pytest.mark.parametrize(("syllables", "slips"), [(1, 1), (9, 1), (20, 2), (34, 3)])
def test_one_typo_in_ten_syllables(syllables: int, slips: int) -> None:
    words = ["được"] * syllables
    for seed in range(30):
        result = PERTURBATIONS["typos"](" ".join(words), Random(seed)).split()
        assert sum(word != "được" for word in result) == slips


def test_typos_leave_numbers_alone() -> None:
    assert {PERTURBATIONS["typos"]("118 2019", Random(seed)) for seed in range(5)} == {"118 2019"}


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_same_for_a_question_and_safe_on_odd_text(name: str) -> None:
    assert perturbed(name, QUESTION, "d01") == perturbed(name, QUESTION, "d01")
    for text in ("", "?", "a", "đ", "𝔘 ẞ 12", "ho\u0300a"):
        assert isinstance(perturbed(name, text, "x"), str)


@pytest.mark.parametrize("name", ["half-diacritics", "typos"])
def test_another_question_is_perturbed_otherwise(name: str) -> None:
    assert len({perturbed(name, QUESTION, str(n)) for n in range(20)}) > 5


def test_composed_and_decomposed_input_are_perturbed_alike() -> None:
    for name in PERTURBATIONS:
        assert perturbed(name, QUESTION, "d") == perturbed(name, unicodedata.normalize("NFD", QUESTION), "d")


def test_every_perturbation_has_a_vietnamese_name() -> None:
    assert VIETNAMESE.keys() == PERTURBATIONS.keys()
