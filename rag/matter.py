"""Questions after whether something is so: a unit that answers them speaks of the very thing."""

from __future__ import annotations

import re

from corpus.text import fold, tokens
from rag.around import before
from rag.singled_out import confirms
from rag.synonyms import same_meaning
from rag.terms import content_terms
from rag.understand import Query
from rag.units import Unit

_ASKS = re.compile(r"\bco (?:(?:duoc|phai|bi|can|the) ){0,2}(?P<said>(?:\w+ ){1,6}?)(?:hay )?khong\W*$")
_ASKS_WAY = re.compile(
    r"^(?:\w+ ){0,4}?cach (?:lam|nau|che bien|pha che|goi|muoi|u) "
    r"(?!ho so|thu tuc|giay|the |don|so |can cuoc|cccd|ho chieu|viec|an|tot|hay|nao|gi)"
)
_WAY = re.compile(r"\b(?:cach|huong dan|quy trinh|ky thuat|buoc|nguyen lieu|phuong phap|cong thuc)\b")
_NOT = ("chưa", "không")
_TELLING = 2.5  # weight of a word that tells one thing from another


def lacks_way(query: Query, unit: Unit, section: str | None) -> bool:
    """Whether it is asked how something is made, and it is only mentioned: "món xôi ngũ sắc" tells no way."""
    if query.expected.kind != "other" or not _ASKS_WAY.search(fold(query.text)):
        return False
    near = (unit.quote, before(unit.text, unit.span.start), section or "")
    return not any(_WAY.search(fold(text)) for text in near)


def lacks_event(query: Query, unit: Unit, section: str | None, title: str) -> bool:
    """Whether the cause of something is asked for and the unit shares with the question but a name: that of another
    thing at "chung cư Kênh Bắc"."""
    if query.expected.kind != "reason" or query.text == query.text.lower():
        return False
    named = {token.position for token in query.terms if token.position and _is_capital(query.text, token.position)}
    telling = [term for term in query.terms if term.weight >= _TELLING and term.position not in named]
    telling = [term for term in telling if term.key not in _NOT]
    over = tokens(f"{before(unit.text, unit.span.start)} {section or ''} {title}")
    keys = unit.keys | {token.key for token in over}
    found = unit.found | {token.folded for token in over}
    told = any(term.key in keys if term.accented else term.folded in found for term in telling)
    return bool(named and telling) and not told


def _is_capital(question: str, position: int) -> bool:
    return question[tokens(question)[position].start].isupper()


def lacks_matter(query: Query, unit: Unit, section: str | None) -> bool:
    """Whether nothing of what stands between "có" and "không" is in the unit or over it: "có được phụ cấp không"."""
    asked = _ASKS.search(fold(query.text))
    if asked is None or query.expected.kind == "reason" or confirms(query):
        return False
    said = query.text[asked.start("said") : asked.end("said")]
    telling = [term for term in content_terms(said) if term.weight >= _TELLING]
    over = {token.folded for token in tokens(f"{before(unit.text, unit.span.start)} {section or ''}")}
    if not telling or any(term.folded in unit.found | over for term in telling):
        return False
    return not same_meaning([term.key for term in telling], [token.key for token in unit.words])
