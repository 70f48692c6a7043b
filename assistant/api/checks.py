"""Checks of duty and eligibility: the routes for programs, which keep nothing, and the forms for readers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api.asking import read_date
from assistant.api.schemas import problem_responses
from assistant.api.services import Services
from assistant.api.templating import Templates
from assistant.eligibility.schemas import CheckReport, ChecksReport
from assistant.presenting.cards import cards
from vectorstore.errors import NotFoundError, UsageError
from vectorstore.rules.model import Outcome

MOST_FACTS = 30
LONGEST = 200
OUTCOMES = {
    Outcome.ELIGIBLE: ("Yes", "good"),
    Outcome.PARTLY: ("In part", "coming"),
    Outcome.NOT_ELIGIBLE: ("No", "past"),
    Outcome.NOT_ENOUGH_INFORMATION: ("Not enough information", "coming"),
    Outcome.NO_RULE_IN_FORCE: ("No rule in force", "past"),
}


class FactsGiven(BaseModel):
    """What is known of the asker: facts by their ids; "unknown" says that it was asked and is not known."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"facts": {"provider_type": "university"}, "as_of": "2026-11-25"}]},
    )

    facts: dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=LONGEST)]] = Field(
        default_factory=dict, max_length=MOST_FACTS
    )
    as_of: date | None = None
    collection: str | None = Field(None, max_length=64)


def checks_router(services: Services) -> APIRouter:
    """Routes under /v1/checks."""
    router = APIRouter(prefix="/v1/checks", tags=["Checks"])

    @router.get("", summary="The checks there are", responses=problem_responses(422, 503))
    def listing(
        as_of: Annotated[date | None, Query(description="The date asked about; today if left out")] = None,
        collection: Annotated[str | None, Query(max_length=64)] = None,
    ) -> ChecksReport:
        """Each check with the facts it asks for."""
        name = collection or services.settings.collection
        services.catalogue.manifest(name)
        return services.check_desk(name).checks(as_of or services.settings.current_date())

    @router.post("/{check_id}", summary="Run a check", responses=problem_responses(400, 404, 413, 422, 503))
    def run(check_id: str, given: FactsGiven) -> CheckReport:
        """The outcome for the facts given, the rows that decide it with their quotations, and what is missing."""
        name = given.collection or services.settings.collection
        services.catalogue.manifest(name)
        desk = services.check_desk(name)
        known(desk.checks(services.settings.current_date()), check_id)
        return desk.report(check_id, given.facts, given.as_of or services.settings.current_date())

    return router


def known(listed: ChecksReport, check_id: str) -> Any:
    """The check of that id. Raises NotFoundError."""
    found = next((c for c in listed.checks if c.id == check_id), None)
    if found is None:
        raise NotFoundError(f"There is no check {check_id!r}.", "/v1/checks lists the checks.")
    return found


def checks_pages_router(services: Services, templates: Templates) -> APIRouter:
    """The forms; not part of the OpenAPI document. An address with answers in it shows the same finding again."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/checks", methods=["GET", "HEAD"])
    def listing() -> Response:
        today = services.settings.current_date()
        listed = services.check_desk(services.settings.collection).checks(today)
        return templates.page("checks.html", checks=listed.checks)

    @router.api_route("/checks/{check_id}", methods=["GET", "HEAD"])
    async def form(request: Request, check_id: str, as_of: str = "") -> Response:
        given = {
            name: value.strip()[:LONGEST]
            for name, value in list(request.query_params.items())[: MOST_FACTS + 1]
            if name != "as_of" and value.strip()
        }
        return await run_in_threadpool(_form, check_id, given, as_of)

    def _form(check_id: str, given: dict[str, str], as_of: str) -> Response:
        today = services.settings.current_date()
        on = read_date(as_of) or today
        desk = services.check_desk(services.settings.collection)
        check = known(desk.checks(on), check_id)
        report, wrong, shown = None, "", []
        try:
            report = desk.report(check_id, given, on)
        except UsageError as error:
            wrong = f"{error.message} {error.remedy}"
        if report is not None:
            shown = cards(report.citations, on, today, services.catalogue)
        label, tone = OUTCOMES[report.outcome] if report is not None else ("", "")
        return templates.page(
            "check.html",
            status=422 if wrong else 200,
            check=check,
            given=given,
            report=report,
            wrong=wrong,
            outcome=label,
            tone=tone,
            cards=shown,
            asked=bool(given) or bool(as_of.strip()),
            on=on,
            as_of=as_of.strip(),
        )

    return router
