"""A check as a conversation: it asks, hears, is corrected, and is left for another question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.model import Message
from assistant.eligibility.general import asks_whether
from assistant.eligibility.interview import LONGEST_REPLY, Interviews, find_check
from assistant.eligibility.reading import Known, stated
from tests.fakes.checks import checks, engine, hive_return, orchard_grant
from vectorstore.rules.model import AskedFact, Check

TODAY = date(2026, 11, 23)
DUTY, FUND = hive_return(), orchard_grant()
BEGUN = "Must we send a hive return?"


def fact(check: Check, ident: str) -> AskedFact:
    found = check.fact(ident)
    assert found is not None
    return found


def asking(ident: str, check: Check = DUTY) -> str:
    """The assistant's message that asks for a fact."""
    asked = fact(check, ident)
    return f"{asked.question} {asked.help} You may say that you do not know."


def going_on(*said: str) -> str | None:
    """What the last of some messages completes; the person and the assistant speak in turn, the person first."""
    *before, text = said
    roles = ("user", "assistant") * len(before)
    history = [Message.model_validate({"role": r, "text": t}) for r, t in zip(roles, before, strict=False)]
    return Interviews(checks).standalone(history, text)


def known(**facts: str | Decimal | None) -> str:
    return stated(DUTY, dict(facts))


@pytest.mark.parametrize(
    "text",
    [
        "Must we send a hive return?",
        "do we have to send in a hive return",
        "Hello, are we obliged to make hive returns?",
        "We are growers. Is a hive return required?",
        "Our college has a council grant, so do we owe a hive return?",
        "I wonder whether we must send a hive return",
        "I wonder if we have to send a hive return.",
        "I don’t know whether we must send a hive return",
        "Wondering if our club must send a hive return",
    ],
)
def test_a_question_whether_finds_the_check_of_its_words(text: str) -> None:
    assert find_check(checks(), text) == DUTY


@pytest.mark.parametrize(
    "text",
    [
        "When must we send a hive return?",
        "Who sends a hive return?",
        "How many hive returns must a keeper send?",
        "What is a hive return?",
        "hive return",
        "Must we fill in the template of the hive return?",
        "Must we send a honey tax form?",
        "",
    ],
)
def test_other_questions_find_no_check(text: str) -> None:
    assert find_check(checks(), text) is None


def test_a_check_named_in_full_is_found_whatever_else_is_said() -> None:
    assert find_check(checks(), f"When? The template of the Orchard Grant: {DUTY.question} Yes.") == DUTY
    assert find_check(checks(), FUND.question) == FUND


def test_of_two_checks_the_one_asked_for_is_found() -> None:
    assert find_check(checks(), "Can we bid to the Orchard Grant?") == FUND
    assert find_check({}, BEGUN) is None


@pytest.mark.parametrize(("text", "whether"), [("Are we eligible?", True), ("Who is eligible?", False)])
def test_whether_is_told_from_who(text: str, whether: bool) -> None:
    assert asks_whether(text) is whether


@pytest.mark.parametrize(
    ("ident", "reply", "value"),
    [
        ("keeper", "a village college", "village_college"),
        ("keeper", "market grower", "grower"),
        ("keeper", "we're a bee club", "other"),
        ("public", "yes", "yes"),
        ("public", "no", "no"),
        ("sales", "£2 million", Decimal(2_000_000)),
        ("sales", "over £1 million", Decimal(1_000_001)),
    ],
)
def test_a_reply_completes_the_question(ident: str, reply: str, value: str | Decimal) -> None:
    assert going_on(BEGUN, asking(ident), reply) == known(**{ident: value})


def test_replies_add_up() -> None:
    conversation = [BEGUN, asking("keeper"), "growers", asking("public"), "yes", asking("sales"), "over £1 million"]
    assert going_on(*conversation) == known(keeper="grower", public="yes", sales=Decimal(1_000_001))


def test_facts_that_the_first_question_states_count_too() -> None:
    assert going_on("We are growers, must we send a hive return?", asking("public"), "no") == known(
        keeper="grower", public="no"
    )


def test_a_reply_may_tell_more_than_was_asked() -> None:
    assert going_on(BEGUN, asking("keeper"), "a college with a council grant") == known(
        keeper="village_college", public="yes"
    )


@pytest.mark.parametrize("reply", ["I don't know", "not sure", "dunno"])
def test_not_knowing_is_an_answer_and_is_kept(reply: str) -> None:
    assert going_on(BEGUN, asking("public"), reply) == known(public=None)
    assert going_on(BEGUN, asking("public"), reply, asking("keeper"), "growers") == known(
        keeper="grower", public=None
    )


def test_what_was_not_known_may_be_told_later() -> None:
    said = (BEGUN, asking("public"), "not sure", asking("keeper"), "growers, and we do have a council grant")
    assert going_on(*said) == known(keeper="grower", public="yes")


def test_about_a_number_near_the_threshold_is_not_known_well_enough() -> None:
    assert going_on(BEGUN, asking("sales"), "about £1 million") == known(sales=None)


@pytest.mark.parametrize(
    "correction",
    [
        "actually we are growers",
        "Sorry, I meant growers",
        "what if we were growers?",
        "no, we are growers",
        "No, a market grower.",
        "No: growers",
    ],
)
def test_what_was_said_may_be_corrected(correction: str) -> None:
    settled = "No. A college with public money sends a hive return of two pages."
    said = (BEGUN, asking("keeper"), "a village college", settled, correction)
    assert going_on(*said) == known(keeper="grower")


def test_a_bare_no_after_a_finding_corrects_nothing() -> None:
    assert going_on(BEGUN, asking("keeper"), "a village college", "No. It sends no hive return.", "no") is None


def test_a_no_to_what_is_asked_answers_it_and_may_correct_as_well() -> None:
    said = (BEGUN, asking("keeper"), "a village college", asking("public"))
    assert going_on(*said, "no") == known(keeper="village_college", public="no")
    assert going_on(*said, "no, we are growers") == known(keeper="grower", public="no")


def test_a_correction_while_something_else_is_asked_counts() -> None:
    said = (BEGUN, asking("keeper"), "a village college", asking("sales"), "actually we are growers")
    assert going_on(*said) == known(keeper="grower")


@pytest.mark.parametrize(
    "text",
    [
        "Who leads the plan in Reedham?",
        "When is the hive return due?",
        "What is a market garden?",
        "Thanks!",
    ],
)
def test_a_new_question_leaves_the_check(text: str) -> None:
    assert going_on(BEGUN, asking("keeper"), text) is None


def test_after_another_question_a_short_reply_no_longer_belongs_to_the_check() -> None:
    assert going_on(BEGUN, asking("keeper"), "Who leads Reedham?", "The Federation leads it.", "yes") is None


def test_another_check_starts_with_nothing_known() -> None:
    said = [BEGUN, asking("keeper"), "growers", asking("public"), "Can we bid to the Orchard Grant?"]
    assert going_on(*said) is None
    grouped = stated(FUND, {"in_group": "yes"})
    assert going_on(*said, asking("in_group", FUND), "yes") == grouped


def test_a_long_text_is_a_new_question_and_no_reply() -> None:
    padded = "we are growers " + "very " * LONGEST_REPLY
    assert going_on(BEGUN, asking("keeper"), padded) is None
    assert going_on(BEGUN, asking("keeper"), "we are growers " + "very " * (LONGEST_REPLY - 3)) == known(
        keeper="grower"
    )


@pytest.mark.parametrize(
    "message",
    [
        "Thank you. What kind of keeper is it?",
        "Is any of its work paid for with public money? No matter. What kind of keeper is it?",
        "First, what kind of keeper are you?",
    ],
)
def test_the_question_put_back_is_known_by_its_words(message: str) -> None:
    assert going_on(BEGUN, message, "village college") == known(keeper="village_college")


@pytest.mark.parametrize("message", ["A hive return is a list of hives.", "Shall I show you the Bee Rules?"])
def test_a_bare_yes_to_no_question_of_the_check_is_no_reply(message: str) -> None:
    assert going_on(BEGUN, message, "yes") is None


@pytest.mark.parametrize("history", [(), ("Who leads Reedham?", "The Federation of Traders leads Reedham.")])
def test_nothing_goes_on_where_no_check_was_begun(history: Sequence[str]) -> None:
    assert going_on(*history, "yes") is None
    assert going_on(*history, BEGUN) is None


def test_a_collection_without_checks_has_no_interviews() -> None:
    history = [Message(role="user", text=BEGUN), Message(role="assistant", text=asking("keeper"))]
    assert Interviews(dict).standalone(history, "growers") is None


REPLIES: dict[str, dict[str, str | Decimal | None]] = {
    "keeper": {"a village college": "village_college", "upper college": "upper_college", "growers": "grower",
               "bee club": "other", "no idea": None},
    "public": {"yes": "yes", "no": "no", "I don't know": None},
    "sales": {"£2 million": Decimal(2_000_000), "£900": Decimal(900), "not sure": None},
}  # fmt: skip


@given(st.fixed_dictionaries({f: st.sampled_from(sorted(r)) for f, r in REPLIES.items()}))
def test_an_interview_asks_each_fact_once_and_keeps_every_answer(replies: dict[str, str]) -> None:
    rules, said, facts = engine(), [BEGUN], Known()
    while (asked := rules.next_fact(rules.assess(DUTY, facts, TODAY))) is not None:
        assert asked.id not in facts
        said += [asking(asked.id), replies[asked.id]]
        facts[asked.id] = REPLIES[asked.id][replies[asked.id]]
        assert going_on(*said) == stated(DUTY, facts)
    assert facts
