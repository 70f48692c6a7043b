"""Web addresses that a reader may be sent to: plain http or https, a host, and nothing hidden in them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")


def web_address(url: str | None) -> str | None:
    """`url` if a reader may be sent there, else None.

    A user before the host, white space and backslashes are refused: browsers read them differently from urlsplit.
    """
    return url if host_of(url) else None


def host_of(url: str | None) -> str | None:
    """The host of a plain web address, in lower case; None for anything else."""
    if not url or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme.lower() in {"http", "https"} and host and "@" not in parts.netloc else None
