"""The pages of a document as they look, beside the answer: the cited words marked, leafing forward and back."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field

import streamlit as st

from corpus.marks import Mark
from ui import components
from ui.schemas_documents import PageBoxes, Pages
from ui.talk.session import Reading, attempt, client, show_error
from ui.talk.text import plain

WIDTH = 1400  # pixels drawn: fine enough to be zoomed
KEPT = 6  # pictures that stay at hand for leafing back
PATIENCE = 1.0  # seconds that a page waits for its marks before it is shown without
THREADS = 8
NO_BOXES = PageBoxes(boxes=[], machine_read=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What `components/sheet.js` draws; it scrolls to the first mark whenever `token` or `number` changes."""

    image: str
    marks: list[Mark]
    number: int
    count: int
    token: str
    label: str


@dataclass(slots=True)
class Leafing:
    """The document that is open: its pages, the one that is looked at, and what was drawn of it."""

    reading: Reading
    pages: Pages
    number: int
    images: dict[int, str] = field(default_factory=dict)
    boxes: dict[int, Future[PageBoxes]] = field(default_factory=dict)

    def leaf(self, number: int) -> None:
        self.number = min(max(1, number), len(self.pages.pages))

    def ask_boxes(self) -> Future[PageBoxes]:
        """Begins to look for the quote on this page: on a scan, that takes seconds."""
        if self.number not in self.boxes:
            reading = self.reading
            place = (reading.document_id, self.number, reading.start, reading.end)
            self.boxes[self.number] = _threads().submit(client().boxes, *place)
        return self.boxes[self.number]

    def image(self) -> str | None:
        """The page as a data URL; None, with the message kept, where the server does not draw it."""
        if self.number not in self.images:
            found = attempt(lambda: client().picture(self.reading.document_id, self.number, WIDTH))
            if found is None:
                return None
            self.images[self.number] = f"data:image/png;base64,{b64encode(found).decode()}"
            while len(self.images) > KEPT:
                del self.images[next(iter(self.images))]
        return self.images[self.number]


@st.cache_resource(show_spinner=False)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="pages")


def leafing(reading: Reading) -> Leafing | None:
    """The open document's pages, turned to the quote when it is opened; None where they cannot be looked at."""
    held: Leafing | None = st.session_state.get("leafing")
    if held is None or held.reading != reading:
        pages = attempt(lambda: client().pages(reading.document_id)) or Pages(pages=[], drawn=False)
        held = st.session_state["leafing"] = Leafing(reading, pages, _page_of(pages, reading))
    return held if held.pages.drawn else None


@st.fragment
def show(held: Leafing, name: str, text: Callable[[], None]) -> None:
    """Draw the page of a document called `name`; beside a page whose words nobody can place, its `text`."""
    asked = held.ask_boxes()
    image = held.image()
    if image is None:
        show_error()
        text()
        return
    done, _ = wait([asked], PATIENCE)
    found = (attempt(asked.result) or NO_BOXES) if done else NO_BOXES
    _sheet(held, name, image, found)
    if not done:
        plain("Đang tìm đoạn được trích trên ảnh quét…", "hoi-card-meta")
        wait([asked])
        st.rerun()
    if found.machine_read:
        plain("Trang này là ảnh quét: chữ do máy đọc nên có thể sai, hãy đối chiếu với ảnh.", "hoi-card-meta")
    if found.machine_read and not found.boxes and held.reading.end > held.reading.start:
        text()


def _sheet(held: Leafing, name: str, image: str, found: PageBoxes) -> None:
    def turned() -> None:
        held.leaf(int(st.session_state.sheet.turn or held.number))

    reading, count = held.reading, len(held.pages.pages)
    token = f"{reading.source}/{reading.document_id}/{reading.start}/{len(found.boxes)}"
    marks = [Mark(each.left, each.top, each.right, each.bottom) for each in found.boxes]
    sheet = Sheet(image, marks, held.number, count, token, f"Trang {held.number} của {name}")
    components.sheet(key="sheet", data=asdict(sheet), on_turn_change=turned)


def _page_of(pages: Pages, reading: Reading) -> int:
    """The page on which the quote begins."""
    inside = (page.number for page in reversed(pages.pages) if page.start <= reading.start)
    return next(inside, 1)
