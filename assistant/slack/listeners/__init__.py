"""What the app hears from Slack, and what it does at once; questions go to the inbox first."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from assistant.slack.room import Room


def register(bolt: AsyncApp, room: Room) -> None:
    """Register all listeners."""
