import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.sentences import sentences
from rag.language.accent_model import SHIPPED, AccentModel
from rag.language.accents import restore
from rag.language.measure_accents import measure, strip_accents

OFFICE = (
    "Ban Thường vụ Huyện ủy đã ban hành quy chế công tác dân vận của hệ thống chính trị. "
    "Ủy ban nhân dân huyện tiếp nhận và giải quyết hồ sơ thủ tục hành chính đúng hạn. "
    "Mặt trận Tổ quốc và các đoàn thể tuyên truyền, vận động nhân dân xây dựng nông thôn mới. "
    "Các cấp ủy, tổ chức đảng tăng cường lãnh đạo công tác cải cách thủ tục hành chính. "
    "Đồng chí Phó Bí thư Thường trực Huyện ủy chủ trì hội nghị sơ kết 9 tháng đầu năm."
)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("xa nao phai dat nong thon moi kieu mau", "xã nào phải đạt nông thôn mới kiểu mẫu"),
        ("THU TUC HANH CHINH", "THỦ TỤC HÀNH CHÍNH"),
        ("Bi thu Huyen uy", "Bí thư Huyện ủy"),
        ("ty le thanh toan truc tuyen", "tỷ lệ thanh toán trực tuyến"),
        ("công văn 118 cua ban dan van huyen uy", "công văn 118 của ban dân vận huyện ủy"),
        ("công viêc đuoc giao", "công việc được giao"),
        ("UBND huyen co bao nhieu ho so", "UBND huyện có bao nhiêu hồ sơ"),
        ("cong van 118 luu o dau", "công văn 118 lưu ở đâu"),
        ("nghi quyet 12-nq/hu noi ve viec gi", "nghị quyết 12-nq/hu nói về việc gì"),
        ("gui ve ubnd@huyen.gov.vn duoc khong", "gửi về ubnd@huyen.gov.vn được không"),
    ],
)
def test_it_restores(typed: str, restored: str) -> None:
    assert restore(typed).text == restored


@pytest.mark.parametrize(
    "text",
    [
        "xã nào phải đạt nông thôn mới kiểu mẫu",
        "anh ta cho ai xem",
        "Ka Đô, Ka Đơn và Tu Tra",
        "what is the name of the document",
        "118-CV/BDVHU",
        "",
        "12345 !!!",
    ],
)
def test_it_leaves_other_text_alone(text: str) -> None:
    assert restore(text).text == text
    assert restore(text).changed == ()


def test_changed_spans_are_those_of_the_words_that_got_accents() -> None:
    restored = restore("công văn 118 cua ban dan van")
    assert [span.of(restored.text) for span in restored.changed] == ["của", "dân", "vận"]


def test_a_letter_that_is_two_in_lower_case_is_left_alone() -> None:
    assert restore("ı-I−İ∞i").text == "ı-I−İ∞i"


def test_decomposed_accents_are_kept() -> None:
    assert restore("xa\u0303 na\u0300o pha\u0309i dat nong thon moi").text == "xã nào phải đạt nông thôn mới"


def test_office_sentences_come_back() -> None:
    found = measure([OFFICE])
    assert (found.sentences, found.syllables) == (5, 92)
    assert found.bare >= 0.98
    assert found.half >= 0.98
    assert found.falsely_changed == 0


def test_it_says_the_same_in_many_threads() -> None:
    questions = [strip_accents(span.of(OFFICE)) for span in sentences(OFFICE)] * 20
    expected = [restore(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(restore, questions)) == expected


def test_the_model_is_small_and_loads_quickly() -> None:
    assert SHIPPED.stat().st_size <= 17_000_000
    start = time.process_time()
    AccentModel.load()
    assert time.process_time() - start < 1  # 0.3 on an idle core


def test_a_question_takes_about_a_millisecond() -> None:
    question = "UBND huyen Lam Ha co bao nhieu ho so giai quyet dung han nam 2023 va ty le bao nhieu"
    restore(question)
    start = time.process_time()
    for _ in range(50):
        restore(question)
    assert (time.process_time() - start) / 50 < 0.004  # 0.0008 on an idle core


@pytest.mark.parametrize("piece", ["a", "a ", " ", "duoc "])
def test_a_long_text_takes_linear_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.process_time()
    restore(text)
    assert time.process_time() - start < 3
