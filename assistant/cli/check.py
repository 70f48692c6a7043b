"""`lsip check`: runs a decision table on facts, on a date; without an id it lists the checks."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from assistant.cli.common import AsJson, AsOf, CollectionName, application, parse_as_of, print_json
from assistant.eligibility.schemas import CheckReport, ChecksReport
from assistant.timeline.wording import human
from prompts import message
from vectorstore.errors import UsageError
from vectorstore.rules.model import Outcome

_OUTCOMES = {
    Outcome.ELIGIBLE: "[bold green]yes[/]",
    Outcome.PARTLY: "[bold yellow]in part[/]",
    Outcome.NOT_ELIGIBLE: "[bold red]no[/]",
    Outcome.NOT_ENOUGH_INFORMATION: "[bold yellow]not enough information[/]",
    Outcome.NO_RULE_IN_FORCE: "[bold]no rule in force[/]",
}


def check(
    check_id: Annotated[str, typer.Argument(metavar="[ID]", help="The check to run; none: list them.")] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="FACT=VALUE", help="A fact; may be given many times.")
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    collection: CollectionName = None,
) -> None:
    """Check a duty or eligibility for the facts given, with the rules that decide it. Unknown is never no."""
    app = application()
    on = parse_as_of(as_of) or app.settings.current_date()
    desk = app.check_desk(collection or app.settings.collection)
    if not check_id:
        if settings:
            raise UsageError("--set needs the check it is for.", "`lsip check` lists the checks.")
        listed = desk.checks(on)
        if as_json:
            print_json(listed.model_dump(mode="json"))
        else:
            _list(listed, Console())
        raise typer.Exit(0 if listed.checks else 1)
    found = desk.report(check_id, _given(settings or []), on)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _print(found, Console())
    raise typer.Exit(0)


def _given(settings: list[str]) -> dict[str, str]:
    given = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"{setting!r} sets no fact.", "Write --set fact=value, for example provider_type=university."
            )
        given[name.strip()] = value
    return given


def _list(listed: ChecksReport, console: Console) -> None:
    for one in listed.checks:
        closed = f" [dim](closed since {human(one.closed_since)})[/]" if one.closed_since else ""
        console.print(f"[bold]{one.id}[/]  {escape(one.question)}{closed}", highlight=False)
        for fact in one.facts:
            values = " | ".join(v.value for v in fact.values) or fact.type
            console.print(f"    {fact.fact} = {values}", style="dim", markup=False, highlight=False)


def _print(found: CheckReport, console: Console) -> None:
    def line(text: str, style: str = "") -> None:
        console.print(text, style=style, markup=False, highlight=False)

    console.print(f"{escape(found.question)} {_OUTCOMES[found.outcome]}", highlight=False)
    line(found.said)
    if found.under_last_rules is not None:
        line(f"Under the rules of {human(found.under_last_rules.as_of)}: {found.under_last_rules.said}".rstrip(": "))
    for reason in found.reasons:
        mark = "because" if reason.decisive else ("rule" if reason.evidence == "primary" else "reported")
        line(f"  {mark}: {reason.text} [{reason.citation}]")
    for deadline in found.deadlines:
        line(f"  due: {deadline.said} [{deadline.citation}]")
    for reason in found.turns_on:
        line(f"  turns on: {reason.text} [{reason.citation}]")
    for fact in found.missing:
        values = f" ({', '.join(v.value for v in fact.values)})" if fact.values else ""
        line(f"  needed: {fact.question}{values}  --set {fact.fact}=...", "yellow")
    if found.area is not None:
        erb = (
            f"{found.area.erb.name}  {found.area.erb.url or message('card_no_link')}"
            if found.area.erb
            else "none held"
        )
        line(f"  {found.area.name}: {erb}")
        if found.area.award is not None:
            line(f"  {found.area.award.text} [{found.area.award.citation}]")
    if found.successor is not None:
        line(f"  {found.successor.text} [{found.successor.citation}]")
    for gap in found.not_held:
        line(f"  not held: {gap}", "dim")
    if found.next:
        line(f"Next: {found.next}")
    line("")
    for c in found.citations:
        pages = "; ".join(f"{r.publisher}, {r.title}{f', {r.section}' if r.section else ''}" for r in c.rests_on)
        line(f"[{c.n}] our summary of {pages}", "dim")
    line(f"As of {human(found.as_of)}; `--json` shows the quotations.", "dim")
