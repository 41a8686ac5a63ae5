"""Whose words a text goes on to give, and what is said of a document that passages name."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_parts import asked, part
from store_parts import make

from corpus.load import parse
from index.embed import load_embedder
from index.store import Store, Upload
from rag.answer import Request
from rag.assistant import Assistant
from rag.constraints import mismatch
from rag.quoted_number import quoted_number

ADVICE = (
    "Căn cứ Điều 3 Nghị định 73/2024/NĐ-CP quy định về mức lương cơ sở như sau: Mức lương cơ sở là 2.340.000 đồng. "
    "Đơn vị chi trả trước ngày 10 hằng tháng.\n"
    "Ông An đã nhắc Công văn 15/CV-SNV. Theo Thông tư 07/2024/TT-BNV hướng dẫn: Phụ cấp tính theo lương cơ sở."
)


@pytest.mark.parametrize(
    ("quote", "number"),
    [
        ("Đơn vị chi trả trước ngày 10 hằng tháng.", "73/2024/NĐ-CP"),
        ("Phụ cấp tính theo lương cơ sở.", "07/2024/TT-BNV"),
        ("Ông An đã nhắc Công văn 15/CV-SNV.", "73/2024/NĐ-CP"),  # as the text opens: nothing nearer gives its words
    ],
)
def test_the_document_whose_words_are_given(quote: str, number: str) -> None:
    assert [found.text for found in quoted_number(part(ADVICE, quote))] == [number]


def test_a_document_that_is_only_named_gives_no_words() -> None:
    assert quoted_number(part("Xã nhận Công văn 15/CV-SNV. Xã đã họp.", "Xã đã họp.")) == ()


def test_what_is_quoted_from_the_document_answers_about_it_and_not_about_another() -> None:
    unit, document = part(ADVICE, "Đơn vị chi trả trước ngày 10 hằng tháng."), make(ADVICE)
    assert mismatch(asked("Nghị định 73 quy định chi trả trước ngày nào?"), unit, document, None) is None
    other = mismatch(asked("Nghị định 74 quy định chi trả trước ngày nào?"), unit, document, None)
    assert other is not None
    assert other.kind == "number"


def test_a_document_that_passages_name_is_not_said_to_be_named_nowhere(tmp_path: Path) -> None:
    embedder, model = load_embedder("")
    store = Store.open(tmp_path, embedder, model)
    store.add([Upload(parse(ADVICE.encode(), "tu-van.txt"), ADVICE.encode())])
    assistant = Assistant(store, embedder)
    named = assistant.ask(Request("Nghị định 73 quy định bao nhiêu hộ nghèo được vay vốn?"))
    unknown = assistant.ask(Request("Nghị định 99 quy định bao nhiêu hộ nghèo được vay vốn?"))
    store.close()
    assert named.abstained
    assert "không nhắc đến văn bản" not in named.answer
    assert unknown.abstained
    assert "không nhắc đến văn bản “Nghị định 99”" in unknown.answer
