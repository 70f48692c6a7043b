"""How limits are written, and which hold where a site has none of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vectorstore.errors import UsageError

_ONE = r"[1-9]\d{0,6}/(?:second|minute|hour|day)"
PATTERN = rf"^(?:{_ONE}(?:;{_ONE}){{0,3}})?$"
OF_A_SITE = ("session", "address", "site")


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of the settings, each as 15/minute;100/day; an empty one limits nothing."""

    session: str
    address: str
    site: str
    key: str
    reads: str


@dataclass(frozen=True, slots=True)
class Quota:
    """So often for one subject: `subject` is counted against `rule`."""

    name: str
    subject: str
    rule: str


def read_limits(given: Mapping[str, str]) -> dict[str, str]:
    """The limits of a site. Raises UsageError."""
    for name, rule in given.items():
        if name not in OF_A_SITE:
            raise UsageError(f"A site has no limit {name!r}.", f"Its limits are: {', '.join(OF_A_SITE)}.")
        if not rule or not re.fullmatch(PATTERN, rule):
            raise UsageError(f"The limit {rule[:60]!r} cannot be read.", "Write it as 15/minute;100/day.")
    return dict(given)
