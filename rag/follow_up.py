"""Follow-up questions made whole from the conversation: "còn thị trấn thì sao?", "văn bản đó ai ký?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.places import find_places
from corpus.text import Token, fold, tokens
from rag.answer import Turn
from rag.expected import expected
from rag.language.dates import find_dates
from rag.terms import content_terms

_OPENING = re.compile(
    r"^(?:khong phai\s*,?|khong\s*,|a\s*,|a khong\s*,?|y toi la|y minh la|vay|the|vay con|the con|con)\s+"
    r"(?:vay |the |con )?(?:thi |o |ve |doi voi )?"
)
_CLOSING = re.compile(r"\s*(?:thi sao|thi the nao|the nao|ra sao|thi co khong|nua|co|chu|a|nhi|nhe|vay)?\s*[?.!]*$")
_POINTS_BACK = re.compile(
    r"\b(?:van ban|cong van|nghi quyet|quyet dinh|bao cao|bai viet|bai|tai lieu|hoi nghi|ong|ba|dong chi|xa|huyen"
    r"|co quan|don vi|viec|so) (?:do|ay|nay|tren|kia|vua roi|vua neu)\b|\bno\b|\bo do\b|\bnhu vay\b"
)
_SHORT = 4  # content terms; a longer question stands on its own


def make_whole(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the conversation; itself when it stands alone or there is none."""
    if not history:
        return question
    before = history[-1].understood
    folded = fold(question)
    opening = _OPENING.match(folded)
    terms = content_terms(question)
    if opening and len(terms) <= 2 * _SHORT:
        said = question[opening.end() :]
        closing = _CLOSING.search(fold(said))
        return _replaced(before, said[: closing.start()].strip(" ,") if closing else said)
    if _POINTS_BACK.search(folded):
        return f"{question.rstrip(' ?.!')} ({_topic(before)})"
    if len(terms) < _SHORT and not find_places(question) and expected(question).kind != "other":
        return f"{question.rstrip(' ?.!')} ({_topic(before)})"
    return question


def _replaced(before: str, said: str) -> str:
    """The earlier question with the part that the new one names put in place of its like."""
    if not said:
        return before
    for find in (_place_spans, _date_spans):
        new, old = find(said), find(before)
        if new and old:
            return before[: old[0].start] + new[0].of(said) + before[old[0].end :]
    noun = _asked_noun(before)
    if noun is not None and not find_dates(said) and len(tokens(said)) <= 4:
        asks = "" if "nao" in fold(said).split() else " nào"
        return f"{said}{asks}{before[noun.end :]}"
    return f"{before.rstrip(' ?.!')} {said}"


def _place_spans(text: str) -> list[Span]:
    return [place.span for place in find_places(text)]


def _date_spans(text: str) -> list[Span]:
    return [date.span for date in find_dates(text)]


def _asked_noun(question: str) -> Span | None:
    """ "xã nào" at the head of a question: what "còn thị trấn thì sao?" replaces."""
    found = tokens(question)
    for at, token in enumerate(found[:4]):
        if token.folded == "nao" and at:
            return Span(found[0].start, token.end)
    return None


def _topic(question: str) -> str:
    """The earlier question without its asking words."""
    found = tokens(question)
    kept = {term.position for term in content_terms(question)}
    return " ".join(_written(question, token) for at, token in enumerate(found) if at in kept)


def _written(text: str, token: Token) -> str:
    return text[token.start : token.end]
