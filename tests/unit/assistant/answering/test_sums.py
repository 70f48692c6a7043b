"""Figures asked for one by one are worked with: added up, set against each other, or said to be missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.answering.area_names import area_mentions
from assistant.answering.model import AnswerStatus
from assistant.answering.sums import Sums
from assistant.answering.turn import Draft, Finding, Stop, Turn
from tests.fakes.knowledge import PROFILE, drafted, hit, turn

ON = date(2024, 3, 1)
ASKED = "How much LSIF did Wigan and Slough get: "
HELD = {
    "Wigan": "Wigan got £8.5 million.",
    "Slough": "Slough got £4.5 million.",
    "Bury": "Bury got about £2 million.",
}


def reckoned(text: str, held: dict[str, str], *, confidence: float = 0.9, found: tuple[Finding, ...] = ()) -> Turn:
    def answer(part: Turn) -> Turn | Stop:
        place = next(name for name in HELD if name in part.interpreted)
        if place not in held:
            return Stop(AnswerStatus.NO_EVIDENCE, "not held", part)
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
