"""The script behind the interaction scorer: made questions, mined candidates, and the model it trains."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from index.embed import SHIPPED, StaticModel
from index.interaction import BUCKETS, Interaction, Vocabulary
from index.train import mine as mining
from index.train import train_interaction as training
from index.train import train_teacher as teaching

PASSAGE = "Năm 2021 huyện Đơn Dương có 376 hộ nghèo được hỗ trợ vay vốn làm ăn và sửa chữa nhà ở"


def test_a_made_question_asks_for_a_number_or_a_name() -> None:
    found = {mining.made_question(PASSAGE, np.random.default_rng(seed)) for seed in range(40)}
    asked = [question for question in found if question]
    assert any("376" not in question and {"mấy", "nhiêu"} & set(question.split()) for question in asked)
    assert any("Đơn Dương" not in question and "huyện nào" in question for question in asked)
    assert set(" ".join(asked).split()) - set(PASSAGE.split()) <= set("ai gì đâu nào cái bao nhiêu mấy khi ở".split())


def test_nothing_is_asked_of_a_sentence_without_number_or_name() -> None:
    assert mining.made_question("các hộ nghèo được hỗ trợ vay vốn làm ăn và sửa nhà", np.random.default_rng(0)) is None


def pairs() -> list[tuple[str, str]]:
    return [(f"hồ sơ số {n} của ai", f"Hồ sơ số {n} của ông Nguyễn Văn {'ABCDEFG'[n % 7]}{n}") for n in range(30)]


def test_candidates_are_what_the_search_takes_for_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mining, "PLANS", {"files": mining.Plan(10)})
    monkeypatch.setattr(mining, "NEGATIVES", 4)
    monkeypatch.setattr(mining, "SAME", 1.0)
    (part,) = mining.mine({"files": pairs()}, StaticModel(SHIPPED))
    assert len(part.asked) == 10
    for one in part.asked:
        number = one.query.split()[3]
        assert part.pieces[one.pieces[0]].startswith(f"Hồ sơ số {number} ")
        assert len(set(one.pieces)) == len(one.fused) == 5
        assert one.fused[0] > one.fused[1] >= one.fused[2]


def test_what_is_trained_is_what_is_served(tmp_path: Path) -> None:
    torch.manual_seed(0)
    vocabulary = Vocabulary(["dân", "số", "xã", "huyện", "dan", "so"])
    start = torch.randn(len(vocabulary), 8)
    model = training.Model(start, torch.randn(len(vocabulary)))
    with torch.no_grad():
        model.outer.normal_()
        training.save(model, vocabulary, tmp_path / "model.safetensors")
    texts = ["dân số xã", "huyện " * 50 + "dân số", "số"]
    rows = np.zeros((1, 3, training.PASSAGE), np.int64)
    for at, text in enumerate(texts):
        found = vocabulary.rows(text)
        rows[0, at, : len(found)] = found
    used, places = np.unique(np.append(0, rows), return_inverse=True)
    scores = model(
        torch.tensor([vocabulary.rows("dân số huyện")]),
        torch.from_numpy(used[None]),
        torch.from_numpy(places[1:].reshape(rows.shape)),
    )
    served = Interaction(tmp_path / "model.safetensors").score("dân số huyện", texts)
    np.testing.assert_allclose(served, scores.detach().numpy()[0], rtol=0.05, atol=0.05)  # vectors are int8


def test_trains_from_pairs_to_a_file_that_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"q": query, "p": passage}) for query, passage in pairs()]
    (tmp_path / "files.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "interaction.safetensors"
    for name, value in (("PLANS", {"files": mining.Plan(20)}), ("NEGATIVES", 4), ("SAME", 1.0)):
        monkeypatch.setattr(mining, name, value)
    for name, value in (("LISTS", 4), ("LENGTH", 5)):
        monkeypatch.setattr(training, name, value)
    monkeypatch.setattr(sys, "argv", ["train", "--data", str(tmp_path), "--out", str(out), "--steps", "2"])
    training.main()
    assert "20 questions" in capsys.readouterr().out
    right, wrong = Interaction(out).score("hồ sơ số 7", ["Hồ sơ số 7", "Hội nghị khai mạc"])
    assert right > wrong
    assert len(Interaction(out).vocabulary) > 2 * BUCKETS


def test_a_teacher_sets_the_goal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files.jsonl").write_text(
        "\n".join(json.dumps({"q": query, "p": passage}) for query, passage in pairs()), encoding="utf-8"
    )
    for name, value in (("PLANS", {"files": mining.Plan(20)}), ("NEGATIVES", 4), ("SAME", 1.0)):
        monkeypatch.setattr(mining, name, value)
    for name, value in (("LISTS", 4), ("LENGTH", 5), ("WIDTH", 24)):
        monkeypatch.setattr(teaching, name, value)
    _, vocabulary, pieces, asked = training.prepared(tmp_path, seed=1)
    teacher = teaching.Teacher(len(vocabulary))
    random = np.random.default_rng(0)
    for losses in (teaching.language_losses, teaching.choice_losses):
        teaching.learn(teacher, losses(teacher, pieces, asked, random), 0.001, "test")
    for one, told in zip(asked, teaching.judged(teacher, pieces, asked), strict=True):
        assert one.goal.tolist() == [0, -30, -30, -30, -30]
        assert told.goal.max() == 0
        assert 0 > told.goal.min() > -30
