"""What ships and is learned, learned again from shared/data with one command.

    python -m eval.train_again --data shared/data --work DIR [PART …]

The parts: terms accents static interaction word_vectors telling ranker reader reader_net.

The archives are unpacked into DIR once; what is made stands in `DIR/made`, named as it ships, and nothing shipped is
touched. Each part is learned with the others as they ship. `index.train.train_teacher` wants a GPU and
`eval.train_confidence` our own questions: these are run by themselves.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.written import FILE
from index.train.pairs import extract, unpack

ARCHIVE = "dev_sets.tar.zst"
SETS = ("viquad_dev", "vinewsqa_dev", "mlqa_vi_dev", "vlsp25_legal_sub", "tvpl_qa", "vietnews_title")
READ = ("viquad_dev", "mlqa_vi_dev", "vinewsqa_dev")  # those that mark the answers
ASKED = ("tvpl_qa2025_question_answer", "mailong_question_passage", "zalo2021_train_question_article")


def commands(pairs: Path, sets: Path, work: Path) -> Mapping[str, Sequence[str | Path]]:
    """By part its module and arguments."""
    made = work / "made"
    ranked = [sets / name for name in SETS]
    squads = [sets / name / "squad.json" for name in READ]
    asked = [pairs / f"{name}.jsonl" for name in ASKED]
    learned: list[str | Path] = ["--sets", *ranked, "--pairs", *asked, "--headlines", pairs, "--work", work / "ranker"]
    accents: list[str | Path] = ["--held-out", work / "held_out", "--written", FILE]
    networks: list[str | Path] = ["--pairs", pairs, "--work", work / "reader_net"]
    return {
        "terms": ("index.train.count_terms", "--data", pairs, "--out", made / "idf.tsv"),
        "accents": ("index.train.train_accents", pairs, made / "accents.npz", *accents),
        "static": ("index.train.train_static", "--data", pairs, "--out", made / "model"),
        "interaction": ("index.train.train_interaction", "--data", pairs, "--out", made / "interaction.safetensors"),
        "word_vectors": ("eval.train_word_vectors", "--pairs", pairs, "--out", made / "word_vectors.safetensors"),
        "telling": ("eval.train_telling", "--pairs", pairs, "--out", made / "telling.safetensors"),
        "ranker": ("eval.train_ranker", *learned, "--out", made / "ranker.json"),
        "reader": ("eval.train_reader", *squads, "--out", made),
        "reader_net": ("eval.train_reader_net", *squads, *networks, "--out", made / "reader_net.safetensors"),
    }


def sets_in(data: Path, work: Path) -> Path:
    """The folder of the question sets: `data`, or the one in `work` where their archive is unpacked."""
    for folder in (data, work / "sets"):
        if found := next(folder.glob(f"**/{SETS[0]}"), None):
            return found.parent
    return next(extract(data / ARCHIVE, work / "sets").glob(f"**/{SETS[0]}")).parent


def pairs_in(data: Path, work: Path) -> Path:
    """The folder of the pairs, likewise."""
    known = next((work / "pairs").glob("**/*.jsonl"), None)
    return known.parent if known else unpack(data, work / "pairs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="shared/data, or a folder where it is unpacked")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("parts", nargs="*", help="all, if none is named")
    given = parser.parse_args()
    work = given.work.resolve()
    (work / "made").mkdir(parents=True, exist_ok=True)
    known = commands(pairs_in(given.data.resolve(), work), sets_in(given.data.resolve(), work), work)
    if unknown := set(given.parts) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for part in given.parts or known:
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", *map(str, known[part])], check=True)
        print(f"{part}: {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
