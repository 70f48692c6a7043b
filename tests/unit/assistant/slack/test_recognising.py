"""Which requests are questions, and whose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.slack import names
from assistant.slack.model import Surface
from assistant.slack.private import Returning
from assistant.slack.recognising import Sender, candidate, is_message, subcommand, words

WHO = Sender("T1", "", "UBOT", "UASK")


def event(**more: Any) -> dict[str, Any]:
    said = {"type": "message", "channel": "D1", "channel_type": "im", "user": "UASK", "text": "When?", "ts": "1.1"}
    return {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {**said, **more}}


def mention(text: str = "<@UBOT> When?", **more: Any) -> dict[str, Any]:
    made = event(**{"type": "app_mention", "channel": "C1", "text": text, **more})
    del made["event"]["channel_type"]
    return made


def reply(text: str = "And then?", **more: Any) -> dict[str, Any]:
    return event(
        **{"channel": "C1", "channel_type": "channel", "text": text, "ts": "2.1", "thread_ts": "1.1", **more}
    )


def test_a_direct_message_begins_a_thread_of_its_own() -> None:
    found = candidate(event(), WHO)
    assert found is not None and not found.reply
    a = found.arrival
    assert (a.surface, a.event_id, a.channel, a.ts, a.root, a.user, a.text) == (
        Surface.DM,
        "Ev1",
        "D1",
        "1.1",
        "",
        "UASK",
        "When?",
    )
    assert a.place.root == "1.1"


def test_a_mention_is_answered_without_our_name_and_in_its_thread() -> None:
    found = candidate(mention("<@UBOT> When is it due?", thread_ts="0.9"), WHO)
    assert found is not None
    assert (found.arrival.surface, found.arrival.text, found.arrival.root) == (
        Surface.MENTION,
        "When is it due?",
        "0.9",
    )


def test_a_mention_without_words_is_taken_in_too() -> None:
    found = candidate(mention("<@UBOT>"), WHO)
    assert found is not None and found.arrival.text == ""


def test_a_message_that_mentions_us_is_left_to_the_event_of_the_mention() -> None:
    assert candidate(reply("<@UBOT> And then?"), WHO) is None


def test_a_reply_without_a_mention_depends_on_its_thread() -> None:
    found = candidate(reply(), WHO)
    assert found is not None and found.reply and found.arrival.surface is Surface.THREAD


@pytest.mark.parametrize("text", ["<@UOTHER> what do you think?", "<!here> see this", "<!subteam^S1|@us> look"])
def test_people_who_talk_to_each_other_are_not_interrupted(text: str) -> None:
    assert candidate(reply(text), WHO) is None


def test_what_begins_a_thread_in_a_channel_is_none_of_our_business() -> None:
    assert candidate(reply(thread_ts="", ts="2.1"), WHO) is None
    assert candidate(reply(thread_ts="2.1", ts="2.1"), WHO) is None


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed"},
        {"subtype": "bot_message"},
        {"bot_id": "B1"},
        {"bot_profile": {"id": "B1"}},
        {"edited": {"user": "UASK", "ts": "1.2"}},
        {"hidden": True},
        {"user": "UBOT"},
        {"user": "USLACKBOT"},
        {"user": ""},
        {"channel": ""},
        {"ts": ""},
    ],
)
def test_bots_edits_and_ourselves_are_not_answered(more: dict[str, Any]) -> None:
    for body in (event(**more), mention(**more)):
        assert candidate(body, WHO) is None
        assert is_message(body)


@pytest.mark.parametrize(("home", "answered"), [("T1", True), ("T2", False), ("E1", False)])
def test_strangers_of_slack_connect_are_not_answered(home: str, answered: bool) -> None:
    assert (candidate(mention(user_team=home), WHO) is not None) is answered
    shared = {**mention(team=home), "is_ext_shared_channel": True}
    assert (candidate(shared, WHO) is not None) is answered


def test_people_of_the_same_organisation_are_no_strangers() -> None:
    assert candidate(mention(user_team="E1"), Sender("T1", "E1", "UBOT", "UASK")) is not None


def test_an_empty_direct_message_asks_nothing() -> None:
    assert candidate(event(text="  "), WHO) is None


COMMAND = {
    "command": "/lsip",
    "text": "Who leads it?",
    "trigger_id": "tr1",
    "channel_id": "C1",
    "response_url": "https://hooks.slack.com/x",
}


def test_a_command_is_a_question_unless_it_begins_with_a_word_of_ours() -> None:
    found = candidate(COMMAND, WHO)
    assert found is not None
    a = found.arrival
    assert (a.surface, a.ts, a.event_id, a.response_url) == (
        Surface.COMMAND,
        "tr1",
        "command:tr1",
        "https://hooks.slack.com/x",
    )
    for text in ("", "help", "area", "area Preston", "timeline", "TIMELINE Kent", "check", "check duty"):
        assert candidate({**COMMAND, "text": text}, WHO) is None
    assert candidate({**COMMAND, "command": "/other"}, WHO) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("area Preston", ("area", "Preston")),
        ("Timeline", ("timeline", "")),
        ("help", ("help", "")),
        ("help me with the duty", ("", "help me with the duty")),
        ("areas are what?", ("", "areas are what?")),
    ],
)
def test_words_of_ours(text: str, found: tuple[str, str]) -> None:
    assert subcommand(text) == found


def test_a_modal_is_a_question_that_goes_where_it_was_opened() -> None:
    view = {
        "id": "V1",
        "callback_id": names.ASK_MODAL,
        "private_metadata": Returning("C1", "https://hooks.slack.com/x").write(),
        "state": {"values": {names.QUESTION_INPUT: {f"{names.QUESTION_INPUT}_value": {"value": "When is it?"}}}},
    }
    found = candidate({"type": "view_submission", "view": view}, WHO)
    assert found is not None
    a = found.arrival
    assert (a.surface, a.channel, a.text, a.response_url) == (
        Surface.SHORTCUT,
        "C1",
        "When is it?",
        "https://hooks.slack.com/x",
    )
    assert candidate({"type": "view_submission", "view": {**view, "callback_id": "other"}}, WHO) is None


def press(action_id: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "channel": {"id": "C1"},
        "container": {"message_ts": "3.1", "channel_id": "C1"},
        "message": {"ts": "3.1", "thread_ts": "1.1"},
        "actions": [{"action_id": action_id, "value": "Which Ashford?"}],
        "response_url": "https://hooks.slack.com/x",
        **more,
    }


def test_a_choice_is_asked_once_by_each_person_in_the_thread_of_its_message() -> None:
    first, again = candidate(press(f"{names.CHOICE}_0"), WHO), candidate(press(f"{names.CHOICE}_0"), WHO)
    assert first is not None and first == again
    assert (first.arrival.surface, first.arrival.root, first.arrival.text) == (
        Surface.THREAD,
        "1.1",
        "Which Ashford?",
    )
    other = candidate(press(f"{names.CHOICE}_1"), WHO)
    somebody = candidate(press(f"{names.CHOICE}_0"), Sender("T1", "", "UBOT", "UOTHER"))
    assert other and somebody
    assert len({a.arrival.event_id for a in (first, other, somebody)}) == 3


def test_a_choice_that_only_one_person_sees_is_answered_to_that_person() -> None:
    body = press(f"{names.CHOICE}_0", container={"message_ts": "3.1", "channel_id": "C1", "is_ephemeral": True})
    found = candidate(body, WHO)
    assert found is not None and found.arrival.surface is Surface.SHORTCUT
    assert found.arrival.response_url and not found.arrival.root


def test_other_buttons_are_no_questions() -> None:
    assert candidate(press(names.FEEDBACK), WHO) is None


def test_words_are_read_as_people_typed_them() -> None:
    said = "<@UBOT> see <https://x.example/a|x.example>, <https://y.example>"
    said += " &amp; <mailto:a@b.example|a@b.example> &lt;1"
    assert words(said, "UBOT") == "see x.example, https://y.example & a@b.example <1"


@pytest.mark.parametrize("text", ["", "null", "[]", "{", '"x"', json.dumps({"other": 1, "channel": 5})])
def test_metadata_that_is_not_ours_says_nothing(text: str) -> None:
    assert Returning.read(text) == Returning()
