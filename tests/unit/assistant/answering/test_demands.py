"""What a question demands by its form and nothing said has is missing; where the form is there, nothing is."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.demands import lacks
from assistant.answering.ordinals import number_asked_for, number_lacking
from assistant.answering.posts import lacks_holder
from assistant.answering.upcoming import next_lacking

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        (
            "minimum number of firms we have to ask?",
            "Firms need not take part. No one attends a set number.",
            "limit",
        ),
        ("When is the orchard gate locked?", "The orchard gate is locked at nine in the evening.", ""),
        ("When is the orchard gate locked?", "The orchard gate is locked by a warden.", "date"),
        ("What was the smallest grant for a mill?", "Mills got grants from the fund.", "limit"),
        ("What is the cap for each area?", "Each area has a cap, set by its size.", "limit"),
        ("How many firms must we ask at least?", "Firms are to be asked.", "limit"),
        ("minimum number of firms we have to ask?", "At least 20 firms are asked.", ""),
        ("minimum number of firms we have to ask?", "The Act sets no minimum.", ""),
        ("What is the cap for each area?", "An area could have up to £550,000.", ""),
        ("Is there a minimum grant size?", "There is a size test.", ""),
        ("How was the maximum award for each area worked out?", "The award follows the size of the area.", ""),
        (
            "what weighting was given to each factor?",
            "The ceiling follows size, skills and other factors.",
            "weighting",
        ),
        ("How were the criteria weighted?", "Quality counted for 60%, price for the rest.", ""),
        ("What grade did the mill need?", "The mill had to be inspected.", "grade"),
        ("What grade did the mill need?", "A mill graded 1 or 2 could lead.", ""),
        ("What time does the forum start?", "The forum is on 3 May 2027.", "clock"),
        ("What time does the forum start?", "The forum starts at 10am.", ""),
        ("What time of year is the survey?", "The survey is in May.", ""),
        ("Where did Moor come in the league table of spending?", "Moor spent £2 million.", "rank"),
        ("Where does Moor rank on the dashboard?", "Moor is 36th of 42 areas.", ""),
        ("What share of firms answered?", "Firms answered the survey.", "share"),
        ("What share of firms answered?", "31 of the 37 firms answered.", ""),
        ("What happens if we miss the deadline?", "The department may write to you.", ""),
        ("What is the deadline?", "Bids are sent to the department.", "deadline"),
        ("Which deadline applies to bids?", "Bids are sent to the department.", "deadline"),
        ("What does the average employer have to do?", "Firms may take part.", ""),
        ("What is the average?", "The awards came to £90.", "average"),
        ("Who decides the weighting?", "The department decides.", ""),
        ("How is the weighting decided?", "The department decides it.", ""),
        ("How much data is in a plan?", "A plan holds evidence.", ""),
        ("How much money is in the fund?", "The fund pays colleges.", "amount"),
        ("What was the average award?", "The awards came to £90.", "average"),
        ("How much per learner was paid?", "The fund paid £5 million.", "rate"),
        ("How much per learner was paid?", "The fund paid £500 for each learner.", ""),
        ("How much did the fund pay?", "The fund paid colleges.", "amount"),
        ("How much did the fund pay?", "The fund paid nothing.", ""),
        ("How much say do firms have?", "Firms are asked for their views.", ""),
        ("When was the fund opened?", "The fund was opened by the minister.", "date"),
        ("When was the fund opened?", "The fund opened in May 2023.", ""),
        ("When does a mill fall under the duty?", "A mill with technical courses falls under it.", ""),
        ("What was the cut-off for bids?", "Bids were launched in May 2022.", "deadline"),
        ("What was the cut-off for bids?", "Bids closed on 3 May 2022.", ""),
        ("How long does the fund run?", "The fund pays for projects.", "duration"),
        ("How long does the duty last?", "The duty lasts as long as a plan is in place.", ""),
        ("How often does the board meet?", "The board has nine members.", "frequency"),
        ("How often must we look at it?", "The Act sets no fixed interval.", ""),
        ("Who leads the plan?", "Moor Chamber leads the plan.", ""),
        ("What does the plan say about welding?", "Welders are short.", ""),
    ],
)
def test_the_form_that_is_demanded(question: str, said: str, missing: str) -> None:
    assert lacks(question, [said]) == [missing] * bool(missing)


def test_one_sentence_of_several_is_enough() -> None:
    said = ["The fund paid colleges.", "The sum was £5 million."]
    assert lacks("How much did the fund pay?", said) == []


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("which civil servant signs plans off?", "The Secretary of State approves plans.", True),
        ("which minister signs plans off?", "The Secretary of State approves plans.", False),
        ("which officer signs plans off?", "The chief executive signs plans.", False),
        ("which officer signs plans off?", "Jo Bloggs signs plans.", False),
        ("What person specification applies?", "The rules apply.", False),
        ("Which individual learners count?", "Those in courses count.", False),
        ("Which person signs plans off?", "The chamber does.", True),
        ("What person is in charge?", "The chamber is.", True),
        ("Who is the director of Moor Chamber?", "Moor Chamber leads the plan.", True),
        ("Who owns the plan, the chamber or the mayor?", "The chamber owns it.", False),
        ("Who sits on the board with the chair?", "Three chambers sit on the board.", False),
        ("Who leads the plan?", "Moor Chamber leads the plan.", False),
    ],
)
def test_a_person_is_named_or_told_by_the_post(question: str, said: str, missing: bool) -> None:
    assert lacks_holder(question, said) is missing


@pytest.mark.parametrize(
    ("question", "said", "missing"),
    [
        ("When is the next forum?", "Forums are held quarterly, by a page of 16 July 2025.", True),
        ("What date is the next forum?", "The forum met in May 2026.", True),
        ("When is the next forum?", "The next forum is on 3 May 2027.", False),
        ("When is the next forum?", "The forum is in December 2026.", False),
        ("When is the next report due?", "Reports are due by 30 June.", False),
        ("When is the next round?", "No further round has been announced.", False),
        ("When is the next forum?", "A forum is held every three months.", False),
        ("When will we know what comes next?", "The forum met in May 2025.", False),
        ("When's the next forum?", "The forum met in May 2026.", True),
        ("When will the next plan be published?", "The plan came out in May 2025.", True),
        ("When was the forum?", "The forum met in May 2025.", False),
        ("What is due next year?", "The report of 2025 was long.", False),
    ],
)
def test_what_is_next_lies_ahead(question: str, said: str, missing: bool) -> None:
    assert next_lacking(question, [said], TODAY.year, TODAY.month) is missing


FOUR = [
    "Four of the five priorities are known:",
    "Priority 1 is staff.",
    "Priority 3 is research.",
    "Priority 4 is care.",
    "Priority 5 is skills.",
]


@pytest.mark.parametrize(
    ("question", "said", "number"),
    [
        ("It has five priorities - what's number 2?", FOUR, 2),
        ("what is the second priority of the plan?", FOUR, 2),
        ("What is priority 3?", FOUR, 0),
        ("which is ground six for removal?", ["The grounds are:", "a breach", "a request"], 6),
        ("what's the second one?", ["The grounds are:", "a breach", "a request"], 0),
        ("what's priority number five in Moor?", ["Priority P5 of the Moor plan is tourism."], 0),
        ("what is the phone number of the chamber?", ["The chamber has a page."], 0),
        ("what number of firms answered?", ["Some answered."], 0),
        ("what are the priorities?", FOUR, 0),
    ],
)
def test_the_one_asked_for_by_its_number(question: str, said: list[str], number: int) -> None:
    assert number_lacking(question, said) == number


def test_most_questions_ask_for_none_by_its_number() -> None:
    assert number_asked_for("How many priorities does the plan have?") == 0
    assert number_asked_for("When did stage 2 open?") == 0
    assert number_asked_for("Is it led by no one?") == 0
    assert number_asked_for("What is no. 2?") == 2
    assert number_asked_for("What about number one?") == 1
