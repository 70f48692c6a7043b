"""An answer as server-sent events: the wire format, and the end of the work when the reader goes away."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.types import Receive, Scope, Send

from assistant.answering.events import Accepted, Cited, Done, Event, Failed, Said, Stepped
from assistant.api import problems
from assistant.api.feed import Feed, Told
from vectorstore.errors import LsipError

EVENT_STREAM = "text/event-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class _Watched(EventSourceResponse):
    """Tells the feed when nobody reads any more, however the response ends, unless they may come back for it."""

    def __init__(
        self, content: AsyncIterator[bytes], feed: Feed | Told, headers: dict[str, str], *, goes_on: bool
    ) -> None:
        super().__init__(content, headers=_HEADERS | headers)
        self._feed = feed
        self._goes_on = goes_on

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            if not self._goes_on:
                self._feed.leave()


async def event_stream(
    feed: Feed | Told, headers: dict[str, str] | None = None, *, goes_on: bool = False
) -> EventSourceResponse:
    """The response. Raises what goes wrong before the first event, as the JSON door would.

    With `goes_on` the answer is made although the reader has gone: a broken line is no wish to stop.
    """
    first = await feed.first()

    async def lines() -> AsyncIterator[bytes]:
        yield as_line(first)
        async for event in feed.rest():
            yield as_line(event)

    return _Watched(lines(), feed, headers or {}, goes_on=goes_on)


def as_line(event: Event | Exception) -> bytes:
    """One event on the wire; an error is a `failed` with its problem document, never its text."""
    named = _named(event)
    if named is None:
        return KEEPALIVE_COMMENT
    name, data = named
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))


def _named(event: Event | Exception) -> tuple[str, dict[str, Any]] | None:
    match event:
        case Accepted(conversation_id, answer_id):
            return "accepted", {"conversation_id": conversation_id, "answer_id": answer_id}
        case Stepped(step):
            return "step", {"step": step}
        case Said(statement):
            return "sentence", statement.model_dump(mode="json")
        case Cited(citation):
            return "citation", citation.model_dump(mode="json")
        case Done(answer):
            return "done", answer.model_dump(mode="json")
        case Failed(answer):
            return "failed", problems.failed(answer.answer_id).model_dump(exclude_none=True)
        case LsipError():
            return "failed", problems.of_error(event).model_dump(exclude_none=True)
        case Exception():
            return "failed", problems.failed().model_dump(exclude_none=True)
        case _:
            return None
