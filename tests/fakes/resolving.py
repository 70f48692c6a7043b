"""A resolver that needs the words it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vectorstore.embedding.resolver import Word
from vectorstore.text import TOKEN_PATTERN


class ScriptedResolver:
    """Finds the words of `needed` needed wherever they were said, those of `unsure` rather not, others surely not."""

    def __init__(self, needed: str, unsure: str = "") -> None:
        self._sureties = dict.fromkeys(unsure.lower().split(), -3.0) | dict.fromkeys(needed.lower().split(), 5.0)

    def needed(self, turn: str, said: Sequence[str]) -> list[Word]:
        return [
            Word(n, m.start(), m.end(), self._sureties.get(m[0].lower(), -5.0))
            for n, text in enumerate(said)
            for m in re.finditer(TOKEN_PATTERN, text)
        ]
