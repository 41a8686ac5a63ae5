"""False sense: a negation more or less, an order made advice, a plan made a deed, up for down."""

from __future__ import annotations

import re
from random import Random

from eval.shapes import Source, one_of, put

_VERBS = (
    "đạt", "có", "được", "thực hiện", "tổ chức", "tham gia", "quy định", "áp dụng", "ban hành", "bao gồm", "gồm",
    "hoàn thành", "giải quyết", "chịu trách nhiệm", "xây dựng", "cho phép", "đồng ý", "phát hiện", "sử dụng",
    "trở thành",
)  # fmt: skip
_VERB = re.compile(rf"(?<!\w)({'|'.join(_VERBS)})(?!\w)")
_DONE = re.compile(r"(?<!\w)đã(?!\w)")
_AHEAD = re.compile(
    r"(?:không|chưa|chẳng|nếu|việc|để|đạt|có|sẽ|đang|phải|cũng|đã|khi|được|tổ chức|cơ quan|cá nhân|các|những|mọi"
    r"|với|vụ)\s*,?\s*$",
    re.I,
)


def negated(claim: str, source: Source, random: Random) -> str | None:
    """ "không" or "chưa" before a verb, "chưa" for "đã"."""
    options = [put(claim, match, "chưa") for match in _DONE.finditer(claim)]
    for match in _VERB.finditer(claim):
        if match.start() and not _AHEAD.search(claim, 0, match.start()):
            options.append(put(claim, match, f"{random.choice(('không', 'chưa'))} {match[0]}"))
    return one_of(random, options)


_DENIAL = re.compile(
    r"(?<!\w)(?<![Hh]àng )(?<!trên )(?<!hay )(?<!hoặc )(?<!đối )(?:không|chưa)"
    r" (?!chỉ|những|khí|gian|quân|ngừng|phận|kể|ít|lâu)(?=\w)"
)
_EXCEPT = re.compile(r"(?<!\w)(?:ngoại )?trừ(?= \w)")


def affirmed(claim: str, source: Source, random: Random) -> str | None:
    """A negation or an exception taken away."""
    options = [put(claim, match, "") for match in _DENIAL.finditer(claim)]
    options += [put(claim, match, "kể cả") for match in _EXCEPT.finditer(claim)]
    return one_of(random, options)


_MODALS = (
    ("phải", ("nên", "có thể")), ("có thể", ("phải", "sẽ")), ("đã", ("sẽ", "dự kiến")), ("sẽ", ("đã", "có thể")),
    ("dự kiến", ("đã", "")), ("phấn đấu", ("đã",)), ("nên", ("phải",)), ("cần", ("có thể", "đã")),
    ("nghiêm cấm", ("cho phép",)), ("tối đa", ("tối thiểu",)), ("tối thiểu", ("tối đa",)),
    ("ít nhất", ("nhiều nhất",)), ("ước", ("đã",)), ("đề nghị", ("đã",)),
    ("khoảng", ("hơn", "chưa đến")), ("hơn", ("gần", "dưới")), ("gần", ("hơn",)),
)  # fmt: skip
_FIXED = re.compile(
    r"(?:không|bên|gặp|mắc|vấp|chẳng|đúng|lẽ|chủ trương|nhiều|lớn|cao|ít|tốt|thấp|mong|gần|dài|nhỏ|sớm|nhu|ngày|hơn|mới"
    r"|trở) $"
)


def other_degree(claim: str, source: Source, random: Random) -> str | None:
    """An order becomes advice, a plan a deed, "about" becomes "more than"."""
    options = []
    for modal, others in _MODALS:
        for match in re.finditer(rf"(?<!\w){modal} (?=[\w“])(?!hết |lẽ |thế|đây|đó|nữa|phải|thiết)", claim):
            numbered = modal not in ("khoảng", "hơn", "gần") or claim[match.end()].isdigit()
            if numbered and not _FIXED.search(claim, 0, match.start()):
                other = random.choice(others)
                options.append(put(claim, match, f"{other} " if other else ""))
    return one_of(random, options)


_OPPOSITES = (
    ("tăng", "giảm"), ("trước khi", "sau khi"), ("cao hơn", "thấp hơn"), ("lớn nhất", "nhỏ nhất"),
    ("cao nhất", "thấp nhất"),
    ("nhiều nhất", "ít nhất"), ("bắt đầu", "kết thúc"), ("xuất khẩu", "nhập khẩu"), ("đúng hạn", "quá hạn"),
    ("phía bắc", "phía nam"), ("đầu tiên", "cuối cùng"), ("thắng", "thua"), ("đầu năm", "cuối năm"),
    ("trên", "dưới"),
)  # fmt: skip


def other_direction(claim: str, source: Source, random: Random) -> str | None:
    """Up for down, first for last."""
    options = []
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            follow = r"(?= \d)" if one in ("trên", "dưới") else r"(?!\w)"
            for match in re.finditer(rf"(?<!\w){one}{follow}", claim):
                if other not in claim and not claim[: match.start()].endswith("gia "):
                    options.append(put(claim, match, other))
    return one_of(random, options)
