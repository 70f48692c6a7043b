"""What is set for people, channels and workspaces, and what people do with areas and checks, in a whole service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from assistant.slack import names
from assistant.slack.model import Place
from prompts import message
from tests.fakes import checks, england
from tests.fakes.catalogued import write
from tests.fakes.slack.payloads import elements
from tests.fakes.slack.server import SlackServer, slack
from tests.fakes.slack.state import Message, View
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, POND_QUESTION, POND_SAID, World, until, words, world

PROFILE = {
    "subject": "an orchard",
    "areas": [
        {"id": "A01", "name": "Greater Moor", "erb": "Moor Chamber", "url": "https://moor.example"},
        {"id": "A02", "name": "Reedshire", "erb": "Reed Chamber", "url": ""},
    ],
    "suggestions": [GATE_QUESTION, POND_QUESTION],
    "area_suggestions": ["Who leads in {area}?"],
}


@pytest.fixture(scope="module")
def server() -> Iterator[SlackServer]:
    with slack() as made:
        yield made


@pytest.fixture(scope="module")
def orchard(server: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("orchard")
    write(folder / "docs", {"collection.yaml": yaml.safe_dump(PROFILE)})
    areas, rules = england.desk(folder / "places"), checks.desk()
    with world(folder, server, slack_person_quota="1000/minute") as made:
        made.app.area_desk = lambda collection: areas  # type: ignore[method-assign]
        made.app.check_desk = lambda collection: rules  # type: ignore[method-assign]
        yield made


def set_for(orchard: World, **wanted: Any) -> None:
    """As `lsip slack workspaces set` does."""
    desk = orchard.app.slack.workspaces
    given: dict[str, Any] = {
        "channel": "",
        "area": None,
        "follow_ups": None,
        "who": None,
        "allow": (),
        "help_at": None,
        "quotas": {},
    }
    desk.change("T0ONE", desk.wanted(**{**given, **wanted}), "a test")


def told(orchard: World, channel: str, user: str = "U0ASKER") -> Message:
    """The last message that somebody sees in a channel, once there is one."""
    found = orchard.server.wait(lambda: orchard.server.ours(channel, user=user))
    return found[-1]  # type: ignore[no-any-return]


def commanded(orchard: World, text: str, channel: str, user: str = "U0ASKER") -> Message:
    before = len(orchard.server.ours(channel, user=user))
    assert orchard.sender.commands(text, channel=channel, user=user).acked
    orchard.server.wait(lambda: len(orchard.server.ours(channel, user=user)) > before)
    return told(orchard, channel, user)


def modal(orchard: World, user: str = "U0ASKER") -> View:
    return orchard.server.wait(lambda: orchard.server.views(user))[-1]  # type: ignore[no-any-return]


def area_of(orchard: World, user: str, channel: str = "") -> str | None:
    return orchard.app.slack.preferences.of("T0ONE", channel, user).area


def test_who_is_not_listed_is_told_so_and_not_answered(orchard: World) -> None:
    set_for(orchard, channel="C0CLOSED", who="listed", allow=["U0LISTED"])
    said = orchard.sender.mentions(GATE_QUESTION, channel="C0CLOSED")
    orchard.quiet()
    assert orchard.server.ours("C0CLOSED", said.ts) == []
    assert message("slack_not_admitted") in words(told(orchard, "C0CLOSED"))
    assert message("slack_not_admitted") in words(commanded(orchard, "help", "C0CLOSED"))
    orchard.answered(orchard.sender.mentions(GATE_QUESTION, channel="C0CLOSED", user="U0LISTED"))


def test_a_person_who_asks_too_often_is_told_when_to_come_back(orchard: World) -> None:
    set_for(orchard, quotas={"person": "1/minute"})
    try:
        orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0OFTEN", channel="D0OFTEN"))
        said = orchard.sender.asks(GATE_QUESTION, user="U0OFTEN", channel="D0OFTEN")
        orchard.quiet()
        (only,) = orchard.server.ours("D0OFTEN", said.ts)
        assert message("slack_limited") in words(only) and "second" in words(only)
        orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0SELDOM", channel="D0SELDOM"))
    finally:
        set_for(orchard, quotas={"person": ""})


@pytest.mark.parametrize(
    ("follow_ups", "asker", "other"), [("mention", 0, 0), ("asker", 1, 0), ("anyone", 1, 1)], ids=str
)
def test_whose_replies_are_answered_is_set_by_channel(
    orchard: World, follow_ups: str, asker: int, other: int
) -> None:
    channel = f"C0{follow_ups.upper()}"
    set_for(orchard, channel=channel, follow_ups=follow_ups)
    root = orchard.sender.mentions(GATE_QUESTION, channel=channel)
    orchard.answered(root)
    for user, wanted in (("U0ASKER", asker), ("U0OTHER", other)):
        before = len(orchard.server.ours(channel, root.ts))
        orchard.sender.replies(POND_QUESTION, root.ts, channel=channel, user=user)
        orchard.quiet()
        assert len(orchard.server.ours(channel, root.ts)) - before == wanted, user


def test_an_area_is_set_by_a_place_and_taken_back(orchard: World) -> None:
    assert orchard.sender.opens_home("U0AREA", channel="D0AREA").acked
    home = orchard.server.wait(lambda: orchard.server.home("U0AREA"))
    assert orchard.sender.presses_in(home, names.SET_AREA).acked
    asking = modal(orchard, "U0AREA")
    wrong = orchard.sender.submits(asking, {names.PLACE_INPUT: "Nowhere at all"})
    assert json.loads(wrong.body)["response_action"] == "errors"
    assert area_of(orchard, "U0AREA") is None
    assert orchard.sender.submits(asking, {names.PLACE_INPUT: "MO1 1AA"}).acked
    until(lambda: area_of(orchard, "U0AREA") == "A01")
    shown = orchard.server.wait(lambda: _home(orchard, "U0AREA", "Greater Moor"))
    assert "Who leads in Greater Moor?" in json.dumps(shown.view)
    assert "MO1 1AA" not in json.dumps(shown.view)
    assert orchard.sender.presses_in(shown, names.CLEAR_AREA).acked
    until(lambda: area_of(orchard, "U0AREA") is None)


def _home(orchard: World, user: str, holding: str) -> View | None:
    shown = orchard.server.home(user)
    return shown if shown is not None and holding in json.dumps(shown.view) else None


def test_an_area_that_was_looked_up_may_be_kept(orchard: World) -> None:
    shown = commanded(orchard, "area Reedham", "C0LOOK", "U0LOOK")
    assert "Reedshire" in words(shown)
    keep = next(e["action_id"] for e in elements(shown.blocks) if e["action_id"].startswith(names.KEEP_AREA))
    assert orchard.sender.presses(shown, keep, user="U0LOOK").acked
    until(lambda: area_of(orchard, "U0LOOK") == "A02")
    assert "Reedshire" in words(commanded(orchard, "area", "C0LOOK", "U0LOOK"))


def test_the_narrowest_area_holds(orchard: World) -> None:
    set_for(orchard, area="A01")
    set_for(orchard, channel="C0NARROW", area="A02")
    assert (area_of(orchard, "U0NEW"), area_of(orchard, "U0NEW", "C0NARROW")) == ("A01", "A02")
    said = orchard.sender.mentions(GATE_QUESTION, channel="C0NARROW", user="U0NEW")
    orchard.answered(said)
    thread = orchard.app.slack.threads.of(Place("T0ONE", "C0NARROW", said.ts))
    assert thread is not None
    assert orchard.app.store.answer(thread.answer_id)["area"]["id"] == "A02"
    set_for(orchard, area="")


def test_an_area_that_the_collection_lost_stops_no_answer(orchard: World) -> None:
    orchard.app.slack.preferences.set_area("A77", "T0ONE", user="U0LOST")
    orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0LOST", channel="D0LOST"))


def test_a_check_goes_step_by_step_to_its_outcome(orchard: World) -> None:
    assert orchard.sender.commands("check hive-return", channel="C0CHECK", user="U0CHECK").acked
    steps = []
    for _ in range(8):
        step = modal(orchard, "U0CHECK")
        fields = [b for b in step.view["blocks"] if b["type"] == "input"]
        if not fields:
            break
        element = fields[0]["element"]
        value = element["options"][0]["value"] if element.get("options") else "10"
        steps.append(fields[0]["block_id"])
        assert orchard.sender.submits(step, {fields[0]["block_id"]: value}).acked
    assert steps and len(set(steps)) == len(steps)
    done = modal(orchard, "U0CHECK")
    assert "submit" not in done.view and len(json.dumps(done.view)) > 300


def test_a_number_that_is_none_is_said_at_its_field(orchard: World) -> None:
    orchard.server.state.views.clear()
    assert orchard.sender.commands("check hive-return", channel="C0WRONG", user="U0WRONG").acked
    for _ in range(8):
        step = modal(orchard, "U0WRONG")
        fields = [b for b in step.view["blocks"] if b["type"] == "input"]
        assert fields, "no field for a number"
        element, block = fields[0]["element"], fields[0]["block_id"]
        if element["type"] == "plain_text_input":
            answer = json.loads(orchard.sender.submits(step, {block: "plenty"}).body)
            assert answer["response_action"] == "errors" and list(answer["errors"]) == [block]
            return
        assert orchard.sender.submits(step, {block: element["options"][-1]["value"]}).acked  # not known
    raise AssertionError("no number was asked for")


def test_a_comment_with_personal_data_is_given_back(orchard: World) -> None:
    shown = orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0VOTER", channel="D0VOTER"))
    assert orchard.sender.presses(shown, names.FEEDBACK, value="down", user="U0VOTER").acked
    asking = modal(orchard, "U0VOTER")
    answer = json.loads(orchard.sender.submits(asking, {names.COMMENT_INPUT: "Write to jo@example.org"}).body)
    assert list(answer["errors"]) == [names.COMMENT_INPUT]
    assert orchard.sender.submits(asking, {names.COMMENT_INPUT: "Too early."}).acked


def test_help_that_is_no_channel_is_only_shown(orchard: World) -> None:
    set_for(orchard, help_at="skills@example.org")
    shown = orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0HELP", channel="D0HELP"))
    assert orchard.sender.presses(shown, names.PERSON, user="U0HELP").acked
    view = modal(orchard, "U0HELP").view
    assert "skills@example.org" in json.dumps(view) and "submit" not in view
    set_for(orchard, help_at="")


def test_a_button_that_nobody_hears_any_more_is_acknowledged_and_said_so(orchard: World) -> None:
    shown = orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0OLD", channel="D0OLDER"))
    old = {"type": "button", "action_id": "lsip_gone", "text": {"type": "plain_text", "text": "x"}, "value": "y"}
    shown.blocks = [*shown.blocks, {"type": "actions", "elements": [old]}]
    assert orchard.sender.presses(shown, "lsip_gone", user="U0OLD").acked
    orchard.server.wait(
        lambda: [m for m in orchard.server.ours("D0OLDER", user="U0OLD") if message("slack_expired") in words(m)]
    )


def test_suggestions_are_asked_from_home_and_pinned_in_messages(orchard: World) -> None:
    assert orchard.sender.opens_home("U0SUGGEST", channel="D0SUGGEST").acked
    home = orchard.server.wait(lambda: orchard.server.home("U0SUGGEST"))
    assert orchard.sender.presses_in(home, f"{names.SUGGESTION}_1").acked
    assert orchard.sender.presses_in(home, f"{names.SUGGESTION}_1").acked  # twice is once
    orchard.quiet()
    (direct,) = orchard.server.ours("D0SUGGEST")
    assert POND_SAID in words(direct) and POND_QUESTION in words(direct)
    assert orchard.sender.opens_home("U0SUGGEST", tab="messages", channel="D0SUGGEST").acked
    pinned = orchard.server.wait(lambda: orchard.server.called("assistant.threads.setSuggestedPrompts"))[-1]
    assert [p["message"] for p in pinned.body["prompts"]] == [GATE_QUESTION, POND_QUESTION]


def test_answers_in_slack_are_counted_with_the_others(orchard: World) -> None:
    import httpx

    orchard.answered(orchard.sender.asks(GATE_QUESTION, user="U0COUNT", channel="D0COUNT"))
    counted = httpx.get(f"{orchard.service.url}/metrics", timeout=30).text
    assert 'door="slack"' in counted and GATE_SAID not in counted
