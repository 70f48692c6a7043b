"""What operators type about a workspace, checked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from assistant.sites.rules import PATTERN
from vectorstore.errors import UsageError

QUOTAS = ("person", "workspace")
LONGEST_HELP = 300
_KINDS = {
    "T": "a workspace",
    "TE": "a workspace or an organisation",
    "CGD": "a channel",
    "UW": "a member",
    "UWCG": "a member or a channel",
}


def slack_id(text: str, first: str) -> str:
    """An id of Slack that begins with one of these letters. Raises UsageError."""
    if not re.fullmatch(rf"[{first}][A-Z0-9]{{1,30}}", text):
        raise UsageError(
            f"{text[:40]!r} is no id of {_KINDS[first]}.",
            "Slack shows it in an address, or in the details of a channel or member, such as T0123ABCD.",
        )
    return text


def allowed(ids: Sequence[str]) -> list[str]:
    """Members and channels, each once. Raises UsageError."""
    return list(dict.fromkeys(slack_id(text, "UWCG") for text in ids))


def quotas(given: Mapping[str, str], *, of_channel: bool) -> dict[str, str | None]:
    """The columns that NAME=RULE sets; an empty rule takes it back. Raises UsageError."""
    known = QUOTAS[:1] if of_channel else QUOTAS
    for name, rule in given.items():
        if name not in known:
            raise UsageError(f"There is no quota {name[:40]!r} here.", f"Those are: {', '.join(known)}.")
        if len(rule) > 120 or not re.fullmatch(PATTERN, rule):
            raise UsageError(f"The quota {rule[:60]!r} cannot be read.", "Write it as 15/minute;100/day.")
    return {f"{name}_quota": rule or None for name, rule in given.items()}


def help_at(text: str) -> str | None:
    """Whom to ask instead, on one line; empty takes it back. Raises UsageError."""
    line = " ".join(text.split())
    if len(line) > LONGEST_HELP or any(unicodedata.category(ch) in {"Cc", "Cf", "Co", "Cs", "Cn"} for ch in line):
        raise UsageError(
            "Where to get help cannot be kept like this.",
            f"Give a channel's id, an address, a page or a telephone, at most {LONGEST_HELP} characters.",
        )
    return line or None


def one_of(text: str, names: Sequence[str], option: str) -> str | None:
    """One of some words; empty takes it back. Raises UsageError."""
    if text and text not in names:
        raise UsageError(f"{option} cannot be {text[:40]!r}.", f"Give one of: {', '.join(names)}.")
    return text or None
