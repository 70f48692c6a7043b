"""`lsip ask`: one question, or a batch of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assistant.answering.assemble import marked
from assistant.answering.events import Done, Failed, Said
from assistant.answering.model import Answer, AnswerStatus, Citation, Question
from assistant.answering.origin import Origin
from assistant.cli.common import (
    AreaName,
    AsJson,
    AsOf,
    CollectionName,
    application,
    parse_as_of,
    print_json,
    read_batch,
    stderr,
)
from assistant.composition import Application
from prompts import message
from vectorstore.errors import NotFoundError, UsageError
from vectorstore.model import Status

DOOR = "cli"
FOUND = frozenset({AnswerStatus.ANSWERED, AnswerStatus.ANSWERED_PARTLY, AnswerStatus.CLARIFY})


def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in plain words.")] = None,
    batch: Annotated[str | None, typer.Option("--batch", metavar="FILE|-", help="Questions as JSON Lines.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    area: AreaName = None,
    collection: CollectionName = None,
    stream: Annotated[bool, typer.Option("--stream", help="Show sentences as they are verified.")] = False,
) -> None:
    """Answer a question, every sentence with its source."""
    on = parse_as_of(as_of)
    app = application()
    if batch is not None:
        failed = [line for line in _batch(app, batch, as_of, area, collection) if line["status"] == "failed"]
        raise typer.Exit(1 if failed else 0)
    if question is None:
        raise UsageError("No question was given.", 'Write lsip ask "How many LSIP areas are there?"')
    asked = _question(question=question, as_of=on, area=area, collection=collection)
    if stream and as_json:
        raise UsageError("--stream and --json do not go together.", "Leave one of them out.")
    answer = _streamed(app, asked) if stream else app.assistant.ask(asked, Origin(door=DOOR))
    if as_json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer, Console(), lambda version: title_of(app, version))
    raise typer.Exit(0 if answer.status in FOUND else 1)


def _streamed(app: Application, asked: Question) -> Answer:
    """The answer, its sentences shown on stderr while they come: what stands is printed after them on stdout."""
    for event in app.assistant.stream(asked, Origin(door=DOOR)):
        if isinstance(event, Said):
            stderr.print(Text(marked(event.statement), style="dim"))
        elif isinstance(event, Done | Failed):
            return event.answer
    raise AssertionError("a walk ends with an answer")


def title_of(app: Application, version_id: str) -> str | None:
    """The title and label of a version, or None if it is not held any more."""
    try:
        version = app.catalogue.version(version_id)
    except NotFoundError:
        return None
    return f"{version.title} ({version.label})" if version.label else version.title


def _question(place: str = "", **values: Any) -> Question:
    """The question with these values. Raises UsageError that names the wrong one."""
    try:
        return Question.model_validate(values)
    except ValidationError as error:
        field = error.errors()[0]["loc"][0]
        raise UsageError(
            f"{place or 'The question'} has a wrong {str(field)!r}.", "See the fields of a question."
        ) from None


def _batch(
    app: Application, source: str, as_of: str | None, area: str | None, collection: str | None
) -> list[dict[str, Any]]:
    lines = []
    for values in read_batch(source):
        key = values.pop("id", None)
        defaults = {"as_of": as_of, "area": area, "collection": collection}
        given = {k: v for k, v in values.items() if v or k == "question"}
        merged = {**{k: v for k, v in defaults.items() if v is not None}, **given}
        known = {k: v for k, v in merged.items() if k in Question.model_fields}
        question = _question(f"Line {key!r} of the batch", **known)
        try:
            line = {"id": key, **app.assistant.ask(question, Origin(door=DOOR)).model_dump(mode="json")}
        except UsageError as error:
            if "area" not in values:
                raise
            line = {"id": key, "status": "failed", "text": f"{error.message} {error.remedy}", "citations": []}
        print_json(line)
        lines.append(line)
    return lines


def print_answer(answer: Answer, console: Console, title_of: Callable[[str], str | None]) -> None:
    """The answer and its sources for a terminal. `title_of` names the version that replaced another."""
    console.print(Text(answer.text), soft_wrap=False)
    for choice in answer.choices:
        console.print(Text(f"  - {choice.label}: {choice.question}"))
    for item in answer.related:
        console.print(Text(f"  - {item.title}" + (f", {item.section}" if item.section else "")), style="dim")
    if answer.citations:
        console.print()
        console.print(Text(f"Sources (as of {answer.as_of:%-d %B %Y})", style="bold"))
    for citation in answer.citations:
        _print_citation(citation, console, title_of)


def _print_citation(c: Citation, console: Console, title_of: Callable[[str], str | None]) -> None:
    place = ", ".join(p for p in (c.section, f"page {c.page}" if c.page else None) if p)
    console.print(Text.assemble((f"[{c.n}] ", "bold"), (c.title, "bold"), f" ({place})" if place else ""))
    quoted = c.quote if c.kind == "brief" else f"“{c.quote}”"
    console.print(Padding(Text(quoted, style="italic"), (0, 0, 0, 4)))
    successor = title_of(c.superseded_by) if c.superseded_by else None
    replaced = f" {message('card_replaced', title=successor)}" if successor else ""
    lines = [state_line(c) + replaced]
    if c.kind == "brief":
        for r in c.rests_on:
            where = ", ".join(p for p in (r.publisher, r.title, r.section, f"page {r.page}" if r.page else None) if p)
            lines.append(f"{message('card_brief', what=where)}: {r.url or message('card_no_link')}")
    else:
        lines.append(f"{message(f'card_{c.kind}')}: {c.publisher or c.title}, {c.url or message('card_no_link')}")
    key = f"card_{c.evidence}"
    if c.evidence != "primary":
        lines.append(message(key) + ".")
    if c.checked_on is None and c.compiled_on is not None:
        lines.append(message("card_compiled", compiled=f"{c.compiled_on:%-d %B %Y}") + ".")
    for line in lines:
        console.print(Padding(Text(line, style="dim"), (0, 0, 0, 4)))


def state_line(c: Citation) -> str:
    """Whether the text is in force, in words with dates."""
    since = f" since {c.valid_from:%-d %B %Y}" if c.valid_from else ""
    if c.in_force and c.valid_to is None:
        return f"In force{since}."
    until = f" until {c.valid_to:%-d %B %Y}" if c.valid_to else ""
    after = f"; {c.status} after that" if c.status != Status.IN_FORCE else ""
    return f"In force{since.replace('since', 'from')}{until}{after}."
