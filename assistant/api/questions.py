"""The routes for programs that ask: a question in, an answer out; stored answers and their receipts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse

from assistant.answering.model import Answer, AnswerStatus, Question
from assistant.api import problems
from assistant.api.asking import Desk
from assistant.api.event_stream import EVENT_STREAM, event_stream
from assistant.api.schemas import QUESTION_EXAMPLES, Receipt, problem_responses
from assistant.api.services import Services

_ANSWER_DOC: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer. `status` says how the question was dealt with",
    }
}
_ASKED_DOC: dict[int | str, dict[str, Any]] = {
    200: {
        **_ANSWER_DOC[200],
        "content": {EVENT_STREAM: {"schema": {"type": "string", "description": "Server-sent events"}}},
    }
}


def questions_router(services: Services, desk: Desk) -> APIRouter:
    """Routes under /v1 for questions and answers."""
    router = APIRouter(prefix="/v1", tags=["Questions"])

    @router.post(
        "/questions",
        summary="Ask a question",
        response_model=Answer,
        responses=_ASKED_DOC | problem_responses(422, 500, 503),
    )
    async def ask(
        request: Request, question: Annotated[Question, Body(openapi_examples=QUESTION_EXAMPLES)]
    ) -> Response:
        """Every statement of the answer has a quotation, held word for word, with the place where it stands.

        A `conversation_id` without `history` takes up the stored turns of that conversation. With
        `Accept: text/event-stream` the answer comes as events: `accepted`, `step`, `citation`, `sentence`, and at the
        end `done`, whose answer replaces all that came before it, or `failed` with a problem.
        """
        if EVENT_STREAM in request.headers.get("accept", ""):
            return await event_stream(desk.feed(question))
        answer = await desk.ask(question)
        if answer.status is AnswerStatus.BUSY:
            return problems.busy().response()
        if answer.status is AnswerStatus.FAILED:
            return problems.failed(answer.answer_id).response()
        return JSONResponse(answer.model_dump(mode="json"))

    @router.get(
        "/answers/{answer_id}",
        summary="A stored answer",
        response_model=Answer,
        responses=_ANSWER_DOC | problem_responses(404, 422, 503),
    )
    def stored(answer_id: str) -> Response:
        """The answer as it was given."""
        return JSONResponse(services.store.answer(answer_id))

    @router.get(
        "/answers/{answer_id}/receipt",
        summary="The receipt of a stored answer",
        response_model=Receipt,
        responses=problem_responses(404, 422, 503),
    )
    def receipt(answer_id: str) -> Response:
        """What made the answer, and where each quotation stands, so that anyone can check it again."""
        return JSONResponse(services.store.receipt(answer_id))

    return router
