"""`lsip widget`: the lines that put the widget on a site, with the hash of the file."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

import typer

from assistant.cli.common import AsJson, print_json
from assistant.widget_file import (
    embed_lines,
    host_policy,
    widget_bytes,
    widget_integrity,
    widget_path,
    widget_version,
)
from vectorstore.errors import UsageError

_SITE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def widget(
    server: Annotated[
        str, typer.Option("--server", help="Where this service is reached, such as https://ask.example.org")
    ] = "http://127.0.0.1:8000",
    site: Annotated[str, typer.Option("--site", help="The id of the site (lsip sites).")] = "your-site",
    launcher: Annotated[bool, typer.Option("--launcher", help="Behind a button instead of within the page.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the lines that a site pastes into its page, and what its content security policy must permit."""
    parts = urlsplit(server)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise UsageError(f"{server!r} is not the address of a service.", "Give one such as https://ask.example.org.")
    if not _SITE.fullmatch(site):
        raise UsageError(f"{site!r} is not the id of a site.", "Ids are letters, digits, - and _, 64 at most.")
    if as_json:
        print_json(
            {
                "version": widget_version(),
                "path": widget_path(),
                "floating_path": widget_path(widget_version().partition(".")[0]),
                "integrity": widget_integrity(),
                "bytes": len(widget_bytes()),
                "html": embed_lines(server, site, launcher=launcher),
                "policy": host_policy(server),
            }
        )
        return
    print(embed_lines(server, site, launcher=launcher))
    print(f"\nContent-Security-Policy: {host_policy(server)}")
