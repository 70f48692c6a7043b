"""A check: the list of them, one question of it at a time in a modal, and what it came to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.eligibility.reading import UNKNOWN
from assistant.eligibility.schemas import CheckReport, ChecksReport, CheckSummary, FactReport, Reason
from assistant.presenting.wording import human
from assistant.slack import limits, names
from assistant.slack.drawing.answer import fallback
from assistant.slack.drawing.kit import (
    Block,
    Part,
    beside,
    bullets,
    button,
    choose,
    context,
    field,
    header,
    link,
    linked,
    modal,
    option,
    rich,
    section,
    text_input,
    words,
)
from assistant.slack.drawing.look import Drawn, Look
from assistant.slack.drawing.mrkdwn import bare, cut, short
from assistant.slack.drawing.reports import marks, sources
from prompts import message
from vectorstore.rules.model import Outcome

LISTED = 12
ROWS = 6
ANSWER = 100  # characters of a fact that is written
_TEXT = 320
_OUTCOMES = {
    Outcome.ELIGIBLE: "slack_check_yes",
    Outcome.PARTLY: "slack_check_partly",
    Outcome.NOT_ELIGIBLE: "slack_check_no",
    Outcome.NOT_ENOUGH_INFORMATION: "slack_check_open",
    Outcome.NO_RULE_IN_FORCE: "slack_check_none",
}


def check_list(checks: Sequence[CheckSummary]) -> list[Block]:
    """Each check with a button that begins it."""
    blocks: list[Block] = []
    for n, check in enumerate(checks[:LISTED]):
        over = f" ({message('slack_closed_since', date=human(check.closed_since))})" if check.closed_since else ""
        label = message("slack_begin_label", check=check.title)
        begin = button(f"{names.CHECK}_{n}", message("slack_begin"), value=check.id, label=label)
        blocks.append(beside(f"{cut(bare(check.title), 80)}{over}: {check.question}", begin))
    return blocks


def checks_report(report: ChecksReport) -> Drawn:
    """The checks there are, as a message."""
    if not report.checks:
        text = message("slack_no_checks")
        return Drawn(fallback(text), rich(section(words(text))))
    lines = [message("slack_checks"), *(f"- {c.title}: {c.question}" for c in report.checks[:LISTED])]
    return Drawn(fallback("\n".join(lines)), [header(message("slack_checks")), *check_list(report.checks)])


def check_report(report: CheckReport, look: Look) -> Drawn:
    """What a check came to, as a message."""
    lines = [report.title, message(_OUTCOMES[report.outcome]), report.said, *(r.text for r in report.reasons[:ROWS])]
    return Drawn(fallback("\n".join(lines)), [header(report.title), *_finding(report, look)])


def check_modal(
    check: CheckSummary, given: Mapping[str, str], report: CheckReport, look: Look, *, problem: str = ""
) -> Block:
    """The next question of a check, or, when nothing more need be asked, what it came to.

    `given` are the facts said so far, `report` what the desk made of them. Its metadata is read by `facts_of`.
    """
    asked = next((m for m in report.missing if m.fact not in given), None)
    blocks = rich(section(words(cut(bare(check.question), _TEXT), bold=True)))
    blocks += rich(section(words(cut(bare(problem), _TEXT)))) if problem else []
    if report.closed is not None and asked is not None:
        blocks += rich(section(words(cut(bare(report.closed.text), _TEXT))))
    blocks += _given(check, given)
    blocks += [_question(asked, look)] if asked is not None else _finding(report, look)
    return modal(
        names.CHECK_MODAL,
        check.title,
        blocks,
        close=message("slack_close"),
        submit=message("slack_on") if asked is not None else "",
        metadata=metadata_of(check.id, given),
    )


def metadata_of(check_id: str, given: Mapping[str, str]) -> str:
    """A check and the facts said so far, as the modal carries them."""
    facts: dict[str, str] = {}
    for name, value in given.items():
        more = {**facts, name: value[:ANSWER]}
        if len(json.dumps({"check": check_id, "facts": more})) <= limits.METADATA:
            facts = more
    return json.dumps({"check": check_id, "facts": facts})


def facts_of(metadata: str) -> tuple[str, dict[str, str]]:
    """The check and the facts that a modal carries; ("", {}) for what is not ours."""
    try:
        held: Any = json.loads(metadata)
        return str(held["check"]), {str(k): str(v) for k, v in dict(held["facts"]).items()}
    except (ValueError, TypeError, KeyError):
        return "", {}


def fact_said(view_values: Mapping[str, str]) -> dict[str, str]:
    """The fact that was answered, out of the values of a submitted modal; one left empty is not known."""
    before = f"{names.FACT_INPUT}_"
    return {k.removeprefix(before): v or UNKNOWN for k, v in view_values.items() if k.startswith(before)}


def _question(fact: FactReport, look: Look) -> Block:
    block_id = f"{names.FACT_INPUT}_{fact.fact}"
    action = f"{block_id}_value"
    label = f"{fact.question} ({fact.unit})" if fact.unit else fact.question
    if fact.values:
        options = [option(v.label[:1].upper() + v.label[1:], v.value) for v in fact.values]
        options = [*options[: limits.OPTIONS - 1], option(message("check_dont_know"), UNKNOWN)]
        element = choose(action, options, placeholder=message("slack_choose"))
        return field(block_id, label, element, hint=fact.help)
    hint = f"{fact.help} {message('slack_fact_unknown')}".strip()
    if fact.type == "date":
        return field(block_id, label, {"type": "datepicker", "action_id": action}, hint=hint, optional=True)
    initial = look.area_name if fact.type == "area" else ""
    return field(block_id, label, text_input(action, most=ANSWER, initial=initial), hint=hint, optional=True)


def _given(check: CheckSummary, given: Mapping[str, str]) -> list[Block]:
    """What was said so far."""
    items = []
    for fact in check.facts:
        if fact.fact in given:
            value = given[fact.fact]
            shown = message("check_dont_know") if value == UNKNOWN else value
            shown = next((v.label for v in fact.values if v.value == value), shown)
            items.append(f"{fact.label}: {shown}")
    return context(" · ".join(items))


def _finding(report: CheckReport, look: Look) -> list[Block]:
    """The outcome first, then why, what is due, what is open, and whom to ask."""
    said = [*words(cut(bare(report.said), _TEXT)), *words(marks([report.closed.citation] if report.closed else []))]
    plain_said = report.closed is not None or report.outcome is Outcome.NOT_ENOUGH_INFORMATION  # it says so itself
    lead = "" if plain_said else message(_OUTCOMES[report.outcome]) + " "
    blocks = rich(section(words(lead, bold=True), said))
    if report.under_last_rules is not None:
        last = report.under_last_rules
        text = message("slack_last_rules", date=human(last.as_of), said=last.said or message("slack_check_open"))
        blocks += rich(section(words(cut(bare(text), _TEXT))))
    blocks += _rows(report.reasons)
    blocks += _list("slack_due", [cut(bare(d.said), _TEXT) + marks([d.citation]) for d in report.deadlines])
    blocks += _list("slack_turns_on", [cut(bare(r.text), _TEXT) + marks([r.citation]) for r in report.turns_on])
    blocks += _list("slack_missing", [cut(bare(m.question), _TEXT) for m in report.missing])
    blocks += _contact(report)
    if report.successor is not None:
        text = cut(bare(report.successor.text), _TEXT)
        blocks += rich(section(words(text + marks([report.successor.citation]))))
    if report.next:
        blocks += rich(section(words(message("slack_next") + " ", bold=True), linked(cut(bare(report.next), _TEXT))))
    return blocks + sources(report.citations, report.as_of, look)


def _rows(reasons: Sequence[Reason]) -> list[Block]:
    """The rows that decide; where none does, what practice is reported or what the last rules said."""
    if not reasons:
        return []
    key = "slack_because" if reasons[0].decisive else "slack_rules_said"
    return _list(key, [cut(bare(r.text), _TEXT) + _weak(r) + marks([r.citation]) for r in reasons])


def _weak(reason: Reason) -> str:
    """That a row rests on less than a primary source."""
    return "" if reason.evidence == "primary" else f" ({message(f'card_{reason.evidence}')})"


def _contact(report: CheckReport) -> list[Block]:
    if report.area is None:
        return []
    erb = report.area.erb
    body = link(erb.url, short(erb.name)) if erb else words(message("slack_no_body"))
    parts: list[list[Part]] = [words(f"{short(report.area.name)}. {message('slack_led_by')} "), body]
    if report.area.award is not None:
        parts.append(words(f". {cut(bare(report.area.award.text), _TEXT)}{marks([report.area.award.citation])}"))
    return rich(section(*parts))


def _list(key: str, lines: Sequence[str]) -> list[Block]:
    held = [words(text) for text in lines[:ROWS] if text]
    return rich(section(words(message(key), bold=True)), bullets(held)) if held else []
