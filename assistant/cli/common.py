"""What the commands share: options, dates, output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from assistant.composition import Application, build
from assistant.settings import load_settings
from vectorstore.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON only.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Answer as of this date (YYYY-MM-DD).")]
CollectionName = Annotated[str | None, typer.Option("--collection", help="Collection to look in.")]
AreaName = Annotated[str | None, typer.Option("--area", help="An area's id (A06) or name.")]

stderr = Console(stderr=True)


def application() -> Application:
    """The application for the settings of this environment."""
    return build(load_settings())


def parse_as_of(value: str | None) -> date | None:
    """The date of --as-of. Raises UsageError."""
    return parse_day(value)


def parse_day(value: str | None, option: str = "") -> date | None:
    """The day that an option gives. Raises UsageError."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        what = f"{option} {value!r}" if option else f"{value!r}"
        raise UsageError(f"{what} is not a date.", "Write it as YYYY-MM-DD, for example 2024-03-01.") from None


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    print(json.dumps(value, ensure_ascii=False, default=str))


def read_batch(source: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a batch file, or of stdin for `-`. Raises UsageError for a line that is not one."""
    if source == "-":
        lines: Iterator[str] = iter(sys.stdin)
    else:
        path = Path(source)
        if not path.is_file():
            raise UsageError(f"There is no file {source!r}.", "Give a JSON Lines file, or - for stdin.")
        try:
            lines = iter(path.read_text(encoding="utf-8-sig").split("\n"))
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"The file {source!r} cannot be read as UTF-8 text.", "Save it as UTF-8.") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise UsageError(f"Line {number} of the batch is not a JSON object.", "Write one object a line.")
        yield value
