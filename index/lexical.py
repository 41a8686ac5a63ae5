"""Words: BM25 by tantivy over our own analyser's tokens. The only file that knows tantivy.

Fields: `folded` syllables, `bigrams` of adjacent folded syllables joined by "_", `accented` keys, and `context_folded`,
`context_bigrams` of the chunk's context line.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

import tantivy

from corpus.text import syllables

Field = Literal["folded", "bigrams", "accented", "context_folded", "context_bigrams"]
FIELDS: tuple[Field, ...] = ("folded", "bigrams", "accented", "context_folded", "context_bigrams")
_ANALYSER = "hoi_spaces"
_OS_ERROR = re.compile(r"os error (\d+)")
_SMALL_HEAP, _LARGE_HEAP, _MANY = 15_000_000, 100_000_000, 2000  # bytes, bytes, chunks
LARGE = 50_000  # chunks; among more, common terms are not looked for …
_COMMON = 0.2  # … which more than this share holds
_KNOWN = 20_000  # tokens whose frequencies are remembered
_REWRITTEN = ("meta.json", ".managed.json")  # every other file is written once


class Term(NamedTuple):  # some eighty are made for a question: a dataclass takes three times as long
    """One token to look for, as `syllables` gives it; bigrams are joined by "_"."""

    field: Field
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """Terms of which any may match; a chunk's score is the boosted sum of their BM25."""

    terms: tuple[Term, ...]

    def telling(self, frequency: Callable[[Field, str], int], chunks: int) -> LexicalQuery:
        """Less the terms that very many of the chunks hold, by how many hold a token: they tell least, cost most.

        All of them where there are not so many chunks; docs/scale.md has what it costs and saves.
        """
        if chunks <= LARGE:
            return self
        kept = tuple(term for term in self.terms if frequency(term.field, term.text) <= _COMMON * chunks)
        return LexicalQuery(kept) if kept else self


@dataclass(frozen=True, slots=True)
class Words:
    """What is indexed of a chunk: its id, its document's row, its text and its context line."""

    chunk: int
    document: int
    text: str
    context: str


class Lexicon:
    """A folder of tantivy segments, opened to be searched; what is on the disk later does not change it."""

    def __init__(self, folder: Path) -> None:
        index = _opened(folder)
        index.config_reader(reload_policy="manual")  # no thread that watches the folder
        index.reload()
        self._schema = index.schema
        self._searcher = index.searcher()
        self._frequency = lru_cache(_KNOWN)(self._searcher.doc_freq)
        segments = json.loads((folder / "meta.json").read_text())["segments"]
        self.worn = any(segment["deletes"] for segment in segments)  # counts words of removed chunks until they merge

    @property
    def count(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, query: LexicalQuery, k: int, documents: Sequence[int] | None = None, without: Sequence[int] = ()
    ) -> list[tuple[int, float]]:
        """The `k` best `(chunk id, score)`, the best first; only of `documents` and not of `without` (rows)."""
        if not query.terms or k < 1 or (documents is not None and not documents):
            return []
        wanted = self._any_of(query.terms)
        if documents is not None:
            wanted = self._among(wanted, documents)
        if without:
            wanted = self._not_of(wanted, without)
        hits = self._searcher.search(wanted, k, count=False).hits
        ids = self._searcher.fast_field_values("chunk", [address for _, address in hits])
        return [(id, float(score)) for id, (score, _) in zip(ids, hits, strict=True) if isinstance(id, int)]

    def frequency(self, field: Field, text: str) -> int:
        """How many chunks hold the token, those of removed documents included until they are merged away."""
        return self._frequency(field, text)

    def count_in(self, field: Field, text: str, documents: Sequence[int] | None) -> int:
        """How many chunks hold the token, removed ones left out; only of `documents` (rows) when they are given."""
        term = self._one(Term(field, text))
        wanted = term if documents is None else self._among(term, documents)
        return int(self._searcher.search(wanted, 1).count)  # type: ignore[attr-defined]  # missing in the stubs

    def _among(self, query: tantivy.Query, documents: Sequence[int]) -> tantivy.Query:
        allowed = tantivy.Query.term_set_query(self._schema, "document", documents)
        silent = tantivy.Query.const_score_query(allowed, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, silent)])

    def _not_of(self, query: tantivy.Query, documents: Sequence[int]) -> tantivy.Query:
        refused = tantivy.Query.term_set_query(self._schema, "document", documents)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.MustNot, refused)])

    def _any_of(self, terms: Sequence[Term]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._one(term)) for term in terms])

    def _one(self, term: Term) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, term.field, term.text, index_option="freq")
        return query if term.boost == 1.0 else tantivy.Query.boost_query(query, term.boost)


def grow(folder: Path, previous: Path | None, gone: Sequence[int], new: Iterable[Words], count: int) -> None:
    """Writes the index `previous` less the documents `gone` (rows) plus the `count` of `new` into the empty `folder`.

    tantivy never changes a segment's file, so those of `previous` are hard-linked; `previous` itself stays as it is.
    Raises `OSError` when the disk is full.
    """
    if previous is not None:
        _link(previous, folder)
    try:
        _write(tantivy.Index(_schema(), path=str(folder)) if previous is None else _opened(folder), gone, new, count)
    except ValueError as error:  # tantivy's for everything
        if code := _OS_ERROR.search(str(error)):
            raise OSError(int(code[1]), str(error)) from error
        raise
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()


def _write(index: tantivy.Index, gone: Sequence[int], new: Iterable[Words], count: int) -> None:
    index.register_tokenizer(_ANALYSER, _analyser())
    writer = index.writer(heap_size=_LARGE_HEAP if count > _MANY else _SMALL_HEAP, num_threads=1)
    if gone:  # by query: `delete_documents_by_term` silently deletes nothing by a number
        writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "document", gone))
    contexts: dict[str, tuple[str, str]] = {}
    for words in new:
        if words.context not in contexts:
            contexts[words.context] = _context(words.context)
        writer.add_document(_document(words, contexts[words.context]))
    writer.commit()
    writer.wait_merging_threads()


def _context(text: str) -> tuple[str, str]:
    _, folded = syllables(text)
    return " ".join(folded), _pairs(folded)


def _pairs(folded: Sequence[str]) -> str:
    return " ".join([f"{first}_{second}" for first, second in pairwise(folded)])


def _document(words: Words, context: tuple[str, str]) -> tantivy.Document:
    document = tantivy.Document()
    keys, folded = syllables(words.text)
    document.add_text("folded", " ".join(folded))
    document.add_text("bigrams", _pairs(folded))
    document.add_text("accented", " ".join(keys))
    document.add_text("context_folded", context[0])
    document.add_text("context_bigrams", context[1])
    document.add_unsigned("chunk", words.chunk)
    document.add_unsigned("document", words.document)
    return document


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, stored=False, tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_unsigned_field("chunk", stored=False, indexed=False, fast=True)
    builder.add_unsigned_field("document", stored=False, indexed=True, fast=False)
    return builder.build()


def _analyser() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _opened(folder: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(folder))
    index.register_tokenizer(_ANALYSER, _analyser())  # the folder only keeps its name
    return index


def _link(previous: Path, folder: Path) -> None:
    for path in previous.iterdir():
        if path.name in _REWRITTEN:
            shutil.copyfile(path, folder / path.name)
        elif path.suffix != ".lock":
            (folder / path.name).hardlink_to(path)
