"""The route for programs that ask: a question in, an answer out, at once, as events, or to be fetched later."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.answering.events import Accepted, Done
from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.api import problems
from assistant.api.asking import Desk
from assistant.api.callers import Caller, caller_of
from assistant.api.errand import AnsweredBefore, Errand
from assistant.api.event_stream import EVENT_STREAM, event_stream
from assistant.api.feed import Told
from assistant.api.schemas import QUESTION_EXAMPLES, problem_responses
from assistant.api.services import Services
from assistant.api.stored import PENDING_DOC

REPLAYED = {"Idempotency-Replayed": "true"}
_ASYNC = re.compile(r"(?:^|[,;\s])respond-async(?:$|[,;\s])", re.IGNORECASE)
_ASKED_DOC: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer. `status` says how the question was dealt with",
        "content": {EVENT_STREAM: {"schema": {"type": "string", "description": "Server-sent events"}}},
        "headers": {
            "Idempotency-Replayed": {"schema": {"type": "string"}, "description": "The request was answered before"}
        },
    }
}


def questions_router(services: Services, desk: Desk) -> APIRouter:
    """POST /v1/questions."""
    router = APIRouter(prefix="/v1", tags=["Questions"])

    @router.post(
        "/questions",
        summary="Ask a question",
        response_model=Answer,
        responses=_ASKED_DOC | PENDING_DOC | problem_responses(400, 403, 409, 413, 422, 500, 503),
    )
    async def ask(
        request: Request,
        question: Annotated[Question, Body(openapi_examples=QUESTION_EXAMPLES)],
        caller: Annotated[Caller, Depends(caller_of)],
        idempotency_key: Annotated[
            str | None,
            Header(min_length=1, max_length=255, description="A request sent again under its key is not asked again"),
        ] = None,
        prefer: Annotated[
            str | None, Header(max_length=255, description="`respond-async`: 202 now, the answer by its address")
        ] = None,
    ) -> Response:
        """Every statement of the answer has a quotation, held word for word, with the place where it stands.

        A `conversation_id` without `history` takes up the stored turns of that conversation; a conversation has one
        question at a time. With `Accept: text/event-stream` the answer comes as events: `accepted` (with the ids of
        conversation and answer), `step`, `citation`, `sentence`, and at the end `done`, whose answer replaces all
        that came before it, or `failed` with a problem. With `Prefer: respond-async` it is fetched from
        `/v1/answers/{answer_id}` when it is there. An `Idempotency-Key` is remembered for a day; under one a stream
        that breaks does not stop the work: the answer is there to be fetched, or is given to the same request again.
        """
        taken = await desk.take(question, caller, idempotency_key)
        streamed = EVENT_STREAM in request.headers.get("accept", "")
        if isinstance(taken, AnsweredBefore):
            return await _replayed(taken, streamed)
        if streamed:
            return await event_stream(desk.feed(taken), goes_on=taken.key is not None)
        if _ASYNC.search(prefer or ""):
            return await _later(taken)
        answer = await desk.ask(taken)
        if answer.status is AnswerStatus.BUSY:
            return problems.busy().response()
        if answer.status is AnswerStatus.FAILED:
            return problems.failed(answer.answer_id).response()
        return JSONResponse(answer.model_dump(mode="json"))

    async def _replayed(before: AnsweredBefore, streamed: bool) -> Response:
        """The stored answer of a request that was sent before."""
        stored = await run_in_threadpool(services.store.answer, before.answer_id)
        stored.pop("affected", None)
        answer = Answer.model_validate(stored)
        if streamed:
            accepted = Accepted(answer.conversation_id, answer.answer_id)
            return await event_stream(Told(accepted, Done(answer)), REPLAYED)
        return JSONResponse(answer.model_dump(mode="json"), headers=REPLAYED)

    async def _later(errand: Errand) -> Response:
        """The promise of an answer. What is wrong with the question is told now, as for the other forms."""
        await desk.feed(errand).first()
        answer_id = errand.origin.answer_id
        return JSONResponse(
            {"answer_id": answer_id, "state": "pending", "conversation_id": errand.question.conversation_id},
            status_code=202,
            headers={
                "Location": f"/v1/answers/{answer_id}",
                "Retry-After": "1",
                "Preference-Applied": "respond-async",
            },
        )

    return router
