"""Question → `Query`: keystrokes and accents restored, abbreviations opened, what it names and expects read off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Span
from corpus.place_words import is_borne
from corpus.places import PlaceMention, find_places
from corpus.text import Token, clean, fold, same_tones, tokens
from rag.answer import MAX_QUESTION, QuestionError, Turn
from rag.asides import without_asides
from rag.choices import NONE, Choices
from rag.courtesy import without_courtesy
from rag.expected import Expected, asking_phrases, expected
from rag.follow_up import make_whole
from rag.language import chat, shorthand
from rag.language.abbreviations import expand
from rag.language.accents import restore
from rag.language.dates import DateMention, find_dates
from rag.language.document_numbers import DocumentNumber, find_document_numbers
from rag.language.leaning import Beside
from rag.language.spelling import Frequency, mend
from rag.language.telex import decode
from rag.metadata import HeaderField, asked_field
from rag.office_words import phrases
from rag.offices import offices
from rag.points_back import accented_back
from rag.shapes import names
from rag.terms import Term, content_terms, is_phrase
from rag.tuning import UNCHANGED, Tuning


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the rest of the pipe sees it. `text` is what `Answer.understood` shows."""

    asked: str
    text: str
    unopened: str  # `text` with its abbreviations as they were asked, for documents may abbreviate, too
    terms: tuple[Term, ...]
    words: tuple[str, ...]  # all tokens, folded
    expected: Expected
    places: tuple[PlaceMention, ...]
    years: tuple[frozenset[int], ...]  # of each period named
    dates: tuple[DateMention, ...]
    numbers: tuple[DocumentNumber, ...]
    names: tuple[Span, ...]  # of persons, in `text`
    offices: frozenset[str]
    field: HeaderField | None  # the header field that is asked for
    summary: bool  # asks what a document says as a whole
    compares: bool  # "nhiều hơn", "so với": what is said of one of its places is enough for a part of the answer
    meant: tuple[str, ...] = ()  # documents of the turn before that it is about
    each: tuple[HeaderField, ...] = ()  # header fields that are asked for of each document
    tuning: Tuning = UNCHANGED  # how it is answered, as the administrator set it


def as_sure(query: Query, part: str) -> tuple[str, ...]:
    """The syllables of a part of the question, folded where nobody typed their accents: restored ones may be wrong."""
    typed = typed_syllables(query.asked)
    return tuple(token.key if token.key in typed else token.folded for token in tokens(part))


@lru_cache(maxsize=512)
def typed_syllables(question: str) -> frozenset[str]:
    """The syllables of a question with the accents that somebody typed."""
    return frozenset(token.key for token in tokens(question))


_HEAD = re.compile(r"Trưởng (?:Ban|Phòng|Đoàn|Tiểu)\b")  # "Trưởng Ban Giám sát" is no person's name
_SUMMARY = re.compile(
    r"\b(?:tom tat|noi dung chinh|noi dung cua|noi (?:ve )?(?:viec )?(?:dieu )?gi|ve viec gi|ve van de gi|"
    r"quy dinh (?:dieu )?gi|noi dung gi|de cap (?:den )?gi)\b"
)
_COMPARING = re.compile(r"\b(?:nhieu|it|cao|thap|lon|nho|dai|ngan|nhanh|som|tot|kem) hon\b|\bso voi\b")
_AMOUNTS = ("mấy tiền", "bao nhiêu tiền")
_SHOUTED = 3  # words; fewer may be an abbreviation
_LONGEST = 6  # syllables of a phrase or a place's name
_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)")


def read_question(question: str) -> str:
    """The question cleaned; `QuestionError` in Vietnamese when it is empty, too long or without a letter or digit."""
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"Câu hỏi dài quá {MAX_QUESTION} ký tự. Xin rút gọn rồi hỏi lại.")
    text = " ".join(clean(question).split())
    if not text:
        raise QuestionError("Câu hỏi đang trống. Xin nhập điều cần hỏi.")
    if not tokens(text):
        raise QuestionError("Không đọc được câu hỏi: chưa có chữ hay số nào. Xin nhập điều cần hỏi.")
    return text


def understand(
    question: str,
    history: Sequence[Turn] = (),
    known: Sequence[PlaceMention] = (),
    frequency: Frequency | None = None,
    choices: Choices = NONE,
    beside: Beside | None = None,
) -> Query:
    """Reads a question in the light of the conversation so far (oldest turn first).

    `known` are places that the documents are about: their names count even in small letters and without "huyện".
    `frequency` tells how many passages hold a word; with it, slips of the keyboard are mended. `beside` tells how the
    documents write neighbouring syllables. `choices` are an office's own abbreviations, places and settings.
    """
    text = without_courtesy(_calm(read_question(question)))
    text = accented_back(text) if history else text
    known = (*known, *choices.places)
    text = choices.aliases.open(_with_known(shorthand.opened(decode(text) or text), known))
    text = (mend(text, frequency, choices.abbreviations, beside, phrases()) if frequency else restore(text)).text
    text = make_whole(chat.opened(text), history)
    opened = expand(text, choices.abbreviations).text  # the whole question tells what "TT" stands for
    query = query_of(question, opened, known)
    places = tuple(map(choices.aliases.named, query.places))
    query = replace(query, unopened=text, places=places)
    return query if opened == text else replace(query, expected=replace(query.expected, short=expected(text).noun))


def as_typed(question: str, known: Sequence[PlaceMention] = ()) -> Query:
    """What a question names and expects, with every letter as whoever asks it insists."""
    return query_of(question, read_question(question), known)


def _calm(text: str) -> str:
    """A question typed with Caps Lock on, in small letters: its capitals tell no names from other words."""
    return text.lower() if text.isupper() and len(tokens(text)) > _SHOUTED else text


def _with_known(text: str, known: Sequence[PlaceMention]) -> str:
    """The text with the documents' places and the phrases that ask accented, where they are typed without accents.

    The language model knows neither: it has read no question, and "đơn dương" too seldom.
    """
    found = tokens(text)
    names = _by_first(tuple(place.name for place in known))
    asking = _by_first((*asking_phrases(), *_AMOUNTS))
    typed = tuple(map(_typed, found))
    pieces, end, at = list[str](), 0, 0
    while at < len(found):
        here = (*names.get(typed[at], ()), *asking.get(typed[at], ()))
        fitting = (one for one in here if typed[at : at + min(len(one[0]), _LONGEST)] == one[0])
        plain, written = next(fitting, ((), ""))
        if plain:
            pieces += [text[end : found[at].start], written]
            end = found[at + len(plain) - 1].end
        at += len(plain) or 1
    return "".join((*pieces, text[end:]))


def _typed(token: Token) -> str:
    """The token folded where it is typed without accents, else as it is ("ty" has the key "ti", as "tỷ" does)."""
    return token.folded if token.key == same_tones(token.folded) else token.key


@lru_cache(maxsize=8)
def _by_first(phrases: tuple[str, ...]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Phrases that have an accent, as typed without any and as written, by their first syllable; the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        plain = tuple(token.folded for token in tokens(phrase))
        if phrase[-1].isalnum() and plain != tuple(token.key for token in tokens(phrase)):
            table.setdefault(plain[0], []).append((plain, phrase))
    return {first: tuple(group) for first, group in table.items()}


def query_of(asked: str, text: str, known: Sequence[PlaceMention] = ()) -> Query:
    """What a question that is already whole and accented names and expects."""
    found = tokens(text)
    places = _places(text, found, known)
    numbers = tuple(find_document_numbers(text))
    dates = tuple(date for date in find_dates(text) if not any(date.span.overlaps(number.span) for number in numbers))
    return Query(
        asked=asked,
        text=text,
        unopened=text,
        terms=without_asides(text, content_terms(text)),
        words=tuple(token.folded for token in found),
        expected=expected(text),
        places=places,
        years=_years(text, dates, numbers),
        dates=dates,
        numbers=numbers,
        names=tuple(
            span
            for span in names(text)
            if not (_HEAD.match(span.of(text)) or any(span.overlaps(place.span) for place in places))
        ),
        offices=offices(text),
        field=asked_field(text, given=bool(numbers)),
        summary=bool(_SUMMARY.search(fold(text))),
        compares=bool(_COMPARING.search(fold(text))),
    )


def put_as(query: Query, text: str, known: Sequence[PlaceMention] = ()) -> Query:
    """The same question in other words, answered with the same settings."""
    return replace(query_of(query.asked, text, known), tuning=query.tuning)


def _places(text: str, found: Sequence[Token], known: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """The places a question names, those of the documents also where only their bare name stands."""
    places = find_places(text)
    for place in known:
        name = tuple(same_tones(place.name).split())
        for at in range(len(found) - len(name) + 1):
            span = Span(found[at].start, found[at + len(name) - 1].end)
            free = not any(span.overlaps(other.span) for other in places)
            if free and not is_borne(found, at) and is_phrase(found, at, name):
                places.append(replace(place, span=span))
    return tuple(places)


def _years(text: str, dates: Sequence[DateMention], numbers: Sequence[DocumentNumber]) -> tuple[frozenset[int], ...]:
    """The years of each period the question names; a bare "2021" is one."""
    named = [frozenset({date.start.year, date.end.year}) for date in dates if date.start and date.end]
    spans = [*(date.span for date in dates), *(number.span for number in numbers)]
    taken = set[int]().union(*(range(span.start, span.end) for span in spans))
    bare = [frozenset({int(match[0])}) for match in _YEAR.finditer(text) if match.start() not in taken]
    return tuple(dict.fromkeys((*named, *bare)))
