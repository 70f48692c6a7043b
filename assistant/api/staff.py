"""The pages for the people who run the service: what is asked, what is not answered, what is to be checked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, FastAPI, Form, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.exceptions import HTTPException

from assistant.answering.model import Answer, AnswerStatus
from assistant.api import staff_lists as lists
from assistant.api.services import Services, held_versions
from assistant.api.staff_session import PATH, NotSignedInError, StaffSession
from assistant.api.stored import AnswerId
from assistant.api.templating import Templates
from assistant.presenting.cards import cards

PER_PAGE = 50
DAYS = 90
RUNS = 100
SHOWN = {"X-Robots-Tag": "noindex"}
Word = Annotated[str, Query(max_length=64, pattern=r"^[^\x00]*$")]


def install_staff(app: FastAPI, services: Services, templates: Templates) -> None:
    """The staff pages and the form that leads to them; all are 404 while no key is set."""
    session = StaffSession(services)
    open_door = APIRouter(prefix=PATH, include_in_schema=False)
    router = APIRouter(prefix=PATH, include_in_schema=False, dependencies=[Depends(session.require)])

    def page(name: str, here: str, **values: Any) -> Response:
        return templates.page(name, headers=SHOWN, staff_here=here, lists=lists.LISTS.values(), **values)

    def file(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
        named = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store", **SHOWN}
        return StreamingResponse(lists.as_csv(heading, rows), media_type="text/csv; charset=utf-8", headers=named)

    def form(status: int, wrong: str = "") -> Response:
        return templates.page("staff_sign_in.html", status=status, headers=SHOWN, wrong=wrong)

    @app.exception_handler(NotSignedInError)
    async def not_signed_in(_request: Request, _error: NotSignedInError) -> Response:
        return form(401)

    @open_door.post("/sign-in")
    def sign_in(request: Request, key: Annotated[str, Form(max_length=500)] = "") -> Response:
        if session.blocked():
            return form(429, "Too many wrong keys were given. Wait a minute, then try again.")
        if not session.opens(key):
            return form(401, "That is not the key.")
        response = RedirectResponse(PATH, status_code=303)
        session.let_in(request, response)
        return response

    @router.post("/sign-out")
    def sign_out() -> Response:
        response = RedirectResponse(PATH, status_code=303)
        session.let_out(response)
        return response

    @router.get("")
    def overview() -> Response:
        days = services.records.ledger.days(30)
        seen = [s for s in AnswerStatus if any(d.statuses.get(s) for d in days)]  # nine columns do not fit a screen
        return page("staff_overview.html", "overview", days=days, statuses=seen)

    @router.get("/overview.csv")
    def overview_file() -> Response:
        return file("overview", lists.DAY_HEADING, lists.day_rows(services.records.ledger.days(3650)))

    @router.get("/runs")
    def runs() -> Response:
        return page("staff_runs.html", "runs", runs=services.records.ledger.runs(RUNS), counts=lists.counts)

    @router.get("/runs.csv")
    def runs_file() -> Response:
        return file("runs", lists.RUN_HEADING, lists.run_rows(services.records.ledger.runs(lists.MOST)))

    def due(days: int) -> list[lists.Due]:
        held = held_versions(services.catalogue, services.settings.collection)
        return lists.due(held, services.settings.current_date(), days)

    @router.get("/sources")
    def sources(days: Annotated[int, Query(ge=0, le=3650)] = DAYS) -> Response:
        return page("staff_sources.html", "sources", due=due(days), days=days)

    @router.get("/sources.csv")
    def sources_file(days: Annotated[int, Query(ge=0, le=3650)] = DAYS) -> Response:
        return file("sources", lists.DUE_HEADING, lists.due_rows(due(days)))

    @router.get("/answers/{answer_id}")
    def answer(answer_id: AnswerId) -> Response:
        asked = services.records.ledger.question(answer_id)
        given = Answer.model_validate(asked.answer)
        today = services.settings.current_date()
        shown = cards(given.citations, given.as_of, today, services.catalogue)
        return page("staff_question.html", "", q=asked, answer=given, cards=shown)

    def listed(name: str) -> lists.QuestionList:
        if name not in lists.LISTS:
            raise HTTPException(404)
        return lists.LISTS[name]

    @router.get("/{name}.csv")
    def questions_file(name: str, status: Word = "", door: Word = "", site: Word = "", vote: Word = "") -> Response:
        wanted = lists.narrowed(listed(name), status, door, site, vote)
        return file(name, lists.QUESTION_HEADING, lists.question_rows(services.records.ledger, wanted))

    @router.get("/{name}")
    def questions(
        name: str,
        status: Word = "",
        door: Word = "",
        site: Word = "",
        vote: Word = "",
        page_number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    ) -> Response:
        of, ledger = listed(name), services.records.ledger
        wanted = lists.narrowed(of, status, door, site, vote)
        total = ledger.count(wanted)
        chosen = {"status": status, "door": door, "site": site, "vote": vote}
        return page(
            "staff_questions.html",
            name,
            of=of,
            found=ledger.questions(wanted, PER_PAGE, (page_number - 1) * PER_PAGE),
            total=total,
            number=page_number,
            last=max(1, -(-total // PER_PAGE)),
            chosen=chosen,
            query=urlencode({k: v for k, v in chosen.items() if v}),
            statuses=[s for s in AnswerStatus if not of.wanted.statuses or s in of.wanted.statuses],
            **ledger.values(),
        )

    app.include_router(open_door)
    app.include_router(router)
