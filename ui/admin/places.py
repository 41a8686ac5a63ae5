"""Places: what the program knows of a name, before and since July 2025; an office's own places and other names."""

from __future__ import annotations

import streamlit as st

from ui.admin.parts import admin, done
from ui.schemas_words import KnownPlace, Place, Places
from ui.talk.session import attempt
from ui.talk.table import table
from ui.talk.text import joined, plain


def show() -> None:
    wanted = st.text_input("Tra một địa danh", key="place-search", placeholder="Lạc Lâm, huyện Đơn Dương, Lâm Đồng…")
    found = attempt(lambda: admin().places(wanted))
    if found is None:
        return
    if wanted.strip():
        _found(found.found)
    st.subheader("Của cơ quan", anchor=False)
    for place, own in enumerate(found.own):
        _own(place, own)
    if not found.own:
        plain("Chưa có địa danh riêng hay tên gọi khác nào.", "hoi-doc-meta")
    _adding(found)


def _found(found: list[KnownPlace]) -> None:
    if not found:
        plain("Chương trình không biết nơi nào mang tên này. Có thể thêm ở dưới.", "hoi-doc-meta")
        return
    rows = [(each.name, each.inside, _since(each)) for each in found]
    st.html(table("Những nơi mang tên này", ("Địa danh", "Thuộc", "Từ tháng 7/2025"), rows))


def _since(place: KnownPlace) -> str:
    became = f"thuộc {', '.join(place.became)}" if place.became else ""
    return joined(became, f"gồm {', '.join(place.was)} cũ" if place.was else "")


def _own(place: int, own: Place) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        inside = f", {own.inside}" if own.inside else ""
        plain(f"{own.name} → {own.means}" if own.means else f"{own.level} {own.name}{inside}")
        if st.button("Bỏ", key=f"place-remove-{place}", type="tertiary", icon=":material/delete:"):
            done(lambda: admin().remove_place(own.name), f"Đã bỏ {own.name}.")
            st.rerun()


def _adding(found: Places) -> None:
    kinds = ("Tên gọi khác của một nơi", "Nơi chương trình chưa biết")
    with st.container(border=True, key="place-add"):
        other = st.radio("Thêm", kinds, key="place-kind", horizontal=True) == kinds[0]
        with st.form("place-form", border=False, clear_on_submit=False):
            name = st.text_input("Tên", placeholder="Phố Núi" if other else "Bằng Lăng", max_chars=200)
            if other:
                means = st.text_input("Là tên khác của", placeholder="thành phố Đà Lạt", max_chars=200)
                wanted = {"means": means}
            else:
                level = st.selectbox("Cấp", found.levels)
                inside = st.text_input(
                    "Thuộc", placeholder="thị trấn Thạnh Mỹ, huyện Đơn Dương, tỉnh Lâm Đồng", max_chars=200
                )
                wanted = {"level": level, "inside": inside}
            if st.form_submit_button("Lưu", type="primary") and name.strip() and all(wanted.values()):
                place = Place(name=name, **wanted)
                done(lambda: admin().add_place(place), f"Đã lưu {name.strip()}; câu hỏi ngay sau đây dùng được.")
                st.rerun()
