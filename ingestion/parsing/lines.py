"""What all parsers share about lines of text: whitespace, bullets, broken words and repeated lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from ingestion.parsing.model import Block, BlockKind

_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]|[\x00-\x08\x0e-\x1b\x7f]|[\ud800-\udfff]")
_SIGN = re.compile(r"[•●▪◦‣■□○∙\uf0b7\uf0a7\x7f]\s*(?P<text>.*)", re.DOTALL)
_DASH = re.compile(r"[-–—*·][ \t\xa0]+(?P<text>.*)", re.DOTALL)
_NUMBER = re.compile(r"(?P<text>(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|\d{1,2}[.)])\s+\S.*)", re.DOTALL)
_COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")
_BROKEN = re.compile(r"(?P<word>[\w-]*[^\W_])(?P<hyphen>[-‐\u00ad])$")
_HYPHENS = ("-", "‐", "\u00ad")
_PAUSES = (".", ":", ";", "!", "?", ",", " and", " or", " but")
_SUSPENDED = frozenset({"and", "or", "to"})


class Bullet(NamedTuple):
    """The item behind a bullet. `sure` is false for marks that prose may also begin a line with."""

    text: str
    sure: bool


def squash(text: str) -> str:
    """One line with single spaces: no invisible character may split a word that a search looks for."""
    return " ".join(_INVISIBLE.sub("", text).split())


def stem(name: str) -> str:
    """The file name without folder and ending, the title of last resort."""
    path = PurePath(name.replace("\\", "/"))
    return squash(path.stem) or squash(path.name) or "untitled"


def file_name(name: str) -> str:
    """The name fit for a message: the folder is the user's own business."""
    return squash(PurePath(name.replace("\\", "/")).name) or "the file"


def bullet(line: str) -> Bullet | None:
    """The item when the line begins with a bullet; numbering stays, being how people cite the item."""
    stripped = line.strip()
    if sign := _SIGN.fullmatch(stripped):
        return Bullet(squash(sign["text"]), True)
    if dash := _DASH.fullmatch(stripped):
        return Bullet(squash(dash["text"]), False)
    if number := _NUMBER.fullmatch(stripped):
        return Bullet(squash(number["text"]), False)
    return None


def begins_item(line: str, prose_before: str | None) -> Bullet | None:
    """As `bullet`, but a dash or number that merely wrapped onto a new line of prose is no item."""
    found = bullet(line)
    if found is None or found.sure or prose_before is None:
        return found
    return found if prose_before.rstrip().endswith(_PAUSES) else None


def ends_sentence(line: str) -> bool:
    """Whether a paragraph could end with this line."""
    return line.rstrip().rstrip("\"')”’]").endswith((".", "!", "?", ":"))


def compounds(lines: Iterable[str]) -> frozenset[str]:
    """Words that the document itself writes with a hyphen inside a line, so that a break can keep it."""
    return frozenset(word.lower() for line in lines for word in _COMPOUND.findall(line))


def join_lines(lines: Iterable[str], known: frozenset[str] = frozenset()) -> str:
    """Lines as one text; a word broken at the line end becomes whole, a real hyphen stays."""
    parts: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        if parts:
            drop, between = _seam(parts[-1][-80:], line[:80], known)
            parts[-1] = (parts[-1][:-1] if drop else parts[-1]) + between
        parts.append(line)
    return squash("".join(parts))


def _seam(left: str, right: str, known: frozenset[str]) -> tuple[bool, str]:
    """Whether the hyphen at the end of the left line goes, and what then stands between the lines."""
    broken = _BROKEN.search(left) if left.endswith(_HYPHENS) else None
    word = re.split(r"[^\w-]", right, maxsplit=1)[0]
    if broken is None or (broken["hyphen"] != "\u00ad" and word.lower() in _SUSPENDED):
        return False, " "
    compound = f"{broken['word']}-{word}".lower()
    real = not right[0].islower() or "-" in broken["word"] or compound in known or not broken["word"][-1].isalpha()
    return broken["hyphen"] == "\u00ad" or not real, ""


def normal(text: str) -> str:
    """Text with digits made equal, so that "Page 3" and "Page 4" are the same running line."""
    return re.sub(r"\d+", "#", squash(text)).casefold()


def is_page_number(text: str, label: str, number: int) -> bool:
    """Whether a line at a page's edge is nothing but its number."""
    found = re.fullmatch(r"(?i)(page\s+)?[-–—|\s]*([0-9]+|[ivxlc]+)[-–—|\s]*(of\s+\d+|/\s*\d+)?", squash(text))
    if found is None:
        return False
    return bool(found[1] or found[3]) or found[2].casefold() in {label.casefold(), str(number)}


def recurring(edges: Sequence[frozenset[Hashable]]) -> frozenset[Hashable]:
    """Keys at the edges of three pages or more and of most pages, or of most left or most right pages."""
    found: set[Hashable] = set()
    for pages in (edges, edges[::2], edges[1::2]):
        counts = Counter(key for page in pages for key in page)
        found.update(key for key, count in counts.items() if count >= 3 and count * 2 > len(pages))
    return frozenset(found)


def merge_lists(blocks: Iterable[Block]) -> list[Block]:
    """Blocks with neighbouring lists of one page made one list, as a reader sees them."""
    merged: list[Block] = []
    for (kind, page), group in groupby(blocks, key=lambda block: (block.kind, block.page)):
        if kind is BlockKind.LIST:
            merged.append(Block(kind, "\n".join(block.text for block in group), page=page))
        else:
            merged.extend(group)
    return merged
