"""One question as of two dates: two answers, each right on its date, each cited to the text in force then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.composition import Application
from assistant.settings import Settings
from tests.fakes.catalogued import markdown, write

ENACTED = """# Widgets (Local Needs) Act

## Section 1: Duty to review

The governing body of a widget works must review its output every three years.

## Section 2: Consultation

Before it completes a review, the governing body must consult the local chamber of smiths.

## Section 3: Publication

The governing body must publish each review within six months."""
AMENDED = ENACTED.replace(
    "must consult the local chamber of smiths.", "must consult the regional guild of founders and the mayor."
).replace("every three years", "every two years")
QUESTION = "Who must the governing body of a widget works consult before it completes a review?"


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory, encoder_cache: Path) -> Application:
    folder = tmp_path_factory.mktemp("acts")
    data = folder / "data"
    data.mkdir()
    (data / "encoders").symlink_to(encoder_cache / "encoders")
    common = {"document": "widgets-act", "title": "Widgets (Local Needs) Act", "kind": "official"}
    write(
        folder / "src",
        {
            "enacted.md": markdown(ENACTED, version="as enacted", valid_from="2021-05-01", **common),
            "amended.md": markdown(AMENDED, version="as amended", valid_from="2024-09-01", **common),
        },
    )
    made = Application(Settings(data_dir=data, embedding_model="", today=date(2026, 11, 23)))
    assert made.pipeline().run(folder / "src", "acts").failed == 0
    return made


def ask(application: Application, on: date | None, question: str = QUESTION) -> Answer:
    return application.assistant.ask(Question(question=question, as_of=on, collection="acts"))


@pytest.mark.parametrize(
    ("on", "said", "unsaid", "label", "end"),
    [
        (date(2021, 5, 1), "local chamber of smiths", "guild of founders", "as enacted", date(2024, 8, 31)),
        (date(2024, 8, 31), "local chamber of smiths", "guild of founders", "as enacted", date(2024, 8, 31)),
        (date(2024, 9, 1), "regional guild of founders and the mayor", "chamber of smiths", "as amended", None),
        (None, "regional guild of founders and the mayor", "chamber of smiths", "as amended", None),
    ],
)
def test_who_is_consulted(
    application: Application, on: date | None, said: str, unsaid: str, label: str, end: date | None
) -> None:
    answer = ask(application, on)
    assert answer.status is AnswerStatus.ANSWERED
    assert said in answer.plain
    assert unsaid not in answer.text
    assert answer.citations
    for citation in answer.citations:
        version = application.catalogue.version(citation.version_id)
        assert (version.label, citation.valid_to, citation.in_force) == (label, end, True)
        assert application.catalogue.text(citation.version_id)[citation.start : citation.end] == citation.quote
        assert citation.quote in (ENACTED if label == "as enacted" else AMENDED)
    assert any(c.section == "Section 2: Consultation" for c in answer.citations)


def test_another_section_that_changed(application: Application) -> None:
    question = "How often must the governing body review its output?"
    assert "every three years" in ask(application, date(2022, 1, 1), question).plain
    assert "every two years" in ask(application, date(2025, 1, 1), question).plain


def test_before_the_act_there_is_no_answer(application: Application) -> None:
    answer = ask(application, date(2021, 4, 30))
    assert answer.status not in {AnswerStatus.ANSWERED, AnswerStatus.ANSWERED_PARTLY}
    assert answer.citations == ()


def test_the_earlier_edition_says_what_replaced_it(application: Application) -> None:
    first, second = application.catalogue.versions("acts", document_id="widgets-act")
    assert (first.superseded_by, second.superseded_by) == (second.version_id, None)
    assert ask(application, date(2022, 1, 1)).citations[0].superseded_by == second.version_id
