"""False ties: what is said of one thing of a sentence is said of the other, two parts are merged."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from random import Random

from eval.shapes import NAME, NUMBER, PERSON, PLACE, UPPER, Source, one_of

_CUT = re.compile(r"[,;:().] | và | còn |\n")


def merged(claim: str, source: Source, random: Random) -> str | None:
    """The subject of one part with the figure of another.

    A figure that counts nothing is a list mark; of a part that says the subject itself, it is no lie.
    """
    parts = [part.strip() for part in _CUT.split(claim)]
    parts += [part.strip() for part in _CUT.split(source.passage)] if random.random() < 0.3 else []
    counted = [(part, found[0]) for part in parts if len(found := list(NUMBER.finditer(part))) == 1]
    options = []
    for one, its in counted:
        for other, theirs in counted:
            subject = one[: its.start()].rstrip()
            if its[0] == theirs[0] or not re.match(r" ?%| [^\W\d_]", other[theirs.end() :]):
                continue
            if _tells_apart(subject, other[: theirs.start()].rstrip()):
                options.append(f"{subject} {other[theirs.start() :]}")
    options = [option for option in options if 5 <= len(option.split()) <= 40 and _is_whole(option)]
    return one_of(random, options)


def _is_whole(text: str) -> bool:
    """Whether brackets and quotation marks are in pairs."""
    return all(text.count(one) == text.count(other) for one, other in ("()", "“”")) and text.count('"') % 2 == 0


_NO_SUBJECT = frozenset(
    "trong đó có với còn gồm là và thì cả được đã cũng như từ đến khoảng hơn các những do tại".split()
)


def _tells_apart(subject: str, other: str) -> bool:
    """Both say what their figure counts, and neither says it as the other does."""
    last, others = subject.lower().split()[-3:], other.lower().split()[-3:]
    telling = [word for word in subject.lower().split() if word not in _NO_SUBJECT]
    if len(telling) < 3 or len(others) < 2 or last[-1] in ("năm", "tháng", "ngày", "số", "điều", "khoản"):
        return False
    if set(telling) <= set(other.lower().split()):
        return False
    return last[-2:] != others[-2:] and others[-1] not in ("năm", "tháng", "ngày", "số", "điều", "khoản")


def swapped_names(claim: str, source: Source, random: Random) -> str | None:
    """What is said of one person or place is said of the other that the sentence names."""
    options = []
    for shape in (PERSON, PLACE):
        for first, second in combinations(shape.finditer(claim), 2):
            between, after = claim[first.end() : second.start()], claim[second.end() :]
            one, other = _name_group(first), _name_group(second)
            if _is_part(first[one], second[other]) or _follows_name(claim, first, second):
                continue
            if _says_much(between) and _says_much(re.split(r"[;.]", after)[0]):
                options.append(_swapped(claim, first.span(one), second.span(other)))
    return one_of(random, options)


def _follows_name(claim: str, *found: re.Match[str]) -> bool:
    """Whether a name ends where a word in upper case begins a heading: it may not end there."""
    return any(re.match(rf" [{UPPER}]", claim[match.end() :]) for match in found)


def _is_part(one: str, other: str) -> bool:
    """Whether one is called by a part of the other's name: they may be the same."""
    return one in other or other in one or one.split()[-1] == other.split()[-1]


def _swapped(claim: str, first: tuple[int, int], second: tuple[int, int]) -> str:
    one, other = claim[slice(*first)], claim[slice(*second)]
    return claim[: first[0]] + other + claim[first[1] : second[0]] + one + claim[second[1] :]


def _name_group(match: re.Match[str]) -> int:
    return 2 if match.re is PLACE or not match[1] else 1


def _says_much(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 5 and not re.match(r"\s*(?:,|và|đến|với|tới|hoặc)\s+\S+\s*$", text)


_FIGURE = re.compile(rf"(?<![Nn]ăm )(?<![Tt]háng )(?<![Nn]gày )(?<!Điều )(?<!khoản )(?<!số ){NUMBER.pattern}")


def swapped_figures(claim: str, source: Source, random: Random) -> str | None:
    """Two figures of a sentence change places, each with the other's words."""
    found = [match for match in _FIGURE.finditer(claim) if match.start()]
    options = []
    for first, second in pairwise(found):
        between = claim[first.end() : second.start()]
        if first[0] != second[0] and re.search(r"[^\W\d_]{2,}.* [^\W\d_]{2,}", between):
            options.append(_swapped(claim, first.span(), second.span()))
    return one_of(random, options)


_DATE = re.compile(r"(?<![\d/.-])\d{1,2}(?:/|-|\.| tháng )\d{1,2}(?:/|-|\.| năm )(?:19|20)\d\d(?![\d/-])")


def swapped_dates(claim: str, source: Source, random: Random) -> str | None:
    """The date of one thing is told of another: two of a sentence swapped, or another of the passage."""
    here = list(_DATE.finditer(claim))
    options = [_swapped(claim, one.span(), two.span()) for one, two in pairwise(here) if _day(one[0]) != _day(two[0])]
    if not options:
        theirs = [date for date in _DATE.findall(source.passage) if all(_day(date) != _day(match[0]) for match in here)]
        options = [claim[: match.start()] + date + claim[match.end() :] for match in here for date in theirs]
    return one_of(random, options)


def _day(date: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", date))


_POST = (
    r"(?:Phó |Quyền |phó |quyền )?(?:[Cc]hủ tịch|[Bb]í thư|[Gg]iám đốc|[Tt]rưởng (?:ban|phòng|công an|khoa)|"
    r"[Bb]ộ trưởng|[Tt]hứ trưởng|[Vv]iện trưởng|[Tt]ổng giám đốc|[Cc]ục trưởng|[Hh]iệu trưởng|[Tt]hủ tướng"
    r"|[Tt]ổng thống|[Cc]hánh án)"
)
_POST_BEHIND = re.compile(rf"({PERSON.pattern})(?:, | [–-] | \()({_POST}(?: [^,;:()–.]{{3,60}}?)?)(?=[,;:()–.]|$)")
_POST_BEFORE = re.compile(rf"({_POST}(?: [^,;:()–.]{{2,45}}?)?(?: (?:ông|bà))?) ({PERSON.pattern})")


def swapped_posts(claim: str, source: Source, random: Random) -> str | None:
    """Each of two persons is given the other's post."""
    pairs = [
        (one, two, post, name)
        for shape, post, name in ((_POST_BEHIND, 4, 1), (_POST_BEFORE, 1, 2))
        for one, two in combinations(shape.finditer(claim), 2)
        if not _follows_name(claim, one, two)
    ]
    options = [
        _swapped(claim, one.span(name), two.span(name))
        for one, two, post, name in pairs
        if not _is_part(one[post], two[post]) and not _is_part(one[name], two[name])
    ]
    return one_of(random, options)


_FIELD = (
    "Nội vụ|Tài chính|Tư pháp|Y tế|Xây dựng|Công [Tt]hương|Nông nghiệp và Phát triển nông thôn"
    "|Nông nghiệp và Môi trường"
    "|Giáo dục và Đào tạo|Giao thông [Vv]ận tải|Lao động|Tài nguyên và Môi trường|Thông tin và Truyền thông|Ngoại giao"
    "|Khoa học và Công nghệ|Kế hoạch và Đầu tư|Công an|Quốc phòng"
)
_OFFICE = re.compile(
    rf"(?<!\w)(?<!phòng )(?<!Thủ tướng )(?:(?:Bộ|Sở|Phòng) (?:{_FIELD})|Chính phủ|Quốc hội|Thủ tướng"
    rf"|(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân"
    rf"|Công an|Tòa án nhân dân|Viện kiểm sát nhân dân)(?: (?:cấp )?(?:xã|huyện|tỉnh|thành phố|TP)(?: {NAME})?)?)(?!\w)"
    rf"(?! (?:và|-|–) |(?: [{UPPER}]))"
)
_DOES = re.compile(
    r"(?<!\w)(?:đề nghị|giao|gửi|yêu cầu|báo cáo|trình|chỉ đạo|kiến nghị|hướng dẫn|ủy quyền|kiểm tra"
    r"|tham mưu cho)(?!\w)"
)


def swapped_offices(claim: str, source: Source, random: Random) -> str | None:
    """Who asks, orders or reports and who is asked change places."""
    found = [match for match in _OFFICE.finditer(claim) if len(match[0]) > 4]
    options = []
    for one, two in pairwise(found):
        between = claim[one.end() : two.start()]
        if (
            _DOES.search(between)
            and len(between.split()) <= 5
            and not re.search(r"[;,.]", between)
            and not _is_part(one[0], two[0])
        ):
            options.append(_swapped(claim, one.span(), two.span()))
    return one_of(random, options)
