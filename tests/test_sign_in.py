"""Passes, the roster, and what the API makes of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from door_parts import FirstLine, client, filled
from fastapi import FastAPI
from pydantic import ValidationError

from index.store import Store
from rag.settings import Settings
from ui.api import create_app
from ui.auth import Keys
from ui.logins import Logins
from ui.passes import STEP, Person, opened, pass_key, sealed
from ui.roster import Roster, RosterError
from ui.sign_in import SignedIn, secrets

SECRET = "a secret of some length"
KEY = pass_key(SECRET)
CLAIMS: dict[str, object] = {
    "iss": "https://id.example", "sub": "7", "name": "Lê  An", "email": "An@Xa.example", "email_verified": True,
    "groups": ["noi-vu", 3, ""], "roles": "van-thu", "iat": 1_000, "nonce": "n",
}  # fmt: skip


def person(**changes: object) -> Person:
    found = Person.from_claims(CLAIMS | {"iat": int(time.time())} | changes)
    assert found
    return found


def test_a_person_is_who_the_provider_says() -> None:
    an = person()
    assert (an.name, an.email, an.groups) == ("Lê An", "an@xa.example", ("noi-vu", "van-thu"))
    assert an.label == "Lê An (an@xa.example)"
    assert person(email_verified=False).email == person(email_verified="true").email == ""
    assert person(nonce="m").id == an.id != person(sub="8").id != person(iss="https://khac.example", sub="8").id
    assert person(nonce="m").login != an.login
    assert person(name="‮\u0000", preferred_username="an").name == "an"
    assert [Person.from_claims(CLAIMS | {name: None}) for name in ("iss", "sub", "iat")] == [None] * 3


def test_a_pass_opens_for_minutes_and_only_as_it_was_sealed() -> None:
    an, now = person(), 10_000.0  # in the 34th step of 300 seconds, so until the end of the 35th
    given = sealed(an, KEY, now)
    assert given == sealed(an, KEY, 10_199.0) != sealed(an, KEY, 10_200.0)
    assert opened(given, KEY, now) == opened(given, KEY, 10_499.0) == an
    assert opened(given, KEY, 10_500.0) is None
    assert STEP <= 10_500 - now <= 2 * STEP
    forged = [
        given[:-1] + ("0" if given[-1] != "0" else "1"),
        given[:-65],
        given.replace(".", ""),
        given[5:],
        "hoip_.",
        "hoip_ồ.ồ",
    ]
    other = sealed(replace(an, email="chu-tich@xa.example"), pass_key("another secret of some length"), now)
    spliced = other.partition(".")[0] + "." + given.partition(".")[2]
    assert [opened(text, KEY, now) for text in [*forged, other, spliced]] == [None] * 8


def test_the_roster_gives_the_highest_role_and_all_groups(tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    path.write_text(
        "# ai\tvai trò\tnhóm\n*@xa.example\treader\n\nAN@xa.example\teditor\tthanh-tra\n"
        "group:noi-vu\treader\tnoi-vu, Mật\nsub:9\tadmin\n",
        "utf-8",
    )
    roster = Roster.from_path(path)

    def seen(**changes: object) -> object:
        caller = roster.caller(person(**changes))
        return caller and (caller.role, caller.groups)

    assert seen() == ("editor", {"thanh-tra", "noi-vu", "mật"})
    assert seen(email="binh@xa.example", groups=[]) == ("reader", frozenset())
    assert seen(email_verified=False) == ("reader", {"noi-vu", "mật"})
    assert seen(sub="9") == ("admin", None)
    assert seen(email="an@gia-xa.example", groups=[]) is None
    assert seen(email="an@xa.example.vn", groups=["noi-vu2"]) is None


@pytest.mark.parametrize(
    "line", ["an@xa.vn", "an@xa.vn\tboss", "\treader", "sub:\treader", "a@b.vn\treader\t../x", "a\treader\tb\tc"]
)
def test_a_line_that_says_nothing_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "people.tsv"
    path.write_text(f"*@xa.vn\treader\n{line}\n", "utf-8")
    with pytest.raises(RosterError, match="dòng 2"):
        Roster.from_path(path)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path)
    yield store
    store.close()


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "people.tsv"
    path.write_text("*@xa.example\treader\nan@xa.example\tadmin\n", "utf-8")
    return path


@pytest.fixture
def app(store: Store, roster: Path) -> FastAPI:
    given = {"oidc_url": "https://id.example", "oidc_client_id": "hoi", "oidc_client_secret": SECRET}
    settings = Settings(**given, oidc_redirect_uri="https://hoi.example/oauth2callback", oidc_people=roster)  # type: ignore[arg-type]
    return create_app(FirstLine(store), settings)  # type: ignore[arg-type]


def test_people_come_in_by_passes_and_own_what_they_ask(app: FastAPI, store: Store) -> None:
    binh = person(sub="b", email="binh@xa.example", name="Bình")
    an, reader = (client(app, sealed(each, KEY, time.time())) for each in (person(), binh))
    assert an.get("/v1/me").json()["role"] == "admin"
    assert reader.get("/v1/me").json() == {"name": "Bình (binh@xa.example)", "role": "reader", "keys_demanded": True}
    assert reader.get("/v1/admin/keys").status_code == 403
    assert reader.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c"}).status_code == 200
    again = client(app, sealed(person(sub="b", email="binh@xa.example", nonce="m"), KEY, time.time()))
    assert again.get("/v1/conversations/c").status_code == 200  # another sign-in, the same person
    assert an.get("/v1/conversations/c").status_code == 404
    assert client(app).get("/v1/me").status_code == 401  # nobody is the administrator by being at this machine
    assert client(app, sealed(binh, pass_key("x" * 16), time.time())).get("/v1/me").status_code == 401
    assert client(app, Keys(store.database).create("cổng", "reader")[1]).get("/v1/me").status_code == 200


def test_signing_out_ends_that_sign_in_alone_and_the_log_names_the_person(app: FastAPI) -> None:
    first, second = (client(app, sealed(person(nonce=nonce), KEY, time.time())) for nonce in "12")
    for _ in range(2):
        assert first.put("/v1/login").status_code == second.put("/v1/login").status_code == 204
    assert first.delete("/v1/login").status_code == 204
    assert first.get("/v1/me").status_code == first.put("/v1/login").status_code == 401
    entries = [each for each in second.get("/v1/admin/audit").json()["entries"] if each["action"] != "upload"]
    assert [entry["action"] for entry in entries] == ["logout", "login", "login"]
    assert {entry["actor_name"] for entry in entries} == {"Lê An (an@xa.example)"}
    assert '"actor_name": "Lê An (an@xa.example)"' in second.get("/v1/admin/audit/file").text
    assert second.get("/v1/admin/audit/check").json()["sound"]


def test_the_roster_holds_at_once_and_a_broken_one_admits_nobody(app: FastAPI, roster: Path) -> None:
    binh = client(app, sealed(person(sub="b", email="binh@xa.example"), KEY, time.time()))
    assert binh.get("/v1/documents").status_code == 200
    roster.write_text("an@xa.example\tadmin\n", "utf-8")
    refused = binh.get("/v1/documents")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_listed")
    roster.write_text("an@xa.example\n", "utf-8")
    assert binh.get("/v1/documents").json()["code"] == "roster_unreadable"


def test_an_old_sign_in_opens_nothing(app: FastAPI) -> None:
    old = person(iat=int(time.time()) - 13 * 3600)  # a sign-in holds for 12 hours
    assert client(app, sealed(old, KEY, time.time())).get("/v1/me").status_code == 401


def test_it_is_set_up_whole_or_not_at_all(roster: Path, store: Store) -> None:
    whole = {
        "oidc_url": "https://id.example", "oidc_client_id": "hoi", "oidc_client_secret": SECRET,
        "oidc_redirect_uri": "https://hoi.example/oauth2callback", "oidc_people": roster,
    }  # fmt: skip
    Settings(**whole)  # type: ignore[arg-type]
    wrong = [
        ("oidc_client_id", ""),
        ("oidc_client_secret", "ngắn"),
        ("oidc_redirect_uri", "https://hoi.example/"),
        ("oidc_people", None),
    ]
    for name, value in wrong:
        with pytest.raises(ValidationError, match="HOI_OIDC_"):
            Settings(**whole | {name: value})  # type: ignore[arg-type]
    assert secrets(Settings()) is None
    assert SignedIn.of(Settings(), None) is None  # type: ignore[arg-type]
    told = secrets(Settings(**whole))  # type: ignore[arg-type]
    assert told
    assert SECRET not in told["auth"]["cookie_secret"]


def test_a_forgotten_person_has_no_name(app: FastAPI, store: Store) -> None:
    an = person()
    client(app, sealed(an, KEY, time.time())).put("/v1/login")
    assert Logins(store.database).names() == {an.id: an.label}
    Logins(store.database).forget(an.id)
    assert Logins(store.database).names() == {}
