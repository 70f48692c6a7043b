"""`lsip search`: passages for a query, or for a batch of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from assistant.answering.assistant import resolve_area
from assistant.answering.model import Question
from assistant.cli.common import (
    AreaName,
    AsJson,
    AsOf,
    CollectionName,
    application,
    parse_as_of,
    print_json,
    read_batch,
)
from assistant.composition import Application
from vectorstore.errors import UsageError
from vectorstore.model import Hit
from vectorstore.retrieval import Query
from vectorstore.validity import in_force

MOST = 200  # passages of one search


def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    batch: Annotated[str | None, typer.Option("--batch", metavar="FILE|-", help="Queries as JSON Lines.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST, help="How many passages.")] = 10,
    by_document: Annotated[bool, typer.Option("--by-document", help="The best passage of each document.")] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
    area: AreaName = None,
    collection: CollectionName = None,
) -> None:
    """Find passages in force on the date."""
    app = application()
    on = parse_as_of(as_of) or app.settings.current_date()
    name = collection or app.settings.collection

    def find(text: str, at: date, where: str | None, many: int) -> list[Hit]:
        return app.retriever(name).search(Query(text, at, _areas(app, name, where, at), None, many, by_document))

    if batch is not None:
        for values in read_batch(batch):
            text = str(values.get("query") or values.get("question") or "").strip()
            at, where, many = _line(values, on, area, limit)
            hits = find(text, at, where, many) if text else []
            print_json({"id": values.get("id"), "passages": passages(hits, at)})
        return
    if not query or not query.strip():
        raise UsageError("No query was given.", 'Write lsip search "provider duties"')
    hits = find(query, on, area, limit)
    if as_json:
        print_json({"passages": passages(hits, on)})
    else:
        _print(hits, on)
    raise typer.Exit(0 if hits else 1)


def _line(values: dict[str, Any], on: date, area: str | None, limit: int) -> tuple[date, str | None, int]:
    """Date, area and limit of one line of a batch. Raises UsageError."""
    stated, where, many = values.get("as_of"), values.get("area") or area, values.get("limit") or limit
    if not isinstance(many, int) or not 1 <= many <= MOST:
        raise UsageError(f"{many!r} is not a limit.", f"Give a number from 1 to {MOST}.")
    return (parse_as_of(str(stated)) if stated else None) or on, str(where) if where else None, many


def _areas(app: Application, collection: str, area: str | None, on: date) -> tuple[str, ...]:
    """The ids whose texts speak of `area`: its own and those before it. Raises UsageError."""
    if area is None:
        return ()
    question = resolve_area(
        Question(question=area, area=area),
        app.retriever(collection).snapshot().profile,
        on,
        app.engines.locate(collection),
    )
    assert question.area is not None
    return app.areas(collection).atlas.scope((question.area,))


def passages(hits: list[Hit], on: date) -> list[dict[str, Any]]:
    """Hits as the contract's passages."""
    return [
        {
            "rank": rank,
            "score": round(hit.score, 6),
            "text": hit.passage.text,
            "document_id": hit.version.document_id,
            "version_id": hit.version.version_id,
            "passage_id": hit.passage.passage_id,
            "path": hit.version.path,
            "title": hit.version.title,
            "section": hit.passage.section,
            "page": hit.passage.page,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "in_force": in_force(hit.version, on),
        }
        for rank, hit in enumerate(hits, start=1)
    ]


def _print(hits: list[Hit], on: date) -> None:
    console = Console()
    if not hits:
        console.print("Nothing found in what is held and in force.")
    for rank, hit in enumerate(hits, start=1):
        place = ", ".join(
            p for p in (hit.passage.section, f"page {hit.passage.page}" if hit.passage.page else None) if p
        )
        console.print(Text.assemble((f"{rank}. {hit.version.title}", "bold"), f" ({place})" if place else ""))
        console.print(Text(hit.passage.text))
        console.print()
