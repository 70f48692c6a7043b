"""Whom a person can turn to: a channel, an address, a page or a telephone, as workspace or operator named it."""

from __future__ import annotations

import re

from assistant.slack.drawing.kit import Part, linked
from assistant.slack.drawing.mrkdwn import bare, cut

_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LONGEST = 300


def is_channel(help_at: str) -> bool:
    """Whether help is a channel, to which a question can be posted."""
    return _CHANNEL.fullmatch(help_at.strip()) is not None


def contact(help_at: str) -> list[Part]:
    """The contact as rich text: a channel or address opens with a tap."""
    named = cut(bare(help_at), LONGEST)
    if is_channel(named):
        return [{"type": "channel", "channel_id": named}]
    if _MAIL.fullmatch(named):
        return [{"type": "link", "url": f"mailto:{named}", "text": named}]
    return linked(named)
