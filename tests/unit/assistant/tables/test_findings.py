"""What tables say: worked out from all rows on the date, with what each row rests on, and no proof by absence."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.turn import Finding, Turn
from assistant.answering.understand import Understand
from assistant.areas.engine import AreasEngine
from assistant.tables.findings import TableFindings
from tests.fakes.england import ENGLAND, FactShelf, engine
from tests.fakes.knowledge import turn
from vectorstore.tables import Column, Table, ValueKind

CHAMBER = ValueKind(words="chambers?", match="Chamber", said="led by a chamber", unsaid="not led by a chamber")
AREAS = Table(
    id="areas",
    fact="area",
    name="name",
    words="areas?",
    many="areas",
    shows="erb",
    columns=(
        Column(
            id="erb", fact="erb", value="name", words="leads?|led(?: by)?|body", said="with a body", unsaid="without",
            overall="several_erbs", kinds=(CHAMBER,),
        ),
        Column(id="change", fact="change", words="changed", said="that changed", unsaid="not known to", open=True),
    ),
)  # fmt: skip
AWARDS = Table(
    id="awards",
    fact="award",
    name="of",
    areas="area",
    held="found",
    words="awards?",
    many="awards",
    measure="amount",
    shows="amount",
    columns=(Column(id="amount", fact="award", value="amount", words="sums?", many="money", money=True, open=True),),
)
PROFILE = ENGLAND.model_copy(update={"tables": (AREAS, AWARDS)})


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> AreasEngine:
    return engine(tmp_path_factory.mktemp("places"))


def found(areas: AreasEngine, text: str, as_of: date | None = None) -> list[Finding]:
    made = Understand(areas)(turn(text, profile=PROFILE, as_of=as_of))
    assert isinstance(made, Turn)
    return list(TableFindings(areas, FactShelf()).consult(made))


def said(areas: AreasEngine, text: str, as_of: date | None = None) -> list[str]:
    [finding] = found(areas, text, as_of)
    return [s.text for s in finding.statements]


def test_a_set_is_counted_and_each_row_told(areas: AreasEngine) -> None:
    [finding] = found(areas, "Which areas are not led by a chamber?")
    assert [s.text for s in finding.statements] == [
        "Areas not led by a chamber: two.",
        "Reedshire: Federation of Traders.",
        "Southland: Federation of Traders.",
    ]
    assert finding.whole and finding.leads
    assert finding.data["rows"] == ["Reedshire", "Southland"]
    assert finding.notes[0].endswith("areas (3).")
    assert len(finding.statements[0].tally) == 2


def test_the_rows_are_those_of_the_date(areas: AreasEngine) -> None:
    [lead, item] = said(areas, "Which areas are led by a chamber?", date(2024, 3, 1))
    assert lead == "Areas led by a chamber: one."
    assert item == "Moorland: Moor Chamber of Commerce."
    [finding] = found(areas, "How many areas were not led by a chamber in 2024?")
    assert finding.on == date(2024, 12, 31)


def test_yes_and_no_where_all_is_held(areas: AreasEngine) -> None:
    assert said(areas, "Is every area led by a chamber?")[0] == "No. Areas not led by a chamber: two."
    assert said(areas, "Do any areas have no body?") == ["No. Areas without: none."]
    assert said(areas, "Are any areas led by a chamber?")[0] == "Yes. Areas led by a chamber: one."


def test_what_is_not_held_proves_nothing(areas: AreasEngine) -> None:
    assert said(areas, "Have all areas changed?")[0] == "Areas not known to: one."
    assert said(areas, "Have any areas changed?")[0] == "Yes. Areas that changed: two."


def test_a_place_limits_the_rows(areas: AreasEngine) -> None:
    assert said(areas, "Which areas in Moorshire are led by a chamber?")[0].startswith("Areas in Moorshire led by")
    assert found(areas, "Which areas near Moorshire are led by a chamber?") == []


def test_an_end_says_how_many_were_left_out(areas: AreasEngine) -> None:
    [finding] = found(areas, "What was the largest award?")
    assert finding.statements[1].text == "P01 had 5 pounds."
    assert finding.notes[1].endswith(": 1.")


@pytest.mark.parametrize(
    "text",
    ["Which areas have a beach?", "Who leads Southland?", "Which area is Deal in?", "Which awards are for beaches?"],
)
def test_other_questions_are_left_alone(areas: AreasEngine, text: str) -> None:
    assert found(areas, text) == []
