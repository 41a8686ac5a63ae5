"""True claims made of true ones: the same figures, dates, names and parts, written another way or in part.

Each paraphrase is `(claim, source, random) → claim | None`, None where the claim offers nothing to rewrite.
"""

from __future__ import annotations

import re
from random import Random

from corpus.text import same_tones
from eval.shapes import NUMBER, UPPER, Change, Source
from rag.language.abbreviations import contract_forms, expand

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTED = (
    r"(?= (?:xã|huyện|tỉnh|thôn|người|đơn|hồ sơ|cán bộ|hộ|nhiệm vụ|tổ chức|ngày|tháng|năm|lần|giờ|tuần|công trình)"
    r"(?!\w))"
)
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?<!tháng )(?<!đến )(?:[2-9]|10){_COUNTED}(?! \d{{4}})(?! (?:tháng|năm) (?:đầu|cuối|\d))"
)
_WORD = re.compile(
    rf"(?<!\w)(?<!tháng )(?<!thứ )(?<!năm )(?<!những )(?<!đến )(?<!\d )(?<!cuối )(?<!đầu )"
    rf"({'|'.join(_DIGITS[2:])}){_COUNTED}(?! \d{{4}})",
    re.I,
)
_LEADING_ZERO = re.compile(r"(?<![\w.,/-])0([1-9])(?= [^\W\d_])")


def figures_as_words(claim: str, source: Source, random: Random) -> str | None:
    """ "2 xã" and "hai xã", "05 người" and "5 người"."""
    if match := _FIGURE.search(claim):
        return claim[: match.start()] + _DIGITS[int(match[0])] + claim[match.end() :]
    if match := _WORD.search(claim):
        return claim[: match.start()] + str(_DIGITS.index(match[0].lower())) + claim[match.end() :]
    return _LEADING_ZERO.sub(r"\1", claim)


_GROUPED = re.compile(r"(?<![\w.,/-])\d{1,3}(?:\.\d{3})+(?![\w.,/-])")
_PLAIN = re.compile(r"(?<![\w.,/-])[3-9]\d{3}(?![\w/-]|[.,]\d)")
_PER_CENT = re.compile(r"(?<=\d) ?%")
_MILLIONS = re.compile(r"(?<![\w.,/-])([1-9]\d{0,2}) (triệu|tỷ) đồng")


def figures_another_way(claim: str, source: Source, random: Random) -> str | None:
    """ "1.200" and "1200", "99%" and "99 phần trăm", "5 triệu đồng" and "5.000.000 đồng"."""
    options = []
    if match := _GROUPED.search(claim):
        options.append(claim[: match.start()] + match[0].replace(".", "") + claim[match.end() :])
    if match := _PLAIN.search(claim):
        options.append(f"{claim[: match.start()]}{match[0][0]}.{match[0][1:]}{claim[match.end() :]}")
    if _PER_CENT.search(claim):
        options.append(_PER_CENT.sub(random.choice((" %", " phần trăm")), claim))
    if match := _MILLIONS.search(claim):
        zeros = ".000.000" if match[2] == "triệu" else ".000.000.000"
        options.append(f"{claim[: match.start()]}{match[1]}{zeros} đồng{claim[match.end() :]}")
    return random.choice(options) if options else None


_DATE = re.compile(
    r"(?:[Nn]gày )?(?<![\d/-])(\d{1,2})(?:/|-|\.| tháng )(\d{1,2})(?:/|-|\.| năm )((?:19|20)\d\d)(?![\d/-])"
)
_MONTH = re.compile(r"(?<!\d[/-])(?<!\d)(?:tháng )?(\d{1,2})(?:/| năm )((?:19|20)\d\d)(?![\d/-])")


def dates_another_way(claim: str, source: Source, random: Random) -> str | None:
    """ "ngày 5/7/2019", "05/07/2019", "5-7-2019" and "ngày 05 tháng 7 năm 2019"."""
    if match := _DATE.search(claim):
        day, month = int(match[1]), int(match[2])
        forms = (
            f"ngày {day} tháng {month} năm {match[3]}",
            f"ngày {day:02}/{month:02}/{match[3]}",
            f"ngày {day}-{month}-{match[3]}",
        )
        form = random.choice(forms)
        return claim[: match.start()] + (_capital(form) if not match.start() else form) + claim[match.end() :]
    if (match := _MONTH.search(claim)) and match[0].startswith("tháng"):
        form = f"tháng {match[1]}/{match[2]}" if " năm " in match[0] else f"tháng {match[1]} năm {match[2]}"
        return claim[: match.start()] + form + claim[match.end() :]
    return None


def abbreviated(claim: str, source: Source, random: Random) -> str | None:
    """ "UBND" and "Ủy ban nhân dân"."""
    opened = expand(claim)
    pairs = [pair for pair in opened.pairs if pair.abbreviation.isupper() and len(pair.abbreviation) > 2]
    if pairs:
        pair = pairs[0]
        return claim[: pair.span.start] + pair.full + claim[pair.span.end :]
    forms = [pair for pair in contract_forms(claim) if pair.abbreviation in ("UBND", "HĐND", "MTTQ", "BCH", "QPPL")]
    if forms:
        return claim[: forms[0].span.start] + forms[0].abbreviation + claim[forms[0].span.end :]
    return None


_FRONTED = re.compile(
    r"((?:Năm|Trong năm|Tháng|Ngày|Từ|Đến|Vào|Trong|Tại|Ở|Sau|Trước|Qua|Đầu|Cuối|Giữa) [^,;:]{3,60}), ([^;:]{12,})"
)


def part_moved(claim: str, source: Source, random: Random) -> str | None:
    """When and where it was, said first, is said last."""
    match = _FRONTED.fullmatch(claim.rstrip(" ."))
    if match is None or re.search(r"(?<!\w)(?:nhưng|mà|thì|nếu|khi|sau đó|còn)(?!\w)|\.", match[2]):
        return None
    return f"{_capital(match[2])}{random.choice((' ', ', '))}{_small(match[1])}"


_ACTIVE_VERBS = (
    "ban hành|tổ chức|phê duyệt|thành lập|công bố|khởi công|xây dựng|phát hiện|sản xuất|thông qua|sáng tác"
    "|thiết kế|viết|quyết định|cấp|xác nhận|quy định"
)
_ACTIVE = re.compile(rf"([{UPPER}][^,;:()]{{2,45}}?) (?:đã )?({_ACTIVE_VERBS}) (?![IVX\d])([^,;:]{{8,}}?)(?:[,;] .*)?")
_PASSIVE = re.compile(
    rf"([{UPPER}][^,;:()]{{6,80}}?) (?:đã )?được ([{UPPER}][^,;:()]{{2,45}}?) ({_ACTIVE_VERBS})"
    r"((?: (?:vào|ngày|năm|tại|theo) [^,;:]+)?)(?:[,;] .*)?"
)
_NO_SUBJECT = re.compile(
    r"(?<!\w)(?:được|bị|do|đã|sẽ|không|chưa|phải|có thể|cần|khi|nếu|mà|để|việc|theo|từ|trong|của|và|thì|là|có|đang|với"
    r"|tại|về|phát biểu|chi tiết|cao|vì|cũng|còn|nhằm|căn cứ|trách nhiệm|giai đoạn|hôm)(?!\w)",
    re.I,
)


def voice_changed(claim: str, source: Source, random: Random) -> str | None:
    """ "A ban hành B" and "B được A ban hành"."""
    claim = claim.rstrip(" .")
    if (match := _PASSIVE.fullmatch(claim)) and not _NO_SUBJECT.search(match[2]) and not _NO_SUBJECT.search(match[1]):
        return f"{match[2]} {match[3]} {_small(match[1])}{match[4]}"
    match = _ACTIVE.fullmatch(claim)
    if match is None or _NO_SUBJECT.search(match[1]) or len(match[3].split()) < 3 or _NO_SUBJECT.search(match[3]):
        return None
    return f"{_capital(match[3])} {random.choice(('được', 'do'))} {match[1]} {match[2]}"


_OPENING = re.compile(
    r"(?:Bên cạnh đó|Ngoài ra|Đồng thời|Tuy nhiên|Trong đó|Theo đó|Qua đó|Cụ thể|Do đó|Vì vậy|Mặt khác|Đặc biệt"
    r"|Nhìn chung)(?: là)?,? (?=\w)"
)
_BRACKET = re.compile(r" ?\((?!\d{1,2}\))[^()]{2,60}\)")
_PURPOSE = re.compile(r", (?:nhằm|góp phần|qua đó|từ đó|trong đó|theo đó|đồng thời|để|đáp ứng|bảo đảm|tạo) [^;:]{10,}$")
_TAIL = re.compile(r", [^,;:()]{8,}$")
_BOUND = re.compile(
    r"(?<!\w)(?:trừ|nếu|khi|không|chưa|nhưng|mà|và|hoặc|hay|từ|chỉ|thì|với điều kiện|so với)(?!\w)", re.I
)


def modifier_dropped(claim: str, source: Source, random: Random) -> str | None:
    """Brackets, an opening "Bên cạnh đó,", a closing ", nhằm …" left out."""
    claim = claim.rstrip(" .")
    options = [_BRACKET.sub("", claim, count=1), _PURPOSE.sub("", claim)]
    if match := _OPENING.match(claim):
        options.append(_capital(claim[match.end() :]))
    if (match := _TAIL.search(claim)) and claim.count(",") == 1 and not _BOUND.search(claim):
        options.append(claim[: match.start()])
    options = [option for option in options if option != claim and len(option.split()) >= 6]
    return random.choice(options) if options else None


_INTRODUCTIONS = (
    "Theo tài liệu, {}", "Theo đó, {}", "Cụ thể, {}", "Như vậy, {}", "Theo văn bản trên, {}", "Tài liệu nêu rõ: {}",
    "Theo nội dung được trích, {}", "Văn bản cho biết {}", "Theo quy định, {}", "Dựa trên tài liệu, {}",
)  # fmt: skip

_NAMED = re.compile(r"(?:bài )?“|[^\W\d_]+ (?:[^\W\d_]+ )?số \d")  # a document's name, no mere headline


def introduced(claim: str, source: Source, random: Random) -> str | None:
    """An office's way to begin, also with the document's own name."""
    named = [f"Theo {source.context}, {{}}"] * 4 if _NAMED.match(source.context) else []
    said = random.choice((*_INTRODUCTIONS, *named))
    return said.replace("{}", _small(claim.rstrip(" .")))


_PLACEMENTS = (
    ("hòa", "hoà"), ("hóa", "hoá"), ("tòa", "toà"), ("thỏa", "thoả"), ("khỏe", "khoẻ"), ("ủy", "uỷ"), ("thủy", "thuỷ"),
    ("lũy", "luỹ"), ("hủy", "huỷ"), ("tùy", "tuỳ"), ("kỹ", "kĩ"), ("lý", "lí"), ("kỳ", "kì"), ("tỷ", "tỉ"),
    ("mỹ", "mĩ"),
)  # fmt: skip


def accents_placed(claim: str, source: Source, random: Random) -> str | None:
    """ "hòa" and "hoà", "lý" and "lí"."""
    changed = claim
    for one, other in _PLACEMENTS:
        for first, second in ((one, other), (_capital(one), _capital(other))):
            changed = re.sub(rf"(?<![^\W\d_])(kh|th|h)?{first}(?![^\W\d_])", rf"\g<1>{second}", changed)
    return changed if same_tones(changed) == same_tones(claim) else None


_LISTED = re.compile(
    r"(?P<head>(?:gồm|như|là|bao gồm|gồm có|tại|của|với|về)(?: các)?:? )"
    r"(?P<items>(?:[^,;:.()]{3,50}, ){2,8}[^,;:.()]{3,50}?)(?: và (?P<last>[^,;:.()]{3,50}))?\.?$"
)


def list_shortened(claim: str, source: Source, random: Random) -> str | None:
    """Some of the items of a list."""
    match = _LISTED.search(claim)
    if match is None or NUMBER.search(match["items"]) or _BOUND.sub("", match["items"]) != match["items"]:
        return None
    items = [*match["items"].split(", "), *([match["last"]] if match["last"] else [])]
    if NUMBER.search(claim[max(0, match.start() - 25) : match.start()]) or max(len(item.split()) for item in items) > 6:
        return None
    kept = sorted(random.sample(range(len(items)), k=len(items) - 1))
    return f"{claim[: match.end('head')]}{', '.join(items[at] for at in kept)}"


_SYNONYMS = (
    ("tại", "ở"), ("nhằm", "để"), ("bao gồm", "gồm"), ("hiện nay", "hiện"), ("hơn", "trên"), ("khoảng", "chừng"),
    ("qua đời", "mất"), ("sinh sống", "sống"), ("người dân", "nhân dân"), ("tiến hành", "thực hiện"),
    ("diễn ra", "được tổ chức"), ("cũng như", "và"), ("đối với", "với"), ("bởi", "do"), ("bắt đầu", "khởi đầu"),
    ("phần lớn", "đa số"), ("thành lập", "lập"), ("trên địa bàn", "tại"), ("cùng với", "và"), ("giúp đỡ", "giúp"),
    ("trong vòng", "trong"), ("tất cả", "toàn bộ"), ("cho biết", "nói"), ("đồng chí", "ông"),
    ("chịu trách nhiệm", "có trách nhiệm"), ("thuộc", "của"), ("lên tới", "đến"), ("kể từ", "từ"), ("vào năm", "năm"),
    ("quy mô lớn", "quy mô"), ("cá nhân, tổ chức", "tổ chức, cá nhân"), ("lãnh đạo, chỉ đạo", "chỉ đạo"),
)  # fmt: skip


def reworded(claim: str, source: Source, random: Random) -> str | None:
    """One or two words for others that mean the same."""
    pairs = [pair for pair in _SYNONYMS if re.search(rf"(?<!\w){pair[0]}(?!\w)", claim)]
    changed = claim
    for one, other in random.sample(pairs, k=min(2, len(pairs))):
        follow = r"(?= \d)" if one in ("hơn", "khoảng") else r"(?!\w)"
        changed = re.sub(rf"(?<!\w){one}{follow}", other, changed, count=1)
    return changed if changed != claim else None


def _plainly(claim: str, source: Source, random: Random) -> str | None:
    """Word for word, without the list mark and the full stop, the first letter as it may be."""
    bare = re.sub(r"^(?:[-–+•*]|\(?[\da-zđ]{1,2}[).])\s+", "", claim).rstrip(" .;,")
    return random.choice((_capital(bare), _small(bare)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_NO_NAME = frozenset(
    "Năm Trong Tháng Ngày Từ Đến Vào Tại Ở Sau Trước Qua Đầu Cuối Giữa Các Những Theo Do Được Hiện Và Còn Có".split()
)


def _small(text: str) -> str:
    """The first letter small, unless it opens a name."""
    first, _, rest = text.partition(" ")
    name = first not in _NO_NAME and (rest[:1].isupper() or first[1:2].isupper() or not first[-1:].isalpha())
    return text if name else text[:1].lower() + text[1:]


PARAPHRASES: dict[str, tuple[str, Change]] = {
    "verbatim": ("nguyên văn", _plainly),
    "figures_as_words": ("số và chữ", figures_as_words),
    "figures_another_way": ("cách viết số", figures_another_way),
    "dates_another_way": ("cách viết ngày", dates_another_way),
    "abbreviated": ("viết tắt và tên đủ", abbreviated),
    "part_moved": ("đổi thứ tự vế", part_moved),
    "voice_changed": ("bị động, chủ động", voice_changed),
    "modifier_dropped": ("bớt phần phụ", modifier_dropped),
    "introduced": ("thêm lời dẫn", introduced),
    "accents_placed": ("cách đặt dấu", accents_placed),
    "list_shortened": ("một phần danh sách", list_shortened),
    "reworded": ("đổi từ cùng nghĩa", reworded),
}
