from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.cli import Parser, main, parser

ENGLISH = re.compile(r"\b(usage|options|arguments|show this|error|required|choose|default|the)\b", re.IGNORECASE)
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store's folder and an empty corpus."""
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOI_CORPUS", str(tmp_path / "corpus"))
    return tmp_path / "data"


def write(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def printed(capsys: Captured, *arguments: str) -> tuple[int, dict[str, object]]:
    """Exit code and the one JSON object that is all of the standard output."""
    capsys.readouterr()
    code = main([*arguments, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return code, found


def every_parser(parent: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parent
    for action in parent._actions:
        if isinstance(action, argparse._SubParsersAction):
            for child in action.choices.values():
                yield from every_parser(child)


def test_every_help_is_vietnamese() -> None:
    found = list(every_parser(parser()))
    assert {each.prog for each in found} >= {
        *(
            "hoi ask",
            "hoi search",
            "hoi add",
            "hoi list",
            "hoi show",
            "hoi remove",
            "hoi serve",
            "hoi doctor",
        ),
        *("hoi eval answers", "hoi eval retrieval", "hoi eval reading", "hoi eval claims", "hoi backup", "hoi restore"),
        *("hoi key create", "hoi key list", "hoi key revoke"),
    }
    for each in found:
        help = each.format_help()
        assert isinstance(each, Parser)
        assert help.startswith("Cách dùng: hoi")
        assert "hiện hướng dẫn này rồi thoát" in help
        assert not ENGLISH.search(help), help


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "còn thiếu: LỆNH"),
        (["fly"], "không có 'fly'"),
        (["ask"], "còn thiếu: CÂU_HỎI"),
        (["ask", "a", "--k", "b"], "--k: giá trị không hợp lệ 'b'"),
        (["ask", "a", "--k"], "--k: cần một giá trị"),
        (["list", "--fast"], "không hiểu: --fast"),
        (["add"], "còn thiếu: ĐƯỜNG_DẪN"),
        (["key", "create", "a", "--role", "king"], "--role: không có 'king'"),
        (["eval", "retrieval", "d", "--perturb", "wind"], "--perturb: không có 'wind'"),
        (["list", "--json=1"], "--json: không nhận giá trị '1'"),
    ],
)
def test_a_wrong_command_is_told_in_vietnamese(capsys: Captured, arguments: list[str], words: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    captured = capsys.readouterr()
    assert (left.value.code, captured.out) == (2, "")
    assert words in captured.err
    assert not ENGLISH.search(captured.err)


def test_help_imports_nothing_heavy() -> None:
    script = "import sys, ui.cli; ui.cli.parser(); print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert not {"numpy", "fastapi", "pydantic", "streamlit", "torch", "faiss"} & set(re.findall(r"'(\w+)'", loaded))


def test_add_goes_on_after_a_bad_file(data: Path, capsys: Captured, tmp_path: Path) -> None:
    good = write(tmp_path, "a/một.txt", "Công văn về nông thôn mới.")
    bad = write(tmp_path, "a/hỏng.pdf", b"%PDF-1.7 rubbish")
    last = write(tmp_path, "a/sâu/hai.md", "Thông báo về hộ nghèo.")
    write(tmp_path, "a/.ẩn.txt", "Không nạp tệp ẩn.")
    code, found = printed(capsys, "add", str(tmp_path / "a"), str(tmp_path / "không có.txt"))
    assert code == 1
    assert [(each["file"], each["status"]) for each in found["documents"]] == [  # type: ignore[attr-defined]
        (Path(good).name, "added"),
        (Path(last).name, "added"),
    ]
    assert [(each["path"], each["code"]) for each in found["refused"]] == [  # type: ignore[attr-defined]
        (str(tmp_path / "không có.txt"), "not_found"),
        (bad, "broken_file"),
    ]
    code, found = printed(capsys, "add", good, last)
    assert (code, found["refused"]) == (0, [])
    assert {each["status"] for each in found["documents"]} == {"unchanged"}  # type: ignore[attr-defined]
    write(tmp_path, "a/một.txt", "Công văn đã sửa.")
    code, found = printed(capsys, "add", good)
    assert [each["status"] for each in found["documents"]] == ["replaced"]  # type: ignore[attr-defined]
    _, found = printed(capsys, "list")
    assert [each["file"] for each in found["documents"]] == ["hai.md", "một.txt"]  # type: ignore[attr-defined]


def test_list_show_and_remove(data: Path, capsys: Captured, tmp_path: Path) -> None:
    main(["add", write(tmp_path, "một.txt", "Công văn về nông thôn mới.")])
    _, listed = printed(capsys, "list")
    [document] = listed["documents"]  # type: ignore[misc]
    code, shown = printed(capsys, "show", document["id"])
    assert (code, shown) == (0, document | {"links": []})
    assert main(["show", document["id"]]) == 0
    assert "Công văn về nông thôn mới." in capsys.readouterr().out
    assert main(["remove", document["id"], "ffffffffffffffff"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "Đã gỡ 1 văn bản.\n"
    assert "ffffffffffffffff" in captured.err
    assert main(["show", document["id"]]) == 2
    assert printed(capsys, "list") == (0, {"documents": []})


def test_a_removal_prints_its_receipt(data: Path, capsys: Captured, tmp_path: Path) -> None:
    main(["add", write(tmp_path, "một.txt", "Công văn về nông thôn mới.")])
    _, listed = printed(capsys, "list")
    [document] = listed["documents"]  # type: ignore[misc]
    code, told = printed(capsys, "remove", document["id"])
    [receipt] = told["removed"]  # type: ignore[misc]
    assert (code, receipt["file"], receipt["clean"], receipt["passages"]) == (0, "một.txt", True, 1)
    assert receipt["sentence"] == "Công văn về nông thôn mới."


def test_show_prints_what_a_document_is_linked_to(data: Path, capsys: Captured, tmp_path: Path) -> None:
    clause = "Căn cứ Nghị định số 12/2024/NĐ-CP ngày 05/02/2024 của Chính phủ;"
    main(["add", write(tmp_path, "một.txt", f"Số: 3/QĐ-UBND\nQUYẾT ĐỊNH\n{clause}\nGiao xã thực hiện.")])
    [document] = printed(capsys, "list")[1]["documents"]  # type: ignore[misc]
    assert main(["show", document["id"]]) == 0
    told = f"- căn cứ: Nghị định số 12/2024/NĐ-CP ngày 05/02/2024\n    “{clause[:-1]}”"
    assert told in capsys.readouterr().out


def test_a_key_is_shown_once(data: Path, capsys: Captured) -> None:
    code, key = printed(capsys, "key", "create", "Cổng thông tin", "--role", "reader", "--days", "30")
    assert (code, key["name"], key["role"]) == (0, "Cổng thông tin", "reader")
    secret = str(key.pop("key"))
    assert printed(capsys, "key", "list") == (0, {"keys": [key]})
    main(["key", "list"])
    assert secret not in capsys.readouterr().out
    assert main(["key", "revoke", str(key["id"])]) == 0
    assert main(["key", "revoke", str(key["id"])]) == 2
    _, found = printed(capsys, "key", "list")
    assert found["keys"][0]["revoked_at"]  # type: ignore[index]
    assert main(["key", "create", " ", "--role", "reader"]) == 2
    assert main(["key", "create", "a", "--role", "reader", "--days", "0"]) == 2


def test_doctor_finds_and_mends(data: Path, capsys: Captured, tmp_path: Path) -> None:
    main(["add", write(tmp_path, "một.txt", "Công văn về nông thôn mới.")])
    assert printed(capsys, "doctor") == (0, {"sound": True, "findings": []})
    write(data / "objects" / "00", "0" * 64, "lạc")
    code, found = printed(capsys, "doctor")
    assert (code, found["sound"]) == (1, False)
    code, found = printed(capsys, "doctor", "--repair")
    assert (code, found["sound"]) == (0, True)
    assert printed(capsys, "doctor") == (0, {"sound": True, "findings": []})


def test_backup_and_restore(data: Path, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["add", write(tmp_path, "một.txt", "Công văn về nông thôn mới.")])
    _, before = printed(capsys, "list")
    assert main(["backup", str(tmp_path / "kho.tar")]) == 0
    assert main(["restore", str(tmp_path / "kho.tar")]) == 1  # the folder is not empty
    monkeypatch.setenv("HOI_DATA", str(tmp_path / "moi"))
    assert main(["restore", str(tmp_path / "kho.tar")]) == 0
    assert printed(capsys, "list") == (0, before)
    assert main(["backup", str(tmp_path / "none" / "kho.tar")]) == 1


def test_a_folder_that_cannot_be_made_is_told(
    data: Path, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "tệp", "không phải thư mục")
    monkeypatch.setenv("HOI_DATA", path)
    assert main(["list"]) == 1
    assert capsys.readouterr().err == f"Lỗi: Không đọc hoặc ghi được {path} (đã có tệp này).\n"


def test_evaluation_prints_one_object_and_keeps_the_bar(data: Path, capsys: Captured, tmp_path: Path) -> None:
    write(tmp_path, "corpus/một.txt", "Thông báo số 7-TB/HU. Lễ hội mùa xuân tổ chức tại thị trấn Dran.")
    question = {
        "id": "1", "question": "Lễ hội mùa xuân tổ chức ở đâu?", "answerable": True, "must": ["Dran"],
        "any_of": [], "must_not": [], "document": "một.txt", "evidence": "tại thị trấn Dran", "kind": "thử",
    }  # fmt: skip
    file = write(tmp_path, "câu hỏi.jsonl", json.dumps(question, ensure_ascii=False))
    code, found = printed(capsys, "eval", "answers", file)
    assert (code, found["questions"]) == (0, 1)
    assert printed(capsys, "eval", "answers", file, "--fail-under", "right=1.1")[0] == 1
    assert main(["eval", "answers", str(tmp_path / "none.jsonl"), "--json"]) == 2
    pair = {"p": "Xã Lạc Lâm có 120 hộ nghèo và xã Ka Đô có 85 hộ nghèo."}
    (tmp_path / "p.jsonl").write_text(json.dumps(pair), encoding="utf-8")
    code, found = printed(capsys, "eval", "claims", str(tmp_path / "p.jsonl"), "--each", "1")
    assert (code, found["passages"]) == (0, 1)
    assert main(["eval", "claims", str(tmp_path / "none"), "--json"]) == 2
    assert main(["eval", "retrieval", str(tmp_path / "none")]) == 2
    assert main(["eval", "reading", file]) == 2
    assert capsys.readouterr().err.count("Lỗi: ") == 3


@pytest.mark.parametrize("question", ["", "  ", "?!", "a" * 4001, "a\0b", "a\udcff"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_no_question_is_bad_input(data: Path, capsys: Captured, command: str, question: str) -> None:
    assert main([command, question, "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Lỗi: ")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose store is filled from the project's own documents by the first command."""
    return tmp_path_factory.mktemp("answers")


def hoi(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "ui.cli", *arguments]
    environment = {
        "HOI_DATA": str(folder),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)


def test_an_answer_comes_from_the_documents_without_torch(answers: Path) -> None:
    done = hoi(answers, "ask", "xã nào phải đạt nông thôn mới kiểu mẫu", "--json")
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert "Lạc Lâm" in answer["answer"]
    assert [each["number"] for each in answer["citations"]] == ["118-CV/BDVHU"]
    assert not re.search(r"\| +(torch|sentence_transformers|streamlit|fastapi)$", done.stderr, re.MULTILINE)


def test_what_the_documents_do_not_say_is_exit_3(answers: Path) -> None:
    done = hoi(answers, "ask", "Giá vàng SJC hôm nay bao nhiêu?", "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["abstained"], answer["citations"]) == (3, True, [])


def test_search_tells_why(answers: Path) -> None:
    told = hoi(answers, "search", "dan van kheo", "--k", "1", "--explain").stdout
    assert "Đã hiểu: dân vận khéo\nĐọc lại: “dan van kheo” → “dân vận khéo”" in told
    assert "Khớp: “dân vận khéo”" in told
    assert "Điểm tìm: từ khóa (BM25)" in told
    [passage] = json.loads(hoi(answers, "search", "dân vận", "--k", "1", "--explain", "--json").stdout)["passages"]
    assert passage["explain"]["matched"] == [{"words": "dân vận", "exact": True}]


def test_search_within_one_document(answers: Path) -> None:
    listed = json.loads(hoi(answers, "list", "--json").stdout)["documents"]
    id = next(each["id"] for each in listed if each["number"] == "118-CV/BDVHU")
    found = json.loads(hoi(answers, "search", "dân vận", "--json", "--doc", id, "--k", "3").stdout)
    assert [each["document_id"] for each in found["passages"]] == [id] * 3
    assert hoi(answers, "search", "dân vận", "--doc", "f" * 16).returncode == 2


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HOI_RATE_PER_MINUTE", "nhiều", "HOI_RATE_PER_MINUTE: phải là số nguyên"),
        ("HOI_RATE_BURST", "0", "HOI_RATE_BURST"),
        ("HOI_CORS_ORIGINS", "https://a.vn/x", "HOI_CORS_ORIGINS: “https://a.vn/x” không phải nguồn"),
        ("HOI_CORS_ORIGINS", "https://a.vn, https://b.vn", "HOI_CORS_ORIGINS: “https://a.vn,”"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(
    data: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["key", "list"]) == 2
    assert words in capsys.readouterr().err


def test_conversations_are_forgotten_on_demand(data: Path, capsys: Captured) -> None:
    assert main(["forget", "--days", "30"]) == 2  # no store yet
    main(["key", "create", "An", "--role", "reader"])
    assert main(["forget"]) == 2
    assert "--key" in capsys.readouterr().err
    assert main(["forget", "--key", "local"]) == 0
    assert "Đã xóa 0 cuộc trò chuyện" in capsys.readouterr().out
