"""What the three engines report, as messages: an area with its body, dates, and what a check came to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from assistant.answering.model import Citation
from assistant.areas.report import AreaReport, AreasReport
from assistant.presenting.cards import cards
from assistant.presenting.wording import human
from assistant.slack import names
from assistant.slack.drawing.answer import fallback
from assistant.slack.drawing.kit import (
    Block,
    Part,
    actions,
    beside,
    bullets,
    button,
    context,
    divider,
    header,
    line,
    link,
    rich,
    section,
    words,
)
from assistant.slack.drawing.look import Drawn, Look, whose_area
from assistant.slack.drawing.mrkdwn import bare, cut, short
from assistant.slack.drawing.sources import SHOWN, one_source
from assistant.timeline.schemas import EventReport, TimelineReport
from prompts import message

AREAS = 4
CHOICES = 10
COUNCILS = 600
AHEAD, BEHIND = 8, 4  # events shown that are open or to come, and those past or awaited in vain
_TEXT = 300


def marks(numbers: Sequence[int]) -> str:
    """The marks of citations."""
    return "".join(f" [{n}]" for n in numbers)


def sources(citations: Sequence[Citation], on: date, look: Look, *, most: int = SHOWN) -> list[Block]:
    """The sources of a report, under a line that says as of when."""
    if not citations:
        return []
    title = f"{message('slack_sources')} · {message('slack_as_of', date=human(on))}"
    held = cards(citations[:most], on, look.today, look.library)
    return [divider(), *context(title), *(b for card in held for b in one_source(card, look))]


def area_report(report: AreasReport, look: Look) -> Drawn:
    """Which area a place lies in and who leads it; or which of several places is meant."""
    found = report.areas[:AREAS]
    if not report.query.strip() and len(report.areas) > AREAS:
        return _every_area(report, look)
    cited = [n for a in found for n in a.citations[:2]][:SHOWN]
    again = {n: i for i, n in enumerate(cited, start=1)}
    kept = tuple(c.model_copy(update={"n": again[c.n]}) for c in report.citations if c.n in again)
    blocks = rich(*(section(words(cut(bare(n), _TEXT))) for n in report.notes))
    for area in found:
        blocks += _area(area, [again[n] for n in area.citations[:2] if n in again])
    blocks += [_place(n, c.label, c.area or c.label) for n, c in enumerate(report.choices[:CHOICES])]
    blocks += actions(_area_controls(found, look))
    blocks += sources(sorted(kept, key=lambda c: c.n), report.as_of, look)
    blocks += context(message("areas_attribution")) if found else []
    lines = [*report.notes, *(_area_line(a) for a in found), *(f"- {c.label}" for c in report.choices[:CHOICES])]
    return Drawn(fallback("\n".join(lines)), blocks or rich(section(words(message("slack_nothing_found")))))


def area_now(look: Look) -> Drawn:
    """Which area answers are read for, and how to change it."""
    if look.area_name:
        text = message("slack_area_now", area=short(look.area_name), whose=whose_area(look.area_from))
    else:
        text = message("slack_area_none")
    clear = [button(names.CLEAR_AREA, message("slack_clear_area"))] if look.area_from == "person" else []
    blocks = [*rich(section(words(text))), *actions([button(names.SET_AREA, message("slack_set_area")), *clear])]
    return Drawn(fallback(text), blocks)


def timeline_report(report: TimelineReport, look: Look, area_name: str = "") -> Drawn:
    """What is open or to come, then what passed last, each with the text that dates it."""
    coming = [e for e in report.events if e.state in ("open", "upcoming")][:AHEAD]
    awaited = [e for e in report.events if e.state == "unconfirmed"][-BEHIND:]
    past = [e for e in report.events if e.state == "past"][-BEHIND:]
    shown = [*coming, *awaited, *past]
    again: dict[int, int] = {}
    for event in shown:
        for n in event.citations:
            again.setdefault(n, len(again) + 1)
    kept = [c.model_copy(update={"n": again[c.n]}) for c in report.citations if c.n in again]
    kept.sort(key=lambda c: c.n)
    title = message("slack_dates_of", area=area_name) if area_name else message("slack_dates")
    blocks = [header(title)]
    for key, events in (("slack_ahead", coming), ("slack_awaited", awaited), ("slack_behind", past)):
        if events:
            items = [_event(e, [again[n] for n in e.citations]) for e in events]
            blocks += rich(section(words(message(key), bold=True)), bullets(items))
    if not shown:
        blocks += rich(section(words(message("slack_no_dates"))))
    left = len(report.events) - len(shown)
    query = urlencode({k: v for k, v in (("area", report.area), ("fund", report.fund)) if v})
    page = look.page(f"/timeline?{query}" if query else "/timeline")
    if left:
        blocks += context(message("slack_dates_left", left=str(left)))
    blocks += actions([button(f"{names.OPEN_LINK}_0", message("slack_all_dates"), url=page)] if page else [])
    blocks += sources(kept, report.as_of, look)
    lines = [title, *(f"- {_when(e)}: {e.title}{_state(e)}" for e in shown)]
    return Drawn(fallback("\n".join(lines)), blocks)


def _area(area: AreaReport, numbers: Sequence[int]) -> list[Block]:
    erb = link(area.erb.url, short(area.erb.name)) if area.erb else words(message("slack_no_body"))
    parts: list[list[Part]] = [words(message("slack_led_by") + " ", bold=True), erb, words(marks(numbers))]
    if area.councils:
        councils = cut(", ".join(area.councils), COUNCILS)
        parts += [line(), words(message("slack_councils") + " ", bold=True), words(councils)]
    if area.strategic_authority:
        parts += [line(), words(message("slack_authority") + " ", bold=True), words(short(area.strategic_authority))]
    if area.changed:
        parts += [line(), words(cut(bare(area.changed), _TEXT))]
    if area.valid_to:
        parts += [line(), words(message("slack_area_ended", date=human(area.valid_to)), bold=True)]
    return [header(area.name), *rich(section(*parts))]


def _area_line(area: AreaReport) -> str:
    body = area.erb.name if area.erb else message("slack_no_body")
    return f"{area.name}. {message('slack_led_by')} {body}."


def _area_controls(found: Sequence[AreaReport], look: Look) -> list[Block]:
    """To keep an area as one's own, where it still exists and is not that already."""
    own = look.area_name if look.area_from == "person" else ""
    held = [a for a in found if a.valid_to is None and a.name != own]
    made = []
    for n, area in enumerate(held):
        text = message("slack_keep_area") if len(held) == 1 else message("slack_keep_this_area", area=area.name)
        label = message("slack_keep_area_label", area=area.name)
        made.append(button(f"{names.KEEP_AREA}_{n}", text, value=area.id, label=label))
    return made


def _place(n: int, label: str, value: str) -> Block:
    said = message("slack_choose_label", choice=label)
    return beside(label, button(f"{names.LOOK_UP}_{n}", message("slack_choose"), value=cut(value, 200), label=said))


def _every_area(report: AreasReport, look: Look) -> Drawn:
    held = sorted(report.areas, key=lambda a: a.name)
    title = message("slack_every_area", count=str(len(held)))
    items = [[*words(short(a.name), bold=True), *words(f": {short(a.erb.name)}" if a.erb else "")] for a in held]
    blocks = [header(title), *rich(bullets(items[:25])), *rich(bullets(items[25:80]))]
    page = look.page("/areas")
    blocks += actions([button(f"{names.OPEN_LINK}_0", message("slack_open"), url=page)] if page else [])
    return Drawn(fallback("\n".join([title, *(a.name for a in held)])), blocks)


def _event(event: EventReport, numbers: Sequence[int]) -> list[Part]:
    when = cut(_when(event), 120)
    return [*words(when + ": ", bold=True), *words(cut(bare(event.title), 200) + _state(event) + marks(numbers))]


def _when(event: EventReport) -> str:
    return event.when[:1].upper() + event.when[1:]


def _state(event: EventReport) -> str:
    """How far off an event is, in brackets; nothing where the heading says all."""
    days = event.days or 0
    if event.state == "open":
        return f" ({message('slack_open_until', days=_days(days)) if days else message('slack_open_now')})"
    ahead = event.state == "upcoming" and days > 0
    return f" ({message('slack_in_days', days=_days(days))})" if ahead else ""


def _days(days: int) -> str:
    return message("slack_day") if days == 1 else message("slack_days", days=f"{days:,}")
