"""Only who asks for themselves is asked back, for one fact at a time, until a rule settles it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answering.model import Message
from assistant.answering.turn import Finding
from assistant.eligibility.interview import Interviews
from assistant.eligibility.reading import stated
from tests.fakes.checks import TODAY, checks, findings, hive_return
from tests.fakes.knowledge import turn


def found(text: str) -> Sequence[Finding]:
    return findings().consult(turn(text, as_of=TODAY))


@pytest.mark.parametrize("text", ["Must we send a hive return?", "Does our club owe a hive return?"])
def test_who_asks_for_themselves_is_asked_back(text: str) -> None:
    [finding] = found(text)
    assert finding.asks is not None
    assert "Is any of its work paid for with public money? A grant from a council counts." in finding.asks.text
    assert finding.text == finding.asks.text
    assert finding.data["missing"] == ["keeper", "public", "sales"]


@pytest.mark.parametrize("text", ["Must a keeper send a hive return?", "Does a college owe a hive return?"])
def test_who_asks_of_others_is_not_asked_back(text: str) -> None:
    [finding] = found(text)
    assert (finding.asks, finding.resort, finding.leads) == (None, True, False)


def test_the_check_named_in_full_is_asked_back_too() -> None:
    [finding] = found(hive_return().question)
    assert finding.asks is not None


def test_each_choice_is_the_same_question_with_one_more_fact() -> None:
    [finding] = found("We are a village college, must we send a hive return?")
    assert finding.asks is not None
    assert [c.label for c in finding.asks.choices] == ["yes", "no", "I do not know"]
    known = [{"keeper": "village_college", "public": value} for value in ("yes", "no", None)]
    assert [c.question for c in finding.asks.choices] == [stated(hive_return(), facts) for facts in known]
    outcomes = [found(c.question)[0].data["outcome"] for c in finding.asks.choices]
    assert outcomes == ["eligible", "not_eligible", "not_enough_information"]


def test_where_most_is_known_the_open_rows_are_told_and_the_next_fact_asked_for_beside_them() -> None:
    [finding] = found("We are growers with a council grant. Must we send a hive return?")
    assert finding.asks is None
    assert finding.data["outcome"] == "not_enough_information"
    assert "£1,000,000" in finding.text
    assert finding.missing
    assert finding.told
    assert "How much honey is sold in a year, in pounds?" in finding.notes


REPLIES = {"keeper": "growers", "public": "yes", "sales": "over £1 million"}


def reply_to(asked: str) -> str:
    [wanted] = [f.id for f in hive_return().facts if f.question in asked]
    return REPLIES[wanted]


def test_an_interview_ends_in_a_verdict() -> None:
    text = "Must we send a hive return?"
    messages = [Message(role="user", text=text)]
    [finding] = found(text)
    while finding.data["outcome"] == "not_enough_information":
        asked = finding.asks.text if finding.asks is not None else " ".join((finding.text, *finding.notes))
        reply = reply_to(asked)
        messages.append(Message(role="assistant", text=asked))
        resumed = Interviews(checks).standalone(messages, reply)
        assert resumed is not None
        messages.append(Message(role="user", text=reply))
        [finding] = found(resumed)
    assert len(messages) == 1 + 2 * len(REPLIES)
    assert finding.statements[0].text == "In part. The keeper must send the first part of a hive return."
