"""The page of a stored answer, for doors that can show only a part of it; whoever has its address can read it."""

from __future__ import annotations

import re

from fastapi import APIRouter, Response

from assistant.answering.model import ANSWERED
from assistant.api.pages import HEADINGS
from assistant.api.services import Services
from assistant.api.stored import ID_PATTERN, StoredAnswer
from assistant.api.templating import Templates
from assistant.presenting.cards import cards
from assistant.presenting.paths import ask_path
from vectorstore.errors import NotFoundError


def answer_pages_router(services: Services, templates: Templates) -> APIRouter:
    """The route /answers/{answer_id}; not part of the OpenAPI document."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/answers/{answer_id}", methods=["GET", "HEAD"])
    def stored(answer_id: str) -> Response:
        if not re.fullmatch(ID_PATTERN, answer_id):
            raise NotFoundError("There is no answer with that id.", "Ask the question again.")
        answer = StoredAnswer.model_validate(services.store.answer(answer_id))
        question = answer.interpreted_question
        return templates.page(
            "stored_answer.html",
            headers={"X-Robots-Tag": "noindex"},
            answer=answer,
            question=question,
            again=ask_path(question) if question else "",
            heading=HEADINGS[answer.status],
            answered=answer.status in ANSWERED,
            choices=[(c.label, ask_path(c.question)) for c in answer.choices],
            cards=cards(answer.citations, answer.as_of, services.settings.current_date(), services.catalogue),
        )

    return router
