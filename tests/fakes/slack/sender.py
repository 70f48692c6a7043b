"""Slack as a sender: what people do, put into payloads, signed, posted to the app, and posted again."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import httpx
from slack_sdk.signature import SignatureVerifier

from tests.fakes.slack import payloads
from tests.fakes.slack.record import Delivery
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.state import Message, View

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # of the documentation's example
PATIENCE = 3.0  # https://docs.slack.dev/apis/events-api: 2xx within three seconds


def headers(raw: str, *, secret: str = SECRET, at: float | None = None, form: bool = False) -> dict[str, str]:
    """The headers that Slack sends with a body, signed. `at` is the moment that it claims to be sent."""
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=raw)
    assert signature is not None
    return {
        "content-type": "application/x-www-form-urlencoded" if form else "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
    }


class Sender:
    """Acts in one workspace and tells the app at `urls` (replicas in turn) of it.

    Methods that act return what stands there (a Message) or came of it (Deliveries); `deliver` sends any payload.
    """

    def __init__(self, server: SlackServer, *urls: str, team: str = "T0ONE", secret: str = SECRET) -> None:
        self.server, self.team, self.secret = server, team, secret
        self.urls = list(urls)
        self._space = server.workspace(team)
        self._turn = 0
        self.deliveries: list[Delivery] = []

    @property
    def bot(self) -> str:
        return self._space.bot_user

    # --- what people do

    def asks(self, text: str, *, user: str = "U0ASKER", channel: str = "D0ASKER", thread: str = "") -> Message:
        """Somebody writes to the app directly."""
        said = self.server.says(self.team, channel, user, text, thread)
        self.deliver(self.message_event(said, "im"))
        return said

    def mentions(self, text: str, *, user: str = "U0ASKER", channel: str = "C0HALL", thread: str = "",
                 also_message: bool = False) -> Message:  # fmt: skip
        """Somebody names the app in a channel; `also_message`: Slack tells of it twice, as it does."""
        said = self.server.says(self.team, channel, user, f"<@{self.bot}> {text}", thread)
        self.deliver(self.mention_event(said))
        if also_message:
            self.deliver(self.message_event(said, "channel"))
        return said

    def replies(self, text: str, thread: str, *, user: str = "U0ASKER", channel: str = "C0HALL") -> Message:
        """Somebody writes in a thread of a channel without naming the app."""
        said = self.server.says(self.team, channel, user, text, thread)
        self.deliver(self.message_event(said, "channel"))
        return said

    def commands(self, text: str, *, user: str = "U0ASKER", channel: str = "C0HALL",
                 command: str = "/lsip") -> Delivery:  # fmt: skip
        """Somebody uses the slash command."""
        return self.deliver(self.command_payload(text, user=user, channel=channel, command=command), form=True)[-1]

    def presses(
        self, message: Message, action_id: str, *, user: str = "U0ASKER", value: str | None = None
    ) -> Delivery:
        """Somebody presses a button of a message. Feedback needs `value`, which names one of its two buttons."""
        return self.deliver(self.press_payload(message, action_id, user=user, value=value), interaction=True)[-1]

    def presses_in(self, view: View, action_id: str, *, value: str | None = None) -> Delivery:
        """Somebody presses a button of a home tab or a modal."""
        action = payloads.action_of(view.view["blocks"], action_id, value)
        body = payloads.pressed_in_view(self._who(view.user), view.payload(), action, self._trigger(view.user))
        return self.deliver(body, interaction=True)[-1]

    def submits(self, view: View, values: dict[str, Any]) -> Delivery:
        """Somebody submits a modal: by block id, what the input of that block holds (text, or an option's value).

        A plain ack closes it; `response_action` update and push change what stands there; errors leave it open.
        """
        state = payloads.filled(view.view["blocks"], values)
        body = payloads.submitted(self._who(view.user), view.payload(), state, self._trigger(view.user))
        delivery = self.deliver(body, interaction=True)[-1]
        self._closes(view, delivery)
        return delivery

    def shortcut(self, message: Message, callback_id: str, *, user: str = "U0ASKER") -> Delivery:
        """Somebody chooses a shortcut from a message's menu."""
        with_url = self.server.state.new_response_url(self.team, message.channel, user)
        body = payloads.message_shortcut(
            self._who(user), callback_id, message.channel, message.payload(), self._trigger(user), with_url
        )
        return self.deliver(body, interaction=True)[-1]

    def opens_home(self, user: str = "U0ASKER", *, tab: str = "home", channel: str = "D0ASKER") -> Delivery:
        return self.deliver(self.event({"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}))[-1]

    # --- payloads

    def event(self, event: dict[str, Any], *, event_id: str = "", user_team: str = "") -> dict[str, Any]:
        """An event in its envelope, with an id that no other has unless one is given."""
        stamp = self.server.state.new_ts()
        return payloads.envelope(
            {"event_ts": stamp, **event},
            self._space,
            event_id or f"Ev{stamp.replace('.', '')}",
            authorized_by=user_team,
        )

    def message_event(self, said: Message, channel_type: str, **more: Any) -> dict[str, Any]:
        event_id, user_team = str(more.pop("event_id", "")), str(more.pop("user_team", ""))
        event = payloads.message(said, channel_type) | ({"user_team": user_team} if user_team else {}) | more
        return self.event(event, event_id=event_id)

    def mention_event(self, said: Message, **more: Any) -> dict[str, Any]:
        event_id = str(more.pop("event_id", ""))
        return self.event(payloads.mention(said) | more, event_id=event_id)

    def command_payload(self, text: str, *, user: str = "U0ASKER", channel: str = "C0HALL",
                        command: str = "/lsip") -> dict[str, Any]:  # fmt: skip
        response_url = self.server.state.new_response_url(self.team, channel, user)
        return payloads.command(
            self._space, command, text, user, channel, self.server.state.new_trigger(self.team, user), response_url
        )

    def press_payload(
        self, message: Message, action_id: str, *, user: str = "U0ASKER", value: str | None = None
    ) -> dict[str, Any]:
        action = payloads.action_of(message.blocks, action_id, value)
        response_url = self.server.state.new_response_url(self.team, message.channel, user, message.ts)
        return payloads.pressed(
            self._who(user),
            message.channel,
            message.payload(),
            action,
            self._trigger(user),
            response_url,
            ephemeral=bool(message.only_for),
        )

    # --- sending

    def deliver(
        self,
        payload: dict[str, Any],
        *,
        form: bool = False,
        interaction: bool = False,
        times: int = 1,
        retries: int = 3,
        waits: Sequence[float] = (0.0, 0.0, 0.0),
        url: str | None = None,
        secret: str | None = None,
        at: float | None = None,
        changed: dict[str, str | None] | None = None,
    ) -> list[Delivery]:
        """Send it `times` over, each time again while it is not acknowledged, as Slack does with events.

        `changed` sets headers (None takes one away) after the signature was made.
        """
        raw = json.dumps(payload)
        if form:
            raw = urlencode(payload)
        elif interaction:
            raw = urlencode({"payload": raw})
        is_event = not form and not interaction
        results: list[Delivery] = []
        for copy in range(times):
            for attempt in range(1 + (retries if is_event else 0)):
                given = headers(raw, secret=secret or self.secret, at=at, form=not is_event)
                if attempt or copy:
                    given |= {"x-slack-retry-num": str(attempt or copy), "x-slack-retry-reason": "http_timeout"}
                for name, value in (changed or {}).items():
                    given.pop(name, None)
                    if value is not None:
                        given[name] = value
                results.append(self._post(url or self._next(), raw, given, attempt))
                if results[-1].acked:
                    break
                time.sleep(waits[attempt] if attempt < len(waits) else 0)
        self.deliveries += results
        return results

    def _post(self, url: str, raw: str, given: dict[str, str], attempt: int) -> Delivery:
        begun = time.perf_counter()
        try:
            response = httpx.post(url, content=raw.encode(), headers=given, timeout=PATIENCE)
            return Delivery(response.status_code, response.text, time.perf_counter() - begun, attempt)
        except httpx.TransportError as error:
            return Delivery(0, type(error).__name__, time.perf_counter() - begun, attempt)

    def _next(self) -> str:
        self._turn += 1
        return self.urls[self._turn % len(self.urls)]

    def _who(self, user: str) -> dict[str, Any]:
        return payloads.who(self._space, user)

    def _trigger(self, user: str) -> str:
        return self.server.state.new_trigger(self.team, user)

    def _closes(self, view: View, delivery: Delivery) -> None:
        if not delivery.acked:
            return
        answer = json.loads(delivery.body) if delivery.body else {}
        self.server.respond_to_view(view, answer)
