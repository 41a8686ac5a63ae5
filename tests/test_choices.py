"""What an administrator chooses: own abbreviations, places and settings, used by the very next question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_parts import upload

from index import audit
from index.database import Database
from index.embed import load_embedder
from index.store import Store
from rag.answer import Request
from rag.assistant import Assistant
from rag.choices import Aliases, ChoiceBook
from rag.language.abbreviation_table import Expansion, Table
from rag.language.abbreviations import expand
from rag.own_words import OwnPlace, OwnWords, WordError
from rag.tuning import Step, Tuning, Tunings

ASKED = "Thành phố Đà Lạt trồng bao nhiêu cây thông năm 2020?"
NOTICE = "THÔNG BÁO\nNăm 2020, Phố Núi trồng 500 cây thông ven hồ.\n"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "hoi.db")
    yield opened
    opened.close()


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    embedder, model = load_embedder()
    store = Store.open(tmp_path, embedder, model)
    store.add([upload(NOTICE, issued_on=None)])
    yield Assistant(store, embedder)
    store.close()


def test_an_abbreviation_is_used_by_the_next_question_and_gone_when_removed(database: Database) -> None:
    table = Table.from_expansions([Expansion("PXYZ", "Phòng Xét yêu"), Expansion("QQQ", "Quỹ quê quán")])
    book, words = ChoiceBook(database, table), OwnWords(database)
    assert expand("PXYZ và QQQ", book.current().abbreviations).text == "Phòng Xét yêu và Quỹ quê quán"
    words.add_abbreviation(" PXYZ ", "Phòng  Xây dựng", ["Đô thị"], "local")
    assert words.abbreviations() == [Expansion("PXYZ", "Phòng Xây dựng", ("do thi",))]
    opened = expand("PXYZ đô thị và QQQ", book.current().abbreviations).text
    assert opened == "Phòng Xây dựng đô thị và Quỹ quê quán"  # the store's before the file's, which is still there
    assert words.remove_abbreviation("PXYZ", "Phòng Xây dựng", "local")
    assert not words.remove_abbreviation("PXYZ", "Phòng Xây dựng", "local")
    assert expand("PXYZ", book.current().abbreviations).text == "Phòng Xét yêu"


def test_choices_are_read_once_until_they_change(database: Database) -> None:
    book = ChoiceBook(database)
    first = book.current()
    assert book.current() is first
    Tunings(database).change(Tuning(k=5), "local")
    assert book.current().tuning == Tuning(k=5)


@pytest.mark.parametrize(("short", "full"), [("", "Phòng"), ("P X", "Phòng Xét"), ("UBND", "ubnd"), ("PX", " ")])
def test_what_is_no_abbreviation_is_told_in_vietnamese(database: Database, short: str, full: str) -> None:
    with pytest.raises(WordError, match="Chữ viết tắt chưa đúng"):
        OwnWords(database).add_abbreviation(short, full, [], "local")
    assert OwnWords(database).abbreviations() == []


def test_settings_have_a_history_that_can_be_taken_back(database: Database) -> None:
    tunings = Tunings(database)
    assert tunings.change(Tuning(threshold=0.6, k=5), "an") == 2
    assert tunings.change(Tuning(threshold=0.7, k=5, llm=False), "an") == 2
    told = [(step.number, step.name, step.before, step.after) for step in tunings.history()]
    assert told == [(1, "threshold", None, 0.6), (2, "k", None, 5), (3, "threshold", 0.6, 0.7), (4, "llm", True, False)]
    assert tunings.current() == Tuning(threshold=0.7, k=5, llm=False)
    assert tunings.change(Tuning(threshold=0.7, k=5, llm=False), "an") == 0
    tunings.change(Tuning(threshold=0.6, k=5), "an")
    assert isinstance(tunings.history()[-1], Step)
    with database.read() as connection:
        lines = [(each.actor, each.action, each.subject, each.detail) for each in audit.entries(connection)]
        assert lines[2] == ("an", "setting", "threshold", "0.6 → 0.7")
        assert audit.first_broken(connection) is None


def test_another_name_of_a_place_is_opened_as_typed_with_or_without_accents() -> None:
    aliases = Aliases.of([OwnPlace("Phố Núi", means="thành phố Đà Lạt"), OwnPlace("Phố Núi Mới", means="xã Ka Đô")])
    assert aliases.open("phố núi có gì") == "thành phố Đà Lạt có gì"
    assert aliases.open("pho nui moi co gi") == "xã Ka Đô co gi"  # the longest name
    assert aliases.open("phố nùi, phở núi") == "phố nùi, phở núi"


def test_a_place_of_ones_own_lies_somewhere(database: Database) -> None:
    words = OwnWords(database)
    words.add_place(OwnPlace("Bằng  Lăng", "khu phố", "thị trấn Thạnh Mỹ, huyện Đơn Dương, tỉnh Lâm Đồng"), "local")
    (place,) = ChoiceBook(database).current().places
    assert (place.level, place.name, place.key) == ("khu phố", "Bằng Lăng", "bang lang")
    assert (place.district, place.province) == ("Đơn Dương", "Lâm Đồng")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (OwnPlace("…", "thôn"), "cần có chữ"),
        (OwnPlace("Bằng Lăng", "hẻm"), "Cấp phải là một trong"),
        (OwnPlace("Bằng Lăng", "thôn", "ở đâu đó"), "Không nhận ra nơi thuộc về"),
        (OwnPlace("Phố Núi", "thôn", means="thành phố Đà Lạt"), "chỉ cần nơi ấy"),
        (OwnPlace("Đà Lạt", means="đà lạt"), "trùng"),
    ],
)
def test_a_place_that_cannot_be_taken_is_told_in_vietnamese(database: Database, place: OwnPlace, told: str) -> None:
    with pytest.raises(WordError, match=told):
        OwnWords(database).add_place(place, "local")


def test_a_document_that_calls_a_place_otherwise_answers_about_it(assistant: Assistant) -> None:
    assert assistant.ask(Request(ASKED)).abstained
    OwnWords(assistant.store.database).add_place(OwnPlace("Phố Núi", means="thành phố Đà Lạt"), "local")
    answer = assistant.ask(Request(ASKED))
    assert "500 cây thông" in answer.answer
    other = assistant.ask(Request("năm 2020 pho nui trong bao nhieu cay thong"))
    assert other.understood.startswith("năm 2020 thành phố Đà Lạt ")
    assert not other.abstained


def test_the_bar_decides_and_a_trial_leaves_it_alone(assistant: Assistant) -> None:
    request = Request("Năm 2020 Phố Núi trồng bao nhiêu cây thông?")
    assert not assistant.ask(request).abstained
    assert assistant.ask(Request(request.question, tuning=Tuning(threshold=1.0))).reason == "weak_evidence"
    assert not assistant.ask(request).abstained
    Tunings(assistant.store.database).change(Tuning(threshold=1.0), "local")
    assert assistant.ask(request).reason == "weak_evidence"
