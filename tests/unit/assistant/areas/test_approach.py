"""Whom to contact and how to take part are recognised by what is asked; what merely stands near is left alone."""

from __future__ import annotations

import pytest

from assistant.areas.approach import asked_besides, asks_contact, asks_to_take_part


@pytest.mark.parametrize(
    "text",
    [
        "who should i speak to in Reedham",
        "Who at the Moor Chamber do I phone about the plan?",
        "who's the right person to contact?",
        "Reedham contact?",
        "contact details for Southland",
        "How can a small shop get in touch with them?",
        "is there somebody at the chamber we could talk to",
        "first step?",
        "How do we speak to the Norfolk Chamber?",
        "Where do we start in Norwich?",
        "what's the e-mail address?",
        "Who do we tell that nobody can weld?",
    ],
)
def test_a_contact_is_asked(text: str) -> None:
    assert asks_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who sits on the board?",
        "Which college got the money?",
        "Who leads Reedham?",
        "Who approved the plan?",
        "How many contacts did they make with firms?",
        "How can I see the plan for Norfolk?",
        "How can we meet skills needs in Norfolk?",
        "How do firms deal with skills shortages in Norfolk?",
        "Where can we start a training course in Norwich?",
        "How do colleges talk to employers in Norfolk?",
        "Are there enough people to meet demand in Norfolk?",
    ],
)
def test_another_who_is_no_contact(text: str) -> None:
    assert not asks_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "How can a small firm in Reedham have a say in the plan?",
        "want to join the survey",
        "Do they listen to firms like us?",
        "we'd like our views to be heard",
        "can i get involved?",
        "How do we influence skills in Norfolk?",
        "How can employers shape the plan?",
        "How do we give our views on training?",
    ],
)
def test_taking_part_is_asked(text: str) -> None:
    assert asks_to_take_part(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do we have to take part?",
        "How many firms took part in the survey?",
        "When can we have our say?",
        "What does it cost us to take part?",
        "Did our members join the survey?",
        "The plan has a say in it",
        "Why should we take part?",
        "How do employers influence skills in Norfolk?",
        "How do employers have a say in Norfolk?",
    ],
)
def test_what_came_of_it_and_what_is_owed_is_not(text: str) -> None:
    assert not asks_to_take_part(text)


def test_what_a_page_does_not_give_is_named() -> None:
    assert asked_besides("Who at the chamber do I phone?") == ["the name of a person", "a telephone number"]
    assert asked_besides("what's their e-mail?") == ["an e-mail address"]
    assert asked_besides("what's their e-mail?", mail_held=True) == []
    assert asked_besides("who do we ring?") == []
