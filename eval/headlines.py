"""Headlines and the texts that they head, of the pairs of news: what states, and the document that tells it.

A news text begins with its lead, which says again what the headline does; a document found by a headline may have
none. So a lead is taken away: by the other file of pairs, which has leads and the texts behind them, or by its length.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from random import Random

from corpus.sentences import sentences
from index.train.pairs import pairs_of

TITLED, LED, SUMMED = "vietnews_title_body", "vietnews_abstract_body", "rss2025_26_title_summary"
LEAD, SHORTEST = 15, 60  # words of a lead at least, or its first two sentences are taken; of a text without its lead
LED_BY = 20  # words of a lead that stand for a headline
LEAST = 4  # words of a headline
SUMMARY = 12  # … and of a summary
KEPT_APART = 1200  # from which nothing is learned by `eval.train_telling`
_KEY = 8  # words by which a lead is known

Headed = tuple[str, str]  # a headline and its text


def bodies(pairs: Path) -> list[str]:
    """The texts behind a lead, each once."""
    return list(dict.fromkeys(body for _, body in pairs_of(pairs / f"{LED}.jsonl")))


def headed(pairs: Path) -> tuple[list[Headed], list[Headed]]:
    """Headlines with the texts behind their leads, in two parts: those to learn from, and `KEPT_APART` others."""
    by_lead: defaultdict[str, list[str]] = defaultdict(list)
    for lead, body in pairs_of(pairs / f"{LED}.jsonl"):
        by_lead[_key(lead)].append(body)
    found = {
        title: by_lead[_key(text)][0]
        for title, text in pairs_of(pairs / f"{TITLED}.jsonl")
        if len(by_lead.get(_key(text), ())) == 1 and len(title.split()) >= LEAST
    }
    apart = dict.fromkeys(Random(1).sample(sorted(found), min(KEPT_APART, len(found) // 2)))
    return (
        [(title, body) for title, body in found.items() if title not in apart],
        [(title, found[title]) for title in apart],
    )


def without_leads(pairs: Path) -> list[Headed]:
    """All headlines with their texts but for the lead; none whose text would be too short."""
    cut = ((title, _without_lead(text)) for title, text in pairs_of(pairs / f"{TITLED}.jsonl"))
    return [(title, text) for title, text in cut if len(text.split()) >= SHORTEST]


def led(pairs: Path) -> list[Headed]:
    """The beginnings of leads with the texts behind them."""
    return [(" ".join(lead.split()[:LED_BY]), body) for lead, body in pairs_of(pairs / f"{LED}.jsonl")]


def summed(pairs: Path) -> list[Headed]:
    """Headlines with the summaries of what they head: other words for the same."""
    return [
        (title, summary)
        for title, summary in dict.fromkeys(pairs_of(pairs / f"{SUMMED}.jsonl"))
        if len(title.split()) > LEAST and len(summary.split()) >= SUMMARY
    ]


def _without_lead(text: str) -> str:
    spans = sentences(text)
    taken = 1 if spans and len(spans[0].of(text).split()) >= LEAD else 2
    return text[spans[taken].start :] if len(spans) > taken else ""


def _key(text: str) -> str:
    return " ".join(text.lower().split()[:_KEY])
