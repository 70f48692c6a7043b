"""The record of changes to sites, doors and keys: who, when, what and why."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from vectorstore import schema as t
from vectorstore.errors import UsageError

LONGEST_COMMENT = 500


def note(connection: Connection, who: str, subject: str, action: str, comment: str) -> None:
    """Write one row, in the transaction of the change that it is about."""
    connection.execute(
        sa.insert(t.audit).values(made=datetime.now(UTC), who=who, subject=subject, action=action, comment=comment)
    )


def clean_comment(comment: str, *, needed: bool = False) -> str:
    """The comment on one line. Raises UsageError if it is too long, or missing where a reason must be given."""
    text = " ".join(comment.split())
    if needed and not text:
        raise UsageError("A reason is needed.", "Give it with --comment; it is kept in the audit.")
    if len(text) > LONGEST_COMMENT:
        raise UsageError("The comment is too long.", f"Give at most {LONGEST_COMMENT} characters.")
    return text


def os_user() -> str:
    """The user of the operating system; its number where it has no name."""
    try:
        return getpass.getuser()[:128]
    except (OSError, KeyError, ImportError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"
