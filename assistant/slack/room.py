"""What all listeners and workers of one process share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.slack.aside import Aside
from assistant.slack.authorizing import Authority
from assistant.slack.clients import Clients
from assistant.slack.library import Shelf
from assistant.slack.services import Cabinet, Services
from assistant.slack.words import Words


@dataclass(frozen=True, slots=True)
class Room:
    """`aside` runs what blocks and is kept; `wake` tells the workers that something arrived."""

    services: Services
    cabinet: Cabinet
    words: Words
    shelf: Shelf
    clients: Clients
    authority: Authority
    aside: Aside
    secret: Callable[[], str]
    wake: Callable[[], None]
