"""As many documents as are asked for, made from a folder of texts: each distinct one, then new ones of two halves.

The halves keep the words, the lengths and the vectors of real text, where copies would fall together.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain, count
from pathlib import Path

from corpus.document import Document, Header, content_id
from corpus.text import clean
from eval.beir import read_passages
from index.store import Upload

_APART = 7919  # a prime: how far from each other the two halves are taken


def distinct(folder: Path) -> list[tuple[str, str]]:
    """`(title, text)` of every different text in the folder's `.jsonl` files, in the order of their names."""
    seen: set[bytes] = set()
    found = []
    for title, text in chain.from_iterable(map(read_passages, sorted(folder.glob("*.jsonl")))):
        digest = blake2b(text.encode(), digest_size=8).digest()
        if text.strip() and digest not in seen:
            seen.add(digest)
            found.append((title, text))
    return found


def documents(texts: list[tuple[str, str]]) -> Iterator[Upload]:
    """Every text as a document, and then without end documents of one text's first half and another's second."""
    for number, (title, text) in enumerate(texts):
        yield upload(f"{number}.txt", title, text)
    for number in count():
        turn, first = divmod(number, len(texts))
        (_, one), (title, other) = texts[first], texts[(first * _APART + turn + 1) % len(texts)]
        yield upload(f"{len(texts) + number}.txt", title, f"{_half(one, 0)} {_half(other, 1)}")


def upload(file: str, title: str, text: str) -> Upload:
    content = f"{title}\n{text}".encode()
    document = Document(*content_id(content), file, "text/plain", clean(text), Header(" ".join(clean(title).split())))
    return Upload(document, content)


def _half(text: str, which: int) -> str:
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[middle:] if which else words[:middle])
