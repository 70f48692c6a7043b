"""Counts and times for Prometheus. No label holds words of a question, an id or an address."""

from __future__ import annotations

import os
from collections.abc import Callable

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.process_collector import ProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # set where several processes share a port
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one service."""

    def __init__(self, taken: Callable[[], int]) -> None:
        """`taken` says how many questions are being answered or wait."""
        self._registry = CollectorRegistry()
        self._taken = taken
        self._shared = SHARED in os.environ
        if not self._shared:
            ProcessCollector(registry=self._registry)
        self._answers = Counter(
            "lsip_answers", "Answers by door and status", ("door", "status"), registry=self._registry
        )
        self._answer_seconds = Histogram(
            "lsip_answer_seconds", "From question to answer", ("door",), registry=self._registry, buckets=_SECONDS
        )
        self._requests = Counter(
            "lsip_requests",
            "Requests by method, route and status",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._request_seconds = Histogram(
            "lsip_request_seconds", "Time of requests", ("route",), registry=self._registry, buckets=_SECONDS
        )
        self._votes = Counter("lsip_votes", "Votes given or taken back", ("vote",), registry=self._registry)
        self._places = self._gauge("lsip_questions_taken", "Questions being answered or waiting")
        self.open_requests = self._gauge("lsip_open_requests", "Requests and streams under way")

    def _gauge(self, name: str, said: str) -> Gauge:
        return Gauge(name, said, registry=self._registry, multiprocess_mode="livesum")

    def answered(self, door: str, status: str, seconds: float) -> None:
        """An answer was given."""
        self._answers.labels(door, str(status)).inc()
        self._answer_seconds.labels(door).observe(seconds)

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was served."""
        self._places.set(self._taken())
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def voted(self, vote: str | None) -> None:
        """A vote was given, or taken back."""
        self._votes.labels(vote or "none").inc()

    def text(self) -> bytes:
        """All of it as Prometheus reads it; of several processes that share a port, their sums."""
        self._places.set(self._taken())
        if not self._shared:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


def metrics_router(metrics: Metrics) -> APIRouter:
    """/metrics, for a Prometheus inside the operator's network."""
    router = APIRouter(tags=["Health"])

    @router.get(
        "/metrics",
        summary="Numbers for Prometheus",
        response_class=Response,
        responses={
            200: {"description": "Prometheus text", "content": {"text/plain": {"schema": {"type": "string"}}}}
        },
    )
    def numbers() -> Response:
        """Counts and times since the process began. A public service keeps this address to its own network."""
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)

    return router
