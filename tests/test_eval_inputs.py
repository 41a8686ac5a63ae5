"""Question sets, BEIR folders and SQuAD files, and what is said of bad ones."""

import json
from pathlib import Path

import pytest

from corpus.document import content_id
from eval.beir import read_beir
from eval.inputs import InputError
from eval.question import read_questions
from eval.squad import read_squad

GOOD = '{"id": "a", "question": "Ai?", "answerable": true, "must": ["x"], "any_of": [], "kind": "who"}'


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_questions(tmp_path: Path) -> None:
    other = '{"id": 7, "question": "Gì?", "answerable": false}'
    first, second = read_questions(write(tmp_path, "q.jsonl", f"\ufeff{GOOD}\r\n\n{other}\n"))
    assert (first.must, first.kind, first.document) == (("x",), "who", None)
    assert (second.id, second.answerable, second.evidence) == ("7", False, None)


def test_the_turns_of_a_dialogue_are_questions_of_its_kind(tmp_path: Path) -> None:
    dialogue = (
        '{"id": "g1", "kind": "pronoun", "turns": [{"id": "g1-1", "question": "Ai?", "answerable": true, "kind": "x"}]}'
    )
    alone, turn = read_questions(write(tmp_path, "q.jsonl", f"{GOOD}\n{dialogue}\n"))
    assert (alone.dialogue, turn.dialogue, turn.id, turn.kind) == (None, "g1", "g1-1", "pronoun")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": "g1", "turns": []}', "trường “turns” có giá trị không hợp lệ."),
        (GOOD + "\n{", "q.jsonl, dòng 2: không phải JSON hợp lệ."),
        (GOOD + '\n\n{"id": "b", "answerable": true}', "q.jsonl, dòng 3: thiếu trường “question”."),
        ('{"id": "b", "question": "?", "answerable": "có"}', "trường “answerable” có giá trị không hợp lệ."),
        ('{"id": "b", "question": "Ai?", "answerable": true, "must": "x"}', "trường “must” có giá trị"),
        ("[1]", "dòng 1: phải là một đối tượng JSON"),
        (GOOD + "\n" + GOOD, "dòng 2: mã câu hỏi “a” đã có ở dòng 1."),
        (" \n", "không có câu hỏi nào."),
    ],
)
def test_bad_questions_are_named_by_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=r"q\.jsonl") as error:
        read_questions(write(tmp_path, "q.jsonl", text))
    assert message in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không có tệp này"):
        read_questions(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="đây là một thư mục"):
        read_questions(tmp_path)
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="không phải văn bản UTF-8"):
        read_questions(tmp_path / "latin.jsonl")


def beir(folder: Path, qrels: str) -> Path:
    passages = ['{"_id": "p0", "title": "T", "text": "a\u2028b"}', '{"_id": "p1", "text": "a b"}']
    write(folder, "corpus.jsonl", "\n".join(passages))
    write(folder, "queries.jsonl", '{"_id": "q0", "text": "a"}\n{"_id": "q1", "text": "b"}\n')
    write(folder, "qrels/test.tsv", qrels)
    return folder


def test_beir(tmp_path: Path) -> None:
    found = read_beir(beir(tmp_path, "query-id\tcorpus-id\tscore\nq1\tp1\t1\nq1\tp0\t0\n"))
    assert found.queries == {"q1": "b"}  # q0 is not judged
    assert found.qrels == {"q1": {"p1": 1, "p0": 0}}
    document = found.uploads["p0"].document
    assert (document.header.title, document.text) == ("T", "a\nb")
    assert content_id(found.uploads["p0"].content) == (document.id, document.sha256)
    assert found.uploads["p1"].document.header.title == ""


def test_the_same_words_twice_are_two_documents(tmp_path: Path) -> None:
    beir(tmp_path, "q0\tp0\t1")
    write(tmp_path, "corpus.jsonl", '{"_id": "p0", "text": "a"}\n{"_id": "p1", "text": "a"}')
    assert len({upload.document.id for upload in read_beir(tmp_path).uploads.values()}) == 2


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        ("q9\tp0\t1", "test.tsv, dòng 1: câu hỏi “q9” không có trong queries.jsonl."),
        ("query-id\tcorpus-id\tscore\nq0 p0 1", "dòng 2: cần ba cột"),
        ("q0\tp0\tmột", "dòng 1: cần ba cột"),
        ("query-id\tcorpus-id\tscore\n", "không có dòng chấm nào"),
    ],
)
def test_bad_qrels(tmp_path: Path, qrels: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_beir(beir(tmp_path, qrels))
    assert message in str(error.value)


def squad(*paragraphs: dict[str, object]) -> str:
    return json.dumps({"data": [{"title": "", "paragraphs": list(paragraphs)}]}, ensure_ascii=False)


def test_squad_offsets_follow_the_cleaned_paragraph(tmp_path: Path) -> None:
    answers = [{"text": "An", "answer_start": 0}, {"text": "Ba", "answer_start": 4}]
    unanswered = {"id": "2", "question": "Gì?", "answers": []}
    questions = [{"id": "1", "question": "Ai?", "answers": answers}, unanswered]
    text = squad({"context": "An\u200b, Ba.", "qas": questions})
    (reader,) = read_squad(write(tmp_path, "s.json", text))  # the second has no answer
    assert reader.paragraph == "An, Ba."
    assert [gold.start for gold in reader.golds] == [0, 4]
    moved = read_squad(write(tmp_path, "s.json", text.replace('"answer_start": 4', '"answer_start": 5')))[0]
    assert [gold.start for gold in moved.golds] == [0, None]


def test_bad_squad(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"thiếu trường “data\.0\.paragraphs\.0\.qas”"):
        read_squad(write(tmp_path, "s.json", squad({"context": "x"})))
    with pytest.raises(InputError, match="không có câu hỏi nào có đáp án"):
        read_squad(write(tmp_path, "s.json", squad()))
