"""A turn that means what the last question said rather than one phrase of it, or a phrase that does not fit in."""

from __future__ import annotations

import pytest

from assistant.answering.contextualise import Contextualise
from assistant.answering.referents import gist, phrases, referent
from assistant.answering.slots import Value
from tests.fakes.knowledge import turn
from tests.unit.assistant.answering.test_contextualise import FIRST, PROFILE_WITH_TERMS, interpreted


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("Can a college be sacked?", "who signs that off?"), "who signs that off (Can a college be sacked)?"),
        (("Can a college be sacked?", "does it get reasons?"), "does it get reasons (Can a college be sacked)?"),
        (("Must a plan name farms?", "which section says so?"), "which section says so (Must a plan name farms)?"),
        (("How often must a college meet?", "who checks?"), "who checks (a college meet)?"),
        (("Who leads the SDF?", "do they meet often?"), "do they meet often (Who leads the SDF)?"),
        (("Our college has to report - what is that?", "who checks?"), "who checks (Our college has to report)?"),
    ],
)
def test_the_whole_goes_along_where_no_one_phrase_says_it(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns) == expected


def test_it_goes_on_with_what_was_meant_and_that_points_to_what_was_said_last() -> None:
    turns = ("Can a college be sacked?", "does it get reasons?")
    assert interpreted(*turns, "can it say no?") == "can it say no (Can a college be sacked)?"
    assert interpreted(*turns, "who wrote that?") == "who wrote that (does it get reasons; Can a college be sacked)?"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("What are the sectors?", "when was that agreed?"), "when was that agreed (the sectors)?"),
        (("What are the sectors of the Wigan plan?", "when was it agreed?"), "When was the Wigan plan agreed"),
        (("How old is the plan in Wigan?", "have they got a site?"), "have they got a site (the plan in Wigan)?"),
        (("Is there a report?", "is there a newer one?"), "is there a newer one (a report)?"),
        (("When did the SDF end?", "did we get any in Wigan?"), "Did we get any in Wigan (the SDF)?"),
    ],
)
def test_a_phrase_stands_for_a_pronoun_only_where_it_fits(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns).lower().rstrip("?") == expected.lower().rstrip("?")


def test_a_name_is_not_cut_and_a_time_is_no_thing() -> None:
    question = "What is the plan of Hull and Bury from May 2025?"
    known = [Value("place", 20, 33, "Hull and Bury"), Value("time", 34, 47, "from May 2025")]
    assert referent("What is the plan of Hull and Bury?", known) == "the plan of Hull and Bury"
    assert "May 2025" not in phrases(question, known)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How long does a plan last?", "a plan last"),
        ("Can a plan be late?", "Can a plan be late"),
        ("Who pays for the plan?", "Who pays for the plan"),
        ("who checks that (a plan be late; Wigan)?", "who checks that; Wigan"),
    ],
)
def test_the_gist_is_the_question_without_what_only_asks(question: str, expected: str) -> None:
    assert gist(question) == expected


def test_what_is_asked_once_more_may_have_been_asked_before_last() -> None:
    assert (
        interpreted(FIRST, "why was nobody named?", "and who was it in 2022?")
        == "Who leads the plan for Wigan in 2022?"
    )
    assert interpreted("Who is the ERB for Wigan?", "who was it before?") == "Who was the ERB for Wigan before?"
    assert interpreted(FIRST, "who led it before?", "what about after?").endswith("after?")


def test_nobody_is_no_subject() -> None:
    assert "Wigan" in interpreted(FIRST, "why was nobody named?")


def test_where_a_thing_stands_is_asked_and_not_swapped() -> None:
    assert interpreted(FIRST, "is that in the law?") == "Is the plan for Wigan in the law?"
    assert interpreted("Does the duty reach colleges?", "is that true for universities?").endswith("universities?")


def test_one_who_acts_and_one_acted_on_are_not_several_things() -> None:
    assert "and" not in interpreted("Can a college be a university?", "who picks them?").split()


def test_a_short_form_is_corrected_by_its_last_word() -> None:
    profile = PROFILE_WITH_TERMS.model_copy(update={"vocabulary": {"LSIP": ("local skills improvement plan",)}})
    history = [("user", "When did the LSIP start?")]
    made = Contextualise()(turn("no, the fund, not the plan", history=history, profile=profile)).interpreted
    assert made == "When did the fund start?"


def test_who_asks_goes_along_with_a_swap() -> None:
    made = interpreted("We are a college in Slough. Are we bound by the LSIF?", "and the SDF?")
    assert made == "Are we bound by the SDF (We are a college in Slough)?"


def with_subject(*turns: str) -> str:
    """The last of `turns` as understood in a collection that knows the words of its subject."""
    *earlier, last = turns
    profile = PROFILE_WITH_TERMS.model_copy(update={"scope_terms": ("notice", "plan", "lsif"), "place_terms": ()})
    return Contextualise()(turn(last, history=[("user", t) for t in earlier], profile=profile)).interpreted


def test_a_turn_of_no_known_subject_that_points_takes_along_what_was_asked() -> None:
    assert with_subject("What must a notice hold?", "has one ever been sent?") == "has one ever been sent (a notice)?"
    assert with_subject("Is the LSIF open?", "will any ever be paid?") == "will any ever be paid (the LSIF)?"


@pytest.mark.parametrize(
    "new", ["Who won the cup in Paris?", "Has one notice ever been sent?", "how do I bake bread?"]
)
def test_a_question_of_its_own_is_not_bent_to_the_last(new: str) -> None:
    assert with_subject("What must a plan hold?", new) == new


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("Who picks a body?", "on whose advice?"), "on whose advice (a body)?"),
        (("When is the guide due to be read?", "who does that?"), "who does that (the guide due to be read)?"),
        (("What must a notice contain?", "who sends it?"), "Who sends a notice?"),
        (("What happened in May 2025?", "who leads it now?"), "who leads it now (happened)?"),
        (("How many plans are out?", "which ones?"), "which ones (plans)?"),
        (("How many plans are out?", "is ours one? we're in Bury"), "is ours one (plans)? we're in Bury"),
        (("When did the LSIF end?", "and the SDF?", "which was bigger?"), "which was bigger (LSIF and SDF)?"),
    ],
)
def test_an_elliptic_turn_keeps_its_own_words_and_takes_the_rest_behind(
    turns: tuple[str, ...], expected: str
) -> None:
    assert interpreted(*turns) == expected


def test_a_pronoun_after_another_time_is_not_of_the_time_before() -> None:
    made = interpreted("Who was the ERB for Wigan before 2025?", "who is it now?", "are they a club?")
    assert "2025" not in made and "Wigan" in made


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (
            ("How long can a plan be?", "does that include annexes?"),
            "does that include annexes (How long can a plan be)?",
        ),
        (
            ("Who signs a plan?", "was that the same when it began?"),
            "was that the same when it began (Who signs a plan)?",
        ),
        (
            ("Must the mayor agree the plan?", "can she veto it?"),
            "Can the mayor veto it (Must the mayor agree the plan)?",
        ),
        (("Who picks a new body?", "do colleges get a say?"), "do colleges get a say (a new body)?"),
        (("Who picks a new body?", "can a college object?"), "can a college object (a new body)?"),
        (("What was the LSIF for?", "can we still apply?"), "can we still apply (the LSIF)?"),
        (("Must we follow the approved plan?", "who signed it?"), "Who signed the approved plan?"),
        (("Where can I read the Wigan plan?", "what are its aims?"), "What are the Wigan plan’s aims?"),
        (("Do we have to follow the plan?", "who signed it?"), "Who signed the plan?"),
        (("How old is the plan?", "what is in force now?"), "what is in force now (the plan)?"),
        (("Who got paid from May to June 2025?", "and the month after?"), "Who got paid in July 2025?"),
    ],
)
def test_what_was_asked_goes_along_where_a_turn_leaves_it_unfinished(turns: tuple[str, ...], expected: str) -> None:
    assert interpreted(*turns) == expected


def test_one_of_several_by_its_place_takes_no_other_subject_along() -> None:
    turns = ("Who leads Wigan?", "and Slough?", "which colleges are in the first one?")
    assert interpreted(*turns) == "Which colleges are in Wigan?"
