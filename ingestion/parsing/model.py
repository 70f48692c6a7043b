"""What a parser gives: documents as blocks in reading order, each with its page, before any cutting."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class BlockKind(StrEnum):
    """What a block is to a reader; passages never cut through one unless it is very long."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Grounds:
    """The source line of a brief's paragraph: registry ids with locators, and how strong they are."""

    references: tuple[tuple[str, str], ...]  # (source id, locator such as "s.2" or "p.8", may be empty)
    evidence: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list (one item a line, "- " or "1. ") or table (rows "| a | b |")."""

    kind: BlockKind
    text: str
    level: int = 0  # of a heading: 1 for the title
    page: str | None = None  # the page's printed label, or its number from 1
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader of the result should know; `fatal` problems keep the file out."""

    reason: str
    remedy: str
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document of a file: its metadata as written, its title and its blocks."""

    title: str
    blocks: tuple[Block, ...]
    meta: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Parser(Protocol):
    """Bytes of one file in, documents out. Raises BadFileError with a reason and a remedy."""

    def __call__(self, data: bytes, name: str) -> ParsedDocument: ...
