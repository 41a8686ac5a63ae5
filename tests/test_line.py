"""A sentence as rows of tokens."""

from corpus.document import Span
from rag.line import Line

TEXT = "Trước. Xã Lạc Lâm (mới), nông nghiệp: 120 hộ."
LINE = Line.of(TEXT, Span(7, len(TEXT)))


def test_marks_part_the_tokens() -> None:
    assert [word.key for word in LINE.words] == ["xã", "lạc", "lâm", "mới", "nông", "nghiệp", "120", "hộ"]
    assert LINE.gaps.tolist() == [7, 0, 0, 4, 4, 0, 2, 0, 7]  # a bracket parts more than a comma


def test_neighbours_are_words_or_marks() -> None:
    before, first, last, after = LINE.neighbours()
    assert before == ["^", "xã", "lạc", "(", "(", "nông", ":", "120"]
    assert first == last == [word.key for word in LINE.words]
    assert after == ["lạc", "lâm", "(", "(", "nghiệp", ":", "hộ", "^"]


def test_words_of_two_syllables_are_bound() -> None:
    assert LINE.bonds[5] > 1  # "nông nghiệp"
    assert LINE.bonds[4] == 0  # a mark between
    assert LINE.bonds[0] == LINE.bonds[-1] == 0


def test_candidates_are_all_stretches() -> None:
    assert len(LINE.first) == 8 * 9 / 2
    at = next(at for at, pair in enumerate(zip(LINE.first, LINE.last, strict=True)) if pair == (6, 7))
    assert LINE.place(at).of(TEXT) == "120 hộ"
    assert LINE.stretch(LINE.place(at)) == (6, 7)
    assert LINE.stretch(Span(0, 5)) is None


def test_a_long_stretch_is_a_candidate_between_marks_only() -> None:
    text = "a b c d, " + "e " * 26 + "f."
    line = Line.of(text, Span(0, len(text)))
    assert len(line.words) == 31
    long = [pair for pair in zip(line.first.tolist(), line.last.tolist(), strict=True) if pair[1] - pair[0] >= 24]
    assert long == [(0, 30), (4, 30)]


def test_no_candidate_cuts_a_date_or_a_code() -> None:
    text = "Số 12/QĐ-UBND ngày 5/7."
    line = Line.of(text, Span(0, len(text)))
    found = {line.place(at).of(text) for at in range(len(line.first))}
    assert {"12/QĐ-UBND", "ngày 5/7", "Số 12/QĐ-UBND ngày 5/7"} <= found
    assert len(found) == 4 * 5 / 2  # of "Số", "12/QĐ-UBND", "ngày", "5/7"
