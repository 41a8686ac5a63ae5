"""Late interaction: the vocabulary, the likeness worked out by hand, and what the shipped weights tell apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from index.interaction import BLOCK, BLOCKS, BUCKETS, Interaction, Vocabulary

FIRST = 1 + 2 * BUCKETS


@pytest.fixture(scope="module")
def shipped() -> Interaction:
    return Interaction()


def small(folder: Path, side: float = 0.0, weights: tuple[float, float] = (1.0, 0.0)) -> Interaction:
    """Three words of two numbers each; "dân" and "người" are alike by 0.8, "thuế" and "dân" by nothing."""
    words = ["dân", "người", "thuế"]
    vectors = np.zeros((FIRST + 3, 2), np.int8)
    vectors[FIRST:] = [[100, 0], [80, 60], [0, 100]]
    mix = np.diag([side, side, 1, 1, side, side]).astype(np.float32)
    tensors: dict[str, NDArray[Any]] = {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "vectors": vectors,
        "bias": np.zeros(len(vectors), np.float32),
        "mix": mix,
        "inner": np.zeros((6, 1), np.float32),
        "outer": np.zeros((1, 7), np.float32),
        "parts": np.array(weights, np.float32),
    }
    save_file(tensors, folder / "small.safetensors")
    return Interaction(folder / "small.safetensors")


def test_a_syllable_has_its_row_or_its_unaccented_ones_or_a_shared_one() -> None:
    vocabulary = Vocabulary(["hòa", "hoa", "2021"])
    assert vocabulary.rows("Hoà hòa HOA hoả") == [FIRST, FIRST, FIRST + 1, FIRST + 1]
    assert vocabulary.folded("Hoà 2021") == [FIRST + 1, FIRST + 2]
    word, number = vocabulary.rows("Kissinger 40.363")
    assert 1 <= word <= BUCKETS < number <= 2 * BUCKETS
    assert vocabulary.rows("kissinger 40363") == [word, number]
    assert len(vocabulary) == FIRST + 3


def test_each_syllable_counts_its_best_likeness(tmp_path: Path) -> None:
    scores = small(tmp_path).score("dân thuế", ["người dân", "người", "thuế dân", "", "không"])
    # dân 1 and thuế 0.6 (by "người"); dân 0.8 and thuế 0.6; both; nothing; a shared row without a vector
    np.testing.assert_allclose(scores, [0.8, 0.7, 1.0, 0.0, 0.0], atol=1e-6)


def test_neighbours_count_on_their_own_side(tmp_path: Path) -> None:
    scores = small(tmp_path, side=0.5).score("dân thuế", ["dân thuế", "thuế dân", "dân không thuế"])
    # dân: itself 1 and thuế behind it 0.5; thuế: itself 1 and dân before it 0.5
    np.testing.assert_allclose(scores, [1.5, 1.0, 1.0], atol=1e-6)


def test_the_best_stretch_holds_what_stands_together(tmp_path: Path) -> None:
    filler = "không " * (BLOCK * BLOCKS)
    near, far = f"{filler}dân thuế {filler}", f"dân {filler}{filler}thuế"
    whole, stretch = small(tmp_path).parts("dân thuế", [near, far])
    np.testing.assert_allclose(whole, [1.0, 1.0], atol=1e-6)
    np.testing.assert_allclose(stretch, [1.0, 0.5], atol=1e-6)


def test_texts_are_scored_apart(shipped: Interaction) -> None:
    question = "Huyện có bao nhiêu xã đạt chuẩn nông thôn mới?"
    texts = ["Toàn huyện có 05 xã đạt chuẩn.", "", "Hội nghị khai mạc lúc 8 giờ. " * 30, "xã"]
    together = shipped.score(question, texts)
    assert together.shape == (4,)
    alone = [float(shipped.score(question, [text])[0]) for text in texts]
    np.testing.assert_allclose(together, alone, rtol=1e-5, atol=1e-6)


def test_a_paraphrase_is_nearer_than_another_subject(shipped: Interaction) -> None:
    said = "Số người nghèo của xã giảm còn 3,2 phần trăm vào cuối năm."
    other = "Đoàn viên thanh niên tham gia hiến máu tình nguyện tại trung tâm y tế."
    for question in ("Tỷ lệ hộ nghèo là bao nhiêu?", "ty le ho ngheo la bao nhieu"):
        right, wrong = shipped.score(question, [said, other])
        assert right > wrong


def test_nothing_asked_and_nothing_to_read(shipped: Interaction) -> None:
    assert shipped.score("dân số", []).shape == (0,)
    assert shipped.score("?!", ["dân số"]).tolist() == [0.0]


def test_a_file_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    small(tmp_path)
    tensors = {
        "words": np.frombuffer("một".encode(), np.uint8),
        "vectors": np.zeros((3, 2), np.int8),
    }
    save_file(tensors, tmp_path / "broken.safetensors")
    with pytest.raises(ValueError, match=f"3 vectors for a vocabulary of {FIRST + 1}"):
        Interaction(tmp_path / "broken.safetensors")
