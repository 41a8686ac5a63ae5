"""False names: another place, person or office, what is said of one told of another, two parts merged."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from corpus.text import same_tones
from eval.shapes import NUMBER, PERSON, PLACE, Source, one_of, put


def other_place(claim: str, source: Source, random: Random) -> str | None:
    """Another place of the same level, from the passage where it names one."""
    options = []
    for match in PLACE.finditer(claim):
        near = {(found[1].lower(), found[2]) for found in PLACE.finditer(source.passage)}
        for pool in (sorted(near), source.places):
            others = [name for level, name in pool if level == match[1].lower() and not _shares(name, match[2])]
            if others:
                options.append(put(claim, match, random.choice(others), 2))
                break
    return one_of(random, options)


def _shares(name: str, other: str) -> bool:
    return same_tones(name) in same_tones(other) or same_tones(other) in same_tones(name)


_GIVEN = ("Minh", "Hùng", "Lan", "Thủy", "Sơn", "Tuấn", "Hạnh", "Bình", "Quang", "Yến")


def other_person(claim: str, source: Source, random: Random) -> str | None:
    """Another person's name, or one syllable of it changed."""
    options = []
    for match in PERSON.finditer(claim):
        group = 1 if match[1] else 2
        name = match[group]
        others = [other for other in source.persons if not set(other.split()) & set(name.split())]
        given = [each for each in _GIVEN if each not in name]
        options += [put(claim, match, random.choice(others), group)] if others else []
        options += [put(claim, match, f"{name.rsplit(' ', 1)[0]} {random.choice(given)}", group)]
    return one_of(random, options)


_OFFICES = (
    ("Ủy ban nhân dân", "Hội đồng nhân dân"), ("UBND", "HĐND"), ("Huyện ủy", "UBND huyện"), ("Tỉnh ủy", "UBND tỉnh"),
    ("Ban Dân vận", "Ban Tổ chức"), ("Ban Tuyên giáo", "Ban Nội chính"), ("Quốc hội", "Chính phủ"),
    ("Bộ trưởng", "Thứ trưởng"),
    ("Tòa án nhân dân", "Viện kiểm sát nhân dân"), ("Mặt trận Tổ quốc", "Hội Nông dân"), ("Công an", "Quân đội"),
    ("Hội Phụ nữ", "Đoàn Thanh niên"), ("Bộ Tài chính", "Bộ Tư pháp"), ("Bộ Công an", "Bộ Quốc phòng"),
    ("Bộ Y tế", "Bộ Giáo dục và Đào tạo"), ("Thủ tướng", "Chủ tịch nước"), ("Sở Tài chính", "Sở Nội vụ"),
)  # fmt: skip
_POSTS = ("Chủ tịch", "Bí thư", "Giám đốc", "Trưởng ban", "Trưởng phòng", "Tổng giám đốc", "Hiệu trưởng", "Chủ nhiệm")
_POST = re.compile(rf"(?<!\w)(Phó )?(?:{'|'.join(_POSTS)})(?!\w)", re.I)


def other_office(claim: str, source: Source, random: Random) -> str | None:
    """Another office, or a deputy for the head and the other way round."""
    options = []
    for pair in _OFFICES:
        for one, other in (pair, pair[::-1]):
            if (at := claim.find(one)) >= 0 and other not in claim and not claim[at + len(one) :][:1].isalpha():
                options.append(claim[:at] + other + claim[at + len(one) :])
    for match in _POST.finditer(claim):
        if not match[1] and claim[: match.start()].rstrip().endswith(("nguyên", "cựu", "phó", "Phó")):
            continue
        options.append(put(claim, match, match[0][4:] if match[1] else f"Phó {match[0]}"))
    return one_of(random, options)


_CUT = re.compile(r"[,;:().] | và | còn ")


def merged(claim: str, source: Source, random: Random) -> str | None:
    """The subject of one part with the figure of another."""
    parts = [part.strip() for part in _CUT.split(claim)]
    parts += [part.strip() for part in _CUT.split(source.passage)] if random.random() < 0.3 else []
    counted = [(part, found[0]) for part in parts if len(found := list(NUMBER.finditer(part))) == 1]
    options = []
    for one, its in counted:
        for other, theirs in counted:
            subject = one[: its.start()].rstrip()
            if its[0] != theirs[0] and _tells_apart(subject, other[: theirs.start()].rstrip()):
                options.append(f"{subject} {other[theirs.start() :]}")
    options = [option for option in options if 5 <= len(option.split()) <= 40 and _is_whole(option)]
    return one_of(random, options)


def _is_whole(text: str) -> bool:
    """Whether brackets and quotation marks are in pairs."""
    return all(text.count(one) == text.count(other) for one, other in ("()", "“”")) and text.count('"') % 2 == 0


def _tells_apart(subject: str, other: str) -> bool:
    """Both say what their figure counts, and neither says it as the other does."""
    last, others = subject.lower().split()[-3:], other.lower().split()[-3:]
    if len(subject.split()) < 3 or len(others) < 2 or last[-1] in ("năm", "tháng", "ngày", "số", "điều", "khoản"):
        return False
    return last[-2:] != others[-2:] and others[-1] not in ("năm", "tháng", "ngày", "số", "điều", "khoản")


def swapped_names(claim: str, source: Source, random: Random) -> str | None:
    """What is said of one person or place is said of the other that the sentence names."""
    options = []
    for shape in (PERSON, PLACE):
        found = list(shape.finditer(claim))
        for first, second in pairwise(found):
            between, after = claim[first.end() : second.start()], claim[second.end() :]
            if _says_much(between) and _says_much(re.split(r"[;.]", after)[0]):
                one, other = _name_group(first), _name_group(second)
                if first[one] != second[other]:
                    options.append(
                        claim[: first.start(one)] + second[other] + claim[first.end(one) : second.start(other)]
                        + first[one] + claim[second.end(other) :]
                    )  # fmt: skip
    return one_of(random, options)


def _name_group(match: re.Match[str]) -> int:
    return 2 if match.re is PLACE or not match[1] else 1


def _says_much(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 5 and not re.match(r"\s*(?:,|và|đến|với|tới|hoặc)\s+\S+\s*$", text)
