"""Where a question comes from, and the id that its answer will have."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field


def new_id() -> str:
    """An id that nobody can guess."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Origin:
    """The door a question came in by, the site and the person behind it. The id of its answer is known beforehand,
    so that the answer can be asked for while it is being made. `person` is opaque: a session's id, never an address.
    """

    door: str = "api"  # api | widget | page | slack | cli
    site: str | None = None
    person: str | None = None
    answer_id: str = field(default_factory=new_id)
