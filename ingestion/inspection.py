"""How one file is read, told to a person: verdict, problems, text by page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingestion.discovery import Found
from ingestion.parsing.model import ParsedDocument
from ingestion.passages import document_text
from ingestion.reading import check_size, read_file, read_lines
from vectorstore.errors import BadFileError


def report_on_file(path: Path) -> dict[str, Any]:
    """{verdict: good|bad, problems, title, pages: [{index, label, text}]}; never raises for a bad file."""
    found = Found(path, path.name)
    try:
        if found.suffix == ".jsonl":
            return _lines(found)
        document = read_file(found)
    except BadFileError as error:
        return {"verdict": "bad", "problems": [_problem(error.message, error.remedy)], "title": None, "pages": []}
    problems = [_problem(p.reason, p.remedy) for p in document.problems]
    return {"verdict": "good", "problems": problems, "title": document.title, "pages": _pages(document)}


def _lines(found: Found) -> dict[str, Any]:
    check_size(found)
    pages: list[dict[str, Any]] = []
    problems: list[dict[str, str]] = []
    noted: list[dict[str, str]] = []
    for line in read_lines(found.path, found.name):
        if line.error is not None:
            problems.append(_problem(line.error.message, line.error.remedy))
        elif line.document is not None:
            text = document_text(line.document.blocks)
            notes = (_problem(f"line {line.number}: {p.reason}", p.remedy) for p in line.document.problems)
            noted.extend(notes)
            pages.append({"index": len(pages), "label": str(line.document.meta["document"]), "text": text})
    verdict = "good" if pages and not problems else "bad"
    return {"verdict": verdict, "problems": [*problems, *noted], "title": found.name, "pages": pages}


def _pages(document: ParsedDocument) -> list[dict[str, Any]]:
    labels = list(dict.fromkeys(b.page for b in document.blocks))
    return [
        {
            "index": index,
            "label": label or str(index + 1),
            "text": document_text([b for b in document.blocks if b.page == label]),
        }
        for index, label in enumerate(labels)
    ]


def _problem(reason: str, remedy: str) -> dict[str, str]:
    return {"reason": reason, "remedy": remedy}
