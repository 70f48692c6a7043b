"""The service with its Slack app, put together as `lsip serve` does, with other times where a test needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fastapi import FastAPI

from assistant.api.app import create_app
from assistant.composition import Application
from assistant.slack.app import build
from assistant.slack.status import REFRESH
from assistant.slack.storage.inbox import LEASE, SqlInbox
from assistant.slack.workers import POLL, RENEW


@dataclass(frozen=True)
class Times:
    """Seconds: how long a lease lasts, and the three times of `build`."""

    lease: float = LEASE.total_seconds()
    poll: float = POLL
    renew: float = RENEW
    refresh: float = REFRESH


def service_of(app: Application, times: Times) -> FastAPI:
    """The ASGI service; the Slack app starts and stops with it."""
    app.slack.inbox = SqlInbox(app.catalogue.engine, app.slack.secret, timedelta(seconds=times.lease))
    door = build(app, app.slack, poll=times.poll, renew=times.renew, refresh=times.refresh)
    return create_app(app, door)
