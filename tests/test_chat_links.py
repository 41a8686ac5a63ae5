"""The graph and the time line of a document's links, without a browser."""

from __future__ import annotations

from datetime import date

from ui.library.links import dot
from ui.library.timeline import by_kind, linked
from ui.schemas_documents import Document, DocumentLink


def document(
    number: str | None = "20/QĐ-UBND", day: date | None = date(2020, 1, 5), title: str = "Phí chợ"
) -> Document:
    return Document(
        id="d1",
        file="a.txt",
        title=title,
        kind="Quyết định" if number else None,
        number=number,
        issued_on=day,
        issuer=None,
        subject=None,
        signer=None,
        place=None,
        pages=None,
        passages=1,
        added_at="2026-11-21T10:00:00Z",
    )


def link(number: str, direction: str = "out", id: str | None = None, day: date | None = None) -> DocumentLink:
    return DocumentLink(
        relation="replaces",
        direction=direction,
        label="thay thế",
        document_id=id,
        name=f"Quyết định số {number}",
        kind="Quyết định",
        number=number,
        issued_on=day,
        title=None,
        part=None,
        quoted_in="d1",
        quote="…",
        start=0,
        end=1,
        url="/v1/documents/d1/text#0-1",
    )


def test_arrows_go_from_the_document_that_speaks() -> None:
    lines = dot(document(), [link("15/QĐ-UBND"), link("30/QĐ-UBND", "in", "d3")]).splitlines()
    assert 'this -> n0 [label="thay thế"];' in lines
    assert 'n1 -> this [label="thay thế"];' in lines  # its own words: it replaces this one
    outside, inside = (line for line in lines if line.startswith(("n0 [", "n1 [")))
    assert "dashed" in outside  # not in the store
    assert "dashed" not in inside
    assert r'label="Quyết định\n15/QĐ-UBND"' in outside


def test_a_hostile_name_stays_a_string() -> None:
    drawn = dot(document(None, None, 'a" URL="http://xau.vn'), [link('1"]; x [\\')])
    assert r'label="a\" URL=\"http://xau.vn"' in drawn
    assert r'label="Quyết định\n1\"]; x [\\"' in drawn


def test_a_long_title_is_cut_to_three_lines() -> None:
    own = next(line for line in dot(document(None, None, "một hai ba bốn " * 20), []).splitlines() if "this [" in line)
    assert own.count(r"\n") == 2
    assert "…" in own


def test_the_time_line_holds_what_has_a_day_the_oldest_first() -> None:
    links = [link("30/QĐ-UBND", day=date(2021, 2, 3)), link("15/QĐ-UBND", day=date(2018, 3, 2)), link("1/QĐ-UBND")]
    events = linked(document(), links)
    assert [(event.row, event.own) for event in events] == [
        ("15/QĐ-UBND", False),
        ("20/QĐ-UBND", True),
        ("30/QĐ-UBND", False),
    ]


def test_the_time_line_of_all_has_a_row_a_kind() -> None:
    every = [document(), document(None, date(2019, 1, 1), "Tin"), document("3/QĐ-UBND", None)]
    assert [(event.row, event.name) for event in by_kind(every)] == [
        ("Quyết định", "20/QĐ-UBND · Phí chợ"),
        ("Khác", "Tin"),
    ]
