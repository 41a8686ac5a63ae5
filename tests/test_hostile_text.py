"""Hostile text costs no more than its length: twice as long, about twice the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from corpus.boilerplate import find
from corpus.canonical import canonical
from corpus.document import Span
from corpus.formats.legacy import recognise
from corpus.formats.source import Source
from corpus.header import read_header
from corpus.kind import kind_of
from corpus.places import find_places
from corpus.structure import headings
from corpus.text import clauses, sentences, tokens

LENGTH = 30_000
SECONDS = 2.0  # for so many letters on a busy machine; 0.06 on an idle one, quadratic work would take minutes
GROWTH = 4.0  # of the time for twice as many: linear is 2, quadratic would be 4 and more

PIECES = (
    "a", " ", "\n", "a\n", "a | ", "Số: 1", "Số: 1\n", "Số: 1 / / ", "1 ", "ngày 1 ", "ngày 1 tháng 1 năm ", "n g a y ",
    "huyện ", "huyện Đ ", "xã An Bình, ", "Lâm Đồng ", "An-", "TP. ", "Nguyễn Văn ", "ỦY BAN ", "ỦY BAN\n", "CỦA A SỐ ",
    "KT. CHỦ TỊCH\n", "Nơi nhận\n", "Tin: Lê\n", "Lê Văn A\n", "V/v a\n", "Lượt xem: 12\n", "Đang online: 12\n",
    "Địa chỉ: a\n", "Điều 1. A\n", "CHƯƠNG I\nA\n", "I. A\n", "# a\n", "(“[", "(1) ", "a; ", "... ", "-", "1.",
    "<!--", "<!-- -->", "A:\n b", "th ủ ",
    "µ¸ ", "aø ",
)  # fmt: skip
READERS: dict[str, Callable[[str], object]] = {
    "tokens": tokens,
    "sentences": sentences,
    "clauses": lambda text: clauses(text, Span(0, len(text))),
    "headings": headings,
    "places": find_places,
    "header": lambda text: read_header(text, "a.txt", ()),
    "boilerplate": lambda text: find(text.split("\n")),
    "canonical": lambda text: canonical(Source((text,), "text/plain", paged=True, wrapped=True)),
    "old fonts": recognise,
    "kind": lambda text: kind_of(text.encode()),
}


def seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began


@pytest.mark.parametrize("reader", sorted(READERS))
def test_time_grows_with_the_length_alone(reader: str) -> None:
    read = READERS[reader]
    read("huyện Đơn Dương")  # what is loaded on first use is loaded
    texts = {piece: (piece * LENGTH)[:LENGTH] for piece in PIECES}
    once = {piece: seconds(read, text) for piece, text in texts.items()}
    for piece in sorted(once, key=once.__getitem__)[-3:]:
        assert once[piece] < SECONDS, piece
        twice = min(seconds(read, texts[piece] * 2) for _ in range(2))
        assert twice < max(GROWTH * once[piece], 0.02), piece  # less is too little to compare
