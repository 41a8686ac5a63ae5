"""The comparison of the embedded index with Milvus, on a set small enough for a test."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from milvus_parts import Cluster, Lite

from eval.bench.overlap import bench, main, print_table
from rag.settings import Settings


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    folder = tmp_path / "villages"
    (folder / "qrels").mkdir(parents=True)
    documents = [{"_id": f"d{n}", "title": "Báo cáo", "text": f"Thôn {n} trồng {n * 3} hécta rừng."} for n in range(12)]
    queries = [{"_id": f"q{n}", "text": f"Thôn {n} trồng bao nhiêu hécta rừng?"} for n in range(12)]
    for name, lines in (("corpus", documents), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    rows = "".join(f"q{n}\td{n}\t1\n" for n in range(12))
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}", encoding="utf-8")
    return folder


def test_both_find_the_same(villages: Path, milvus: Lite | Cluster) -> None:
    address = milvus.address
    settings = Settings(_env_file=None, milvus_uri=address.uri, milvus_token=address.token, tenant="overlap")  # type: ignore[call-arg]
    compared = bench(villages, 5, settings)
    assert (compared.questions, compared.of, compared.documents, compared.passages) == (5, 12, 12, 12)
    assert compared.overlap == compared.same_order == 1.0
    assert compared.ndcg_embedded == compared.ndcg_milvus > 0.5
    told = io.StringIO()
    print_table([compared], told)
    assert told.getvalue().splitlines()[-1].startswith("| villages | 5 trong 12 | 12 | 1,000 | 1,000 | ")


def test_it_wants_a_server(villages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILVUS_URI", raising=False)
    assert main([str(villages)]) == 2
