"""The choices of a question that has to be asked back, as buttons that a thumb can tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.model import Choice
from assistant.slack import limits, names
from assistant.slack.drawing.kit import Block, actions, beside, button, context
from assistant.slack.drawing.mrkdwn import bare
from prompts import message

MOST = 10


def choices(held: Sequence[Choice]) -> list[Block]:
    """A row of buttons where the labels are short; else each label in full beside a button of its own.

    Slack cuts the words of a button after some thirty characters on a telephone.
    """
    fitting = [c for c in held if bare(c.label) and len(c.question) <= limits.BUTTON_VALUE and c.question.strip()]
    shown = fitting[:MOST]
    if all(len(bare(c.label)) <= limits.BUTTON_SHOWN for c in shown):
        made = actions([button(f"{names.CHOICE}_{n}", c.label, value=c.question) for n, c in enumerate(shown)])
    else:
        made = [_beside(n, c) for n, c in enumerate(shown)]
    left = len(held) - len(shown)
    return [*made, *(context(message("slack_choices_left", left=str(left))) if left else [])]


def _beside(n: int, choice: Choice) -> Block:
    label = message("slack_choose_label", choice=bare(choice.label))
    chosen = button(f"{names.CHOICE}_{n}", message("slack_choose"), value=choice.question, label=label)
    return beside(choice.label, chosen)
