"""The timeline answers from the events: yes or no with its reason, days, lengths, what is next and what is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answering.periods import named_period
from assistant.answering.turn import Finding, Understanding
from assistant.answering.verify import figures_of
from assistant.timeline.findings import MOST_LISTED, TimelineFindings
from assistant.timeline.wording import human
from ingestion.facts.documents import facts
from ingestion.facts.event_pages import event_paragraphs
from prompts import message
from tests.fakes.almanac import TODAY, almanac_facts, engine, event, row, texts
from tests.fakes.knowledge import turn
from vectorstore.facts import Fact
from vectorstore.profile import AreaName

OPEN = date(2023, 6, 1)
LAST = date(2023, 6, 20)
AFTER = date(2023, 6, 21)


def found(
    text: str, on: date = TODAY, *, areas: Sequence[str] = (), held: Sequence[Fact] | None = None, **understood: Any
) -> list[Finding]:
    named = tuple(AreaName(id=a, name=a, erb="", url="") for a in areas)
    understanding = Understanding(
        areas_named=named, area=named[0] if named else None, period=named_period(text, on), **understood
    )
    made = turn(text, as_of=on, understanding=understanding)
    return list(TimelineFindings(engine(held), texts(held)).consult(made))


def told(text: str, on: date = TODAY, *, areas: Sequence[str] = (), held: Sequence[Fact] | None = None) -> list[str]:
    return [s.text for f in found(text, on, areas=areas, held=held) for s in f.statements]


def noted(text: str, on: date = TODAY, *, areas: Sequence[str] = (), held: Sequence[Fact] | None = None) -> list[str]:
    return [note for f in found(text, on, areas=areas, held=held) for note in f.notes]


def states(finding: Finding) -> dict[str, tuple[str, int | None]]:
    return {e["id"]: (e["state"], e["days"]) for e in finding.data["events"]}


@pytest.mark.parametrize(
    ("on", "word", "expected"),
    [
        (OPEN, "Yes", "From 1 June 2023 to the last day it is 19 days."),
        (LAST, "Yes", "20 June 2023 is the last day."),
        (AFTER, "No", "That is 1 day before 21 June 2023."),
    ],
)
def test_still_time_is_answered_as_of_the_date(on: date, word: str, expected: str) -> None:
    [said] = told("Can we still bid to the Glade Fund?", on)
    assert said.startswith(f"{word}, ")
    assert "midday on 20 June 2023" in said
    assert noted("Can we still bid to the Glade Fund?", on) == [expected]


@pytest.mark.parametrize(("on", "word"), [(OPEN, "No"), (LAST, "No"), (AFTER, "Yes")])
@pytest.mark.parametrize(
    "text",
    [
        "Has the Glade Fund deadline passed?",
        "Is it too late for the Glade Fund?",
        "Has the Glade Fund closed?",
        "Has the Glade Fund deadline expired?",
        "Did we miss the Glade Fund deadline?",
    ],
)
def test_yes_means_past_where_the_question_asks_whether_it_is(text: str, on: date, word: str) -> None:
    [said] = told(text, on)
    assert said.startswith(f"{word}, ")
    assert "midday on 20 June 2023" in said


def new_window(text: str) -> Fact:
    return event(
        id="w", start="2026-03-01", end="2026-03-31", noun="the new window", asked_as="new window", text=text
    ).fact  # fmt: skip


def test_a_window_to_come_has_not_begun() -> None:
    held = [new_window("Bids can be sent from 1 March 2026 to 31 March 2026.")]
    [said] = told("Is the new window open?", held=held)
    assert said == "Not yet begun. The new window runs from 1 March 2026 to 31 March 2026, and has not begun."
    assert noted("Is the new window open?", held=held) == ["That is 45 days after 15 January 2026."]


def test_an_event_whose_text_lacks_its_date_is_told_in_the_words_of_its_text() -> None:
    [said] = told("Is the new window open?", held=[new_window("It opens in March 2026.")])
    assert said == "Not yet begun. It opens in March 2026."


def test_what_was_expected_is_neither_open_nor_past() -> None:
    [said] = told("Has the date of the review passed?")
    assert not said.startswith(("Yes", "No"))
    assert "the fourth quarter of 2025" in said
    assert "does not confirm that it happened" in said


def test_a_past_day_in_the_question_moves_the_date_where_the_past_is_meant() -> None:
    [then] = found("Was the Glade Fund open on 1 June 2023?")
    assert (then.on, next(iter(states(then).values()))[1]) == (OPEN, 19)
    [now] = found("Can we still bid to the Glade Fund?")
    assert (now.on, list(states(now).values())) == (TODAY, [("past", -940)])


@pytest.mark.parametrize(
    ("text", "eve"),
    [
        ("Can we still bid to the Glade Fund?", date(2023, 5, 23)),
        ("When is the Glade Fund report due?", date(2025, 6, 30)),
        ("When are the second plans due?", date(2025, 11, 17)),
        ("When did the Orchards Act start?", date(2022, 4, 27)),
    ],
)
def test_nothing_is_stated_or_quoted_of_what_was_not_known_yet(text: str, eve: date) -> None:
    made = found(text, eve)
    assert not any(f.leads or f.statements or f.quotes for f in made)


def test_days_left_are_counted_to_the_deadline() -> None:
    [left] = found("How many days are left until the Glade Fund report is due?")
    assert states(left) == {"glade-report": ("upcoming", 15)}
    assert left.text == "The due date of the Glade Fund report is 30 January 2026."
    assert left.notes == ("That is 15 days after 15 January 2026.",)


def test_days_gone_by_are_counted_from_the_deadline() -> None:
    [ago] = found("How many days ago did the Glade Fund close?")
    assert states(ago) == {"glade-closes": ("past", -940)}
    assert ago.text == "The closing time of the Glade Fund has passed: it was midday on 20 June 2023."
    assert ago.notes == ("That is 940 days before 15 January 2026.",)


def test_the_length_is_that_of_the_window() -> None:
    text = "How long was the Glade Fund window open?"
    assert told(text) == ["The Glade Fund window ran from 24 May 2023 to midday on 20 June 2023."]
    [said] = noted(text)
    assert re.findall(r"(\d+) (?:days|were working days)", said) == ["28", "19"]


def test_the_length_of_what_is_no_window_is_told_by_its_date() -> None:
    [finding] = found("How long was the white paper open?")
    assert [s.text for s in finding.statements] == ["The white paper on orchards came out in January 2021."]
    assert (finding.data["kind"], finding.leads) == ("when", False)


def test_what_is_next_comes_nearest_first_then_what_is_not_confirmed() -> None:
    [said] = found("What happens next?")
    assert list(states(said)) == ["glade-report", "map", "settlement", "second-plans", "review"]
    roles = [(s.role, s.text) for s in said.statements]
    assert roles[0] == ("lead", message("timeline_next"))
    assert roles[1] == ("item", "The report on the Glade Fund is due on 30 January 2026.")
    assert [role for role, _ in roles] == ["lead", "item", "item", "item", "item", "lead", "item"]
    assert roles[5] == ("lead", message("timeline_waiting"))
    assert roles[6] == ("item", "The review of orchards was expected in the fourth quarter of 2025.")


def test_what_is_next_for_an_area_adds_its_own() -> None:
    [said] = found("What happens next?", areas=("A01",))
    assert "moor-fair" in states(said)
    assert "reed-and-south" not in states(said)


def test_a_long_time_that_goes_on_is_nothing_next() -> None:
    [said] = found("What happens next?")
    assert "plan-time" not in states(said)


def test_lists_end_somewhere() -> None:
    days = [date(2026, 2, n) for n in range(1, 20)]
    held = [
        event(id=f"d{d:%d}", kind="deadline", start=f"{d}", end=f"{d}", text=f"It is due on {human(d)}.").fact
        for d in days
    ]
    [coming] = found("What happens next?", held=held)
    assert list(states(coming)) == [f"d{n:02}" for n in range(1, MOST_LISTED + 1)]
    [due] = found("List the deadlines", held=held)
    assert list(states(due)) == [f"d{n:02}" for n in range(20 - MOST_LISTED, 20)]


def test_deadlines_are_told_each_with_where_it_stands() -> None:
    [all_held] = found("Which deadlines have passed?")
    assert states(all_held) == {"glade-closes": ("past", -940), "glade-report": ("upcoming", 15)}
    lead, closed, due = [s.text for s in all_held.statements]
    assert lead == message("timeline_deadlines")
    assert closed == "The closing time of the Glade Fund has passed: it was midday on 20 June 2023."
    assert due == "The due date of the Glade Fund report is 30 January 2026."
    of_closed, of_due = all_held.notes
    assert of_closed.startswith("The closing time of the Glade Fund: ")
    assert of_closed.endswith(" 940 days before 15 January 2026.")
    assert of_due.startswith("The due date of the Glade Fund report: ")
    assert of_due.endswith(" 15 days after 15 January 2026.")
    [ours] = found("Which deadlines have passed?", areas=("A01",))
    assert list(states(ours)) == ["glade-closes", "glade-report", "moor-fair"]


def test_deadlines_of_what_is_named_go_alone() -> None:
    [named] = found("Which deadlines of the fair are there?", areas=("A01",))
    assert list(states(named)) == ["moor-fair"]


def test_when_something_is_expected_is_told_in_its_words_and_with_where_it_stands() -> None:
    said, stands = told("When are the second plans due?", date(2026, 9, 1))
    assert said == "The second plans are expected in summer 2026."
    assert "summer 2026 is past" in stands
    assert "does not confirm that it happened" in stands


def test_when_something_expected_has_come_it_is_expected_no_more() -> None:
    assert not any("expected" in said for said in told("When are the second plans due?", date(2026, 10, 5)))


def test_when_a_deadline_is_says_how_far_off_it_is() -> None:
    [said] = told("When is the Glade Fund report due?")
    assert said == "The due date of the Glade Fund report is 30 January 2026."
    assert noted("When is the Glade Fund report due?") == ["That is 15 days after 15 January 2026."]


@pytest.mark.parametrize("areas", [(), ("A01",), ("A02", "A01")])
def test_an_event_of_an_area_is_told_for_that_area_or_where_none_is_named(areas: tuple[str, ...]) -> None:
    [said] = told("When is the Moor fair?", areas=areas)
    assert said == "The Moor fair is 2 March 2026."
    assert noted("When is the Moor fair?", areas=areas) == ["That is 46 days after 15 January 2026."]


def test_when_something_closed_is_told_by_its_date_and_not_by_yes() -> None:
    [finding] = found("When did the Glade Fund close?")
    assert finding.data["kind"] == "when"
    assert finding.text.startswith("The closing time of the Glade Fund has passed: it was midday on 20 June 2023")


def test_an_event_of_an_area_is_not_told_for_another() -> None:
    assert told("When is the Moor fair?", areas=("A02",)) == []
    assert noted("When is the Moor fair?", areas=("A02",)) == []


@pytest.mark.parametrize("text", ["Who leads the plan?", "When is lunch?", "", "What is next for the Glade Fund?"])
def test_other_questions_are_left_to_search(text: str) -> None:
    assert found(text) == []


def test_days_between_two_days_are_counted() -> None:
    [said] = found("How many days are there between the Orchards Act and the deadline of the Glade Fund?")
    assert list(states(said)) == ["orchard-act", "glade-closes"]
    assert [s.text for s in said.statements] == [
        "The Orchards Act took force on 28 April 2022.",
        "The Glade Fund closed at midday on 20 June 2023.",
    ]
    [note] = said.notes
    assert "(28 April 2022)" in note
    assert "(20 June 2023)" in note
    assert note.endswith(" 418 days.")
    assert found("How many days are there between the white paper and the deadline of the Glade Fund?") == []


def test_a_question_that_names_no_matter_is_asked_back_with_the_nearest_deadlines() -> None:
    [asked] = found("Has the deadline passed?")
    assert asked.asks is not None
    assert [c.label for c in asked.asks.choices] == ["Report on the Glade Fund", "Closing time of the Glade Fund"]
    for choice, expected in zip(asked.asks.choices, ("glade-report", "glade-closes"), strict=True):
        [again] = found(choice.question)
        assert list(states(again)) == [expected]


@pytest.mark.parametrize("text", ["Has the review been published?", "Did the review take place?"])
def test_what_was_expected_is_never_confirmed_to_have_happened(text: str) -> None:
    [said] = found(text)
    assert states(said) == {"review": ("unconfirmed", None)}
    assert not said.text.startswith(("Yes", "No,"))
    assert "does not confirm that it happened" in said.text


def test_an_exact_day_is_never_made_of_a_season_or_a_year() -> None:
    for text in ("On what exact day are the second plans due?", "On what exact day does the plan run out?"):
        for finding in found(text):
            assert finding.missing == message("timeline_exact_day")
    [day] = found("On what exact day is the map due?")
    assert (day.missing, states(day)) == ("", {"map": ("upcoming", 32)})


def test_nothing_is_said_of_what_is_outside_or_without_events() -> None:
    assert found("What happens next?", outside="Wales") == []
    assert found("What happens next?", held=[]) == []


ALL = (
    "Can we still bid to the Glade Fund?",
    "Has the Glade Fund deadline passed?",
    "How many days are left until the Glade Fund report is due?",
    "How long was the Glade Fund window open?",
    "What happens next?",
    "Which deadlines have passed?",
    "How many days are there between the Orchards Act and the deadline of the Glade Fund?",
    "Has the review been published?",
    "When are the second plans due?",
    "What is the deadline for replying to new terms issued on 3 April 2023?",
)


@pytest.mark.parametrize("text", ALL)
def test_every_sentence_rests_on_the_exact_text_of_its_event(text: str) -> None:
    [finding] = found(text)
    facts = {f.text for f in almanac_facts()}
    assert finding.statements
    for statement in finding.statements:
        quote = statement.quote
        passage = quote.hit.passage
        assert quote.text in facts
        assert passage.text[quote.start - passage.start : quote.end - passage.start] == quote.text
        assert figures_of(statement.text) <= figures_of(quote.text)
    assert any(figures_of(s.text) for s in finding.statements)
    assert set(finding.quotes) == {s.quote for s in finding.statements}


@pytest.mark.parametrize("text", ALL)
def test_nothing_is_said_that_no_text_in_force_says(text: str) -> None:
    silent = TimelineFindings(engine(), texts([]))
    assert list(silent.consult(turn(text, as_of=TODAY))) == []


def test_each_of_two_questions_gets_its_own_finding_unless_one_is_settled() -> None:
    both = "What comes next and when is the Glade Fund report due?"
    first, second = found(both)
    assert (first.data["kind"], second.data["kind"]) == ("next", "when")
    made = replace(turn(both, as_of=TODAY), findings=(first,))
    assert [f.data["kind"] for f in TimelineFindings(engine(), texts()).consult(made)] == ["when"]


def test_there_is_no_time_left_for_what_is_only_expected_to_come_about() -> None:
    assert found("Is the review still valid?") == []


RULES = row(
    id="rules", title="Publication of the garden rules", noun="the publication of the garden rules",
    kind="publication", start="2022-04-28", end="2022-04-28", known_from="2022-04-28",
    text="The garden rules were published on 28 April 2022.", asked_as=r"\bgarden rules\b",
)  # fmt: skip
WITH_RULES = [*almanac_facts(), *facts(event_paragraphs((RULES,)))]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Had the garden rules been published by March 2022?", "No. The garden rules were published on"),
        ("Were the garden rules published in April 2022?", "Yes. The garden rules were published on"),
        ("Were the garden rules published in 2023?", "No. The garden rules were published on"),
        ("Had the second plans come out by December 2025?", "No, not yet as far as is held."),
    ],
)
def test_whether_it_had_happened_by_a_time_or_did_in_it(text: str, begins: str) -> None:
    [said] = told(text, held=WITH_RULES)
    assert said.startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "Were any garden rules published in 2023?",  # there may be others
        "Were the garden rules reviewed in 2023?",  # as they may have been, and more than once
        "Were the garden rules published for pears in 2023?",
    ],
)
def test_no_no_to_what_may_have_happened_besides(text: str) -> None:
    assert told(text, held=WITH_RULES) == []


def test_a_deadline_says_nothing_of_whether_the_thing_still_applies() -> None:
    assert told("Is the Glade Fund report still valid?") == []
