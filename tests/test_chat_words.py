"""Words as chats write them: written out where nothing else can be meant."""

from __future__ import annotations

import pytest

from rag.language.chat import opened
from rag.understand import understand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huyện có bn hồ sơ", "huyện có bao nhiêu hồ sơ"),
        ("thu ngân sách đc bn", "thu ngân sách được bao nhiêu"),
        ("tỷ lệ là bn", "tỷ lệ là bao nhiêu"),
        ("đc bí thư huyện ủy là ai", "đồng chí bí thư huyện ủy là ai"),
        ("đc phó chủ tịch xã nói gì", "đồng chí phó chủ tịch xã nói gì"),
        ("công văn đc chủ tịch ký", "công văn được chủ tịch ký"),
        ("đc trưởng thành chưa", "được trưởng thành chưa"),
        ("kết quả ntn?", "kết quả như thế nào?"),
        ("đối thoại vs nhân dân", "đối thoại với nhân dân"),
        ("văn bản quy định j", "văn bản quy định gì"),
        ("ai ký z?", "ai ký vậy?"),
        ("thu được bao nhiêu v", "thu được bao nhiêu vậy"),
    ],
)
def test_they_are_written_out(typed: str, meant: str) -> None:
    assert opened(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "đc nào ký văn bản",
        "đc Nguyễn Văn A giữ chức gì",
        "bn ơi cho hỏi",
        "hiệu trưởng là ai vậy bn",
        "hồ sơ này ko có",
        "quy định tại mục v",
        "gửi về dc@huyen.gov.vn hoặc a/j",
        "ĐC và BN, NTN",
        "v",
    ],
)
def test_what_may_be_something_else_stays(text: str) -> None:
    assert opened(text) == text


def test_a_question_is_understood_with_them() -> None:
    assert understand("nam 2023 giai quyet dc bn ho so").text == "năm 2023 giải quyết được bao nhiêu hồ sơ"
    assert understand("nam 2023 giai quyet dc bn ho so").expected.kind == "number"
