"""The corpus of the scale benchmark: distinct texts first, then new ones, the same at every run."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from eval.bench.scale_corpus import distinct, documents


def test_texts_come_once_and_then_by_halves(tmp_path: Path) -> None:
    pairs = [("Một", "a b c d"), ("Hai", "e f g h"), ("Lặp", "a b c d")]
    (tmp_path / "b.jsonl").write_text(json.dumps({"q": "Ba", "p": "i j k"}), encoding="utf-8")
    lines = [json.dumps({"q": title, "p": text}) for title, text in pairs]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    texts = distinct(tmp_path)
    assert texts == [("Một", "a b c d"), ("Hai", "e f g h"), ("Ba", "i j k")]
    made = [(one.document.header.title, one.document.text) for one in islice(documents(texts), 5)]
    assert made == [*texts, ("Hai", "a b g h"), ("Một", "e f c d")]  # (0 · 7919 + 1) % 3 = 1, (7919 + 1) % 3 = 0
