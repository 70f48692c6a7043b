"""A yes is said only where the sentence is about the very body asked of, says it as a fact, and of as many."""

from __future__ import annotations

import pytest

from assistant.answering.polarity import Verdict, verdict
from assistant.answering.settling import named_subject, speaks_of


def told(question: str, text: str, above: str = "") -> Verdict | None:
    return verdict(question, text, above, lambda _: [], lambda _: 1.0)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Is Elm Garden Club the lead body?", "Elm Garden Club"),
        ("So does the Board of Growers lead?", "Board of Growers"),
        ("Is the Elm plan approved?", ""),  # the plan is meant, not Elm
        ("Is Elm's page new?", ""),
        ("Must growers publish?", ""),
    ],
)
def test_the_name_that_is_asked_of(question: str, name: str) -> None:
    assert named_subject(question, lambda _: []) == name


def test_a_term_of_the_collection_is_no_name() -> None:
    assert named_subject("Do EGCs lead?", lambda text: [(text, "elm garden clubs")]) == ""
    club = [("club", "association")]
    assert named_subject("Does Elm Club lead?", lambda _: club) == "Elm Club"  # a term is only a part of it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oak Club works with Elm Club on the plan.", False),
        ("Oak Club works with Ash Club and Elm Club on the plan.", False),
        ("From 2022 the lead was Oak Club, with Elm Club.", False),
        ("The page of Elm Club is new.", False),
        ("Elm Club leads the plan.", True),
        ("The plan is led by Elm Club.", True),
        ("The lead is the Elm Clubs of Surrey.", True),
        ("Oak Club and Elm Club lead together; Ash Club and Elm Club have a plan.", True),
    ],
)
def test_who_a_sentence_speaks_of(text: str, expected: bool) -> None:
    assert speaks_of("Elm Club", text, "Is Elm Club the lead?") is expected


@pytest.mark.parametrize(
    ("question", "text", "above"),
    [
        ("Is Elm Club the lead body?", "Oak Club works with Elm Club on the plan.", "Lead body"),  # of another
        ("Is Elm Club the lead body?", "Elm Club has a plan.", "Lead body"),  # the role is the heading's alone
        ("Has a grower been removed by notice?", "A grower can be removed by notice.", ""),  # what may be
        ("Were the plans published in June?", "The plans had been due to be published in June.", ""),
        ("Has the club published a policy?", "The club must have published a policy.", ""),
        ("Can growers get a grant?", "The growers had a grant.", ""),  # a fact says nothing of what may be
        ("Do all growers publish a plan?", "Growers publish a plan.", ""),
        ("Do only growers publish a plan?", "Growers publish a plan.", ""),
        ("Have growers always published a plan?", "All growers published a plan.", ""),
        ("Do growers publish a plan?", "Most growers publish a plan.", ""),
        ("Do growers publish the first plan?", "Growers publish the plan.", ""),
        ("Is the fund 200 pounds?", "The fund is part of a sum of 200 pounds.", ""),  # of the whole
        (
            "Do traders have to take part in the yearly market?",
            "Growers have no duty to take part in the yearly market.",
            "",
        ),
        ("Is there a market duty on growers in law?", "There is a market duty in law, which falls on traders.", ""),
        ("Is there a market duty on growers?", "The market duty falls on traders.", "Growers: no duty"),
        ("Was the plan of 2023 still in force in January 2025?", "The plan of 2023 was replaced on 18 May 2025.", ""),
        ("Do learners vote on the plan?", "The plan does not pay learners who vote.", ""),  # something else is denied
        ("Must growers read the plan?", "Some growers must read the plan, and shops do not pay.", ""),  # of others
        ("Do learners have a say in the plan?", "A plan has learners in view.", ""),
        ("Is a growing course a garden course?", "The Institute for Growing and Garden Courses closed.", ""),
    ],
)
def test_what_settles_nothing(question: str, text: str, above: str) -> None:
    assert told(question, text, above) is None


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Does Elm Club lead the plan?", "Elm Club leads the plan.", Verdict.YES),
        ("Has a grower been removed by notice?", "A grower was removed by notice.", Verdict.YES),
        ("Can growers get a grant?", "Growers can get a grant.", Verdict.YES),
        ("Do all growers publish a plan?", "Every grower publishes a plan.", Verdict.YES),
        ("Do all growers publish a plan?", "Most growers publish a plan, and some do not publish.", Verdict.NO),
        ("Is the plan in force?", "The plan was replaced.", Verdict.NO),
        ("Is the plan in force?", "The plan, in force since May, replaced the letter.", Verdict.YES),
        ("Has the plan been replaced?", "The plan was replaced.", Verdict.YES),
        ("Is the market in Elm?", "The market moved to Oak from Elm.", Verdict.NO),
        ("Is a market in Elm?", "A market in Elm moved stalls.", Verdict.YES),
        ("Is a grower a member?", "A grower who pays is a member.", Verdict.YES),
        ("Are growers members?", "A grower cannot be a member.", Verdict.NO),
        ("Must growers read the plan?", "A grower must read the plan and is not bound to like it.", Verdict.YES),
        ("Must growers read the plan?", "A grower must read the plan; a shop need not.", Verdict.YES),
        ("Is the market still open?", "The market opened in May and closed in June.", Verdict.NO),
        ("Is a grower a paying member?", "A grower is a non-paying member.", Verdict.NO),
        ("Must shops read the plan?", "A grower must read the plan, but shops do not have to.", Verdict.NO),
    ],
)
def test_what_settles(question: str, text: str, expected: Verdict) -> None:
    assert told(question, text) is expected
