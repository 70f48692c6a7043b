"""The pieces of Block Kit that the drawings are made of, each within its limit whatever words it is given.

Words of documents stand in rich text: it has no marks to escape, mentions nobody and shows a quotation as stored
(https://docs.slack.dev/reference/block-kit/blocks/rich-text-block).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.presenting.addresses import parted
from assistant.slack import limits
from assistant.slack.drawing.mrkdwn import bare, cut, destination, shown_address
from vectorstore.addresses import web_address
from vectorstore.unseen import seen

Block = dict[str, Any]
Part = dict[str, Any]
BESIDE = 300  # characters beside a control
GREY = 600  # characters of a grey line
NOTHING = "–"  # where a text object needs a character and there is none


def plain(text: str, most: int) -> Block:
    """A plain_text object; colons stay colons."""
    return {"type": "plain_text", "text": cut(bare(text), most) or NOTHING, "emoji": False}


def words(text: str, *, bold: bool = False, italic: bool = False) -> list[Part]:
    """A run of rich text as it is given, but for characters that no reader sees; no part for no text."""
    style = {name: True for name, wanted in (("bold", bold), ("italic", italic)) if wanted}
    shown = seen(text)
    return [{"type": "text", "text": shown, **({"style": style} if style else {})}] if shown else []


def link(url: str | None, text: str, *, bold: bool = False) -> list[Part]:
    """`text` leading to `url`; the words alone where that is no web address, or one too long."""
    target = destination(url) if url and web_address(url) else ""
    if not target or len(target) > limits.URL or not text:
        return words(text, bold=bold)
    return [
        {"type": "link", "url": target, "text": bare(text) or target, **({"style": {"bold": True}} if bold else {})}
    ]


def linked(text: str) -> list[Part]:
    """A text of ours, with its web addresses as links."""
    return [
        part
        for piece, is_address in parted(bare(text))
        for part in (link(piece, shown_address(piece)) if is_address else words(piece))
    ]


def line() -> list[Part]:
    """A line break inside a paragraph."""
    return words("\n")


def section(*parts: Iterable[Part]) -> Part:
    """A paragraph of rich text."""
    return {"type": "rich_text_section", "elements": [p for some in parts for p in some]}


def quote(*parts: Iterable[Part]) -> Part:
    """A quotation: a bar on its left."""
    return {**section(*parts), "type": "rich_text_quote"}


def bullets(items: Iterable[Iterable[Part]]) -> Part:
    """A list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [section(i) for i in items]}


def rich(*elements: Part) -> list[Block]:
    """A block of rich text; none without anything in it."""
    held = [e for e in elements if e["elements"]]
    return [{"type": "rich_text", "elements": held}] if held else []


def context(*texts: str) -> list[Block]:
    """A small grey line of plain words; none without any."""
    held = [plain(t, GREY) for t in texts if bare(t)]
    return [{"type": "context", "elements": held[: limits.CONTEXT_ELEMENTS]}] if held else []


def header(text: str) -> Block:
    """A large bold line."""
    return {"type": "header", "text": plain(text, limits.HEADER)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(action: str, text: str, *, value: str = "", url: str = "", label: str = "", style: str = "") -> Block:
    """A button. `label` is what a screen reader says of it, where the words on it do not say enough."""
    made: Block = {"type": "button", "action_id": action, "text": plain(text, limits.BUTTON_TEXT)}
    if value:
        made["value"] = value
    if url:
        made["url"] = url
    if label:
        made["accessibility_label"] = cut(bare(label), limits.ACCESSIBILITY_LABEL)
    return {**made, "style": style} if style else made


def beside(text: str, control: Block) -> Block:
    """Plain words with a control of their own: what a telephone shows whole, where it cuts the words of a button."""
    return {"type": "section", "text": plain(text, BESIDE), "accessory": control}


def actions(buttons: Sequence[Block]) -> list[Block]:
    """A row of controls; none without any."""
    return [{"type": "actions", "elements": list(buttons[: limits.ACTIONS_ELEMENTS])}] if buttons else []


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """A dialogue that asks before something is done."""
    return {
        "title": plain(title, limits.CONFIRM_TITLE),
        "text": plain(text, limits.CONFIRM_TEXT),
        "confirm": plain(yes, limits.CONFIRM_BUTTON),
        "deny": plain(no, limits.CONFIRM_BUTTON),
    }


def option(text: str, value: str) -> Block:
    """One of some options."""
    return {"text": plain(text, limits.OPTION_TEXT), "value": value}


def choose(action: str, options: Sequence[Block], *, placeholder: str, chosen: str = "") -> Block:
    """One of some options: all in sight where they are few, else in a menu."""
    held = [o for o in options if len(o["value"]) <= limits.OPTION_VALUE][: limits.OPTIONS]
    few = len(held) <= limits.BOXES
    made: Block = {"type": "radio_buttons" if few else "static_select", "action_id": action, "options": held}
    if not few:
        made["placeholder"] = plain(placeholder, limits.PLACEHOLDER)
    initial = next((o for o in held if chosen and o["value"] == chosen), None)
    return {**made, "initial_option": initial} if initial else made


def text_input(action: str, *, most: int, initial: str = "", several_lines: bool = False) -> Block:
    """A box for words."""
    most = min(most, limits.INPUT_LENGTH)
    made: Block = {"type": "plain_text_input", "action_id": action, "multiline": several_lines, "max_length": most}
    return {**made, "initial_value": cut(initial, most)} if initial else made


def field(block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """A labelled input of a modal. Its element's action is named after the block (`names.py`)."""
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, limits.LABEL),
        "element": element,
        "optional": optional,
    }
    return {**made, "hint": plain(hint, limits.LABEL)} if hint else made


def modal(
    callback: str, title: str, blocks: Sequence[Block], *, close: str, submit: str = "", metadata: str = ""
) -> Block:
    """A modal view."""
    made: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, limits.TITLE),
        "close": plain(close, limits.TITLE),
        "blocks": list(blocks[: limits.VIEW_BLOCKS]),
        "private_metadata": metadata,
    }
    return {**made, "submit": plain(submit, limits.TITLE)} if submit else made
