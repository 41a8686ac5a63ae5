"""What every format's reader gives, and the one error that a bad file raises."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 50 * 1024 * 1024
MAX_PAGES = 2_000
MAX_LETTERS = 20_000_000


class LoadError(ValueError):
    """A file that cannot become a document: a Vietnamese sentence for the user and a stable `code`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file as its format gives it, a string a page (one where the format has no pages)."""

    pages: tuple[str, ...]
    media_type: str
    paged: bool = False
    wrapped: bool = False  # lines break where the paper ends, not where paragraphs do
    notes: tuple[str, ...] = ()


def broken(what: str) -> LoadError:
    return LoadError("broken_file", f"Tệp {what} bị hỏng hoặc không đúng định dạng, không đọc được.")


def encrypted() -> LoadError:
    return LoadError("encrypted", "Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")
