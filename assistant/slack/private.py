"""What a modal must remember between its opening and its submission: carried in its private_metadata."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class Returning:
    """Where the outcome of a modal goes, and what it is about."""

    channel: str = ""
    response_url: str = ""
    answer_id: str = ""

    def write(self) -> str:
        """As private_metadata; far below its 3,000 characters."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Returning:
        """From private_metadata; empty for anything that is none."""
        try:
            given = json.loads(text) if text else {}
        except ValueError:
            given = {}
        if not isinstance(given, dict):
            return cls()
        known = {f.name for f in fields(cls)}
        return cls(**{k: v for k, v in given.items() if k in known and isinstance(v, str)})
