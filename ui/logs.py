"""The server's log: one JSON object a line on stderr and perhaps in files, without keys, questions or document text."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")  # of the request that is being answered
QUIET = {"level": "WARNING", "propagate": True}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := request_id.get():
            line["request_id"] = request
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["stack"] = "".join(self.formatException(record.exc_info).splitlines(keepends=True)[:-1])
        return json.dumps(line, ensure_ascii=False)


def logging_config(folder: Path, megabytes: float, files: int) -> dict[str, Any]:
    """What `logging.config` wants: lines to stderr; with `megabytes`, to at most `files` files of that size, too."""
    handlers: dict[str, Any] = {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    }
    if megabytes:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers["file"] = {
            "class": "logging.handlers.RotatingFileHandler",
            "formatter": "json",
            "filename": str(folder / "hoi.log"),
            "maxBytes": round(megabytes * 1_000_000),
            "backupCount": max(files - 1, 1),
            "encoding": "utf-8",
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "WARNING"},
        "loggers": {"uvicorn": QUIET, "uvicorn.error": QUIET, "hoi": QUIET, "asyncio": {"level": "ERROR"}},
    }
