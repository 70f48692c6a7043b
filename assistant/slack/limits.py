"""What Slack takes: its documented limits, and what is wrong with a payload by them.

The numbers are those of docs.slack.dev, one page for each kind of block, element and view under /reference/block-kit/
and /reference/views/; where a number comes from elsewhere, the line says so. Slack refuses the whole message
(`invalid_blocks`, `msg_too_long`, `msg_blocks_too_long`) for one character too many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

Surface = Literal["message", "modal", "home", "stream"]

MESSAGE_TEXT = 4_000  # /reference/methods/chat.postMessage: best kept below this; more may be cut
MARKDOWN = 12_000  # of all markdown blocks of one message together; also of `markdown_text` in one call of a stream
MESSAGE_CHARACTERS = 12_000  # of all texts of one message: undocumented, github.com/slackapi/bolt-js/issues/2509
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
SECTION_FIELD = 2_000
HEADER = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
CONTEXT_ACTIONS_ELEMENTS = 5
LABEL = 2_000  # of an input, and its hint
ID = 255  # block_id, action_id, callback_id, external_id
BUTTON_TEXT = 75  # "may truncate with ~30 characters"
BUTTON_SHOWN = 30
BUTTON_VALUE = 2_000
URL = 3_000
ACCESSIBILITY_LABEL = 75
PLACEHOLDER = 150
INPUT_LENGTH = 3_000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100  # of a select menu
BOXES = 10  # options of checkboxes and radio buttons
OVERFLOW = 5
TITLE = 24  # of a modal, and its submit and close
METADATA = 3_000
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
PROMPTS = 4  # /reference/methods/assistant.threads.setSuggestedPrompts
LOADING_MESSAGES = 10  # /reference/methods/assistant.threads.setStatus

_MESSAGES = {"message", "stream"}
_VIEWS = {"modal", "home"}
_WHERE: dict[str, set[str]] = {
    "markdown": _MESSAGES,
    "context_actions": _MESSAGES,
    "input": _VIEWS,
    "section": _MESSAGES | _VIEWS,
    "header": _MESSAGES | _VIEWS,
    "divider": _MESSAGES | _VIEWS,
    "context": _MESSAGES | _VIEWS,
    "actions": _MESSAGES | _VIEWS,
    "rich_text": _MESSAGES | _VIEWS,
    "image": _MESSAGES | _VIEWS,
}
_RICH = {"rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"}
_RICH_PARTS = {"text": "text", "link": "url", "channel": "channel_id", "user": "user_id", "emoji": "name"}
_SELECTS = ("_select", "overflow", "checkboxes", "radio_buttons")
Found = Iterator[str]
Json = Mapping[str, Any]


def problems(payload: Json, surface: Surface) -> list[str]:
    """Every violation in what is sent: a message's arguments, a stream's (append or stop), or a view."""
    if surface in _VIEWS:
        return list(_view(payload, surface))
    found = list(_blocks(payload.get("blocks") or (), surface, MESSAGE_BLOCKS))
    if surface == "stream":
        return [*found, *_length("markdown_text", payload.get("markdown_text", ""), MARKDOWN)]
    text = payload.get("text", "")
    if not str(text).strip():
        found.append("text: empty, so that screen readers and notifications have nothing")
    return [*found, *_length("text", text, MESSAGE_TEXT)]


def characters(blocks: Any) -> int:
    """All that stands in the texts of blocks, the way `msg_blocks_too_long` seems to count."""
    if isinstance(blocks, Mapping):
        own = blocks.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(characters(v) for v in blocks.values())
    return sum(characters(b) for b in blocks) if isinstance(blocks, list | tuple) else 0


def _view(view: Json, surface: Surface) -> Found:
    blocks = view.get("blocks") or ()
    if view.get("type") != surface:
        yield f"type: {view.get('type')!r} where {surface!r} is due"
    if not blocks:
        yield "blocks: none"
    yield from _blocks(blocks, surface, VIEW_BLOCKS)
    yield from _length("private_metadata", view.get("private_metadata", ""), METADATA)
    yield from _length("callback_id", view.get("callback_id", ""), ID)
    yield from _length("external_id", view.get("external_id", ""), ID)
    given = [name for name in ("title", "submit", "close") if name in view]
    if surface == "home":
        yield from (f"{name}: a home tab has none" for name in given)
        return
    for name in given:
        yield from _text(name, view[name], TITLE, plain=True)
    if "title" not in view:
        yield "title: none"
    if any(b.get("type") == "input" for b in blocks) and "submit" not in view:
        yield "submit: none, with inputs"


def _blocks(blocks: Any, surface: Surface, most: int) -> Found:
    if len(blocks) > most:
        yield f"blocks: {len(blocks)} of at most {most}"
    seen: set[str] = set()
    for n, block in enumerate(blocks):
        kind, place = str(block.get("type")), f"blocks[{n}]"
        if surface not in _WHERE.get(kind, ()):
            yield f"{place}: {kind} has no place on a {surface}"
            continue
        yield from _length(f"{place}.block_id", block.get("block_id", ""), ID)
        if block.get("block_id") in seen:
            yield f"{place}.block_id: {block['block_id']} twice"
        seen |= {block["block_id"]} if block.get("block_id") else set()
        yield from _OF_BLOCK[kind](place, block)
    if surface in _MESSAGES:
        together = sum(len(b.get("text", "")) for b in blocks if b.get("type") == "markdown")
        yield from _at_most("blocks: markdown", together, MARKDOWN)
        yield from _at_most("blocks: text", characters(blocks), MESSAGE_CHARACTERS)


def _section(place: str, block: Json) -> Found:
    if "text" not in block and "fields" not in block:
        yield f"{place}: neither text nor fields"
    if "text" in block:
        yield from _text(f"{place}.text", block["text"], SECTION_TEXT)
    if "fields" in block:
        yield from _count(f"{place}.fields", block["fields"], SECTION_FIELDS)
        for field in block["fields"]:
            yield from _text(f"{place}.fields", field, SECTION_FIELD)
    if "accessory" in block:
        yield from _element(f"{place}.accessory", block["accessory"])


def _header(place: str, block: Json) -> Found:
    yield from _text(f"{place}.text", block.get("text"), HEADER, plain=True)


def _context(place: str, block: Json) -> Found:
    yield from _count(f"{place}.elements", block.get("elements", ()), CONTEXT_ELEMENTS)
    for element in block.get("elements", ()):
        if element.get("type") != "image":
            yield from _text(f"{place}.elements", element, SECTION_TEXT)


def _actions(place: str, block: Json) -> Found:
    yield from _elements(place, block, ACTIONS_ELEMENTS)


def _context_actions(place: str, block: Json) -> Found:
    yield from _elements(place, block, CONTEXT_ACTIONS_ELEMENTS)
    kinds = {e.get("type") for e in block.get("elements", ())}
    yield from (f"{place}: {kind} has no place here" for kind in kinds - {"feedback_buttons", "icon_button"})


def _elements(place: str, block: Json, most: int) -> Found:
    elements = block.get("elements", ())
    yield from _count(f"{place}.elements", elements, most)
    ids = [e.get("action_id") for e in elements]
    yield from (f"{place}: action_id {i} twice" for i in sorted({str(i) for i in ids if ids.count(i) > 1}))
    for n, element in enumerate(elements):
        yield from _element(f"{place}.elements[{n}]", element)


def _markdown(place: str, block: Json) -> Found:
    if not str(block.get("text", "")).strip():
        yield f"{place}.text: empty"
    yield from _length(f"{place}.text", block.get("text", ""), MARKDOWN)


def _input(place: str, block: Json) -> Found:
    yield from _text(f"{place}.label", block.get("label"), LABEL, plain=True)
    if "hint" in block:
        yield from _text(f"{place}.hint", block["hint"], LABEL, plain=True)
    yield from _element(f"{place}.element", block.get("element", {}))


def _image(place: str, block: Json) -> Found:
    if not block.get("alt_text"):
        yield f"{place}.alt_text: empty"
    yield from _length(f"{place}.image_url", block.get("image_url", ""), URL)


def _rich_text(place: str, block: Json) -> Found:
    if not block.get("elements"):
        yield f"{place}.elements: none"
    for n, part in enumerate(block.get("elements", ())):
        if part.get("type") not in _RICH:
            yield f"{place}.elements[{n}]: {part.get('type')} has no place here"
        for inner in part.get("elements", ()):
            yield from _rich_part(f"{place}.elements[{n}]", inner)


def _rich_part(place: str, part: Json) -> Found:
    kind = part.get("type")
    if kind == "rich_text_section":
        for inner in part.get("elements", ()):
            yield from _rich_part(place, inner)
    elif kind not in _RICH_PARTS:
        yield f"{place}: {kind} has no place here"
    elif not part.get(_RICH_PARTS[str(kind)]):
        yield f"{place}.{kind}: empty"
    yield from _length(f"{place}.url", part.get("url", ""), URL)


def _element(place: str, element: Json) -> Found:
    kind = str(element.get("type"))
    if not element.get("action_id"):
        yield f"{place}.action_id: none"
    yield from _length(f"{place}.action_id", element.get("action_id", ""), ID)
    if "placeholder" in element:
        yield from _text(f"{place}.placeholder", element["placeholder"], PLACEHOLDER, plain=True)
    if "confirm" in element:
        yield from _confirm(f"{place}.confirm", element["confirm"])
    if kind == "button":
        yield from _button(place, element)
    elif kind == "feedback_buttons":
        yield from _button(f"{place}.positive_button", element.get("positive_button", {}))
        yield from _button(f"{place}.negative_button", element.get("negative_button", {}))
    elif kind == "plain_text_input":
        most = element.get("max_length", INPUT_LENGTH)
        yield from _at_most(f"{place}.max_length", most, INPUT_LENGTH)
        yield from _length(f"{place}.initial_value", element.get("initial_value", ""), most)
    elif kind.endswith(_SELECTS) and "options" in element:
        yield from _options(place, kind, element)


def _button(place: str, button: Json) -> Found:
    yield from _text(f"{place}.text", button.get("text"), BUTTON_TEXT, plain=True)
    yield from _length(f"{place}.value", button.get("value", ""), BUTTON_VALUE)
    yield from _length(f"{place}.url", button.get("url", ""), URL)
    yield from _length(f"{place}.accessibility_label", button.get("accessibility_label", ""), ACCESSIBILITY_LABEL)
    if button.get("style") not in (None, "primary", "danger"):
        yield f"{place}.style: {button['style']}"


def _options(place: str, kind: str, element: Json) -> Found:
    most = {"checkboxes": BOXES, "radio_buttons": BOXES, "overflow": OVERFLOW}.get(kind, OPTIONS)
    yield from _count(f"{place}.options", element["options"], most)
    for option in element["options"]:
        yield from _text(f"{place}.options", option.get("text"), OPTION_TEXT)
        yield from _length(f"{place}.options.value", option.get("value", ""), OPTION_VALUE)
        if not option.get("value"):
            yield f"{place}.options.value: empty"
    values = [o.get("value") for o in element["options"]]
    if len(set(values)) != len(values):
        yield f"{place}.options: a value twice"
    chosen = element.get("initial_option")
    if chosen is not None and chosen not in element["options"]:
        yield f"{place}.initial_option: none of the options"


def _confirm(place: str, confirm: Json) -> Found:
    yield from _text(f"{place}.title", confirm.get("title"), CONFIRM_TITLE, plain=True)
    yield from _text(f"{place}.text", confirm.get("text"), CONFIRM_TEXT, plain=True)
    yield from _text(f"{place}.confirm", confirm.get("confirm"), CONFIRM_BUTTON, plain=True)
    yield from _text(f"{place}.deny", confirm.get("deny"), CONFIRM_BUTTON, plain=True)


def _text(place: str, text: Any, most: int, *, plain: bool = False) -> Found:
    if not isinstance(text, Mapping) or text.get("type") not in ("plain_text", "mrkdwn"):
        yield f"{place}: no text object"
        return
    if plain and text["type"] != "plain_text":
        yield f"{place}: {text['type']} where plain_text is due"
    if not str(text.get("text", "")).strip():
        yield f"{place}: empty"
    yield from _length(place, text.get("text", ""), most)


def _length(place: str, text: str, most: int) -> Found:
    yield from _at_most(place, len(text), most)


def _at_most(place: str, number: int, most: int) -> Found:
    if number > most:
        yield f"{place}: {number} characters of at most {most}"


def _count(place: str, held: Any, most: int) -> Found:
    if not 1 <= len(held) <= most:
        yield f"{place}: {len(held)}, where 1 to {most} are due"


_OF_BLOCK: dict[str, Callable[[str, Json], Found]] = {
    "section": _section,
    "header": _header,
    "divider": lambda place, block: iter(()),
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "input": _input,
    "image": _image,
}
