"""What hostile text costs whoever reads it: milliseconds for 25, 50 and 100 kB of the worst piece, repeated.

    python -m eval.hostile_text [reader]… [patterns]

`patterns` stands for our regular expressions one by one, of which the ten slowest are told; without arguments all is
measured. Twice the letters should take twice the time: the growth stands beside each. The times are the processor's
own, so that a busy machine changes them little. Questions are never longer than 4,000 characters; they are read at
these sizes too, for what reads them reads documents as well.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.boilerplate import find
from corpus.canonical import canonical
from corpus.document import Document, Header, Span
from corpus.formats.legacy import recognise
from corpus.formats.source import Source
from corpus.header import read_header
from corpus.kind import kind_of
from corpus.likeness import sketch
from corpus.links import find_links
from corpus.matching import matched
from corpus.places import find_places
from corpus.references import find_references
from corpus.sentences import clauses, sentences
from corpus.signature import find_post
from corpus.structure import headings, path_at
from corpus.text import clean, fold, same_tones, syllables, tokens
from eval.patterns import patterns
from index.chunk import chunk, windows
from rag.attendance import asks_attendance
from rag.claims import check
from rag.expected import expected
from rag.language.abbreviations import contract_forms, expand
from rag.language.accents import restore
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers
from rag.language.numbers import find_numbers
from rag.language.spelling import mend
from rag.language.telex import decode
from rag.metadata import asked_field
from rag.office_words import in_office_words
from rag.offices import offices
from rag.pieces import pieces
from rag.shapes import names
from rag.superlatives import superlative
from rag.tables import tables_of
from rag.terms import content_terms
from rag.understand import query_of
from rag.units import units_of
from rag.wanted import wanted

Reader = Callable[[str], object]
Piece = tuple[str, str]  # how the text opens, and what is repeated then
SIZES = (25_000, 50_000, 100_000)
FIRST = 1_000  # letters, and four times as many, by which the worst pieces are found
TRIED = 2  # of the dearest pieces, and of those that grow most
ENOUGH = 3.0  # seconds: what took longer is not tried with more
PIECES = (
    "a", " ", "\n", "a\n", "a | ", "1", "1 ", ".", ",", "-", "(", "/", "|", "“", "(“[", "(1) ", "1.", "9,", "1/2/",
    "... ", "a; ", "\t", " \n", "\u0301", "a\u0301\u0323", "\u200b", "A", "Â-", "X.", "%",
    "# a\n", "<!--", "<!-- -->", "A:\n b",
    "Số: 1", "Số: 1\n", "Số: 1 / / ", "12/NQ-HU ", "Quyết định số ", "căn cứ ", "thay thế ", "điểm a khoản 1 Điều 2 ",
    "ngày 1 ", "ngày 1 tháng 1 năm ", "từ 1 đến ", "năm 2020 ", "quý 1 ", "n g a y ", "một trăm ", "mười ", "1% ",
    "huyện ", "huyện Đ ", "xã An Bình, ", "Lâm Đồng ", "An-", "TP. ", "Nguyễn Văn ", "đồng chí ", "ông Lê ", "th ủ ",
    "ỦY BAN ", "ỦY BAN\n", "CỦA A SỐ ", "KT. CHỦ TỊCH\n", "Nơi nhận\n", "Tin: Lê\n", "Lê Văn A\n", "V/v a\n",
    "Lượt xem: 12\n", "Đang online: 12\n", "Địa chỉ: a\n", "Điều 1. A\n", "CHƯƠNG I\nA\n", "I. A\n", "µ¸ ", "aø ",
    "không ", "và ", "của ", "bao nhiêu ", "là gì ", "dduwowjc ", "UBND ", "nuoc ", "İ",
    "Ngày ", "Cập nhật ngày, ", "Thứ hai, ", "cơ ", "nào ", "số ", "so ",
    "so tien ", "de ", "Luật ", "aỆ,ngày ", "Tỉnh ÀA", "số : ",
)  # fmt: skip
RUNS = (" ", "\n", "a", "1", ",")  # what may follow an opening without end
TOLD = 10  # patterns
PATTERNS = "patterns"
CLAIM = "Xã Lạc Lâm có 1.250 hộ dân vào ngày 5 tháng 3 năm 2024."


def _document(text: str) -> Document:
    return Document("0" * 16, "0" * 64, "a.txt", "text/plain", text, Header("A"))


def _never(field: object, text: str, /) -> int:
    """How many passages hold a word: none, so that each may be a slip."""
    return 0


def _all(text: str) -> Span:
    return Span(0, len(text))


READERS: dict[str, Reader] = {
    "clean": clean,
    "fold": fold,
    "same_tones": same_tones,
    "tokens": tokens,
    "syllables": syllables,
    "sentences": sentences,
    "clauses": lambda text: clauses(text, _all(text)),
    "boilerplate": lambda text: find(text.split("\n")),
    "canonical": lambda text: canonical(Source((text,), "text/plain", paged=True, wrapped=True)),
    "old fonts": recognise,
    "kind": lambda text: kind_of(text.encode()),
    "header": lambda text: read_header(text, "a.txt", ()),
    "headings": headings,
    "heading path": lambda text: path_at(text, len(text)),
    "places": find_places,
    "references": find_references,
    "links": lambda text: find_links(_document(text)),
    "likeness": sketch,
    "matching": lambda text: matched(text, text),
    "chunks": lambda text: chunk(_document(text)),
    "windows": windows,
    "units": lambda text: units_of(text, _all(text)),
    "names": names,
    "dates": find_dates,
    "numbers": find_numbers,
    "document numbers": find_document_numbers,
    "offices": offices,
    "abbreviations": expand,
    "full forms": contract_forms,
    "pieces": pieces,
    "claim on hostile evidence": lambda text: check(CLAIM, text),
    "hostile claim": lambda text: check(text, CLAIM),
    "accents": restore,
    "slips": lambda text: mend(text, _never),
    "telex": decode,
    "terms": content_terms,
    "expected": expected,
    "field": asked_field,
    "office words": lambda text: list(in_office_words(text)),
    "question": lambda text: query_of(text, text),
    "documents wanted": lambda text: wanted(query_of(text, text)),
    "superlative": lambda text: superlative(query_of(text, text)),
    "tables": tables_of,
    "attendance": lambda text: asks_attendance(query_of(text, text)),
    "post": lambda text: find_post(text, Span(len(text), len(text))),
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds for each size, as far as it was tried."""

    reader: str
    piece: Piece
    milliseconds: tuple[float, ...]

    @property
    def growth(self) -> float:
        """Of the time for twice as many letters: 2 is linear, 4 quadratic."""
        *_, before, last = (1e-3, *self.milliseconds)
        return last / before


def seconds(read: Reader, text: str) -> float:
    """The processor's time, less the collector's: that grows with all that the process holds."""
    gc.disable()
    try:
        began = time.process_time()
        read(text)
        return time.process_time() - began
    finally:
        gc.enable()


def repeated(piece: Piece, length: int) -> str:
    opening, again = piece
    return (opening + again * length)[:length]


PLAIN: Sequence[Piece] = [("", piece) for piece in PIECES]
OPENED: Sequence[Piece] = [(piece, run) for piece in PIECES for run in RUNS]  # for patterns, which are quick


def worst(read: Reader, tried: Sequence[Piece] = PLAIN, length: int = FIRST, n: int = TRIED) -> list[Piece]:
    """The pieces that cost most at twice this length, and those whose cost grows most up to it."""
    read(CLAIM)  # what is loaded on first use is loaded
    cost = {
        piece: (seconds(read, repeated(piece, length)), seconds(read, repeated(piece, 2 * length))) for piece in tried
    }
    dear = sorted(tried, key=lambda piece: -cost[piece][1])[:n]
    growing = sorted(tried, key=lambda piece: 2 * cost[piece][0] - cost[piece][1])[:n]
    return list(dict.fromkeys((*dear, *growing)))


def cost(name: str, read: Reader, piece: Piece, sizes: Sequence[int] = SIZES) -> Cost:
    taken: list[float] = []
    for size in sizes:
        taken.append(1000 * seconds(read, repeated(piece, size)))
        if taken[-1] > 1000 * ENOUGH:
            break
    return Cost(name, piece, tuple(taken))


def dearest(name: str, read: Reader, tried: Sequence[Piece] = PLAIN) -> Cost:
    return max((cost(name, read, piece) for piece in worst(read, tried)), key=lambda cost: cost.milliseconds[-1])


def slowest(n: int = TOLD) -> list[Cost]:
    """The patterns that cost most; one that grows too fast stands first whatever it costs, as far as it was tried."""
    found = [dearest(each.name, each, (*PLAIN, *OPENED)) for each in patterns()]
    return sorted(found, key=lambda cost: (len(cost.milliseconds), -cost.milliseconds[-1]))[:n]


def table(name: str, found: Iterable[Cost]) -> Iterator[str]:
    yield f"{name:34} {'25 kB':>9} {'50 kB':>9} {'100 kB':>9} {'tăng':>6}  đoạn lặp lại"
    for each in found:
        shown = [f"{took:9.1f}" for took in each.milliseconds] + ["        –"] * (len(SIZES) - len(each.milliseconds))
        opening, again = each.piece
        told = f"{opening!r}, {again!r}" if opening else repr(again)
        yield f"{each.reader:34} {' '.join(shown)} {each.growth:6.1f}  {told}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m eval.hostile_text", description="Đo thời gian đọc chữ hiểm độc.")
    parser.add_argument("readers", nargs="*", choices=[*READERS, PATTERNS, []], metavar="reader")
    asked = parser.parse_args().readers or [*READERS, PATTERNS]
    if readers := [name for name in asked if name in READERS]:
        for line in table("đọc", (dearest(name, READERS[name]) for name in readers)):
            print(line, flush=True)
    if PATTERNS in asked:
        for line in table("mẫu", slowest()):
            print(line, flush=True)


if __name__ == "__main__":
    main()
