"""Follow-up questions made whole from the conversation: "còn thị trấn thì sao?", "văn bản đó ai ký?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.places import find_places
from corpus.text import fold, tokens
from rag.answer import Turn
from rag.expected import expected, names
from rag.language.dates import find_dates
from rag.language.document_numbers import find_document_numbers
from rag.swap import is_other_noun, replaced, with_kind, with_noun
from rag.terms import content_terms

_CORRECTION = re.compile(
    r"(?:(?:không(?: phải)?(?: vậy)?\s*[,.]|không phải(?: là)?\b|à(?: không)?\b\s*,?|nhầm(?: rồi)?\b\s*,?"
    r"|sai rồi\s*,?|xin lỗi\s*,?|ý (?:tôi|mình|em) (?:là|hỏi|muốn hỏi)\b|(?:tôi|mình|em) (?:muốn )?hỏi(?: về)?\b)\s*)+",
    re.I,
)
_OPENING = re.compile(
    r"(?:(?:vậy|thế(?! (?:nào|giới|kỷ|kỉ|hệ|mạnh|lực|chấp|trận|năng)\b)"
    r"|the(?= (?:năm|xã|huyện|tỉnh|còn|thị trấn) ))\b\s*+(?:,\s*+)?)?"
    r"(?:còn(?! (?:bao nhiêu|mấy|lại|thiếu|nợ|hạn|hiệu lực|tồn)\b)\b\s*+(?:,\s*+)?)?(?:(?:thì|ở|về|đối với|với) )?",
    re.I,
)
_CLOSING = re.compile(
    r"(?<!\s)(?:\s*+\b(?:(?P<asks>thì sao|thì thế nào|thì như thế nào|thì ra sao|thế nào|ra sao|thì có không)"
    r"|(?:cơ mà|nữa|cơ|chứ|ạ|à|nhỉ|nhé|vậy))){0,4}\s*+(?:(?<![?.!])[?.!]++)?$",
    re.I,
)
_INSTEAD = re.compile(r"\bmà(?: là)?\s+(?!sao\b)", re.I)
_BACK = r"(?:đó|ấy|này|kia|trên(?! (?:địa bàn|toàn|cả|đất))|vừa rồi|vừa nêu|nói trên)\b"
_ANY_DOCUMENT = ("văn bản", "tài liệu")
_DOCUMENT = (
    r"công văn|văn bản|nghị quyết|quyết định|báo cáo|kế hoạch|thông báo|chỉ thị|kết luận|tài liệu|tờ trình|hướng dẫn"
    r"|quy định|quy chế|đề án|chương trình|nghị định|thông tư|luật"
)
_LEVEL = r"xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tỉnh|địa phương|nơi"
_POINTS_BACK = re.compile(
    rf"\b(?:(?P<document>{_DOCUMENT}) {_BACK}|(?P<place>{_LEVEL}) {_BACK}|(?P<there>(?:ở|tại) (?:đó|đấy|đây))\b"
    rf"|(?P<date>năm|tháng) {_BACK}|(?P<person>ông|bà|đồng chí|anh|chị|người) {_BACK}"
    rf"|(?:bài viết|bài|hội nghị|cơ quan|đơn vị|việc|số|thủ tục) {_BACK}|nó\b|như vậy\b)",
    re.I,
)
_ASKS = frozenset("nào gì ai đâu mấy sao nao gi dau".split())
_HOW_MUCH = re.compile(r"\bbao (?:nhieu|lau|xa|gio)\b|\b(?:khong|chua)$")
_SHORT = 4  # content terms; with as many a question leaves out at most where and when, a longer one nothing


def make_whole(question: str, history: Sequence[Turn]) -> str:
    """The question as it would be asked without the conversation; itself when it stands alone or there is none."""
    if not history:
        return question
    last = history[-1]
    said, elliptic = _said(question)
    if not said or len(content_terms(said)) > 2 * _SHORT:
        return question
    if elliptic and is_other_noun(said, last.understood):
        return with_noun(last.understood, said)
    if elliptic and not _asks(said):
        return replaced(last.understood, said)
    return _completed(said if elliptic else question, last)


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
    back = _POINTS_BACK.search(question)
    if back:
        meant = _meant(back, last)
        if meant:
            return f"{question[: back.start()]}{meant}{question[back.end() :]}"
        return _about(question, last.understood)
    own = find_places(question) or find_document_numbers(question) or names(question)
    said = len(content_terms(question))
    if own or said > _SHORT or expected(question).kind == "other":
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


def _meant(back: re.Match[str], last: Turn) -> str | None:
    """What "văn bản đó", "huyện ấy", "ở đó", "năm đó" or "ông ấy" means: named in the last question or its answer."""
    texts = (last.understood,) if last.abstained else (last.understood, last.answer)
    for text in texts:
        if found := list(dict.fromkeys(_referents(back, text))):
            return found[-1] if text is last.understood or len(found) == 1 else None
    return None


def _referents(back: re.Match[str], text: str) -> Iterator[str]:
    if back["document"]:
        kind = "" if back["document"].lower() in _ANY_DOCUMENT else back["document"].lower()
        named = [with_kind(text, number.span).of(text) for number in find_document_numbers(text)]
        yield from (document for document in named if document.lower().startswith(kind))
    elif back["place"] or back["there"]:
        any_level = back["there"] or back["place"].lower() in ("địa phương", "nơi")
        for place in find_places(text):
            if any_level or place.level == back["place"].lower():
                yield ("ở " if back["there"] else "") + place.span.of(text)
    elif back["date"]:
        yield from (date.span.of(text) for date in find_dates(text) if date.start)
    elif back["person"]:
        yield from (name.of(text) for name in names(text))


def _topic(question: str) -> str:
    """The earlier question without its asking words; what is written together ("118-CV/BDVHU") stays together."""
    found = tokens(question)
    kept = [found[term.position] for term in content_terms(question)]
    pieces, end = list[str](), 0
    for token in kept:
        gap = question[end : token.start]
        pieces.append((gap if len(gap) == 1 else " ") + question[token.start : token.end])
        end = token.end
    return "".join(pieces).strip()
