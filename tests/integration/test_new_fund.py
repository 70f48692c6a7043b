"""A new round of funding is a table: what docs/add-a-fund.md shows is added to a copy of the corpus, and works."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.model import Question
from assistant.composition import Application, build
from assistant.settings import load_settings
from tests.fakes.real_areas import CORPUS
from vectorstore.errors import BadFileError

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "add-a-fund.md").read_text(encoding="utf-8")
SOURCES, EVENTS = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
[TABLE] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
CHECK = "example-skills-grant-2030"


def corpus_with_the_fund(folder: Path, table: str = TABLE) -> Path:
    """A copy of the corpus's data, without its prose, with the three files that the page shows."""
    root = folder / "corpus"
    for part in ("facts", "sources"):
        shutil.copytree(CORPUS / part, root / part)
    shutil.copy(CORPUS / "collection.yaml", root / "collection.yaml")
    (root / "sources" / "example.csv").write_text(SOURCES, encoding="utf-8")
    (root / "facts" / "checks" / f"{CHECK}.yaml").write_text(table, encoding="utf-8")
    head, _, rows = EVENTS.partition("\n")
    events = root / "facts" / "events.csv"
    assert events.read_text(encoding="utf-8").startswith(head)
    events.write_text(events.read_text(encoding="utf-8").rstrip("\n") + "\n" + rows, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, places_cache: Path) -> Iterator[Application]:
    data = tmp_path_factory.mktemp("fund")
    shutil.copytree(places_cache, data / "places")
    made = build(load_settings(data_dir=data, embedding_model="hashing", today="2030-03-10"))
    report = made.pipeline().run(corpus_with_the_fund(data), "lsip", name="fund")
    assert not report.failed
    yield made


@pytest.mark.parametrize(
    ("on", "facts", "outcome"),
    [
        (
            "2030-03-03",
            {"provider_type": "fe_college", "learners": "200", "sent_on": "2030-04-30"},
            "no_rule_in_force",
        ),
        ("2030-03-04", {"provider_type": "fe_college", "learners": "200", "sent_on": "2030-04-30"}, "eligible"),
        ("2030-04-30", {"provider_type": "fe_college", "learners": "199", "sent_on": "2030-04-30"}, "not_eligible"),
        ("2030-04-30", {"provider_type": "fe_college", "learners": "200", "sent_on": "2030-05-01"}, "not_eligible"),
        ("2030-04-30", {"provider_type": "fe_college", "sent_on": "2030-04-30"}, "not_enough_information"),
        (
            "2030-05-01",
            {"provider_type": "fe_college", "learners": "200", "sent_on": "2030-04-30"},
            "no_rule_in_force",
        ),
    ],
)
def test_the_check_before_during_and_after_the_round(
    app: Application, on: str, facts: dict[str, str], outcome: str
) -> None:
    found = app.check_desk("lsip").report(CHECK, facts, date.fromisoformat(on))
    assert found.outcome == outcome
    closed = on > "2030-04-30"
    assert (found.closed_since is not None) == closed
    assert found.said.startswith("The Example Skills Grant 2030 has been closed") == closed
    if closed:
        assert found.under_last_rules is not None
        assert found.under_last_rules.outcome == "eligible"
        assert found.successor is not None


def test_it_is_asked_and_answered_in_chat(app: Application) -> None:
    asked = "We are a college with 250 learners, to bid on 2030-04-01: can we bid for the Example Skills Grant?"
    answer = app.assistant.ask(Question(question=asked))
    assert answer.findings[0]["outcome"] == "eligible"
    assert answer.text.startswith("Yes. The body can bid for the Example Skills Grant 2030.")
    time = app.assistant.ask(Question(question="Is there still time for the Example Skills Grant?"))
    assert "51 days after 10 March 2030" in time.text


def test_a_table_that_contradicts_itself_is_not_taken_in(tmp_path: Path, app: Application) -> None:
    wrong = TABLE.replace("less_than: 200", "less_than: 201")
    assert wrong != TABLE
    with pytest.raises(BadFileError, match="contradict"):
        app.pipeline().run(corpus_with_the_fund(tmp_path, wrong), "lsip", name="fund")
    assert app.check_desk("lsip").checks(app.settings.current_date()).checks
