"""Whether a unit tells of the very event or role that is asked for: when work began is not when it was approved."""

from __future__ import annotations

import re

from corpus.document import Span
from corpus.text import fold, same_tones, tokens
from rag.around import before
from rag.language.dates import find_dates
from rag.synonyms import same_meaning
from rag.terms import Word, content_terms, words
from rag.understand import Query
from rag.units import Unit

_HEAVY = 2.5  # weight of a word that tells one event from another
_HEAD = 400  # characters in which a document says what it is
_ALONE = 2.0  # … when it is one syllable: "sinh năm nào"
_ANY_EVENT = "keo dai|dien ra|dien|to chuc|bat dau|ket thuc|thuc hien|tien hanh|ra doi|ban hanh|hop|mo|lam|xong|het"
_EVENTS = frozenset(  # what begins or ends, whatever words stand behind it
    "khoi cong|khanh thanh|dong tho|thong xe|ban giao|nghiem thu|khai mac|be mac|khai giang|ky ket|phe duyet|cong bo"
    "|bo nhiem|an tang|hoa tang|hy sinh|hieu luc|su dung".split("|")
)
_ANY_DEED = frozenset(tuple(phrase.split()) for phrase in ("co", "dat", "hoan thanh", "giai quyet", "thu", "tong"))
_ACCENTED_MOMENTS = frozenset(  # "họp buổi nào, ngày nào"
    map(same_tones, "lúc buổi hồi khoảng vào trong từ đến dịp giờ này nay hiện kéo tới tối sáng trưa chiều".split())
)
_MOMENTS = frozenset(map(fold, _ACCENTED_MOMENTS))
_ASIDE = re.compile(r"[:;.,](?=\s+\S)|(?<!\w)thì\s", re.I)  # behind it stands what is asked for
_NOT_IT = re.compile(  # behind "ngày nào": no event
    r"\W*(?:theo|cua|tai|o|trong|vao|cho|de|do|boi|tren|voi|va|hay|hoac|thi|vay|the|nhi|ha|a|roi|em|anh|chi|ban|moi|la|dau|"
    r"(?:ngay|thang|nam|luc|khi|gio) (?:nao|may))\b"
)
_LIGHT = frozenset(tuple(phrase.split()) for phrase in f"{_ANY_EVENT}|thuc te".split("|"))
_WHEN = re.compile(
    r"\b(?:(?:cham|tre|muon) nhat (?:la )?|han (?:chot|cuoi) (?:la )?)?(?:vao )?(?:"
    r"(?:ngay|thang|nam|thoi gian|thoi diem|hom|luc) nao|khi nao|bao gio|may gio|ngay may|ngay bao nhieu|"
    r"nam bao nhieu)\b"
)
_ACHIEVED = re.compile(  # "đã cứu được mấy cây", "chi hết bao nhiêu tiền"
    r"(?<!phai )(?<!can )\b(?:het|duoc|xong|xong duoc)(?: (?:tat ca|tong cong|khoang|chung|tren|hon))? "
    r"(?:bao nhieu|may)\b"
)
_COST = re.compile(r"\b(?:kinh phi|chi phi|tong (?:muc|von|so tien)|tri gia|voi gia)\b[^.;]{0,60}\d")
_PAYS = frozenset("chi tra nop dong thu gop".split())  # "đã chi hết bao nhiêu": what was planned tells nothing
_UNDER = " › "  # between a heading and the one under it
_BEFORE = 60  # characters in which the last word before a day stands
_ASKS_TERM = re.compile(r"\b(?:han|thoi han|ky han|chot|(?:cham|tre|muon) nhat)\b")
_TERM = re.compile(
    r"\b(?:truoc|den|den het|het|cham nhat|muon nhat)(?: vao)? (?:\d{1,2} gio|\d{1,2}h|ngay|thang|het ngay)"
)
_DEEDS = (
    "(?:phat|xu phat|khoi to|bat giu|tich thu|tieu huy|thu hoi|so tan|di doi|sua chua|ket nap|khai tru|ky luat|"
    "cach chuc|tuyen dung)"
)
_DONE_TO = re.compile(  # "phạt mấy cơ sở", "mấy hộ phải sơ tán": those that were looked into are others
    rf"\b(?:{_DEEDS}(?: duoc)? (?:bao nhieu|may)|(?:bao nhieu|may) (?:\w+ ){{1,3}}{_DEEDS})\b"
)
_WHO_IS = re.compile(r"\b(?:ai|(?:co quan|don vi|phong|ban|nguoi) nao) (?:la|lam) (?P<role>.+)")
_IS_WHO = re.compile(
    r"\W*(?P<role>(?:thu ky|ke toan|thu quy|chu dau tu|truong (?:thon|ap|ban|khu)|to truong|chu toa)\b.+) la ai\b"
)


def lacks_predicate(query: Query, unit: Unit, section: str | None = None) -> bool:
    """Whether the event before "ngày nào" or "được bao nhiêu", or the role behind "ai là", stands neither in the unit
    nor before it, nor in its heading."""
    asked = _asked(query, unit)
    missing = [word for word in asked if (_tells(word) or _is_deed(query, word)) and not _holds(query, word, unit)]
    if query.expected.kind == "date" and _tells_when(query, unit):
        missing = [word for word in missing if " ".join(word.syllables) in _EVENTS]
    if not missing:
        return False
    heading = (section or "").rpartition(_UNDER)[2]
    above = f"{unit.text[:_HEAD]} {heading} {before(unit.text, unit.span.start)}"  # the title says whose secretary
    near = f" {' '.join(token.key for token in tokens(above))} "
    missing = [word for word in missing if not any(f" {' '.join(keys)} " in near for keys in _keys(query, word))]
    there = [token.key for token in unit.words]
    return any(not any(same_meaning(keys, there) for keys in _keys(query, word)) for word in missing)


def _asked(query: Query, unit: Unit) -> tuple[Word, ...]:
    if query.expected.kind == "date" and not query.numbers and (when := _WHEN.search(fold(query.text))):
        places = frozenset(token.folded for place in query.places for token in tokens(place.span.of(query.text)))
        told = words(content_terms(_ASIDE.split(query.text[: when.start()])[-1]))
        told = tuple(word for word in told if not (_idle(query) | places).issuperset(word.syllables))
        if behind := _event_behind(query, when.end()):
            return tuple(word for word in (*told, *behind) if " ".join(word.syllables) in _EVENTS)
        return tuple(dict.fromkeys((*(word for word in told if " ".join(word.syllables) in _EVENTS), *told[-1:])))
    folded = fold(query.text)
    if query.expected.kind == "number" and (achieved := _ACHIEVED.search(folded) or _DONE_TO.search(folded)):
        pinned = {token.folded for span in _pinned(query) for token in tokens(span.of(query.text))}
        deed = achieved.end() if achieved.re is _DONE_TO else achieved.start()
        told = words(content_terms(query.text[:deed]))
        last = tuple(word for word in told if not (pinned | _idle(query)).issuperset(word.syllables))[-1:]
        costs = achieved[0].startswith("het") and _COST.search(fold(unit.quote))
        return () if costs and not any(_PAYS.issuperset(word.syllables) for word in last) else last
    who = _WHO_IS.search(fold(query.text)) or _IS_WHO.match(fold(query.text))
    if query.expected.kind in ("person", "other") and who:
        return words(content_terms(query.text[who.start("role") : who.end("role")]))[: 2 if who.re is _WHO_IS else 1]
    return ()


def _event_behind(query: Query, end: int) -> tuple[Word, ...]:
    """What stands behind "bao giờ" where the event does: "bao giờ sửa xong", "hôm nào xe lấy"."""
    behind = query.text[end:]
    return () if _NOT_IT.match(fold(behind)) else words(content_terms(_ASIDE.split(behind)[0]))


def _idle(query: Query) -> frozenset[str]:
    """The syllables before a moment that tell nothing; not "trồng", where the question has it and no "trong"."""
    said = {token.key for token in tokens(query.text) if token.folded in _MOMENTS}
    return frozenset(fold(one) for one in said if one in _ACCENTED_MOMENTS or one == fold(one))


def _tells_when(query: Query, unit: Unit) -> bool:
    """Whether a unit sets the term that is asked for, or its day stands right behind a word of the question: "nộp trước
    ngày 15/7" for "hạn nộp quỹ của cơ quan nhà nước"."""
    if _ASKS_TERM.search(fold(query.text)):
        return bool(_TERM.search(fold(unit.quote)))
    asked = {term.folded for term in query.terms}
    days = (date.span.start for date in find_dates(unit.quote, year=2000))
    told = (content_terms(unit.quote[max(0, at - _BEFORE) : at]) for at in days)
    said = ([term.folded for term in terms if term.folded not in _MOMENTS and term.key.isalpha()] for terms in told)
    return any(word in asked for words_ in said for word in words_[-1:])


def _pinned(query: Query) -> list[Span]:
    """The names, places and days, which may stand between what was done and "được bao nhiêu"."""
    return [*query.names, *(place.span for place in query.places), *(date.span for date in query.dates)]


def _tells(word: Word) -> bool:
    if " ".join(word.syllables) in _EVENTS:
        return True
    return word.syllables not in _LIGHT and word.weight >= (_HEAVY if len(word.syllables) > 1 else _ALONE)


def _is_deed(query: Query, word: Word) -> bool:
    """Whether a word tells what was done, though it is a common one: "đã chi hết bao nhiêu"."""
    return query.expected.kind == "number" and word.syllables not in _ANY_DEED and word.syllables not in _LIGHT


def _holds(query: Query, asked: Word, unit: Unit) -> bool:
    """With the question's accents: "chi" is not "chỉ"."""
    together = asked.syllables in unit.pairs
    return any((together or len(keys) == 1) and unit.keys.issuperset(keys) for keys in _keys(query, asked))


def _keys(query: Query, asked: Word) -> list[tuple[str, ...]]:
    """The word as it stands in the question, at each of its places: "thu hồi", whatever "hội" stands elsewhere.

    What is done for somebody ("cho thuê") is told of him, too: "được thuê".
    """
    found, size = tokens(query.text), len(asked.syllables)
    places = (found[at : at + size] for at in range(len(found) - size + 1))
    return [
        tuple(token.key for token in place[size > 1 and place[0].key == "cho" :])
        for place in places
        if tuple(token.folded for token in place) == asked.syllables
    ]
