"""The page's own elements: an answer with its citation chips, the reading view and a page as it looks, the line to type
in, paper, the language.

Texts reach the browser as data and are set by `textContent`, never as HTML, so nothing in a document or an
answer can become markup, an image or a link.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent


def _script(*names: str) -> str:
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names)


answer = st.components.v2.component("hoi_answer", js=_script("answer.js"), isolate_styles=False)
reader = st.components.v2.component("hoi_reader", js=_script("paper.js", "reader.js"), isolate_styles=False)
asking = st.components.v2.component("hoi_asking", js=_script("asking.js"), isolate_styles=False)
typing = st.components.v2.component("hoi_typing", js=_script("typing.js"), isolate_styles=False)
sheet = st.components.v2.component("hoi_sheet", js=_script("sheet.js"), isolate_styles=False)
printing = st.components.v2.component("hoi_printing", js=_script("printing.js"), isolate_styles=False)
page = st.components.v2.component("hoi_page", js=_script("page.js"), isolate_styles=False)
shelf = st.components.v2.component("hoi_shelf", js=_script("shelf.js"), isolate_styles=False)
places = st.components.v2.component("hoi_places", js=_script("places.js"), isolate_styles=False)
preview = st.components.v2.component("hoi_preview", js=_script("paper.js", "preview.js"), isolate_styles=False)
