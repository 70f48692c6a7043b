"""The widget that other sites embed: its built file, version, integrity hash and the lines a host pastes."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from pathlib import Path

FILE = Path(__file__).parent / "api" / "static" / "widget" / "lsip.js"
_BANNER = re.compile(rb"/\* LSIP Assistant widget (\d+\.\d+\.\d+)\b")
_CHUNK = 80  # bytes of the banner that are looked at


@cache
def widget_bytes() -> bytes:
    """The built file as it is served."""
    return FILE.read_bytes()


@cache
def widget_version() -> str:
    """The version that the build wrote into the file's first line."""
    found = _BANNER.match(widget_bytes()[:_CHUNK])
    assert found is not None, "the built widget has no banner; build it again"
    return found[1].decode()


@cache
def widget_integrity() -> str:
    """The hash that lets a host's browser refuse any other file."""
    digest = hashlib.sha384(widget_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def widget_path(version: str | None = None) -> str:
    """Where the file is served: an exact version never changes, a major one floats."""
    return f"/widget/{version or widget_version()}/lsip.js"


def embed_lines(server: str, site: str, *, launcher: bool = False) -> str:
    """The lines for a host's page: the script with its hash, the element, and the link for those without script."""
    server = server.rstrip("/")
    mode = ' mode="launcher"' if launcher else ""
    return (
        f'<script type="module" src="{escape(server + widget_path())}"\n'
        f'  integrity="{widget_integrity()}" crossorigin="anonymous"></script>\n'
        f'<lsip-assistant site="{escape(site)}"{mode}><a href="{escape(server)}/">Ask a question</a></lsip-assistant>'
    )


def host_policy(server: str) -> str:
    """What a host's content security policy must permit, and nothing else."""
    server = server.rstrip("/")
    return f"script-src {server}; connect-src {server}"
