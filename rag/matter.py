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
_TELLING = 2.5  # weight of a word that tells one thing from another


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
