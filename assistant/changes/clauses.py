"""A version's text as its clauses: numbered ones of a statute, paragraphs and list items of anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vectorstore.model import Passage, Version

_SECTION = re.compile(r"^(?:(?i:section|s\.?) ?)?(\d{1,3}[A-Z]{0,2})\b(?![-/.,]\d)")
_NUMBERED = re.compile(r"^\((\d{1,3}[A-Z]{0,2})\)\s*")
_LETTERED = re.compile(r"^\(([a-z]{1,3})\)\s*")
_BULLET = re.compile(r"^[-*] ")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause where it stands: `version_text[start:end] == text`. `path` names it, as section 1(7)(a)."""

    path: str
    text: str
    version: Version
    passage: Passage
    start: int
    end: int

    @property
    def words(self) -> str:
        """What is compared: white space, numbering and case apart."""
        bare = _LETTERED.sub("", _NUMBERED.sub("", self.text))
        return " ".join(bare.lower().split())


def clauses(version: Version, passages: Iterable[Passage]) -> list[Clause]:
    """The clauses of a version in reading order; recorded gaps are no part of its text."""
    found: list[Clause] = []
    number = ""
    heading: tuple[str, ...] = ()
    for passage in passages:
        if passage.gap:
            continue
        if passage.heading != heading:
            heading, number = passage.heading, ""
        for line, start in _lines(passage.text):
            numbered, lettered = _NUMBERED.match(line), _LETTERED.match(line)
            if numbered:
                number = f"({numbered[1]})"
                path = _path(heading, number)
            else:
                path = _path(heading, number + (f"({lettered[1]})" if lettered else ""))
            at = passage.start + start
            found.append(Clause(path, line, version, passage, at, at + len(line)))
    return found


def _path(heading: tuple[str, ...], number: str) -> str:
    """The name of a clause: its section's number and its own if it has them, else the heading it stands under."""
    last = heading[-1] if heading else ""
    section = _SECTION.match(last)
    if section and number:
        return f"section {section[1]}{number}"
    if section:
        return f"section {section[1]}"
    return f"{last} {number}".strip() or "opening"


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The lines of a passage that say something, without white space around them, and where each begins."""
    at = 0
    for line in text.split("\n"):
        stripped = _BULLET.sub("", line.strip())
        if stripped and not set(stripped) <= set("|-: "):
            yield stripped, at + line.index(stripped)
        at += len(line) + 1
