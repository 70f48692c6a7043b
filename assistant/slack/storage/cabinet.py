"""Everything that the Slack app keeps, each part made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine

if TYPE_CHECKING:
    from assistant.slack.storage.forgetting import SqlForgetting
    from assistant.slack.storage.inbox import SqlInbox
    from assistant.slack.storage.installations import SqlInstallationStore
    from assistant.slack.storage.preferences import Defaults, SqlPreferences
    from assistant.slack.storage.states import SqlStateStore
    from assistant.slack.storage.threads import SqlThreads
    from assistant.slack.storage.workspaces import SqlWorkspaces


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

    @cached_property
    def installations(self) -> SqlInstallationStore:
        from assistant.slack.storage.installations import SqlInstallationStore

        return SqlInstallationStore(self._engine(), self.secret)

    @cached_property
    def states(self) -> SqlStateStore:
        from assistant.slack.storage.states import SqlStateStore

        return SqlStateStore(self._engine())

    @cached_property
    def forgetting(self) -> SqlForgetting:
        from assistant.slack.storage.forgetting import SqlForgetting

        return SqlForgetting(self._engine(), self.secret)

    @cached_property
    def workspaces(self) -> SqlWorkspaces:
        """What an operator sees and changes."""
        from assistant.sites.audit import os_user
        from assistant.slack.storage.workspaces import SqlWorkspaces

        return SqlWorkspaces(self._engine(), self.preferences, self.forgetting, os_user)

    def sweep(self, before: datetime) -> None:
        """Delete what has run out, and what was noted or left unanswered before a moment."""
        self.inbox.sweep(before)
        self.threads.sweep(before)
        self.states.sweep()
