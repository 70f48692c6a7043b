"""Yes, no or "that depends" is claimed only where the sentence says nearly all that is asked."""

from __future__ import annotations

import pytest

from assistant.answering.polarity import Verdict, asks_yes_or_no, plainly_asked, verdict


def told(question: str, text: str, above: str = "") -> Verdict | None:
    return verdict(question, text, above, lambda _: [], lambda _: 1.0)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Must growers publish a plan?", "Growers must publish a plan.", Verdict.YES),
        ("Must growers publish a plan?", "Growers need not publish a plan.", Verdict.NO),
        ("Is the garden fund open?", "The garden fund closed in 2023.", Verdict.NO),
        ("Is the garden fund still open?", "The garden fund is open.", Verdict.YES),
        ("Can growers join the fund?", "Growers can join the fund only if they are members.", Verdict.DEPENDS),
        ("Is Elm inside the Oak area?", "Elm is outside the Oak area.", Verdict.NO),
        ("The garden fund is open, correct?", "The garden fund is closed.", Verdict.NO),
        ("Has the seed fund been replaced?", "The seed fund was replaced, and the garden fund ended.", Verdict.YES),
        ("Have the new rules been replaced?", "The new rules were replaced in May.", Verdict.YES),
        ("Was the plan approved?", "The board approved the plan.", Verdict.YES),
        ("Is it true that growers must publish a plan?", "Growers need not publish a plan.", Verdict.NO),
        ("Must growers publish a plan as things stand?", "Growers need not publish a plan.", Verdict.NO),
        ("Is the fund still called that?", "The fund was called a pot before 2024.", Verdict.NO),
    ],
)
def test_what_the_sentence_settles(question: str, text: str, expected: Verdict) -> None:
    assert told(question, text) is expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Must growers publish a plan?", "Growers publish a plan."),  # no duty is said
        ("Can the board change the terms of growers?", "Growers that do not reply are bound by the change."),
        ("Must growers with 12 beds publish a plan?", "Growers with 3 beds must publish a plan."),  # another figure
        ("Is the GLA the body for London?", "The body for London is BusinessLDN."),  # another name
        ("Must growers publish a plan each year?", "A plan has maps and tables."),  # too little is said
        ("Is the fund not open?", "The fund is not open."),  # the question denies
        ("Is the fund open?", "The fund is not closed, and no bid is open."),  # more than one negation
        ("Is the plan of 2022 or of 2025 in force?", "The plan of 2022 and of 2025 is in force."),
        ("Which fund is open?", "The fund is open."),
        ("Has the garden fund ended?", "The garden fund is closed."),  # two words for an end
        ("Have the new rules been replaced?", "The new rules replaced the old rules."),  # it did so itself
        (
            "Was the plan published?",
            "The plan was published by the club; approval is not confirmed.",
        ),  # that of it is
        ("Were new rules published?", "The new rules apply."),  # what was done is not said
    ],
)
def test_nothing_is_claimed_where_it_cannot_be_told(question: str, text: str) -> None:
    assert told(question, text) is None


def test_the_heading_may_name_what_the_sentence_is_about() -> None:
    question = "Must growers of the valley keep records of seeds?"
    assert told(question, "Growers must keep records of seeds.", "The valley") is Verdict.YES


def test_what_is_a_yes_no_question() -> None:
    assert asks_yes_or_no("So do we have to join?")
    assert asks_yes_or_no("We have to join, right?")
    assert not asks_yes_or_no("What do we have to do?")
    assert not asks_yes_or_no("Is it Kent or Surrey?")
    assert plainly_asked("Do plans cover Wales?")
    assert not plainly_asked("Is Wales outside the plans?")


def test_nobody_denies() -> None:
    assert told("Can growers still join the fund?", "Nobody can join the fund.") is not Verdict.YES
    assert told("Can anybody join the fund?", "Nobody can join the fund.") is not Verdict.YES
