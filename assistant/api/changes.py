"""What changed in a document between two dates: the route for programs and the page for readers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.concurrency import run_in_threadpool

from assistant.api.asking import read_date
from assistant.api.schemas import problem_responses
from assistant.api.services import Services
from assistant.api.templating import Templates
from assistant.changes.schemas import ChangesReport
from assistant.changes.words import word_changes
from vectorstore.errors import LsipError, NotFoundError, UsageError


def changes_router(services: Services) -> APIRouter:
    """The route under /v1/documents that compares."""
    router = APIRouter(prefix="/v1/documents", tags=["Documents"])

    @router.get(
        "/{document_id:path}/changes",
        summary="What changed between two dates",
        responses=problem_responses(404, 422, 503),
    )
    def changes(
        document_id: str,
        start: Annotated[date, Query(alias="from", description="The earlier date")],
        end: Annotated[date | None, Query(alias="to", description="The later date; today if left out")] = None,
        collection: Annotated[str | None, Query(max_length=64)] = None,
    ) -> ChangesReport:
        """Clause by clause what was added, removed and reworded, with the exact words of both sides."""
        name = collection or services.settings.collection
        services.catalogue.manifest(name)
        return services.changes_desk(name).report(document_id, start, end or services.settings.current_date())

    return router


def changes_pages_router(services: Services, templates: Templates) -> APIRouter:
    """The page of a comparison; not part of the OpenAPI document. To be included before the page of a version."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/documents/{document_id:path}/changes", methods=["GET", "HEAD"])
    async def page(
        document_id: str, start: Annotated[str, Query(alias="from")] = "", end: Annotated[str, Query(alias="to")] = ""
    ) -> Response:
        return await run_in_threadpool(_page, document_id, read_date(start), read_date(end))

    def _page(document_id: str, start: date | None, end: date | None) -> Response:
        desk = services.changes_desk(services.settings.collection)
        editions = desk.editions(document_id)
        starts = sorted({v.valid_from for v in editions if v.valid_from})
        last = end or services.settings.current_date()
        first = start or next((s for s in reversed(starts[:-1]) if s < last), None)
        report, wrong = None, ""
        try:
            if first is None:
                raise NotFoundError(
                    "Only one edition of this document is held.", "There is nothing to compare it with."
                )
            report = desk.report(document_id, first, last)
        except (NotFoundError, UsageError) as error:
            wrong = _said(error)
        return templates.page(
            "changes.html",
            status=422 if wrong and start else 200,
            document_id=document_id,
            title=editions[-1].title,
            editions=editions,
            first=first,
            last=last,
            report=report,
            wrong=wrong,
            words=word_changes,
        )

    return router


def _said(error: LsipError) -> str:
    return f"{error.message} {error.remedy}"
