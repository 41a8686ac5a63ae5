"""How words are used: what is learned from texts, what is saved, and what the shipped vectors say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from corpus.text import tokens
from eval import train_word_vectors as training
from index import interaction
from rag.line import gaps_of
from rag.word_vectors import SHIPPED, Matrix, WordVectors, shipped

VOCABULARY = interaction.shipped().vocabulary


def read(text: str, vectors: WordVectors) -> tuple[Matrix, list[int]]:
    """What is known of each token, and the words of two that end at it."""
    found = tuple(tokens(text))
    rows = np.array(VOCABULARY.rows_of([one.key for one in found], [one.folded for one in found]), np.int32)
    pairs = vectors.pairs_of(rows, gaps_of(text, found)[: len(found)])
    return vectors.of(rows, pairs), pairs.tolist()


def alike(one: str, other: str) -> float:
    """Cosine of two syllables, or of two words of two."""
    first, second = (_vector(text) for text in (one, other))
    return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))


def _vector(text: str) -> Matrix:
    vectors = shipped()
    found, pairs = read(text, vectors)
    if len(pairs) == 1:
        return found[0, : vectors.syllables.shape[1]]
    assert pairs[1] > 0, text
    return vectors.pairs[pairs[1]]


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [
        ("đã", "sẽ", "xã"),
        ("ông", "bà", "của"),
        ("những", "các", "năm"),
        ("thủ tướng", "tổng thống", "thành phố"),
        ("hà nội", "đà nẵng", "nguyên nhân"),
        ("trạng thái", "tình trạng", "thông qua"),
    ],
)
def test_what_stands_in_the_same_places_is_alike(word: str, like: str, unlike: str) -> None:
    assert alike(word, like) > 0.5 > alike(word, unlike)


def test_a_word_of_two_stands_at_both_its_syllables_and_not_across_a_mark() -> None:
    vectors = shipped()
    found, pairs = read("Hà Nội", vectors)
    alone, none = read("Hà. Nội", vectors)
    wide, narrow = vectors.pairs.shape[1], vectors.syllables.shape[1]
    assert pairs[0] == 0 < pairs[1]
    assert none == [0, 0]
    assert found[:, -2:].tolist() == [[0, 1], [1, 0]]
    assert alone[:, -2:].tolist() == [[0, 0], [0, 0]]
    np.testing.assert_array_equal(found[1, narrow : narrow + wide], found[0, narrow + wide : narrow + 2 * wide])
    np.testing.assert_array_equal(found[:, :narrow], alone[:, :narrow])


def test_no_token_is_no_row() -> None:
    found, pairs = read("…", shipped())
    assert (len(found), pairs) == (0, [])


def test_what_is_learned_is_what_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two names in the same places, a verb in others, and a word of two that is always written so."""
    lines = [
        f"{who} đi chợ mua {what} ở thị trấn lúc sáng sớm, rồi {who} về nhà ngay."
        for _ in range(60)
        for who in ("Lan", "Huệ")
        for what in ("rau", "cá", "thịt")
    ]
    written = "".join(json.dumps({"q": "", "p": line}, ensure_ascii=False) + "\n" for line in lines)
    (tmp_path / "source.jsonl").write_text(written, encoding="utf-8")
    monkeypatch.setattr(training, "SOURCES", {"source": 10_000})
    monkeypatch.setattr(training, "SYLLABLE", 8)
    monkeypatch.setattr(training, "PAIR", 4)
    training.main(["--pairs", str(tmp_path), "--out", str(tmp_path / "made.safetensors")])
    vectors = WordVectors(tmp_path / "made.safetensors")
    found, pairs = read("Lan Huệ mua thị trấn", vectors)
    lan, hue, buy = (row[:8] / np.linalg.norm(row[:8]) for row in found[:3])
    assert lan @ hue > 0.9 > lan @ buy
    assert pairs[3] == 0 < pairs[4]
    assert np.abs(vectors.pairs[pairs[4]]).max() > 0.1


def test_a_byte_a_number_says_nearly_the_same(tmp_path: Path) -> None:
    values = np.random.default_rng(0).standard_normal((20, 16)).astype(np.float32)
    values[3] = 0
    small, scale = training.packed(values)
    assert small.dtype == np.int8
    saved = load_file(SHIPPED)
    saved |= {"pairs": small, "pairs scale": scale}
    save_file(saved, tmp_path / "small.safetensors")
    np.testing.assert_allclose(WordVectors(tmp_path / "small.safetensors").pairs, values, atol=0.02)
