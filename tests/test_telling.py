"""What a text tells of a question or a statement: the sums by hand, and what the shipped weights tell apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from index import interaction
from index.interaction import BLOCK, BLOCKS
from rag.rank_tokens import Packed
from rag.telling import ASKING, HEADS, SHIPPED, STATING, TOLD, Matrix, Telling, shipped
from rag.word_vectors import shipped as word_vectors

VOCABULARY = interaction.shipped().vocabulary


def told(scorer: Telling, query: str, *texts: str, head: str = STATING) -> Matrix:
    packed = Packed.of(texts)
    return scorer.told(head, query, packed.alike, packed.lengths)


@pytest.fixture
def small(tmp_path: Path) -> Telling:
    """Every syllable is like itself alone by 1, every word of two by 0.5 on either side; all weigh the same. For what
    asks all of it is half as much."""
    syllables, words = len(VOCABULARY), len(word_vectors().pairs)

    def apart(rows: int, width: int) -> NDArray[np.int8]:
        found = np.zeros((rows, width), np.int8)
        found[np.arange(rows), np.random.default_rng(0).integers(width, size=rows)] = 100
        found[0] = 0
        return found

    width, further = 512, 512
    mix = np.zeros((3 * width + 2 * further,) * 2, np.float32)
    np.fill_diagonal(mix[width : 2 * width, width : 2 * width], 1)
    np.fill_diagonal(mix[3 * width :, 3 * width :], 0.5)
    tensors: dict[str, NDArray[np.generic]] = {
        "vectors": apart(syllables, width),
        "pairs": apart(words, further),
    }
    for head, share in ((ASKING, 0.5), (STATING, 1)):
        tensors |= {
            f"{head}.bias": np.zeros(syllables, np.float32),
            f"{head}.mix": mix * np.float32(share),
            f"{head}.inner": np.zeros((len(mix), 1), np.float32),
            f"{head}.outer": np.zeros((1, len(mix) + 1), np.float32),
        }
    save_file(tensors, tmp_path / "small.safetensors")
    return Telling(tmp_path / "small.safetensors")


def test_words_of_two_count_beside_their_syllables(small: Telling) -> None:
    together, apart = told(small, "nông dân", "nông dân", "dân nông")[:, 0]
    assert apart == pytest.approx(1.0)
    assert together == pytest.approx(1.5)  # "nông" begins the word, "dân" ends it: half of 1 more for each


def test_what_asks_and_what_states_are_read_apart(small: Telling) -> None:
    asked, stated = (told(small, "nông dân", "dân nông", head=head)[0, 0] for head in HEADS)
    assert asked == pytest.approx(stated / 2)


def test_what_is_told_in_a_stretch_and_in_the_best_blocks(small: Telling) -> None:
    filler = "thuế " * BLOCK
    scattered = f"{filler * BLOCKS}dân {filler * BLOCKS}xã"
    near = f"dân xã {filler * (2 * BLOCKS)}"
    found = dict(zip(TOLD, told(small, "dân xã", scattered, near).T.tolist(), strict=True))
    assert found["told"] == pytest.approx([1.0, 1.0])
    assert found["told_stretch"] == pytest.approx([0.5, 1.0])
    assert found["told_best_blocks"] == pytest.approx([1 / 3] * 2)


def test_texts_are_told_apart() -> None:
    texts = ("Xã Lạc Lâm mở lớp dạy nghề.", "Hội nghị khai mạc lúc 8 giờ. " * 30, "xã", "một " * (2 * BLOCK))
    together = told(shipped(), "Mở lớp dạy nghề ở xã", *texts)
    alone = np.vstack([told(shipped(), "Mở lớp dạy nghề ở xã", text) for text in texts])
    np.testing.assert_allclose(together, alone, rtol=1e-5, atol=1e-6)


def test_a_headline_is_told_by_its_text_and_not_by_one_that_shares_its_words() -> None:
    right = (
        "Sáng nay, đoàn y bác sĩ bệnh viện huyện khám bệnh, cấp thuốc miễn phí cho 300 người cao tuổi và hộ nghèo. "
        "Sau khi khám, nhiều cụ được tư vấn cách chăm sóc sức khỏe."
    )
    wrong = (
        "Chủ tịch xã cho biết năm qua địa phương tặng quà cho nhiều gia đình. Người dân được hỗ trợ nhà ở, khám phá "
        "nghề mới và vay vốn làm ăn; bệnh dịch trên cây trồng được khống chế."
    )
    for headline in ("Bác sĩ khám chữa bệnh cho người già", "bac si kham chua benh cho nguoi gia"):
        found = told(shipped(), headline, right, wrong)
        assert found[0, 0] > found[1, 0]


def test_a_question_is_told_by_its_answer_and_not_by_what_shares_its_words() -> None:
    right = "Cầu có chiều dài 120 m, rộng 7 m, bắc qua sông ở thôn Một."
    wrong = "Cây cầu được người dân mong chờ bao nhiêu năm nay, ai đi qua cũng dừng lại ngắm nhìn."
    for question in ("Cây cầu dài bao nhiêu mét?", "cay cau dai bao nhieu met"):
        found = told(shipped(), question, right, wrong, head=ASKING)
        assert found[0, 0] > found[1, 0]


def test_nothing_stated_and_nothing_to_read() -> None:
    assert told(shipped(), "?!", "dân số").tolist() == [[0.0] * len(TOLD)]
    assert told(shipped(), "dân số").shape == (0, len(TOLD))


def test_the_shipped_file_fits_vocabulary_and_words_and_is_small() -> None:
    tensors = load_file(SHIPPED)
    assert {len(tensors[name]) for name in ("vectors", *(f"{head}.bias" for head in HEADS))} == {len(VOCABULARY)}
    assert len(tensors["pairs"]) == len(word_vectors().pairs)
    assert SHIPPED.stat().st_size < 11e6
