"""Figures asked for one by one are worked with: added up, set against each other, or said to be missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.area_names import area_mentions
from assistant.answering.model import AnswerStatus
from assistant.answering.reckoning import How
from assistant.answering.sums import Sums, _made, _said
from assistant.answering.turn import Draft, Finding, Stop, Turn
from assistant.answering.verify import Verifier, rules_of
from assistant.verification.figures import figures
from tests.fakes.knowledge import PROFILE, LiveVersions, drafted, hit, turn

ON = date(2024, 3, 1)
ASKED = "How much LSIF did Wigan and Slough get: "
HELD = {
    "Wigan": "Wigan got £8.5 million.",
    "Slough": "Slough got £4.5 million.",
    "Bury": "Bury got about £2 million.",
}


def reckoned(
    text: str,
    held: dict[str, str],
    *,
    confidence: float = 0.9,
    found: tuple[Finding, ...] = (),
    stopped: AnswerStatus = AnswerStatus.NO_EVIDENCE,
) -> Turn:
    def answer(part: Turn) -> Turn | Stop:
        place = next(name for name in HELD if name in part.interpreted)
        if place not in held:
            return Stop(stopped, "not held", part)
        said = drafted(hit(held[place], passage_id=place), held[place])
        return replace(part, draft=Draft((said,), "extractive", ON), confidence=confidence)

    made = Sums(lambda t: replace(t, findings=found), [answer], area_mentions)(
        replace(turn(text, profile=PROFILE), interpreted=text)
    )
    assert isinstance(made, Turn)
    return made


def first(made: Turn) -> str:
    [finding] = made.findings
    return finding.statements[0].text


def verified(made: Turn) -> bool:
    """Whether all figures of what leads stand in its quotations or come of them."""
    [finding] = made.findings
    lead = finding.statements[0]
    return not Verifier(LiveVersions("v1")).faults(lead, ON, rules_of(made))


def test_the_result_goes_before_what_says_each_figure() -> None:
    made = reckoned(f"{ASKED}difference?", HELD)
    [finding] = made.findings
    assert [s.role for s in finding.statements] == ["lead", "item", "item"]
    assert first(made) == "Wigan has more: £8.5 million against £4.5 million, a difference of £4 million."
    assert first(reckoned(f"{ASKED}total?", HELD)) == "£8.5 million and £4.5 million come to £13 million."
    assert (
        first(reckoned(f"{ASKED}average?", HELD)) == "The average of £8.5 million and £4.5 million is £6.5 million."
    )
    assert finding.leads and finding.on == made.as_of


def test_what_comes_of_an_inexact_figure_is_said_to_be_near() -> None:
    made = reckoned("How much LSIF did Wigan and Bury get in total?", HELD)
    assert first(made) == "£8.5 million and about £2 million come to about £10.5 million."
    assert "about £2 million" in made.findings[0].notes[0]


def test_equal_figures_have_no_difference() -> None:
    level = {**HELD, "Slough": "Slough got £8.5 million."}
    assert first(reckoned(f"{ASKED}which got more?", level)) == "No difference: each is £8.5 million."


def test_a_figure_that_is_missing_is_named_and_the_others_are_said() -> None:
    made = reckoned(f"{ASKED}total?", {"Wigan": HELD["Wigan"]})
    [finding] = made.findings
    assert finding.text == HELD["Wigan"] and "Slough" in finding.missing and not finding.statements[0].tally


def test_what_is_not_surely_the_figure_asked_for_is_not_reckoned_with() -> None:
    assert reckoned(f"{ASKED}total?", HELD, confidence=0.5).findings == ()
    assert reckoned(f"{ASKED}total?", {**HELD, "Slough": "It got £1 million and £3 million."}).findings == ()
    assert reckoned(f"{ASKED}total?", {**HELD, "Slough": "Bath got £4.5 million."}).findings == ()
    assert reckoned("Who leads Wigan and Slough?", HELD).findings == ()


def test_what_an_engine_read_whole_and_worked_out_stays() -> None:
    own = Finding("areas", "The largest.", (), {"measure": "most"}, leads=True, whole=True)
    assert reckoned(f"{ASKED}total?", HELD, found=(own,)).findings == (own,)


@pytest.mark.parametrize("status", [s for s in AnswerStatus if s is not AnswerStatus.NO_EVIDENCE])
def test_only_what_is_not_held_is_missing(status: AnswerStatus) -> None:
    assert reckoned(f"{ASKED}total?", {"Wigan": HELD["Wigan"]}, stopped=status).findings == ()


@pytest.mark.parametrize("other", ["Slough got €5000000.", "Slough got $4.5 million.", "Slough got £4m ($5m)."])
def test_other_money_than_pounds_is_not_reckoned_with_and_not_missing(other: str) -> None:
    assert reckoned(f"{ASKED}total?", {**HELD, "Slough": other}).findings == ()


@pytest.mark.parametrize("how", ["total", "difference", "average", "which got more", "how many times bigger"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("up to £9 million", "up to £9 million"),
        ("at least £4 million", "at least £4 million"),
        ("over £9 million", "over £9 million"),
        ("a maximum of £9 million", "at most £9 million"),
        ("no less than £4 million", "no less than £4 million"),
        ("a sum not exceeding £9 million", "not exceeding £9 million"),
    ],
)
def test_nothing_is_worked_out_with_a_limit(how: str, text: str, words: str) -> None:
    made = reckoned(f"{ASKED}{how}?", {**HELD, "Slough": f"Slough got {text}."})
    limit = f"nothing is worked out, as only a limit is said there: {words}."
    assert first(made) == f"£8.5 million and {words}: {limit}"
    assert made.findings[0].notes == () and verified(made)


@pytest.mark.parametrize("near", ["just over", "slightly under", "about", "nearly"])
def test_a_figure_near_a_limit_is_reckoned_with(near: str) -> None:
    made = reckoned(f"{ASKED}difference?", {**HELD, "Slough": f"Slough got {near} £4.5 million."})
    told = f"Wigan has more: £8.5 million against {near} £4.5 million, a difference of about £4 million."
    assert first(made) == told and verified(made)


def test_a_name_whose_figures_stand_in_no_quotation_is_not_said() -> None:
    def told(name: str, text: str) -> str:
        said = drafted(hit(text, passage_id=name), text)
        other = drafted(hit(HELD["Slough"], passage_id="Slough"), HELD["Slough"])
        [more], [less] = (
            [f for f in figures(text) if f.kind == "money"],
            [f for f in figures(other.text) if f.kind == "money"],
        )
        terms = [_made(name, more, said, said.quote), _made("Slough", less, other, other.quote)]
        return _said(How.COMPARE, terms)

    assert told("Stage 2", "It got £8.5 million.") == "£8.5 million against £4.5 million: a difference of £4 million."
    assert told("2024-25", "In 2024 it got £8.5 million.").startswith("£8.5 million against")
    assert told("2024-25", "In 2024-25 it got £8.5 million.").startswith("2024-25 has more")
