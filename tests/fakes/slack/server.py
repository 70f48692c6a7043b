"""A Slack on the loopback: its Web API, its response_urls and its Socket Mode, served from a thread."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

from tests.fakes.slack.clock import Clock
from tests.fakes.slack.faults import Fault, Held, Script
from tests.fakes.slack.methods import Methods
from tests.fakes.slack.posting import Posting
from tests.fakes.slack.record import Call
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.state import SCOPES, Code, Message, State, Status, Token, View, Workspace

APP_TOKEN = "xapp-1-A0LSIP-fake"
CLIENT = ("1111.2222", "client-secret-of-the-app")


class SlackServer:
    """What a test sees of it. All of it may be called from any thread.

    `url` is what LSIP_SLACK_API_URL would be. `calls` are the requests that came; `script` makes some go wrong;
    `messages` is what a person would see now.
    """

    def __init__(self) -> None:
        self.clock = Clock()
        self.state = State(self.clock)
        self.calls: list[Call] = []
        self.pace: float | None = None  # messages a second and channel, in bursts of three; None = as many as come
        self._methods, self._posting = Methods(self.state), Posting(self.state)
        self._script = Script()
        self._changed = threading.Condition(threading.RLock())
        self._posts: dict[tuple[str, str], list[float]] = {}
        self.sockets = Sockets(self.state, self._changed)
        self.state.tokens[APP_TOKEN] = Token(APP_TOKEN, "", frozenset({"connections:write"}), kind="app")
        self.state.clients[CLIENT[0]] = CLIENT[1]
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="fake-slack")

    # --- as Slack's administrators and people

    @property
    def url(self) -> str:
        return f"{self.state.address}/api/"

    def workspace(self, team: str = "T0ONE", *, scopes: frozenset[str] = SCOPES, enterprise: str = "") -> Workspace:
        """A workspace that has the app, with a bot token that lasts. One that is there is given as it is."""
        with self._changed:
            return self.state.workspaces.get(team) or self.state.install(team, scopes=scopes, enterprise=enterprise)

    def consent(self, team: str, redirect_uri: str, *, scopes: frozenset[str] = SCOPES, user: str = "U0ADMIN",
                rotates: float | None = None, enterprise: str = "") -> str:  # fmt: skip
        """An administrator agrees to the app: the code that Slack hands to redirect_uri."""
        with self._changed:
            code = self.state.new_id("code")
            self.state.codes[code] = Code(team, scopes, redirect_uri, user, self.clock.now(), enterprise, rotates)
            return code

    def says(self, team: str, channel: str, user: str, text: str, thread: str = "") -> Message:
        """A person writes: the message stands in the channel. (`Sender` tells the app of it.)"""
        with self._changed:
            made = Message(team, channel, self.state.new_ts(), user, text, thread)
            self.state.messages.append(made)
            self._changed.notify_all()
            return made

    def reload(self, user: str) -> None:
        """A person's client starts anew: what was shown to that person alone is gone."""
        with self._changed:
            self.state.messages = [m for m in self.state.messages if m.only_for != user]

    def respond_to_view(self, view: View, answer: dict[str, Any]) -> None:
        """A submission was acknowledged with this: the modal closes, changes, gets another on top, or stays."""
        with self._changed:
            action = answer.get("response_action", "")
            if action in ("update", "push"):
                given = Posting.checked_view(answer["view"], "modal")
                name = view.view_id if action == "update" else self.state.new_id("V")
                self.state.views[name] = View(name, view.team, view.user, given, self.state.new_id("h"), view.view_id)
            elif action == "clear":
                for name in [v.view_id for v in self.views(view.user, team=view.team)]:
                    del self.state.views[name]
            elif action != "errors":
                self.state.views.pop(view.view_id, None)
            self._changed.notify_all()

    # --- what stands there now

    def messages(
        self, channel: str, thread: str | None = None, *, team: str = "T0ONE", user: str = ""
    ) -> list[Message]:
        """What `user` sees in a channel (empty: what everybody sees); of one thread with its root, where given."""
        with self._changed:
            return [
                m
                for m in self.state.messages
                if (m.team, m.channel) == (team, channel) and not m.deleted and m.only_for in ("", user)
                if thread is None or thread in (m.ts, m.thread_ts)
            ]

    def ours(self, channel: str, thread: str | None = None, *, team: str = "T0ONE", user: str = "") -> list[Message]:
        """Of those, what the app wrote."""
        return [m for m in self.messages(channel, thread, team=team, user=user) if m.ours]

    def status(self, channel: str, thread: str, *, team: str = "T0ONE") -> str:
        """What the app is shown to be doing in a thread now; empty after two minutes or once it wrote there."""
        with self._changed:
            return self._methods.shown_status(team, channel, thread)

    def statuses(self, channel: str, thread: str, *, team: str = "T0ONE") -> list[Status]:
        with self._changed:
            return list(self.state.statuses.get((team, channel, thread), []))

    def home(self, user: str, *, team: str = "T0ONE") -> View | None:
        with self._changed:
            return self.state.homes.get((team, user))

    def views(self, user: str, *, team: str = "T0ONE") -> list[View]:
        """The modals that are open before somebody, the last on top."""
        with self._changed:
            return [v for v in self.state.views.values() if (v.team, v.user) == (team, user)]

    def called(self, *methods: str) -> list[Call]:
        """The calls of these methods (of all, if none is named), in order."""
        with self._changed:
            return [c for c in self.calls if not methods or c.method in methods]

    def wait(self, fits: Callable[[], Any], seconds: float = 30) -> Any:
        """Until something holds, looked at after every call that came; what `fits` gave. Fails after `seconds`."""
        with self._changed:
            found = self._changed.wait_for(fits, seconds)
            assert found, f"not within {seconds} s; calls: {[(c.method, c.error) for c in self.calls[-12:]]}"
            return found

    # --- what goes wrong

    def script(self, method: str, fault: Fault, *, times: int | None = 1,
               which: Callable[[Call], bool] = lambda _: True) -> None:  # fmt: skip
        """The next `times` calls of a method ("*" for any; None for all of them) meet this."""
        self._script.add(method, fault, times, which)

    def hold(
        self,
        method: str,
        *,
        times: int | None = 1,
        which: Callable[[Call], bool] = lambda _: True,
        after: bool = False,
    ) -> Held:
        """The next `times` calls of a method wait, before or after their effect, until they are let go or cut off."""
        held = Held(after=after)
        self._script.add(method, held, times, which)
        return held

    def well(self) -> None:
        """Nothing goes wrong any longer."""
        self._script.clear()

    # --- the server

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def close(self) -> None:
        assert self._stopping is not None
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{name}", self._response)
        app.router.add_get("/link", self.sockets.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        self.state.address = f"http://127.0.0.1:{port}"
        self.sockets.loop = self._loop
        self._ready.set()
        await self._stopping.wait()
        await self.sockets.close()
        await runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        body, basic = await _read(request), _basic(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") if basic is None else ""
        token = str(body.pop("token", "")) or token
        call = Call(request.match_info["method"], request.method, request.path, body, token, self.clock.now())
        return await self._answer(request, call, lambda: self._reply(call, basic))

    async def _response(self, request: web.Request) -> web.StreamResponse:
        call = Call("response_url", "POST", request.path, await _read(request), "", self.clock.now())

        def reply() -> web.Response:
            status, text = self._posting.respond(request.match_info["name"], call.body)
            call.reply = {"ok": status == 200, **({} if status == 200 else {"error": text})}
            return web.Response(status=status, text=text)

        return await self._answer(request, call, reply)

    async def _answer(
        self, request: web.Request, call: Call, reply: Callable[[], web.Response]
    ) -> web.StreamResponse:
        with self._changed:
            self.calls.append(call)
            meets = self._script.meets(call)
            self._changed.notify_all()
        held = meets if isinstance(meets, Held) else None
        if held is not None and not held.after:
            await held.wait()
            if held.is_cut:
                return _cut(request)
        fault = meets if isinstance(meets, Fault) else Fault()
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault.drop == "before":
            return _cut(request)
        with self._changed:
            wait = self._too_fast(call)
            if fault.error or fault.status != 200:
                response = _faulty(fault, call)
                if fault.error == "message_not_in_streaming_state":
                    self._posting.expire(call.token, call.body)
            elif wait:
                response = _faulty(Fault(error="ratelimited", status=429, retry_after=wait), call)
            else:
                response = reply()
            self._changed.notify_all()
        if held is not None and held.after:
            await held.wait()
            if held.is_cut:
                return _cut(request)
        return _cut(request) if fault.drop == "after" else response

    def _reply(self, call: Call, basic: tuple[str, str] | None) -> web.Response:
        call.reply = self._methods.answer(call.method, call.token, call.body, basic)
        return web.json_response(call.reply)

    def _too_fast(self, call: Call) -> int:
        """Seconds to wait where a channel gets more than one message a second, beyond a burst of three."""
        if self.pace is None or call.method not in ("chat.postMessage", "chat.startStream"):
            return 0
        now, key = self.clock.now(), (call.token, str(call.body.get("channel")))
        recent = [t for t in self._posts.get(key, []) if t > now - 3 / self.pace]
        if len(recent) >= 3:
            return 1
        self._posts[key] = [*recent, now]
        return 0


def _faulty(fault: Fault, call: Call) -> web.Response:
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    call.reply = {"ok": False, "error": fault.error or f"status {fault.status}", **fault.extra}
    if not fault.error:
        return web.Response(status=fault.status, text="upstream error", headers=headers)
    return web.json_response(call.reply, status=fault.status, headers=headers)


def _cut(request: web.Request) -> web.StreamResponse:
    """The connection ends here; whoever asked reads nothing."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        given = json.loads(await request.text() or "{}")
        return dict(given)
    return {**request.query, **(await request.post())}


def _basic(request: web.Request) -> tuple[str, str] | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith("Basic "):
        return None
    client, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    return client, secret


@contextmanager
def slack() -> Iterator[SlackServer]:
    """A Slack of one's own until the block ends."""
    server = SlackServer()
    server.start()
    try:
        yield server
    finally:
        server.close()
