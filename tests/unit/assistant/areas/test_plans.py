"""Whether an area's latest plan is out is told by the fact on it; other questions on plans are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.areas.plans import Plans
from tests.fakes.england import ENGLAND, FactShelf, engine
from tests.fakes.knowledge import turn
from vectorstore.profile import AreaPlans

PROFILE = ENGLAND.model_copy(
    update={"area_plans": AreaPlans(first="2026-06-01", unless=r"\bsay\b|\bmention|\breport\b|\b2023\b|\bfirst\b")}
)


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    folder: Path = tmp_path_factory.mktemp("places")
    return engine(folder)


def found(areas: AreasEngine, text: str) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=PROFILE))
    assert isinstance(made, Turn)
    return list(Plans(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    "text",
    [
        "Has the new plan for Reedham been published yet?",
        "is the Reedshire 2026 plan out?",
        "Southland has published: has the plan for Reedham been published?",
        "Has Reedham got its new plan",
        "Reedham firm. Is there a new plan yet?",
    ],
)
def test_a_plan_that_was_not_seen_is_said_not_to_be_held(areas: AreasEngine, text: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text == "A Reedshire plan for 2026 is not held."
    assert finding.missing


def test_one_that_was_published_is_a_yes(areas: AreasEngine) -> None:
    [finding] = found(areas, "Has the new plan for Southland been published yet?")
    assert finding.statements[0].text == "Yes. The Southland plan for 2026 was published in July 2026."
    assert finding.missing == ""


def test_published_is_not_approved(areas: AreasEngine) -> None:
    [finding] = found(areas, "Has the new plan for Southland been approved yet?")
    assert finding.statements[0].text.startswith("The Southland plan")
    assert finding.missing


@pytest.mark.parametrize(
    "text",
    [
        "What does the new plan for Reedham say of fish?",
        "Has the Reedham report been published?",
        "Was the 2023 plan for Reedham published?",
        "When was the first plan for Reedham published?",
        "Has the new plan been published?",  # of no area
        "Who leads the new plan for Reedham?",
        "Has the Southland LSIP found a shortage of bricklayers?",
        "Is training available under the current Southland plan?",
        "Have any bootcamps launched under the Southland plan?",
        "Have any bootcamps launched under the new Southland plan?",
        "Has the Southland LSIP published a new directory of training?",
        "Is it available under the new Southland plan?",
        "Did you read the new plan for Southland?",
        "Was the new plan for Southland published in May?",
    ],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []


@pytest.mark.parametrize(
    "text",
    ["Has the new plan for Southland not been published yet?", "Is the new Southland plan still to be published?"],
)
def test_what_is_denied_or_still_to_come_gets_no_verdict(areas: AreasEngine, text: str) -> None:
    [finding] = found(areas, text)
    assert finding.statements[0].text.startswith("The Southland plan for 2026 was published")


@pytest.mark.parametrize(
    "text",
    [
        "Where can we read the new Southland plan?",
        "Has Southland published its new plan?",
        "Is Southland's 2026 plan available yet?",
        "When was the new Southland plan published?",
    ],
)
def test_the_plan_itself_may_be_asked_for_in_other_words(areas: AreasEngine, text: str) -> None:
    [finding] = found(areas, text)
    assert "was published in July 2026" in finding.statements[0].text
