"""A tour of every surface of the app through a Slack that refuses what breaks a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from assistant.answering.model import AnswerStatus, Choice
from assistant.slack import names
from assistant.slack.model import Place
from tests.fakes.slack.payloads import elements
from tests.fakes.slack.server import slack
from tests.fakes.slack.speeches import Speaker
from tests.fakes.slack.state import Message, View
from tests.fakes.slack.world import GATE_QUESTION, GATE_SAID, POND_QUESTION, POND_SAID, World, until, words, world

HELP_CHANNEL = "C0HELPDESK"


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("orchard")
    with slack() as server, world(folder, server, slack_help=HELP_CHANNEL) as made:
        yield made


@pytest.fixture(autouse=True)
def as_it_was(orchard: World) -> Iterator[None]:
    yield
    orchard.app.assistant = orchard.held  # type: ignore[assignment]
    errors = {(c.method, c.error) for c in orchard.server.called() if c.reply is not None and not c.ok}
    assert not errors, "Slack refused something"
    for view in list(orchard.server.state.views):
        del orchard.server.state.views[view]


def seen(orchard: World, channel: str, user: str = "U0ASKER") -> list[Message]:
    return orchard.server.ours(channel, user=user)


def first(orchard: World, channel: str, said: str, user: str = "U0ASKER") -> Message:
    found = orchard.server.wait(lambda: [m for m in seen(orchard, channel, user) if said in words(m)])
    orchard.quiet()
    return found[0]  # type: ignore[no-any-return]


def modal(orchard: World, user: str = "U0ASKER") -> View:
    views = orchard.server.wait(lambda: orchard.server.views(user))
    return views[-1]  # type: ignore[no-any-return]


def controls(blocks: list[dict[str, Any]]) -> list[str]:
    return [e["action_id"] for e in elements(blocks)]


def answer_id(orchard: World, said: Message) -> str:
    thread = orchard.app.slack.threads.of(Place(said.team, said.channel, said.thread_ts or said.ts))
    assert thread is not None
    return thread.answer_id


def test_a_command_answers_the_asker_and_shares_on_request(orchard: World) -> None:
    assert orchard.sender.commands(GATE_QUESTION, channel="C0SHARE").acked
    shown = first(orchard, "C0SHARE", GATE_SAID)
    assert shown.only_for == "U0ASKER"
    assert orchard.sender.presses(shown, names.SHARE).acked
    shared = orchard.server.wait(lambda: [m for m in orchard.server.ours("C0SHARE") if GATE_SAID in words(m)])
    assert "U0ASKER" in str(shared[0].blocks) + shared[0].text or len(shared) == 1
    assert orchard.sender.presses(shown, names.SHARE).acked  # twice is once
    orchard.quiet()
    assert orchard.sender.commands("help", channel="C0SHARE").acked
    assert len([m for m in orchard.server.ours("C0SHARE") if GATE_SAID in words(m)]) <= 2


FORMS = ["", "help", "area", "timeline", "check", "area nowhere at all", "check nothing-such"]


@pytest.mark.parametrize("text", FORMS)
def test_every_form_of_the_command_is_answered(orchard: World, text: str) -> None:
    channel = f"C0FORM{FORMS.index(text)}"
    delivery = orchard.sender.commands(text, channel=channel)
    assert delivery.acked

    def told() -> bool:
        return bool(seen(orchard, channel)) or len(delivery.body) > 20

    orchard.server.wait(told)
    orchard.quiet()
    assert "Traceback" not in delivery.body


def test_votes_are_kept_once_and_reasons_asked_for(orchard: World) -> None:
    said = orchard.sender.asks(GATE_QUESTION, channel="D0VOTE")
    shown = orchard.answered(said)
    held = answer_id(orchard, said)

    def votes() -> list[str]:
        return [v.vote for v in orchard.app.records.feedback.of([held]).get(held, [])]

    for _ in range(2):
        assert orchard.sender.presses(shown, names.FEEDBACK, value="up").acked
    until(lambda: votes() == ["up"])
    assert orchard.sender.presses(shown, names.FEEDBACK, value="down").acked
    until(lambda: votes() == ["down"])
    asking = modal(orchard)
    assert asking.view["callback_id"] == names.REASONS_MODAL
    assert orchard.sender.submits(asking, {names.COMMENT_INPUT: "The hour is wrong."}).acked
    until(lambda: "The hour is wrong." in str(orchard.app.records.feedback.of([held])))
    assert votes() == ["down"]
    assert orchard.server.views("U0ASKER") == []
    assert orchard.sender.presses(shown, names.FEEDBACK, value="up", user="U0OTHER").acked
    until(lambda: sorted(votes()) == ["down", "up"])


def test_all_sources_are_shown_on_request(orchard: World) -> None:
    many = [f"Rule {n} says what happens at gate {n}." for n in range(1, 12)]
    said = orchard.sender.asks(GATE_QUESTION, channel="D0MORE")
    orchard.answered(said)
    orchard.app.assistant = Speaker(many)  # type: ignore[assignment]
    said = orchard.sender.asks(POND_QUESTION, channel="D0MORE")
    shown = first(orchard, "D0MORE", many[0])
    assert names.SOURCES in controls(shown.blocks)
    assert all(f"part {n}" in words(shown) for n in range(1, 6))


def test_a_choice_asks_its_question_in_the_thread(orchard: World) -> None:
    choices = (Choice(label="The gate", question=GATE_QUESTION), Choice(label="The pond", question=POND_QUESTION))
    orchard.app.assistant = Speaker(  # type: ignore[assignment]
        ["Which of the two?"], status=AnswerStatus.CLARIFY, choices=choices
    )
    said = orchard.sender.mentions("When?", channel="C0CHOICE")
    orchard.quiet()
    (shown,) = orchard.server.ours("C0CHOICE", said.ts)
    orchard.app.assistant = orchard.held  # type: ignore[assignment]
    wanted = next(a for a in controls(shown.blocks) if a.startswith(names.CHOICE) and a.endswith("1"))
    assert orchard.sender.presses(shown, wanted).acked
    answer = first(orchard, "C0CHOICE", POND_SAID)
    assert answer.thread_ts == said.ts


def test_home_says_what_it_is_and_asks_suggestions(orchard: World) -> None:
    assert orchard.sender.opens_home("U0HOME").acked
    home = orchard.server.wait(lambda: orchard.server.home("U0HOME"))
    there = controls(home.view["blocks"])
    assert names.DELETE in there
    suggestions = [a for a in there if a.startswith(names.SUGGESTION)]
    if suggestions:
        assert orchard.sender.presses_in(home, suggestions[0]).acked
        orchard.quiet()
        assert seen(orchard, "D0HOME", "U0HOME")


def test_the_messages_tab_gets_its_prompts(orchard: World) -> None:
    assert orchard.sender.opens_home("U0TAB", tab="messages", channel="D0TAB").acked
    orchard.quiet()
    set_prompts = orchard.server.called("assistant.threads.setSuggestedPrompts")
    assert all("thread_ts" not in c.body for c in set_prompts)


def test_a_message_can_be_asked_about(orchard: World) -> None:
    said = orchard.server.says("T0ONE", "C0ABOUT", "U0OTHER", "They lock the gate so early! <!channel>")
    assert orchard.sender.shortcut(said, names.ASK_ABOUT).acked
    asking = modal(orchard)
    assert asking.view["callback_id"] == names.ASK_MODAL
    assert "<!channel>" not in str(asking.view)
    assert orchard.sender.submits(asking, {names.QUESTION_INPUT: GATE_QUESTION}).acked
    orchard.quiet()
    everywhere = [m for m in orchard.server.state.messages if m.ours and GATE_SAID in words(m)]
    private = [m for m in everywhere if m.channel in ("C0ABOUT", "D0ASKER") and m.ts > said.ts]
    assert private and all(m.only_for == "U0ASKER" or m.channel == "D0ASKER" for m in private)


def test_help_from_a_person_is_asked_with_consent(orchard: World) -> None:
    said = orchard.sender.asks(GATE_QUESTION, channel="D0PERSON")
    shown = orchard.answered(said)
    if names.PERSON not in controls(shown.blocks):
        orchard.app.assistant = Speaker(["Nothing."], status=AnswerStatus.NO_EVIDENCE)  # type: ignore[assignment]
        said = orchard.sender.asks("What of the well?", channel="D0PERSON2")
        orchard.quiet()
        (shown,) = orchard.server.ours("D0PERSON2")
    assert names.PERSON in controls(shown.blocks)
    assert orchard.server.ours(HELP_CHANNEL) == []
    assert orchard.sender.presses(shown, names.PERSON).acked
    asking = modal(orchard)
    assert asking.view["callback_id"] == names.PERSON_MODAL
    assert orchard.server.ours(HELP_CHANNEL) == []  # nothing is said before the person agreed
    assert orchard.sender.submits(asking, {names.MESSAGE_INPUT: "Please ring me."}).acked
    posted = orchard.server.wait(lambda: orchard.server.ours(HELP_CHANNEL))
    assert "Please ring me." in words(posted[0]) and "U0ASKER" in str(posted[0].blocks) + posted[0].text


def test_a_person_may_have_everything_deleted(orchard: World) -> None:
    said = orchard.sender.asks(GATE_QUESTION, channel="D0DEL", user="U0DEL")
    orchard.answered(said)
    held = answer_id(orchard, said)
    assert orchard.sender.opens_home("U0DEL", channel="D0DEL").acked
    home = orchard.server.wait(lambda: orchard.server.home("U0DEL"))
    assert orchard.sender.presses_in(home, names.DELETE).acked

    def gone() -> bool:
        from vectorstore.errors import NotFoundError

        try:
            orchard.app.store.answer(held)
        except NotFoundError:
            return True
        return False

    until(gone)


def test_a_button_of_an_earlier_version_is_acknowledged(orchard: World) -> None:
    """A message of last year keeps its buttons; what they are called now must not matter to Slack."""
    said = orchard.sender.asks(GATE_QUESTION, channel="D0OLD")
    shown = orchard.answered(said)
    old = {"type": "button", "action_id": "lsip_gone", "text": {"type": "plain_text", "text": "x"}, "value": "y"}
    shown.blocks = [*shown.blocks, {"type": "actions", "elements": [old]}]
    delivery = orchard.sender.presses(shown, "lsip_gone")
    assert delivery.status in (200, 404)
    assert "Traceback" not in delivery.body
