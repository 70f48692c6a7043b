"""The tables of dates: nothing is accepted that is more exact, or otherwise dated, than its precision allows."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingestion.facts.conflicts import Conflict, load_conflicts
from ingestion.facts.dated_tables import TermRow, load_editions, load_events, load_terms, load_unknown_dates, problems
from tests.fakes.almanac import row
from tests.fakes.catalogued import write
from vectorstore.errors import BadFileError
from vectorstore.model import Evidence

EVENT = {
    "id": "made", "title": "The making", "noun": "the making", "kind": "legal", "area": "", "fund": "",
    "topic": "law", "start": "2024-02-10", "end": "2024-02-10", "precision": "day", "time": "",
    "known_from": "2024-02-10", "known_to": "", "text": "It was made.", "asked_as": "",
    "sources": "S1", "locator": "", "evidence": "primary",
}  # fmt: skip
TERM = {
    "id": "reply", "title": "Time to reply", "noun": "the time to reply", "text": "Reply within 10 working days.",
    "count": "10", "unit": "working_days", "from_what": "the notice", "asked_as": "reply", "valid_from": "2024-01-01",
    "valid_to": "", "sources": "S1;S2", "locator": "p.3", "evidence": "secondary",
}  # fmt: skip
UNKNOWN = {
    "id": "wells", "title": "Day of the wells", "text": "When the wells were dug is not held.", "asked_as": "wells",
    "known_from": "2024-01-01", "sources": "S1",
}  # fmt: skip
EDITION = {
    "id": "rules", "title": "The rules", "asked_as": "rules", "begun_from": "2022-10-01", "begun_by": "2022-10-31",
    "last_from": "2025-11-17", "last_by": "2025-11-17", "known_from": "2025-11-18", "known_to": "",
    "text": "The rules applied until 17 November 2025.", "sources": "S1", "locator": "", "evidence": "primary",
}  # fmt: skip
SIDE = {"text": "Two wells.", "rank": "law", "dated": "2022-04-28", "sources": ["S1"], "evidence": "primary"}
CONFLICT: dict[str, Any] = {
    "id": "wells", "subject": "wells", "asked_as": "wells", "valid_from": "2024-03-01",
    "sides": [SIDE, {**SIDE, "text": "Three wells.", "rank": "press", "dated": ""}],
    "resolution": "The Act goes first.",
}  # fmt: skip


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def events(folder: Path, *changes: dict[str, str]) -> Path:
    return write(folder, {"events.csv": table(*({**EVENT, **c} for c in changes))})


def span(precision: str, start: str, end: str) -> dict[str, str]:
    return {"precision": precision, "start": start, "end": end}


@pytest.mark.parametrize(
    "cells",
    [
        span("day", "2024-02-10", "2024-02-10"),
        span("day", "2023-05-24", "2023-06-20"),
        span("month", "2024-02-01", "2024-02-29"),
        span("quarter", "2026-07-01", "2026-09-30"),
        span("season", "2026-06-01", "2026-08-31"),
        span("season", "2024-12-01", "2025-02-28"),
        span("year", "2024-01-01", "2024-12-31"),
        span("year", "2024-04-01", "2025-03-31"),
        span("year", "2026-01-01", "2029-12-31"),
        span("by", "", "2023-11-10"),
    ],
)
def test_a_span_of_its_precision_is_read(tmp_path: Path, cells: dict[str, str]) -> None:
    [made] = load_events(events(tmp_path, cells))
    assert made.precision == cells["precision"]
    assert made.start == (date.fromisoformat(cells["start"]) if cells["start"] else None)
    assert made.end == date.fromisoformat(cells["end"])


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (span("day", "", "2024-02-10"), "start must be given"),
        (span("day", "2024-02-11", "2024-02-10"), "not lie after end"),
        (span("month", "2024-02-01", "2024-02-28"), "not a whole month"),
        (span("month", "2024-02-29", "2024-02-29"), "not a whole month"),
        (span("month", "2024-02-01", "2024-03-31"), "not a whole month"),
        (span("quarter", "2026-09-30", "2026-09-30"), "not a whole quarter"),
        (span("quarter", "2026-07-01", "2026-08-31"), "not a whole quarter"),
        (span("quarter", "2026-02-01", "2026-04-30"), "not a whole quarter"),
        (span("quarter", "2026-12-01", "2027-02-28"), "not a whole quarter"),
        (span("season", "2026-06-02", "2026-08-31"), "not a whole season"),
        (span("season", "2026-06-01", "2026-08-30"), "not a whole season"),
        (span("season", "2026-08-31", "2026-08-31"), "not a whole season"),
        (span("season", "2026-07-01", "2026-09-30"), "not a whole season"),
        (span("season", "2026-01-01", "2026-03-31"), "not a whole season"),
        (span("year", "2024-01-01", "2024-06-30"), "not a whole year"),
        (span("year", "2024-01-01", "2025-06-30"), "not a whole year"),
        (span("year", "2024-01-02", "2024-12-31"), "not a whole year"),
        (span("year", "2024-02-01", "2025-01-31"), "not a whole year"),
        (span("year", "2024-12-01", "2025-11-30"), "not a whole year"),
        (span("by", "2023-11-10", "2023-11-10"), "has no start"),
    ],
)
def test_a_span_that_is_not_of_its_precision_is_refused_with_its_line(
    tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    with pytest.raises(BadFileError, match=rf"events\.csv:3: .*{says}") as caught:
        load_events(events(tmp_path, {}, cells))
    assert "corpus-format.md" in caught.value.remedy


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "Has Capitals"),
        ("id", ""),
        ("title", ""),
        ("noun", ""),
        ("kind", "party"),
        ("topic", " "),
        ("end", ""),
        ("end", "2024-02-30"),
        ("start", "soon"),
        ("precision", "decade"),
        ("time", "24:00"),
        ("time", "noon"),
        ("known_from", ""),
        ("text", ""),
        ("sources", ""),
        ("evidence", "hearsay"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_line_and_column(tmp_path: Path, column: str, value: str) -> None:
    with pytest.raises(BadFileError, match=rf"events\.csv:3: the column '{column}' is wrong"):
        load_events(events(tmp_path, {}, {column: value}))


@pytest.mark.parametrize("pattern", ["(wells", "[a-", "wells)", "*wells", r"\p{L}"])
def test_a_pattern_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, pattern: str) -> None:
    says = r":3: the column 'asked_as' is wrong: .*the pattern cannot be read"
    with pytest.raises(BadFileError, match=rf"events\.csv{says}"):
        load_events(events(tmp_path, {}, {"asked_as": pattern}))
    unknown = [{**UNKNOWN, "asked_as": p} for p in ("wells", pattern)]
    with pytest.raises(BadFileError, match=rf"unknown_dates\.csv{says}"):
        load_unknown_dates(write(tmp_path, {"unknown_dates.csv": table(*unknown)}))
    terms = [{**TERM, "asked_as": p} for p in ("wells", pattern)]
    with pytest.raises(BadFileError, match=rf"terms\.csv{says}"):
        load_terms(write(tmp_path, {"terms.csv": table(*terms)}))


def test_a_date_that_is_not_held_needs_a_pattern_to_be_asked_by(tmp_path: Path) -> None:
    [made] = load_unknown_dates(write(tmp_path, {"unknown_dates.csv": table(UNKNOWN)}))
    assert (made.id, made.asked_as, made.known_from) == ("wells", "wells", date(2024, 1, 1))
    with pytest.raises(BadFileError, match=r"unknown_dates\.csv:2: the column 'asked_as' is wrong"):
        load_unknown_dates(write(tmp_path, {"unknown_dates.csv": table({**UNKNOWN, "asked_as": ""})}))


def test_a_column_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match=r"events\.csv:2: the column 'untill' is wrong"):
        load_events(events(tmp_path, {"untill": "2024-02-10"}))


def test_lists_in_a_cell_and_a_time_are_read(tmp_path: Path) -> None:
    [made] = load_events(events(tmp_path, {"area": "A01; A06", "time": "12:00", "sources": "S1;S2", "known_to": ""}))
    assert (made.area, made.time, made.sources, made.known_to) == (("A01", "A06"), "12:00", ("S1", "S2"), None)
    assert made.evidence is Evidence.PRIMARY


def test_a_folder_without_the_tables_has_none(tmp_path: Path) -> None:
    assert (load_events(tmp_path), load_terms(tmp_path)) == ((), ())
    assert (load_unknown_dates(tmp_path), load_conflicts(tmp_path)) == ((), ())


def test_an_edition_is_read(tmp_path: Path) -> None:
    [made] = load_editions(write(tmp_path, {"editions.csv": table(EDITION)}))
    assert (made.begun_by, made.last_from, made.known_to) == (date(2022, 10, 31), date(2025, 11, 17), None)
    assert load_editions(tmp_path / "none") == ()


@pytest.mark.parametrize(
    "wrong",
    [{"last_by": ""}, {"begun_from": "2022-11-01"}, {"last_by": "2022-01-01"}, {"known_to": "2024-01-01"}],
)
def test_days_of_an_edition_that_do_not_follow_each_other_are_refused(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(BadFileError, match=r"editions\.csv:2"):
        load_editions(write(tmp_path, {"editions.csv": table({**EDITION, **wrong})}))


def test_a_term_is_read(tmp_path: Path) -> None:
    [made] = load_terms(write(tmp_path, {"terms.csv": table(TERM)}))
    assert (made.count, made.unit, made.from_what, made.sources) == (10, "working_days", "the notice", ("S1", "S2"))
    assert (made.valid_from, made.valid_to) == (date(2024, 1, 1), None)


@pytest.mark.parametrize(
    ("column", "value"), [("count", "0"), ("count", "ten"), ("unit", "weeks"), ("id", "A b"), ("sources", "")]
)
def test_a_wrong_term_is_refused_with_its_line(tmp_path: Path, column: str, value: str) -> None:
    folder = write(tmp_path, {"terms.csv": table(TERM, {**TERM, "id": "two", column: value})})
    with pytest.raises(BadFileError, match=rf"terms\.csv:3: the column '{column}' is wrong"):
        load_terms(folder)


def conflicts(folder: Path, *entries: dict[str, Any]) -> tuple[Conflict, ...]:
    return load_conflicts(write(folder, {"conflicts.yaml": yaml.safe_dump(list(entries))}))


def test_matters_on_which_sources_differ_are_read(tmp_path: Path) -> None:
    [made] = conflicts(tmp_path, CONFLICT)
    assert (made.id, made.valid_from, made.valid_to) == ("wells", date(2024, 3, 1), None)
    assert [(s.rank, s.dated) for s in made.sides] == [("law", date(2022, 4, 28)), ("press", None)]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"id": "Two Words"}, "id is wrong"),
        ({"sides": [SIDE]}, "sides is wrong"),
        ({"sides": [SIDE, {**SIDE, "rank": "gossip"}]}, r"sides\.1\.rank is wrong"),
        ({"sides": [SIDE, {**SIDE, "sources": []}]}, r"sides\.1\.sources is wrong"),
        ({"sides": [{**SIDE, "evidence": "hearsay"}, SIDE]}, r"sides\.0\.evidence is wrong"),
        ({"sides": [{**SIDE, "dated": "2022-13-01"}, SIDE]}, r"sides\.0\.dated is wrong"),
        ({"valid_from": "soon"}, "valid_from is wrong"),
        ({"resolutoin": "x"}, "resolutoin is wrong"),
        ({"resolution": None}, "resolution is wrong"),
        ({"asked_as": "(wells"}, "asked_as is wrong: .*the pattern cannot be read"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_number_and_key(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadFileError, match=rf"conflicts\.yaml: 1\.{says}") as caught:
        conflicts(tmp_path, CONFLICT, {**CONFLICT, **changes})
    assert "corpus-format.md" in caught.value.remedy


@pytest.mark.parametrize("text", ["- [", "5", "- id: a\n - b: c", "", "{}"])
def test_what_is_no_list_in_yaml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFileError, match=r"conflicts\.yaml cannot be read") as caught:
        load_conflicts(write(tmp_path, {"conflicts.yaml": text}))
    assert "YAML" in caught.value.remedy


def test_a_list_of_other_things_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match=r"conflicts\.yaml: 0 is wrong"):
        load_conflicts(write(tmp_path, {"conflicts.yaml": "- 5\n"}))


def test_matters_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "conflicts.yaml").write_bytes(b"- id: caf\xe9\n")
    with pytest.raises(BadFileError, match="cannot be read"):
        load_conflicts(tmp_path)


def test_a_list_without_entries_has_no_matters(tmp_path: Path) -> None:
    assert conflicts(tmp_path) == ()


def term(**changes: Any) -> TermRow:
    return TermRow.model_validate({**TERM, **changes})


def test_tables_that_fit_together_have_no_problems() -> None:
    assert problems((row(area="A01"), row(id="other")), (term(),), ("wells",), {"A01"}) == []


def test_ids_that_stand_twice_are_told_once_each() -> None:
    found = problems((row(), row(), row()), (term(), term()), ("wells", "gates", "wells"), set())
    assert found == ["the event made stands twice", "the term reply stands twice", "the conflict wells stands twice"]


def test_an_area_that_is_not_there_is_told() -> None:
    [found] = problems((row(area="A01;A99"),), (), (), {"A01"})
    assert "made names the area A99" in found


@pytest.mark.parametrize(("known_to", "count"), [("2023-12-31", 1), ("2024-01-01", 0), ("", 0)])
def test_an_event_that_ends_being_told_before_it_begins_is_told(known_to: str, count: int) -> None:
    found = problems((row(known_from="2024-01-01", known_to=known_to),), (), (), set())
    assert len(found) == count
    assert all("made ends being told before it begins" in f for f in found)
