"""Questions by the new name of a place over documents by the old one, and back: found, told, never mixed up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from store_parts import upload

from corpus.places import find_places
from index.embed import load_embedder
from index.store import Store
from rag.answer import Answer, Request
from rag.assistant import Assistant
from rag.former_places import kinship, other_names

DOCUMENTS = (
    ("xã Lạc Lâm, huyện Đơn Dương, tỉnh Lâm Đồng", "Xã Lạc Lâm có 125 hộ nghèo vào cuối năm 2019, giảm 12 hộ."),
    ("xã Nậm Mòn, huyện Bắc Hà, tỉnh Lào Cai", "Xã Nậm Mòn có 340 hộ nghèo, chiếm 31,2%."),
    ("tỉnh Đắk Nông", "Tỉnh Đắk Nông trồng mới 2.150 ha cà phê trong năm 2023."),
    ("phường An Hội Đông, thành phố Hồ Chí Minh", "Phường An Hội Đông tiếp nhận 1.204 hồ sơ thủ tục trong quý III."),
    ("xã Tân Hòa, huyện Tân Châu, tỉnh Tây Ninh", "Xã Tân Hòa có 410 hộ cận nghèo, giảm 35 hộ."),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    embedder, model = load_embedder("")
    store = Store.open(tmp_path_factory.mktemp("store"), embedder, model)
    store.add(upload(text, title=f"Tin {place}", place=place) for place, text in DOCUMENTS)
    yield Assistant(store, embedder)
    store.close()


def asked(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question))


@pytest.mark.parametrize(
    ("question", "place", "told"),
    [
        (
            "xã Ka Đô có bao nhiêu hộ nghèo?",
            "xã Lạc Lâm",
            "Xã Ka Đô từ tháng 7/2025 gồm xã Lạc Lâm, xã Ka Đô cũ; điều nói về xã Lạc Lâm không phải của cả xã Ka Đô.",
        ),
        (
            "tỉnh Lâm Đồng trồng mới bao nhiêu ha cà phê năm 2023?",
            "tỉnh Đắk Nông",
            "điều nói về tỉnh Đắk Nông không phải của cả tỉnh Lâm Đồng.",
        ),
        (
            "phường 15 quận Gò Vấp tiếp nhận bao nhiêu hồ sơ?",
            "phường An Hội Đông",
            "Phường 15 (quận Gò Vấp cũ) từ tháng 7/2025 thuộc phường An Hội Đông.",
        ),
        (
            "quận Gò Vấp tiếp nhận bao nhiêu hồ sơ?",
            "phường An Hội Đông",
            "Quận Gò Vấp từ tháng 7/2025 chia vào các xã, phường mới, trong đó có phường An Hội Đông.",
        ),
        (
            "tỉnh Bình Thuận trồng mới bao nhiêu ha cà phê?",
            "tỉnh Đắk Nông",
            "Tỉnh Bình Thuận và tỉnh Đắk Nông từ tháng 7/2025 cùng thuộc tỉnh Lâm Đồng.",
        ),
        (
            "xã Bắc Hà có bao nhiêu hộ nghèo?",
            "xã Nậm Mòn",
            "điều nói về xã Nậm Mòn không phải của cả xã Bắc Hà.",
        ),
    ],
)
def test_kin_are_found_and_told_and_not_taken_for_the_same(
    assistant: Assistant, question: str, place: str, told: str
) -> None:
    answer = asked(assistant, question)
    assert answer.abstained
    assert told in answer.answer
    first = assistant.store.document(answer.passages[0].document_id)
    assert first is not None
    assert (first.header.place or "").startswith(place)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("xã Lạc Lâm có bao nhiêu hộ nghèo?", "125 hộ nghèo"),
        ("Đắk Nông trồng mới bao nhiêu ha cà phê?", "2.150 ha"),
        ("xã Tân Hòa có bao nhiêu hộ cận nghèo?", "410 hộ"),
    ],
)
def test_a_place_by_its_own_name_is_answered(assistant: Assistant, question: str, said: str) -> None:
    answer = asked(assistant, question)
    assert said in answer.answer
    assert "7/2025" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "xã Tân Hòa, tỉnh Vĩnh Long có bao nhiêu hộ cận nghèo?",  # the same name elsewhere
        "xã Tân Hòa, tỉnh Đắk Lắk có bao nhiêu hộ cận nghèo?",
        "huyện Đức Trọng có bao nhiêu hộ nghèo?",
    ],
)
def test_strangers_are_no_kin(assistant: Assistant, question: str) -> None:
    answer = asked(assistant, question)
    assert answer.abstained
    assert "7/2025" not in answer.answer


def test_other_names() -> None:
    assert other_names(find_places("xã Ka Đô"), ()) == ("Lạc Lâm",)
    assert other_names(find_places("xã Lạc Lâm, huyện Đơn Dương"), ())[0] == "Ka Đô"
    assert other_names(find_places("tỉnh Đắk Nông"), ()) == ("Lâm Đồng",)
    assert other_names(find_places("xã Tân Hòa"), ()) == ()  # of many, no one knows which
    known = find_places("huyện Buôn Đôn, tỉnh Đắk Lắk")
    assert "Ea Wer" in other_names(find_places("xã Tân Hòa"), known)


def test_kinship_needs_a_merger() -> None:
    assert kinship(find_places("thành phố Hà Nội"), ["tỉnh Lâm Đồng"]) is None
    assert kinship(find_places("xã Ka Đô"), ["xã Ka Đô họp"]) is None
    assert kinship((), ["xã Ka Đô"]) is None
