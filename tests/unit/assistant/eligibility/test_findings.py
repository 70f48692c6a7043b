"""Findings give the verdict first, a closed fund its closing, and nothing that no text in force says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.turn import Finding, Period, Understanding
from assistant.answering.verify import figures_of
from assistant.eligibility.reading import Known, stated
from prompts import message
from tests.fakes.checks import (
    FIRST_EDITION,
    HIVE_RETURN,
    LAST_OF_FIRST,
    ROUND_CLOSES,
    ROUND_OPENS,
    TODAY,
    RuleShelf,
    checks,
    findings,
    hive_return,
    orchard_grant,
)
from tests.fakes.knowledge import turn
from vectorstore.profile import AreaName
from vectorstore.rules.model import Check

DAY = timedelta(days=1)
CLOSED = "The Orchard Grant is closed since 20 June 2023."
NO_SUCCESSOR = "No successor to the Orchard Grant was found."
LAST_RULES = message("check_then_note", date="20 June 2023")
NOT_SEEN = ("The form of the bid is not held.", "The scoring of bids is not held.")
REPORTED = f"{message('check_reported_practice')} By a newspaper, keepers in a group were told to bid."
DUE_SAID = "The time for the hive return of 2026 is 1 December 2026."
REEDSHIRE = AreaName(id="A02", name="Reedshire", erb="Federation of Traders", url="")


def found(text: str, on: date = TODAY, understanding: Understanding | None = None) -> list[Finding]:
    return list(findings().consult(turn(text, as_of=on, understanding=understanding)))


def said(finding: Finding) -> list[str]:
    return [s.text for s in finding.statements]


@pytest.mark.parametrize(
    ("text", "sentences", "notes"),
    [
        (
            "We are a college with public money, must we send a hive return?",
            [
                "Yes. The keeper must send a hive return.",
                "A college with public money sends a hive return of two pages.",
                DUE_SAID,
            ],
            ("That is 8 days after 23 November 2026.",),
        ),
        (
            "Must growers with a council grant and sales over £1 million send a hive return?",
            [
                "In part. The keeper must send the first part of a hive return.",
                "A grower with public money and sales above £1,000,000 sends the first page.",
            ],
            (),
        ),
        (
            "Must a bee club send a hive return without any public money?",
            ["No. The keeper need not send a hive return.", "A keeper without public money sends no hive return."],
            (),
        ),
    ],
)
def test_the_verdict_comes_first_then_the_row_that_decides(
    text: str, sentences: list[str], notes: tuple[str, ...]
) -> None:
    [finding] = found(text)
    assert said(finding) == sentences
    assert finding.notes == notes
    assert finding.text == " ".join(sentences)
    assert (finding.leads, finding.asks, finding.on) == (True, None, TODAY)


def test_the_data_of_a_finding_names_facts_rows_and_outcome() -> None:
    [finding] = found("Must growers without any public money send a hive return?", LAST_OF_FIRST)
    assert finding.data == {
        "kind": "check",
        "check": "hive-return",
        "outcome": "not_eligible",
        "as_of": "2024-03-31",
        "facts": {"keeper": "grower", "public": "no"},
        "rows": ["HR-2", "HR-3"],
        "missing": [],
    }


def test_no_verdict_stands_before_what_somebody_else_does() -> None:
    [finding] = found("We are a college with public money and must send a hive return, can they refuse?")
    assert said(finding)[0] == "The keeper must send a hive return."


def test_who_knows_nothing_more_is_told_what_it_turns_on_and_never_yes_or_no() -> None:
    [finding] = found(stated(hive_return(), {"keeper": "grower", "public": "yes", "sales": None}))
    assert said(finding)[0] == message("check_open")
    assert finding.notes == (message("check_depends", labels="Yearly sales"),)
    assert finding.data["outcome"] == "not_enough_information"
    assert finding.missing == "Hive return"
    assert set(said(finding)[1:]) == {
        "A grower with public money and sales above £1,000,000 sends the first page.",
        "A grower with sales of £1,000,000 or less sends no hive return.",
    }


def test_a_rule_that_is_not_held_is_said_not_to_be_held() -> None:
    [finding] = found("We are a bee club with public money, must we send a hive return?")
    assert said(finding) == [
        message("check_open"),
        "Whether another kind of keeper sends a hive return is not held.",
    ]
    assert finding.notes == (message("check_not_held"),)
    assert finding.missing == "Hive return"


@pytest.mark.parametrize("on", [ROUND_CLOSES + DAY, TODAY])
def test_a_closed_fund_says_closed_first_then_what_its_rules_gave(on: date) -> None:
    [finding] = found("Can growers bid to the Orchard Grant?", on)
    assert said(finding) == [
        CLOSED,
        f"{message('check_then')} The keeper cannot bid.",
        "A grower cannot bid to the Orchard Grant.",
        NO_SUCCESSOR,
    ]
    assert finding.data["outcome"] == "no_rule_in_force"
    assert finding.notes == (LAST_RULES, *NOT_SEEN)


def test_a_closed_fund_asks_nothing_back_and_says_what_it_would_have_turned_on() -> None:
    [finding] = found("Can we bid to the Orchard Grant? We would be alone.")
    assert (said(finding)[0], finding.asks) == (CLOSED, None)
    [unsettled] = found("Can we, a bee club, bid to the Orchard Grant?")
    assert (said(unsettled)[1], unsettled.asks) == (message("check_then_missing"), None)
    depends = message("check_depends", labels="In a group; Day of the bid")
    assert unsettled.notes == (LAST_RULES, depends, *NOT_SEEN)
    assert [s for s in said(unsettled) if "newspaper" in s] == [REPORTED]


@pytest.mark.parametrize(
    ("general", "own"),
    [
        ("Must a college send a hive return?", "We are a college. Must we send a hive return?"),
        ("Can a bee club bid to the Orchard Grant?", "Can we, a bee club, bid to the Orchard Grant?"),
    ],
)
def test_a_question_on_the_rules_is_left_to_sentences_first(general: str, own: str) -> None:
    [finding] = found(general)
    assert (finding.leads, finding.resort, finding.asks) == (False, True, None)
    [mine] = found(own)
    assert (mine.leads, mine.resort) == (True, False)


def reported_case(on: date) -> Finding:
    """A case that only a newspaper speaks of."""
    facts: Known = {"keeper": "upper_college", "in_group": "yes", "sent": date(2023, 6, 1)}
    [finding] = found(stated(orchard_grant(), facts), on)
    return finding


@pytest.mark.parametrize("on", [ROUND_OPENS, ROUND_CLOSES, TODAY])
def test_reported_practice_is_called_that_and_is_never_a_yes(on: date) -> None:
    finding = reported_case(on)
    assert finding.data["outcome"] in ("not_enough_information", "no_rule_in_force")
    assert [s for s in said(finding) if "newspaper" in s] == [REPORTED]
    assert not [s for s in said(finding) if s.startswith("Yes") or "The keeper can bid." in s]


def test_reported_practice_leaves_the_question_open_while_a_round_is_open() -> None:
    finding = reported_case(ROUND_CLOSES)
    assert said(finding) == [message("check_open"), REPORTED]
    assert finding.missing == "Orchard Grant"
    assert finding.notes == (message("check_reported"), *NOT_SEEN)


def test_a_primary_row_is_a_no_beside_what_is_reported() -> None:
    late: Known = {"keeper": "upper_college", "in_group": "yes", "sent": ROUND_CLOSES + DAY}
    [finding] = found(stated(orchard_grant(), late), ROUND_CLOSES)
    assert said(finding)[:2] == ["No. The keeper cannot bid.", "A bid sent after 20 June 2023 is not read."]


def test_who_led_the_fund_in_the_area_asked_about_is_said_if_it_is_held() -> None:
    question = "Can growers bid to the Orchard Grant?"
    [held] = found(question, understanding=Understanding(area=REEDSHIRE))
    assert said(held)[-2:] == ["Reed College led the Orchard Grant in Reedshire.", NO_SUCCESSOR]
    assert held.data["facts"] == {"keeper": "grower", "area": "A02"}
    southland = REEDSHIRE.model_copy(update={"id": "A03", "name": "Southland"})
    [missing] = found(question, understanding=Understanding(area=southland))
    assert not [s for s in said(missing) if "Southland" in s]


@pytest.mark.parametrize(
    ("period", "on", "rows"),
    [
        (None, TODAY, "HR-4"),
        (Period(date(2023, 1, 1), date(2023, 12, 31), "2023"), date(2023, 12, 31), "HR-1"),
        (Period(date(2024, 1, 1), date(2024, 12, 31), "2024"), date(2024, 12, 31), "HR-4"),
    ],
)
def test_a_past_time_that_the_question_names_is_the_one_whose_rules_count(
    period: Period | None, on: date, rows: str
) -> None:
    [finding] = found("Must a college with public money send a hive return?", TODAY, Understanding(period=period))
    assert (finding.on, finding.data["rows"]) == (on, [rows])


def test_in_the_year_of_its_round_a_fund_is_decided_by_its_last_day() -> None:
    year = Period(date(2023, 1, 1), date(2023, 12, 31), "2023")
    [finding] = found("Could growers bid to the Orchard Grant in 2023?", TODAY, Understanding(period=year))
    assert (finding.on, said(finding)[0]) == (ROUND_CLOSES, "No. The keeper cannot bid.")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("Can growers bid to the Orchard Grant?", ROUND_OPENS - DAY),
        ("Must we send a hive return?", FIRST_EDITION - DAY),
    ],
)
def test_before_the_first_rule_no_verdict_is_given_and_the_question_is_left_open(text: str, on: date) -> None:
    [finding] = found(text, on)
    assert (finding.statements, finding.quotes) == ((), ())
    assert (finding.leads, finding.answers) == (False, "")
    assert finding.data["outcome"] == "no_rule_in_force"


@pytest.mark.parametrize(
    "text", ["When is the hive return due?", "Who sends a hive return?", "Must we pay the honey tax?"]
)
def test_other_questions_are_left_to_others(text: str) -> None:
    assert found(text) == []


def test_other_lands_have_no_finding() -> None:
    assert found("Must we in Wales send a hive return?", understanding=Understanding(outside="Wales")) == []


def test_two_questions_have_two_findings_each_for_its_own() -> None:
    text = "Can growers bid to the Orchard Grant? And must growers without any public money send a hive return?"
    grant, duty = found(text)
    assert (grant.data["check"], duty.data["check"]) == ("orchard-grant", "hive-return")
    assert "Orchard" in grant.answers
    assert "hive" in duty.answers
    assert "Orchard" not in duty.answers


def test_each_of_two_questions_is_read_by_its_own_words_and_the_background_of_both() -> None:
    asks = "Can growers bid to the Orchard Grant? And must a college send a hive return?"
    assert [(f.data["facts"], f.leads) for f in found(asks)] == [
        ({"keeper": "grower"}, True),
        ({"keeper": "village_college"}, False),  # what it turns on besides is a last resort
    ]
    [grant, duty] = found(f"{asks} There is public money.")
    assert (grant.data["facts"], duty.data["facts"]) == (
        {"keeper": "grower"},
        {"keeper": "village_college", "public": "yes"},
    )


def test_an_outcome_with_figures_of_its_own_gives_way_to_the_row_that_decides() -> None:
    outcomes = {**HIVE_RETURN["outcomes"], "eligible": "The keeper must send 9 hive returns."}
    counting = Check.model_validate({**HIVE_RETURN, "outcomes": outcomes})
    asked = turn("We are a college with public money, must we send a hive return?", as_of=TODAY)
    [finding] = findings(counting).consult(asked)
    assert said(finding) == ["Yes. A college with public money sends a hive return of two pages.", DUE_SAID]


def test_nothing_is_said_that_no_text_in_force_says() -> None:
    silent = findings(shelf=RuleShelf([]))
    for text in ("Must a college with public money send a hive return?", "Can growers bid to the Orchard Grant?"):
        assert list(silent.consult(turn(text, as_of=TODAY))) == []


def own_words(check: Check) -> set[str]:
    """All that the engine may say of a check that is not the words of a quotation."""
    verdicts = {"eligible": "Yes.", "partly": "In part.", "not_eligible": "No."}
    then = {f"{message('check_then')} {text}" for text in check.outcomes.values()}
    open_ = {message(key) for key in ("check_open", "check_then_missing", "check_then_reported")}
    return {DUE_SAID, *then, *open_, *(f"{verdicts[str(o)]} {text}" for o, text in check.outcomes.items())}


def choices_of(check: Check) -> st.SearchStrategy[tuple[Check, dict[str, str | None]]]:
    """A check with any values, known or not, of any of its choices."""
    values = {f.id: st.sampled_from([*(c.id for c in f.choices), None]) for f in check.facts if f.choices}
    known: st.SearchStrategy[dict[str, str | None]] = st.fixed_dictionaries({}, optional=values)
    return known.map(lambda facts: (check, facts))


CASES = st.one_of([choices_of(c) for c in checks().values()])
DAYS = st.sampled_from([FIRST_EDITION, ROUND_OPENS, ROUND_CLOSES, ROUND_CLOSES + DAY, LAST_OF_FIRST, TODAY])


@given(CASES, DAYS)
def test_every_quotation_is_exact_and_every_sentence_rests_on_one(
    case: tuple[Check, dict[str, str | None]], on: date
) -> None:
    check, facts = case
    shelf, own = RuleShelf(), own_words(check)
    for finding in found(stated(check, facts), on):
        assert set(finding.quotes) == {s.quote for s in finding.statements}
        for statement in finding.statements:
            quote = statement.quote
            document = quote.hit.version.document_id
            assert shelf.full_text(document, on)[quote.start : quote.end] == quote.text
            assert figures_of(statement.text) <= figures_of(quote.text)
            reported = f"{message('check_reported_practice')} {quote.text}"
            assert statement.text in {quote.text, reported, *own}
