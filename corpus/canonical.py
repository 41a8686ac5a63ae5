"""What a format's reader gives → canonical text: cleaned once, boilerplate off, paragraphs whole, pages marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus import boilerplate, paragraphs
from corpus.boilerplate import Cut
from corpus.document import Page, Span, Stripped
from corpus.formats.source import Source
from corpus.text import clean


@dataclass(slots=True)
class _Builder:
    """The canonical text as it grows, with the places of pages and of what was left out."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: str = ""
    blank: bool = False
    starts: list[int] = field(default_factory=list)
    stripped: list[Stripped] = field(default_factory=list)

    def add(self, line: str, joined: bool) -> int:
        """Append a line; where it begins."""
        between = "" if not self.parts else " " if joined else "\n\n" if self.blank else "\n"
        line = line.lstrip() if joined else line
        self.parts += [between, line]
        start = self.length + len(between)
        self.length = start + len(line)
        self.last, self.blank = line, False
        return start

    def cut(self, cut: Cut) -> None:
        """Note a cut; neighbours for the same reason are one piece."""
        if self.stripped and (self.stripped[-1].reason, self.stripped[-1].at) == (cut.reason, self.length):
            text = f"{self.stripped.pop().text}\n{cut.removed.strip()}"
        else:
            text = cut.removed.strip()
        self.stripped.append(Stripped(text, cut.reason, self.length))


def canonical(source: Source) -> tuple[str, tuple[Page, ...], tuple[Stripped, ...]]:
    """The text, its pages, and what was left out with the places where it stood."""
    pages = [[line.rstrip() for line in clean(page).split("\n")] for page in source.pages]
    lines = [(number, line) for number, page in enumerate(pages) for line in page]
    cuts = _cuts(pages, source.paged)
    written = [line for _, line in lines]
    wrapped = source.wrapped or (not source.paged and paragraphs.is_wrapped(written))
    full = paragraphs.width(written) if wrapped else 0
    built = _Builder()
    for index, (page, line) in enumerate(lines):
        cut = cuts.get(index)
        line = cut.kept if cut else line
        new_page = page == len(built.starts)
        built.blank &= not (new_page and wrapped)  # a page's margin is no blank line
        if line.strip():
            joined = wrapped and (not built.blank or new_page) and paragraphs.runs_on(built.last, line, full)
            start = built.add(line, joined)
            built.starts += [start] * (page - len(built.starts) + 1)
        elif cut is None and built.parts:
            built.blank = True
        if cut:
            built.cut(cut)
            built.blank |= cut.reason == boilerplate.RULE  # a rule parts what stands above and below it
    text = "".join(built.parts)
    return (
        text,
        tuple(_pages(built.starts, len(pages), len(text))) if source.paged else (),
        tuple(built.stripped),
    )


def _cuts(pages: list[list[str]], paged: bool) -> dict[int, Cut]:
    """By number of line in the whole file; page heads first, so that what stood around them meets."""
    running = boilerplate.find_running(pages) if paged else set()
    flat = [(number, place, line) for number, page in enumerate(pages) for place, line in enumerate(page)]
    heads = {
        index: Cut(line, boilerplate.RUNNING)
        for index, (number, place, line) in enumerate(flat)
        if (number, place) in running
    }
    others = boilerplate.find(["" if index in heads else line for index, (_, _, line) in enumerate(flat)])
    return others | heads


def _pages(starts: list[int], count: int, end: int) -> Iterator[Page]:
    bounds = [*starts, *[end] * (count - len(starts)), end]
    for number in range(count):
        yield Page(number + 1, Span(bounds[number] if number else 0, bounds[number + 1]))
