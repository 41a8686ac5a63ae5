"""Retrieval: the fusion's arithmetic, the words that are looked for, and the real store with the shipped model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from store_parts import upload

from corpus.document import Span
from corpus.text import fold
from index.embed import Embedder, ModelError, load_embedder, load_reranker
from index.lexical import Term
from index.records import StoredChunk
from index.snapshot import Snapshot
from index.store import Store
from rag.rank_features import FEATURES
from rag.retrieve import (
    ASKING,
    BOOSTS,
    CONTEXT,
    COSINE,
    OPENED,
    RERANKED,
    Hit,
    SearchQuery,
    by_words,
    fused,
    lexical_query,
    reranked,
    retrieve,
    search,
    with_neighbours,
)

TEXTS = {
    "birth": "Hồ sơ đăng ký khai sinh gồm tờ khai theo mẫu và giấy chứng sinh do cơ sở y tế cấp.",
    "rural": "Hai xã Lạc Lâm và Quảng Lập thực hiện đạt nông thôn mới kiểu mẫu trong năm 2019.",
    "petrol": "Giá xăng dầu trong nước tăng từ 15 giờ chiều nay theo quyết định của liên bộ.",
    "helmet": "Người điều khiển xe máy phải đội mũ bảo hiểm có cài quai đúng quy cách.",
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()[0]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("store"), embedder, "shipped")
    store.add([upload(text, title=name) for name, text in TEXTS.items()])
    yield store
    store.close()


@pytest.fixture
def snapshot(store: Store) -> Snapshot:
    return store.snapshot()


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    return {document.header.title: document.id for document in store.documents()}


def asked(embedder: Embedder, text: str, *extra: Term) -> SearchQuery:
    return SearchQuery(text, embedder.encode_query([text])[0], extra)


def hit(id: int, score: float) -> Hit:
    return Hit(StoredChunk("d", id, Span(0, 1), None, "", None, id, f"đoạn {id}"), score, {"lexical": score})


def test_bm25_is_scaled_by_its_best_and_the_cosine_added() -> None:
    scores = fused({1: 20.0, 2: 5.0}, {2: 0.8, 3: 0.2})
    # 1: 20/20 and at most the vectors' last cosine; 2: 5/20 and its own; 3: no word of the question
    expected = {1: 1 + COSINE * 0.2, 2: 0.25 + COSINE * 0.8, 3: COSINE * 0.2}
    assert scores == pytest.approx(expected)


def test_fusion_of_nothing_is_nothing_and_of_one_side_is_that_side() -> None:
    assert fused({}, {}) == {}
    assert fused({7: 3.0}, {}) == pytest.approx({7: 1.0})
    assert fused({}, {7: 0.5, 8: -0.1}) == pytest.approx({7: COSINE * 0.5, 8: COSINE * -0.1})


def test_question_words_count_less_in_every_field() -> None:
    terms = lexical_query(SearchQuery("Xã nào", np.zeros(1, np.float32))).terms
    assert set(terms) == {
        Term("folded", "xa", BOOSTS["folded"]),
        Term("context_folded", "xa", CONTEXT["context_folded"]),
        Term("accented", "xã", BOOSTS["accented"]),
        Term("folded", "nao", BOOSTS["folded"] * ASKING),
        Term("context_folded", "nao", CONTEXT["context_folded"] * ASKING),
        Term("accented", "nào", BOOSTS["accented"] * ASKING),
        Term("bigrams", "xa_nao", BOOSTS["bigrams"] * (1 + ASKING) / 2),
        Term("context_bigrams", "xa_nao", CONTEXT["context_bigrams"] * (1 + ASKING) / 2),
    }


def test_what_an_abbreviation_stands_for_counts_less_beside_it() -> None:
    query = SearchQuery("Hội đồng họp", np.zeros(1, np.float32), (), "HĐ họp")
    terms = {(term.field, term.text): term.boost for term in lexical_query(query).terms}
    assert terms["folded", "hd"] == terms["folded", "hop"] == BOOSTS["folded"]
    assert terms["folded", "dong"] == pytest.approx(BOOSTS["folded"] * OPENED)
    assert terms["bigrams", "hd_hop"] == BOOSTS["bigrams"]
    assert terms["bigrams", "dong_hop"] == pytest.approx(BOOSTS["bigrams"] * OPENED)


@pytest.mark.parametrize("stands", ["UBND huyện họp giao ban", "Ủy ban nhân dân huyện họp giao ban"])
def test_an_abbreviation_finds_both_ways_of_writing(tmp_path: Path, embedder: Embedder, stands: str) -> None:
    store = Store.open(tmp_path, embedder, "shipped")
    store.add([upload(text) for text in (stands, *TEXTS.values(), "Trường học trong huyện họp phụ huynh")])
    text = "Ủy ban nhân dân huyện họp"
    query = replace(asked(embedder, text), unopened="UBND huyện họp")
    assert retrieve(store.snapshot(), query, 1)[0].chunk.text == stands
    store.close()


def test_an_unaccented_question_looks_for_no_accents_and_further_terms_are_taken_as_they_are() -> None:
    extra = Term("bigrams", "118_cv", 3.0)
    terms = lexical_query(SearchQuery("xa Lac Lam", np.zeros(1, np.float32), (extra,))).terms
    assert "accented" not in {term.field for term in terms}
    assert terms[-1] == extra


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Khai sinh cần giấy tờ gì?", "birth"),
        ("Xã nào đạt nông thôn mới kiểu mẫu?", "rural"),
        ("giá xăng hôm nay", "petrol"),
        ("Đi xe máy có phải đội mũ không?", "helmet"),
    ],
)
def test_the_right_passage_comes_first_with_and_without_accents(
    embedder: Embedder, snapshot: Snapshot, ids: dict[str, str], question: str, name: str
) -> None:
    for text in (question, fold(question)):
        hits = retrieve(snapshot, asked(embedder, text), 3)
        assert hits[0].chunk.document_id == ids[name]
        assert hits[0].chunk.text == TEXTS[name]
        assert len(hits) == 3
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_parts_explain_the_score(embedder: Embedder, snapshot: Snapshot) -> None:
    best = retrieve(snapshot, asked(embedder, "đội mũ bảo hiểm"), 4)[0]
    assert best.score == pytest.approx(1 + COSINE * best.parts["dense"], abs=1e-5)
    window = embedder.encode_document([best.chunk.text])[0]
    cosine = float(embedder.encode_query(["đội mũ bảo hiểm"])[0] @ window)
    assert best.parts["dense"] == pytest.approx(cosine, abs=1e-5)
    assert set(FEATURES.values()) < best.parts.keys()


def test_the_ranker_orders_the_first_and_the_place_decides_the_score(embedder: Embedder, snapshot: Snapshot) -> None:
    query = asked(embedder, "hai xã đạt kiểu mẫu trong năm 2019 theo quyết định")
    hits = retrieve(snapshot, query, 4)
    told = [sum(hit.parts[part] for part in dict.fromkeys(FEATURES.values())) for hit in hits]
    assert told == sorted(told, reverse=True)
    assert sum(told) == pytest.approx(0.0, abs=1e-9)  # each is what the passage has ahead of the average
    assert [hit.score for hit in hits] == sorted(search(snapshot, query, 100).fused.values(), reverse=True)


def test_only_the_documents_that_are_allowed(embedder: Embedder, snapshot: Snapshot, ids: dict[str, str]) -> None:
    allowed = frozenset({ids["petrol"], ids["helmet"]})
    hits = retrieve(snapshot, asked(embedder, "xã nông thôn mới kiểu mẫu"), 10, allowed)
    assert {hit.chunk.document_id for hit in hits} == allowed
    assert retrieve(snapshot, asked(embedder, "xã"), 10, frozenset()) == []


def test_a_further_term_lifts_its_passage(embedder: Embedder, snapshot: Snapshot, ids: dict[str, str]) -> None:
    plain = asked(embedder, "nông thôn mới")
    pushed = replace(plain, extra=(Term("bigrams", "xe_may", 20.0),))
    for query, name in ((plain, "rural"), (pushed, "helmet")):
        (best,) = snapshot.chunks(search(snapshot, query, 10).best(1))
        assert best.document_id == ids[name]


def test_words_that_stand_nowhere_still_find_by_meaning(embedder: Embedder, snapshot: Snapshot) -> None:
    hits = retrieve(snapshot, asked(embedder, "qwrtz"), 10)
    assert all(hit.score == pytest.approx(0.0) for hit in hits)


def test_a_removed_document_is_not_found(tmp_path: Path, embedder: Embedder) -> None:
    store = Store.open(tmp_path, embedder, "shipped")
    added = store.add([upload(text) for text in TEXTS.values()])
    store.remove([added[1].document_id])
    query = asked(embedder, "nông thôn mới kiểu mẫu")
    found = {hit.chunk.document_id for hit in retrieve(store.snapshot(), query, 10)}
    assert found == {one.document_id for one in added} - {added[1].document_id}
    store.close()


def test_a_cross_encoder_orders_the_first_and_leaves_the_rest_below() -> None:
    hits = [hit(id, 1.4 - id / 100) for id in range(RERANKED + 2)]

    def reversing(question: str, passages: Sequence[str]) -> list[float]:
        assert question == "câu hỏi"
        assert passages[:2] == ["đoạn 0", "đoạn 1"]
        return [float(place) for place in range(len(passages))]

    found = reranked(reversing, "câu hỏi", hits)
    assert [one.chunk.id for one in found] == [*range(RERANKED - 1, -1, -1), RERANKED, RERANKED + 1]
    assert found[0].parts == {"lexical": hits[RERANKED - 1].score, "reranker": RERANKED - 1}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_a_real_cross_encoder_by_folder(tmp_path: Path, embedder: Embedder, snapshot: Snapshot) -> None:
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    vocabulary = {word: id for id, word in enumerate(["[PAD]", "[UNK]", "[SEP]", "xã", "mũ"])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")
    shape = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    BertForSequenceClassification(BertConfig(vocab_size=5, num_labels=1, **shape)).save_pretrained(tmp_path)
    fast.save_pretrained(tmp_path)

    reranker = load_reranker(str(tmp_path))
    assert reranker is not None
    hits = retrieve(snapshot, asked(embedder, "xã nào đạt nông thôn mới"), 4, reranker=reranker)
    pairs = [("xã nào đạt nông thôn mới", hit.chunk.text) for hit in hits]
    expected = CrossEncoder(str(tmp_path), device="cpu", num_labels=1).predict(pairs)
    np.testing.assert_allclose([hit.parts["reranker"] for hit in hits], expected, atol=1e-5)
    assert list(expected) == sorted(expected, reverse=True)


def test_no_cross_encoder_by_default_and_a_bad_name_is_a_vietnamese_error() -> None:
    assert load_reranker("") is None
    with pytest.raises(ModelError, match=r"Không nạp được mô hình “\./khong-co” \(HOI_RERANKER\)"):
        load_reranker("./khong-co")


def test_fewer_may_be_ranked(snapshot: Snapshot, embedder: Embedder) -> None:
    """Behind those that are ranked the others stand as both searches have them; scores are the same either way."""
    query = asked(embedder, "xã nào đạt nông thôn mới")
    fused_alone = sorted(search(snapshot, query, 100).fused.items(), key=lambda one: -one[1])
    some = retrieve(snapshot, query, 4, most=2)
    assert [hit.score for hit in some] == [score for _, score in fused_alone]
    assert {hit.chunk.id for hit in some[:2]} == {id for id, _ in fused_alone[:2]}
    assert [hit.chunk.id for hit in some[2:]] == [id for id, _ in fused_alone[2:]]
    assert ["words" in hit.parts for hit in some] == [True, True, False, False]


def test_by_words_alone(snapshot: Snapshot, embedder: Embedder) -> None:
    text = "giá xăng và mũ bảo hiểm"
    found = by_words(snapshot, text, 2)
    expected = snapshot.lexical(lexical_query(asked(embedder, text)), 2)
    assert [(hit.chunk.id, hit.parts) for hit in found] == [(id, {"lexical": score}) for id, score in expected]
    assert [hit.score for hit in found] == [1.0, expected[1][1] / expected[0][1]]
    assert by_words(snapshot, "zzz", 2) == []
    assert by_words(snapshot, text, 2, frozenset()) == []


def test_neighbours_stay_under_the_heading(tmp_path: Path, embedder: Embedder) -> None:
    def article(number: int) -> str:
        lines = (f"{letter}) Nội dung {number} {letter} {' một hai ba bốn năm' * 20};" for letter in "abcd")
        return f"Điều {number}. Tên điều {number}\n" + "\n".join(lines)

    store = Store.open(tmp_path, embedder, "shipped")
    store.add([upload(article(1) + "\n" + article(2))])
    snapshot = store.snapshot()
    hits = retrieve(snapshot, asked(embedder, "Nội dung"), 50)
    chunks = sorted((hit.chunk for hit in hits), key=lambda chunk: chunk.id)
    assert len(chunks) == snapshot.count > 3
    for chunk in chunks:
        near = with_neighbours(snapshot, Hit(chunk, 1.0))
        same = [other for other in chunks if other.heading == chunk.heading and abs(other.id - chunk.id) <= 1]
        assert near == same
    assert len({chunk.heading for chunk in chunks}) == 2
    store.close()
