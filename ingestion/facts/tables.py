"""The data beside the corpus: tables of facts in CSV, each row typed, each authored once.

`facts/*.csv` under a corpus folder. Lists inside a cell are parted by ";". docs/corpus-format.md tells of the tables.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from vectorstore.errors import BadFileError
from vectorstore.model import Evidence

FACTS_FOLDER = "facts"


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(";") if part.strip()) if isinstance(value, str) else value


def _blank(value: object) -> object:
    return None if value == "" else value


Many = Annotated[tuple[str, ...], BeforeValidator(_split)]
Day = Annotated[date | None, BeforeValidator(_blank)]
Whole = Annotated[int | None, BeforeValidator(_blank)]


class Row(BaseModel):
    """A row of a table: unknown columns are refused, since a misspelt one would be a fact lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Grounded(Row):
    """A row that rests on sources of the registry."""

    sources: Many = Field(min_length=1)
    evidence: Evidence


class Dated(Grounded):
    """A row that holds from a day to a day, both inclusive; no day: no bound on that side."""

    valid_from: Day = None
    valid_to: Day = None

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class AreaRow(Dated):
    """An LSIP area as long as its boundary stayed the same; `code` is its ONS code of 2023."""

    id: str = Field(pattern=r"^[AP]\d\d$")
    name: str = Field(min_length=1)
    former_name: str = ""  # until the day before RENAMED
    region: str
    predecessors: Many = ()
    code: str = ""


class ErbRow(Dated):
    """Who led an area from a day to a day; no name: nobody, or not held, as `note` says."""

    area: str
    name: str
    other_names: Many = ()
    url: str = ""
    contact: str = ""  # a mailbox or number that a source gives
    partners: Many = ()
    note: str = ""


class CouncilRow(Row):
    """A council district of England, with its area before and after the areas were redrawn."""

    code: str = Field(pattern=r"^E\d{8}$")
    code_2025: str = Field(pattern=r"^E\d{8}$")
    name: str
    other_names: Many = ()
    area: str
    area_2022: str
    london_subregion: str = ""


class FormerCouncilRow(Grounded):
    """A council that no longer exists, and the codes of those that followed."""

    name: str
    last_day: Day = None
    successors: Many = Field(min_length=1)


class AuthorityRow(Grounded):
    """A strategic authority seen for an area. `covers` is "all" or the codes of the districts it covers."""

    name: str
    other_names: Many = ()
    area: str
    covers: Many = ("all",)
    valid_from: Day = None
    from_words: str = ""
    note: str = ""


class AwardRow(Grounded):
    """An award of a fund to an area by its name of the time; no amount and no lead: not found."""

    fund: str
    area: str
    of: str
    amount: Whole = None
    amount_words: str = ""
    lead: str = ""
    partners: str = ""
    themes: Many = ()
    announced: str = ""  # YYYY, YYYY-MM or YYYY-MM-DD
    note: str = ""

    @property
    def found(self) -> bool:
        return bool(self.amount or self.lead)


class PlanRow(Grounded):
    """A plan of the second cycle that was seen."""

    area: str
    label: str
    cycle: str
    published: str
    status: str
    published_words: str
    note: str = ""


class MilestoneRow(Grounded):
    """A day on which what is rendered depends, by its name, with the sources that a sentence on it rests on."""

    name: str
    day: date


class CountyRow(Row):
    """A county or region that is no LSIP area of its own, as the codes of its districts."""

    name: str
    other_names: Many = ()
    councils: Many = Field(min_length=1)


class LocalityRow(Row):
    """A suburb, village or site that GeoNames does not list, as the codes of the districts it lies in."""

    name: str
    councils: Many = Field(min_length=1)


class AliasRow(Row):
    """Another name: `means` is `area:ID` or `council:CODE`, several if the name is ambiguous."""

    name: str
    means: Many = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one corpus."""

    areas: tuple[AreaRow, ...]
    erbs: tuple[ErbRow, ...]
    councils: tuple[CouncilRow, ...]
    milestones: tuple[MilestoneRow, ...]
    former_councils: tuple[FormerCouncilRow, ...] = ()
    authorities: tuple[AuthorityRow, ...] = ()
    awards: tuple[AwardRow, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    counties: tuple[CountyRow, ...] = ()
    aliases: tuple[AliasRow, ...] = ()
    localities: tuple[LocalityRow, ...] = ()


_R = TypeVar("_R", bound=Row)


def load_tables(root: Path) -> Tables | None:
    """The tables under `root`; None if it has no folder of facts.

    Raises BadFileError that names file, line and column.
    """
    folder = root / FACTS_FOLDER
    if not folder.is_dir():
        return None
    return Tables(
        areas=read_table(folder, "areas", AreaRow),
        erbs=read_table(folder, "erbs", ErbRow),
        councils=read_table(folder, "councils", CouncilRow),
        milestones=read_table(folder, "milestones", MilestoneRow),
        former_councils=read_table(folder, "former_councils", FormerCouncilRow, optional=True),
        authorities=read_table(folder, "strategic_authorities", AuthorityRow, optional=True),
        awards=read_table(folder, "awards", AwardRow, optional=True),
        plans=read_table(folder, "plans", PlanRow, optional=True),
        counties=read_table(folder, "counties", CountyRow, optional=True),
        aliases=read_table(folder, "aliases", AliasRow, optional=True),
        localities=read_table(folder, "localities", LocalityRow, optional=True),
    )


def read_table(folder: Path, name: str, kind: type[_R], *, optional: bool = False) -> tuple[_R, ...]:
    """The rows of one table. Raises BadFileError that names file, line and column."""
    path = folder / f"{name}.csv"
    if optional and not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows: list[dict[str, Any]] = list(csv.DictReader(stream, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFileError(f"{path.name} cannot be read as a table.", "Save it as CSV in UTF-8.") from error
    made = []
    for number, row in enumerate(rows, start=2):
        try:
            made.append(kind.model_validate(row))
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            column = ".".join(str(p) for p in first["loc"])
            raise BadFileError(
                f"{path.name}:{number}: the column {column!r} is wrong: {first['msg'].lower()}.",
                "docs/corpus-format.md lists the columns of each table.",
            ) from error
    return tuple(made)
