"""One text read with the shipped weights and trees."""

import numpy as np
import pytest
from answer_parts import EMBEDDER

from corpus.document import Span
from rag.reading import ParagraphReader, pick, shares_of
from rag.span import Chosen

TEXT = (
    "Đồng chí Lê Văn Tám chủ trì hội nghị. Đồng chí Phạm Thị Hoa trình bày báo cáo. Hội nghị họp ngày 05/7/2021."
    " Đường liên thôn hư hỏng do mưa lũ kéo dài."
)


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Ai trình bày báo cáo?", "Đồng chí Phạm Thị Hoa trình bày báo cáo.", "Phạm Thị Hoa"),
        ("Hội nghị họp ngày nào?", "Hội nghị họp ngày 05/7/2021.", "05/7/2021"),
        ("Vì sao đường liên thôn hư hỏng?", "Đường liên thôn hư hỏng do mưa lũ kéo dài.", "mưa lũ kéo dài"),
    ],
)
def test_the_sentence_and_the_words_in_it(question: str, sentence: str, answer: str) -> None:
    reading = ParagraphReader(EMBEDDER).read(question, TEXT)
    assert reading.sentence.of(TEXT) == sentence
    assert reading.answer is not None
    assert answer in reading.answer.of(TEXT)


def test_a_text_without_words() -> None:
    reading = ParagraphReader(EMBEDDER).read("Ai?", " … ")
    assert (reading.sentence, reading.answer) == (Span(0, 0), None)


def test_a_clause_is_told_with_its_whole_sentence() -> None:
    text = "Hội nghị bàn ba việc: (1) làm đường thôn Đông; (2) xây chợ xã; (3) bầu trưởng thôn mới. Rồi họ ra về."
    reading = ParagraphReader(EMBEDDER).read("Hội nghị bàn xây gì?", text)
    assert reading.sentence.of(text).startswith("Hội nghị bàn ba việc")
    assert reading.sentence.of(text).endswith("thôn mới.")


def test_shares_are_probabilities() -> None:
    assert shares_of(np.log(np.array([1.0, 3.0]))).tolist() == pytest.approx([0.25, 0.75])


def test_sure_words_outweigh_a_likelier_sentence() -> None:
    doubtful, sure = Chosen(Span(0, 1), 0.1), Chosen(Span(2, 3), 0.6)
    assert pick(np.array([0.6, 0.4]), [doubtful, sure]) == 1  # log(0.6 / 0.4) < 3 · 0.5
    assert pick(np.array([0.9, 0.1]), [doubtful, sure]) == 0
