"""A conversation as Markdown and as a page to print. What people and documents wrote stays text in both."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape

from ui.transcript import Entry, Source, Transcript, clock

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&!$@])|(?<=[a-zA-Z])(:)(?=//)|(?<=www)(\.)", re.I)
_LINE_SIGN = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))([.)]?)")
STYLE = """
body { font: 12pt/1.5 "Times New Roman", Tinos, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
html { color: #111; background: #fff; }
h1 { font-size: 17pt; margin: 0 0 .3rem; } h2 { font-size: 13pt; margin: 1.6rem 0 .3rem; break-after: avoid; }
p { margin: .3rem 0; white-space: pre-wrap; overflow-wrap: anywhere; } .small { font-size: 10.5pt; color: #444; }
.refused { border-left: 3px solid #999; padding-left: .7rem; }
li { margin: .4rem 0; list-style: none; break-inside: avoid; } ul { padding-left: 0; }
blockquote { margin: .2rem 0 .2rem 1.6rem; padding-left: .7rem; border-left: 2px solid #bbb; font-style: italic; }
blockquote { white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { body { max-width: none; margin: 0; padding: 0; } @page { margin: 2cm; } }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; "
    "frame-ancestors 'none'"
)


def markdown(transcript: Transcript) -> str:
    return "\n".join(_markdown(transcript)) + "\n"


def _markdown(transcript: Transcript) -> Iterator[str]:
    yield f"# {_escaped(transcript.title)}"
    yield from ("", _escaped(transcript.summary))
    for entry in transcript.entries:
        yield from ("", f"## {entry.number}. {_escaped(entry.question)}", "", f"*Hỏi lúc {clock(entry.at)}*")
        if entry.understood:
            yield from ("", f"Đã hiểu: {_escaped(entry.understood)}")
        yield from ("", *_lines(entry.answer))
        if entry.refusal:
            yield from ("", f"**Chưa trả lời được:** {_escaped(entry.refusal)}.")
        for remark in entry.remarks:
            yield from ("", f"*{_escaped(remark)}*")
        for source in entry.sources:
            yield from ("", f"**\\[{source.marker}\\]** {_escaped(source.basis)} ({_escaped(source.place)}):", "")
            yield from (f"> {line}" if line else ">" for line in _lines(f"“{source.quote}”"))
    if transcript.refused:
        yield from ("", "## Những câu chưa trả lời được", "")
        yield from (f"- {_escaped(entry.question)}: {_escaped(entry.refusal)}." for entry in transcript.refused)


def _lines(text: str) -> list[str]:
    """Each line a paragraph of its own, as it was written."""
    found = [_escaped(line.strip()) for line in text.split("\n") if line.strip()]
    return [part for line in found for part in (line, "")][:-1]


def _escaped(line: str) -> str:
    """A line in which every sign that Markdown would take for its own is a sign again."""
    signs = _SIGNS.sub(lambda match: f"\\{match[0]}", line)
    return _LINE_SIGN.sub(lambda match: f"{match[1]}\\{match[2]}" if match[2] else f"\\{match[1]}", signs)


def page(transcript: Transcript) -> str:
    """An HTML document that asks for nothing and runs nothing: `POLICY` is its Content-Security-Policy."""
    title = escape(transcript.title)
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n{_p(transcript.summary, 'small')}\n"
        + "\n".join(map(_section, transcript.entries))
        + _refused(transcript)
        + "</body></html>\n"
    )


def _section(entry: Entry) -> str:
    parts = [f"<h2>{entry.number}. {escape(entry.question)}</h2>", _p(f"Hỏi lúc {clock(entry.at)}", "small")]
    parts += [_p(f"Đã hiểu: {entry.understood}", "small")] if entry.understood else []
    parts += [_p(entry.answer, "refused" if entry.refusal else "")]
    parts += [_p(f"Chưa trả lời được: {entry.refusal}.", "small")] if entry.refusal else []
    parts += [_p(remark, "small") for remark in entry.remarks]
    parts += [f"<ul>{''.join(map(_item, entry.sources))}</ul>"] if entry.sources else []
    return "\n".join(parts)


def _item(source: Source) -> str:
    line = f"<b>[{source.marker}]</b> {escape(source.basis)} ({escape(source.place)}):"
    return f"<li>{line}<blockquote>“{escape(source.quote)}”</blockquote></li>"


def _refused(transcript: Transcript) -> str:
    if not transcript.refused:
        return ""
    lines = "".join(_p(f"– {entry.question}: {entry.refusal}.") for entry in transcript.refused)
    return f"\n<h2>Những câu chưa trả lời được</h2>{lines}"


def _p(text: str, style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return f"<p{named}>{escape(text)}</p>"
