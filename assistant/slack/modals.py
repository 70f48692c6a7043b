"""What people entered in a modal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def values_of(view: Mapping[str, Any]) -> dict[str, list[str]]:
    """The values of each input, by its block's id: typed text, a choice, several choices or a day."""
    found: dict[str, list[str]] = {}
    for block, inputs in ((view.get("state") or {}).get("values") or {}).items():
        for state in inputs.values():
            found[block] = _read(state)
    return found


def value_of(view: Mapping[str, Any], block: str) -> str:
    """The value of one input; empty where nothing was entered."""
    return next(iter(values_of(view).get(block, [])), "")


def _read(state: Mapping[str, Any]) -> list[str]:
    if state.get("selected_options") is not None:
        return [str(o["value"]) for o in state["selected_options"]]
    if state.get("selected_option"):
        return [str(state["selected_option"]["value"])]
    given = state.get("value") or state.get("selected_date")
    return [str(given)] if given else []
