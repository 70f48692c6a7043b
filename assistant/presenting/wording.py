"""Dates, validity and labels in the words a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vectorstore.model import Kind, Status

KINDS = {
    Kind.OFFICIAL: "Official text",
    Kind.BRIEF: "Our summary",
    Kind.SUPPLIED: "Supplied document",
}
_ENDED = {Status.SUPERSEDED: "Superseded", Status.CLOSED: "Closed", Status.WITHDRAWN: "Withdrawn"}
_COMING = {Status.SUPERSEDED: "To be superseded", Status.CLOSED: "Closes", Status.WITHDRAWN: "To be withdrawn"}
_ACRONYMS = {"lsif", "sdf", "lsip", "erb"}


@dataclass(frozen=True, slots=True)
class Window:
    """What is known of the validity of a text: its state, its bounds, and whether it is in force on a date."""

    status: str
    valid_from: date | None
    valid_to: date | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of a text on a date. `successor` is named after `label`, or after `change` if that is not empty."""

    label: str
    tone: str  # good | past | coming
    change: str = ""
    names_successor: bool = False


def human(day: date) -> str:
    """`day` as 18 November 2025."""
    return f"{day.day} {day:%B %Y}"


def badge(window: Window, on: date, today: date) -> Badge:
    """What to say of a text on the date `on`, and of what became of it since."""
    status = Status(window.status)
    if window.in_force:
        change = _ending(status, window.valid_to, today) if status in _ENDED else ""
        return Badge(f"In force on {human(on)}", "good", change, status is Status.SUPERSEDED)
    if status in {Status.DRAFT, Status.EXPECTED}:
        start = f", from {human(window.valid_from)}" if window.valid_from else ""
        return Badge(f"{status.capitalize()}{start}: not in force", "coming")
    if window.valid_from is not None and on < window.valid_from:
        return Badge(f"Not yet in force on {human(on)}: begins on {human(window.valid_from)}", "coming")
    if status in _ENDED:
        return Badge(_ending(status, window.valid_to, today), "past", "", status is Status.SUPERSEDED)
    ended = f"Ended on {human(window.valid_to)}" if window.valid_to else f"Not in force on {human(on)}"
    return Badge(ended, "past")


def _ending(status: Status, valid_to: date | None, today: date) -> str:
    if valid_to is None:
        return _ENDED[status]
    # a text is superseded on the first day of its successor; it is closed on its own last day
    day = valid_to + timedelta(days=1) if status is Status.SUPERSEDED else valid_to
    return f"{_COMING[status] if day > today else _ENDED[status]} on {human(day)}"


def dates(valid_from: date | None, valid_to: date | None) -> str:
    """The window in words."""
    if valid_from and valid_to:
        return f"{human(valid_from)} to {human(valid_to)}"
    if valid_from:
        return f"from {human(valid_from)}"
    if valid_to:
        return f"until {human(valid_to)}"
    return "no dates stated"


def place(section: str | None, page: str | None) -> str:
    """Where in a document: its section and page."""
    named = section or ""
    if named[:1].isdigit():
        named = f"section {named}"
    return ", ".join(part for part in (named, f"page {page}" if page else "") if part)


def topic(name: str) -> str:
    """A topic's key as a heading."""
    words = [w.upper() if w.lower() in _ACRONYMS else w for w in name.replace("_", "-").split("-") if w]
    text = " ".join(words)
    return text[:1].upper() + text[1:]
