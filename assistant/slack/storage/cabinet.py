"""Everything that the Slack app keeps, each part made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine

if TYPE_CHECKING:
    from assistant.slack.storage.inbox import SqlInbox
    from assistant.slack.storage.preferences import Defaults, SqlPreferences
    from assistant.slack.storage.threads import SqlThreads


class Cabinet:
    """The storage of one process. Slack's library and the ciphers are imported only now: commands do without them."""

    def __init__(self, engine: Callable[[], Engine], secret: Callable[[], str], settings: Defaults) -> None:
        self._engine = engine
        self.secret = secret
        self._settings = settings

    @cached_property
    def inbox(self) -> SqlInbox:
        from assistant.slack.storage.inbox import SqlInbox

        return SqlInbox(self._engine(), self.secret)

    @cached_property
    def threads(self) -> SqlThreads:
        from assistant.slack.storage.threads import SqlThreads

        return SqlThreads(self._engine())

    @cached_property
    def preferences(self) -> SqlPreferences:
        from assistant.slack.storage.preferences import SqlPreferences

        return SqlPreferences(self._engine(), self.secret, self._settings)

    def sweep(self, before: datetime) -> None:
        """Delete what has run out, and what was noted or left unanswered before a moment."""
        self.inbox.sweep(before)
        self.threads.sweep(before)
