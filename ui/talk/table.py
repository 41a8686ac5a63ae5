"""A table of texts as they are, as HTML; where it is too wide it moves sideways by itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

SHORT = 22  # characters: a cell that is better not broken


def table(name: str, heads: Sequence[str], rows: Sequence[Sequence[str]], style: str = "") -> str:
    """`name`: what it holds, for those who hear it; `style`: another class of `chat.css`."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f'<div class="hoi-table {style}" tabindex="0" role="region" aria-label="{escape(name)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    whole = ' class="hoi-whole"' if len(text) <= SHORT else ""
    return f"<td{whole}>{escape(text)}</td>"
