"""Slips of the keyboard: mended where a word makes no sense, and nothing else is touched."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from corpus.text import syllables
from eval.perturb import no_diacritics, typos
from rag.language.slips import cost, edits
from rag.language.spelling import Frequency, mend
from rag.office_words import phrases

DOCUMENTS = """Ban Dân vận Huyện ủy Đơn Dương triển khai kế hoạch công tác dân vận năm 2020. Xã Lạc Lâm đạt chuẩn nông
thôn mới kiểu mẫu. Ủy ban nhân dân huyện giải quyết hồ sơ thủ tục hành chính đúng hạn. Hội Nông dân huyện Bắc Hà kiện
toàn chủ tịch hội nông dân xã. Ông Matignon thăm huyện. Hộ nghèo giảm 2 phần trăm; tỷ lệ giải ngân vốn đầu tư công đạt
khá. Nghị quyết về phát triển kinh tế được nhân dân đồng tình."""


def frequency_in(text: str) -> Frequency:
    keys, folded = syllables(text)
    pairs = [f"{first}_{second}" for first, second in pairwise(folded)]
    counts = {"accented": Counter(keys), "folded": Counter(folded), "bigrams": Counter(pairs)}
    return lambda field, token: counts[field][token]


KNOWN = frequency_in(DOCUMENTS)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("kế hoach phát triểm kinh tế", "kế hoạch phát triển kinh tế"),  # an accent left out, a key beside
        ("xã nào đạt chẩun nông thôn mới", "xã nào đạt chuẩn nông thôn mới"),  # swapped
        ("hồ sơ thủ tụcc hành chính", "hồ sơ thủ tục hành chính"),  # doubled
        ("tỷ lệ giải nân vốn đầu tư công", "tỷ lệ giải ngân vốn đầu tư công"),  # dropped: "nân" could be a syllable
        ("ủy ban nhân dâm huyện giải quyết hồ sơ", "ủy ban nhân dân huyện giải quyết hồ sơ"),  # a word, not here
        ("nghị quyết vể phát triển kinh tế", "nghị quyết về phát triển kinh tế"),  # a wrong tone
        ("Kế hoạhc công tác dân vận", "Kế hoạch công tác dân vận"),
        ("KẾ HOẠHC CÔNG TÁC DÂN VẬN", "KẾ HOẠCH CÔNG TÁC DÂN VẬN"),
        ("ke hoahc cong tac dan van", "kế hoạch công tác dân vận"),  # no accents at all
        ("ke hoach cong tac dan vann nam 2020", "kế hoạch công tác dân vận năm 2020"),
        ("xã nao dat chuẩn nông thôn mớii", "xã nào đạt chuẩn nông thôn mới"),  # half of the accents
        ("ông Matignnon thăm huyện nào", "ông matignon thăm huyện nào"),
    ],
)
def test_slips_are_mended(typed: str, mended: str) -> None:
    assert mend(typed, KNOWN).text.replace("Matignon", "matignon") == mended


@pytest.mark.parametrize(
    "text",
    [
        "Xã Lạc Lâm đạt chuẩn nông thôn mới năm nào?",
        "công văn 118-CV/BDVHU nói về việc gì",
        "quyết định 12/2019/QĐ-UBND ban hành ngày nào",
        "UBND huyện và BTV HU họp mấy lần",
        "ubnd huyện có bao nhiêu hồ sơ tthc",
        "chương iii mục iv quy định gì",
        "các thông tư nào do Bộ Lao động ban hành năm 2023",  # "các thông tư này" is the commoner
        "hồ sơ này dc ko vậy",  # chat
        "hồ sơ tính cả đúng lẫn trễ",  # "súng" would fit better
        "ông Nguyễn Văn Bín giữ chức gì",  # a person who may be: no slip of Bình
        "gửi về ubnd@huyen.gov.vn được không",
        "what is the name of the document",
        "Ka Đô, Ka Đơn và Tu Tra",
        "118",
        "",
    ],
)
def test_what_is_sound_stays(text: str) -> None:
    mended = mend(text, KNOWN)
    assert mended.text == text
    assert mended.changed == ()


def test_a_name_of_the_documents_is_no_slip() -> None:
    question = "xã Pró có bao nhiêu hộ nghèo"
    assert mend(question, frequency_in(DOCUMENTS + " Xã Pró có 12 hộ.")).text == question


def test_a_phrase_of_the_office_is_no_slip() -> None:
    question = "ai cầm trịch cuộc họp"
    assert mend("ai chủ trỳ cuộc họp", KNOWN, phrases=phrases()).text == "ai chủ trì cuộc họp"
    assert mend(question, KNOWN, phrases=phrases()).text == question


def test_what_the_documents_write_is_no_slip() -> None:
    """ "nuôi tôm" is the likelier by far, if nobody had written "nuôi tum"."""
    question = "hộ nào nuôi tum ở xã"
    written = {("nuoi", "tum"): Counter({("nuôi", "tum"): 2}), ("tum", "o"): Counter[tuple[str, str]]()}
    assert mend(question, KNOWN).text != question
    assert (
        mend(question, KNOWN, beside=lambda pairs: {pair: written.get(pair, Counter()) for pair in pairs}).text
        == question
    )


def test_an_abbreviation_without_a_vowel_is_no_slip() -> None:
    assert mend("phó trg công an huyện", KNOWN).text == "phó trg công an huyện"
    assert mend("giải quyết hồ sơ thủ tc hành chính", KNOWN).text == "giải quyết hồ sơ thủ tục hành chính"


def test_changed_spans_are_those_of_the_mended_words() -> None:
    mended = mend("kế hoachh phát triểm kinh tế", KNOWN)
    assert [span.of(mended.text) for span in mended.changed] == ["hoạch", "triển"]


def test_most_random_slips_come_back() -> None:
    sentences = [part.strip() for part in DOCUMENTS.replace("\n", " ").split(".") if len(part.split()) > 5]
    slips = [(sentence, typos(sentence, Random(seed))) for sentence in sentences for seed in range(12)]
    assert len(slips) == 72
    assert sum(mend(slip, KNOWN).text == sentence for sentence, slip in slips) >= 56
    bare = [(no_diacritics(sentence, Random(0)), typos(no_diacritics(sentence, Random(0)), Random(seed)))
            for sentence in sentences for seed in range(12)]  # fmt: skip
    assert sum(mend(slip, KNOWN).text == mend(sentence, KNOWN).text for sentence, slip in bare) >= 44


def test_a_slip_has_a_price() -> None:
    assert cost("hoahc", "hoạch", 0.0) == 3.0  # swapped
    assert cost("hoachh", "hoạch", 4.0) == 6.0  # doubled, and an accent is missing
    assert cost("hoach", "hoạch", 4.0) == 4.0
    assert cost("triểm", "triển", 4.0) == 4.0  # m beside n
    assert cost("trển", "triển", 4.0) == 3.5  # dropped
    assert cost("vể", "về", 4.0) == 4.0
    assert cost("kế", "hoạch", 4.0) is None


def test_edits_of_a_name() -> None:
    near = edits("dalat")
    assert {"dlat", "dallat", "dlaat", "dalar", "dalast"} <= near
    assert "dalat" not in near
    assert "dalap" not in near  # p is far from t


def test_hostile_and_long_text_ends_quickly() -> None:
    start = time.process_time()
    for text in ("a" * 4000, "hoahc " * 600, "x" * 20 + " " + "qz" * 10, " ".join(["Zxqwrt"] * 110)):
        mend(text, KNOWN)
    assert time.process_time() - start < 3


def test_a_question_takes_two_milliseconds() -> None:
    question = "UBND huyen Lam Ha co bao nhieu ho so giai quyet dung hanj nam 2023 va ty le bao nhiu"
    mend(question, KNOWN)
    start = time.process_time()
    for _ in range(20):
        mend(question, KNOWN)
    assert time.process_time() - start < 20 * 0.010  # 2 ms on an idle core
