"""PDF files through pypdf, the only module that knows it: placed lines, page labels and bookmarks out."""

from __future__ import annotations

import logging
import math
import re
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader

from ingestion.parsing import layout
from ingestion.parsing.layout import Line, Page
from ingestion.parsing.lines import bullet, file_name, squash, stem
from ingestion.parsing.model import Block, BlockKind, ParsedDocument, Problem
from ingestion.parsing.paragraphs import blocks_of_pages
from vectorstore.errors import BadFileError

_OCR = "run OCR (for example ocrmypdf) and ingest the result"
_NO_TITLE = re.compile(r"(?i)\W*(untitled|unspecified|anonymous|title|document\d*|slide \d+|powerpoint.*)\W*")
_WRITER = re.compile(r"(?i)^microsoft (word|powerpoint|excel) - |\.(docx?|pptx?|xlsx?|pdf|indd|rtf)$")
_QUIET = threading.Lock()


def parse_pdf(data: bytes, name: str) -> ParsedDocument:
    """One PDF file; pages that cannot be read are told as problems, the others are still used."""
    shown = file_name(name)
    with _quiet_pypdf():
        reader = _open(data, shown)
        labels = _labels(reader)
        if not labels:
            raise BadFileError(f"{shown} has no pages.", "Get the file again from where it was published.")
        outline = _outline(reader)
        written = _written_title(reader)
        pages: list[Page] = []
        problems: list[Problem] = []
        for index, label in enumerate(labels):
            try:
                found = _lines(reader.pages[index])
            except Exception:  # one damaged page must not cost the others
                problems.append(Problem(f"page {label} cannot be read", "save the PDF again and ingest the result"))
                continue
            if not found:
                problems.append(Problem(f"page {label} has no text (scanned?)", _OCR))
            pages.append(Page(label, tuple(found), outline[index]))
    if not any(page.lines for page in pages):
        scanned = bool(pages)
        raise BadFileError(
            f"{shown} has no text on any page (scanned?)." if scanned else f"{shown} is damaged and cannot be read.",
            f"{_OCR[0].upper()}{_OCR[1:]}." if scanned else "Get the file again from where it was published.",
        )
    blocks = blocks_of_pages(pages)
    return ParsedDocument(written or _title_heading(blocks) or stem(name), tuple(blocks), problems=tuple(problems))


class _Depth:
    """How many calls are within `_quiet_pypdf`, and the level to put back after the last of them."""

    calls = 0
    level = logging.NOTSET


@contextmanager
def _quiet_pypdf() -> Iterator[None]:
    """pypdf logs each flaw of a file; calls on several threads share its logger, so the last one out resets it."""
    logger = logging.getLogger("pypdf")
    with _QUIET:
        if _Depth.calls == 0:
            _Depth.level = logger.level
            logger.setLevel(logging.ERROR)
        _Depth.calls += 1
    try:
        yield
    finally:
        with _QUIET:
            _Depth.calls -= 1
            if _Depth.calls == 0:
                logger.setLevel(_Depth.level)


def _open(data: bytes, name: str) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data))
        if not reader.is_encrypted or reader.decrypt("") is not PasswordType.NOT_DECRYPTED:
            len(reader.pages)
            return reader
    except Exception as error:  # pypdf raises nearly anything on a damaged file
        raise BadFileError(
            f"{name} is not a PDF file or is damaged.", "Get the file again from where it was published."
        ) from error
    raise BadFileError(f"{name} is encrypted.", "Remove the password and ingest again.")


def _labels(reader: PdfReader) -> list[str]:
    numbers = [str(number) for number in range(1, len(reader.pages) + 1)]
    try:
        labels = [squash(label) for label in reader.page_labels]
    except Exception:  # a broken label tree is no reason to lose the text
        return numbers
    if len(labels) != len(numbers):
        return numbers
    return [label or number for label, number in zip(labels, numbers, strict=True)]


def _outline(reader: PdfReader) -> Mapping[int, Mapping[str, int]]:
    """Level by title of the bookmarks of each page."""
    found: dict[int, dict[str, int]] = defaultdict(dict)

    def collect(entries: list[Any], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                collect(entry, level + 1)
                continue
            index = reader.get_destination_page_number(entry)
            title = layout.key(str(entry.title or ""))
            if index is not None and title:
                found[index].setdefault(title, min(level, 6))

    try:
        collect(reader.outline, 1)
    except Exception:  # broken bookmarks: font sizes still show the headings
        found.clear()
    return found


def _written_title(reader: PdfReader) -> str:
    """The title in the metadata, unless a program rather than a person put it there."""
    try:
        title = squash(str(reader.metadata.title or "")) if reader.metadata else ""
    except Exception:  # metadata is not worth a file
        return ""
    is_real = re.search(r"[^\W\d_]{2}", title) and not _NO_TITLE.fullmatch(title) and not _WRITER.search(title)
    return title if is_real else ""


def _title_heading(blocks: list[Block]) -> str:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    return min(headings, key=lambda block: block.level).text if headings else ""


def _lines(page: PageObject) -> list[Line]:
    """The page's lines in stream order, each where its first character stands."""
    found: list[Line] = []
    parts: list[tuple[str, float, float, float, bool]] = []

    def close() -> None:
        text = "".join(part[0] for part in parts)
        inked = [part for part in parts if part[0].strip()]
        if inked and (squash(text) or bullet(text)):
            _, x, y, size, _ = inked[0]
            size = max(inked, key=lambda part: len(part[0]))[3] or size
            broken = text.rstrip().endswith("\u00ad")
            shown = squash(text) if not bullet(text) else text.strip()
            found.append(Line(f"{shown}\u00ad" if broken else shown, x, y, size, all(part[4] for part in inked)))
        parts.clear()

    def visit(text: str, cm: list[float], tm: list[float], font: dict[str, Any] | None, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        face = str((font or {}).get("/BaseFont", ""))
        is_bold = re.search(r"(?i)bold|black|heavy|semibold|demi", face) is not None
        for i, piece in enumerate(text.split("\n")):
            if i:
                close()
            if piece:
                parts.append((piece, x, y, round(abs(size) * (scale or 1.0) * 2) / 2, is_bold))

    page.extract_text(visitor_text=visit)
    close()
    return found
