"""`lsip slack workspaces`: list, show, set, forget."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from assistant.cli.slack_admin import workspaces
from assistant.composition import Application, build
from assistant.settings import load_settings
from tests.fakes.slack_kept import arrival
from vectorstore import schema as t
from vectorstore.errors import NotFoundError, UsageError
from vectorstore.profile import AreaName, CollectionProfile


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """The application of the environment, with a collection that knows one area."""
    monkeypatch.setenv("LSIP_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    made = build(load_settings())
    profile = CollectionProfile(areas=(AreaName(id="A09", name="Dorset", erb="E", url="https://e.example"),))
    row = {"name": "lsip", "generation": 1, "profile": profile.model_dump(mode="json"), "manifest": {}}
    with made.catalogue.engine.begin() as c:
        c.execute(sa.insert(t.collections).values(row))
    yield made
    made.catalogue.engine.dispose()


class Shell:
    """Runs a command and gives what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def text(self, *arguments: str) -> str:
        self._capsys.readouterr()
        workspaces(args=list(arguments), standalone_mode=False)
        return self._capsys.readouterr().out

    def __call__(self, *arguments: str) -> Any:
        return json.loads(self.text(*arguments, "--json"))


@pytest.fixture
def lsip(app: Application, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


def changes(app: Application) -> list[tuple[str, str, str]]:
    return [(c.subject, c.action, c.comment) for c in app.office.sites.audit()]


def test_what_is_set_holds_is_shown_and_leaves_a_row(lsip: Shell, app: Application) -> None:
    made = lsip(
        "set", "T1", "--area", "Dorset", "--follow-ups", "anyone", "--who", "listed", "--allow", "U1", "--allow",
        "C1", "--help-at", "C9", "--quota", "person=3/day", "--quota", "workspace=9/day", "--comment", "by mail",
    )  # fmt: skip
    assert made["settings"] == {
        "area": "A09",
        "follow_ups": "anyone",
        "who": "listed",
        "allowed": ["U1", "C1"],
        "help": "C9",
        "person_quota": "3/day",
        "workspace_quota": "9/day",
    }
    assert lsip("show", "T1") == made
    found = app.slack.preferences.of("T1", "C2", "U2")
    assert (found.area, found.admitted, found.person_quota) == ("A09", False, "3/day")
    assert changes(app) == [("slack:T1", "set", "by mail")]


def test_an_empty_value_takes_a_setting_back_and_leaves_the_rest(lsip: Shell) -> None:
    lsip(
        "set",
        "T1",
        "--area",
        "A09",
        "--help-at",
        "Ada",
        "--quota",
        "person=3/day",
        "--who",
        "listed",
        "--allow",
        "U1",
    )
    assert lsip("set", "T1", "--area", "", "--quota", "person=")["settings"] == {
        "who": "listed",
        "allowed": ["U1"],
        "help": "Ada",
    }
    assert lsip("set", "T1", "--who", "everyone")["settings"] == {"who": "everyone", "help": "Ada"}
    assert lsip("set", "T1", "--who", "", "--help-at", "")["settings"] == {}


def test_a_channel_has_settings_of_its_own(lsip: Shell, app: Application) -> None:
    lsip("set", "T1", "--follow-ups", "mention")
    made = lsip("set", "T1", "--channel", "C1", "--area", "A09", "--quota", "person=1/day")
    assert made["channels"] == {"C1": {"area": "A09", "person_quota": "1/day"}}
    assert made["settings"] == {"follow_ups": "mention"}
    assert changes(app)[0] == ("slack:T1:C1", "set", "")


def test_where_questions_came_from_is_listed(lsip: Shell, app: Application) -> None:
    app.slack.inbox.take_in(arrival(team="T5", enterprise="E1"))
    lsip("set", "T1", "--follow-ups", "mention")
    held = lsip("list")["workspaces"]
    assert [(w["team"], w["enterprise"], bool(w["first_question"])) for w in held] == [
        ("T1", "", False),
        ("T5", "E1", True),
    ]
    table = lsip.text("list")
    assert "2 workspaces" in table and "T5" in table
    assert "follow_ups=mention" in lsip.text("show", "T1")


def test_forgetting_needs_a_reason_and_leaves_a_row(lsip: Shell, app: Application) -> None:
    app.slack.inbox.take_in(arrival())
    lsip("set", "T1", "--follow-ups", "mention")
    with pytest.raises(UsageError, match="reason"):
        lsip.text("forget", "T1")
    assert app.slack.inbox.waiting() == 1
    assert lsip("forget", "T1", "--person", "U1", "--comment", "by mail") == {
        "team": "T1",
        "person": "U1",
        "answers": 0,
    }
    assert app.slack.inbox.waiting() == 0 and lsip("show", "T1")["settings"]
    assert "T1" in lsip.text("forget", "T1", "--comment", "left")
    assert changes(app)[:2] == [("slack:T1", "forget", "left"), ("slack:T1", "forget_person", "by mail")]
    assert "U1" not in str(changes(app))
    with pytest.raises(NotFoundError):
        lsip.text("show", "T1")


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "T1"),
        ("set", "t1", "--follow-ups", "mention"),
        ("set", "E1", "--follow-ups", "mention"),
        ("set", "T1", "--channel", "U1", "--follow-ups", "mention"),
        ("set", "T1", "--follow-ups", "always"),
        ("set", "T1", "--area", "Atlantis"),
        ("set", "T1", "--who", "listed"),
        ("set", "T1", "--who", "nobody"),
        ("set", "T1", "--allow", "U1"),
        ("set", "T1", "--who", "everyone", "--allow", "U1"),
        ("set", "T1", "--who", "listed", "--allow", "ada"),
        ("set", "T1", "--help-at", "x" * 301),
        ("set", "T1", "--help-at", "a\u202eb"),
        ("set", "T1", "--quota", "person=many"),
        ("set", "T1", "--quota", "site=1/day"),
        ("set", "T1", "--quota", "person"),
        ("set", "T1", "--channel", "C1", "--quota", "workspace=1/day"),
        ("set", "T1", "--follow-ups", "mention", "--comment", "x" * 501),
        ("show", "dorset"),
        ("forget", "T1", "--person", "C1", "--comment", "x"),
        ("forget", "E1", "--person", "U1", "--comment", "x"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    lsip: Shell, app: Application, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError):
        lsip.text(*arguments)
    assert changes(app) == [] and app.slack.workspaces.all() == []


def test_the_purge_of_old_answers_sweeps_what_slack_keeps(app: Application) -> None:
    app.slack.inbox.take_in(arrival())
    with app.catalogue.engine.begin() as c:
        c.execute(sa.update(t.slack_inbox).values(received=sa.func.datetime("now", "-40 days")))
    app.records.retention.purge()
    assert app.slack.inbox.waiting() == 0
