"""What holds after a change: "sau khi gia hạn" asks for what the document says that tells of the extension."""

from __future__ import annotations

import re

from corpus.text import fold
from rag.around import before
from rag.understand import Query
from rag.units import Unit

_CHANGES = "dinh chinh|gia han|dieu chinh|sua doi"
_AFTER = re.compile(rf"\bsau (?:khi )?(?:(?:duoc|co|bi|da|lan) )?(?P<change>{_CHANGES})\b")
_HEAD = 1_000  # characters in which a document says that it changes another


def is_before_change(query: Query, unit: Unit, section: str | None) -> bool:
    """Whether the question asks what holds after a change of which neither the unit, what is over it nor the head of
    its document tells."""
    asked = _AFTER.search(fold(query.text))
    told = (unit.quote, before(unit.text, unit.span.start), section or "", unit.text[:_HEAD])
    return asked is not None and not any(asked["change"] in fold(text) for text in told)
