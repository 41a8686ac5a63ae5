"""False names: another place, person, title or office."""

from __future__ import annotations

import re
from random import Random

from corpus.text import same_tones
from eval.shapes import PERSON, PLACE, UPPER, Source, one_of, put


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


_TITLES = re.compile(rf"(?<!\w)([Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị)(?= [{UPPER}])")
_OTHER_TITLE = {"ông": "bà", "bà": "ông", "anh": "chị", "chị": "anh"}


def other_title(claim: str, source: Source, random: Random) -> str | None:
    """ "Bà" for "ông"."""
    options = []
    for match in _TITLES.finditer(claim):
        other = _OTHER_TITLE[match[0].lower()]
        options.append(put(claim, match, other.capitalize() if match[0][0].isupper() else other))
    return one_of(random, options)
