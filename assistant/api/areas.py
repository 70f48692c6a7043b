"""Find your area: the route for programs and the page for readers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from assistant.api.asking import read_date
from assistant.api.schemas import problem_responses
from assistant.api.services import Services
from assistant.api.templating import Templates
from assistant.areas.map import AreaMap, draw
from assistant.areas.report import AreasReport
from assistant.presenting.cards import cards
from assistant.presenting.paths import ask_path

LONGEST = 200  # characters of a place's name


def areas_router(services: Services) -> APIRouter:
    """Routes under /v1/areas."""
    router = APIRouter(prefix="/v1/areas", tags=["Areas"])

    @router.get("", summary="The areas of a place", responses=problem_responses(422, 503))
    def areas(
        q: Annotated[
            str, Query(max_length=LONGEST, description="A postcode, council, town or body; empty: all")
        ] = "",
        as_of: Annotated[date | None, Query(description="The date asked about; today if left out")] = None,
        collection: Annotated[str | None, Query(max_length=64)] = None,
    ) -> AreasReport:
        """Which LSIP areas a place lies in on a date, who leads each, and the texts that say so."""
        name = collection or services.settings.collection
        services.catalogue.manifest(name)
        return services.area_desk(name).report(q, as_of or services.settings.current_date())

    return router


def areas_pages_router(services: Services, templates: Templates) -> APIRouter:
    """The page that finds an area; not part of the OpenAPI document."""
    router = APIRouter(include_in_schema=False)

    def found(q: str, on: date) -> tuple[AreasReport, AreaMap]:
        name = services.settings.collection
        report = services.area_desk(name).report(q, on)
        gazetteer = services.areas(name).gazetteer
        marked = [a.id for a in report.areas] if q.strip() else []
        return report, draw(gazetteer.towns[1], gazetteer.atlas, marked, on)

    @router.api_route("/areas", methods=["GET", "HEAD"])
    async def page(q: Annotated[str, Query(max_length=LONGEST)] = "", as_of: str = "") -> Response:
        today = services.settings.current_date()
        on = read_date(as_of) or today
        report, drawn = await run_in_threadpool(found, q, on)
        shown = cards(report.citations, on, today, services.catalogue) if q.strip() else []
        return templates.page(
            "areas.html",
            q=q,
            on=on,
            as_of=as_of.strip(),
            report=report,
            map=drawn,
            cards=shown,
            asks=[
                (f"What are the priorities of the {a.name} plan?", f"What changed for {a.name} on 1 October 2025?")
                for a in report.areas
            ],
            ask=lambda question: ask_path(question, read_date(as_of)),
        )

    return router
