"""The script behind the scorer of what states: headlines with their texts, and the network it trains."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from eval import headlines
from eval import train_stating as training
from eval.stating_net import StatingNet, save
from index import interaction
from index.train import mine, train_interaction
from rag.stating import Stating

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
    return tmp_path


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
    found = training.sources(pairs)
    assert min(map(len, found.values())) > 8
    assert not {title for one in found.values() for title, _ in one} & {title for title, _ in apart}
    assert not {text for _, text in found["headed"] + found["led"]} & {text for _, text in apart}


def test_the_network_computes_what_the_program_does(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = StatingNet()
    with torch.no_grad():
        for weights in (net.mix, net.inner, net.outer):
            weights += 0.02 * torch.randn_like(weights)
    save(net, tmp_path / "net.safetensors")
    texts = [VOCABULARY.rows(text) for text in (body(1), "Đà Lạt chuẩn bị bầu cử.", "mưa", "một " * 24)]
    size = -(-(max(map(len, texts)) + 1) // interaction.BLOCK) * interaction.BLOCK
    padded = np.zeros((1, len(texts), size), np.int64)
    for at, rows in enumerate(texts):
        padded[0, at, : len(rows)] = rows
    used, places = np.unique(np.append(0, padded), return_inverse=True)
    asked = VOCABULARY.rows("Nông dân Đà Lạt bầu cử")
    with torch.no_grad():
        learned = net.told(
            torch.tensor([asked]), torch.from_numpy(used[None]), torch.from_numpy(places[1:].reshape(padded.shape))
        )
    lengths = np.array([len(rows) for rows in texts])
    served = Stating(tmp_path / "net.safetensors").told(
        np.array(asked, np.int32), np.concatenate(texts).astype(np.int32), lengths
    )
    np.testing.assert_allclose(served, learned.numpy()[0], rtol=0.05, atol=0.02)  # vectors are int8


def test_trains_from_pairs_to_a_file_that_loads(
    pairs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "stating.safetensors"
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
    monkeypatch.setattr(sys, "argv", ["train", "--pairs", str(pairs), "--out", str(out)])
    training.main()
    told = capsys.readouterr().out
    assert "headed 1/1: 23 of 23" in told
    assert "loss" in told
    right, wrong = Stating(out).told(
        np.array(VOCABULARY.rows("Xã số 7 họp bàn gặt lúa"), np.int32),
        np.array(VOCABULARY.rows(body(7)) + VOCABULARY.rows(lead(3)[:20]), np.int32),
        np.array([len(VOCABULARY.rows(text)) for text in (body(7), lead(3)[:20])]),
    )[:, 0]
    assert right > wrong
