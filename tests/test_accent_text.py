"""The text that accent restoration learns from."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

from corpus.text import same_tones
from index.train.accent_text import HELD_OUT, read

EMPTY = "# head\n"


def test_written_questions_count_unless_their_passage_is_held_out(tmp_path: Path) -> None:
    passages = [f"Đoạn văn số {number} kể chuyện làng." for number in range(200)]
    held = next(at for at, text in enumerate(passages) if zlib.crc32(same_tones(text[:120]).encode()) % HELD_OUT == 0)
    kept = next(at for at in range(200) if at != held)
    rows = (json.dumps({"q": "Làng", "p": text}, ensure_ascii=False) for text in passages)
    (tmp_path / "viwiki2017.jsonl").write_text("\n".join(rows), encoding="utf-8")
    table = tmp_path / "written.tsv"
    asked = ((kept, "Thuyền cập bến nào?"), (held, "Ngựa dừng ở đâu?"))
    table.write_text("".join(f"viwiki2017\t{row}\t{text}\t0\t4\n" for row, text in asked), encoding="utf-8")
    places = tmp_path / "empty.tsv"
    places.write_text(EMPTY, encoding="utf-8")
    stream, ids = read(tmp_path, tmp_path / "held", places, places, table)
    assert (stream == ids["Thuyền"]).sum() > 1  # questions are rare, and count several times
    assert "Ngựa" not in ids
    without, _ = read(tmp_path, tmp_path / "held", places, places)
    assert len(without) < len(stream)
