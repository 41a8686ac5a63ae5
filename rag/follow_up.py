"""Follow-up questions made whole from the conversation: "còn thị trấn thì sao?", "văn bản đó ai ký?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.places import find_places
from corpus.text import fold, tokens
from rag.answer import Turn
from rag.courtesy import courtesy
from rag.expected import expected
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers
from rag.points_back import meant, points_back
from rag.shapes import names
from rag.swap import is_whole, replaced
from rag.swap_noun import is_other_noun, with_noun
from rag.terms import content_terms

_CORRECTION = re.compile(
    r"(?:(?:không(?: phải)?(?: vậy)?\s*[,.]|không phải(?: là)?\b|à(?: không)?\b\s*,?|nhầm(?: rồi)?\b\s*,?"
    r"|sai rồi\s*,?|xin lỗi\s*,?|ý (?:tôi|mình|em|anh|chị|cô|chú|bác) (?:là|hỏi|muốn hỏi)\b"
    r"|(?:tôi|mình|em|anh|chị|cô|chú|bác) (?:muốn )?hỏi(?: về)?\b)\s*)+",
    re.I,
)
_OPENING = re.compile(
    r"(?:(?:vậy|thế(?! (?:nào|giới|kỷ|kỉ|hệ|mạnh|lực|chấp|trận|năng)\b)"
    r"|the(?= (?:năm|xã|huyện|tỉnh|còn|thị trấn) ))\b\s*+(?:,\s*+)?)?"
    r"(?:còn(?! (?:bao nhiêu|mấy|lại|thiếu|nợ|hạn|hiệu lực|tồn)\b)\b\s*+(?:,\s*+)?)?(?:(?:thì|ở|về|đối với|với) )?",
    re.I,
)
_YEAR = re.compile(r"(?<![\w/.,-])(?:19|20)\d\d(?![\w/.,-]*\d)")
_BESIDE = re.compile(  # not "cùng kỳ năm trước", "so với năm trước"
    r"(?<!kỳ )(?<!với )(?<!\w)năm (?:liền |ngay |kề )?(?:trước|(?P<after>sau|kế tiếp|tiếp theo))(?: đó| ấy)?(?!\w)",
    re.I,
)
_RETURN = re.compile(
    r"(?:(?:thế |vậy |giờ |bây giờ )?(?:quay|trở|quay trở) (?:lại|về)(?: với| về)?(?: chuyện| vấn đề| câu(?: hỏi)?)?"
    r"|nói lại về) (?P<what>[^,:.;?]{2,80})(?:[,:.;?]+\s*|$)",
    re.I,
)
_CLOSING = re.compile(
    r"(?<!\s)(?:\s*+\b(?:(?P<asks>thì sao|thì thế nào|thì như thế nào|thì ra sao|thế nào|ra sao|thì có không)"
    r"|(?:cơ mà|nữa|cơ|chứ|ạ|à|nhỉ|nhé|vậy))){0,4}\s*+(?:(?<![?.!])[?.!]++)?$",
    re.I,
)
_INSTEAD = re.compile(r"\bmà(?: là)?\s+(?!sao\b)", re.I)
_ASKS = frozenset("nào gì ai đâu mấy sao nao gi dau".split())
_HOW_MUCH = re.compile(r"\bbao (?:nhieu|lau|xa|gio)\b|\b(?:khong|chua)$")
_HEADLESS = re.compile(  # begins with what is said of something, and names nothing of which it is said
    r"(?:(?:ma |va |roi )?(?:no |duoc |da |phai |se )*(?:ap dung|dat|bao gom|gom|gui|co hieu luc|het hieu luc|quy dinh"
    r"|noi ve|ve viec|ban hanh|ky|cua|thuoc|tang|giam|chiem|do (?:ai|co quan|don vi)|trong (?:so )?do))\b"
)
_TAKEN = re.compile(r"\w \(([^()]{8,})\)$")  # a question that was completed
_FRAGMENT = 2  # content terms of which no question is made
_SHORT = 4  # content terms; with as many a question leaves out at most where and when, a longer one nothing


def make_whole(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the conversation; itself when it stands alone or there is none."""
    history = [turn for turn in history if not courtesy(turn.question)]
    if not history or courtesy(question):
        return question
    question, last = _returned(question, history)
    question = _with_year(question, last.understood)
    said, elliptic = _said(question)
    if not said or len(content_terms(said)) > 2 * _SHORT:
        return question
    if elliptic and is_other_noun(said, last.understood):
        return with_noun(last.understood, said)
    if (elliptic and not _asks(said)) or is_whole(said):
        return replaced(last.understood, said)
    return _completed(said if elliptic else question, last)


def _with_year(question: str, before: str) -> str:
    """The question with "năm trước đó", "năm sau" as the year beside the only one that was asked about before."""
    years = set(_YEAR.findall(before))
    if len(years) != 1 or _YEAR.search(question) or len(content_terms(question)) > _SHORT:
        return question
    year = int(years.pop())
    return _BESIDE.sub(lambda found: f"năm {year + (1 if found['after'] else -1)}", question, count=1)


def _returned(question: str, history: Sequence[Turn]) -> tuple[str, Turn]:
    """What is asked behind "quay lại năm 2021, …", and the latest turn that is about what is gone back to."""
    back = _RETURN.match(question)
    if back is None:
        return question, history[-1]
    wanted = {token.folded for token in tokens(back["what"])}
    spoken = [{token.folded for token in tokens(turn.understood)} for turn in history]
    best = max(range(len(history)), key=lambda at: (len(wanted & spoken[at]), at))
    rest = question[back.end() :].strip()
    return (rest or history[best].understood), history[best]


def _said(question: str) -> tuple[str, bool]:
    """What a follow-up names between "còn …" or "không, …" and "… thì sao?", and whether it has either."""
    correction = _CORRECTION.match(question)
    at = correction.end() if correction else 0
    opening = _OPENING.match(question, at)
    start = (
        opening.end() if opening and (correction or fold(opening[0].strip()) not in ("", "o", "ve", "doi voi")) else at
    )
    if correction and (instead := _INSTEAD.search(question, start)):
        start = instead.end()
    rest = question[start:]
    closing = _CLOSING.search(rest)
    end = closing.start() if closing else len(rest)
    elliptic = start > 0 or bool(closing and closing["asks"] and "thì" in closing["asks"].lower())
    return rest[:end].strip(" ,"), elliptic


def _asks(said: str) -> bool:
    """Whether it asks something of its own: "còn ai ký?"."""
    return any(token.key in _ASKS for token in tokens(said)) or bool(_HOW_MUCH.search(fold(said)))


def _completed(question: str, last: Turn) -> str:
    """A question of its own with what it points back to, or leaves out, taken from the turn before."""
    if back := points_back(question):
        if named := meant(back, last):
            return f"{question[: back.start()]}{named}{question[back.end() :]}"
        return _about(question, last.understood)
    own = find_places(question) or find_document_numbers(question) or names(question)
    said = len(content_terms(question))
    if not own and _HEADLESS.match(fold(question)):
        return _about(question, last.understood)
    if own or said > _SHORT or (expected(question).kind == "other" and said > _FRAGMENT):
        return question
    return _about(question, last.understood) if said < _SHORT else _anchored(question, last.understood)


def _anchored(question: str, before: str) -> str:
    """A short question that names no place or document, with the places and days of the turn before."""
    if find_dates(question):
        return question
    spans = [place.span for place in find_places(before)] + [date.span for date in find_dates(before) if date.start]
    named = ", ".join(span.of(before) for span in sorted(spans, key=lambda span: span.start))
    return f"{question.rstrip(' ?.!')} ({named})" if named else question


def _about(question: str, before: str) -> str:
    return f"{question.rstrip(' ?.!')} ({_topic(before)})"


def _topic(question: str) -> str:
    """The earlier question without its asking words, or what it took itself from the one before; what is written
    together ("118-CV/BDVHU") stays together."""
    if taken := _TAKEN.search(question):
        question = taken[1]
    found = tokens(question)
    kept = [found[term.position] for term in content_terms(question)]
    pieces, end = list[str](), 0
    for token in kept:
        gap = question[end : token.start]
        pieces.append((gap if len(gap) == 1 else " ") + question[token.start : token.end])
        end = token.end
    return "".join(pieces).strip()
