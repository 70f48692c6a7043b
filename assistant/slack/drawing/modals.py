"""The modals but that of a check: ask about a message, set an area, say what was wrong, turn to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.slack import limits, names
from assistant.slack.drawing.contact import contact, is_channel
from assistant.slack.drawing.kit import (
    Block,
    choose,
    context,
    field,
    modal,
    option,
    quote,
    rich,
    section,
    text_input,
    words,
)
from assistant.slack.drawing.look import Look, whose_area
from assistant.slack.drawing.mrkdwn import bare, cut, heard, short
from prompts import message

REASONS = ("wrong", "missing", "out_of_date", "unclear", "other")  # those of a vote, in this order
COMMENT = 500  # characters of a vote's comment
PLACE = 100
_QUOTED = 600


def ask_modal(quoted: str, look: Look, *, most: int, metadata: str = "") -> Block:
    """Ask about a message: the message as it stands, and the question to be made of it, at most `most` characters."""
    text = bare(heard(quoted))
    action = f"{names.QUESTION_INPUT}_value"
    asks = text_input(action, most=most, initial=cut(text, most), several_lines=True)
    blocks = rich(quote(words(cut(text, _QUOTED)))) if text else []
    blocks.append(field(names.QUESTION_INPUT, message("slack_question"), asks, hint=message("slack_question_hint")))
    if look.area_name:
        whose = whose_area(look.area_from)
        blocks += context(message("slack_area_now", area=short(look.area_name), whose=whose))
    blocks += context(message("slack_answer_to_you"))
    return modal(
        names.ASK_MODAL,
        message("slack_ask_about"),
        blocks,
        close=message("slack_cancel"),
        submit=message("slack_ask"),
        metadata=metadata,
    )


def area_modal(
    look: Look, *, place: str = "", choices: Sequence[tuple[str, str]] = (), problem: str = "", metadata: str = ""
) -> Block:
    """Set one's area by a place; or, where the place may be several, by a choice of (label, place or area)."""
    action = f"{names.PLACE_INPUT}_value"
    blocks = rich(section(words(message("slack_area_why"))))
    blocks += rich(section(words(cut(bare(problem), _QUOTED), bold=True)))
    held = {value: label for label, value in choices if value and len(value) <= limits.OPTION_VALUE}
    if held:
        options = [option(label, value) for value, label in held.items()]
        element = choose(action, options, placeholder=message("slack_choose"))
        blocks.append(field(names.PLACE_INPUT, message("slack_which_place"), element))
    else:
        element = text_input(action, most=PLACE, initial=place or look.area_name)
        blocks.append(field(names.PLACE_INPUT, message("slack_place"), element, hint=message("slack_place_hint")))
    return modal(
        names.AREA_MODAL,
        message("slack_your_area"),
        blocks,
        close=message("slack_cancel"),
        submit=message("slack_save"),
        metadata=metadata,
    )


def reasons_modal(answer_id: str) -> Block:
    """What was wrong with an answer; nothing of it need be said."""
    options = [option(message(f"slack_reason_{r}"), r) for r in REASONS]
    boxes: Block = {"type": "checkboxes", "action_id": f"{names.REASONS_INPUT}_value", "options": options}
    comment = text_input(f"{names.COMMENT_INPUT}_value", most=COMMENT, several_lines=True)
    hint = message("slack_comment_hint")
    blocks = [
        field(names.REASONS_INPUT, message("slack_reasons"), boxes, optional=True),
        field(names.COMMENT_INPUT, message("slack_comment"), comment, hint=hint, optional=True),
    ]
    return modal(
        names.REASONS_MODAL,
        message("slack_not_useful"),
        blocks,
        close=message("slack_cancel"),
        submit=message("slack_send"),
        metadata=answer_id,
    )


def person_modal(question: str, answer_id: str, help_at: str) -> Block:
    """Turn to a person: into a channel of theirs, once the asker agrees to what is sent; else how to reach them."""
    title, close = message("slack_person"), message("slack_close")
    if not bare(help_at):
        return modal(names.PERSON_MODAL, title, rich(section(words(message("slack_person_none")))), close=close)
    if not is_channel(help_at):
        blocks = rich(section(words(message("slack_person_at") + " "), contact(help_at)))
        return modal(names.PERSON_MODAL, title, blocks, close=close)
    note = text_input(f"{names.MESSAGE_INPUT}_value", most=COMMENT, several_lines=True)
    blocks = [
        *rich(section(words(message("slack_person_sends") + " "), contact(help_at))),
        *rich(quote(words(cut(bare(question), _QUOTED)))),
        field(names.MESSAGE_INPUT, message("slack_person_note"), note, optional=True),
    ]
    return modal(
        names.PERSON_MODAL,
        title,
        blocks,
        close=message("slack_cancel"),
        submit=message("slack_send"),
        metadata=answer_id,
    )


def values(view: Mapping[str, Any]) -> dict[str, str]:
    """What a submitted view holds, by block: words, a day, or an option's value; several options parted by commas."""
    state = (view.get("state") or {}).get("values") or {}
    found: dict[str, str] = {}
    for block_id, held in state.items():
        for element in held.values():
            several = element.get("selected_options")
            one = element.get("selected_option") or {}
            text = element.get("value") or element.get("selected_date") or one.get("value") or ""
            found[block_id] = ",".join(o["value"] for o in several) if several else str(text).strip()
    return found
