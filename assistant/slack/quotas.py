"""How often one person and one workspace may ask in Slack."""

from __future__ import annotations

from assistant.sites.quotas import Quotas, Verdict
from assistant.sites.rules import Quota
from assistant.slack.model import Preferences


async def take(quotas: Quotas, preferences: Preferences, team: str, person: str) -> Verdict:
    """Count one question; the narrowest first, so that a person's flood takes nothing from the others."""
    counted = [
        Quota("slack_person", person, preferences.person_quota),
        Quota("slack_workspace", team, preferences.workspace_quota),
    ]
    return await quotas.take([q for q in counted if q.rule])


def wait(seconds: int) -> str:
    """A time to wait in words."""
    if seconds < 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    if minutes < 90:
        return f"{minutes} minutes"
    return f"{-(-minutes // 60)} hours"
