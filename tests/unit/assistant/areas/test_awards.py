"""Awards are compared by the sums that are held, and nothing else is taken for such a question."""

from __future__ import annotations

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.awards import Awards, Wanted, read
from assistant.areas.engine import AreasEngine
from tests.fakes.england import ENGLAND, FactShelf, engine
from tests.fakes.knowledge import turn

PROFILE = ENGLAND.model_copy(update={"awards": r"\bawards?\b"})


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    return engine(tmp_path_factory.mktemp("places"))


def found(areas: AreasEngine, text: str) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=PROFILE))
    assert isinstance(made, Turn)
    return list(Awards(areas, FactShelf()).consult(made))


@pytest.mark.parametrize(
    ("text", "areas", "expected"),
    [
        ("Which awards were over £5 million?", 0, Wanted(over=5_000_000)),
        ("awards of less than £250k", 0, Wanted(under=250_000, smallest=True)),
        ("What was the largest award?", 0, Wanted(count=1)),
        ("three smallest awards", 0, Wanted(count=3, smallest=True)),
        ("Which award is larger?", 2, Wanted()),
        ("What do the awards come to altogether?", 2, Wanted(total=True)),
        ("What was the award?", 1, None),
        ("What was the largest plan?", 0, None),
        ("Who leads the awards?", 0, None),
    ],
)
def test_what_is_asked_of_awards(text: str, areas: int, expected: Wanted | None) -> None:
    assert read(text, areas, r"\bawards?\b") == expected


def test_the_largest_is_found_among_those_whose_sum_is_held(areas: AreasEngine) -> None:
    [finding] = found(areas, "What was the largest award?")
    assert [s.text for s in finding.statements] == ["P01 had 5 pounds."]
    assert finding.notes[-1].endswith(": 1.")


def test_nothing_is_found_where_no_sum_fits(areas: AreasEngine) -> None:
    assert found(areas, "Which awards were over £5 million?") == []
    assert found(areas, "Who leads the plan in Northmoor?") == []
