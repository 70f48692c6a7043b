"""What happened, what is open and what lies ahead: the route for programs, the calendar file and the page."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from assistant.api.asking import read_date
from assistant.api.schemas import problem_responses
from assistant.api.services import Services
from assistant.api.templating import Templates
from assistant.presenting.cards import cards
from assistant.timeline.calendar_file import as_calendar
from assistant.timeline.drawing import draw
from assistant.timeline.engine import KINDS
from assistant.timeline.schemas import TermReport, TimelineReport
from vectorstore.errors import UsageError

Word = Annotated[str, Query(max_length=100)]
CALENDAR = "text/calendar; charset=utf-8"
MOST_CARDS = 40  # sources shown under the table; beyond that each mark leads to the text itself
_STATES = {"past": "Past", "open": "Open", "upcoming": "Ahead", "unconfirmed": "Not confirmed"}
_CALENDAR_DOC: dict[int | str, dict[str, Any]] = {
    200: {"description": "The events known to the day, as RFC 5545", "content": {CALENDAR: {}}}
}


def timeline_router(services: Services) -> APIRouter:
    """Routes under /v1/timeline."""
    router = APIRouter(prefix="/v1/timeline", tags=["Timeline"])

    def found(
        area: Word = "",
        kind: Annotated[str, Query(max_length=100, description=f"One of {', '.join(KINDS)}")] = "",
        fund: Word = "",
        start: Annotated[date | None, Query(alias="from", description="Only events that reach past this day")] = None,
        end: Annotated[date | None, Query(alias="to", description="Only events that begin by this day")] = None,
        as_of: Annotated[date | None, Query(description="The date asked about; today if left out")] = None,
        collection: Annotated[str | None, Query(max_length=64)] = None,
    ) -> TimelineReport:
        name = collection or services.settings.collection
        services.catalogue.manifest(name)
        on = as_of or services.settings.current_date()
        return services.timeline_desk(name).report(on, area=area, kind=kind, fund=fund, start=start, end=end)

    router.add_api_route(
        "",
        found,
        methods=["GET"],
        summary="Dated events and where each stands",
        description="Events known on a date: past, open, ahead, or expected by then and not confirmed.",
        responses=problem_responses(422, 503),
    )

    @router.get(
        ".ics",
        summary="The same as a calendar",
        response_class=Response,
        responses=_CALENDAR_DOC | problem_responses(422, 503),
    )
    def calendar(area: Word = "", kind: Word = "", fund: Word = "", as_of: date | None = None) -> Response:
        """The events that are known to the day, for a calendar program."""
        report = found(area=area, kind=kind, fund=fund, as_of=as_of)
        headers = {"Content-Disposition": 'attachment; filename="timeline.ics"'}
        return Response(as_calendar(report), media_type=CALENDAR, headers=headers)

    @router.get(
        "/terms/{term_id}", summary="The end of a period counted from a day", responses=problem_responses(422, 503)
    )
    def term(term_id: str, start: date, collection: Annotated[str | None, Query(max_length=64)] = None) -> TermReport:
        """The last day of a period such as ten working days, leaving out weekends and bank holidays."""
        name = collection or services.settings.collection
        services.catalogue.manifest(name)
        return services.timeline_desk(name).term(term_id, start)

    return router


def timeline_pages_router(services: Services, templates: Templates) -> APIRouter:
    """The page that draws a timeline; not part of the OpenAPI document."""
    router = APIRouter(include_in_schema=False)

    def found(area: str, kind: str, fund: str, on: date, start: date | None) -> tuple[TimelineReport, list[Any]]:
        desk = services.timeline_desk(services.settings.collection)
        national = not (area.strip() and not start and not kind and not fund)
        report = desk.report(on, area=area, kind=kind, fund=fund, start=start, national=national)
        return report, cards(report.citations, on, services.settings.current_date(), services.catalogue)

    @router.api_route("/timeline", methods=["GET", "HEAD"])
    async def page(
        area: Word = "",
        kind: Word = "",
        fund: Word = "",
        as_of: str = "",
        start: Annotated[str, Query(alias="from")] = "",
    ) -> Response:
        today = services.settings.current_date()
        on = read_date(as_of) or today
        name = services.settings.collection
        wrong = ""
        try:
            report, shown = await run_in_threadpool(found, area, kind, fund, on, read_date(start))
        except UsageError as error:
            wrong = f"{error.message} {error.remedy}"
            report, shown = (
                TimelineReport(as_of=on, area=None, areas=(), kind=None, fund=None, events=(), citations=()),
                [],
            )
        known = services.catalogue.profile(name)
        names = {a.id: a.name for a in known.areas}
        return templates.page(
            "timeline.html",
            status=422 if wrong else 200,
            wrong=wrong,
            report=report,
            drawing=draw(report.events, on),
            cards=shown if len(shown) <= MOST_CARDS else [],
            paths={c.n: f"#source-{c.n}" if len(shown) <= MOST_CARDS else c.path for c in shown},
            names=names,
            areas=sorted(((a.id, a.name) for a in known.areas if a.valid_to is None), key=lambda a: a[1]),
            funds=services.timeline_desk(name).funds,
            kinds=KINDS,
            states=_STATES,
            area=area.strip(),
            kind=kind,
            fund=fund,
            start=start.strip(),
            as_of=as_of.strip(),
            on=on,
            query={"area": area.strip(), "kind": kind, "fund": fund, "as_of": as_of.strip()},
        )

    return router
