"""The log on stderr: lines of text or of JSON, each with the id of the request it belongs to.

What is logged of a question is its answer's id and status; its words only where the operator asked for them.
"""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
_FIELDS = "lsip_fields"


def event(log: logging.Logger, name: str, **fields: Any) -> None:
    """Log that something happened, with its particulars; those that are None are left out."""
    if log.isEnabledFor(logging.INFO):
        log.info(name, extra={_FIELDS: {k: v for k, v in fields.items() if v is not None}})


class TextLines(logging.Formatter):
    """One line for people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        said = {**getattr(record, _FIELDS, {}), **_request()}
        return " ".join((super().formatMessage(record), *(f"{k}={v}" for k, v in said.items())))


class JsonLines(logging.Formatter):
    """One JSON object a line for programs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_request(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str, form: str) -> None:
    """Log to stderr from `level` on, as `text` or `json`. A second call changes nothing."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler])


def _request() -> dict[str, str]:
    known = request_id.get()
    return {"request_id": known} if known else {}
