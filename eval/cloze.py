"""Questions made of texts, for a reading network to learn from before it sees real ones (`eval.train_reader_net`).

A number, a name, or what follows "là", "do", "để" … is left out of a sentence and asked for; some of the other words
are dropped and their order is changed. Where a headline or a summary loses the stretch, the answer is looked for in
the body, which says the rest in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from corpus.document import Span
from corpus.sentences import sentences
from corpus.text import fold

SHORTEST, LONGEST = 110, 215  # words of a text that is read
SENTENCE = (8, 60)  # words of a sentence that is asked about
ALIKE = 0.3  # share of a headline's other words that the sentence of the body must have
TIMES = 4  # an answer that stands more often in the body is too vague
_NUMBER = re.compile(r"\d[\d.,/]*(?:\s?(?:%|triệu|tỷ|nghìn|ngàn|km|m|người|tuổi|năm|tháng|ngày))?")
_WORD = re.compile(r"\w+")
_TOLD = re.compile(
    r"\b(là|gồm|bao gồm|do|vì|bởi|nhờ|để|nhằm|bằng|gọi là|như|khiến|giúp|cho rằng|cho biết|tại|ở|từ|với|thành|trong)\s"
    r"([^,.;:()\"“”]{6,90})"
)
_MARKS = re.compile(r"[.,;:()\"“”]")
_ASKED_AFTER = {
    "o tai tu": ("đâu", "nơi nào"),
    "do vi boi nho": ("đâu", "lý do gì", "điều gì"),
    "de nham": ("làm gì", "mục đích gì"),
    "ong ba anh chi co su tuong vua bi cua": ("ai", "người nào"),
    "den thuoc ve": ("đâu", "nơi nào"),
    "nam": ("nào",),
    "ngay thang luc": ("nào", "bao nhiêu"),
    "tinh huyen xa quan nuoc song truong cong dai dao thanh pho nui ho duong phuong vung ban doan dang": ("nào",),
}
_ASKED = {word: asked for words, asked in _ASKED_AFTER.items() for word in words.split()}
_ANY = {
    "number": ("bao nhiêu", "bao nhiêu", "mấy"),
    "name": ("ai", "gì", "nào", "đâu", "cái gì"),
    "told": ("gì", "những gì", "điều gì", "thế nào", "ai", "gì"),
}


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text, a question about it, and where its answer stands."""

    text: str
    question: str
    answer: Span


def of_paragraph(text: str, chance: Random) -> Cloze | None:
    """A question made of one of the sentences of a text; `None` if the one that is drawn yields none."""
    text = _cut(text, chance)
    parts = sentences(text)
    if len(parts) < 2:
        return None
    part = chance.choice(parts)
    sentence = part.of(text)
    if not SENTENCE[0] <= len(sentence.split()) <= SENTENCE[1]:
        return None
    found = list(_stretches(sentence))
    told = [one for one in found if one[0] == "told"]
    if not found:
        return None
    kind, span = chance.choice(told if told and chance.random() < 0.55 else found)
    question = _asked(sentence, kind, span, chance, 0.5)
    start = part.start + span.start
    return Cloze(text, question, Span(start, start + span.end - span.start)) if question else None


def of_headline(headline: str, body: str, chance: Random) -> Cloze | None:
    """A question made of a headline or a summary, answered by its body."""
    parts = [part.of(headline) for part in sentences(headline)]
    for sentence in chance.sample(parts, len(parts)):
        found = list(_stretches(sentence))
        for kind, span in chance.sample(found, len(found)):
            place = _place_in(body, sentence, span)
            question = place and _asked(sentence, kind, span, chance, 0.3)
            if place and question:
                text, answer = _window(body, place, chance)
                return Cloze(text, question, answer)
    return None


def _stretches(sentence: str) -> Iterator[tuple[str, Span]]:
    """What may be left out: numbers, names, and what is told."""
    for match in _NUMBER.finditer(sentence):
        yield "number", Span(match.start(), match.start() + len(match[0].rstrip(" .,/")))
    yield from (("name", span) for span in _names(sentence))
    for match in _TOLD.finditer(sentence):
        yield "told", Span(match.start(2), match.start(2) + len(match[2].rstrip()))


def _names(sentence: str) -> list[Span]:
    """Runs of capitalised words, but for the first word."""
    found: list[Span] = []
    for number, match in enumerate(_WORD.finditer(sentence)):
        if not number or not match[0][0].isupper():
            continue
        if found and sentence[found[-1].end : match.start()] == " ":
            found[-1] = Span(found[-1].start, match.end())
        else:
            found.append(Span(match.start(), match.end()))
    return found


def _asked(sentence: str, kind: str, span: Span, chance: Random, most: float) -> str:
    """The sentence as a question; "" if too little of it is left. `most`: the share of words that may be dropped."""
    before, after = sentence[: span.start].split(), sentence[span.end :].split()
    word = chance.choice(_ASKED.get(fold(before[-1]) if before else "", _ANY[kind]))
    left, right = before[-chance.randint(5, 14) :], after[: chance.randint(3, 12)]
    dropped = chance.uniform(0, most)
    left, right = ([one for one in side if chance.random() > dropped] for side in (left, right))
    if len(left) + len(right) < 3:
        return ""
    orders = ([*left, word, *right], [*right, *left, word], [word, *left, *right], [*right, word, *left])
    asked = _MARKS.sub("", " ".join(chance.choices(orders, (5, 3, 2, 1))[0]))
    asked = chance.choices((asked, fold(asked), asked.lower()), (5, 3, 2))[0]
    return asked[:1].upper() + asked[1:] + chance.choice(("?", "?", ""))


def _place_in(body: str, sentence: str, span: Span) -> Span | None:
    """Where a body says what a sentence of its headline loses, in the sentence that is most like it."""
    answer = span.of(sentence)
    if len(answer) < 2:
        return None
    there = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", body)]
    if not 1 <= len(there) <= TIMES:
        return None
    rest = _words(f"{sentence[: span.start]} {sentence[span.end :]}")
    parts = sentences(body)
    alike = [
        (len(rest & _words(part.of(body))) / max(4, len(rest)), start)
        for start in there
        for part in parts
        if part.start <= start < part.end
    ]
    best, start = max(alike, default=(0.0, 0))
    return Span(start, start + len(answer)) if best >= ALIKE else None


def _words(text: str) -> set[str]:
    return set(fold(text).lower().split())


def _cut(text: str, chance: Random) -> str:
    words = text.split(" ")
    if len(words) <= LONGEST:
        return text
    size = chance.randint(SHORTEST, LONGEST)
    start = chance.randrange(len(words) - size + 1)
    return " ".join(words[start : start + size])


def _window(body: str, answer: Span, chance: Random) -> tuple[str, Span]:
    """A part of a body around an answer."""
    size = chance.randint(SHORTEST, LONGEST)
    words = list(re.finditer(r"\S+", body))
    at = next(number for number, word in enumerate(words) if word.end() > answer.start)
    first = max(0, at - chance.randint(10, size - 15))
    last = min(len(words), first + size) - 1
    start, end = min(words[first].start(), answer.start), max(words[last].end(), answer.end)
    return body[start:end], Span(answer.start - start, answer.end - start)
