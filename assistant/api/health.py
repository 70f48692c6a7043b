"""Is the process up, and can it answer?"""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.api.problems import of_error
from assistant.api.schemas import Health, problem_responses
from assistant.api.services import Services
from vectorstore.errors import KnowledgeError, LsipError


def health_router(services: Services) -> APIRouter:
    """/healthz and /readyz."""
    router = APIRouter(tags=["Health"])

    @router.get("/healthz", summary="Is the process up?")
    async def healthz() -> Health:
        """Answers as long as the process does; looks at nothing else."""
        return Health(status="ok")

    @router.get(
        "/readyz", summary="Can it answer questions?", response_model=Health, responses=problem_responses(503)
    )
    def readyz() -> Health | Response:
        """Ready when the catalogue answers and the collection has been ingested."""
        try:
            services.catalogue.check()
            services.catalogue.manifest(services.settings.collection)
        except LsipError as error:
            return of_error(KnowledgeError(error.message, error.remedy)).response()
        return Health(status="ready")

    return router
