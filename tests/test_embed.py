"""The shipped model: sentence-transformers' vectors without torch; fast; unaccented text lands nearby."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from corpus.text import fold
from index.embed import SHIPPED, ModelError, StaticModel, load_embedder

SENTENCES = [
    "Xã nào phải đạt nông thôn mới kiểu mẫu?",
    "2 xã (Lạc Lâm, Quảng Lập) thực hiện đạt nông thôn mới kiểu mẫu; 118-CV/BDVHU ngày 11/10/2019",
    "xa nao phai dat nong thon moi kieu mau",
    "THỦ TỤC HÀNH CHÍNH của UBND tỉnh: hoà giải, hòa giải, tỷ lệ, tỉ lệ, quý, kỹ thuật, 05 và 5, 40.363",
    "",
    "—…!?",
    "qwrtzplk 987654321012",
    "Straße, İstanbul, ΣΊΣΥΦΟΣ, Đắk Lắk, naïve 漢字, ﬁnal, a\u0323\u0302n",
    unicodedata.normalize("NFD", "Nghị quyết về phát triển kinh tế – xã hội"),
    "một_hai|ba\u00a0bốn\nnăm\u200bsáu",
]


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel(SHIPPED)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Two rows, (1, 0) and (0, 2): "xã" and "hoà" = "hòa"; the unknown token is the zero row."""
    vocabulary = {"[UNK]": 0, "xã": 1, "hoà": 2, "hòa": 3}
    (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), encoding="utf-8")
    tensors = {
        "embeddings": np.array([[0, 0], [100, 0], [0, 100]], np.int8),
        "weights": np.array([1, 0.01, 0.02, 0.02], np.float32),
        "mapping": np.array([0, 1, 2, 2], np.int64),
    }
    save_file(tensors, tmp_path / "model.safetensors")
    return tmp_path


def test_a_text_is_the_normalised_mean_of_its_known_tokens(tiny: Path) -> None:
    vectors = StaticModel(tiny).encode_query(["Xã HOÀ chưabiết", "hòa", "không có", "xã xã hoà"])
    fifth, eighth = 5**-0.5, 8**-0.5  # (1, 2) and (2, 2) normalised
    expected = [[fifth, 2 * fifth], [0, 1], [0, 0], [2 * eighth, 2 * eighth]]
    np.testing.assert_allclose(vectors, expected, atol=1e-6)


def test_a_vocabulary_that_does_not_fit_is_refused_with_both_counts(tiny: Path) -> None:
    (tiny / "tokenizer.json").write_text(json.dumps({"model": {"vocab": {"[UNK]": 0}}}), encoding="utf-8")
    with pytest.raises(ModelError, match="1 từ nhưng 4 dòng"):
        StaticModel(tiny)


def test_sentence_transformers_gives_the_same_vectors(model: StaticModel) -> None:
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(SHIPPED), device="cpu")
    ours = model.encode_document(SENTENCES)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs.encode_document(SENTENCES), atol=1e-5)
    np.testing.assert_allclose(ours, theirs.encode_query(SENTENCES), atol=1e-5)


def test_vectors_are_unit_or_zero(model: StaticModel) -> None:
    norms = np.linalg.norm(model.encode_query(SENTENCES), axis=1)
    zero = [not sentence or sentence in ("—…!?", "qwrtzplk 987654321012") for sentence in SENTENCES]
    np.testing.assert_allclose(norms, np.where(zero, 0, 1), atol=1e-5)


def test_spellings_of_one_text_are_one_vector(model: StaticModel) -> None:
    spellings = ["hoà giải, tỷ lệ 05", "hòa giải, tỉ lệ 5", unicodedata.normalize("NFD", "HÒA GIẢI, TỈ LỆ 5")]
    vectors = model.encode_query(spellings)
    np.testing.assert_allclose(vectors, vectors[[0, 0, 0]], atol=1e-6)


def test_an_unaccented_question_finds_the_accented_passage(model: StaticModel) -> None:
    passages = [
        "Hồ sơ đăng ký khai sinh gồm tờ khai và giấy chứng sinh.",
        "Xã Lạc Lâm, Quảng Lập thực hiện đạt nông thôn mới kiểu mẫu.",
        "Giá xăng dầu trong nước tăng từ 15 giờ chiều nay.",
        "Người điều khiển xe máy phải đội mũ bảo hiểm.",
    ]
    questions = [
        "khai sinh cần giấy tờ gì",
        "xã nào đạt nông thôn mới",
        "giá xăng hôm nay",
        "đội mũ bảo hiểm khi đi xe máy",
    ]
    scores = model.encode_query([fold(question) for question in questions]) @ model.encode_document(passages).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_no_torch_on_the_default_path() -> None:
    code = (
        "import sys; from index.embed import load_embedder; load_embedder()[0].encode_query(['xã nào']);"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SHIPPED.parents[1]
    )
    assert shown.stdout.strip() == "[]"


def test_threads_get_what_one_gets(model: StaticModel) -> None:
    alone, found = model.encode_query(SENTENCES), {}
    threads = [
        threading.Thread(target=lambda n=n: found.update({n: model.encode_query(SENTENCES * 20)})) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(found[n], np.tile(alone, (20, 1))) for n in range(4))


def test_a_thousand_windows_take_at_most_a_second_of_processor_time(model: StaticModel) -> None:
    window = " ".join([SENTENCES[0], SENTENCES[1]] * 4)
    started = time.process_time()
    model.encode_document([window] * 1000)
    assert time.process_time() - started < 1.0


def test_the_shipped_model_is_small_and_readable_by_everyone() -> None:
    files = [path for path in SHIPPED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 30_000_000
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in files)


def test_the_id_follows_the_content(tiny: Path) -> None:
    shipped, tiny_id = load_embedder()[1], StaticModel(tiny).id
    assert shipped == load_embedder()[1] != tiny_id
    (tiny / "README.md").write_text("thẻ", encoding="utf-8")
    assert StaticModel(tiny).id == tiny_id
    (tiny / "modules.json").write_text("[]", encoding="utf-8")
    assert StaticModel(tiny).id != tiny_id


def test_another_model_by_folder(model: StaticModel) -> None:
    embedder, id = load_embedder(str(SHIPPED))
    assert not isinstance(embedder, StaticModel)
    assert id == f"{SHIPPED.name}-{load_embedder()[1]}"
    np.testing.assert_allclose(embedder.encode_query(SENTENCES), model.encode_query(SENTENCES), atol=1e-5)


@pytest.mark.parametrize("name", ["./khong-co-thu-muc-nay", "tests"])
def test_a_bad_name_is_a_vietnamese_error(name: str) -> None:
    with pytest.raises(ModelError, match=f"Không nạp được mô hình “{name}”"):
        load_embedder(name)
