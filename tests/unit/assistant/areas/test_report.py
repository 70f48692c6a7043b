"""The report of a look-up, as commands, HTTP and pages show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.areas.map import draw
from assistant.areas.report import AreaDesk
from tests.fakes.england import EVE, TODAY, atlas, desk, engine


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreaDesk:
    return desk(tmp_path_factory.mktemp("places"))


def test_a_report_names_who_leads_and_quotes_it(areas: AreaDesk) -> None:
    report = areas.report("Reedham", TODAY)
    [area] = report.areas
    assert (report.status, area.id, area.name) == ("found", "A02", "Reedshire")
    assert area.erb is not None
    assert (area.erb.name, area.erb.url) == ("Federation of Traders", "https://www.gov.uk/A02")
    assert area.councils == ("Reedham",)
    assert [p.name for p in area.predecessors] == ["Moor and Reed"]
    assert area.changed == "Reedshire was made anew."
    assert [c.quote for c in report.citations] == [
        "The body that leads Reedshire is Federation of Traders.",
        "Reedshire covers Reedham, City of.",
        "Reedshire was made anew.",
    ]
    assert area.citations == (1, 2, 3)


def test_an_ended_area_says_what_followed(areas: AreaDesk) -> None:
    [area] = areas.report("Moor and Reed", EVE).areas
    assert (area.valid_to, [s.name for s in area.successors]) == (EVE, ["Greater Moor", "Reedshire"])


def test_an_empty_query_lists_the_areas_of_the_date(areas: AreaDesk) -> None:
    assert [a.id for a in areas.report("", TODAY).areas] == ["A01", "A02", "A03"]
    assert [a.id for a in areas.report(" ", EVE).areas] == ["A03", "P01", "P02"]


def test_what_is_not_found_says_what_to_do(areas: AreaDesk) -> None:
    asked = areas.report("Ashby", TODAY)
    assert (asked.status, [c.area for c in asked.choices]) == ("ambiguous", ["A01", "A03"])
    assert "Ashby" in asked.notes[0]
    away = areas.report("CF10 1EP", TODAY)
    assert (away.status, away.land, away.areas) == ("not_england", "Wales", ())
    assert away.notes == ("Not in Wales. Ask the Welsh Government.",)
    unknown = areas.report("Nowhere", TODAY)
    assert unknown.status == "unknown"
    assert "postcode" in unknown.notes[0]
    early = areas.report("Reedham", date(2020, 1, 1))
    assert "5 September 2022" in early.notes[0]


def test_the_map_marks_what_was_found(tmp_path: Path) -> None:
    cells = engine(tmp_path).gazetteer.towns[1]
    drawn = draw(cells, atlas(), ["A02"], TODAY)
    assert [(s.area, s.path, s.marked) for s in drawn.shapes] == [
        ("A01", "M0 0h1v1H0z", False),
        ("A02", "M1 0h1v1H1zM3 0h1v1H3z", True),
    ]
    assert (drawn.width, drawn.height) == (4, 1)
    assert draw((), atlas(), [], TODAY).shapes == ()
    assert draw(cells, atlas(), [], date(2020, 1, 1)).shapes == ()
