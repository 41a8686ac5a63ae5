"""The server's log: one JSON object a line on stderr, without keys, questions or document text."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["stack"] = "".join(self.formatException(record.exc_info).splitlines(keepends=True)[:-1])
        return json.dumps(line, ensure_ascii=False)


QUIET = {"level": "WARNING", "propagate": True}
LOGGING: dict[str, Any] = {  # as logging.config wants it
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonFormatter}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"uvicorn": QUIET, "uvicorn.error": QUIET, "hoi": QUIET, "asyncio": {"level": "ERROR"}},
}
