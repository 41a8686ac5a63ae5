"""Documents looked up by number: the spellings people use, over a real store of 200 letters that cite each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import pytest
from store_parts import HashedSyllables, opened

from corpus.load import parse
from corpus.text import fold
from index.store import Upload
from rag.assistant import Assistant

PARTY = (
    ("CV", "Công văn"), ("NQ", "Nghị quyết"), ("CT", "Chỉ thị"), ("KL", "Kết luận"), ("QĐ", "Quyết định"),
    ("BC", "Báo cáo"), ("KH", "Kế hoạch"), ("TB", "Thông báo"), ("HD", "Hướng dẫn"), ("QC", "Quy chế"),
    ("QĐi", "Quy định"), ("CTr", "Chương trình"), ("TTr", "Tờ trình"), ("ĐA", "Đề án"),
)  # fmt: skip
STATE = (
    ("QĐ", "Quyết định"), ("KH", "Kế hoạch"), ("TB", "Thông báo"), ("BC", "Báo cáo"), ("TTr", "Tờ trình"),
    ("CT", "Chỉ thị"), ("HD", "Hướng dẫn"), ("GM", "Giấy mời"), ("CĐ", "Công điện"), ("PA", "Phương án"),
)  # fmt: skip
RULES = (
    ("QĐ-UBND", "Quyết định"), ("NQ-HĐND", "Nghị quyết"), ("NĐ-CP", "Nghị định"), ("TT-BNV", "Thông tư"),
    ("TT-BLĐTBXH", "Thông tư"), ("TTLT-BNV-BTC", "Thông tư liên tịch"), ("QĐ-TTg", "Quyết định"),
    ("QH14", "Luật"), ("UBTVQH14", "Pháp lệnh"),
)  # fmt: skip
LETTERS = ("BNV-TCBC", "UBND-VX", "SNV-CCVC", "TTg-KTN", "BTC-QLCS", "STNMT-QLĐĐ", "UBND-KT")
COMMITTEES = ("HU", "TU", "ĐU", "TW", "BDVHU", "UBKTHU", "BTGTU")
OFFICES = ("UBND", "SNV", "HĐND", "STC", "BCĐ")
DRAWN = 12  # spellings of a letter that are tried: all 13,000 take 40 seconds
TASKS = ("công tác dân vận", "cải cách thủ tục hành chính", "xây dựng nông thôn mới", "quản lý đất đai", "giảm nghèo")


@dataclass(frozen=True)
class Letter:
    """A document's number in parts: "12/2019/QĐ-UBND" is 12, 2019 and QĐ-UBND behind a slash."""

    kind: str
    digits: str
    year: int | None
    mark: str  # between the digits and the symbol
    symbol: str

    @property
    def number(self) -> str:
        year = f"/{self.year}" if self.year else ""
        return f"{self.digits}{year}{self.mark}{self.symbol}"

    @property
    def short(self) -> str | None:
        """The symbol of its kind, where it has one."""
        first = re.split("[-/]", self.symbol)[0]
        if first.startswith(("QH", "UBTVQH")):  # "QH14" is the National Assembly's term, no kind
            return None
        return first if self.kind != "Công văn" or first == "CV" else "CV"


def letters() -> list[Letter]:
    """200 of all genres; digits come again with other symbols and other years."""
    draw = Random(11)
    made = dict[str, Letter]()
    while len(made) < 200:
        digits = str(draw.randrange(1, 2000))
        year = draw.randrange(2008, 2026)
        shape = draw.randrange(4)
        if shape == 0:
            symbol, kind = draw.choice(PARTY)
            letter = Letter(kind, digits, None, "-", f"{symbol}/{draw.choice(COMMITTEES)}")
        elif shape == 1:
            symbol, kind = draw.choice(STATE)
            letter = Letter(kind, digits, None, "/", f"{symbol}-{draw.choice(OFFICES)}")
        elif shape == 2:
            symbol, kind = draw.choice(RULES)
            letter = Letter(kind, digits.zfill(2), year, "/", symbol)
        else:
            letter = Letter("Công văn", digits, None, "/", draw.choice(LETTERS))
        made[letter.number] = letter
    return list(made.values())


def text_of(letter: Letter, cited: list[Letter], draw: Random) -> str:
    """A letter with its head, citing three others."""
    task = draw.choice(TASKS)
    title = "" if letter.kind == "Công văn" else f"{letter.kind.upper()}\n"
    subject = f"V/v triển khai {task}" if letter.kind == "Công văn" else f"Về việc triển khai {task}"
    grounds = "\n".join(f"Căn cứ {other.kind} số {other.number} về {draw.choice(TASKS)};" for other in cited)
    return (
        f"ỦY BAN NHÂN DÂN HUYỆN LÂM HÀ\n\nSố: {letter.number}\n\n"
        f"Lâm Hà, ngày {draw.randrange(1, 29)} tháng {draw.randrange(1, 13)} năm {letter.year or 2020}\n\n"
        f"{title}{subject}\n\n{grounds}\n\nCác cơ quan, đơn vị thực hiện {task} trước ngày 30 tháng 6.\n"
    )


def spellings(letter: Letter, only_kind: bool) -> Iterator[str]:
    """Ways to write the number; `only_kind`: no other letter has its digits and kind, so these are enough."""
    number, kind = letter.number, letter.kind
    bare = number.replace("Đ", "D").replace("đ", "d")
    yield from (number, f"số {number}", f"Số: {number}", f"{kind} số {number}", f"{kind.lower()} {number}")
    yield from (number.lower(), bare, bare.lower(), f"{fold(kind)} so {bare.lower()}", f"{kind} số {number}".upper())
    parts = re.split("[-/]", number)
    for mark in ("-", "/", " ", " - ", " / ", " – ", "."):
        yield mark.join(parts)
        yield f"{kind.lower()} số {mark.join(parts).lower()}"
        yield f"{fold(kind)} {mark.join(re.split('[-/]', bare)).lower()}"
    yield re.sub("([-/])", r" \1", number)
    yield re.sub("([-/])", r"\1 ", number)
    yield f"0{number}"
    yield f"{kind} số {number.lstrip('0')} nói về việc gì?"
    yield f"{kind.lower()} số {number} ban hành ngày nào"
    if not only_kind:
        return
    digits, year, short = letter.digits, letter.year, letter.short
    given = f"{digits}/{year}" if year else digits
    for name in filter(None, (kind, kind.lower(), fold(kind), kind.upper())):
        yield from (f"{name} số {digits}", f"{name} {digits}", f"{name} {given}", f"{name} số 0{digits}")
        yield from (f"{name} so: {digits}", f"{name} {digits} nói gì", f"nội dung của {name} số {given}")
        if year:
            yield from (f"{name} {digits} năm {year}", f"{name} số {digits} nam {year}", f"{name} {digits}-{year}")
    if short:
        yield from (
            f"{short} {given}",
            f"{short} số {given}",
            f"{short.lower()} số {given}",
            f"{fold(short)} so {given}",
        )


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    draw, made = Random(3), letters()
    store = opened(tmp_path_factory.mktemp("store"))
    texts = [text_of(letter, draw.sample(made, 3), draw) for letter in made]
    store.add(Upload(parse(text.encode(), f"{at:03}.txt"), text.encode(), None) for at, text in enumerate(texts))
    yield Assistant(store, HashedSyllables())
    store.close()


def test_every_number_is_read_from_its_letter(assistant: Assistant) -> None:
    assert {document.header.number for document in assistant.store.documents()} == {one.number for one in letters()}


def test_every_spelling_finds_its_letter_first(assistant: Assistant) -> None:
    made, draw = letters(), Random(5)
    alike = Counter((letter.kind, letter.digits.lstrip("0")) for letter in made)
    missed = []
    for letter in made:
        ways = list(dict.fromkeys(spellings(letter, alike[letter.kind, letter.digits.lstrip("0")] == 1)))
        assert len(ways) > 25
        for spelling in draw.sample(ways, DRAWN):
            best = assistant.search(spelling, k=1)
            if not best or best[0].number != letter.number:
                missed.append((spelling, letter.number, best[0].number if best else None))
    assert missed == []
