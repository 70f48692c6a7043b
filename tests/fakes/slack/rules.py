"""The limits that the fake Slack holds every payload to, written down on their own from Slack's pages.

https://docs.slack.dev/reference/block-kit/blocks and /block-elements give the numbers of blocks and elements,
https://docs.slack.dev/reference/methods/chat.postMessage those of messages. Nothing here comes from the app.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

BLOCKS = {"message": 50, "stream": 50, "modal": 100, "home": 100}
MESSAGE_BLOCKS = {
    "actions", "alert", "call", "card", "carousel", "context", "context_actions", "divider", "file", "header",
    "image", "input", "markdown", "plan", "rich_text", "section", "table", "task_card", "video",
}  # fmt: skip
VIEW_BLOCKS = {"actions", "alert", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
RICH_PARTS = {"text", "link", "emoji", "date", "color", "user", "usergroup", "channel", "broadcast", "team"}
MARKDOWN, WHOLE, TEXT = 12_000, 13_200, 4_000
LINK = re.compile(r"^(https?|mailto|tel|slack):", re.IGNORECASE)


def problems(payload: dict[str, Any], surface: str) -> list[str]:
    """Every rule that a message (or stream's end), modal or home breaks, in words. `surface` as in BLOCKS."""
    found: list[str] = []
    blocks = payload.get("blocks") or []
    if not isinstance(blocks, list):
        return ["blocks is no list"]
    if len(blocks) > BLOCKS[surface]:
        found.append(f"{len(blocks)} blocks")
    ids = [b["block_id"] for b in blocks if b.get("block_id")]
    if len(ids) != len(set(ids)):
        found.append("a block_id twice")
    known = VIEW_BLOCKS if surface in ("modal", "home") else MESSAGE_BLOCKS
    for number, block in enumerate(blocks):
        kind = block.get("type", "")
        where = f"block {number} ({kind})"
        if kind not in known:
            found.append(f"{where}: not allowed here")
            continue
        found += [f"{where}: {words}" for words in _block(block)]
    found += [f"action_id {name!r} twice in a block" for name in _repeated(blocks)]
    if surface in ("message", "stream"):
        if sum(len(b.get("text", "")) for b in blocks if b.get("type") == "markdown") > MARKDOWN:
            found.append("markdown blocks are longer than 12,000 in all")
        if sum(len(t) for t in texts(blocks)) > WHOLE:
            found.append("the blocks hold more than 13,200 characters")
        if len(payload.get("text") or "") > TEXT:
            found.append("text is longer than 4,000")
        if len(payload.get("markdown_text") or "") > MARKDOWN:
            found.append("markdown_text is longer than 12,000")
    else:
        found += _view(payload, surface)
    return found


def texts(value: Any) -> Iterator[str]:
    """Every text that a reader may see in a tree of blocks."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("text", "alt_text", "title", "label", "hint", "placeholder") and isinstance(item, str):
                yield item
            else:
                yield from texts(item)


def _view(view: dict[str, Any], surface: str) -> Iterator[str]:
    if view.get("type") != surface:
        yield f"the view is of type {view.get('type')!r}"
    if len(view.get("private_metadata") or "") > 3000:
        yield "private_metadata is longer than 3,000"
    if len(view.get("callback_id") or "") > 255:
        yield "callback_id is longer than 255"
    if surface != "modal":
        return
    for name in ("title", "submit", "close"):
        part = view.get(name)
        if part is None and name == "title":
            yield "a modal has no title"
        if part is not None:
            yield from (f"{name}: {words}" for words in _text(part, 24, plain=True))
    if any(b.get("type") == "input" for b in view.get("blocks", [])) and not view.get("submit"):
        yield "inputs and no submit"


def _block(block: dict[str, Any]) -> Iterator[str]:
    if len(block.get("block_id") or "") > 255:
        yield "block_id is longer than 255"
    kind = block["type"]
    if kind == "section":
        if "text" not in block and not block.get("fields"):
            yield "neither text nor fields"
        if "text" in block:
            yield from _text(block["text"], 3000)
        if len(block.get("fields") or []) > 10:
            yield "more than 10 fields"
        for part in block.get("fields") or []:
            yield from _text(part, 2000)
        if "accessory" in block:
            yield from _element(block["accessory"])
    elif kind == "header":
        yield from _text(block.get("text"), 150, plain=True)
    elif kind == "markdown":
        if not isinstance(block.get("text"), str) or not block["text"]:
            yield "no text"
    elif kind == "input":
        yield from _text(block.get("label"), 2000, plain=True)
        if "hint" in block:
            yield from _text(block["hint"], 2000, plain=True)
        yield from _element(block.get("element") or {})
    elif kind == "rich_text":
        yield from _rich(block)
    elif kind == "image":
        if not block.get("alt_text"):
            yield "no alt_text"
    elif kind in ("context", "actions", "context_actions"):
        elements = block.get("elements") or []
        most = {"context": 10, "actions": 25, "context_actions": 5}[kind]
        if not 1 <= len(elements) <= most:
            yield f"{len(elements)} elements"
        for element in elements:
            if kind == "context" and element.get("type") in ("mrkdwn", "plain_text"):
                yield from _text(element, 3000)
            else:
                yield from _element(element)


def _rich(block: dict[str, Any]) -> Iterator[str]:
    """https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""
    if not block.get("elements"):
        yield "no elements"
    for element in block.get("elements") or []:
        kind = element.get("type", "")
        if kind not in RICH:
            yield f"{kind!r} in a rich text"
        elif kind == "rich_text_list":
            for item in element.get("elements") or []:
                if item.get("type") != "rich_text_section":
                    yield f"{item.get('type')!r} in a list"
                yield from _parts(item)
            if element.get("style") not in ("bullet", "ordered"):
                yield "a list without a style"
        else:
            yield from _parts(element)


def _parts(element: dict[str, Any]) -> Iterator[str]:
    for part in element.get("elements") or []:
        kind = part.get("type", "")
        if kind not in RICH_PARTS:
            yield f"{kind!r} in a line of rich text"
        if kind == "text" and not part.get("text"):
            yield "an empty text in rich text"
        if kind == "link" and not LINK.match(part.get("url") or ""):
            yield f"a link to {part.get('url')!r}"
        if kind == "link" and len(part.get("url") or "") > 3000:
            yield "a link longer than 3,000"
        if set(part.get("style") or {}) - {"bold", "italic", "strike", "code", "underline"}:
            yield f"style {part['style']}"


def _text(part: Any, most: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(part, dict) or part.get("type") not in ("plain_text", "mrkdwn"):
        yield "no text object"
        return
    if plain and part["type"] != "plain_text":
        yield "the text must be plain_text"
    words = part.get("text")
    if not isinstance(words, str) or not words:
        yield "an empty text"
    elif len(words) > most:
        yield f"{len(words)} characters where {most} are allowed"
    if set(part) - {"type", "text", "emoji", "verbatim"}:
        yield f"unknown fields {sorted(set(part) - {'type', 'text', 'emoji', 'verbatim'})}"
    if part["type"] == "mrkdwn" and "emoji" in part:
        yield "emoji in a mrkdwn text"
    if part["type"] == "plain_text" and "verbatim" in part:
        yield "verbatim in a plain text"


def _element(element: dict[str, Any]) -> Iterator[str]:
    kind = element.get("type", "")
    if not kind:
        yield "an element without a type"
    if len(element.get("action_id") or "") > 255:
        yield "action_id is longer than 255"
    if "confirm" in element:
        yield from _confirm(element["confirm"])
    if kind in ("button", "workflow_button"):
        yield from _text(element.get("text"), 75, plain=True)
        yield from _values(element)
        if element.get("style", "primary") not in ("primary", "danger"):
            yield f"style {element['style']!r}"
    elif kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            button = element.get(name) or {}
            yield from _text(button.get("text"), 75, plain=True)
            yield from _values(button)
            if not button.get("value"):
                yield f"{name} without a value"
    elif kind == "icon_button":
        yield from _text(element.get("text"), 75, plain=True)
    elif kind in ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow"):
        options = element.get("options") or [o for g in element.get("option_groups") or [] for o in g["options"]]
        most = {"radio_buttons": 10, "checkboxes": 10, "overflow": 5}.get(kind, 100)
        if not 1 <= len(options) <= most:
            yield f"{len(options)} options"
        values = [o.get("value") for o in options]
        if len(values) != len(set(values)):
            yield "two options of one value"
        for option in [*options, *([element["initial_option"]] if "initial_option" in element else [])]:
            yield from _text(option.get("text"), 75, plain=kind not in ("radio_buttons", "checkboxes"))
            if not 1 <= len(option.get("value") or "") <= 150:
                yield "an option's value is empty or longer than 150"
        if "initial_option" in element and element["initial_option"] not in options:
            yield "initial_option is none of the options"
    elif kind == "plain_text_input":
        if not 0 <= element.get("min_length", 0) <= 3000 or not 1 <= element.get("max_length", 3000) <= 3000:
            yield "min_length or max_length out of bounds"
        if len(element.get("initial_value") or "") > element.get("max_length", 3000):
            yield "initial_value is longer than max_length"
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, plain=True)


def _values(button: dict[str, Any]) -> Iterator[str]:
    if len(button.get("value") or "") > 2000:
        yield "value is longer than 2,000"
    if len(button.get("url") or "") > 3000:
        yield "url is longer than 3,000"
    if button.get("url") and not LINK.match(button["url"]):
        yield "url is no address"
    if len(button.get("accessibility_label") or "") > 75:
        yield "accessibility_label is longer than 75"


def _confirm(confirm: dict[str, Any]) -> Iterator[str]:
    yield from _text(confirm.get("title"), 100, plain=True)
    yield from _text(confirm.get("text"), 300)
    yield from _text(confirm.get("confirm"), 30, plain=True)
    yield from _text(confirm.get("deny"), 30, plain=True)


def _repeated(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        names = [e.get("action_id") for e in block.get("elements") or [] if e.get("action_id")]
        yield from {n for n in names if names.count(n) > 1}
