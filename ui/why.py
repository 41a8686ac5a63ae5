"""Why a passage came, in Vietnamese lines, for the command line and the page."""

from __future__ import annotations

from ui.schemas import Explanation

MOST = 12  # words or names that a line lists
SEARCHES = ("lexical", "dense", "reranker")  # scores by themselves; other parts compare a passage with the others


def of_question(explained: Explanation) -> list[str]:
    """What was read into the question: the same for all its passages."""
    lines = [f"Đã hiểu: {explained.understood}"]
    changes = [f"“{change.typed}” → “{change.read}”" for change in explained.changes]
    if changes:
        lines.append(f"Đọc lại: {_listed(changes)}")
    if explained.also:
        lines.append(f"Tìm thêm: {_listed([f'“{name}”' for name in explained.also])}")
    return lines


def of_passage(explained: Explanation) -> list[str]:
    """What of the question the passage has, and its score by part."""
    matched = [f"“{match.words}”{'' if match.exact else ' (khác dấu)'}" for match in explained.matched]
    lines = [f"Khớp: {_listed(matched)}" if matched else "Không khớp chữ nào; có vì gần nghĩa"]
    if explained.missing:
        lines.append(f"Không có: {_listed(explained.missing)}")
    found = [f"{part.label} {_number(part.value)}" for part in explained.parts if part.name in SEARCHES]
    ranked = [f"{part.label} {_number(part.value, '+')}" for part in explained.parts if part.name not in SEARCHES]
    lines += [f"Điểm tìm: {'; '.join(found)}"] if found else []
    lines += [f"Xếp hạng, so với các đoạn khác: {'; '.join(ranked)}"] if ranked else []
    return lines


def _listed(words: list[str]) -> str:
    return ", ".join(words[:MOST]) + (" …" if len(words) > MOST else "")


def _number(value: float, sign: str = "-") -> str:
    """In Vietnamese figures; with sign "+", what is above nothing has its plus."""
    return format(value, f"{sign}.2f").replace(".", ",").replace("-", "−")
