"""Finds the message of a job that another worker posted before it could write down its name."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from assistant.slack.calling import TROUBLE, again, is_passing, reason
from assistant.slack.model import Job

log = logging.getLogger(__name__)
EVENT_TYPE = "lsip_answer"
LOOKED_AT = 100  # messages after the question; Slack gives fewer to apps that are not of its Marketplace


async def find_ours(client: AsyncWebClient, bot_user: str, job: Job) -> str:
    """The `ts` of the job's message; empty where there is none, or where we may not look.

    A stream carries the job's name only once it is closed. In a thread one job is answered at a time, so that a
    later message of ours without any name is the one that was being streamed.
    """
    place = job.arrival.place

    async def read() -> Sequence[dict[str, Any]]:
        said = await client.conversations_replies(
            channel=place.channel,
            ts=place.root,
            oldest=job.arrival.ts,
            include_all_metadata=True,
            limit=LOOKED_AT,
        )
        return list(said.get("messages") or [])

    try:
        messages = await again(read)
    except TROUBLE as error:
        if is_passing(error):
            raise
        log.info("a thread could not be read: %s", reason(error) or type(error).__name__)
        return ""
    ours = [m for m in messages if m.get("user") == bot_user and str(m.get("ts", "")) > job.arrival.ts]
    for m in ours:
        if (m.get("metadata") or {}).get("event_payload", {}).get("job") == job.job_id:
            return str(m["ts"])
    unnamed = [m for m in ours if not (m.get("metadata") or {}).get("event_type")]
    return str(unnamed[-1]["ts"]) if unnamed else ""
