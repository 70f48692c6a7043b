"""Which words of a clause stayed, went and came: for showing a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

WordKind = Literal["kept", "removed", "added"]


def word_changes(before: str, after: str) -> Iterator[tuple[WordKind, str]]:
    """Runs of words in reading order, white space with them."""
    old, new = _with_space(before), _with_space(after)
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield "kept", "".join(new[c:d])
            continue
        if b > a:
            yield "removed", "".join(old[a:b])
        if d > c:
            yield "added", "".join(new[c:d])


def _with_space(text: str) -> list[str]:
    """The words of a text, each with the white space behind it; the last with a space, so that runs can be joined."""
    words = re.findall(r"\S+\s*", text)
    return [*words[:-1], f"{words[-1].rstrip()} "] if words else []
