"""The text that accent restoration learns from, as one stream of token ids; and what is held out of it.

Questions are what will be restored, and are rare in the texts. So those there are count several times, numbers are
asked for ("tiếp nhận 376 đơn" → "tiếp nhận bao nhiêu đơn"), and the usual ways of asking and the names of places are
given.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.text import clean, same_tones
from index.train.pairs import pairs_of

KINDS = {
    "law": ("laws", "phapdien", "tvpl", "tthc", "zalo"),
    "news": ("vietnews", "rss", "gov_news"),
    "wikipedia": ("viwiki", "wiki2025", "semviqa", "mailong"),
}
TOKEN = re.compile(r"[^\W\d_]+|\d+|[,;:()\"“”]|[.!?…\n]")
SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]")
OTHER, NUMBER, PAUSE, STOP = range(4)  # a word out of the vocabulary, a number, a comma, the end of a sentence
WEIGHTS = {"law": 1, "news": 1, "wikipedia": 2}  # the most varied text, full of names, is the hardest to restore
QUESTION_WEIGHT = 5
UNIT_WEIGHT = 20  # a district's or province's name; a commune's is given a tenth as often
TERM_WEIGHT = 200  # what the office abbreviations stand for
LEVELS = {"x": "xã", "p": "phường", "t": "thị trấn", "k": "đặc khu", "h": "huyện", "q": "quận", "s": "thị xã",
          "c": "thành phố", "n": "tỉnh"}  # fmt: skip
AROUND = (("ở", ""), ("của", ""), ("huyện ủy", ""), ("", "có"))  # how questions name a place
FRAME_WEIGHT = 100
NUMBERED = re.compile(r"((?:[^\W\d_]+ ){1,4})\d+(?:[.,]\d+)*(?![\d/-])( ?%)?((?: [^\W\d_]+){0,3})")
NAMED = ("ngày", "tháng", "năm", "điều", "khoản", "điểm", "chương", "mục", "số", "quý", "lớp", "khóa", "kỳ", "vòng")
ASKED = 2  # numbers of a passage that are asked for
FRAMES_TEXT = """
ai là|là ai|do ai ký|ai ký|ai chủ trì|ai chịu trách nhiệm|của ai|cho ai|gửi ai|gửi cho ai|với ai
cơ quan nào|đơn vị nào|xã nào|huyện nào|tỉnh nào|phường nào|thôn nào|địa phương nào|ngành nào|cấp nào
văn bản nào|nghị quyết nào|ngày nào|khi nào|năm nào|tháng nào|lúc nào|bao giờ|từ khi nào|đến khi nào
ra ngày nào|ban hành ngày nào|ký ngày nào|tổ chức ngày nào|là gì|nói gì|nói về gì|nói về việc gì
nói về cái gì|nói về vấn đề gì|quy định gì|quy định điều gì|quy định cái gì|về việc gì|về vấn đề gì
về nội dung gì|có nội dung gì|nội dung gì|yêu cầu gì|cần gì|cần những gì|gồm những gì|gồm gì|làm gì
để làm gì|có gì|được gì|vì sao|tại sao|vì lý do gì|như thế nào|thế nào|ra sao|ở đâu|tại đâu|từ đâu|đi đâu
nộp ở đâu|bao nhiêu|là bao nhiêu|được bao nhiêu|có bao nhiêu|đạt bao nhiêu|còn bao nhiêu|tăng bao nhiêu
giảm bao nhiêu|bao nhiêu phần trăm|mấy phần trăm|đạt mấy phần trăm|tỷ lệ bao nhiêu|bao nhiêu tiền
bao nhiêu người|bao nhiêu hồ sơ|bao nhiêu xã|bao nhiêu đơn|bao nhiêu cuộc|bao nhiêu tỷ đồng|mấy xã
mấy người|mấy lần|mấy ngày|số mấy|thứ mấy|lần thứ mấy|bao lâu|trong bao lâu|mất bao lâu|có được không
đúng không|phải không|hay không|được không|có phải|còn hạn chế gì|kết quả ra sao
chỉ thị nào|quy chế nào|quyết định nào|kế hoạch nào|công văn nào|thông báo nào|hội nghị nào|mô hình nào|phòng nào
ban nào|chỗ nào|việc nào|lĩnh vực nào|vùng nào|dịp nào|mặt nào|mức nào|người nào|nội dung nào|nhiệm vụ nào|mấy đơn
mấy huyện|mấy cuộc|mấy hồ sơ|mấy cơ quan|mấy dự án|mấy văn bản|mấy nghị quyết|mấy kế hoạch|mấy ý kiến|mấy mô hình
mấy lớp|mấy đồng|mấy năm|mấy chủ tịch|mấy dự thảo|mấy điểm|mấy nội dung|khóa mấy|ngày mấy|chỉ thị số mấy
"""
FRAMES = re.split(r"[|\n]", FRAMES_TEXT.strip())
HELD_OUT = 50  # one passage in so many
ENOUGH = 2_000  # held-out passages of a kind


def read(
    data: Path, held_out: Path, places: Path, terms: Path, written: Path | None = None
) -> tuple[NDArray[np.int32], dict[str, int]]:
    """The training text as one stream of raw token ids, and the ids; the held-out passages go to files.

    `written`: a table of questions, each with the file and the row of its passage (`eval.written`).
    """
    ids: defaultdict[str, int] = defaultdict()
    ids.default_factory = ids.__len__
    assert [ids[mark] for mark in ("\0", "0", ",", ".")] == [OTHER, NUMBER, PAUSE, STOP]
    held_out.mkdir(parents=True, exist_ok=True)
    pieces: list[NDArray[np.int32]] = []
    for kind, names in KINDS.items():
        kept: list[str] = []
        for question, passage in _pairs(data, names):
            if _is_held_out(passage):
                kept.append(passage)
                continue
            for text in (question, passage):
                pieces += [_encoded(text, ids)] * WEIGHTS[kind]
                pieces += [_encoded(asked, ids) for asked in _questions(text)] * QUESTION_WEIGHT
                pieces += [_encoded(asked, ids) for asked in _asked(text)]
        chosen = sorted(set(kept), key=lambda text: zlib.crc32(text[::-1].encode()))[:ENOUGH]
        lines = "\n".join(text.replace("\n", " ") for text in chosen)
        (held_out / f"{kind}.txt").write_text(lines, encoding="utf-8")
        print(f"{kind}: {sum(map(len, pieces)):,} tokens so far, {len(chosen):,} passages held out", flush=True)
    for question in _written(data, written) if written else ():
        pieces += [_encoded(question, ids)] * (WEIGHTS["wikipedia"] + QUESTION_WEIGHT)
    pieces += [_encoded(text, ids) for text in (*_names(places), *_terms(terms), *FRAMES * FRAME_WEIGHT)]
    return np.concatenate(pieces), dict(ids)


def _is_held_out(passage: str) -> bool:
    return zlib.crc32(same_tones(passage[:120]).encode()) % HELD_OUT == 0


def _written(data: Path, table: Path) -> Iterator[str]:
    """The written questions whose passages are not held out."""
    passages: dict[str, list[str]] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        source, row, question, *_ = line.split("\t")
        if source not in passages:
            passages[source] = [passage for _, passage in _pairs(data, (source,))]
        if not _is_held_out(passages[source][int(row)]):
            yield clean(question)


def _encoded(text: str, ids: defaultdict[str, int]) -> NDArray[np.int32]:
    return np.fromiter((*(ids[_class(token)] for token in TOKEN.findall(text)), STOP), dtype=np.int32)


def _asked(text: str) -> Iterator[str]:
    """The first numbers of a text with their neighbours, asked for: "đạt 106% dự toán" → "đạt bao nhiêu phần trăm"."""
    for match, _ in zip(NUMBERED.finditer(text), range(ASKED), strict=False):
        before, percent, after = match[1], match[2], match[3]
        if before.split()[-1].lower() in NAMED:
            yield f"{before}nào"
        else:
            many = "mấy" if len(match[0]) % 2 else "bao nhiêu"
            yield f"{before}{many}{' phần trăm' if percent else ''}{after}"


def _names(places: Path) -> Iterator[str]:
    """Places as people name them, from the gazetteer's table (its head explains the columns)."""
    for line in places.read_text(encoding="utf-8").splitlines():
        if line[0] == "#":
            continue
        row, *columns = line.split("\t")
        if row == "W":
            for unit in columns[1].split(";"):
                yield from (f"{_unit(unit)}, {columns[0]}", f"ở {unit[2:]}")
            continue
        whole = _unit(columns[0])
        yield from (whole, *(f"{before} {columns[0][2:]} {after}" for before, after in AROUND)) * UNIT_WEIGHT
        if row == "D":
            yield from (f"{_unit(unit)}, {whole}, tỉnh {columns[1]}" for unit in columns[2].split(";") if unit)


def _terms(table: Path) -> Iterator[str]:
    """What the abbreviations of the office table stand for."""
    for line in table.read_text(encoding="utf-8").splitlines():
        if line[0] != "#":
            yield from (line.split("\t")[1],) * TERM_WEIGHT


def _unit(unit: str) -> str:
    return f"{LEVELS[unit[0]]} {unit[2:]}"


def _questions(text: str) -> list[str]:
    """The questions among the sentences; they are what will be restored, and rare in the texts."""
    return [sentence for sentence in SENTENCE.findall(text) if sentence[-1] == "?"] if "?" in text else []


def _pairs(data: Path, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for path in sorted(data.glob("*.jsonl")):
        if path.name.startswith(names):
            yield from ((clean(question), clean(passage)) for question, passage in pairs_of(path))


def _class(token: str) -> str:
    if token[0].isalpha():
        return token
    return "0" if token[0].isdigit() else "." if token in ".!?…\n" else ","
