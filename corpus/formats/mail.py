"""E-mail (EML): who wrote to whom, when and what; and web pages saved as MHTML, which are mails inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from corpus.formats import html
from corpus.formats.plain import decode
from corpus.formats.source import Source, broken

_HEADER = re.compile(rb"([!-9;-~]{1,60}):[^\n]*(?:\n[ \t][^\n]*)*\n?")
_TELLING = {b"mime-version", b"message-id", b"received", b"return-path", b"content-type", b"x-mailer", b"delivered-to"}
_LABELS = (("From", "Từ"), ("To", "Đến"), ("Cc", "Đồng gửi"), ("Date", "Ngày gửi"))
MAX_PARTS = 500


def is_mail(opening: bytes) -> bool:
    """Whether a file begins with the header lines of a mail."""
    position, names = 0, set[bytes]()
    opening = opening.replace(b"\r\n", b"\n")
    while match := _HEADER.match(opening, position):
        names.add(match[1].lower())
        position = match.end()
    ends = position >= len(opening) or opening[position : position + 1] == b"\n"
    return ends and len(names) > 1 and bool(names & _TELLING)


def read(content: bytes) -> Source:
    message = _parsed(content)
    body = _body(message)
    if message.get_content_type() == "multipart/related" and body is not None and _is_html(body):
        return replace(html.read(_bytes(body)), media_type="multipart/related")
    parts = list(_attachments(message))
    names = ", ".join(name for name, _ in parts)
    notes = (f"Thư kèm {len(parts)} tệp, mỗi tệp được nạp thành một văn bản riêng: {names}.",) if parts else ()
    words = "" if body is None else _words(body)
    heads = [f"{label}: {value}" for name, label in _LABELS if (value := _header(message, name))]
    return Source(("\n".join([_header(message, "Subject"), "", *heads, "", words]),), "message/rfc822", notes=notes)


def attachments(content: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of every attached file; none of a saved web page."""
    message = _parsed(content)
    return list(_attachments(message)) if message.get_content_type() != "multipart/related" else []


def _parsed(content: bytes) -> Message:
    try:
        return message_from_bytes(content)
    except (ValueError, LookupError, TypeError) as error:
        raise broken("thư") from error


def _parts(message: Message) -> Iterator[Message]:
    """The parts that hold content; a mail that is forwarded as an attachment is one."""
    waiting, seen = [message], 0
    while waiting and seen < MAX_PARTS:
        part = waiting.pop(0)
        seen += 1
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = [each for each in inner if isinstance(each, Message)]
        else:
            yield part


def _body(message: Message) -> Message | None:
    shown = [part for part in _parts(message) if part.get_content_maintype() == "text" and not _name(part)]
    plain = [part for part in shown if part.get_content_subtype() == "plain" and _words(part).strip()]
    return next(iter(plain or shown), None)


def _attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    for part in _parts(message):
        if (name := _name(part)) and (content := _forwarded(part) or _bytes(part)):
            yield name, content


def _forwarded(part: Message) -> bytes:
    """The bytes of a mail inside this part."""
    inner = part.get_payload()
    whole = inner[0] if isinstance(inner, list) and inner else None
    return whole.as_bytes() if isinstance(whole, Message) else b""


def _name(part: Message) -> str:
    """The name of a file; none of a text to be shown and of pictures within it."""
    if part.get_content_disposition() == "inline" and part.get_content_maintype() == "image":
        return ""
    named = part.get_filename()
    if named is None and part.get_content_type() == "message/rfc822":
        named = "thư.eml"
    return _decoded(named or "")


def _is_html(part: Message) -> bool:
    return part.get_content_subtype() == "html"


def _words(part: Message) -> str:
    content = _bytes(part)
    if _is_html(part):
        return "\n".join(html.read(content).pages) if content.strip() else ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return decode(content)[0]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    """`=?utf-8?B?…?=` as words, on one line."""
    with suppress(HeaderParseError, LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return " ".join(value.split())
