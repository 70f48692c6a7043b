"""Every postcode of Great Britain and its council district, in arrays that are mapped from disk and not read."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import KnowledgeError

POSTCODE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d[A-Za-z\d]?)[ -]{0,2}(\d[A-Za-z]{2})(?![A-Za-z0-9])")
OUTWARD = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2}\d[A-Za-z\d]?)(?![A-Za-z0-9])")
_FILES = ("outward", "start", "inward", "district")


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode as people write it, in its two parts."""

    outward: str
    inward: str

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"


def read_postcode(text: str) -> Postcode | None:
    """The first full postcode in `text`, in any case and spacing; None if there is none."""
    found = POSTCODE.search(text)
    return Postcode(found[1].upper(), found[2].upper()) if found else None


def pack(inward: str) -> int:
    """The inward part (digit, two letters) as a number below 6,760, so that order is that of the letters."""
    return (int(inward[0]) * 26 + ord(inward[1]) - 65) * 26 + ord(inward[2]) - 65


class PostcodeTable:
    """Looks postcodes up. 2.6 million take 10.5 MB on disk; opening maps the files, a look-up touches a page or two.

    Within each outward code the inward parts are sorted 16-bit numbers with a 16-bit district beside each.
    """

    def __init__(self, folder: Path) -> None:
        """Raises KnowledgeError if the table is not there or broken."""
        try:
            outward, start, inward, district = (
                np.load(folder / f"postcodes-{name}.npy", mmap_mode="r", allow_pickle=False) for name in _FILES
            )
            self._codes: list[str] = json.loads((folder / "districts.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise KnowledgeError(
                "The table of postcodes is missing.", "Run `lsip ingest` on this machine."
            ) from error
        self._range = {code.decode(): (int(a), int(b)) for code, a, b in zip(outward, start, start[1:], strict=False)}
        self._inward: NDArray[np.uint16] = inward
        self._district: NDArray[np.uint16] = district
        self.outward = lru_cache(maxsize=512)(self._outward)

    def __len__(self) -> int:
        return len(self._inward)

    def district(self, postcode: Postcode) -> str | None:
        """The district code of `postcode`; None for one that the table does not hold."""
        first, last = self._range.get(postcode.outward, (0, 0))
        wanted = pack(postcode.inward)
        place = first + int(np.searchsorted(self._inward[first:last], wanted))
        if place >= last or self._inward[place] != wanted:
            return None
        return str(self._codes[self._district[place]])

    def sector(self, postcode: Postcode) -> dict[str, int]:
        """Districts of the postcodes that share the outward code and the digit after it, with how many each."""
        first, last = self._range.get(postcode.outward, (0, 0))
        low, high = pack(postcode.inward[0] + "AA"), pack(postcode.inward[0] + "ZZ")
        inward = self._inward[first:last]
        a, b = np.searchsorted(inward, low), np.searchsorted(inward, high, side="right")
        return self._counted(first + int(a), first + int(b))

    def _outward(self, code: str) -> dict[str, int]:
        """Districts of all postcodes with an outward code, with how many each; empty for an unknown code."""
        return self._counted(*self._range.get(code.upper(), (0, 0)))

    def _counted(self, first: int, last: int) -> dict[str, int]:
        numbers, counts = np.unique(self._district[first:last], return_counts=True)
        found = Counter({self._codes[n]: int(c) for n, c in zip(numbers, counts, strict=True)})
        return dict(found.most_common())

    def every(self) -> Iterable[tuple[Postcode, str]]:
        """All postcodes in order, with their districts."""
        letters = [chr(65 + n) for n in range(26)]
        for outward, (first, last) in self._range.items():
            for number, district in zip(self._inward[first:last], self._district[first:last], strict=True):
                digit, rest = divmod(int(number), 676)
                yield Postcode(outward, f"{digit}{letters[rest // 26]}{letters[rest % 26]}"), self._codes[district]


def write_postcodes(folder: Path, rows: Iterable[tuple[str, str]]) -> int:
    """Write the table of (postcode, district code) rows into `folder`; returns how many it holds.

    Rows that are no full postcode are passed over.
    """
    codes: dict[str, int] = {}
    by_outward: dict[str, list[tuple[int, int]]] = {}
    for text, district in rows:
        outward, inward = text[:-3].strip(), text[-3:]
        if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", outward) or not re.fullmatch(r"\d[A-Z]{2}", inward):
            continue
        number = codes.setdefault(district, len(codes))
        by_outward.setdefault(outward, []).append((pack(inward), number))
    outwards = sorted(by_outward)
    starts = [0]
    inwards: list[int] = []
    districts: list[int] = []
    for outward in outwards:
        held = sorted(dict(by_outward[outward]).items())
        inwards.extend(i for i, _ in held)
        districts.extend(d for _, d in held)
        starts.append(len(inwards))
    arrays: tuple[NDArray[Any], ...] = (
        np.array(outwards, dtype="S4"),
        np.array(starts, dtype=np.uint32),
        np.array(inwards, dtype=np.uint16),
        np.array(districts, dtype=np.uint16),
    )
    for name, array in zip(_FILES, arrays, strict=True):
        np.save(folder / f"postcodes-{name}.npy", array, allow_pickle=False)
    (folder / "districts.json").write_text(json.dumps(list(codes)), encoding="utf-8")
    return len(inwards)
