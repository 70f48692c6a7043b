"""The golden files of what Slack is shown: where they lie, and how a drawing stands in one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "slack"


def as_text(payload: dict[str, Any]) -> str:
    """A drawing as its file holds it."""
    return json.dumps(payload, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
