"""The list of documents: search, filters, the table, its pages, and what is done with the chosen ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from corpus import official
from ui import components
from ui.library import removal
from ui.library.shelf import PAGE, ShelfView, looked_at
from ui.schemas_documents import Value
from ui.schemas_shelf import Catalogue, Entry
from ui.talk.session import session
from ui.talk.text import day, figure, label, plain

MARKS = {
    "like": "Gần giống bản khác",
    "replaced": "Đã bị thay thế",
    "corrected": "Đã sửa trường",
    "incomplete": "Thiếu số, ngày hay cơ quan",
}
FILTERS = (("kind", "Loại", "kinds"), ("year", "Năm", "years"), ("issuer", "Cơ quan", "issuers"))
ANY = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A head of the table; `down` is the direction of its first click."""

    label: str
    order: str
    down: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    kind: str
    text: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    name: str
    about: str
    file: str
    marks: list[Mark]
    cells: list[str]
    open: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What `components/shelf.js` draws."""

    label: str
    columns: list[Column]
    rows: list[Row]
    order: str
    down: bool
    chosen: list[str]
    editable: bool


COLUMNS = [
    Column("Văn bản", "name"),
    Column("Loại", "kind"),
    Column("Ban hành", "issued_on", down=True),
    Column("Cơ quan", "issuer"),
    Column("Địa danh", "place"),
    Column("Đoạn", "passages", down=True),
    Column("Ngày nạp", "added_at", down=True),
]


def filters(page: Catalogue) -> None:
    """What to look for: words, the selects with their counts, and a place as something to take off."""
    shown = [(name, title, getattr(page, values)) for name, title, values in FILTERS]
    if page.groups:
        shown.append(("group", "Nhóm", page.groups))
    with st.container(horizontal=True, gap="small", key="shelf-filters"):
        st.session_state["document-search"] = looked_at().find
        hint = "Số, tên, cơ quan, địa danh…"
        st.text_input("Tìm văn bản", key="document-search", placeholder=hint, live=True, on_change=_found)
        for name, title, values in shown:
            _select(name, title, values)
        _select("mark", "Cần xem", page.marks)
        if place := looked_at().filters.get("place"):
            st.button(
                label(place, 60), key="without-place", icon=":material/close:", on_click=_narrow, args=("place", ANY)
            )


def _found() -> None:
    view = looked_at()
    view.find, view.first = st.session_state["document-search"], 0


def _select(name: str, title: str, values: Sequence[Value]) -> None:
    view = looked_at()
    counts = {each.value: each.documents for each in values}
    current = view.filters.get(name, ANY)
    options = [ANY, *dict.fromkeys([*([current] if current else []), *counts])]

    def shown(value: str) -> str:
        words = MARKS.get(value, value)
        return f"{words} ({figure(counts.get(value, 0))})" if value else "Tất cả"

    key = f"shelf-{name}"
    st.session_state[key] = current
    st.selectbox(title, options, key=key, format_func=shown, on_change=_chosen, args=(name,))


def _chosen(name: str) -> None:
    looked_at().narrow(name, st.session_state[f"shelf-{name}"] or ANY)


def _narrow(name: str, value: str) -> None:
    looked_at().narrow(name, value)


def show(page: Catalogue) -> None:
    """Draw the count, the table and the way to the other pages."""
    view = looked_at()
    whole = page.total == page.all
    count = f"{figure(page.total)} văn bản" if whole else f"{figure(page.total)} trong {figure(page.all)} văn bản"
    if page.total > PAGE:
        count += f" · từ {figure(page.first + 1)} đến {figure(page.first + len(page.documents))}"
    plain(count, "hoi-doc-meta hoi-count")
    if not page.documents:
        plain("Không có văn bản nào như vậy. Hãy bớt điều kiện lọc.", "hoi-calm" if page.all else "hoi-offscreen")
        return
    components.shelf(
        key="shelf-table",
        data=asdict(table(page, view, session().may_edit)),
        on_open_change=_opened,
        on_sort_change=_sorted,
        on_choose_change=_ticked,
    )
    _turning(page, view)
    if view.chosen:
        removal.offer(view.chosen)


def table(page: Catalogue, view: ShelfView, editable: bool) -> Table:
    rows = [_row(each, each.id == view.open) for each in page.documents]
    return Table("Danh sách văn bản", COLUMNS, rows, view.order, view.down, view.chosen, editable)


def _row(entry: Entry, current: bool) -> Row:
    name = f"{entry.kind or 'Văn bản'} số {entry.number}" if entry.number else entry.title or entry.file
    about = entry.subject or (entry.title if entry.number else "")
    cells = [
        entry.kind or "",
        day(entry.issued_on),
        entry.issuer or "",
        entry.place or "",
        figure(entry.passages),
        f"{entry.added_at:%d/%m/%Y}",
    ]
    return Row(entry.id, name, "" if about == name else about or "", entry.file, marks(entry), cells, current)


def marks(entry: Entry) -> list[Mark]:
    """What whoever prunes should know of a document, in a few words each."""
    found = [
        Mark(
            "version" if each.version else "like",
            f"Phiên bản khác {each.share:.0%}" if each.version else f"Gần giống {each.share:.0%}",
            each.name,
        )
        for each in entry.like[:2]
    ]
    found += [Mark("replaced", "Đã bị thay thế", f"bởi {each.name}") for each in entry.replaced_by[:1]]
    found += [Mark("replaces", "Thay thế bản cũ", each.name) for each in entry.replaces[:1]]
    found += [Mark("corrected", "Đã sửa", "Có trường do người quản lý sửa")] if entry.corrected else []
    return found + [Mark("group", each, "Chỉ nhóm này xem được") for each in entry.groups]


def named(entry: Entry) -> str:
    return official.name(entry, entry.kind) if entry.number or entry.title else entry.file


def _turning(page: Catalogue, view: ShelfView) -> None:
    if page.total <= PAGE:
        return
    last = page.first + len(page.documents) >= page.total
    with st.container(horizontal=True, horizontal_alignment="center", gap="small"):
        st.button("Trang trước", key="shelf-before", disabled=page.first == 0, on_click=view.turn, args=(page, -1))
        st.button("Trang sau", key="shelf-after", disabled=last, on_click=view.turn, args=(page, 1))


def _opened() -> None:
    if id := st.session_state["shelf-table"].open:
        looked_at().open = id
        session().read(None)


def _sorted() -> None:
    if wanted := st.session_state["shelf-table"].sort:
        view = looked_at()
        view.order, view.down, view.first = wanted["order"], wanted["down"], 0


def _ticked() -> None:
    if (ids := st.session_state["shelf-table"].choose) is not None:
        looked_at().chosen = list(ids)
