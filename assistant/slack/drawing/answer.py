"""An answer as a message: its statements, then what limits them, what they rest on, and what can be done next."""

from __future__ import annotations

from assistant.answering.guard import said
from assistant.answering.model import ANSWERED, Answer, AnswerStatus, NextStep, Note, Statement
from assistant.presenting.wording import human
from assistant.slack import names
from assistant.slack.drawing.body import Body, body, spoken, stands
from assistant.slack.drawing.choices import choices
from assistant.slack.drawing.kit import (
    Block,
    Part,
    actions,
    bullets,
    button,
    context,
    divider,
    link,
    linked,
    rich,
    section,
    words,
)
from assistant.slack.drawing.look import Drawn, Look, whose_area
from assistant.slack.drawing.mrkdwn import bare, cut, mrkdwn, short
from assistant.slack.drawing.sources import SHOWN, all_sources, shortened, source_blocks, source_lines
from prompts import message
from vectorstore.unseen import seen

__all__ = ["Drawn", "Look", "all_sources", "closing", "spoken", "stands", "whole"]

FALLBACK = 3_500  # characters of `text`; below `limits.MESSAGE_TEXT`
NOTE = 600  # characters of one note or next step, and of all of them
NOTES = 2_000
RELATED = 5
ASKED = 280
_STORED = frozenset(AnswerStatus) - {AnswerStatus.BUSY, AnswerStatus.FAILED, AnswerStatus.BLOCKED_INPUT}
_JUDGED = _STORED - {AnswerStatus.CLARIFY}


def whole(answer: Answer, look: Look, *, ephemeral: bool = False, asked: str = "") -> Drawn:
    """The whole message of an answer of any status.

    `ephemeral`: only who asked sees it, and may share it. `asked`: the question, where it does not stand above.
    """
    drawn = body(answer)
    question = context(message("slack_asked", question=cut(bare(asked), ASKED))) if bare(asked) else []
    rest = _closing(answer, look, drawn, ephemeral=ephemeral)
    return Drawn(_fallback(answer, asked), [*question, *drawn.blocks, *rest])


def closing(answer: Answer, look: Look, *, ephemeral: bool = False) -> list[Block]:
    """What stands below the statements, for a stream that has said them all."""
    held = len(said(answer))
    return _closing(answer, look, Body([], held, held), ephemeral=ephemeral)


def _closing(answer: Answer, look: Look, drawn: Body, *, ephemeral: bool) -> list[Block]:
    return [
        *_cut_short(answer, look, drawn),
        *_notes(answer, look),
        *choices(answer.choices),
        *_related(answer),
        *_frame(answer, look),
        *source_blocks(answer, look),
        *actions(_controls(answer, look, ephemeral=ephemeral)),
        *(feedback(answer.answer_id) if answer.status in _JUDGED else []),
    ]


def feedback(answer_id: str) -> list[Block]:
    """The two votes on an answer."""
    votes = {
        "positive_button": ("up", "slack_useful", "slack_useful_label"),
        "negative_button": ("down", "slack_not_useful", "slack_not_useful_label"),
    }
    element: Block = {"type": "feedback_buttons", "action_id": names.FEEDBACK}
    for key, (vote, text, label) in votes.items():
        element[key] = {
            "text": {"type": "plain_text", "text": message(text)},
            "accessibility_label": message(label),
            "value": f"{vote}:{answer_id}",
        }
    return [{"type": "context_actions", "elements": [element]}]


def _cut_short(answer: Answer, look: Look, drawn: Body) -> list[Block]:
    """Why the body ends before the answer does, and where the rest is."""
    if drawn.shown == drawn.held:
        return []
    why = message("slack_cut", shown=str(drawn.shown), held=str(drawn.held))
    page = look.answer_page(answer.answer_id)
    rest = link(page, message("slack_cut_rest")) if page else words(message("slack_cut_narrower"))
    return rich(section(words(why + " ", bold=True), rest))


def _notes(answer: Answer, look: Look) -> list[Block]:
    """Our remarks, then the next steps, each a paragraph, as far as they fit; said where they do not."""
    told = [b for b in answer.blocks if isinstance(b, Note)] + [b for b in answer.blocks if isinstance(b, NextStep)]
    partly = answer.status is AnswerStatus.ANSWERED_PARTLY
    blocks: list[Block] = []
    room = NOTES
    for n, block in enumerate(told):
        text = cut(bare(block.text), NOTE)
        room -= len(text)
        if room < 0:
            page = look.answer_page(answer.answer_id)
            return [
                *blocks,
                *rich(
                    section(
                        words(message("slack_notes_left") + " "), link(page, message("slack_open")) if page else []
                    )
                ),
            ]
        key = "slack_next" if isinstance(block, NextStep) else "slack_part" if partly and n == 0 else ""
        blocks += rich(section(words(message(key) + " ", bold=True) if key else [], linked(text)))
    return blocks


def _related(answer: Answer) -> list[Block]:
    items: list[list[Part]] = []
    for r in answer.related[:RELATED]:
        where = f" ({cut(bare(r.section), 100)})" if r.section else ""
        items.append([*link(r.url, cut(bare(r.title), 150)), *words(where)])
    return rich(section(words(message("slack_nearest"), bold=True)), bullets(items)) if items else []


def _frame(answer: Answer, look: Look) -> list[Block]:
    """The date and the area that the question was read for; over the sources, where there are any."""
    parts = [message("slack_as_of", date=human(answer.as_of))]
    if answer.area is not None:
        own = whose_area(look.area_from) if look.area_name == answer.area.name else ""
        name = short(answer.area.name)
        parts.append(f"{name} ({own})" if own else name)
    if answer.citations:
        parts.insert(0, message("slack_sources"))
        return [divider(), *context(" · ".join(parts))]
    return context(" · ".join(parts)) if answer.area is not None else []


def _controls(answer: Answer, look: Look, *, ephemeral: bool) -> list[Block]:
    if answer.status not in _STORED:
        return []
    held: list[Block] = []
    if ephemeral and answer.status in ANSWERED:
        held.append(button(names.SHARE, message("slack_share"), value=answer.answer_id, style="primary"))
    if shortened(answer):
        many = len(answer.citations) > SHOWN
        text = message("slack_all_sources", count=str(len(answer.citations))) if many else message("slack_in_full")
        held.append(button(names.SOURCES, text, value=answer.answer_id))
    page = look.answer_page(answer.answer_id)
    if page and answer.citations:
        label = message("slack_open_label")
        held.append(button(f"{names.OPEN_LINK}_0", message("slack_open"), url=page, label=label))
    if answer.status is not AnswerStatus.CLARIFY:
        held.append(button(names.PERSON, message("slack_person"), value=answer.answer_id))
    return held


def _fallback(answer: Answer, asked: str) -> str:
    """All of it as words: a screen reader reads this and not the blocks, a notification its beginning."""
    parts = [" ".join(_marked(s) for s in said(answer))]
    parts += [bare(b.text) for b in answer.blocks if isinstance(b, Note | NextStep)]
    parts += [f"- {bare(c.label)}" for c in answer.choices]
    parts += [f"- {bare(r.title)}" for r in answer.related[:RELATED]]
    parts += source_lines(answer)
    if bare(asked):
        parts.append(message("slack_asked", question=cut(bare(asked), ASKED)))
    return fallback("\n".join(p for p in parts if p))


def fallback(text: str) -> str:
    """`text` as the words that notifications and screen readers have; never empty, never over the limit."""
    text = seen(text).strip() or message("slack_message")
    kept = cut(text, FALLBACK)
    while len(mrkdwn(kept)) > FALLBACK:
        kept = cut(text, len(kept) * FALLBACK // len(mrkdwn(kept)))
    return mrkdwn(kept)


def _marked(statement: Statement) -> str:
    return bare(statement.text) + "".join(f" [{n}]" for n in statement.citations)
