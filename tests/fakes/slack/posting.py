"""Messages of the fake Slack: posted, shown to one person, changed, streamed; and answers to a response_url."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.fakes.slack.rules import problems
from tests.fakes.slack.state import RESPONSE_SECONDS, RESPONSE_USES, Message, State, Token

Body = dict[str, Any]
Reply = dict[str, Any]
CHANNEL = re.compile(r"^[CDG][A-Z0-9]{2,}$")
TS = re.compile(r"^\d{10}\.\d{6}$")
CHUNKS = {"markdown_text", "task_update", "plan_update", "blocks"}


class RefusedError(Exception):
    """`ok: false`, with the name of the error and what comes with it."""

    def __init__(self, name: str, **extra: Any) -> None:
        super().__init__(name)
        self.name, self.extra = name, extra


class Posting:
    """The methods of `chat.`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def post(self, token: Token, body: Body) -> Reply:
        """https://docs.slack.dev/reference/methods/chat.postMessage"""
        made = self._message(token, body, self._content(body, "message"))
        self._state.messages.append(made)
        return {"channel": made.channel, "ts": made.ts, "message": made.payload()}

    def ephemeral(self, token: Token, body: Body) -> Reply:
        """Seen by one person until the client loads anew; nothing can change it later."""
        made = self._message(token, body, self._content(body, "message"))
        made.only_for = str(body["user"])
        self._state.messages.append(made)
        return {"message_ts": made.ts}

    def update(self, token: Token, body: Body) -> Reply:
        """https://docs.slack.dev/reference/methods/chat.update; the content is replaced as a whole."""
        message = self._own(token, body)
        if message.streaming(self._state.clock.now()):
            raise RefusedError("streaming_state_conflict")
        given = self._content(body, "message")
        message.text, message.blocks = given["text"], given["blocks"]
        message.metadata = given["metadata"] or message.metadata
        message.tasks = []
        message.updates += 1
        return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": message.payload()}

    def delete(self, token: Token, body: Body) -> Reply:
        message = self._own(token, body)
        message.deleted = True
        return {"channel": message.channel, "ts": message.ts}

    def permalink(self, token: Token, body: Body) -> Reply:
        message = self._state.find(token.team, str(body["channel"]), str(body["message_ts"]))
        if message is None:
            raise RefusedError("message_not_found")
        link = f"https://{token.team.lower()}.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"
        return {"channel": message.channel, "permalink": link}

    def start(self, token: Token, body: Body) -> Reply:
        """https://docs.slack.dev/reference/methods/chat.startStream"""
        channel = str(body["channel"])
        for name in ("recipient_team_id", "recipient_user_id"):
            if not channel.startswith("D") and not body.get(name):
                raise RefusedError(f"missing_{name}")
        text, tasks = self._streamed(body)
        made = self._message(token, body, {"text": text, "blocks": [], "metadata": None})
        made.tasks, made.streamed, made.streaming_since = tasks, True, self._state.clock.now()
        self._state.messages.append(made)
        return {"channel": made.channel, "ts": made.ts}

    def append(self, token: Token, body: Body) -> Reply:
        message = self._streaming(token, body)
        if not body.get("markdown_text") and not body.get("chunks"):
            raise RefusedError("no_text")
        self._add(message, body)
        return {"channel": message.channel, "ts": message.ts}

    def stop(self, token: Token, body: Body) -> Reply:
        """The blocks that it brings stand below what was streamed."""
        message = self._streaming(token, body)
        blocks = _list(body.get("blocks"))
        self._held_to({"blocks": blocks}, "stream")
        self._add(message, body)
        message.blocks = blocks
        message.metadata = _metadata(body) or message.metadata
        message.streaming_since = None
        return {"channel": message.channel, "ts": message.ts, "message": message.payload()}

    def expire(self, token: str, body: Body) -> None:
        """A stream ends by itself."""
        known = self._state.tokens.get(token)
        message = known and self._state.find(known.team, str(body.get("channel")), str(body.get("ts")))
        if message:
            message.streaming_since = None

    def respond(self, name: str, body: Body) -> tuple[int, str]:
        """An answer to a response_url: five times within half an hour."""
        url = self._state.responses.get(name)
        if url is None or self._state.clock.now() > url.made + RESPONSE_SECONDS:
            return 404, "expired_url"
        if url.uses >= RESPONSE_USES:
            return 404, "used_url"
        space = self._state.workspaces[url.team]
        token = self._state.tokens[space.token]
        try:
            if body.get("delete_original"):
                given: dict[str, Any] = {"text": "", "blocks": [], "metadata": None}
            else:
                given = self._content(body, "message")
        except RefusedError as error:
            return 400, error.name
        url.uses += 1
        old = self._state.find(url.team, url.channel, url.message_ts) if url.message_ts else None
        if old is not None and body.get("delete_original"):
            old.deleted = True
        elif old is not None and body.get("replace_original"):
            old.text, old.blocks, old.updates = given["text"], given["blocks"], old.updates + 1
        elif not body.get("delete_original"):
            thread = str(body.get("thread_ts") or "")
            made = self._message(token, {"channel": url.channel, "thread_ts": thread}, given, anywhere=True)
            made.only_for = "" if body.get("response_type") == "in_channel" else url.user
            if not url.message_ts and made.only_for:
                url.message_ts = made.ts  # replace_original of a command's url changes what it brought before
            self._state.messages.append(made)
        return 200, "ok"

    @staticmethod
    def checked_view(view: Any, surface: str) -> dict[str, Any]:
        """A view that keeps the rules. Raises RefusedError."""
        given = json.loads(view) if isinstance(view, str) else view
        if not isinstance(given, dict) or (found := problems(given, surface)):
            words = found if isinstance(given, dict) else ["no object"]
            raise RefusedError("invalid_arguments", response_metadata={"messages": words})
        return given

    def _message(self, token: Token, body: Body, given: dict[str, Any], *, anywhere: bool = False) -> Message:
        channel, thread = str(body["channel"]), str(body.get("thread_ts") or "")
        if channel.startswith("U"):
            channel = f"D{channel.removeprefix('U')}"  # a person's id opens the conversation with that person
        if not anywhere and not CHANNEL.match(channel):
            raise RefusedError("channel_not_found")
        if thread and not TS.match(thread):
            raise RefusedError("invalid_thread_ts")
        space = self._state.workspaces[token.team]
        return Message(
            token.team,
            channel,
            self._state.new_ts(),
            space.bot_user,
            given["text"],
            thread,
            given["blocks"],
            given["metadata"],
            space.bot_id,
        )

    def _content(self, body: Body, surface: str) -> dict[str, Any]:
        """Text, blocks and metadata of a payload that keeps the rules. Raises RefusedError."""
        blocks = _list(body.get("blocks"))
        text = body.get("text") or ""
        if body.get("markdown_text"):
            if text or blocks:
                raise RefusedError("markdown_text_conflict")
            text = body["markdown_text"]
            self._held_to({"markdown_text": text}, surface)
        else:
            self._held_to({"text": text, "blocks": blocks}, surface)
        if not text and not blocks:
            raise RefusedError("no_text")
        return {"text": text, "blocks": blocks, "metadata": _metadata(body)}

    @staticmethod
    def _held_to(payload: dict[str, Any], surface: str) -> None:
        found = problems(payload, surface)
        if not found:
            return
        name = "invalid_blocks"
        if any("13,200" in words for words in found):
            name = "msg_blocks_too_long"
        elif any(words.startswith(("text is", "markdown_text is")) for words in found):
            name = "msg_too_long"
        raise RefusedError(name, errors=found, response_metadata={"messages": found})

    def _own(self, token: Token, body: Body) -> Message:
        message = self._state.find(token.team, str(body["channel"]), str(body["ts"]))
        if message is None or message.deleted or message.only_for:
            raise RefusedError("message_not_found")
        if message.bot_id != self._state.workspaces[token.team].bot_id:
            raise RefusedError("cant_update_message")
        return message

    def _streaming(self, token: Token, body: Body) -> Message:
        message = self._state.find(token.team, str(body["channel"]), str(body["ts"]))
        if message is None or message.deleted:
            raise RefusedError("message_not_found")
        if message.bot_id != self._state.workspaces[token.team].bot_id:
            raise RefusedError("message_not_owned_by_app")
        if not message.streaming(self._state.clock.now()):
            raise RefusedError("message_not_in_streaming_state")
        return message

    def _streamed(self, body: Body) -> tuple[str, list[dict[str, Any]]]:
        """The text and the tasks of a call."""
        text, tasks = str(body.get("markdown_text") or ""), []
        for chunk in _list(body.get("chunks")):
            if chunk.get("type") not in CHUNKS:
                raise RefusedError("invalid_chunks")
            if chunk["type"] == "markdown_text":
                text += chunk["text"]
            else:
                tasks.append(chunk)
        self._held_to({"markdown_text": text}, "stream")
        return text, tasks

    def _add(self, message: Message, body: Body) -> None:
        text, tasks = self._streamed(body)
        if len(message.text) + len(text) > 12_000:
            raise RefusedError("msg_too_long")
        message.text += text
        message.tasks += tasks


def _list(value: Any) -> list[dict[str, Any]]:
    given = json.loads(value) if isinstance(value, str) and value else value
    if given is not None and not isinstance(given, list):
        raise RefusedError("invalid_arguments")
    return list(given or [])


def _metadata(body: Body) -> dict[str, Any] | None:
    value = body.get("metadata")
    given: Any = json.loads(value) if isinstance(value, str) and value else value
    if given is None:
        return None
    if not given.get("event_type") or not isinstance(given.get("event_payload"), dict):
        raise RefusedError("invalid_metadata_format")
    return dict(given)
