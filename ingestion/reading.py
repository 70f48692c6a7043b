"""Reading one file, whatever its format: documents out, or a BadFileError that says what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingestion.discovery import Found
from ingestion.hygiene import cleaned
from ingestion.parsing.docx import parse_docx
from ingestion.parsing.html import parse_html
from ingestion.parsing.markdown import parse_markdown
from ingestion.parsing.model import ParsedDocument, Parser
from ingestion.parsing.pdf import parse_pdf
from ingestion.parsing.plain import parse_text
from vectorstore.errors import BadFileError

MAX_LINE_BYTES = 20_000_000
_PARSERS: dict[str, Parser] = {
    ".pdf": parse_pdf,
    ".html": parse_html,
    ".htm": parse_html,
    ".md": parse_markdown,
    ".txt": parse_text,
    ".docx": parse_docx,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a JSON Lines file: its document, or why it has none."""

    number: int
    document: ParsedDocument | None
    error: BadFileError | None


def read_file(found: Found) -> ParsedDocument:
    """The document of a file that holds one. Raises BadFileError."""
    parser = _PARSERS.get(found.suffix)
    if parser is None:
        raise BadFileError(
            f"{found.name} is of a kind that cannot be read.",
            f"Give one of {', '.join(sorted((*_PARSERS, '.jsonl')))}.",
        )
    check_size(found)
    try:
        data = found.path.read_bytes()
    except OSError as error:
        raise BadFileError(
            f"{found.name} cannot be opened.", "Check that the file is there and may be read."
        ) from error
    if not data.strip():
        raise BadFileError(f"{found.name} is empty.", "Put text into the file, or take it out of the folder.")
    try:
        return _with_text(cleaned(parser(data, found.name)), found.name)
    except BadFileError:
        raise
    except Exception as error:
        raise BadFileError(
            f"{found.name} cannot be read as {found.suffix[1:]}.",
            "Open and save it again with the program it came from, or give another format.",
        ) from error


def check_size(found: Found) -> None:
    """Raise BadFileError for a file that is gone or larger than its format's limit."""
    try:
        size = found.path.stat().st_size
    except OSError as error:
        raise BadFileError(
            f"{found.name} cannot be opened.", "Check that the file is there and may be read."
        ) from error
    if size > found.limit:
        raise BadFileError(
            f"{found.name} is {size / 1e6:,.0f} MB; the limit is {found.limit / 1e6:,.0f} MB.",
            "Split the file, or leave out images.",
        )


def read_lines(path: Path, name: str) -> Iterator[Line]:
    """The documents of a JSON Lines file, one a line; a bad line is an error of its own and the rest goes on."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise BadFileError(f"{name} cannot be opened.", "Check that the file is there and may be read.") from error
    with stream:
        for number, raw in enumerate(stream, start=1):
            if not raw.strip():
                continue
            try:
                yield Line(number, _read_line(raw, f"{name}:{number}"), None)
            except BadFileError as error:
                yield Line(number, None, error)


def _read_line(raw: bytes, where: str) -> ParsedDocument:
    if len(raw) > MAX_LINE_BYTES:
        raise BadFileError(f"{where} is a line of over 20 MB.", "Split the document.")
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadFileError(f"{where} is not JSON.", "Write one JSON object a line, in UTF-8.") from error
    if not isinstance(values, dict):
        raise BadFileError(f"{where} is not a JSON object.", 'Write {"id": ..., "title": ..., "text": ...}.')
    for key in ("id", "title", "text"):
        if values.get(key) is None or not str(values[key]).strip():
            raise BadFileError(f"{where} has no {key!r}.", "Each line needs id, title and text.")
    try:
        text = str(values.pop("text")).encode()
    except UnicodeEncodeError as error:
        raise BadFileError(f"{where} holds half a character.", "Write it in UTF-8, no lone surrogates.") from error
    document = parse_text(text, where)
    values["document"] = values.pop("id")
    return _with_text(cleaned(replace(document, title=str(values["title"]), meta=values)), where)


def _with_text(document: ParsedDocument, name: str) -> ParsedDocument:
    """`document`. Raises BadFileError if nothing of it is left that a reader would see."""
    if document.blocks:
        return document
    raise BadFileError(f"{name} has no text that a reader would see.", "Check that it is the right file.")
