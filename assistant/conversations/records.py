"""Everything that is kept of questions, over one database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Engine

from assistant.conversations.affected import Affected
from assistant.conversations.claims import Claims
from assistant.conversations.feedback import Feedback
from assistant.conversations.keys import Keys
from assistant.conversations.ledger import Ledger
from assistant.conversations.retention import Retention
from assistant.conversations.talks import Talks


class Records:
    """Conversations, votes, claims, keys, what staff see, and the end of it all.

    `calendar` is the day by the clock, which text is kept by; `today` the day that stands for it in answers.
    `also` deletes, at a purge, what others keep from before a moment.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        retention_days: int,
        calendar: Callable[[], date],
        today: Callable[[], date],
        also: Callable[[datetime], None] | None = None,
    ) -> None:
        self.feedback = Feedback(engine)
        self.talks = Talks(engine, self.feedback)
        self.claims = Claims(engine)
        self.keys = Keys(engine)
        self.retention = Retention(engine, retention_days, calendar, also)
        self.affected = Affected(engine, today)
        self.ledger = Ledger(engine, self.feedback, calendar)
