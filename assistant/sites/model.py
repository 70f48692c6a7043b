"""Sites, doors, keys and the record of who changed them: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

DOORS = ("api", "widget", "pages", "slack")
DEMO = "demo"  # the site of the sample host page


@dataclass(frozen=True, slots=True)
class Site:
    """A web site that carries the widget. `limits` holds what differs from the settings, by the name of the quota."""

    site_id: str
    name: str
    origins: tuple[str, ...]
    area: str | None = None
    theme: dict[str, str] = field(default_factory=dict)
    contact: str = ""
    contact_url: str = ""
    limits: dict[str, str] = field(default_factory=dict)
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of another server. The key itself is not kept, only its SHA-256."""

    key_id: str
    name: str
    created: datetime
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a site, door or key: who, when and why."""

    when: datetime
    who: str
    subject: str  # site:dorset | door:api | key:k1f2...
    action: str
    comment: str
