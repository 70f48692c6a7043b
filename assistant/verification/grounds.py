"""What a sentence is checked against: the sentences it quotes, each with what gives it its meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Ground:
    """One quoted sentence. `lead` introduces the list it stands in; `about` is its document's title and headings."""

    sentence: str
    lead: str = ""
    about: str = ""

    @property
    def said(self) -> str:
        """The sentence as it is meant: with what introduces it."""
        return flat(f"{self.lead} {self.sentence}")

    @property
    def known(self) -> str:
        """All words that may stand for what the sentence is about."""
        return flat(f"{self.about} {self.lead} {self.sentence}")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the checks need besides the texts: the date, other ways to say a term, and what may not be repeated."""

    on: date
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()  # texts and tokens that must not appear in a sentence


def flat(text: str) -> str:
    """`text` on one line, with plain apostrophes and hyphens."""
    plain = text.translate(_PLAIN)
    return _SPACES.sub(" ", plain).strip()


_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‑": "-", "‐": "-", "–": "-", "—": "-", "“": '"', "”": '"', "\u00a0": " "}
)
