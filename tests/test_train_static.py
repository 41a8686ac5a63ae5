"""The script behind the shipped model: vocabulary, gradients, batches and the folder it writes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy, normalize

from index.embed import StaticModel
from index.train import pairs as data
from index.train.artefact import quantise
from index.train.train_static import REVERSE, SCALE, averaging, contrast, main
from index.train.vocabulary import NUMBERS, Vocabulary, build, count


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    counts = Counter({"hòa": 5, "hoà": 4, "xã": 3, "kỹ": 2, "hõa": 2, "05": 2, "once": 1})
    return build(counts, size=NUMBERS + 4)  # the numbers, hòa 9, xã 3, hoa 3 (of three spellings), kĩ 2


def test_spellings_share_a_row_and_rare_ones_have_the_unaccented(vocabulary: Vocabulary) -> None:
    def row(word: str) -> int:
        return int(vocabulary.mapping[vocabulary.entries[word]])

    assert row("hoà") == row("hòa") != row("hoa")
    assert row("kỹ") == row("kĩ") != row("ki")
    assert row("05") == row("5")
    assert vocabulary.folded[row("hòa")] == row("hoa") == vocabulary.folded[row("hoa")]
    assert row("hõa") == row("hoa")
    assert "once" not in vocabulary.entries
    assert vocabulary.entries["[UNK]"] == vocabulary.mapping[0] == vocabulary.folded[0] == 0


def test_the_tokenizer_reads_what_encode_reads(vocabulary: Vocabulary) -> None:
    text = "XÃ Hoà-hòa 05, kỹ; lạ"
    encoded = vocabulary.tokenizer().encode(text, add_special_tokens=False)
    known = [int(vocabulary.mapping[id]) for id in encoded.ids if id]
    assert known == vocabulary.encode(text).tolist()
    assert len(encoded.ids) == 6
    assert len(known) == 5


def test_words_are_counted_in_lower_case() -> None:
    assert count(["Xã xã", "05/XÃ"]) == Counter({"xã": 3, "05": 1})


def test_the_gradients_are_those_of_autograd() -> None:
    torch.manual_seed(0)
    queries, passages = torch.randn(30, 8, requires_grad=True), torch.randn(30, 8, requires_grad=True)
    other = (torch.rand(30, 30) < 0.1).fill_diagonal_(False)
    scores = (SCALE * normalize(queries) @ normalize(passages).T).masked_fill(other, -1e4)
    target = torch.arange(30)
    expected = cross_entropy(scores, target) + REVERSE * cross_entropy(scores.T, target)
    expected.backward()  # type: ignore[no-untyped-call]
    loss, by_queries, by_passages = contrast(queries.detach(), passages.detach(), other)
    assert loss == pytest.approx(expected.item(), abs=1e-5)
    torch.testing.assert_close(by_queries, queries.grad, atol=1e-6, rtol=1e-4)
    torch.testing.assert_close(by_passages, passages.grad, atol=1e-6, rtol=1e-4)


def test_a_text_is_averaged_over_its_tokens() -> None:
    queries = (np.array([3, 3, 5], np.int32), np.array([0, 2], np.int64))  # texts (3, 3) and (5)
    passages = (np.array([1, 5], np.int32), np.array([0, 0], np.int64))  # an empty text, then (1, 5)
    met, matrix = averaging(data.Batch(queries, passages, np.eye(2, dtype=np.bool_)), rows=6)
    assert met.tolist() == [1, 3, 5]
    np.testing.assert_allclose(matrix.toarray(), [[0, 1, 0], [0, 0, 1], [0, 0, 0], [0.5, 0, 0.5]])


def test_rows_are_quantised_by_their_largest_number() -> None:
    rows, scales = quantise(np.array([[127.0, -63.5], [0.0, 0.0], [0.2, 0.1]], np.float32))
    assert rows.tolist() == [[127, -64], [0, 0], [127, 64]]  # half to even: -63.5 → -64, 63.5 → 64
    np.testing.assert_allclose(scales, [1.0, 1.0, 0.2 / 127], rtol=1e-6)


def test_trains_from_pairs_to_a_folder_that_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"q": f"câu hỏi về xã số {n}", "p": f"xã số {n} đạt nông thôn mới"}) for n in range(40)]
    (tmp_path / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "model"
    arguments = ["train_static", "--data", str(tmp_path), "--out", str(out), "--steps", "3"]
    monkeypatch.setattr(sys, "argv", arguments)
    monkeypatch.setattr("index.train.train_static.BATCH", 16)
    main()
    assert "40 pairs" in capsys.readouterr().out
    vectors = StaticModel(out).encode_query(["xã số 7", "không có gì"])
    assert vectors.shape == (2, 256)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0], atol=1e-5)
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in out.iterdir())


def test_no_pairs_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="neither"):
        data.unpack(tmp_path, tmp_path / "scratch")
