"""Draft questions made by rules: what gives way to which word, what the answer must hold, near misses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from door_parts import api, client, filled
from store_parts import make, opened, upload

from corpus.document import Document
from eval.draft_rules import questions_of
from eval.drafts import NEAR_MISS, drafts, id_of, judged_down
from eval.judge import find
from eval.question import Question, questions_in
from rag.answer import Answer, Citation
from rag.memory import Memory
from ui.auth import Keys


def made(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.question, each.kind, each.must or each.any_of) for each in questions_of(make(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Hồ sơ nộp trực tuyến đạt tỷ lệ 99,72%.",
            [("Hồ sơ nộp trực tuyến đạt tỷ lệ bao nhiêu?", "number", ("99,72%",))],
        ),
        (
            "Đồng chí Trương Văn Bình chủ trì hội nghị kết luận.",
            [("Ai chủ trì hội nghị kết luận?", "who", ("Trương Văn Bình",))],
        ),
        (
            "Ông Lê Quang Huy, Phó chủ tịch Ủy ban nhân dân.",
            [("Ai là Phó chủ tịch Ủy ban nhân dân?", "who", ("Lê Quang Huy",))],
        ),
        (
            "Tiếp tục chỉnh trang thị trấn Thạnh Mỹ đạt chuẩn đô thị văn minh.",
            [("Tiếp tục chỉnh trang thị trấn nào đạt chuẩn đô thị văn minh?", "place", ("Thạnh Mỹ",))],
        ),
        (
            "Hội nghị tổng kết được tổ chức vào ngày 11 tháng 10 năm 2019.",
            [
                (
                    "Hội nghị tổng kết được tổ chức vào ngày nào?",
                    "when",
                    ("ngày 11 tháng 10 năm 2019", "11/10/2019", "11-10-2019", "11 tháng 10 năm 2019"),
                )
            ],
        ),
        ("Đơn Dương, ngày 11 tháng 10 năm 2019.", []),  # nothing is left to ask by
        ("HỘI NGHỊ SƠ KẾT CÔNG TÁC DÂN VẬN XÃ LẠC LÂM.", []),  # a heading
        ("Hội nghị (do đồng chí Trương Văn Bình chủ trì) đã kết luận.", []),  # half a bracket would be left
    ],
)
def test_what_is_asked_of_a_sentence(sentence: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert made(sentence) == expected


def test_a_drafts_evidence_is_verbatim_and_holds_its_answer() -> None:
    text = "Xã Suối Đá trồng được 4.250 cây thông; đồng chí Lê Thị Mận phụ trách việc trồng cây."
    found = drafts([make(text, "cây.txt")], 10, near_misses=False)
    assert {each.question.kind for each in found} == {"number", "who", "place"}
    for each in found:
        question = each.question
        assert question.evidence == each.source.of(text)
        assert all(find(question.evidence or "", part) for part in question.must)
        assert (question.document, question.answerable) == ("cây.txt", True)
    lines = "\n".join(each.question.model_dump_json() for each in found)
    assert questions_in(lines, "bộ") == [each.question for each in found]


def test_what_the_header_says_of_a_document_is_asked_by_its_number() -> None:
    text = "Số: 118-CV/BDVHU\nngày 11 tháng 10 năm 2019\nLê Đình Thủy"
    document = make(text, kind="Công văn", number="118-CV/BDVHU", issued_on=date(2019, 10, 11), signer="Lê Đình Thủy")
    spans = {
        name: find(text, part)[0]
        for name, part in (("issued_on", "ngày 11 tháng 10 năm 2019"), ("signer", "Lê Đình Thủy"))
    }
    document.header.spans.update(spans)
    asked = {each.question: each.must or each.any_of for each in questions_of(document)}
    assert asked["Ai ký công văn số 118-CV/BDVHU?"] == ("Lê Đình Thủy",)
    assert "11/10/2019" in asked["Công văn số 118-CV/BDVHU ban hành ngày nào?"]


def near(document: Document) -> list[str]:
    return [each.question.question for each in drafts([document], 20) if each.question.kind == NEAR_MISS]


def test_near_misses_ask_what_the_document_does_not_say() -> None:
    text = "Trong năm 2019 đồng chí Trương Văn Bình chủ trì hội nghị. Năm 2020 sẽ họp lại. Năm 2018 đã họp."
    document = make(text)
    assert "Trong năm 2021 ai chủ trì hội nghị?" in near(document)  # 2020 and 2018 are told of
    place = make("Đồng chí Trương Văn Bình chủ trì hội nghị của huyện Đơn Dương.")
    (missed,) = near(place)
    assert missed.startswith("Ai chủ trì hội nghị của huyện ")
    assert "Đơn Dương" not in missed
    found = next(each for each in drafts([place], 20) if each.question.kind == NEAR_MISS)
    assert (found.question.answerable, found.question.evidence) == (False, None)
    assert "huyện Đơn Dương" in found.changed
    assert near(place) == [missed]  # the same again


def test_what_is_in_the_set_is_not_drafted_again() -> None:
    text = "Xã Suối Đá trồng được 4.250 cây thông. Đồng chí Lê Thị Mận phụ trách việc trồng cây."
    document = make(text)
    all_of_them = drafts([document], 20)
    known = all_of_them[0].question.id
    assert known not in {each.question.id for each in drafts([document], 20, known=[known])}
    assert len(drafts([document], 1)) == 1
    assert id_of("Ai?") == id_of("Ai?") != id_of("Gì?")


def test_a_judged_answer_becomes_a_question_with_what_it_rested_on() -> None:
    cited = Citation(1, "d", "a.txt", "A", None, None, None, None, None, "xã Lạc Lâm", 0, 10)
    answer = Answer("i", "Xã nào?", "Xã nào?", "xã Lạc Lâm [1]", False, None, 0.9, "extractive", (cited,), (), {})
    assert judged_down(answer) == Question(
        id=id_of("Xã nào?"),
        question="Xã nào?",
        answerable=True,
        document="a.txt",
        evidence="xã Lạc Lâm",
        kind="feedback",
    )


def test_judged_answers_are_shown_to_those_who_may_see_their_documents(tmp_path: Path) -> None:
    store = filled(tmp_path)
    keys, app = Keys(store.database), api(store)
    reader = client(app, keys.create("đọc", "reader")[1])
    editor = client(app, keys.create("chấm", "editor")[1])
    answer = reader.post("/v1/ask", json={"question": "Xã nào?", "conversation_id": "c"}).json()
    reader.post("/v1/feedback", json={"answer_id": answer["id"], "rating": "up"})
    assert editor.get("/v1/evaluations/judged").json() == {"answers": []}
    reader.post("/v1/feedback", json={"answer_id": answer["id"], "rating": "down", "reason": "Thiếu ý"})
    (found,) = editor.get("/v1/evaluations/judged").json()["answers"]
    assert (found["reason"], found["answer"]["id"]) == ("Thiếu ý", answer["id"])
    assert found["draft"]["question"] == "Xã nào?"
    assert "owner" not in str(found)
    store.remove([answer["citations"][0]["document_id"]])  # what it quotes is gone: nobody may read it here
    assert editor.get("/v1/evaluations/judged").json() == {"answers": []}
    assert len(Memory(store.database).judged_down()) == 1
    store.close()


def test_drafts_come_from_documents_that_one_may_see(tmp_path: Path) -> None:
    store = opened(tmp_path)
    (added,) = store.add([upload("Xã Suối Đá trồng được 4.250 cây thông.")])
    app = client(api(store))
    made = app.post("/v1/evaluations/drafts", json={"document_ids": [added.document_id], "near_misses": False}).json()
    assert "4.250" in {part for each in made["drafts"] for part in each["question"]["must"]}
    set_id = app.post("/v1/evaluations/sets", params={"name": "Bộ"}, content=b"").json()["id"]
    for each in made["drafts"]:
        put = app.put(
            f"/v1/evaluations/sets/{set_id}/questions",
            json={k: v for k, v in each["question"].items() if k != "dialogue"},
        )
        assert put.status_code == 200, put.text
    again = {"document_ids": [added.document_id], "near_misses": False, "set_id": set_id}
    assert app.post("/v1/evaluations/drafts", json=again).json() == {"drafts": []}
    assert app.post("/v1/evaluations/drafts", json={"document_ids": ["none"]}).status_code == 404
    store.close()
