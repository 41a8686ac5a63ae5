"""Signing in with an office's own account: a real provider, the real page, a real browser."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from browsing import NOTICE, WAIT, Served, ask
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from ui.sign_in_failures import CANCELLED, REASONS, STALE, UNKNOWN_HERE, UNREACHABLE, UNSOUND

pytestmark = pytest.mark.browser
CLIENT, SECRET = "hoi", "a secret of some length"
HIDDEN = (
    "UBND XÃ HÒA SƠN\nSố: 46/TB-UBND\nHòa Sơn, ngày 06 tháng 3 năm 2024\nTHÔNG BÁO\nVề việc sáp nhập thôn\n"
    "Xã Hòa Sơn dự kiến sáp nhập thôn Đông với thôn Tây vào tháng 9 năm 2024.\n"
)
ROSTER = "# ai\tvai trò\tnhóm\n*@xa.example\treader\ngroup:noi-vu\teditor\tnoi-vu\n"
QUESTION = "Xã Hòa Sơn tổ chức tiêm phòng dại cho bao nhiêu con chó?"
SECRET_QUESTION = "Thôn Đông sáp nhập với thôn nào?"


@dataclass(frozen=True)
class Office:
    """A provider and a server that trusts it."""

    server: Served
    provider: str
    roster: Path

    def fault(self, name: str) -> None:
        assert httpx.post(f"{self.provider}/test/fault", content=name, trust_env=False).status_code == 204


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "mot.txt").write_text(NOTICE, "utf-8")
    roster = folder / "people.tsv"
    roster.write_text(ROSTER, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    redirect = f"http://127.0.0.1:{port}/oauth2callback"
    command = [sys.executable, str(Path(__file__).with_name("oidc_provider.py")), CLIENT, SECRET, redirect]
    provider = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert provider.stdout
    url = provider.stdout.readline().strip()
    server = Served(
        folder / "data",
        folder / "corpus",
        port,
        HOI_OIDC_URL=f"{url}/.well-known/openid-configuration",
        HOI_OIDC_CLIENT_ID=CLIENT,
        HOI_OIDC_CLIENT_SECRET=SECRET,
        HOI_OIDC_REDIRECT_URI=redirect,
        HOI_OIDC_PEOPLE=str(roster),
        HOI_OIDC_HOURS="1",
        HOI_API_KEY="hoi_lent",
    )
    key = subprocess.run(
        [str(Path(sys.executable).with_name("hoi")), "key", "create", "quản trị", "--role", "admin"],
        env=server.environment, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {key}"}, trust_env=False) as admin:
        sent = {"file": ("hai.txt", HIDDEN.encode())}
        assert admin.post("/v1/documents", files=sent, data={"group": "noi-vu"}, timeout=60).status_code == 201
    server.environment["KEY"] = key
    yield Office(server, url, roster)
    server.stop()
    provider.terminate()
    provider.wait(20)
    provider.stdout.close()


@pytest.fixture
def context(browser: Browser, office: Office) -> Iterator[BrowserContext]:
    """A browser of its own, which may reach the server and the provider, and nobody else."""
    strangers = list[str]()
    ours = (office.server.url, office.server.url.replace("http", "ws", 1), f"{office.provider}/", "data:", "blob:")

    def note(request: Request) -> None:
        if not request.url.startswith(ours):
            strangers.append(request.url)

    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    context.set_default_timeout(WAIT)
    context.on("request", note)
    yield context
    context.close()
    assert strangers == []


def sign_in(context: BrowserContext, office: Office, name: str) -> Page:
    page = context.new_page()
    page.goto(office.server.url)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name=name).click()
    return page


def admitted(page: Page, name: str) -> None:
    expect(page.get_by_text(f"Đã đăng nhập: {name}")).to_be_visible(timeout=WAIT)


def refused(page: Page) -> None:
    expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible(timeout=WAIT)
    expect(page.get_by_test_id("stChatInput")).to_have_count(0)


def audited(office: Office) -> list[dict[str, str]]:
    headers = {"Authorization": f"Bearer {office.server.environment['KEY']}"}
    found = httpx.get(f"{office.server.url}/v1/admin/audit", headers=headers, trust_env=False).json()
    return [{name: entry[name] for name in ("actor_name", "action")} for entry in found["entries"]]


def test_one_signs_in_asks_and_signs_out(context: BrowserContext, office: Office) -> None:
    page = sign_in(context, office, "Nguyễn Thị Lan")
    admitted(page, "Nguyễn Thị Lan (lan@xa.example)")
    expect(ask(page, QUESTION)).to_contain_text("1.250 con chó")
    expect(ask(page, SECRET_QUESTION)).to_contain_text("thôn Tây")
    other = context.new_page()  # another tab of the same browser
    other.goto(office.server.url)
    admitted(other, "Nguyễn Thị Lan (lan@xa.example)")
    cookies = context.cookies()
    page.get_by_role("button", name="Đăng xuất").click()
    refused(page)
    other.get_by_role("button", name="Cuộc trò chuyện mới").click()
    box = other.get_by_test_id("stChatInput").locator("textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(other.get_by_text("Phiên đăng nhập đã hết hạn").first).to_be_visible(timeout=WAIT)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # whoever had copied them
    thief = context.new_page()
    thief.goto(office.server.url)
    refused(thief)
    lan = {"actor_name": "Nguyễn Thị Lan (lan@xa.example)"}
    assert [entry for entry in audited(office) if entry["action"] in ("login", "logout")] == [
        lan | {"action": "logout"},
        lan | {"action": "login"},
    ]


def test_who_is_not_of_the_group_sees_nothing_of_it(context: BrowserContext, office: Office) -> None:
    page = sign_in(context, office, "Trần Văn Bình")
    admitted(page, "Trần Văn Bình (binh@xa.example)")
    expect(page.get_by_role("button", name="45/TB-UBND").first).to_be_visible()
    answer = ask(page, SECRET_QUESTION)
    expect(answer).not_to_contain_text("thôn Tây")
    assert "46/TB-UBND" not in page.content()
    expect(page.locator("[data-testid=stSidebar]")).not_to_contain_text(QUESTION)  # Lan's conversation
    page.goto(f"{office.server.url}/van-ban")
    expect(page.get_by_text("45/TB-UBND").first).to_be_visible()
    assert "46/TB-UBND" not in page.content()
    office.roster.write_text(ROSTER.replace("*@xa.example\treader\n", ""), "utf-8")  # at once, without a restart
    page.reload()
    expect(page.get_by_text("chưa được cấp quyền")).to_be_visible(timeout=WAIT)
    office.roster.write_text(ROSTER, "utf-8")


@pytest.mark.parametrize(("name", "unverified"), [("Kẻ giả", 1), ("Người lạ", 0)])
def test_a_stranger_is_told_so(context: BrowserContext, office: Office, name: str, unverified: int) -> None:
    """One has an address that nobody verified, the other is in no line of the roster."""
    page = sign_in(context, office, name)
    told = page.get_by_text(f"Tài khoản {name}")
    expect(told).to_contain_text("chưa được cấp quyền")
    expect(told.filter(has_text="chưa xác minh địa chỉ thư")).to_have_count(unverified)
    refused(page)


def test_a_wrong_token_opens_nothing_and_the_reason_is_told(context: BrowserContext, office: Office) -> None:
    unsound = dict.fromkeys(("nonce", "expired", "signature", "audience", "issuer"), UNSOUND)
    for fault, reason in ({"state": STALE, "access_denied": CANCELLED, "client": UNKNOWN_HERE} | unsound).items():
        office.fault(fault)
        page = sign_in(context, office, "Nguyễn Thị Lan")
        refused(page)
        expect(page.get_by_role("alert")).to_have_text(REASONS[reason])
        assert not [each for each in context.cookies() if each.get("name") == "_streamlit_user" and each.get("value")]
    office.fault("long ago")  # a sound token, of a sign-in that is too long ago for this office
    page = sign_in(context, office, "Nguyễn Thị Lan")
    expect(page.get_by_text("Phiên đăng nhập đã hết hạn")).to_be_visible()
    refused(page)
    office.fault("down")
    page = context.new_page()
    page.goto(f"{office.server.url}/?dang-nhap=<b>xong</b>")  # a word that is none of ours
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_have_text(REASONS[UNREACHABLE])
    assert "Authentication error" not in page.content()
    office.fault("")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Nguyễn Thị Lan").click()
    admitted(page, "Nguyễn Thị Lan (lan@xa.example)")
    assert "dang-nhap" not in page.url


def test_without_a_pass_the_api_answers_nobody(office: Office) -> None:
    """Not even at this machine, nor with what a page that is not ours could send."""
    url = office.server.url
    ask_for = {"question": QUESTION}
    for headers in ({}, {"Authorization": "Bearer hoip_e30=.00"}, {"Cookie": "_streamlit_user=x"}):
        assert httpx.post(f"{url}/v1/ask", json=ask_for, headers=headers, trust_env=False).status_code == 401
    asked = httpx.get(f"{url}/oauth2callback?code=x&state=y", trust_env=False)  # nobody began to sign in
    assert (urlsplit(asked.headers["location"]).path, "_streamlit_user" in asked.headers.get("set-cookie", "")) == (
        "/",
        False,
    )
    assert "hoi_lent" not in json.dumps(parse_qs(asked.text))
