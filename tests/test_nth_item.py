"""One item of a list, asked for by its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from store_parts import upload

from rag.answer import Request
from rag.assistant import Assistant, open_assistant
from rag.nth_item import asked_place
from rag.settings import Settings

LEAD = "Kết luận hội nghị, đồng chí Lê Văn Tám yêu cầu xã Đông Thanh tập trung vào những nhiệm vụ trọng tâm sau:"
ITEMS = (
    "- Hoàn thành sửa chữa tuyến mương nội đồng trước tháng 9.",
    "- Rà soát danh sách hộ nghèo, hộ cận nghèo.",
    "- Trồng 2.000 cây xanh dọc các tuyến đường.",
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("nth")
    opened = open_assistant(Settings(data=folder / "d", corpus=folder, _env_file=None))  # type: ignore[call-arg]
    text = "\n".join(("Hội nghị giao ban khối dân vận được tổ chức sáng 5/6/2024.", LEAD, *ITEMS, "Hội nghị bế mạc."))
    opened.store.add([upload(text, title="Giao ban khối dân vận")])
    yield opened
    opened.store.close()


@pytest.mark.parametrize(
    ("asked", "item"),
    [
        ("Nhiệm vụ trọng tâm thứ hai đồng chí Lê Văn Tám nêu là gì?", 1),
        ("nhiem vu trong tam thu 3 d/c Le Van Tam neu la gi", 2),
        ("Nhiệm vụ trọng tâm đầu tiên đồng chí Lê Văn Tám yêu cầu xã Đông Thanh là gì?", 0),
        ("Nhiệm vụ trọng tâm cuối cùng đồng chí Lê Văn Tám yêu cầu xã Đông Thanh là gì?", 2),
    ],
)
def test_the_item_in_its_place_is_quoted_behind_what_opens_the_list(
    assistant: Assistant, asked: str, item: int
) -> None:
    quotes = [citation.quote for citation in assistant.ask(Request(asked)).citations]
    assert quotes == [LEAD.rstrip(":"), ITEMS[item].removeprefix("- ")]


def test_a_place_behind_the_last_is_told_nowhere(assistant: Assistant) -> None:
    answer = assistant.ask(Request("Nhiệm vụ trọng tâm thứ 7 đồng chí Lê Văn Tám nêu là gì?"))
    assert answer.abstained
    assert not answer.citations


def test_without_a_place_the_whole_list_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask(Request("Đồng chí Lê Văn Tám yêu cầu tập trung vào những nhiệm vụ trọng tâm nào?"))
    assert len(answer.citations) == 1 + len(ITEMS)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("điều đầu tiên trong các việc", 1),
        ("giải pháp thứ mười là gì", 10),
        ("nội dung cuối cùng", -1),
        ("họp thứ hai tuần này về việc gì", None),
        ("lần đầu tiên họp khi nào", None),
        ("nhiệm vụ thứ năm tuần này", None),
        ("Điều 2 quy định gì", None),
    ],
)
def test_which_place_is_asked_for(asked: str, place: int | None) -> None:
    assert asked_place(asked) == place
