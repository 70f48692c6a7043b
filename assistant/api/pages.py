"""The pages for readers: ask, browse, read, and what the service is. They work without scripts and set no cookies."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from starlette.concurrency import run_in_threadpool

from assistant.answering.model import ANSWERED, Answer, AnswerStatus
from assistant.api.asking import Desk, read_date, read_question
from assistant.api.callers import Caller, caller_of
from assistant.api.documents import held_version
from assistant.api.pool import RETRY_AFTER
from assistant.api.reading import parts
from assistant.api.services import Services, held_versions
from assistant.api.shelves import edition, shelves
from assistant.api.templating import Templates
from assistant.presenting.cards import cards, compiled, evidence, grounds, successor
from assistant.presenting.paths import ask_path
from assistant.presenting.wording import KINDS, Window, badge, dates
from vectorstore.errors import UnknownCollectionError
from vectorstore.model import Version
from vectorstore.profile import AreaName, CollectionProfile
from vectorstore.validity import in_force

EXAMPLES = (
    "Is the LSIF still open?",
    "What must a college do once the plan is approved?",
    "How many LSIP areas are there?",
    "What does the Lancashire plan say about construction?",
)
PER_PAGE = 200  # documents on one page of the list

HEADINGS = {
    AnswerStatus.ANSWERED: "Answer",
    AnswerStatus.ANSWERED_PARTLY: "Part of an answer",
    AnswerStatus.CLARIFY: "One thing to settle first",
    AnswerStatus.NO_EVIDENCE: "No answer is held",
    AnswerStatus.OUT_OF_SCOPE: "Outside what this service covers",
    AnswerStatus.BLOCKED_INPUT: "The question was not taken",
    AnswerStatus.BLOCKED_OUTPUT: "The answer is withheld",
    AnswerStatus.BUSY: "Busy",
    AnswerStatus.FAILED: "Something went wrong",
}
_CODES = {AnswerStatus.BUSY: 503, AnswerStatus.FAILED: 500}
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


def pages_router(services: Services, desk: Desk, templates: Templates) -> APIRouter:
    """Routes of the pages; none is part of the OpenAPI document."""
    router = APIRouter(include_in_schema=False)
    browse = {"methods": ["GET", "HEAD"]}

    def profile() -> CollectionProfile:
        return services.catalogue.profile(services.settings.collection)

    @router.api_route("/", **browse)  # type: ignore[arg-type]
    async def home(
        caller: Annotated[Caller, Depends(caller_of)], q: str = "", as_of: str = "", area: str = ""
    ) -> Response:
        known = await run_in_threadpool(profile)
        values: dict[str, Any] = {
            "q": q,
            "as_of": as_of.strip(),
            "area": area.strip(),
            "areas": sorted(_areas_on(known, services.settings.current_date()), key=lambda a: a.name),
            "examples": EXAMPLES if known.subject or known.areas else (),
        }
        if not q.strip():
            return templates.page("home.html", **values)
        question = read_question(q, as_of, area)
        answer = await desk.ask(await desk.begin(question, caller))
        shown = await run_in_threadpool(_shown, answer, q)
        headers = {"Retry-After": str(RETRY_AFTER)} if answer.status is AnswerStatus.BUSY else None
        choices = [(c.label, ask_path(c.question, question.as_of, question.area)) for c in answer.choices]
        status = _CODES.get(answer.status, 200)
        return templates.page("answer.html", status=status, headers=headers, choices=choices, **values, **shown)

    def _shown(answer: Answer, asked: str) -> dict[str, Any]:
        """What the page of an answer needs beyond the question."""
        today = services.settings.current_date()
        return {
            "answer": answer,
            "heading": HEADINGS[answer.status],
            "answered": answer.status in ANSWERED,
            "read_as": "" if _alike(answer.interpreted_question, asked) else answer.interpreted_question,
            "cards": cards(answer.citations, answer.as_of, today, services.catalogue),
        }

    @router.api_route("/documents", **browse)  # type: ignore[arg-type]
    def documents(
        as_of: str = "", area: str = "", show: str = "", page: Annotated[int, Query(ge=1, le=100_000)] = 1
    ) -> Response:
        today = services.settings.current_date()
        on = read_date(as_of) or today
        name = services.settings.collection
        every = show == "all"
        held = held_versions(services.catalogue, name)
        chosen = [v for v in held if (every or in_force(v, on)) and (not area or v.area == area)]
        ids = list(dict.fromkeys(v.document_id for v in chosen))
        last = max(1, -(-len(ids) // PER_PAGE))
        wanted = set(ids[(page - 1) * PER_PAGE : page * PER_PAGE])
        known = profile()
        names = {a.id: a.name for a in known.areas}
        present = sorted({v.area for v in held if v.area}, key=lambda i: names.get(i, i))
        return templates.page(
            "documents.html",
            shelves=shelves((v for v in chosen if v.document_id in wanted), on, today, names),
            on=on,
            as_of=as_of.strip(),
            area=area,
            areas=[(i, names.get(i, i)) for i in present],
            every=every,
            document_count=len(ids),
            version_count=len(chosen),
            page=page,
            last=last,
        )

    @router.api_route("/documents/{document_id:path}/{version_id}", **browse)  # type: ignore[arg-type]
    def document(document_id: str, version_id: str, quote: str = "") -> Response:
        version = held_version(services, document_id, version_id)
        today = services.settings.current_date()
        known = {a.id: a.name for a in profile().areas}
        span = _SPAN.fullmatch(quote)
        held = parts(services.catalogue.passages_of(version_id), (int(span[1]), int(span[2])) if span else None)
        others = services.catalogue.versions(version.collection, document_id=document_id)
        return templates.page(
            "document.html",
            version=version,
            kind=KINDS[version.kind],
            brief=version.kind == "brief",
            area=known.get(version.area, version.area) if version.area else "",
            badge=badge(_window(version, today), today, today),
            dates=dates(version.valid_from, version.valid_to),
            successor=successor(version.superseded_by, services.catalogue),
            compiled=compiled(version.compiled_on, version.checked_on),
            parts=[(p, grounds(p.passage.rests_on), evidence(p.passage.evidence)) for p in held],
            others=[edition(v, today, today) for v in others if v.version_id != version_id],
        )

    @router.api_route("/about", **browse)  # type: ignore[arg-type]
    def about() -> Response:
        name = services.settings.collection
        try:
            held = held_versions(services.catalogue, name)
        except UnknownCollectionError:
            held = []
        known = profile()
        return templates.page(
            "about.html",
            subject=known.subject,
            areas=len(_areas_on(known, services.settings.current_date())),
            ask=known.ask,
            retention_days=services.settings.retention_days,
            today=services.settings.current_date(),
            documents=len({v.document_id for v in held}),
            versions=len(held),
            compiled=max((v.compiled_on for v in held if v.compiled_on), default=None),
            checked=max((v.checked_on for v in held if v.checked_on), default=None),
        )

    return router


def _areas_on(profile: CollectionProfile, on: date) -> list[AreaName]:
    """The areas of a collection that exist on a date."""
    return [
        a
        for a in profile.areas
        if (a.valid_from is None or a.valid_from <= on) and (a.valid_to is None or on <= a.valid_to)
    ]


def _alike(one: str, other: str) -> bool:
    """Whether two questions differ in no more than white space, case and the last mark."""
    return not one or " ".join(one.split()).rstrip("?. ").lower() == " ".join(other.split()).rstrip("?. ").lower()


def _window(version: Version, on: date) -> Window:
    return Window(version.status, version.valid_from, version.valid_to, in_force(version, on))
