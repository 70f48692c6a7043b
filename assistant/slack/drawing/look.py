"""What a drawing needs beyond the answer itself, and what a drawing is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from assistant.presenting.cards import Library
from prompts import message
from vectorstore.addresses import web_address


@dataclass(frozen=True, slots=True)
class Look:
    """Where our pages stand (empty: nowhere), which day it is, and the area that was set for who asks."""

    public_url: str
    today: date
    library: Library
    area_name: str = ""
    area_from: str = ""  # person | channel | workspace; empty without an area

    def page(self, path: str) -> str:
        """The whole address of one of our pages; empty where there is none to reach."""
        whole = self.public_url.rstrip("/") + path
        return whole if self.public_url and web_address(whole) else ""

    def answer_page(self, answer_id: str) -> str:
        """The page of a stored answer."""
        return self.page(f"/answers/{quote(answer_id, safe='')}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message: `text` is what notifications and screen readers have, `blocks` are what is seen."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)


def whose_area(area_from: str) -> str:
    """Whose area it is, in words; empty where none was set."""
    keys = {
        "person": "slack_area_of_person",
        "channel": "slack_area_of_channel",
        "workspace": "slack_area_of_workspace",
    }
    return message(keys[area_from]) if area_from in keys else ""
