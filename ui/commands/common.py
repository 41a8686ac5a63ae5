"""What every command shares: settings, the opened store or assistant, and how errors reach the person."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import ValidationError

from corpus.system_errors import told
from rag.answer import QuestionError
from rag.settings import Settings
from ui.vietnamese import field_error

if TYPE_CHECKING:
    from tqdm import tqdm

    from index.store import Store
    from rag.assistant import Assistant

BAD_INPUT = 2


class InputError(ValueError):
    """Something the person wrote that cannot be done. The message is Vietnamese; the exit code is 2."""


def guarded(command: Callable[[argparse.Namespace, Settings], int], given: argparse.Namespace) -> int:
    """Runs a command; errors meant for a person are said in one line, with their exit code."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    from index.database import StoreError
    from index.embed import ModelError
    from rag.generate import WriterError
    from rag.language.abbreviation_table import AbbreviationError

    try:
        return command(given, Settings())
    except (AbbreviationError, InputError, ModelError, QuestionError, WriterError) as error:
        return _say(str(error), BAD_INPUT)
    except ValidationError as error:
        return _say(_setting(error), BAD_INPUT)
    except StoreError as error:
        return _say(str(error), 1)
    except OSError as error:
        return _say(f"Không đọc hoặc ghi được {error.filename or 'tệp'} ({told(error)}).", 1)
    except KeyboardInterrupt:
        return _say("Đã dừng.", 130)


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    from index.embed import load_embedder
    from index.store import Store

    store = Store.open(settings.data, *load_embedder(settings.embedder), follow=settings.follow)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_assistant(settings: Settings) -> Iterator[Assistant]:
    """The assistant over the store, which is filled from `HOI_CORPUS` when it is empty."""
    from rag.assistant import open_assistant

    assistant = open_assistant(settings, Bar("Đang nạp văn bản").at)
    try:
        yield assistant
    finally:
        assistant.store.close()


class Bar:
    """A progress bar on the standard error that appears with the first step and goes with the last."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._bar: tqdm[None] | None = None

    def at(self, done: int, total: int) -> None:
        from tqdm import tqdm

        if self._bar is None:
            self._bar = tqdm(desc=self._title, total=total, unit=" tệp", file=sys.stderr, disable=None)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self._bar.close()


def print_json(value: object) -> None:
    """One JSON object and nothing else on the standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def note(text: str) -> None:
    """A line for the person, beside the result."""
    print(text, file=sys.stderr)


def _setting(error: ValidationError) -> str:
    """The first setting that is not as it must be, by the name of its variable."""
    found = error.errors()[0]
    return f"HOI_{str(found['loc'][0]).upper()}: {field_error(found)[2]}."


def _say(text: str, code: int) -> int:
    note(f"Lỗi: {text}")
    return code
