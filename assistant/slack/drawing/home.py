"""The App Home: how to ask, one's area, what to begin with, what is held, and what becomes of what one writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.schemas import CheckSummary
from assistant.presenting.wording import human
from assistant.slack import limits, names
from assistant.slack.drawing.checks import check_list
from assistant.slack.drawing.kit import Block, actions, beside, button, confirm, header, link, rich, section, words
from assistant.slack.drawing.look import Look
from assistant.slack.drawing.reports import area_now
from assistant.slack.drawing.said import about, turn_to
from prompts import message

SUGGESTED = 4
CHECKS = 6


@dataclass(frozen=True, slots=True)
class Holding:
    """How much is held, and as of when."""

    documents: int
    versions: int
    compiled: date | None = None
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the App Home of one person shows."""

    look: Look
    subject: str
    holding: Holding
    retention_days: int
    suggestions: Sequence[str] = ()
    checks: Sequence[CheckSummary] = ()
    help: str = ""


def home(facts: HomeFacts) -> Block:
    """The view of the Home tab."""
    look = facts.look
    blocks = [header(about(facts.subject)), *rich(section(words(message("slack_home_how", command=names.COMMAND))))]
    blocks += _suggestions(facts.suggestions)
    blocks += [header(message("slack_your_area")), *area_now(look).blocks]
    if facts.checks:
        blocks += [header(message("slack_checks")), *check_list(facts.checks[:CHECKS])]
    blocks += [header(message("slack_held")), *_held(facts.holding, look)]
    blocks += [header(message("slack_help")), *rich(section(words(message("slack_advice")), *_help(facts.help)))]
    blocks += [header(message("slack_privacy")), *_privacy(facts.retention_days, look)]
    return {"type": "home", "blocks": blocks[: limits.VIEW_BLOCKS]}


def _suggestions(questions: Sequence[str]) -> list[Block]:
    made = []
    for n, question in enumerate([q for q in questions if 0 < len(q) <= limits.BUTTON_VALUE][:SUGGESTED]):
        label = message("slack_ask_label", question=question)
        ask = button(f"{names.SUGGESTION}_{n}", message("slack_ask"), value=question, label=label)
        made.append(beside(question, ask))
    return made


def _held(holding: Holding, look: Look) -> list[Block]:
    documents, versions = f"{holding.documents:,}", f"{holding.versions:,}"
    text = [message("slack_holding", documents=documents, versions=versions, date=human(look.today))]
    if holding.compiled:
        text.append(message("slack_holding_compiled", date=human(holding.compiled)))
    key = "slack_holding_checked" if holding.checked else "slack_holding_unchecked"
    text.append(message(key, date=human(holding.checked or look.today)))
    page = look.page("/documents")
    browse = [button(f"{names.OPEN_LINK}_0", message("slack_browse"), url=page)] if page else []
    return [*rich(section(words(" ".join(text)))), *actions(browse)]


def _help(help_at: str) -> list[list[Block]]:
    parts = turn_to(help_at)
    return [words(" "), *parts] if parts else []


def _privacy(days: int, look: Look) -> list[Block]:
    page = look.page("/about#privacy")
    more = [words(" "), link(page, message("slack_privacy_page"))] if page else []
    asks = confirm(
        message("slack_delete_title"), message("slack_delete_text"), message("slack_delete"), message("slack_cancel")
    )
    delete = {**button(names.DELETE, message("slack_delete_data"), style="danger"), "confirm": asks}
    return [*rich(section(words(message("slack_kept", days=str(days))), *more)), *actions([delete])]
