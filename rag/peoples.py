"""The ethnic group that a question is about: a figure of all people is none of the Dao."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.text import same_tones, tokens
from rag.around import opening
from rag.tables import BAR, lines_above
from rag.understand import Query
from rag.units import Unit

_PEOPLES = (
    "Kinh Tày Thái Mường Khmer Khơ-me Hoa Nùng Mông H'Mông Dao Gia-rai Ê-đê Ba-na Sán-chay Chăm Cơ-ho K'ho Xơ-đăng"
    " Sán-dìu Hrê Ra-glai Mnông M'Nông Thổ Xtiêng S'tiêng Khơ-mú Bru Vân-kiều Cơ-tu Giáy Tà-ôi Mạ Giẻ-triêng Co Chơ-ro"
    " Xinh-mun Hà-nhì Chu-ru Lào La-chí Kháng Phù-lá La-hủ La-ha Pà-thẻn Lự Ngái Chứt Lô-lô Mảng Cơ-lao Bố-y Cống Si-la"
    " Pu-péo Rơ-măm Brâu Ơ-đu"
)
_NAMES = "|".join(sorted((name.replace("-", "[ -]") for name in _PEOPLES.split()), key=len, reverse=True))
_ASKED = re.compile(  # written small, "người" may be anybody: "người co giật"
    rf"(?<!\w)(?:(?i:(?:người )?dân tộc|đồng bào)|[Nn]gười(?= [A-ZĐÊƠ])) (?P<name>(?i:{_NAMES}))(?!\w)"
)


def lacks_people(query: Query, unit: Unit, about: str) -> str | None:
    """The group, where neither the unit nor what is over it (`about`: its heading, its document's title) names it."""
    asked = _asked(query.text)
    if asked is None:
        return None
    start = unit.text.rfind("\n", 0, unit.span.start) + 1
    over = lines_above(unit.text, start) if BAR in unit.quote else opening(unit.text, start)
    there = _spoken(f"{about}. {over} {unit.quote}")
    return None if f" {_spoken(asked).strip()} " in there else f"dân tộc {asked}"


@lru_cache(maxsize=512)
def _asked(question: str) -> str | None:
    found = _ASKED.search(question)
    return found["name"] if found else None


def _spoken(text: str) -> str:
    return f" {' '.join(same_tones(token.key) for token in tokens(text))} "
