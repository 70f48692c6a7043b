"""From words to areas: every kind of name, on both sides of the change, and what is not England."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found, Location
from tests.fakes.england import EVE, FIRST, REDRAWN, TODAY, engine


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    return engine(tmp_path_factory.mktemp("places"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("MO1 1AA", ("A01",)),
        ("mo11aa", ("A01",)),
        (" mo1-2aa ", ("A01",)),
        ("RE2 3CD", ("A02",)),
        ("RE2", ("A02",)),
        ("E07000003", ("A02",)),
        ("E07000092", ("A01",)),
        ("A03", ("A03",)),
        ("Northmoor", ("A01",)),
        ("Reedham", ("A02",)),
        ("City of Reedham", ("A02",)),
        ("the moor", ("A01",)),
        ("kings reach", ("A01",)),
        ("King’s Reach", ("A01",)),
        ("Old Reed", ("A02",)),
        ("Moorshire", ("A01", "A02")),
        ("MCA", ("A01",)),
        ("Federation of Traders", ("A02", "A03")),
        ("Moor Chamber", ("A01",)),
        ("Dockside", ("A02",)),
        ("Southwold & Ely", ("A03",)),
        ("Bigton", ("A02",)),
        ("Kings Reech", ("A01",)),
        ("Moor and Reed", ("A01", "A02")),
    ],
)
def test_every_kind_of_name_leads_to_its_areas(areas: AreasEngine, query: str, expected: tuple[str, ...]) -> None:
    found = areas.look_up(query, TODAY)
    assert (found.status, found.areas) == (Found.FOUND, expected)


@pytest.mark.parametrize(
    ("query", "on", "expected"),
    [
        ("Northmoor", EVE, ("P01",)),
        ("Northmoor", REDRAWN, ("A01",)),
        ("Reedham", FIRST, ("P02",)),
        ("MO1 2AA", EVE, ("P02",)),
        ("Greater Moor", EVE, ("P01", "P02")),
        ("Deal", EVE, ("A03",)),
        ("RBB", EVE, ()),
        ("Reed Business Board", EVE, ("P02",)),
        ("Northmoor", date(2022, 9, 4), ()),
    ],
)
def test_areas_are_those_of_the_date(areas: AreasEngine, query: str, on: date, expected: tuple[str, ...]) -> None:
    assert areas.look_up(query, on).areas == expected


@pytest.mark.parametrize(
    ("query", "land"),
    [
        ("CF10 1EP", "Wales"),
        ("EH1 1YZ", "Scotland"),
        ("BT1 1AA", "Northern Ireland"),
        ("IM1 1AA", "Isle of Man"),
        ("JE2 3AB", "Channel Islands"),
        ("Cardiff", "Wales"),
        ("Wales", "Wales"),  # the nation, not the village
        ("Douglas", "Isle of Man"),
        ("BT1", "Northern Ireland"),
    ],
)
def test_other_lands_are_told_and_never_mapped(areas: AreasEngine, query: str, land: str) -> None:
    found = areas.look_up(query, TODAY)
    assert (found.status, found.areas, found.lands) == (Found.NOT_ENGLAND, (), (land,))


@pytest.mark.parametrize("query", ["Ashby", "Newport", "The Fens"])
def test_an_ambiguous_name_is_asked_back(areas: AreasEngine, query: str) -> None:
    found = areas.look_up(query, TODAY)
    assert found.status is Found.AMBIGUOUS
    assert len({(o.area, o.land) for o in found.options}) == 2
    assert found.areas == ()


@pytest.mark.parametrize("query", ["Nowhere", "ZZ9 9ZZ", "", "   ", "🙂", "a" * 500])
def test_what_is_not_known_is_not_guessed(areas: AreasEngine, query: str) -> None:
    assert areas.look_up(query, TODAY).status is Found.UNKNOWN


def located(areas: AreasEngine, text: str) -> Location:
    return areas.locate(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who leads the plan in northmoor?", ("A01",)),
        ("Which plan covers Ashby in Moorshire?", ("A01",)),
        ("Ashby, Southland: which plan?", ("A03",)),
        ("Ashby (Southland)", ("A03",)),
        ("we are in Newport, not Wales", ("A02",)),
        ("We're a bakery near King's Reach", ("A01",)),
        ("our shop in deal, who leads the plan?", ("A03",)),
        ("A firm in Deal", ("A03",)),
        ("is Reedham under the Southland plan?", ("A02",)),
        ("does the Southland plan say anything about Reedham?", ("A03", "A02")),
        ("our postcode is mo1 1ab", ("A01",)),
        ("who leads Northmoor's plan?", ("A01",)),
        ("what does the Greater plan say?", ("A01",)),  # a county of two areas, one of them named after it
        ("what is in the plan of Greater?", ("A01",)),
        ("who leads in Greater?", ("A01", "A02")),
        ("what does the Moorshire plan say?", ("A01", "A02")),
        ("Who is the Moor Chamber? We are in Reedham.", ("A02",)),
        ("who covers kings reech?", ("A01",)),
        ("NORTHMOOR", ("A01",)),
    ],
)
def test_sentences_are_read_as_people_mean_them(areas: AreasEngine, text: str, expected: tuple[str, ...]) -> None:
    assert located(areas, text).areas == expected


@pytest.mark.parametrize(
    "text",
    [
        "what is the deal with the plan?",
        "Deal with skills first",
        "the plan and the reading list",
        "Does the plan help DEAL learners?",
        "do the deal's terms change?",
        "Did employers have to take part by deal?",
        "who leads the plan",
        "a level 3 course in skills",
        "",
    ],
)
def test_ordinary_words_are_no_places(areas: AreasEngine, text: str) -> None:
    assert located(areas, text).status is Found.NONE


def test_remarks_come_with_the_place(areas: AreasEngine) -> None:
    [near] = located(areas, "a bakery near Northmoor").places
    assert near.near
    [misspelt] = areas.look_up("Northmor", TODAY).places
    assert (misspelt.read_as, misspelt.words) == ("Northmoor", "Northmor")
    [larger] = areas.look_up("Bigton", TODAY).places
    assert larger.instead_of == ("Bigton in Southwold and Ely",)
    [town] = areas.look_up("King's Reach", TODAY).places
    assert town.within == "Eastmoor"
    [unheard] = areas.look_up("MO1 1ZZ", TODAY).places
    assert unheard.kind == "postcode, by its neighbours"


def test_texts_of_the_line_of_an_area_are_in_scope(areas: AreasEngine) -> None:
    assert areas.scope(areas.look_up("Reedham", TODAY)) == ("A02", "P02")
    assert areas.scope(areas.look_up("Northmoor", EVE)) == ("P01", "A01")
    assert areas.scope(areas.look_up("Moor and Reed", EVE)) == ("P02", "A01", "A02")


def test_a_collection_without_facts_knows_no_places(tmp_path: Path) -> None:
    empty = engine(tmp_path, held=[])
    assert empty.locate("who leads Northmoor?", TODAY).status is Found.NONE
    assert empty.look_up("MO1 1AA", TODAY).status is Found.NONE
    assert empty.mentions("Northmoor") == []
