"""The script behind `rag.telling`: questions and headlines with their texts, and the networks it trains."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from eval import asked_pairs, headlines, train_ranker
from eval import train_telling as training
from eval.telling_net import Tables, TellingNet, save
from eval.written import lines
from index import interaction
from index.train import mine, train_interaction
from rag.telling import HEADS, STATING, Telling

VOCABULARY = interaction.shipped().vocabulary


def write(folder: Path, name: str, pairs: list[tuple[str, str]]) -> None:
    lines = [json.dumps({"q": query, "p": passage}) for query, passage in pairs]
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def lead(number: int) -> str:
    return f"Sáng ngày thứ {number}, ủy ban nhân dân xã số {number} đã họp bàn về việc thu hoạch lúa của cả vùng."


def body(number: int) -> str:
    return f"Cuộc họp lần {number} nghe báo cáo. " + f"Nông dân thôn {number} gặt được nhiều lúa. " * 12


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    titled = [(f"Xã số {number} họp bàn gặt lúa", f"{lead(number)} {body(number)}") for number in range(30)]
    write(tmp_path, headlines.TITLED, titled)
    write(tmp_path, headlines.LED, [(lead(number), body(number)) for number in range(5, 40)])
    summed = [(f"Thôn {number} được mùa lúa lớn", f"{lead(number)} Bà con rất mừng.") for number in range(30)]
    write(tmp_path, headlines.SUMMED, summed)
    return tmp_path


def question(number: int) -> str:
    return f"Nông dân thôn {number} gặt được gì?"


@pytest.fixture
def asked(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Questions to learn from, too: four were written, the others came with their answers."""
    sources = {source for source, _ in (*asked_pairs.BESIDE.values(), *asked_pairs.ANSWERED.values())}
    for source in sources - {headlines.TITLED, headlines.LED}:
        write(pairs, source, [(f"Mục {number}", body(number)) for number in range(50, 70)])
    for source in asked_pairs.ANSWERED:
        write(pairs, source, [(question(number), body(number)) for number in range(70, 80)])
    written = [
        f"{source}\t{row}\t{asking} thôn {number} gặt được nhiều lúa?\t0\t9"
        for source, row, number in (("wiki2025_title_section_para", 1, 51), ("laws_title_text", 2, 52))
        for asking in ("Ai", "Bao giờ")
    ]
    (pairs / "written.tsv").write_text("\n".join(written), encoding="utf-8")
    monkeypatch.setattr(asked_pairs, "lines", partial(lines, file=pairs / "written.tsv"))
    monkeypatch.setattr(train_ranker, "TRAINED", 3)
    return pairs


def test_headlines_are_joined_to_the_texts_behind_their_leads(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headlines, "KEPT_APART", 8)
    learned, apart = headlines.headed(pairs)
    assert len(apart) == 8
    assert sorted(learned + apart) == sorted(
        (f"Xã số {number} họp bàn gặt lúa", body(number)) for number in range(5, 30)
    )
    assert headlines.headed(pairs) == (learned, apart)
    assert set(headlines.bodies(pairs)) >= {text for _, text in learned + apart}


def test_a_lead_of_two_texts_joins_none(pairs: Path) -> None:
    write(pairs, headlines.LED, [(lead(7), body(7)), (lead(7), body(8)), (lead(9), body(9)), (lead(10), body(10))])
    assert {text for part in headlines.headed(pairs) for _, text in part} == {body(9), body(10)}


def test_leads_are_taken_away(tmp_path: Path) -> None:
    short = "Chiều qua, lúa đã gặt xong. Xã họp mừng."
    texts = [("một", f"{lead(1)} {body(1)}"), ("hai", f"{short} {body(2)}"), ("ba", lead(3)), ("bốn", "")]
    write(tmp_path, headlines.TITLED, texts)
    assert headlines.without_leads(tmp_path) == [("một", body(1)), ("hai", body(2))]


def test_nothing_is_learned_from_what_is_kept_apart(pairs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headlines, "KEPT_APART", 8)
    _, apart = headlines.headed(pairs)
    found = training.headlines(pairs)
    assert min(map(len, found.values())) > 8
    assert not {title for one in found.values() for title, _ in one} & {title for title, _ in apart}
    assert not {text for _, text in found["headed"] + found["led"]} & {text for _, text in apart}


def test_questions_are_asked_beside_other_passages_without_those_that_the_ranker_learns_from(asked: Path) -> None:
    found = {one.name: one for one in asked_pairs.asked_pairs(asked, np.random.default_rng(0))}
    assert list(found) == ["wiki2025_title_section_para", "legal", *asked_pairs.ANSWERED]
    assert found["legal"].pairs == [
        (f"{asking} thôn 52 gặt được nhiều lúa?", body(52).strip()) for asking in ("Ai", "Bao giờ")
    ]
    assert sorted(passage.strip() for _, passage in found["legal"].beside) == sorted(
        body(number).strip() for number in range(50, 70) if number != 52
    )
    for source in asked_pairs.ANSWERED:
        _, drawn = train_ranker.drawn_pairs(asked / f"{source}.jsonl")
        assert len(drawn) == 3
        assert {text for text, _ in found[source].pairs} == {question(at) for at in range(70, 80)} - set(drawn)


@pytest.mark.parametrize("head", HEADS)
def test_the_network_computes_what_the_program_does(head: str, tmp_path: Path) -> None:
    torch.manual_seed(0)
    tables = Tables()
    nets = {head: TellingNet(tables) for head in HEADS}
    net = nets[head]
    with torch.no_grad():
        for weights in (net.mix, net.inner, net.outer):
            weights += 0.02 * torch.randn_like(weights)
    save(nets, tmp_path / "net.safetensors")
    texts = [VOCABULARY.rows(text) for text in (body(1), "Đà Lạt chuẩn bị bầu cử.", "mưa", "một " * 24)]
    size = -(-(max(map(len, texts)) + 1) // interaction.BLOCK) * interaction.BLOCK
    padded = np.zeros((1, len(texts), size), np.int64)
    for at, rows in enumerate(texts):
        padded[0, at, : len(rows)] = rows
    used, places = np.unique(np.append(0, padded), return_inverse=True)
    query = "Nông dân Đà Lạt bầu cử"
    with torch.no_grad():
        learned = net.told(
            torch.tensor([VOCABULARY.rows(query)]),
            torch.from_numpy(used[None]),
            torch.from_numpy(places[1:].reshape(padded.shape)),
        )
    lengths = np.array([len(rows) for rows in texts])
    served = Telling(tmp_path / "net.safetensors").told(head, query, np.concatenate(texts).astype(np.int32), lengths)
    np.testing.assert_allclose(served, learned.numpy()[0], rtol=0.05, atol=0.02)  # vectors are int8


def test_trains_from_pairs_to_a_file_that_loads(
    asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "telling.safetensors"
    for module, name, value in (
        (headlines, "KEPT_APART", 2),
        (mine, "NEGATIVES", 4),
        (mine, "SAME", 1.1),
        (train_interaction, "LENGTH", 5),
        (train_interaction, "LISTS", 8),
        (training, "LISTS", 8),
        (train_interaction, "LOGGED", 2),
    ):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(sys, "argv", ["train", "--pairs", str(asked), "--out", str(out)])
    training.main()
    told = capsys.readouterr().out
    assert "headed 1/1: 23 of 23" in told
    assert "loss" in told
    texts = body(7), lead(3)[:20]
    right, wrong = Telling(out).told(
        STATING,
        "Xã số 7 họp bàn gặt lúa",
        np.array([row for text in texts for row in VOCABULARY.rows(text)], np.int32),
        np.array([len(VOCABULARY.rows(text)) for text in texts]),
    )[:, 0]
    assert right > wrong
