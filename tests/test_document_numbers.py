import random
import time

import pytest

from corpus.text import fold
from rag.language.document_numbers import DocumentNumber, find_document_numbers, matches


def only(text: str) -> DocumentNumber:
    (number,) = find_document_numbers(text)
    return number


@pytest.mark.parametrize(
    ("text", "written", "digits", "year", "key"),
    [
        ("118-CV/BDVHU", "118-CV/BDVHU", "118", None, "cv/bdvhu"),
        ("Số 118 -CV/BDVHU", "118 -CV/BDVHU", "118", None, "cv/bdvhu"),
        ("theo 118 – CV/BDVHU ngày 11/10/2019", "118 – CV/BDVHU", "118", None, "cv/bdvhu"),
        ("Thông tư số 06/2023/TT-BLĐTBXH", "06/2023/TT-BLĐTBXH", "6", 2023, "tt/bldtbxh"),
        ("Quyết định số 1030/QĐ-UBND", "1030/QĐ-UBND", "1030", None, "qd/ubnd"),
        ("Quy định số 11-QĐi/TW", "11-QĐi/TW", "11", None, "qdi/tw"),
        ("Nghị quyết 76/NQ-CP", "76/NQ-CP", "76", None, "nq/cp"),
        ("Luật số 45/2019/QH14", "45/2019/QH14", "45", 2019, "qh14"),
        ("công văn số 355/UBND-VX", "355/UBND-VX", "355", None, "ubnd/vx"),
        ("Nghị quyết 30a/2008/NQ-CP", "30a/2008/NQ-CP", "30a", 2008, "nq/cp"),
        ("cv 118 nói gì", "cv 118", "118", None, "cv"),
        ("Nghị định 73 quy định gì", "Nghị định 73", "73", None, "nd"),  # no quarters
        ("công văn 118 của Ban Dân vận", "công văn 118", "118", None, "cv"),
        ("12 NQ/HU", "12 NQ/HU", "12", None, "nq/hu"),
        ("12 nq hu", "12 nq hu", "12", None, "nq/hu"),
        ("nghi quyet so 12 noi gi", "nghi quyet so 12", "12", None, "nq"),
        ("nghị quyết số 12 năm 2019", "nghị quyết số 12", "12", 2019, "nq"),
        ("nq 12-nq/hu", "12-nq/hu", "12", None, "nq/hu"),
        ("so 118 cv bdvhu", "118 cv bdvhu", "118", None, "cv/bdvhu"),
        ("TT 06/2023", "TT 06/2023", "6", 2023, "tt"),
        ("quy dinh 605", "quy dinh 605", "605", None, "qdi|qd"),
        ("nq12", "nq12", "12", None, "nq"),
        ("công điện 06 ngày 01/10/2022", "công điện 06", "6", None, "cd"),
    ],
)
def test_it_reads_a_number(text: str, written: str, digits: str, year: int | None, key: str) -> None:
    number = only(text)
    assert (number.text, number.digits, number.year, number.symbol_key) == (written, digits, year, key)
    assert number.span.of(text) == written


def test_a_symbol_shared_by_two_numbers_gives_two() -> None:
    numbers = find_document_numbers("theo Quyết định số 217,218-QĐ/TW")
    assert [(n.digits, n.symbol_key) for n in numbers] == [("217", "qd/tw"), ("218", "qd/tw")]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 11/10/2019",
        "19/19 xã, thị trấn",
        "trực 24/24h",
        "Covid-19",
        "bão số 4 đã tan",
        "kế hoạch 5 năm 2021-2025",
        "báo cáo 9 tháng đầu năm",
        "ban hành quyết định 5 nhiệm vụ",
        "kế hoạch 3 quý đầu năm",
        "giai đoạn 2 - Hội đồng nhân dân",
        "luật 2020",
        "đã 5 năm, da 5",
        "kế hoạch 5 ngày",
        "số 12/A đường Trần Phú",
        "2 xã (Lạc Lâm, Quảng Lập)",
    ],
)
def test_it_leaves_other_figures_alone(text: str) -> None:
    assert find_document_numbers(text) == []


def test_the_day_behind_a_number_is_no_count() -> None:
    assert only("CĐ 06 ngày 01/10/2022 báo gì").text == "CĐ 06"
    assert find_document_numbers("kế hoạch 30 ngày đêm") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("công văn 355", "355/UBND-VX"),  # a state office's công văn names no kind
        ("luật 45/2019", "45/2019/QH14"),
        ("quy định 605", "605-QĐ/HU"),
        ("TT 06/2023", "06/2023/TT-BLĐTBXH"),
        ("công văn 126", "126/NNPTNT-TT"),  # its TT is a desk
        ("118 cv bdv", "118-CV/BDVHU"),
        ("12/nq-hu", "12-NQ/HU"),
        ("công văn 126", "126/SNN-TT"),  # of the crops section
    ],
)
def test_two_spellings_match(first: str, second: str) -> None:
    assert matches(only(first), only(second))
    assert matches(only(second), only(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12-NQ/HU", "13-NQ/HU"),
        ("12-NQ/HU", "12-NQ/TU"),
        ("nghị quyết 118", "118-KL/HU"),
        ("TT 06/2022", "06/2023/TT-BLĐTBXH"),
        ("118-CV/HU", "118-CV/BDVHU"),
        ("chỉ thị 16", "16/QĐ-TTg"),
        ("thông tư 126", "126/SNN-TT"),
    ],
)
def test_two_documents_do_not_match(first: str, second: str) -> None:
    assert not matches(only(first), only(second))


PARTY = [
    ("NQ", "nghị quyết"),
    ("CT", "chỉ thị"),
    ("KL", "kết luận"),
    ("QĐ", "quyết định"),
    ("CV", "công văn"),
]
STATE = [
    ("QĐ", "quyết định"),
    ("KH", "kế hoạch"),
    ("TB", "thông báo"),
    ("HD", "hướng dẫn"),
    ("CT", "chỉ thị"),
]


def generated(count: int) -> list[tuple[str, set[str]]]:
    """`(canonical number, its spellings)` of as many documents, digits all different."""
    draw = random.Random(7)
    made: list[tuple[str, set[str]]] = []
    for digits in draw.sample([n for n in range(1, 1900) if n > 9], count):
        shape = draw.randrange(3)
        if shape == 0:
            symbol, kind = draw.choice(PARTY)
            issuer = draw.choice(["HU", "TU", "TW", "BDVHU", "UBKTTW"])
            made.append((f"{digits}-{symbol}/{issuer}", spellings(str(digits), symbol, kind, issuer, "-", "/")))
        elif shape == 1:
            symbol, kind = draw.choice(STATE)
            issuer = draw.choice(["UBND", "SNV", "BCĐ", "TTg"])
            made.append((f"{digits}/{symbol}-{issuer}", spellings(str(digits), symbol, kind, issuer, "/", "-")))
        else:
            year, issuer = draw.randrange(2008, 2026), draw.choice(["BLĐTBXH", "BNV", "BGDĐT"])
            forms = spellings(f"{digits}/{year}", "TT", "thông tư", issuer, "/", "-")
            made.append((f"{digits}/{year}/TT-{issuer}", forms))
    return made


def spellings(digits: str, symbol: str, kind: str, issuer: str, first: str, second: str) -> set[str]:
    plain = str.maketrans("Đđ", "Dd")
    bare = fold(kind)
    written = f"{digits}{first}{symbol}{second}{issuer}"
    forms = {
        written,
        f"số {written}",
        f"Số: {written}",
        f"{digits} {first}{symbol}{second}{issuer}",
        f"{digits} – {symbol}/{issuer}",
        f"{digits}{second}{symbol}{first}{issuer}",
        f"{digits} {symbol}/{issuer}",
        f"{digits} {symbol} {issuer}",
        f"{kind} {digits}",
        f"{kind} số {digits}",
        f"{bare} so {digits}",
        f"{kind} số {written}",
        f"{symbol} {digits}",
        f"{symbol} {written}",
    }
    forms |= {form.lower() for form in forms} | {form.translate(plain) for form in forms}
    return forms | {form.lower().translate(plain) for form in forms}


def test_every_spelling_of_two_hundred_numbers_matches_its_own_and_no_other() -> None:
    documents = generated(200)
    numbers = [only(written) for written, _ in documents]
    for index, (_, forms) in enumerate(documents):
        for form in forms:
            typed = only(form)
            assert [at for at, number in enumerate(numbers) if matches(typed, number)] == [index], form


@pytest.mark.parametrize("piece", ["1 ", "1", "cv ", "a", "1-a/", " ", "so ", "cong van so ", "1,"])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    find_document_numbers(text)
    assert time.process_time() - start < 0.5  # 0.05 on an idle core
