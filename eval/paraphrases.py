"""True claims made of true ones: the same figures, dates, names and parts, written another way or in part.

Each paraphrase is `(claim, source, random) → claim | None`, None where the claim offers nothing to rewrite.
"""

from __future__ import annotations

import re
from random import Random

from corpus.text import same_tones
from eval.rewordings import (
    address_changed,
    clauses_reordered,
    dates_another_way,
    figures_another_way,
    figures_as_words,
    linked,
    money_another_way,
    numbers_spelt,
    periods_another_way,
    units_spelt,
)
from eval.shapes import NUMBER, UPPER, Change, Source, capital
from rag.language.abbreviations import contract_forms, expand


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
    return f"{capital(match[2])}{random.choice((' ', ', '))}{_small(match[1])}"


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
    r"|tại|về|phát biểu|chi tiết|cao|vì|cũng|còn|nhằm|căn cứ|trách nhiệm|giai đoạn|hôm|dưới|chịu|ra|khung)(?!\w)",
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
    return f"{capital(match[3])} {random.choice(('được', 'do'))} {match[1]} {match[2]}"


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
    bracket = _BRACKET.search(claim)
    options = [_PURPOSE.sub("", claim)]
    if bracket and not _BOUND.search(bracket[0]):
        options.append(_BRACKET.sub("", claim, count=1))
    if match := _OPENING.match(claim):
        options.append(capital(claim[match.end() :]))
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
        for first, second in ((one, other), (capital(one), capital(other))):
            changed = re.sub(rf"(?<![^\W\d_])(kh|th|h)?{first}(?![^\W\d_])", rf"\g<1>{second}", changed)
    return changed if same_tones(changed) == same_tones(claim) else None


_LISTED = re.compile(
    r"(?P<head>(?:gồm|như|là|bao gồm|gồm có|tại|của|(?<!so )với|về)(?: các)?:? )"
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
    return random.choice((capital(bare), _small(bare)))


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
    "numbers_spelt": ("số viết bằng chữ", numbers_spelt),
    "units_spelt": ("đơn vị viết đủ", units_spelt),
    "money_another_way": ("cách viết số tiền", money_another_way),
    "periods_another_way": ("cách viết quý, nửa năm", periods_another_way),
    "address_changed": ("đổi cách xưng", address_changed),
    "clauses_reordered": ("đảo vế câu", clauses_reordered),
    "linked": ("thêm từ nối", linked),
}
