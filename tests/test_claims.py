"""Claims made of real passages: what each change makes of a sentence, and how the figures are counted."""

from __future__ import annotations

import io
import json
from pathlib import Path
from random import Random

import pytest

from eval.claims import Claim, ClaimsResult, evaluate, make, read_sources
from eval.commands import run_claims
from eval.inputs import InputError
from eval.mutations import MUTATIONS
from eval.paraphrases import PARAPHRASES
from eval.shapes import Source
from rag.settings import PROJECT

PASSAGE = (
    "Xã Lạc Lâm có 1.250 hộ nghèo. Đồng chí Vũ Đình Minh chủ trì hội nghị tổng kết ngày 05/7/2019, đồng chí Trần Quốc"
    " Lập trình bày báo cáo của cấp ủy huyện. Xã Ka Đô có 85 hộ."
)


def changed(kind: str, claim: str, passage: str = PASSAGE) -> set[str]:
    """All that a change makes of a claim over many seeds."""
    source = Source(claim, passage, "Công văn số 118-CV/BDVHU", ("Lê Văn Tám",), (("huyện", "Di Linh"),))
    _, change = MUTATIONS.get(kind) or PARAPHRASES[kind]
    made = {change(claim, source, Random(seed)) for seed in range(40)}
    return {claim for claim in made if claim is not None}


FALSE = [
    ("near_number", "Có 35 hộ.", {"Có 34 hộ.", "Có 36 hộ.", "Có 25 hộ.", "Có 45 hộ."}),
    ("other_number", "Xã có 85 hộ.", {"Xã có 1.250 hộ."}),
    ("swapped_digits", "Có 85 hộ.", {"Có 58 hộ."}),
    ("dropped_group", "Có 1.250 hộ.", {"Có 250 hộ.", "Có 1 hộ."}),
    ("other_unit", "Thu 134 tỷ đồng.", {"Thu 134 nghìn đồng.", "Thu 134 triệu đồng."}),
    ("other_unit", "Đạt 99%.", {"Đạt 99 người.", "Đạt 99 hộ.", "Đạt 99 lượt."}),
    ("other_place", "Ở xã Lạc Lâm.", {"Ở xã Ka Đô."}),
    ("other_place", "Ở huyện Đơn Dương.", {"Ở huyện Di Linh."}),
    ("other_time", "Từ năm 2019.", {"Từ năm 2017.", "Từ năm 2018.", "Từ năm 2020."}),
    (
        "other_time",
        "Ngày 05/7/2019.",
        {f"Ngày {day}." for day in ("05/7/2017", "05/7/2018", "05/7/2020", "4/7/2019", "05/6/2019", "7/05/2019")},
    ),
    ("other_time", "Trong 9 tháng đầu năm.", {"Trong 3 tháng đầu năm.", "Trong 6 tháng đầu năm."}),
    ("other_office", "Do UBND xã lập.", {"Do HĐND xã lập."}),
    ("other_office", "Ông là Phó Chủ tịch xã.", {"Ông là Chủ tịch xã."}),
    ("negated", "Huyện đã đạt chuẩn.", {"Huyện chưa đạt chuẩn."}),
    ("negated", "Xã đạt chuẩn.", {"Xã không đạt chuẩn.", "Xã chưa đạt chuẩn."}),
    ("affirmed", "Xã chưa đạt chuẩn.", {"Xã đạt chuẩn."}),
    ("affirmed", "Nộp phí, trừ hộ nghèo.", {"Nộp phí, kể cả hộ nghèo."}),
    ("affirmed", "Máy bay của hàng không đẹp, không gian rộng.", set()),
    ("other_degree", "Xã phải nộp.", {"Xã nên nộp.", "Xã có thể nộp."}),
    ("other_direction", "Số hộ tăng 5%.", {"Số hộ giảm 5%."}),
    (
        "swapped_names",
        "Ông Vũ Đình Minh chủ trì hội nghị tổng kết cuối năm, ông Trần Quốc Lập trình bày báo cáo của cấp ủy.",
        {"Ông Trần Quốc Lập chủ trì hội nghị tổng kết cuối năm, ông Vũ Đình Minh trình bày báo cáo của cấp ủy."},
    ),
    ("other_act", "Ông Bình chủ trì họp.", {"Ông Bình khai mạc họp.", "Ông Bình vắng họp."}),
    ("other_level", "Quỹ cấp xã còn ít.", {"Quỹ cấp huyện còn ít.", "Quỹ cấp tỉnh còn ít."}),
    ("other_end", "Nộp trước ngày 5/7.", {"Nộp sau ngày 5/7.", "Nộp từ ngày 5/7."}),
    (
        "narrower",
        "Có 9 hộ.",
        {f"Có 9 hộ {word}." for word in ("mới", "nữ", "cũ", "trẻ", "nước ngoài")},
    ),
    ("swapped_figures", "Có 12 hộ nghèo và 85 hộ khá.", {"Có 85 hộ nghèo và 12 hộ khá."}),
    ("swapped_dates", "Ngày 5/7/2019 họp, ngày 9/8/2019 báo cáo.", {"Ngày 9/8/2019 họp, ngày 5/7/2019 báo cáo."}),
    (
        "swapped_posts",
        "Ông Vũ Đình Minh, Chủ tịch xã Pró; ông Trần Quốc Lập, Bí thư xã Đạ.",
        {"ông Trần Quốc Lập, Chủ tịch xã Pró; Ông Vũ Đình Minh, Bí thư xã Đạ."},
    ),
    ("swapped_offices", "Chính phủ giao Bộ Tài chính rà soát.", {"Bộ Tài chính giao Chính phủ rà soát."}),
    ("other_title", "Ông Minh nói.", {"Bà Minh nói."}),
    ("exact_day", "Nộp trước ngày 5/7.", {"Nộp vào ngày 5/7.", "Nộp đúng ngày 5/7."}),
    ("exact_day", "Nộp từ ngày 5/7 đến 9/7.", set()),
    (
        "whole_year",
        "Thu 6 tháng đầu năm 2022.",
        {"Thu cả năm 2022.", "Thu năm 2022.", "Thu trong năm 2022."},
    ),
    ("other_ordinal", "Tại kỳ họp thứ 5.", {"Tại kỳ họp thứ 6.", "Tại kỳ họp thứ 7."}),
    ("other_ordinal", "Họp lần thứ hai.", {"Họp lần thứ nhất.", "Họp lần thứ ba."}),
    ("other_share", "Đạt 9 điểm phần trăm.", {"Đạt 9%."}),
    ("level_for_change", "Thu tăng 5%.", {"Thu tăng lên 5%."}),
    ("level_for_change", "Hộ nghèo giảm còn 12 hộ.", {"Hộ nghèo giảm 12 hộ."}),
    (
        "rounded",
        "Có 1.187 hộ.",
        {
            f"Có {said} hộ."
            for said in (
                "hơn 1.187",
                "gần 1.187",
                "dưới 1.187",
                "hơn 1.200",
                "gần 1.100",
            )
        },
    ),
    ("wrong_sum", "Có 12 hộ và 85 hộ.", {f"Có 12 hộ và 85 hộ, tổng cộng {n} hộ" for n in (98, 99, 107)}),
    ("result_for_plan", "Xã đang xây chợ.", {"Xã đã xây chợ."}),
    ("overstated", "Có một số xã đạt.", {"Có tất cả các xã đạt."}),
    ("made_only", "Đoàn gồm hai xã.", {"Đoàn chỉ gồm hai xã."}),
    ("widened", "Thu ở xã Lạc Lâm.", {"Thu ở toàn huyện.", "Thu ở toàn tỉnh."}),
    (
        "unconditional",
        "Mỗi hộ nghèo trong xã được nhận quà, trừ những hộ đã nhận.",
        {
            "Mỗi hộ nghèo trong xã được nhận quà",
        },
    ),
    ("doubt_dropped", "Đê dường như đã sạt.", {"Đê đã sạt."}),
    (
        "made_cause",
        "Xã mất điện khi nước lũ tràn về.",
        {f"Xã mất điện {why} nước lũ tràn về." for why in ("do", "nhờ", "vì")},
    ),
]
TRUE = [
    ("figures_as_words", "Có 2 xã đạt.", {"Có hai xã đạt."}),
    ("figures_as_words", "Có hai xã đạt.", {"Có 2 xã đạt."}),
    ("figures_another_way", "Có 40.363 hồ sơ.", {"Có 40363 hồ sơ."}),
    ("figures_another_way", "Thu 5 triệu đồng.", {"Thu 5.000.000 đồng."}),
    (
        "dates_another_way",
        "Họp ngày 5/7/2019.",
        {"Họp ngày 5 tháng 7 năm 2019.", "Họp ngày 05/07/2019.", "Họp ngày 5-7-2019."},
    ),
    ("abbreviated", "Do UBND xã lập.", {"Do Ủy ban nhân dân xã lập."}),
    (
        "part_moved",
        "Năm 2020, xã Lạc Lâm đạt chuẩn.",
        {"Xã Lạc Lâm đạt chuẩn năm 2020", "Xã Lạc Lâm đạt chuẩn, năm 2020"},
    ),
    (
        "voice_changed",
        "Huyện ủy ban hành Nghị quyết số 12-NQ/HU ngày 12/4/2019.",
        {
            "Nghị quyết số 12-NQ/HU ngày 12/4/2019 được Huyện ủy ban hành",
            "Nghị quyết số 12-NQ/HU ngày 12/4/2019 do Huyện ủy ban hành",
        },
    ),
    ("modifier_dropped", "Bên cạnh đó, xã (mới lập) có sáu nhà văn hóa.", {
        "Xã (mới lập) có sáu nhà văn hóa", "Bên cạnh đó, xã có sáu nhà văn hóa",
    }),
    ("accents_placed", "Ủy ban hòa giải.", {"Uỷ ban hoà giải."}),
    ("list_shortened", "Gồm các xã gồm Lạc Lâm, Ka Đô, Quảng Lập và Pró.", {
        "Gồm các xã gồm Ka Đô, Quảng Lập, Pró", "Gồm các xã gồm Lạc Lâm, Quảng Lập, Pró",
        "Gồm các xã gồm Lạc Lâm, Ka Đô, Pró", "Gồm các xã gồm Lạc Lâm, Ka Đô, Quảng Lập",
    }),
    ("reworded", "Họp tại xã.", {"Họp ở xã."}),
    ("numbers_spelt", "Có 25 hộ.", {"Có hai mươi lăm hộ."}),
    ("units_spelt", "Rộng 5 ha.", {"Rộng 5 héc ta.", "Rộng 5 hecta."}),
    ("money_another_way", "Thu 2,5 tỷ đồng.", {"Thu 2 tỷ 500 triệu đồng.", "Thu 2.500 triệu đồng."}),
    ("periods_another_way", "Trong quý 2 năm nay.", {"Trong quý II năm nay."}),
    ("periods_another_way", "Thu 6 tháng cuối năm.", {"Thu nửa cuối năm."}),
    ("address_changed", "Do đồng chí Vũ Đình Minh.", {"Do Vũ Đình Minh.", "Do ông Vũ Đình Minh."}),
    ("clauses_reordered", "Khi lũ tràn về, cả thôn mất điện.", {"Cả thôn mất điện khi lũ tràn về"}),
    ("linked", "Xã có 9 hộ.", {"Xã có tổng cộng 9 hộ.", "Xã có cả thảy 9 hộ."}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "claim", "made"), [*FALSE, *TRUE])
def test_what_a_change_makes_of_a_claim(kind: str, claim: str, made: set[str]) -> None:
    assert changed(kind, claim) == made


def test_the_figure_of_one_part_is_told_of_another() -> None:
    made = changed("merged", "Thu ngân sách ước đạt 134 tỷ, giải quyết trễ hạn 403 hồ sơ", "")
    assert made == {"Thu ngân sách ước đạt 403 hồ sơ", "giải quyết trễ hạn 134 tỷ"}
    assert "Thu ngân sách ước đạt 1.250 hộ nghèo" in changed("merged", "Thu ngân sách ước đạt 134 tỷ đồng")


def test_a_person_gets_another_name_or_another_last_syllable() -> None:
    said = changed("other_person", "Ông Vũ Đình Minh nói.")
    assert {"Ông Lê Văn Tám nói.", "Ông Vũ Đình Sơn nói."} < said
    assert "Ông Vũ Đình Minh nói." not in said


def test_a_document_gets_another_number_symbol_or_article() -> None:
    made = changed("other_document", "Theo Nghị quyết số 12-NQ/HU và Điều 5.")
    assert "Theo Nghị quyết số 13-NQ/HU và Điều 5." in made
    assert "Theo Nghị quyết số 12-QĐ/HU và Điều 5." in made
    assert "Theo Nghị quyết số 12-NQ/HU và Điều 6." in made
    assert "Theo Nghị quyết số 12-NQ/HU và Điều 5." not in made


def test_an_introduction_also_names_the_document() -> None:
    made = changed("introduced", "Xã đạt chuẩn.")
    assert {"Theo Công văn số 118-CV/BDVHU, xã đạt chuẩn", "Cụ thể, xã đạt chuẩn"} < made


def test_the_same_seed_makes_the_same_claims_and_the_halves_share_no_passage() -> None:
    documents = [PROJECT / "corpus/documents"]
    halves = {half: read_sources(documents, half, 0) for half in ("develop", "report")}  # type: ignore[arg-type]
    assert not {s.passage for s in halves["develop"]} & {s.passage for s in halves["report"]}
    assert all(halves.values())
    assert make(halves["develop"], 3, 7) == make(read_sources(documents, "develop", 0), 3, 7)
    assert make(halves["develop"], 3, 7) != make(halves["develop"], 3, 8)


def test_figures_by_hand() -> None:
    quote = "Xã Lạc Lâm có 1.250 hộ nghèo."
    wanted = [("Xã Lạc Lâm có 250 hộ nghèo.", False), ("Xã Lạc Lâm có 1.250 hộ nghèo.", False), (quote, True)]
    claims = [Claim("near_number" if not true else "verbatim", text, quote, PASSAGE, "", true) for text, true in wanted]
    result = evaluate(claims)
    assert result.metrics() == {"detected": 0.5, "false_alarms": 0.0, "passed": 1.0}
    assert result.by_kind() == {"near_number": (2, 0.5), "verbatim": (1, 0.0)}
    printed = json.loads(result.to_json())
    assert (printed["passages"], printed["false_claims"], printed["true_claims"]) == (1, 2, 1)
    assert printed["by_kind"]["near_number"] == {"claims": 2, "refused": 0.5}
    table = io.StringIO()
    result.print_table(table)
    assert "số gần đúng" in table.getvalue()
    assert "phát hiện điều sai" in table.getvalue()
    assert ClaimsResult(0, ()).metrics() == {"detected": None, "false_alarms": None, "passed": None}


def test_a_claim_may_be_said_by_any_unit_of_its_passage() -> None:
    assert Claim("verbatim", "Xã Ka Đô có 85 hộ", "Xã Lạc Lâm có 1.250 hộ nghèo.", PASSAGE, "", True).problem is None


def test_sources_are_read_from_pairs_and_from_beir_folders(tmp_path: Path) -> None:
    pair = {"q": "Hộ nghèo", "p": PASSAGE}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair), encoding="utf-8")
    passage = {"_id": "1", "title": "Hộ nghèo", "text": PASSAGE}
    (tmp_path / "corpus.jsonl").write_text(json.dumps(passage), encoding="utf-8")
    for path in (tmp_path / "pairs.jsonl", tmp_path):
        sources = read_sources([path], None, 0)
        assert [source.context for source in sources] == ["Hộ nghèo"] * 3
        assert ("xã", "Ka Đô") in sources[0].places


def test_bars_and_bad_input(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text(json.dumps({"p": PASSAGE}), encoding="utf-8")
    result = run_claims([tmp_path / "pairs.jsonl"], each=2, fail_under=["detected=1.1"])
    assert result.exit_code == 1
    with pytest.raises(InputError, match="Không có chỉ số “right”"):
        run_claims([tmp_path / "pairs.jsonl"], fail_under=["right=1"])
    with pytest.raises(InputError, match="Không có câu nào"):
        run_claims([tmp_path / "pairs.jsonl"], half="report")  # the one passage is in the other half
    with pytest.raises(InputError, match=r"Không có /.*none"):
        run_claims([tmp_path / "none"])


def test_false_claims_are_found_and_true_ones_kept() -> None:
    """The bars, on the half of the user's documents that nothing was tuned on; `hoi eval claims` measures on more."""
    result = run_claims([PROJECT / "corpus/documents"], each=30, half="report", seed=11)
    metrics = result.metrics()
    assert len(result.judged) > 400
    assert (metrics["detected"] or 0) >= 0.97, result.by_kind()
    assert (metrics["false_alarms"] or 0) <= 0.02, result.by_kind()
