"""Vietnamese text functions: the invariants that every offset rests on, and cases made by hand."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.document import Span
from corpus.sentences import clauses, sentences
from corpus.text import _read_whole, clean, fold, number_key, same_tones, syllables, tokens

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
anything = st.text(max_size=200)
written = st.text(
    st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvx 0123456789.,;:()/-–“”\n"), max_size=300
)


@given(anything)
def test_clean_is_settled_nfc_and_visible(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {"\r", "\t", "\u200b", "\u202e", "\ufeff", "\x00", "\u00a0"} & set(once)


@given(anything)
def test_fold_keeps_the_length_of_clean_text(text: str) -> None:
    text = clean(text)
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(anything | written)
def test_fold_reads_letter_by_letter_however_long(text: str) -> None:
    text = clean(text)
    assert fold(text + "😀Đ" * 60) == "".join(map(fold, text)) + "😀d" * 60


@given(written)
def test_same_tones_keeps_the_length_and_is_settled(text: str) -> None:
    assert len(same_tones(text)) == len(text)
    assert same_tones(same_tones(text)) == same_tones(text)


@given(anything | written)
def test_tokens_lie_in_order_in_the_text(text: str) -> None:
    text = clean(text)
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert text[token.start].isalnum()
        end = token.end


def test_the_syllables_of_a_text() -> None:
    assert syllables("Xã Hoà Đức 05") == (["xã", "hòa", "đức", "5"], ["xa", "hoa", "duc", "5"])
    assert syllables("Th ủ tục 1.000") == (["thủ", "tục", "1000"], ["thu", "tuc", "1000"])


LETTERS = ["thủ", "th", "ủ", "tục", "Hoà", "tỷ", "TỶ", "ty", "b", "ý", "đ", "gi", "ả", "İ", "ΑΣ", "Я", "ª", "ǅ", "á"]
SIGNS = [" ", "  ", "-", ".", ",", "_", "\n", "05", "1.000", "2,5"]


@settings(max_examples=300, deadline=None)
@example(["ΑΣ", ".", "thủ"])
@example(["İ", "_", "Hoà"])
@given(st.lists(st.one_of(st.sampled_from(LETTERS + SIGNS), st.text(max_size=4))))
def test_words_read_apart_are_what_the_whole_text_gives(parts: list[str]) -> None:
    text = clean("".join(parts))
    whole = _read_whole(text)
    assert tokens(text) == whole
    assert syllables(text) == ([token.key for token in whole], [token.folded for token in whole])


@given(anything | written)
def test_sentences_cover_everything_but_spaces_once(text: str) -> None:
    text = clean(text)
    found = sentences(text)
    assert all(span.of(text) == span.of(text).strip() != "" for span in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert "".join(span.of(text) for span in found).split() == [] or (
        "".join("".join(span.of(text).split()) for span in found) == "".join(text.split())
    )


@given(written)
def test_clauses_cover_a_sentence_but_its_semicolons(text: str) -> None:
    text = clean(text)
    for sentence in sentences(text):
        parts = clauses(text, sentence)
        assert all(sentence.start <= part.start < part.end <= sentence.end for part in parts)
        kept = "".join("".join(part.of(text).split()) for part in parts).replace(";", "")
        assert kept == "".join(sentence.of(text).split()).replace(";", "")


def test_clean_joins_decomposed_letters_and_mends_the_d() -> None:
    assert clean("Ðơn Du\u031bo\u031bng\u00a0–\u200b x\tã\r\n") == "Đơn Dương – x ã\n"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đơn Dương", "don duong"),
        ("THỦY – thuỷ", "thuy - thuy"),
        ("Pröh, İx", "proh, ix"),
        ("19/19", "19/19"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("tỷ lệ", "tỉ lệ"), ("kỹ", "kĩ"), ("Mỹ", "mĩ")],
)
def test_both_spellings_of_a_syllable_are_the_same(one: str, other: str) -> None:
    assert same_tones(one) == same_tones(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "hoàn", "toàn", "quỹ", "ngoài"])
def test_tone_placement_is_left_alone_where_there_is_only_one(word: str) -> None:
    assert same_tones(word) == word


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("40.363", "40363"),
        ("1,271", "1271"),
        ("05", "5"),
        ("2,5", "2,5"),
        ("2.5", "2,5"),
        ("0", "0"),
        ("1.200", "1200"),
    ],
)
def test_number_key(typed: str, key: str) -> None:
    assert number_key(typed) == key


def test_a_split_syllable_is_one_token() -> None:
    text = "th ủ tục, hồ sơ"
    assert [token.key for token in tokens(text)] == ["thủ", "tục", "hồ", "sơ"]
    assert text[tokens(text)[0].start : tokens(text)[0].end] == "th ủ"


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một câu. Hai câu! Ba câu?", ["Một câu.", "Hai câu!", "Ba câu?"]),
        ("Ở TP. Đà Lạt có 1.200 hộ. Đạt 2.5%.", ["Ở TP. Đà Lạt có 1.200 hộ.", "Đạt 2.5%."]),
        ("1. Mục tiêu chung. Đến năm 2025", ["1. Mục tiêu chung.", "Đến năm 2025"]),
        (
            "ban hành nhiều văn bản\n\nchỉ đạo Chính quyền.",
            ["ban hành nhiều văn bản\n\nchỉ đạo Chính quyền."],
        ),
        ("Kính gửi:\n- Công an huyện;\n- Phòng Y tế.", ["Kính gửi:", "- Công an huyện;", "- Phòng Y tế."]),
        ("a) Điểm một;\nb) Điểm hai.", ["a) Điểm một;", "b) Điểm hai."]),
        ("nạo vét kênh mương... và làm đường. Xong", ["nạo vét kênh mương... và làm đường.", "Xong"]),
        ("“Dân biết, dân bàn.” Ông nói.", ["“Dân biết, dân bàn.”", "Ông nói."]),
        ("Đ/c Lê Văn A, ThS. Trần B dự. Hết.", ["Đ/c Lê Văn A, ThS. Trần B dự.", "Hết."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Họp trong ngày.Các xã dự.", ["Họp trong ngày.", "Các xã dự."]),
        ("Xong từ năm 2024.Ông nói thêm.", ["Xong từ năm 2024.", "Ông nói thêm."]),
        (
            "Phường Một (cũ).Mang theo giấy. “Đi đi”.Rồi về",
            ["Phường Một (cũ).", "Mang theo giấy.", "“Đi đi”.", "Rồi về"],
        ),
        ("Bao giờ xong?Anh chưa rõ...Rồi sẽ hay", ["Bao giờ xong?", "Anh chưa rõ...", "Rồi sẽ hay"]),
        ("Về TP.Đà Lạt, Tp.Hồ Chí Minh, H.Lâm Hà", ["Về TP.Đà Lạt, Tp.Hồ Chí Minh, H.Lâm Hà"]),
        ("Gs.Ts.Lê A, BS.Lan, Cty.Cổ phần B", ["Gs.Ts.Lê A, BS.Lan, Cty.Cổ phần B"]),
        ("Xem báo.Net hay bao-cao.Docx, T.Ư Đoàn", ["Xem báo.Net hay bao-cao.Docx, T.Ư Đoàn"]),
        ("Thu 1.234.Ông ghi, mục 2.Nhiệm vụ", ["Thu 1.234.Ông ghi, mục 2.Nhiệm vụ"]),
    ],
)
def test_sentences_typed_without_a_space_between_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_full_stop_before_the_end_of_a_part_is_its_end() -> None:
    text = "Một.Hai."
    assert [span.of(text) for span in sentences(text, Span(0, 4))] == ["Một."]


def test_sentences_of_a_part() -> None:
    text = "Một. Hai. Ba."
    assert [span.of(text) for span in sentences(text, Span(5, 9))] == ["Hai."]


def test_clauses_part_before_numbers_that_count_items_in_a_row() -> None:
    text = "Có các tiêu chuẩn sau đây: 1. Có đạo đức; có uy tín; 2. Biết luật. Họp ngày 5. Sau đó nghỉ."
    first, *others = sentences(text)
    assert [part.of(text) for part in clauses(text, first)] == [
        "Có các tiêu chuẩn sau đây:", "1. Có đạo đức", "có uy tín", "2. Biết luật."
    ]  # fmt: skip
    assert [span.of(text) for span in others] == ["Họp ngày 5.", "Sau đó nghỉ."]


def test_clauses_part_before_the_first_dash_behind_a_colon() -> None:
    text = "Nhiệm vụ như sau: - Trồng rừng. - Làm đường 2 - 3 km."
    first, *others = sentences(text)
    assert [part.of(text) for part in clauses(text, first)] == ["Nhiệm vụ như sau:", "- Trồng rừng."]
    assert [span.of(text) for span in others] == ["- Làm đường 2 - 3 km."]


def test_a_caption_ends_before_what_stands_behind_it() -> None:
    text = "Cầu mới (Ảnh: Lê An) Cầu dài 30 m (tính cả mố)."
    assert [span.of(text) for span in sentences(text)] == ["Cầu mới (Ảnh: Lê An)", "Cầu dài 30 m (tính cả mố)."]


def test_clauses_part_at_semicolons_outside_brackets_and_before_enumerators() -> None:
    text = "4 xã (Lạc Lâm; Ka Đô) đạt; 2 xã đạt kiểu mẫu; cần: (1) Tăng cường; (2) Đổi mới."
    assert [part.of(text) for part in clauses(text, Span(0, len(text)))] == [
        "4 xã (Lạc Lâm; Ka Đô) đạt",
        "2 xã đạt kiểu mẫu",
        "cần:",
        "(1) Tăng cường",
        "(2) Đổi mới.",
    ]


@pytest.mark.parametrize("piece", ["(", "“(", "a.", "1.", "\n", " \n", "; ", "ủ ", "́", "x ủ ", "(1)", "TP. "])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = clean(piece * (100_000 // len(piece)))
    started = time.process_time()
    for sentence in sentences(text):
        clauses(text, sentence)
    tokens(text)
    assert time.process_time() - started < 2  # quadratic work would take minutes
