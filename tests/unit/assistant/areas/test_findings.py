"""Findings answer what the facts settle, on the date meant, and rest on a text in force that says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.model import AnswerStatus
from assistant.answering.turn import Finding, Stop, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.areas.findings import AreaFindings
from tests.fakes.england import ENGLAND, EVE, FactShelf, engine
from tests.fakes.knowledge import turn


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    return engine(tmp_path_factory.mktemp("places"))


def understood(areas: AreasEngine, text: str, as_of: date | None = None, area: str | None = None) -> Turn | Stop:
    return Understand(areas)(turn(text, profile=ENGLAND, as_of=as_of, area=area))


def found(areas: AreasEngine, text: str, as_of: date | None = None, area: str | None = None) -> list[Finding]:
    made = understood(areas, text, as_of, area)
    assert isinstance(made, Turn)
    return list(AreaFindings(areas, FactShelf()).consult(made))


def test_who_leads_is_said_as_of_the_date(areas: AreasEngine) -> None:
    [today] = found(areas, "Who leads the plan in Northmoor?")
    assert today.text == "The body that leads Greater Moor is Moor Chamber of Commerce."
    assert today.quotes[0].text == today.text
    [then] = found(areas, "Who leads the plan in Northmoor?", EVE)
    assert then.text == "The body that leads Moorland is Moor Chamber of Commerce."


def test_a_past_year_in_the_question_moves_the_date_but_not_for_history(areas: AreasEngine) -> None:
    [led] = found(areas, "Who led the plan in Reedham in 2023?")
    assert (led.data["subject"], led.on) == ("P02", date(2023, 12, 31))
    [changed] = found(areas, "What changed for Reedham in 2024?")
    assert changed.text == "Reedshire was made anew."


def test_a_bare_place_asks_who_covers_it(areas: AreasEngine) -> None:
    assert [f.data["subject"] for f in found(areas, "RE2 3CD")] == ["A02"]
    assert [f.data["subject"] for f in found(areas, "Hello, we live in Reedham")] == ["A02"]
    assert found(areas, "priorities for welding in Reedham") == []


def test_bodies_and_all_areas_have_findings_too(areas: AreasEngine) -> None:
    said = "The Federation of Traders leads two areas: Reedshire; Southland."
    assert [f.text for f in found(areas, "Which areas has the Federation of Traders?")] == [said]
    assert [f.text for f in found(areas, "Who has more than one area?")] == [said]


def test_an_award_is_that_of_the_area_the_council_was_in(areas: AreasEngine) -> None:
    assert [f.text for f in found(areas, "The award in Northmoor?")] == ["P01 had 5 pounds."]
    assert [f.text for f in found(areas, "The award in Greater Moor?")] == [
        "P01 had 5 pounds.",
        "P02 had None pounds.",
    ]
    [partly] = found(areas, "How much was the award in Eastmoor?")
    assert partly.missing == "the amount"


def test_nothing_is_said_that_no_text_in_force_says(areas: AreasEngine) -> None:
    made = understood(areas, "Who leads Northmoor?")
    assert isinstance(made, Turn)

    class Silent(FactShelf):
        def document_passages(self, document_id: str, on: date) -> list:  # type: ignore[type-arg]
            return []

    assert list(AreaFindings(areas, Silent()).consult(made)) == []


def test_an_ambiguous_place_stops_with_choices(areas: AreasEngine) -> None:
    made = understood(areas, "Who leads the skills plan in Ashby?")
    assert isinstance(made, Stop)
    assert made.status is AnswerStatus.CLARIFY
    assert [c.label for c in made.choices] == ["Ashby in Northmoor (Greater Moor)", "Ashby in Deal (Southland)"]
    for choice in made.choices:
        assert isinstance(understood(areas, choice.question), Turn)


def test_the_area_given_settles_an_ambiguous_place(areas: AreasEngine) -> None:
    made = understood(areas, "Who leads the plan in Ashby?", area="A03")
    assert isinstance(made, Turn)
    assert [a.id for a in made.understanding.areas_named] == ["A03"]


def test_an_unheard_postcode_is_not_guessed(areas: AreasEngine) -> None:
    made = understood(areas, "Who covers ZZ9 9ZZ?")
    assert isinstance(made, Turn)
    assert made.understanding.areas == ()


def test_other_lands_are_outside(areas: AreasEngine) -> None:
    made = understood(areas, "Who covers Douglas?")
    assert isinstance(made, Turn)
    assert (made.understanding.outside, made.understanding.areas) == ("Isle of Man", ())


def test_the_area_of_the_question_is_that_of_the_date(areas: AreasEngine, tmp_path: Path) -> None:
    made = understood(areas, "What is planned?", EVE, "A02")
    assert isinstance(made, Turn)
    area = made.understanding.area
    assert area is not None
    assert (area.id, area.name) == ("P02", "Moor and Reed")
    assert replace(made.understanding, scope=()).areas == ("P02",)


def test_who_led_before_is_another_body_on_the_last_day_it_led(areas: AreasEngine) -> None:
    [before] = found(areas, "Who led the plan in Eastmoor before?")
    [on_that_day] = found(areas, "Who leads the plan in Eastmoor?", before.on)
    [today] = found(areas, "Who leads the plan in Eastmoor?")
    assert before.text == on_that_day.text != today.text
    assert before.notes
    assert found(areas, "Who leads the plan in Eastmoor?")[0].notes == ()


def test_who_leads_today_is_not_asked_of_before(areas: AreasEngine) -> None:
    [today] = found(areas, "Who leads Eastmoor, is it still the body that used to lead?")
    assert today.notes == ()


def test_who_led_before_is_the_body_of_today_where_no_other_is_held(areas: AreasEngine) -> None:
    [same] = found(areas, "Who led the plan in Northmoor before?")
    assert same.text == "The body that leads Greater Moor is Moor Chamber of Commerce."
