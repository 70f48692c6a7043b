"""The engine over all of England: every district, every change, and places as people write them."""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from assistant.areas.engine import AreasEngine
from assistant.areas.locating import Found
from assistant.areas.meanings import plain
from ingestion.places import compile_places
from tests.fakes.real_areas import real_engine, rendered, tables
from vectorstore.places.names import key
from vectorstore.places.postcodes import PostcodeTable

BEFORE, SINCE, TODAY = date(2025, 9, 30), date(2025, 10, 1), date(2026, 11, 24)
PLACES = Path(__file__).resolve().parents[1] / "evals" / "places.jsonl"
CHANGED = {"A01", "A13", "A14", "A18", "A19", "A27", "A30", "A36", "A37"}  # of facts.md, section F
BAR = 0.97  # of the place questions have to be right


@pytest.fixture(scope="module")
def areas(places_cache: Path) -> AreasEngine:
    return real_engine(places_cache)


def test_every_district_is_found_by_name_and_by_both_codes(areas: AreasEngine) -> None:
    councils = tables().councils
    assert len(councils) == 296
    wrong = []
    for c in councils:
        for query in (c.code, c.code_2025, c.name, plain(c.name)):
            now, then = areas.look_up(query, SINCE), areas.look_up(query, BEFORE)
            as_area = {f.subject for f in areas.atlas.of("area") if key(f.data["name"]) == key(query)}
            namesake = len(areas.gazetteer.index[key(query)]) > 1
            right = now.areas == (c.area,) and then.areas == (c.area_2022,)
            offered = {c.area} <= {o.area for o in now.options} and namesake
            if not (right or offered or as_area):
                wrong.append((query, now.areas, then.areas))
    assert wrong == []


def test_names_shared_with_a_town_elsewhere_are_few_and_asked_back(areas: AreasEngine) -> None:
    asked = {c.name for c in tables().councils if areas.look_up(c.name, TODAY).status is Found.AMBIGUOUS}
    assert "Ashford" in asked
    assert len(asked) <= 12


def test_former_councils_lead_to_those_that_followed(areas: AreasEngine) -> None:
    for former in tables().former_councils:
        found = areas.look_up(f"{former.name} council", TODAY)
        expected = areas.atlas.areas_of(former.successors, TODAY)
        offered = {o.area for o in found.options}
        assert found.areas == expected or set(expected) <= offered | set(found.areas), former.name


def test_nine_areas_have_new_boundaries_and_thirty_keep_theirs(areas: AreasEngine) -> None:
    atlas = areas.atlas
    assert {f.subject for f in atlas.of("area", on=SINCE) if f.data["predecessors"]} == CHANGED
    assert len({f.subject for f in atlas.of("area", on=BEFORE)}) == 38
    assert len({f.subject for f in atlas.of("area", on=SINCE)}) == 39
    for area in (f.subject for f in atlas.of("area", on=SINCE)):
        now = {c.code for c in atlas.councils_of(area, SINCE)}
        then = {c.code for c in atlas.councils.values() if c.area_on(BEFORE) == area}
        assert (now == then) is (area not in CHANGED), area


def test_every_area_is_led_on_every_day_or_said_not_to_be(areas: AreasEngine) -> None:
    for on in (date(2022, 9, 5), date(2023, 8, 1), date(2024, 3, 15), BEFORE, SINCE, TODAY):
        for fact in areas.atlas.of("area", on=on):
            assert len(areas.atlas.of("erb", fact.subject, on)) == 1, (fact.subject, on)


def test_a_thousand_postcodes_of_other_lands_are_refused(areas: AreasEngine, places_cache: Path) -> None:
    table = PostcodeTable(places_cache / compile_places(places_cache, rendered().localities))
    foreign = (str(p) for p, district in table.every() if not district.startswith("E"))
    checked = 0
    for postcode in islice(foreign, 0, None, 331):
        found = areas.look_up(postcode, TODAY)
        assert (found.status, found.areas) == (Found.NOT_ENGLAND, ()), postcode
        checked += 1
    irish = [f"BT{n} {d}{a}A" for n in range(1, 30) for d in range(1, 4) for a in "ABC"]
    for postcode in irish:
        found = areas.look_up(postcode, TODAY)
        assert (found.status, found.lands) == (Found.NOT_ENGLAND, ("Northern Ireland",)), postcode
    assert checked + len(irish) > 1_000


def judged(areas: AreasEngine, question: dict[str, object]) -> bool:
    """Whether a place question got what it should: the areas, the choices, the land, or nothing."""
    on = date.fromisoformat(str(question["as_of"])) if question["as_of"] else TODAY
    found = areas.locate(str(question["question"]), on)
    expected = {key(str(a)) for a in question["areas"]}  # type: ignore[attr-defined]
    named = {key(areas.atlas.name(a, on)) for a in found.areas}
    offered = {key(areas.atlas.name(o.area, on)) for o in found.options if o.area}
    return {
        "found": found.status is Found.FOUND and named == expected,
        "ambiguous": found.status is Found.AMBIGUOUS and expected <= offered,
        "not_england": found.status is Found.NOT_ENGLAND and question.get("nation") in found.lands,
        "none": found.status is Found.NONE,
    }[str(question["status"])]


def test_places_in_natural_sentences(areas: AreasEngine) -> None:
    questions = [json.loads(line) for line in PLACES.read_text(encoding="utf-8").splitlines()]
    assert len(questions) >= 150
    wrong = [q["question"] for q in questions if not judged(areas, q)]
    assert len(wrong) <= (1 - BAR) * len(questions), wrong
