"""Stores with documents that some may not see, and what two stores' responses have in common."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import FastAPI
from store_parts import make

from corpus.document import Document
from corpus.load import parse
from index.access import Groups, groups, restricted
from index.embed import load_embedder
from index.embedded import Generations
from index.follow import Follow
from index.store import Store, Upload
from rag.assistant import Assistant
from rag.settings import Settings
from ui.api import create_app

OPEN = "Xã Lạc Lâm có 12 thôn và trồng 300 ha rau. Trụ sở đặt tại thôn Lạc Sơn."
SECRET = "Xã Lạc Lâm kỷ luật 7 cán bộ vì vi phạm đất đai. Người ký: Nguyễn Văn Kín."
QUESTION = "Xã Lạc Lâm kỷ luật bao nhiêu cán bộ?"
STAFF = groups(["Nhân-sự"])
UNLIKE = re.compile(
    r'"(?:id|request_id|timings_ms|added_at|at|created_at|updated_at|created)":(?:"[^"]*"|\{[^}]*\}|\d+)'
)
REAL = [parse(path.read_bytes(), path.name) for path in sorted(Path("corpus/documents").glob("*.txt"))]
ASKED = [
    QUESTION,
    "xã nào phải đạt nông thôn mới kiểu mẫu",
    "ky luat bao nhieu can bo",
    "Dân vận khéo là gì?",
    "các văn bản của Ban Dân vận Huyện ủy",
    "Liệt kê các công văn năm 2019",
    "Kế hoạhc phát triển nông thôn",
    "Người ký là ai?",
    "Tóm tắt văn bản về công tác dân vận",
    "Xã nào trồng nhiều rau nhất?",
    "So sánh số thôn của xã Lạc Lâm và xã Quảng Lập",
    "bao nhiêu hồ sơ?",
]


def hidden() -> Upload:
    document = make(SECRET, file="kỷ luật.txt")
    return Upload(restricted(document, STAFF), SECRET.encode(), groups=STAFF)


def real(document: Document, to: Groups = frozenset()) -> Upload:
    return Upload(restricted(document, to), document.text.encode(), groups=to)


def app_over(folder: Path, *uploads: Upload, follow: Follow = Generations) -> tuple[FastAPI, Store]:
    embedder, model = load_embedder()
    store = Store.open(folder, embedder, model, follow=follow)
    store.add([Upload(make(OPEN, file="mở.txt"), OPEN.encode()), *uploads])
    return create_app(Assistant(store, embedder), Settings(data=folder, rate_per_minute=0)), store


def told(text: str) -> str:
    """A response less what differs between any two: ids of its own, and times."""
    return UNLIKE.sub("", text)
