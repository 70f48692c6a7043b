"""What an attack wants said, as text: samples that its own patterns find."""

from __future__ import annotations

import importlib
import re
from typing import Any

from tests.evals.attacks import Attack

_parser: Any = importlib.import_module("re._parser")  # the tree that `re` itself compiles from
_CATEGORIES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_SPACE": " ",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_WORD": ".",
}


def wanted(attack: Attack) -> list[str]:
    """One sample for each pattern of the attack that has one, without those that another holds already."""
    found: list[str] = []
    for pattern in attack.obeyed:
        text = sample(pattern)
        if text is not None and text not in found:
            found.append(text)
    return found


def sample(pattern: str) -> str | None:
    """A short text that `pattern` finds; None if none could be made.

    The first of several, no more repetitions than needed, and for a class of signs the first that is to be seen.
    """
    text = _text(_parser.parse(pattern)).strip()
    return text if text and re.search(pattern, text, re.IGNORECASE) else None


def _text(tree: Any) -> str:
    return "".join(_piece(str(kind), value) for kind, value in tree)


def _piece(kind: str, value: Any) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "ANY":
            return " "
        case "BRANCH":
            return _text(value[1][0])
        case "SUBPATTERN":
            return _text(value[-1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, _most, inner = value
            return _text(inner) * int(least)
        case "IN":
            return _of_class(value)
    return ""  # anchors and what only looks ahead


def _of_class(members: Any) -> str:
    for kind, value in members:
        match str(kind):
            case "LITERAL":
                return chr(value)
            case "RANGE":
                return chr(value[0])
            case "CATEGORY":
                return _CATEGORIES.get(str(value), "")
    return ""
