"""A check's report: the outcome, every sentence with its citation, and a refusal of what cannot be asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.schemas import CheckReport
from tests.fakes.checks import (
    FIRST_EDITION,
    LAST_OF_FIRST,
    ROUND_CLOSES,
    ROUND_OPENS,
    SECOND_EDITION,
    TODAY,
    RuleShelf,
    desk,
    hive_return,
    orchard_grant,
)
from vectorstore.errors import UsageError
from vectorstore.rules.model import Outcome

DAY = timedelta(days=1)


def report(check: str, on: date = TODAY, **given_facts: str) -> CheckReport:
    return desk().report(check, given_facts, on)


def as_json(check: str, on: date = TODAY, **given_facts: str) -> dict[str, Any]:
    made: dict[str, Any] = report(check, on, **given_facts).model_dump(mode="json")
    return made


def test_a_decided_duty_as_json() -> None:
    found = as_json("hive-return", keeper="upper college", public="yes")
    assert (found["outcome"], found["said"]) == ("eligible", "The keeper must send a hive return.")
    assert (found["check"], found["as_of"]) == ("hive-return", "2026-11-23")
    assert found["facts"] == {"keeper": "upper_college", "public": "yes"}
    assert (found["closed_since"], found["closed"], found["successor"], found["missing"]) == (None, None, None, [])
    [reason] = found["reasons"]
    assert reason == {
        "row": "HR-4",
        "text": "A college with public money sends a hive return of two pages.",
        "decisive": True,
        "evidence": "primary",
        "clause": "s.2",
        "confidence": "high",
        "citation": 1,
    }
    assert found["citations"][0]["quote"] == reason["text"]
    assert found["next"] == "Ask the bee inspector."


def test_a_deadline_of_a_deciding_row_says_where_it_stands() -> None:
    [due] = as_json("hive-return", keeper="upper_college", public="yes")["deadlines"]
    assert (due["event"], due["when"], due["state"], due["days"]) == ("return-due", "1 December 2026", "upcoming", 8)
    assert due["citation"] == 2
    assert as_json("hive-return", LAST_OF_FIRST, keeper="upper_college", public="yes")["deadlines"] == []


def test_missing_facts_say_how_to_ask_for_them_the_most_settling_first() -> None:
    found = as_json("hive-return", keeper="grower")
    assert found["outcome"] == "not_enough_information"
    assert [m["fact"] for m in found["missing"]] == ["public", "sales"]
    assert found["missing"][0] == {
        "fact": "public",
        "label": "Paid for publicly",
        "question": "Is any of its work paid for with public money?",
        "help": "A grant from a council counts.",
        "type": "yes_no",
        "unit": "",
        "values": [{"value": "yes", "label": "yes"}, {"value": "no", "label": "no"}],
    }
    assert (found["missing"][1]["type"], found["missing"][1]["unit"]) == ("number", "£")
    assert found["reasons"] == []
    assert [r["row"] for r in found["turns_on"]] == ["HR-3", "HR-5", "HR-6"]
    assert not any(r["decisive"] for r in found["turns_on"])


@pytest.mark.parametrize("unknown", ["unknown", "", "don't know"])
def test_a_fact_not_known_stays_missing_and_is_never_a_no(unknown: str) -> None:
    found = report("hive-return", keeper="upper_college", public=unknown)
    assert found.outcome is Outcome.NOT_ENOUGH_INFORMATION
    assert found.facts == {"keeper": "upper_college", "public": "unknown"}
    assert [m.fact for m in found.missing] == ["public"]


@pytest.mark.parametrize(
    ("sales", "outcome"),
    [
        ("£999,999", Outcome.NOT_ELIGIBLE),
        ("1 million", Outcome.NOT_ELIGIBLE),
        ("1000001", Outcome.PARTLY),
        ("over £1 million", Outcome.PARTLY),
    ],
)
def test_a_sum_is_told_from_its_threshold(sales: str, outcome: Outcome) -> None:
    assert report("hive-return", keeper="grower", public="yes", sales=sales).outcome is outcome


@pytest.mark.parametrize(
    ("on", "row"), [(FIRST_EDITION, "HR-1"), (LAST_OF_FIRST, "HR-1"), (SECOND_EDITION, "HR-4"), (TODAY, "HR-4")]
)
def test_the_edition_of_the_date_decides(on: date, row: str) -> None:
    assert [r.row for r in report("hive-return", on, keeper="upper_college", public="yes").reasons] == [row]


def test_before_the_first_rule_nothing_is_decided_or_quoted() -> None:
    found = report("hive-return", FIRST_EDITION - DAY, public="no")
    assert (found.outcome, found.reasons, found.citations) == (Outcome.NO_RULE_IN_FORCE, (), ())
    assert (found.closed_since, found.under_last_rules) == (None, None)
    assert report("orchard-grant", ROUND_OPENS - DAY, keeper="grower").not_held == ()


def test_what_is_decided_turns_on_nothing_more() -> None:
    found = report("hive-return", LAST_OF_FIRST, public="no")
    assert ([r.row for r in found.reasons], found.turns_on, found.missing) == (["HR-3"], (), ())


def test_a_closed_fund_says_since_when_and_what_its_last_rules_gave() -> None:
    found = as_json("orchard-grant", keeper="grower")
    assert (found["outcome"], found["closed_since"]) == ("no_rule_in_force", "2023-06-20")
    assert found["said"] == found["closed"]["text"] == "The Orchard Grant is closed since 20 June 2023."
    assert found["under_last_rules"] == {
        "as_of": "2023-06-20",
        "outcome": "not_eligible",
        "said": "The keeper cannot bid.",
    }
    assert [(r["row"], r["decisive"]) for r in found["reasons"]] == [("OG-2", False)]
    assert found["successor"]["text"] == "No successor to the Orchard Grant was found."
    assert found["not_held"] == [
        "The form of the bid is not held.",
        "The scoring of bids is not held.",
        "The list of losers is not held.",
    ]


def test_a_closed_fund_never_says_eligible_on_the_word_of_a_newspaper() -> None:
    found = report("orchard-grant", keeper="upper_college", in_group="yes", sent="2023-06-01")
    assert found.under_last_rules is not None
    assert (found.under_last_rules.outcome, found.under_last_rules.said) == (Outcome.NOT_ENOUGH_INFORMATION, "")


@pytest.mark.parametrize(
    ("sent", "outcome", "decisive"),
    [
        ("2023-06-20", Outcome.NOT_ENOUGH_INFORMATION, {"OG-1": False}),
        ("2023-06-21", Outcome.NOT_ELIGIBLE, {"OG-4": True, "OG-1": False}),
    ],
)
def test_while_a_round_is_open_only_primary_rows_are_decisive(
    sent: str, outcome: Outcome, decisive: dict[str, bool]
) -> None:
    found = report("orchard-grant", ROUND_CLOSES, keeper="upper_college", in_group="yes", sent=sent)
    assert (found.outcome, {r.row: r.decisive for r in found.reasons}) == (outcome, decisive)
    assert {r.row: r.evidence for r in found.reasons}["OG-1"] == "secondary"
    assert (found.closed_since, found.closed, found.successor) == (None, None, None)


def test_an_area_brings_whom_to_ask_and_who_led_the_fund_there() -> None:
    found = report("orchard-grant", keeper="grower", area="Reedham").area
    assert found is not None
    assert (found.id, found.name) == ("A02", "Reedshire")
    assert found.erb is not None
    assert (found.erb.name, found.erb.url) == ("Federation of Traders", "https://www.gov.uk/A02")
    assert found.award is not None
    assert found.award.text == "Reed College led the Orchard Grant in Reedshire."


def test_an_area_may_be_given_by_its_id_and_an_award_that_is_not_held_is_none() -> None:
    found = report("orchard-grant", area="a03").area
    assert found is not None
    assert (found.id, found.award) == ("A03", None)
    assert report("orchard-grant", area="unknown").area is None


@pytest.mark.parametrize(
    ("check", "given_facts", "message", "remedy"),
    [
        ("honey-tax", {}, "There is no check 'honey-tax'.", "Give one of: hive-return, orchard-grant."),
        ("hive-return", {"colour": "red"}, "hive-return does not ask for 'colour'.",
         "Its facts are: keeper, public, sales."),
        ("hive-return", {"keeper": "king"}, "keeper cannot be 'king'.",
         "Give one of: village_college, upper_college, grower, other, unknown."),
        ("hive-return", {"sales": "a lot"}, "sales must be a number, not 'a lot'.",
         "Write it as 1200000 or 1.2 million."),
        ("orchard-grant", {"sent": "soon"}, "sent must be a day, not 'soon'.", "Write it as YYYY-MM-DD."),
        ("orchard-grant", {"area": "Nowhere"}, "There is no one area for 'Nowhere'.",
         "Give an area's id (such as A06), its name or a place."),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_what_can(
    check: str, given_facts: dict[str, str], message: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as refused:
        report(check, TODAY, **given_facts)
    assert (refused.value.message, refused.value.remedy) == (message, remedy)


def test_the_listing_names_every_check_with_its_facts_and_values() -> None:
    listed = desk().checks(TODAY).model_dump(mode="json")
    assert listed["as_of"] == "2026-11-23"
    duty, fund = listed["checks"]
    assert (duty["id"], duty["fund"], duty["closed_since"]) == ("hive-return", "", None)
    assert [f["fact"] for f in duty["facts"]] == ["keeper", "public", "sales"]
    assert [v["value"] for v in duty["facts"][0]["values"]] == ["village_college", "upper_college", "grower", "other"]
    assert (fund["question"], fund["topic"]) == (orchard_grant().question, "lsif")


@pytest.mark.parametrize(
    ("on", "since"), [(ROUND_OPENS, None), (ROUND_CLOSES, None), (ROUND_CLOSES + DAY, ROUND_CLOSES)]
)
def test_the_listing_says_a_fund_is_closed_only_once_it_is(on: date, since: date | None) -> None:
    assert {c.id: c.closed_since for c in desk().checks(on).checks} == {"hive-return": None, "orchard-grant": since}


GIVEN = {f.id: [*(c.id for c in f.choices), "unknown"] for c in (hive_return(), orchard_grant()) for f in c.facts}
GIVEN |= {"sales": ["0", "£1 million", "2m"], "sent": ["2023-06-20", "2023-06-21"], "area": ["A02", "A03", "unknown"]}
DAYS = [FIRST_EDITION - DAY, FIRST_EDITION, ROUND_OPENS, ROUND_CLOSES, ROUND_CLOSES + DAY, TODAY]


@st.composite
def reports(draw: st.DrawFn) -> CheckReport:
    """A report on some facts of one of the checks, on one of the days that matter."""
    check = draw(st.sampled_from([hive_return(), orchard_grant()]))
    values = {f.id: st.sampled_from(GIVEN[f.id]) for f in check.facts}
    return desk().report(check.id, draw(st.fixed_dictionaries({}, optional=values)), draw(st.sampled_from(DAYS)))


@given(reports())
def test_citations_are_numbered_in_order_and_quote_what_they_stand_for(found: CheckReport) -> None:
    assert [c.n for c in found.citations] == list(range(1, len(found.citations) + 1))
    cited = [(r.text, r.citation) for r in (*found.reasons, *found.turns_on)]
    cited += [(s.text, s.citation) for s in (found.closed, found.successor) if s is not None]
    assert [found.citations[n - 1].quote for _, n in cited] == [text for text, _ in cited]
    for c in found.citations:
        assert RuleShelf().full_text(c.document_id, found.as_of)[c.start : c.end] == c.quote


@given(reports())
def test_what_is_decided_has_a_decisive_row_and_in_a_fund_a_primary_one(found: CheckReport) -> None:
    decided = found.outcome in {Outcome.ELIGIBLE, Outcome.PARTLY, Outcome.NOT_ELIGIBLE}
    decisive = [r for r in found.reasons if r.decisive]
    assert decisive or not decided
    if found.check == "orchard-grant":
        assert {r.evidence for r in decisive} == ({"primary"} if decided else set())
        assert found.outcome is not Outcome.ELIGIBLE
