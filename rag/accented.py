"""The accents that count: where one unit says "táng", another that says "tang" says something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.terms import Term
from rag.units import Unit


def accents(terms: Sequence[Term], units: Sequence[Unit]) -> dict[str, str]:
    """The question's accented syllables by their letters: "táng", so that "tang" is something else.

    Only those that one of the units has: the others may have been restored or typed wrongly.
    """
    keys: dict[str, set[str]] = {}
    for term in terms:
        keys.setdefault(term.folded, set()).add(term.key)
    accented = {term.folded: term.key for term in terms if term.accented and len(keys[term.folded]) == 1}
    return {folded: key for folded, key in accented.items() if any(key in this.keys for this in units)}


def as_asked(unit: Unit, accents: Mapping[str, str]) -> frozenset[str]:
    """The folded tokens of a unit, without those whose accents are not the question's."""
    return unit.found - {folded for folded, key in accents.items() if key not in unit.keys}
