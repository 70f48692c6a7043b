"""Towns and villages with the council district each lies in, and a coarse map of the districts: what ingestion
compiled from GeoNames and the postcode directory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place. `district` is a district code, or the name of a land that has none here (Isle of Man).

    `ours` says that the place and its district come from our own table and not from GeoNames and postcodes.
    """

    name: str
    district: str
    population: int  # 0: not known
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the map: column and row count squares east and north, `district` holds most of its postcodes."""

    column: int
    row: int
    district: str


def write_towns(folder: Path, towns: Sequence[Town], cells: Sequence[Cell]) -> None:
    """Write both lists into `folder`."""
    rows = {
        "towns": [[t.name, t.district, t.population, t.ours] for t in towns],
        "cells": [[c.column, c.row, c.district] for c in cells],
    }
    (folder / "towns.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def read_towns(folder: Path) -> tuple[tuple[Town, ...], tuple[Cell, ...]]:
    """Both lists. Raises KnowledgeError if they are not there or broken."""
    try:
        rows = json.loads((folder / "towns.json").read_text(encoding="utf-8"))
        return tuple(Town(*t) for t in rows["towns"]), tuple(Cell(*c) for c in rows["cells"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError("The list of towns is missing.", "Run `lsip ingest` on this machine.") from error
