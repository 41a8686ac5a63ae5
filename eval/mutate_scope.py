"""False scope: all for some, only for among others, the district for the commune, no condition, no doubt, a cause."""

from __future__ import annotations

import re
from random import Random

from eval.shapes import PLACE, Source, one_of, put

_SOME = (
    ("một số", "tất cả các"), ("nhiều", "mọi"), ("hầu hết", "tất cả"), ("phần lớn", "toàn bộ"), ("đa số", "tất cả"),
    ("một phần", "toàn bộ"), ("thường", "luôn"), ("một vài", "tất cả các"), ("có lúc", "luôn"), ("ít nhất", "đúng"),
)  # fmt: skip


def overstated(claim: str, source: Source, random: Random) -> str | None:
    """ "Tất cả các xã" for "một số xã", "luôn" for "thường"."""
    options = []
    for some, every in _SOME:
        for match in re.finditer(rf"(?<!\w){some} (?!nhất|hơn|khi|xuyên|trực|niên|vụ|lần|năm)(?=\w)", claim, re.I):
            if not re.search(
                r"(?:rất|quá|khá|nhất|không|bao|hơn|còn|bình|thông|lẽ|bồi|có|đền|tiền|phi) $", claim[: match.start()]
            ):
                options.append(put(claim, match, f"{every} "))
    if re.match(r"Các [^\W\d_]", claim):
        options.append(f"Tất cả c{claim[1:]}")
    return one_of(random, options)


_LISTS = re.compile(r"(?<!\w)(?<!chỉ )(?:bao gồm|gồm có|gồm)(?= )")
_HAPPENS = re.compile(
    r"(?<!\w)(?<!chỉ )(?<!không )(?:áp dụng|dành cho|hỗ trợ|được thực hiện) (?=(?:cho|đối|các|với|tại|trong|những)\b)"
)
_COUNTED = re.compile(
    r"(?<!\w)\d+ (?:xã|huyện|thôn|đơn vị|dự án|công trình|trường|doanh nghiệp|mô hình|cơ sở)(?=[ ,.;]|$)(?! duy)"
)
_A_THING = re.compile(
    r"(?<!\w)(?:là|có) (?:một|1) (?:xã|huyện|tỉnh|cơ quan|người|tổ chức|công ty|đơn vị|thành phố|trường)"
    r"(?=[ ,.;]|$)(?! duy)"
)


def made_only(claim: str, source: Source, random: Random) -> str | None:
    """ "Chỉ gồm", "12 xã duy nhất": what is so is made the only one."""
    options = [put(claim, match, f"chỉ {match[0]}") for match in _LISTS.finditer(claim)]
    options += [put(claim, match, f"chỉ {match[0]}") for match in _HAPPENS.finditer(claim) if match.start()]
    for shape in (_COUNTED, _A_THING):
        options += [put(claim, match, f"{match[0]} duy nhất") for match in shape.finditer(claim)]
    return one_of(random, options)


_QUALITY = re.compile(
    r"(?<!\w)(?:hội nghị|cuộc họp|dự án|công trình|kế hoạch|chương trình|đề án|văn bản|vi phạm|kết quả|giải pháp|vụ án"
    r"|doanh nghiệp|công ty|trường hợp|cơ quan)(?=[,.;]|$| (?:tại|của|do|được|đã|là|đang|sẽ) )"
)
_QUALITIES = ("đầu tiên", "lớn nhất", "quan trọng nhất", "nghiêm trọng", "duy nhất", "bất hợp pháp", "thành công")


def made_more(claim: str, source: Source, random: Random) -> str | None:
    """ "Dự án lớn nhất" for "dự án"."""
    free = [quality for quality in _QUALITIES if quality.split()[0] not in source.quote]
    options = [put(claim, match, f"{match[0]} {random.choice(free)}") for match in _QUALITY.finditer(claim) if free]
    return one_of(random, options)


_WIDER = {
    "xã": ("toàn huyện", "toàn tỉnh"), "phường": ("toàn quận", "toàn thành phố"), "thị trấn": ("toàn huyện",),
    "thôn": ("toàn xã", "toàn huyện"), "huyện": ("toàn tỉnh", "cả nước"), "quận": ("toàn thành phố",),
    "thị xã": ("toàn tỉnh",), "thành phố": ("toàn tỉnh", "cả nước"), "tỉnh": ("cả nước", "toàn vùng"),
}  # fmt: skip


def widened(claim: str, source: Source, random: Random) -> str | None:
    """What is said of one commune is said of the whole district."""
    options = [put(claim, match, random.choice(_WIDER[match[1].lower()])) for match in PLACE.finditer(claim)]
    return one_of(random, options)


_CONDITIONS = (
    re.compile(
        r",? (?:trừ (?:trường hợp|khi|những|các)|ngoại trừ|với điều kiện|nếu|chỉ khi|khi và chỉ khi) "
        r"(?!.*(?<!\w)thì(?!\w))[^;:,]{8,}$"
    ),
    re.compile(r"^(?:Nếu|Trường hợp|Trong trường hợp) [^,;:]{8,90},? thì "),
    re.compile(r"^(?:Nếu|Trong trường hợp) [^,;:]{8,90}, "),
)


_HANGS = re.compile(r"(?<!\w)(?:rằng|là|được|nhiên|cũng|thì|mà|vẫn|của)$")


def unconditional(claim: str, source: Source, random: Random) -> str | None:
    """What holds on a condition, or but for some, is said to hold."""
    whole = claim.rstrip(" .")
    bare = [shape.sub("", whole) for shape in _CONDITIONS]
    return one_of(
        random, [text for text in bare if text != whole and len(text.split()) >= 8 and not _HANGS.search(text)]
    )


_DOUBT = re.compile(
    r"(?<!\w)(?:dường như|có lẽ|có vẻ như|có vẻ|hình như|(?:được|bị) cho là|có khả năng|nhiều khả năng|được coi là đã"
    r"|bị nghi|nghi là|được cho rằng|ước tính(?! sẽ)|cơ bản(?= (?:đã|hoàn|đạt|đáp|ổn|xong|giải))|bước đầu"
    r"|gần như) (?=\w)"
)


def doubt_dropped(claim: str, source: Source, random: Random) -> str | None:
    """What only seems so is so; what is nearly done is done."""
    return one_of(random, [put(claim, match, "") for match in _DOUBT.finditer(claim) if match.start()])


_SIDE_BY_SIDE = re.compile(
    r"(?<=\w)(?:, đồng thời| và|, sau đó| trước khi| sau khi|; đồng thời| rồi) "
    r"(?=(?:tổ chức|thực hiện|xây dựng|ban hành|phát hiện|triển khai|tăng|giảm|đạt|hoàn thành|bị|được|chỉ đạo|kiểm tra"
    r"|xử lý|có|không) )"
)
_THEN = re.compile(
    r"(?<=\w)(?<!trong)(?<!trước)(?<!từ)(?<!đến)(?<!ngay)(?<!kiến)(?: và|,)? "
    r"(?:sau khi|khi) (?=[^\W\d_]{2,} [^\W\d_]{2,})"
)


def made_cause(claim: str, source: Source, random: Random) -> str | None:
    """What was so beside something else is so because of it."""
    options = [put(claim, match, f" {random.choice(('do', 'nhờ', 'vì'))} ") for match in _THEN.finditer(claim)]
    options += [
        put(claim, match, f" {random.choice(('nên', 'do đó', 'vì'))} ") for match in _SIDE_BY_SIDE.finditer(claim)
    ]
    return one_of(random, options)
