"""Questions made of texts: what is left out, what is asked for it, and where its answer stands."""

from __future__ import annotations

from random import Random

from eval.cloze import Cloze, of_headline, of_paragraph

BODY = (
    "Chiều 5/3, hội nghị tổng kết phong trào trồng rừng của huyện Đắk Song bế mạc. Trong năm qua các hộ dân"
    " đã trồng mới 1.245 ha rừng sản xuất, nhiều nhất từ trước đến nay. Phong trào do Hạt Kiểm lâm phát động."
)
HEADLINE = "Người dân huyện trồng mới 1.245 ha rừng trong năm"


def _made(*, headline: str = "", body: str = BODY) -> list[Cloze]:
    chances = [Random(seed) for seed in range(60)]
    found = [of_headline(headline, body, chance) if headline else of_paragraph(body, chance) for chance in chances]
    return [one for one in found if one]


def test_what_is_left_out_is_asked_for_and_stands_where_it_is_said_to() -> None:
    made = _made()
    answers = {one.answer.of(one.text) for one in made}
    assert {"1.245", "Đắk Song", "Hạt Kiểm lâm phát động"} <= answers
    for one in made:
        assert one.text in BODY
        assert one.answer.of(one.text) not in one.question
        assert any(
            word in one.question.lower()
            for word in ("gì", "gi", "ai", "nào", "nao", "đâu", "dau", "mấy", "may", "bao nhi")
        )


def test_a_headline_is_answered_by_its_body() -> None:
    made = _made(headline=HEADLINE)
    assert made
    for one in made:
        assert one.answer.of(one.text).startswith("1.245")
        assert "1.245" not in one.question


def test_a_body_that_says_the_number_of_something_else_answers_no_headline() -> None:
    assert not _made(headline=HEADLINE, body="Kho có 1.245 bao xi măng. Chợ họp sáng chủ nhật hằng tuần.")


def test_some_questions_are_asked_without_accents() -> None:
    asked = [one.question for one in _made()]
    assert any(question.isascii() for question in asked)
    assert any(not question.isascii() for question in asked)
