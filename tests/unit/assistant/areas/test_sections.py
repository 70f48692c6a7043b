"""A section that is asked for as a whole is quoted from the area's own newest text, or said not to be held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answering.turn import Finding, Understanding
from assistant.areas.sections import AreaSections
from tests.fakes.knowledge import AREAS, PROFILE, Shelf, hit, turn, version
from vectorstore.model import Hit
from vectorstore.profile import AreaSection

OLD = version(version_id="v1", document_id="plan-2023", title="The plan of 2023", area="A03")
NEW = version(version_id="v2", document_id="plan-2026", title="The plan of 2026", area="A03")
TEXTS = (
    hit("Priorities of 2023.", of=OLD, passage_id="p1", heading=("Priorities of the plan",)),
    hit("Priorities of 2026: steel and glass.", of=NEW, passage_id="p2", heading=("Priorities of the plan",)),
    hit("Sectors of 2026.", of=NEW, passage_id="p3", heading=("Sectors of the plan",)),
    hit("Glass needs blowers.", of=NEW, passage_id="p4", heading=("Glass",)),
    hit("Not the plan.", of=NEW, passage_id="p5", heading=("Sectors of a trailblazer plan",)),
)
GAP = hit("The priorities of the plan are not held.", of=NEW, passage_id="p9", heading=("Not held",), gap=True)
WANTED = AreaSection(
    pattern=r"\b(?:priorit\w*|sectors?)\b",
    headings=r"^(?:priorit\w*|sectors)\b.*\bplan",
    but_not=r"trailblazer",
    not_held=r"priorities\b.*\bnot held",
    words="priority priorities sectors main",
)


class Area(Shelf):
    """A retriever whose area holds the given texts."""

    def __init__(self, *texts: Hit) -> None:
        self._texts = texts

    def area_passages(self, areas: Sequence[str], on: date) -> list[Hit]:
        return list(self._texts)


def found(text: str, *texts: Hit, areas: int = 1) -> list[str]:
    profile = PROFILE.model_copy(update={"area_sections": (WANTED,)})
    named = (AREAS[2], AREAS[1])[:areas]
    made = turn(text, profile=profile, understanding=Understanding(areas_named=named))
    findings: Sequence[Finding] = AreaSections(Area(*(texts or TEXTS))).consult(made)
    return [f.text for f in findings]


def test_the_newest_text_of_the_area_is_quoted_whole() -> None:
    assert found("What are the priorities?") == ["Priorities of 2026: steel and glass.", "Sectors of 2026."]
    assert found("What are the main sectors?") == ["Sectors of 2026.", "Priorities of 2026: steel and glass."]


@pytest.mark.parametrize(
    "text",
    [
        "What does it cost?",
        "What are the priorities in glass?",
        "Which sectors need welders, cooks and many drivers?",
    ],
)
def test_other_and_more_specific_questions_are_left_to_search(text: str) -> None:
    assert found(text) == []


def test_what_is_recorded_as_not_held_is_a_gap() -> None:
    assert found("What are the priorities?", GAP) == ["The priorities of the plan are not held."]
    assert found("What are the priorities?", TEXTS[3]) == []


def test_only_one_area_is_spoken_of() -> None:
    assert found("What are the priorities?", areas=2) == []
    assert found("What are the priorities?", areas=0) == []


def test_the_text_of_the_year_that_is_asked_for_is_quoted_and_no_other() -> None:
    assert found("What are the priorities of the 2023 plan?") == ["Priorities of 2023."]
    assert found("What are the priorities of the 2029 plan?") == []
