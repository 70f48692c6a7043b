"""Settings by person, channel and workspace."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from assistant.settings import Settings
from assistant.slack.model import Preferences
from assistant.slack.storage.preferences import Own, SqlPreferences, write
from tests.fakes.slack_kept import secret
from vectorstore import schema as t
from vectorstore.errors import UsageError

DEFAULTS = Settings(slack_follow_ups="mention", slack_help="The team", slack_person_quota="5/day")


@pytest.fixture
def book(engine: Engine) -> SqlPreferences:
    return SqlPreferences(engine, secret, DEFAULTS)


def put(engine: Engine, channel: str = "", **given: Any) -> None:
    with engine.begin() as c:
        write(c, ("T1", channel, ""), given)


def test_without_any_setting_those_of_the_service_hold(book: SqlPreferences) -> None:
    assert book.of("T1", "C1", "U1") == Preferences(
        follow_ups="mention", help="The team", person_quota="5/day", workspace_quota=DEFAULTS.slack_workspace_quota
    )


def test_the_narrowest_area_holds_and_says_where_it_comes_from(book: SqlPreferences) -> None:
    def area(team: str = "T1", channel: str = "C1", user: str = "U1") -> tuple[str | None, str]:
        found = book.of(team, channel, user)
        return found.area, found.area_from

    book.set_area("A01", "T1")
    assert area() == ("A01", "workspace")
    book.set_area("A02", "T1", channel="C1")
    assert area() == ("A02", "channel") and area(channel="C2") == ("A01", "workspace")
    book.set_area("A03", "T1", user="U1")
    assert area() == ("A03", "person") and area(user="U2") == ("A02", "channel")
    assert area(team="T2") == (None, "")
    book.set_area(None, "T1", user="U1")
    book.set_area(None, "T1", channel="C1")
    assert area() == ("A01", "workspace")
    book.set_area("A04", "T1")
    assert area() == ("A04", "workspace")


def test_an_area_is_of_a_person_or_of_a_channel(book: SqlPreferences) -> None:
    with pytest.raises(UsageError):
        book.set_area("A01", "T1", channel="C1", user="U1")


def test_a_channel_goes_before_its_workspace(book: SqlPreferences, engine: Engine) -> None:
    put(engine, follow_ups="anyone", help="C9", person_quota="1/day", workspace_quota="2/day")
    assert book.of("T1", "C1", "U1") == Preferences(
        follow_ups="anyone", help="C9", person_quota="1/day", workspace_quota="2/day"
    )
    put(engine, "C1", follow_ups="mention", help="Ada", person_quota="9/day")
    here = book.of("T1", "C1", "U1")
    assert (here.follow_ups, here.help, here.person_quota, here.workspace_quota) == (
        "mention",
        "Ada",
        "9/day",
        "2/day",
    )
    assert book.of("T1", "C2", "U1").follow_ups == "anyone"


def test_who_is_listed_may_ask(book: SqlPreferences, engine: Engine) -> None:
    put(engine, who="listed", allowed=["U1", "C1"])
    may = {(c, u): book.of("T1", c, u).admitted for c in ("C1", "C2") for u in ("U1", "U2")}
    assert may == {("C1", "U1"): True, ("C1", "U2"): True, ("C2", "U1"): True, ("C2", "U2"): False}
    put(engine, "C2", who="everyone")
    assert book.of("T1", "C2", "U2").admitted and not book.of("T1", "C3", "U2").admitted
    put(engine, "C1", who="listed", allowed=["U1"])
    assert not book.of("T1", "C1", "U2").admitted and book.of("T1", "C1", "U1").admitted
    put(engine, who="listed", allowed=[])
    assert not book.of("T1", "C3", "U1").admitted


def test_setting_one_leaves_the_others(book: SqlPreferences, engine: Engine) -> None:
    put(engine, "C1", help="Ada", follow_ups="anyone")
    book.set_area("A01", "T1", channel="C1")
    put(engine, "C1", follow_ups=None)
    assert book.own("T1", "C1") == Own(area="A01", help="Ada")
    assert book.channels("T1") == {"C1": Own(area="A01", help="Ada")}
    assert book.own("T1") == Own()


def test_a_row_that_sets_nothing_goes_and_none_names_a_member(book: SqlPreferences, engine: Engine) -> None:
    book.set_area("A01", "T1", user="UZEBRA")
    with engine.connect() as c:
        held = c.execute(sa.select(t.slack_preferences)).all()
    assert len(held) == 1 and "ZEBRA" not in str(held)
    book.set_area(None, "T1", user="UZEBRA")
    with engine.connect() as c:
        assert c.execute(sa.select(t.slack_preferences)).all() == []
