"""A BEIR set through a real store: documents scored by their best passage, deep enough, perturbed."""

import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from eval.beir import Beir, read_beir
from eval.retrieval import RetrievalResult, document_scores, evaluate
from eval.timing import Latency, peak_rss_mb
from index.embed import Vectors
from index.store import Store
from rag.answer import Passage


def passage(document_id: str, score: float) -> Passage:
    return Passage(document_id, "x", 0, 1, score, "f", "t", None, None, None)


class Words:
    """An embedder that counts letters."""

    def encode_query(self, inputs: list[str], /) -> Vectors:
        counts = np.array([[text.lower().count(letter) + 0.01 for letter in "abcdefgh"] for text in inputs])
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)

    encode_document = encode_query


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "store", Words(), "words")
    yield store
    store.close()


@pytest.fixture
def beir(tmp_path: Path) -> Beir:
    (tmp_path / "qrels").mkdir()
    texts = {"p0": "Xã Lạc Lâm đạt chuẩn.", "p1": "Huyện Bắc Hà có đường mới.", "p2": "Thị trấn Thạnh Mỹ."}
    lines = [json.dumps({"_id": id, "title": "", "text": text}) for id, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines))
    queries = {"q0": "xã đạt chuẩn", "q1": "thị trấn"}
    lines = [json.dumps({"_id": id, "text": text}) for id, text in queries.items()]
    (tmp_path / "queries.jsonl").write_text("\n".join(lines))
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq0\tp0\t1\nq1\tp2\t1\n")
    return read_beir(tmp_path)


def test_a_documents_score_is_its_best_passages() -> None:
    found = [passage("a", 3.0), passage("b", 2.0), passage("a", 4.0)]
    assert document_scores(lambda query, k: found, "?") == {"a": 4.0, "b": 2.0}


def test_it_asks_for_more_passages_until_there_are_enough_documents() -> None:
    all_of_them = [passage(str(n // 50), 1000.0 - n) for n in range(1000)]  # 20 documents of 50 passages
    asked: list[int] = []

    def search(query: str, k: int) -> Sequence[Passage]:
        asked.append(k)
        return all_of_them[:k]

    assert len(document_scores(search, "?", depth=10)) == 20  # all there are
    assert asked == [20, 80, 320, 1280]


def test_a_set_is_indexed_and_measured(beir: Beir, store: Store) -> None:
    def search(query: str, k: int) -> list[Passage]:
        """Finds by the accented words alone, in the store's own documents."""
        documents = filter(None, (store.document(stored.id) for stored in store.documents()))
        held = {each.id: [word for word in query.split() if word in each.text.lower()] for each in documents}
        assert len(held) == 3
        return [passage(id, float(len(words))) for id, words in held.items() if words]

    result = evaluate(beir, store, search, ["no-diacritics"])
    assert (result.queries, result.passages) == (2, 3)
    assert result.metrics == {"ndcg@10": 1, "mrr@10": 1, "recall@10": 1, "recall@100": 1, "acc@1": 1}
    assert result.perturbed["no-diacritics"]["recall@100"] == 0
    assert result.index_seconds > 0 < result.latency_ms.p50


def test_json_is_the_contracts() -> None:
    result = RetrievalResult(2, 3, 0.5, {"ndcg@10": 1.0}, {"nfd": {"ndcg@10": 0.5}}, Latency(1, 2, 3), 99.5)
    assert json.loads(result.to_json()) == {
        "queries": 2,
        "passages": 3,
        "index_seconds": 0.5,
        "metrics": {"ndcg@10": 1.0},
        "perturbed": {"nfd": {"ndcg@10": 0.5}},
        "latency_ms": {"p50": 1, "p95": 2, "p99": 3},
        "peak_rss_mb": 99.5,
    }
    table = io.StringIO()
    result.print_table(table)
    assert "(6 đoạn/giây)" in table.getvalue()


def test_latency_and_memory() -> None:
    latency = Latency.from_milliseconds(list(range(101)))
    assert (latency.p50, latency.p95, latency.p99) == (50, 95, 99)
    assert Latency.from_milliseconds([]) == Latency(0, 0, 0)
    assert 20 < peak_rss_mb() < 20_000
