import time

import pytest

from corpus.text import fold, same_tones
from rag.language.accent_model import shipped
from rag.language.syllables import is_syllable, split_tone
from rag.language.telex import decode, telex_syllable, vni_syllable

TELEX = {"đ": "dd", "â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw"}
VNI = {"đ": "d9", "â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7"}


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("xax naof phair ddatj noong thoon mowis kieeur maaux", "xã nào phải đạt nông thôn mới kiểu mẫu"),
        ("xa4 na2o pha3i d9at5 no6ng tho6n mo71i kie63u ma6u4", "xã nào phải đạt nông thôn mới kiểu mẫu"),
        ("Nghij quyeets soos 12-NQ/HU", "Nghị quyết số 12-NQ/HU"),
        ("UBND huyeenj Laam Haf", "UBND huyện Lâm Hà"),
        ("ai laf bis thuw huyeenj uyr", "ai là bí thư huyện ủy"),
        ("giaasy khai sinh", "giấy khai sinh"),
        ("bi1 thu7 huye65n u3y", "bí thư huyện ủy"),
        ("TYR LEEJ", "TỶ LỆ"),
        ("QDD-UBND cuar HDDND tinhr", "QĐ-UBND của HĐND tỉnh"),
    ],
)
def test_it_reads_keystrokes(keys: str, text: str) -> None:
    assert decode(keys) == text


@pytest.mark.parametrize(
    "text",
    [
        "xã nào phải đạt nông thôn mới kiểu mẫu",
        "xa nao phai dat nong thon moi kieu mau",
        "công văn 118 cua ban dan van",
        "what is the number of this document",
        "this is as far as he can see",
        "windows error in the class project",
        "cv 118 của bdv",
        "118-CV/BDVHU",
        "khổ A4, bản A3, mã O5",
        "lop 10a1 va 10a2",
        "Covid19 h5n1",
        "Lisa di taxi, xin visa",
        "",
    ],
)
def test_it_leaves_other_text_alone(text: str) -> None:
    assert decode(text) is None


def keystrokes(syllable: str, marks: dict[str, str], tones: str) -> str:
    letters, tone = split_tone(syllable) or ("", 0)
    return "".join(marks.get(letter, letter) for letter in letters) + tones[tone].strip()


@pytest.mark.parametrize(("read", "marks", "tones"), [(telex_syllable, TELEX, " fsrxj"), (vni_syllable, VNI, " 21345")])
def test_every_accented_syllable_of_the_language_comes_back(read, marks, tones) -> None:  # type: ignore[no-untyped-def]
    syllables = [key for key in shipped().rows if key != fold(key) and is_syllable(key)]
    wrong = {key for key in syllables if same_tones(read(keystrokes(key, marks, tones)) or "") != key}
    assert len(syllables) > 3500
    assert wrong <= {"hoóc", "moóc", "voọc", "đoòng"}  # "oo" is ô among keystrokes


@pytest.mark.parametrize("piece", ["a", "as ", "a1 ", " ", "dd"])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    decode(text)
    assert time.process_time() - start < 3
