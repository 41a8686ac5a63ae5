"""The reading network: what is learned is what is served, and what the shipped ones say of a text."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch
from safetensors.numpy import save_file

from corpus.document import Span
from eval import train_reader_net as training
from eval.reader_samples import READING, Encoder, columns_of, steps_of
from index import interaction
from rag import reader_net
from rag.line import Line
from rag.pointing import Pointing
from rag.reader_input import QuestionInput, TextInput
from rag.understand import Query, query_of

TEXT = (
    "Đồng chí Lê Văn Tám chủ trì hội nghị. Hội nghị họp ngày 05/7/2021 tại xã Phú Hội (huyện Đức Trọng)."
    " Đường liên thôn hư hỏng do mưa lũ kéo dài; 1.245 hộ phải đi đường khác."
)
QUESTION = "Bao nhiêu hộ phải đi đường khác?"
VOCABULARY = interaction.shipped().vocabulary


def asked(question: str) -> Query:
    return query_of(question, question)


def pointed(net: reader_net.ReaderNet, question: str, text: str) -> reader_net.Pointed:
    return net.read(QuestionInput.of(asked(question), VOCABULARY), TextInput.of(text, VOCABULARY))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network as it is before it learns."""
    torch.manual_seed(3)
    net = training.new(0.0)
    weights = {f"0/{name}": value.numpy() for name, value in net.state_dict().items()}
    file = tmp_path_factory.mktemp("net") / "net.safetensors"
    save_file(weights, file)
    return file


@pytest.mark.parametrize("text", [TEXT, "Một.", "… 12\n\nhai ba", TEXT * 3])
def test_what_is_learned_is_what_is_served(saved: Path, text: str) -> None:
    torch.manual_seed(3)
    net = training.new(0.0).eval()
    sample = Encoder().sample(QUESTION, text, [Span(0, len(text))])
    assert sample
    other = Encoder().sample("Ai chủ trì?", TEXT * 2, [Span(0, 9)])
    assert other  # beside another of another length, so that both are filled up
    of, *_ = columns_of([sample, other], Random(0))
    with torch.no_grad():
        logits = [part[0].log_softmax(0).numpy() for part in net(of)]
    (served,) = reader_net.load(saved)
    found = pointed(served, QUESTION, text)
    for one, two in zip((found.starts, found.ends, found.sentences), logits, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_allclose(one, two[: len(one)], rtol=1e-5, atol=2e-4)


def test_a_network_learns_what_it_is_shown() -> None:
    encoder = Encoder()
    shown = [
        encoder.sample("Bao nhiêu hộ?", f"Xã có {n} hộ nghèo. Ngày {n % 28 + 1} họp.", [Span(6, 6 + len(str(n)))])
        for n in range(100, 164)
    ]
    samples = [one for one in shown if one]
    torch.manual_seed(0)
    net = training.new(0.0)
    training.train(net, samples, 20, 0.003, seed=0)
    of, starts, _, _ = columns_of(samples[:8], Random(0))
    with torch.no_grad():
        assert torch.equal(net(of)[0].argmax(1), starts.argmax(1))


def test_a_long_text_is_read_around_its_answer() -> None:
    text = "một hai ba. " * 100 + "Đáp án là 57. " + "bốn năm sáu. " * 100
    at = text.index("57")
    sample = Encoder().sample("Đáp án là gì?", text, [Span(at, at + 2)])
    assert sample
    for seed in range(20):
        of, starts, ends, told = columns_of([sample], Random(seed))
        assert of["text rows"].shape[1] == READING
        assert starts.sum() == ends.sum() == told.sum() == 1
        assert int(of["sentences"][0, 0]) == 0


def test_an_answer_that_is_not_in_the_text_teaches_nothing() -> None:
    assert Encoder().sample("Ai?", "Không có gì.", [Span(500, 510)]) is None
    assert Encoder().sample("?", "Không có gì.", [Span(0, 5)]) is None


def test_batches_hold_texts_of_like_length() -> None:
    encoder = Encoder()
    shown = [encoder.sample("Ai?", "một " * (1 + n % 50), [Span(0, 3)]) for n in range(400)]
    steps = steps_of([one for one in shown if one], Random(0))
    batches = [next(steps) for _ in range(12)]
    spread = [max(sizes) - min(sizes) for batch in batches for sizes in ([len(one.text.starts) for one in batch],)]
    assert np.mean(spread) < 10


def test_the_shipped_networks_find_sentence_and_words() -> None:
    pointing = Pointing.of(asked(QUESTION), TEXT)
    assert pointing
    spans = [Span(TEXT.index(part), len(TEXT)) for part in ("Đồng chí", "Hội nghị họp", "Đường")]
    assert int(pointing.of_sentences(spans).argmax()) == 2
    line = Line.of(TEXT, Span(TEXT.index("1.245"), len(TEXT)))
    expected = pointing.expected_f1(line)
    assert line.place(int(expected.argmax())).of(TEXT).startswith("1.245")
    assert 0 <= expected.min() <= expected.max() <= 1 + 1e-6


@pytest.mark.parametrize(("question", "text"), [("?", TEXT), (QUESTION, " … ")])
def test_without_words_there_is_nothing_to_point_at(question: str, text: str) -> None:
    assert Pointing.of(asked(question), text) is None


def test_the_shipped_file_is_small() -> None:
    assert reader_net.SHIPPED.stat().st_size < 3_000_000
    assert len(reader_net.shipped()) == training.MEMBERS
