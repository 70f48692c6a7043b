"""The card of a source: whose words, where they stand, since when and until when, and on what they rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answering.model import Citation, RestsOn
from assistant.presenting.paths import version_path
from assistant.presenting.wording import KINDS, Badge, Window, badge, dates, human, place
from prompts import message, messages
from vectorstore.addresses import web_address
from vectorstore.errors import NotFoundError
from vectorstore.model import Evidence, Kind, Passage, Reference, Version


class Library(Protocol):
    """Reads versions and passages that are held. Raises NotFoundError."""

    def version(self, version_id: str) -> Version: ...
    def passage(self, passage_id: str) -> tuple[Passage, Version]: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """A page that a summary of ours rests on: `before` what `after`, and `what` is a link where there is one."""

    before: str
    what: str
    after: str
    page: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Successor:
    """The text that took another's place."""

    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card shows."""

    n: int
    kind: str
    label: str
    title: str
    publisher: str
    place: str
    quote: str
    quoted: bool
    badge: Badge
    dates: str
    successor: Successor | None
    grounds: tuple[Ground, ...]
    evidence: str
    compiled: str
    checked: str
    url: str | None
    path: str


def cards(citations: Iterable[Citation], on: date, today: date, library: Library) -> list[Card]:
    """One card for each citation, in order."""
    return [_card(c, on, today, library) for c in citations]


def _card(c: Citation, on: date, today: date, library: Library) -> Card:
    brief = c.kind == Kind.BRIEF
    return Card(
        n=c.n,
        kind=c.kind,
        label=KINDS[Kind(c.kind)],
        title=c.title,
        publisher=c.publisher,
        place=place(c.section, c.page),
        quote=c.quote,
        quoted=not brief,
        badge=badge(Window(c.status, c.valid_from, c.valid_to, c.in_force), on, today),
        dates=dates(c.valid_from, c.valid_to),
        successor=successor(c.superseded_by, library),
        grounds=grounds(c.rests_on) if brief else (),
        evidence=evidence(c.evidence),
        compiled=compiled(c.compiled_on, c.checked_on),
        checked=f"checked against the live page on {human(c.checked_on)}" if c.checked_on else "",
        url=web_address(c.url),
        path=version_path(c.document_id, c.version_id, _anchor(c.passage_id, library), (c.start, c.end)),
    )


def successor(version_id: str | None, library: Library) -> Successor | None:
    """The version that took a text's place, if it is held."""
    if not version_id:
        return None
    try:
        version = library.version(version_id)
    except NotFoundError:
        return None
    return Successor(version.title, version_path(version.document_id, version.version_id))


def grounds(rests_on: Iterable[RestsOn | Reference]) -> tuple[Ground, ...]:
    """The line that a summary of ours must carry, for each page it rests on."""
    before, _, after = messages()["card_brief"].partition("{what}")
    return tuple(
        Ground(
            before=before,
            what=", ".join(part for part in (r.publisher, r.title, place(r.section, None)) if part),
            after=after,
            page=f"page {r.page}" if r.page else "",
            url=web_address(r.url),
        )
        for r in rests_on
    )


def evidence(value: str) -> str:
    """The line on how strong the ground is; empty for a primary source."""
    return "" if value == Evidence.PRIMARY else message(f"card_{value}")


def compiled(compiled_on: date | None, checked_on: date | None) -> str:
    """The line on when a text was compiled, while nobody has checked it against the live page."""
    return message("card_compiled", compiled=human(compiled_on)) if compiled_on and not checked_on else ""


def _anchor(passage_id: str, library: Library) -> str | None:
    try:
        return library.passage(passage_id)[0].anchor
    except NotFoundError:
        return None
