"""Origins: who may embed the widget, compared letter for letter with what a browser sends."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from vectorstore.errors import UsageError

_HOST = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PORTS = {"https": 443, "http": 80}
LONGEST = 300


def origin(text: str) -> str:
    """The origin that `text` names, as browsers write it. Raises UsageError with the remedy.

    Plain http is for the operator's own machine only: anyone on the way could pose as such an origin.
    """
    try:
        plain = text.strip().lower()
        # urlsplit drops line feeds and tabs within, which would make another host of two
        parts = urlsplit(plain) if len(plain) <= LONGEST and not re.search(r"[\s\\]", plain) else None
        host, port = (parts.hostname or "", parts.port) if parts else ("", None)
    except ValueError:
        parts, host, port = None, "", None
    good = (
        parts is not None
        and parts.scheme in _PORTS
        and "@" not in parts.netloc
        and parts.path in ("", "/")
        and not parts.query
        and not parts.fragment
        and (host in _LOOPBACK or _HOST.fullmatch(host))
    )
    if parts is None or not good:
        raise UsageError(
            f"{text[:100]!r} is not an origin.",
            "Write scheme and host only, without path or wildcard, for example https://www.example.org "
            "(a host with other letters in its xn-- form).",
        )
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise UsageError(
            f"The origin {text[:100]!r} is not safe.", "Use https; plain http is only for localhost and 127.0.0.1."
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")


def is_loopback(given: str) -> bool:
    """Whether an origin is one of the machine itself."""
    try:
        return (urlsplit(given).hostname or "") in _LOOPBACK
    except ValueError:
        return False
