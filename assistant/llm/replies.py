"""Reads the JSON of a reply while it arrives, and through what models put around it."""

from __future__ import annotations

import json
import re
from typing import Any

from assistant.llm.protocol import ModelFailure, Reason

LONGEST = 24_000  # characters of a reply
_DECODER = json.JSONDecoder()


class ObjectReader:
    """Gives each object of one array of the reply as soon as it is complete.

    Text before the array (a code fence, an introduction) is passed over. Raises ModelFailure past LONGEST.
    """

    def __init__(self, array: str) -> None:
        self._opening = re.compile(rf'"{re.escape(array)}"\s*:\s*\[')
        self._at: int | None = None
        self._open = True
        self.text = ""

    def feed(self, text: str) -> list[dict[str, Any]]:
        """The objects that `text` completes."""
        self.text += text
        if len(self.text) > LONGEST:
            raise ModelFailure(Reason.TOO_LONG)
        if "}" not in text and "]" not in text:
            return []
        if self._at is None:
            opened = self._opening.search(self.text)
            if opened is None:
                return []
            self._at = opened.end()
        found: list[dict[str, Any]] = []
        while self._open:
            while self._at < len(self.text) and self.text[self._at] in " \t\r\n,":
                self._at += 1
            if self._at >= len(self.text):
                break
            if self.text[self._at] != "{":
                self._open = False
                break
            try:
                value, self._at = _DECODER.raw_decode(self.text, self._at)
            except ValueError:
                break
            found.append(value)
        return found


def read_object(text: str) -> dict[str, Any] | None:
    """The first JSON object that stands in `text`, fences and prose around it notwithstanding; None if none does."""
    for match in re.finditer(r"\{", text[:LONGEST]):
        try:
            value, _ = _DECODER.raw_decode(text, match.start())
        except ValueError:
            continue
        except RecursionError:
            return None
        return value if isinstance(value, dict) else None
    return None
