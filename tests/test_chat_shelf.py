"""The documents page without a browser: rows and marks, what was read, changed fields, batches, results."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ui.library.fields import changed, origin
from ui.library.preview import lines
from ui.library.removal import size
from ui.library.results import outcome
from ui.library.shelf import ShelfView
from ui.library.table import marks, table
from ui.library.upload import batches
from ui.problems import FieldProblem
from ui.schemas_documents import AddedDocument, LeftOut
from ui.schemas_jobs import JobFile
from ui.schemas_shelf import Catalogue, Change, Entry, Like, Named, ReadField, Reading, StrippedPiece

AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
FIELDS = {
    **{"id": "d1", "file": "a.txt", "title": "Phí chợ", "kind": "Quyết định", "number": "15/QĐ-UBND"},
    **{"issued_on": date(2018, 3, 2), "issuer": None, "subject": "Phí chợ", "signer": None, "place": None},
    **{"pages": None, "passages": 3, "added_at": AT},
}
EMPTY = {name: list[str]() for name in ("kinds", "years", "issuers", "groups", "marks", "places")}
NONE = {"groups": [], "corrected": [], "like": [], "replaces": [], "replaced_by": []}


def entry(**other: object) -> Entry:
    return Entry.model_validate({**FIELDS, **NONE, **other})


def field(name: str, value: str | None, **other: object) -> ReadField:
    known = {"label": name, "read": value, "words": None, "start": None, "end": None, "corrected": False}
    return ReadField.model_validate({"name": name, "value": value, **known, "stated": True, "history": [], **other})


def test_a_row_says_what_a_keeper_looks_for() -> None:
    page = Catalogue.model_validate({"total": 1, "all": 1, "first": 0, "documents": [entry()], **EMPTY})
    drawn = table(page, ShelfView(open="d1"), editable=True)
    (row,) = drawn.rows
    assert (row.name, row.about, row.open) == ("Quyết định số 15/QĐ-UBND", "Phí chợ", True)
    assert row.cells == ["Quyết định", "02/03/2018", "", "", "3", "22/11/2026"]
    assert len(row.cells) + 1 == len(drawn.columns)


def test_marks_tell_versions_from_what_is_only_like() -> None:
    like = [
        Like(id="d2", name="Bản hai", share=0.934, version=True),
        Like(id="d3", name="Bản ba", share=0.81, version=False),
    ]
    found = marks(entry(like=like, replaced_by=[Named(id="d4", name="Quyết định số 20")], groups=["nhân-sự"]))
    assert [(mark.kind, mark.text, mark.title) for mark in found] == [
        ("version", "Phiên bản khác 93%", "Bản hai"),
        ("like", "Gần giống 81%", "Bản ba"),
        ("replaced", "Đã bị thay thế", "bởi Quyết định số 20"),
        ("group", "nhân-sự", "Chỉ nhóm này xem được"),
    ]


def test_the_sheet_shows_what_was_left_out_where_it_stood() -> None:
    text = "Số: 15/QĐ\nPhí chợ\n\nHết."
    number = field("number", "15/QĐ", words="15/QĐ", start=4, end=9)
    within = field("subject", "QĐ", words="QĐ", start=7, end=9)  # another field's words again: marked once
    left_out = [StrippedPiece(text="Lượt xem: 9", reason="số lượt xem", at=17)]
    reading = Reading(document=entry(), fields=[number, within], stripped=left_out, notes=[])
    assert text[:17].endswith("chợ")
    drawn = lines(text, reading)
    assert [[(part.kind, part.text) for part in line] for line in drawn] == [
        [("kept", "Số: "), ("field", "15/QĐ")],
        [("kept", "Phí chợ")],
        [("stripped", "Lượt xem: 9")],
        [("kept", "Hết.")],
    ]


def test_only_what_differs_is_sent_and_days_are_written_as_people_do() -> None:
    fields = [field("number", "15/QĐ"), field("issued_on", "2018-03-02"), field("signer", "An"), field("place", None)]
    typed = {"number": "15/QĐ", "issued_on": "03/03/2018", "signer": "", "place": ""}
    assert changed(fields, typed) == {"issued_on": "2018-03-03", "signer": None}  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="time data"):
        changed(fields, typed | {"issued_on": "2018"})  # type: ignore[arg-type]


def test_a_value_says_where_it_comes_from() -> None:
    assert origin(field("number", "15/QĐ", words="15/QĐ")) == "Đọc từ: “15/QĐ”"
    assert origin(field("kind", "Công văn")) == "Suy ra từ nội dung văn bản"
    assert origin(field("signer", None)) == "Máy không thấy trong văn bản"
    history = [Change(value="16/QĐ", reverted=False, at=AT, by="Văn thư")]
    said = origin(field("number", "16/QĐ", read="15/QĐ", corrected=True, stated=False, history=history))
    assert said.startswith("Đã sửa ngày 22/11/2026")
    assert "bởi Văn thư (máy đọc: 15/QĐ). Nguyên văn không viết điều này" in said


def test_files_go_in_requests_that_are_small_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.library.upload.FILES", 3)
    monkeypatch.setattr("ui.library.upload.BYTES", 10)
    files = [(str(at), b"x" * size) for at, size in enumerate((4, 4, 4, 1, 1, 1, 12))]
    assert [[name for name, _ in batch] for batch in batches(files)] == [["0", "1"], ["2", "3", "4"], ["5"], ["6"]]


def test_what_became_of_a_file_is_said_in_words() -> None:
    added = [
        AddedDocument.model_validate({**FIELDS, "status": status, "notes": []}) for status in ("added", "unchanged")
    ]
    left = [LeftOut(path="kho.zip!b.exe", code="x", detail="Loại này chưa đọc được.")]
    done = JobFile(file="kho.zip", state="done", read=2, documents=added, left_out=left)
    assert outcome(done) == "2 văn bản (đã nạp 1, đã có sẵn 1); Bỏ qua b.exe: Loại này chưa đọc được."
    problem = FieldProblem(field="", code="x", detail="Ổ đĩa đã đầy.")
    refused = JobFile(file="a", state="refused", read=0, documents=[], left_out=[], error=problem)
    assert outcome(refused) == "Ổ đĩa đã đầy."


@pytest.mark.parametrize(
    ("n", "shown"), [(0, "0 B"), (1023, "1023 B"), (1536, "1,5 KB"), (150 * 1024, "150 KB"), (3 << 30, "3,0 GB")]
)
def test_bytes_for_people(n: int, shown: str) -> None:
    assert size(n) == shown


def test_another_filter_begins_at_the_first_page_and_pages_end() -> None:
    view = ShelfView(first=50, filters={"kind": "Tin bài"})
    view.narrow("year", "2020")
    assert (view.first, view.filters) == (0, {"kind": "Tin bài", "year": "2020"})
    view.narrow("kind", "")
    assert view.query()["year"] == "2020"
    assert "kind" not in view.query()
    assert "find" not in view.query()
    page = Catalogue.model_validate({"total": 51, "all": 51, "first": 0, "documents": [], **EMPTY})
    for first in (25, 50, 50):
        view.turn(page, 1)
        assert view.first == first
    view.turn(page, -5)
    assert view.first == 0
