"""Slack's limits: each is found one step beyond it and left alone at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.slack import limits
from assistant.slack.limits import Surface, problems

Block = dict[str, Any]


def plain(n: int) -> Block:
    return {"type": "plain_text", "text": "x" * n}


def button(**more: Any) -> Block:
    return {"type": "button", "action_id": "a", "text": plain(1), **more}


def section(n: int) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "x" * n}}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def asked(element: Block, **more: Any) -> Block:
    return {"type": "input", "label": plain(1), "element": {"action_id": "a", **element}, **more}


def options(n: int, text: int = 1) -> list[Block]:
    return [{"text": plain(text), "value": f"v{i}"} for i in range(n)]


def message(*blocks: Block) -> tuple[Surface, Block]:
    return "message", {"text": "x", "blocks": list(blocks)}


def modal(*blocks: Block, **more: Any) -> tuple[Surface, Block]:
    return "modal", {"type": "modal", "title": plain(1), "submit": plain(1), "blocks": list(blocks), **more}


def boxes(*given: Block) -> Block:
    return asked({"type": "checkboxes", "options": list(given)})


def body(n: int) -> Block:
    return {"type": "markdown", "text": "x" * n}


def bare_modal(*blocks: Block) -> tuple[Surface, Block]:
    return "modal", {"type": "modal", "title": plain(1), "blocks": list(blocks)}


Made = Callable[[int], tuple[Surface, Block]]
# (what a number is of, the most it may be, a payload with that number)
BOUNDS: list[tuple[str, int, Made]] = [
    ("text", 4_000, lambda n: ("message", {"text": "x" * n})),
    ("stream", 12_000, lambda n: ("stream", {"markdown_text": "x" * n})),
    ("message blocks", 50, lambda n: message(*[{"type": "divider"}] * n)),
    ("modal blocks", 100, lambda n: modal(*[{"type": "divider"}] * n)),
    ("home blocks", 100, lambda n: ("home", {"type": "home", "blocks": [{"type": "divider"}] * n})),
    ("section", 3_000, lambda n: message(section(n))),
    ("fields", 10, lambda n: message({"type": "section", "fields": [plain(1)] * n})),
    ("field", 2_000, lambda n: message({"type": "section", "fields": [plain(n)]})),
    ("header", 150, lambda n: message({"type": "header", "text": plain(n)})),
    ("context", 10, lambda n: message({"type": "context", "elements": [plain(1)] * n})),
    ("actions", 25, lambda n: message(actions(*(button(action_id=f"a{i}") for i in range(n))))),
    ("button", 75, lambda n: message(actions(button(text=plain(n))))),
    ("value", 2_000, lambda n: message(actions(button(value="x" * n)))),
    ("url", 3_000, lambda n: message(actions(button(url="x" * n)))),
    ("label", 75, lambda n: message(actions(button(accessibility_label="x" * n)))),
    ("action_id", 255, lambda n: message(actions(button(action_id="x" * n)))),
    ("block_id", 255, lambda n: message({"type": "divider", "block_id": "x" * n})),
    ("markdown", 12_000, lambda n: message(body(9_000), body(n - 9_000))),
    ("all text", 12_000, lambda n: message(*[section(3_000)] * 3, section(2_000), section(n - 11_000))),
    ("title", 24, lambda n: modal(section(1), title=plain(n))),
    ("submit", 24, lambda n: modal(section(1), submit=plain(n))),
    ("close", 24, lambda n: modal(section(1), close=plain(n))),
    ("metadata", 3_000, lambda n: modal(section(1), private_metadata="x" * n)),
    ("callback_id", 255, lambda n: modal(section(1), callback_id="x" * n)),
    ("input label", 2_000, lambda n: modal(asked({"type": "plain_text_input"}, label=plain(n)))),
    ("hint", 2_000, lambda n: modal(asked({"type": "plain_text_input"}, hint=plain(n)))),
    ("max_length", 3_000, lambda n: modal(asked({"type": "plain_text_input", "max_length": n}))),
    ("initial", 9, lambda n: modal(asked({"type": "plain_text_input", "max_length": 9, "initial_value": "x" * n}))),
    ("placeholder", 150, lambda n: modal(asked({"type": "plain_text_input", "placeholder": plain(n)}))),
    ("menu", 100, lambda n: modal(asked({"type": "static_select", "options": options(n)}))),
    ("radio", 10, lambda n: modal(asked({"type": "radio_buttons", "options": options(n)}))),
    ("boxes", 10, lambda n: modal(boxes(*options(n)))),
    ("option", 75, lambda n: modal(boxes(*options(1, n)))),
    ("option value", 150, lambda n: modal(boxes({"text": plain(1), "value": "x" * n}))),
    ("confirm title", 100, lambda n: message(actions(button(confirm=confirm(title=plain(n)))))),
    ("confirm text", 300, lambda n: message(actions(button(confirm=confirm(text=plain(n)))))),
    ("confirm yes", 30, lambda n: message(actions(button(confirm=confirm(confirm=plain(n)))))),
    ("confirm no", 30, lambda n: message(actions(button(confirm=confirm(deny=plain(n)))))),
    ("feedback", 75, lambda n: message(feedback(text=plain(n)))),
    ("feedback value", 2_000, lambda n: message(feedback(value="x" * n))),
    ("rich link", 3_000, lambda n: message(rich({"type": "link", "url": "x" * n}))),
]  # fmt: skip


def confirm(**more: Any) -> Block:
    return {"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1), **more}


def feedback(**more: Any) -> Block:
    one = {"text": plain(1), "value": "v"}
    element = {
        "type": "feedback_buttons",
        "action_id": "a",
        "positive_button": {**one, **more},
        "negative_button": one,
    }
    return {"type": "context_actions", "elements": [element]}


def rich(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


@pytest.mark.parametrize(("most", "made"), [b[1:] for b in BOUNDS], ids=[b[0] for b in BOUNDS])
def test_a_limit_holds_to_the_last_step(most: int, made: Made) -> None:
    surface, payload = made(most)
    assert problems(payload, surface) == []
    surface, payload = made(most + 1)
    assert len(problems(payload, surface)) in (1, 2)  # words of Markdown count twice: as such, and in all


WRONG: dict[str, tuple[Surface, Block]] = {
    "no text": ("message", {"blocks": [section(1)]}),
    "blank text": ("message", {"text": " "}),
    "unknown block": message({"type": "hologram"}),
    "input in a message": message(asked({"type": "plain_text_input"})),
    "markdown in a modal": modal({"type": "markdown", "text": "x"}),
    "votes in a modal": modal(feedback()),
    "empty section": message({"type": "section"}),
    "blank section": message({"type": "section", "text": {"type": "mrkdwn", "text": "  "}}),
    "empty markdown": message({"type": "markdown", "text": ""}),
    "empty context": message({"type": "context", "elements": []}),
    "empty actions": message(actions()),
    "mrkdwn header": message({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
    "no action_id": message(actions({"type": "button", "text": plain(1)})),
    "one action_id twice": message(actions(button(), button())),
    "one block_id twice": message({"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}),
    "style": message(actions(button(style="loud"))),
    "button among votes": message({"type": "context_actions", "elements": [button()]}),
    "rich text of nothing": message({"type": "rich_text", "elements": []}),
    "rich text of another kind": message({"type": "rich_text", "elements": [{"type": "section"}]}),
    "rich part of another kind": message(rich({"type": "button"})),
    "empty rich text": message(rich({"type": "text", "text": ""})),
    "image without words": message({"type": "image", "image_url": "x"}),
    "accessory": message({"type": "section", "text": plain(1), "accessory": {"type": "button", "text": plain(1)}}),
    "modal without title": ("modal", {"type": "modal", "blocks": [section(1)]}),
    "modal without blocks": modal(),
    "input without submit": bare_modal(asked({"type": "plain_text_input"})),
    "home with a title": ("home", {"type": "home", "title": plain(1), "blocks": [section(1)]}),
    "another view": ("home", {"type": "modal", "blocks": [section(1)]}),
    "no options": modal(asked({"type": "static_select", "options": []})),
    "one value twice": modal(boxes(*options(1), *options(1))),
    "initial among no options": modal(
        asked({"type": "radio_buttons", "options": options(1), "initial_option": options(2)[1]})
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_slack_refuses_is_found(name: str) -> None:
    surface, payload = WRONG[name]
    assert len(problems(payload, surface)) == 1, problems(payload, surface)


def test_characters_count_every_text_once() -> None:
    nested = rich({"type": "text", "text": "abc"}, {"type": "link", "url": "https://x.example", "text": "de"})
    assert limits.characters([section(4), nested, actions(button(value="not shown"))]) == 4 + 5 + 1
