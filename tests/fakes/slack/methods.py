"""The Web API of the fake Slack: each method as its page describes it, with the errors that it names there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.slack.posting import Posting, RefusedError
from tests.fakes.slack.state import CODE_SECONDS, SCOPES, STATUS_SECONDS, State, Status, Token, View
from tests.fakes.slack.state import TRIGGER_SECONDS as TRIGGER

Body = dict[str, Any]
Reply = dict[str, Any]
TS = re.compile(r"^\d{10}\.\d{6}$")

# One of these scopes is needed; methods that are not named need none.
NEEDED: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.startStream": ("chat:write",),
    "chat.appendStream": ("chat:write",),
    "chat.stopStream": ("chat:write",),
    "assistant.threads.setStatus": ("assistant:write", "chat:write"),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "conversations.open": ("im:write", "mpim:write"),
    "users.info": ("users:read",),
    "reactions.add": ("reactions:write",),
}
READING = {"D": "im:history", "C": "channels:history", "G": "groups:history"}
FIRST_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "chat.postMessage": ("channel",),
    "chat.postEphemeral": ("channel", "user"),
    "chat.update": ("channel", "ts"),
    "chat.delete": ("channel", "ts"),
    "chat.getPermalink": ("channel", "message_ts"),
    "chat.startStream": ("channel", "thread_ts"),
    "chat.appendStream": ("channel", "ts"),
    "chat.stopStream": ("channel", "ts"),
    "views.open": ("view", "trigger_id"),
    "views.push": ("view", "trigger_id"),
    "views.publish": ("view", "user_id"),
    "views.update": ("view",),
    "assistant.threads.setStatus": ("channel_id", "thread_ts", "status"),
    "assistant.threads.setSuggestedPrompts": ("channel_id", "prompts"),
    "conversations.replies": ("channel", "ts"),
    "users.info": ("user",),
}


class Methods:
    """Answers calls. Everything that it changes is in the state."""

    def __init__(self, state: State) -> None:
        self._state = state
        posting = Posting(state)
        self._handlers: dict[str, Callable[[Token, Body], Reply]] = {
            "auth.test": self._auth_test,
            "auth.revoke": self._revoke,
            "apps.uninstall": self._revoke,
            "chat.postMessage": posting.post,
            "chat.postEphemeral": posting.ephemeral,
            "chat.update": posting.update,
            "chat.delete": posting.delete,
            "chat.getPermalink": posting.permalink,
            "chat.startStream": posting.start,
            "chat.appendStream": posting.append,
            "chat.stopStream": posting.stop,
            "views.open": self._open,
            "views.push": self._push,
            "views.update": self._update,
            "views.publish": self._publish,
            "assistant.threads.setStatus": self._status,
            "assistant.threads.setSuggestedPrompts": self._prompts,
            "conversations.replies": self._replies,
            "conversations.open": self._conversation,
            "conversations.info": self._info,
            "users.info": self._user,
            "reactions.add": lambda *_: {},
        }

    def answer(self, method: str, token: str, body: Body, basic: tuple[str, str] | None) -> Reply:
        """The JSON that Slack gives: `ok` and what the method returns, or `error`."""
        try:
            return {"ok": True, **self._answer(method, token, body, basic)}
        except RefusedError as error:
            return {"ok": False, "error": error.name, **error.extra}

    def _answer(self, method: str, token: str, body: Body, basic: tuple[str, str] | None) -> Reply:
        if method == "oauth.v2.access":
            return self._access(body, basic)
        if method == "apps.connections.open":
            return self._connect(token)
        if method not in self._handlers:
            raise RefusedError("unknown_method", req_method=method)
        known = self._known(token)
        self._scoped(method, known, body)
        missing = [name for name in FIRST_ARGUMENTS.get(method, ()) if body.get(name) is None]
        if missing:
            words = [f"[ERROR] missing required field: {name}" for name in missing]
            raise RefusedError("invalid_arguments", response_metadata={"messages": words})
        return self._handlers[method](known, body)

    def _known(self, value: str) -> Token:
        if not value:
            raise RefusedError("not_authed")
        token = self._state.tokens.get(value)
        if token is None:
            raise RefusedError("invalid_auth")
        if token.kind != "bot":
            raise RefusedError("not_allowed_token_type")
        if token.revoked:
            raise RefusedError("token_revoked")
        if token.expires is not None and self._state.clock.now() >= token.expires:
            raise RefusedError("token_expired")
        return token

    def _scoped(self, method: str, token: Token, body: Body) -> None:
        needed = NEEDED.get(method, ())
        if method == "conversations.replies":
            needed = (READING.get(str(body.get("channel", ""))[:1], "channels:history"),)
        if needed and not token.scopes & set(needed):
            raise RefusedError("missing_scope", needed=needed[0], provided=",".join(sorted(token.scopes)))

    def _auth_test(self, token: Token, _: Body) -> Reply:
        space = self._state.workspaces[token.team]
        return {
            "url": f"https://{space.team.lower()}.slack.com/",
            "team": space.name,
            "user": "lsip",
            "team_id": space.team,
            "user_id": space.bot_user,
            "bot_id": space.bot_id,
            "app_id": space.app_id,
            "enterprise_id": space.enterprise or None,
            "is_enterprise_install": False,
        }

    def _revoke(self, token: Token, _: Body) -> Reply:
        token.revoked = True
        return {"revoked": True}

    def _access(self, body: Body, basic: tuple[str, str] | None) -> Reply:
        """https://docs.slack.dev/reference/methods/oauth.v2.access"""
        client, secret = basic or (str(body.get("client_id", "")), str(body.get("client_secret", "")))
        if client not in self._state.clients:
            raise RefusedError("invalid_client_id")
        if self._state.clients[client] != secret:
            raise RefusedError("bad_client_secret")
        if body.get("grant_type") == "refresh_token":
            return self._refresh(client, str(body.get("refresh_token", "")))
        code = self._state.codes.pop(str(body.get("code", "")), None)
        if code is None or self._state.clock.now() > code.made + CODE_SECONDS:
            raise RefusedError("invalid_code")
        if code.redirect_uri and body.get("redirect_uri") != code.redirect_uri:
            raise RefusedError("bad_redirect_uri")
        if code.team not in self._state.workspaces:
            self._state.install(code.team, scopes=SCOPES, enterprise=code.enterprise)
        return self._installed(code.team, self._state.new_token(code.team, code.scopes, code.rotates), code.user)

    def _installed(self, team: str, token: Token, user: str) -> Reply:
        space = self._state.workspaces[team]
        reply: Reply = {
            "app_id": space.app_id,
            "authed_user": {"id": user},
            "scope": ",".join(sorted(token.scopes)),
            "token_type": "bot",
            "access_token": token.value,
            "bot_user_id": space.bot_user,
            "team": {"id": team, "name": space.name},
            "enterprise": {"id": space.enterprise, "name": "Organisation"} if space.enterprise else None,
            "is_enterprise_install": False,
        }
        if token.expires is not None:
            reply |= {"refresh_token": token.refresh, "expires_in": int(token.expires - self._state.clock.now())}
        return reply

    def _refresh(self, client: str, refresh: str) -> Reply:
        old = next((t for t in self._state.tokens.values() if refresh and t.refresh == refresh), None)
        if old is None or old.revoked:
            raise RefusedError("invalid_refresh_token")
        old.refresh = ""  # https://docs.slack.dev/authentication/using-token-rotation: a refresh token serves once
        new = self._state.new_token(old.team, old.scopes, 43_200)
        return self._installed(old.team, new, "")

    def _connect(self, token: str) -> Reply:
        known = self._state.tokens.get(token)
        if known is None:
            raise RefusedError("invalid_auth" if token else "not_authed")
        if known.kind != "app":
            raise RefusedError("not_allowed_token_type")
        ticket = self._state.new_id("ticket")
        self._state.tickets.add(ticket)
        return {"url": f"{self._state.address.replace('http', 'ws', 1)}/link?ticket={ticket}"}

    def _triggered(self, body: Body, team: str) -> str:
        """Whose trigger it is. It serves once and for three seconds."""
        made = self._state.triggers.pop(str(body["trigger_id"]), None)
        if made is None:
            raise RefusedError("exchanged_trigger_id")
        if made[0] != team:
            raise RefusedError("invalid_trigger_id")
        if self._state.clock.now() > made[2] + TRIGGER:
            raise RefusedError("expired_trigger_id")
        return made[1]

    def _view(self, body: Body, surface: str) -> dict[str, Any]:
        return Posting.checked_view(body["view"], surface)

    def _open(self, token: Token, body: Body, root: str = "") -> Reply:
        view = self._view(body, "modal")
        user = self._triggered(body, token.team)
        shown = View(self._state.new_id("V"), token.team, user, view, self._state.new_id("h"), root)
        self._state.views[shown.view_id] = shown
        return {"view": shown.payload()}

    def _push(self, token: Token, body: Body) -> Reply:
        user = self._state.triggers.get(str(body["trigger_id"]), ("", "", 0.0))[1]
        below = [v for v in self._state.views.values() if (v.team, v.user) == (token.team, user)]
        if len(below) >= 3:
            raise RefusedError("push_limit_reached")
        if not below:
            raise RefusedError("invalid_trigger_id")
        return self._open(token, body, below[0].view_id)

    def _update(self, token: Token, body: Body) -> Reply:
        shown = self._state.views.get(str(body.get("view_id", "")))
        if shown is None and body.get("external_id"):
            wanted = body["external_id"]
            shown = next((v for v in self._state.views.values() if v.view.get("external_id") == wanted), None)
        if shown is None or shown.team != token.team:
            raise RefusedError("not_found")
        if body.get("hash") not in (None, shown.hash):
            raise RefusedError("hash_conflict")
        shown.view, shown.hash = self._view(body, "modal"), self._state.new_id("h")
        return {"view": shown.payload()}

    def _publish(self, token: Token, body: Body) -> Reply:
        view = self._view(body, "home")
        key = (token.team, str(body["user_id"]))
        before = self._state.homes.get(key)
        if before is not None and body.get("hash") not in (None, before.hash):
            raise RefusedError("hash_conflict")
        shown = View(self._state.new_id("V"), token.team, key[1], view, self._state.new_id("h"))
        self._state.homes[key] = shown
        return {"view": shown.payload()}

    def _status(self, token: Token, body: Body) -> Reply:
        loading = body.get("loading_messages") or []
        if not TS.match(str(body["thread_ts"])):
            raise RefusedError("invalid_thread_ts")
        if not isinstance(loading, list) or len(loading) > 10:
            raise RefusedError("invalid_arguments")
        key = (token.team, str(body["channel_id"]), str(body["thread_ts"]))
        self._state.statuses.setdefault(key, []).append(
            Status(str(body["status"]), self._state.clock.now(), [str(words) for words in loading])
        )
        return {}

    def shown_status(self, team: str, channel: str, thread: str) -> str:
        """What stands under a thread now: nothing after two minutes, or once the app has written there."""
        said = self._state.statuses.get((team, channel, thread), [])
        if not said or self._state.clock.now() > said[-1].at + STATUS_SECONDS:
            return ""
        written = [
            m.ts for m in self._state.messages
            if m.ours and (m.team, m.channel, m.thread_ts) == (team, channel, thread)
        ]  # fmt: skip
        return "" if any(float(ts) > said[-1].at for ts in written) else said[-1].text

    def _prompts(self, token: Token, body: Body) -> Reply:
        prompts = body["prompts"]
        if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
            raise RefusedError("invalid_arguments")
        if not all(p.get("title") and p.get("message") for p in prompts):
            raise RefusedError("invalid_arguments")
        self._state.prompts[(token.team, str(body["channel_id"]))] = body
        return {}

    def _replies(self, token: Token, body: Body) -> Reply:
        channel, ts = str(body["channel"]), str(body["ts"])
        with_metadata = str(body.get("include_all_metadata", "")).lower() in ("1", "true")
        found = [
            m.payload()
            for m in self._state.messages
            if (m.team, m.channel) == (token.team, channel) and ts in (m.ts, m.thread_ts)
            if not m.deleted and not m.only_for
        ]
        if not found:
            raise RefusedError("thread_not_found")
        oldest = float(body.get("oldest") or 0)
        inclusive = str(body.get("inclusive", "")).lower() in ("1", "true")
        found = [
            m for m in found
            if m["ts"] == ts or float(m["ts"]) > oldest or (inclusive and float(m["ts"]) == oldest)
        ]  # fmt: skip
        if not with_metadata:
            for message in found:
                message.pop("metadata", None)
        most = int(body.get("limit") or 1000)
        start = int(body.get("cursor") or 0)
        rest = len(found) > start + most
        cursor = str(start + most) if rest else ""
        return {
            "messages": found[start : start + most],
            "has_more": rest,
            "response_metadata": {"next_cursor": cursor},
        }

    def _conversation(self, token: Token, body: Body) -> Reply:
        users = str(body.get("users") or "")
        if not users:
            raise RefusedError("users_list_not_supplied")
        return {"channel": {"id": f"D{users.removeprefix('U')}"}}

    def _info(self, _: Token, body: Body) -> Reply:
        channel = str(body.get("channel") or "")
        return {"channel": {"id": channel, "is_im": channel.startswith("D"), "is_member": True}}

    def _user(self, token: Token, body: Body) -> Reply:
        return {"user": {"id": body["user"], "team_id": token.team, "is_bot": False, "is_restricted": False}}
