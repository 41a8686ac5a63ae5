"""Where a chat usually shows its seams: limits on where and how often one asks, long conversations, an empty store."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsing import NewPage, Served, ask, marked, opened_mark
from file_parts import make_docx
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

COMMUNES = ("Tân Lập", "Hòa Sơn", "Phú Mỹ", "Đồng Tâm", "Vạn Xuân", "Thanh Khê", "Long Hải", "An Bình", "Yên Thủy")
FIRST = 2015  # the year of the first commune's notice; each has the next
DOGS = "Tiêm phòng dại cho bao nhiêu con chó?"
PILLS = "[class*='st-key-scope-pill-'] button"


def notice(at: int) -> str:
    commune, year = COMMUNES[at], FIRST + at
    return (
        f"ỦY BAN NHÂN DÂN XÃ {commune.upper()}\nSố: {40 + at}/TB-UBND\n{commune}, ngày 05 tháng 3 năm {year}\n"
        f"THÔNG BÁO\nVề việc tiêm phòng dại\nXã {commune} tiêm phòng dại cho {1000 + at} con chó.\n"
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Nine offices, each with a notice of another year on the same matter: too many for pills."""
    corpus = tmp_path_factory.mktemp("corpus")
    for at, _ in enumerate(COMMUNES):
        (corpus / f"{at}.txt").write_text(notice(at), encoding="utf-8")
    server = Served(tmp_path_factory.mktemp("data"), corpus)
    yield server
    server.stop()


def take(page: Page, title: str, value: str) -> None:
    """Choose from one of the lists of where to look."""
    page.get_by_role("combobox", name=title).click()
    page.get_by_role("option", name=value).click()


def turns(served: Served, page: Page) -> list[dict[str, object]]:
    """What the server remembers of the open conversation."""
    id = page.url.partition("c=")[2]
    found: list[dict[str, object]] = httpx.get(f"{served.url}/v1/conversations/{id}").json()["turns"]
    return found


def in_sight(page: Page, what: Locator) -> bool:
    """Whether it stands wholly between the top of the page and the line to type in."""
    line = page.get_by_test_id("stBottomBlockContainer").bounding_box()
    box = what.bounding_box()
    return line is not None and box is not None and box["y"] >= 0 and box["y"] + box["height"] <= line["y"]


def test_an_office_and_years_are_chosen_from_lists_and_dropped_by_their_pills(
    new_page: NewPage, served: Served
) -> None:
    page = new_page()
    pills = page.locator(PILLS)
    page.get_by_role("button", name="Phạm vi tìm").click()
    take(page, "Từ năm", "2019")
    expect(pills).to_contain_text(["từ năm 2019"])
    take(page, "Đến năm", "2019")
    expect(pills).to_contain_text(["năm 2019"])
    page.keyboard.press("Escape")
    answer = ask(page, DOGS)
    expect(answer.locator(".hoi-text")).to_contain_text("1004 con chó")
    expect(answer.locator(".hoi-remark")).to_contain_text("Chỉ tìm trong: năm 2019")
    pills.click()
    expect(pills).to_have_count(0)
    page.get_by_role("button", name="Phạm vi tìm").click()
    take(page, "Cơ quan ban hành", "Ủy ban nhân dân xã Phú Mỹ")
    expect(pills).to_contain_text(["Ủy ban nhân dân xã Phú Mỹ"])
    page.keyboard.press("Escape")
    expect(ask(page, DOGS).locator(".hoi-text")).to_contain_text("1002 con chó")
    first, last = (turn["narrowing"]["filters"] for turn in turns(served, page))  # type: ignore[index]
    assert (first["issued_from"], first["issued_to"], first["issuer"]) == ("2019-01-01", "2019-12-31", None)
    assert (last["issued_from"], last["issuer"]) == (None, "Ủy ban nhân dân xã Phú Mỹ")


def test_an_address_opens_the_chat_about_one_document(new_page: NewPage, served: Served) -> None:
    listed = httpx.get(f"{served.url}/v1/documents").json()["documents"]
    id = next(each["id"] for each in listed if each["number"] == "46/TB-UBND")
    page = new_page(f"{served.url}/?vb={id}")
    expect(page.locator(PILLS)).to_contain_text(["Thông báo 46/TB-UBND"])
    answer = ask(page, DOGS)
    expect(answer.locator(".hoi-remark")).to_contain_text("Chỉ tìm trong: Thông báo 46/TB-UBND")
    expect(answer.locator(".hoi-text")).to_contain_text("1006 con chó")
    assert "vb=" not in page.url


def test_why_a_passage_came_is_told_of_the_question_as_it_was_taken(new_page: NewPage) -> None:
    page = new_page()
    typed = "tiem phong dai o xa Thanh Khê"
    ask(page, typed).locator(".hoi-chip").first.click()
    reader = page.locator(".st-key-reader")
    reader.get_by_text("Vì sao có đoạn này").click()
    expect(reader).to_contain_text("Đã hiểu: tiêm phòng dại ở xã Thanh Khê")
    expect(reader).to_contain_text("Đọc lại: “tiem phong")
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Hỏi đúng như đã gõ").click()
    again = page.locator(".hoi-answer").nth(1)
    again.locator(".hoi-chip, .hoi-more .hoi-card").first.click()
    reader.get_by_text("Vì sao có đoạn này").click()
    expect(reader).to_contain_text(f"Đã hiểu: {typed}")
    expect(reader).not_to_contain_text("Đọc lại")


def test_a_word_file_opens_at_the_sentence_with_the_headings_over_it(new_page: NewPage, served: Served) -> None:
    lines = (
        "UBND XÃ BẢN QUA",
        "Số: 7/QĐ-UBND",
        "Bản Qua, ngày 2 tháng 5 năm 2024",
        "QUYẾT ĐỊNH",
        "Chương II",
        "MỨC CHI",
    )
    lines += ("Điều 4. Chi họp", "Mức chi họp thôn ở xã Bản Qua là 150.000 đồng mỗi người.")
    content = make_docx(lambda document: [document.add_paragraph(line) for line in lines] and None)
    sent = httpx.post(f"{served.url}/v1/documents", files={"file": ("chi.docx", content)}, timeout=60)
    assert sent.status_code in (200, 201)  # a second try
    page = new_page()
    ask(page, "Mức chi họp thôn ở xã Bản Qua là bao nhiêu?").locator(".hoi-chip").first.click()
    opened_mark(page)
    place = page.locator(".st-key-reader .hoi-header-meta")
    expect(place).to_contain_text("Tại: Chương II MỨC CHI › Điều 4. Chi họp")
    [turn] = turns(served, page)
    assert marked(page) == turn["answer"]["citations"][0]["quote"]  # type: ignore[index]


def test_a_long_conversation_opens_at_its_end_and_goes_along_with_the_next_question(
    new_page: NewPage, served: Served
) -> None:
    id = uuid.uuid4().hex
    for commune in COMMUNES:
        body = {"question": f"Xã {commune} tiêm phòng cho bao nhiêu con chó?", "conversation_id": id}
        httpx.post(f"{served.url}/v1/ask", json=body, timeout=60)
    page = new_page(f"{served.url}/?c={id}")
    last = page.locator(".hoi-question").last
    expect(last).to_contain_text("Xã Yên Thủy")
    expect(last).to_be_in_viewport()
    earlier = page.get_by_role("button", name=re.compile(r"Xem \d lượt hỏi trước"))
    earlier.click()
    expect(page.locator(".hoi-question")).to_have_count(9)
    expect(earlier).to_have_count(0)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    box = page.get_by_test_id("stChatInput").locator("textarea")
    box.fill("Xã Phú Mỹ tiêm phòng cho bao nhiêu con chó năm 2017?")
    box.press("Enter")
    answer = page.locator(".hoi-answer").last
    expect(answer.locator(".hoi-text")).to_contain_text("1002 con chó")
    expect(page.locator(".hoi-question")).to_have_count(4)  # the earlier ones have gone again
    expect(page.locator("[class*='st-key-related-'] button").first).to_be_visible()
    page.wait_for_timeout(300)
    assert in_sight(page, page.locator(".hoi-question").last)
    assert in_sight(page, answer.locator(".hoi-text"))


def test_who_asks_too_often_is_told_calmly_and_sees_only_his_groups_documents(
    new_page: NewPage, tmp_path: Path
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "0.txt").write_text(notice(0), encoding="utf-8")
    server = Served(tmp_path / "data", tmp_path / "corpus", HOI_RATE_PER_MINUTE="1", HOI_RATE_BURST="18")
    try:
        with httpx.Client(base_url=f"{server.url}/v1", timeout=60) as http:
            for at, group in ((1, "tiem-phong"), (2, "tai-chinh")):
                http.post("/documents", files={"file": (f"{at}.txt", notice(at).encode())}, data={"group": group})
            admin = http.post("/admin/keys", json={"name": "quản trị", "role": "admin"}).json()["key"]
            wanted = {"name": "thú y", "role": "reader", "groups": ["tiem-phong"]}
            made = http.post("/admin/keys", json=wanted, headers={"Authorization": f"Bearer {admin}"})
        page = new_page(server.url)
        page.get_by_label("Khóa truy cập").fill(made.json()["key"])
        page.get_by_role("button", name="Vào", exact=True).click()
        page.get_by_role("button", name="Phạm vi tìm").click()
        expect(page.locator("[class*='st-key-scope-take-']")).to_contain_text(["40/TB-UBND", "41/TB-UBND"])
        expect(page.get_by_test_id("stPopoverBody")).not_to_contain_text("Phú Mỹ")
        page.keyboard.press("Escape")
        answer = ask(page, "Xã Hòa Sơn tiêm phòng cho bao nhiêu con chó?")
        error = page.locator(".hoi-error")
        box = page.get_by_test_id("stChatInput").locator("textarea")
        while not error.count():
            asked = page.locator(".hoi-question").count()
            box.fill(DOGS)
            box.press("Enter")
            expect(page.locator(".hoi-question")).to_have_count(asked + 1)
            expect(page.locator(".hoi-answer .hoi-text, .hoi-error")).to_have_count(asked + 1)
        expect(error).to_have_text(re.compile(r"Khóa này gọi quá nhanh\. Hãy thử lại sau \d+ giây\."))  # said once
        expect(page.get_by_role("button", name="Hỏi lại")).to_be_visible()
        expect(answer.locator(".hoi-text")).to_contain_text("1001 con chó")  # what was there stays
        assert in_sight(page, error)
    finally:
        server.stop()


def test_an_empty_store_says_so_and_what_to_do(new_page: NewPage, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    server = Served(tmp_path / "data", tmp_path / "corpus")
    try:
        page = new_page(server.url)
        said = page.locator(".hoi-error")
        expect(said).to_contain_text("Kho chưa có văn bản nào")
        expect(said).to_contain_text("Mở trang Văn bản ở thanh bên để nạp.")
        httpx.post(f"{server.url}/v1/documents", files={"file": ("a.txt", notice(0).encode())}, timeout=60)
        answer = ask(page, DOGS)
        expect(answer.locator(".hoi-text")).to_contain_text("1000 con chó")
        expect(said).to_have_count(0)
    finally:
        server.stop()
