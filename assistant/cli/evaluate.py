"""`lsip eval`: asks a set of questions and prints how good the answers are."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assistant.answering.model import Answer, Question
from assistant.cli.common import AsJson, CollectionName, application, print_json
from assistant.composition import Application
from assistant.evaluation.golden import GoldenQuestion, load
from assistant.evaluation.metrics import CUTOFFS, Outcome, Summary, observe, summarise
from vectorstore.errors import UsageError
from vectorstore.retrieval import Query

GOLDEN = Path("tests/evals/golden.jsonl")
HALVES = ("all", "tune", "report")


def evaluate(
    questions: Annotated[Path, typer.Option("--set", help="Questions as JSON Lines.")] = GOLDEN,
    half: Annotated[str, typer.Option("--half", help="all, tune or report.")] = "all",
    failures: Annotated[bool, typer.Option("--failures/--no-failures", help="List what is not right.")] = True,
    as_json: AsJson = False,
    collection: CollectionName = None,
) -> None:
    """Measure the answers on a set of questions: right, partly, wrong, exactness, abstention, stale, latency."""
    if half not in HALVES:
        raise UsageError(f"There is no half {half!r}.", f"Write one of {', '.join(HALVES)}.")
    app = application()
    outcomes = [
        run_one(app, q, collection or app.settings.collection) for q in load(questions) if half in ("all", q.half)
    ]
    summary = summarise(outcomes)
    if as_json:
        print_json({"summary": summary.as_json(), "outcomes": [asdict(o) for o in outcomes]})
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    print_summary(summary, console)
    if failures:
        for o in outcomes:
            if o.verdict != "right":
                console.print(f"\n{o.id} {o.verdict} ({o.kind}, {o.status}, {o.confidence:.2f}): {o.question}")
                console.print(f"   missing: {'; '.join(o.missing) or '-'}  asserted: {'; '.join(o.asserted) or '-'}")
                console.print(f"   said: {o.plain[:600]!r}")


def run_one(app: Application, question: GoldenQuestion, collection: str) -> Outcome:
    """Ask one question and check the answer: criteria, citations against the stored text, recall of retrieval."""
    asked = Question(question=question.question, as_of=question.as_of, area=question.area, collection=collection)
    answer = app.assistant.ask(asked)
    return observe(
        question,
        answer,
        [_exact(app, answer, n) for n in range(len(answer.citations))],
        _retrieved(app, question, answer, collection),
    )


def _exact(app: Application, answer: Answer, index: int) -> bool:
    c = answer.citations[index]
    return app.catalogue.text(c.version_id)[c.start : c.end] == c.quote


def _retrieved(app: Application, question: GoldenQuestion, answer: Answer, collection: str) -> list[str]:
    retriever = app.retriever(collection)
    areas = app.areas(collection)
    scope = areas.scope(areas.locate(question.question, answer.as_of))
    hits = retriever.search(Query(question.question, answer.as_of, areas=scope, limit=max(CUTOFFS)))
    return [h.passage.text for h in hits]


def print_summary(summary: Summary, console: Console) -> None:
    """The figures for a terminal."""

    def percent(value: float | None) -> str:
        return "-" if value is None else f"{100 * value:.1f} %"

    console.print(f"questions            {summary.questions}   {summary.verdicts}")
    console.print(f"right                {percent(summary.right)}  (answerable: {percent(summary.right_answerable)})")
    console.print(f"first sentence fits  {percent(summary.lead_answers)} of answered")
    console.print("recall               " + "  ".join(f"@{k} {percent(v)}" for k, v in summary.recall.items()))
    console.print(f"citations exact      {percent(summary.exact)} of {summary.citations}")
    console.print(f"stale served         {summary.stale_served}   false premise accepted {summary.premises_accepted}")
    console.print(f"in scope refused     {percent(summary.refused_in_scope)}")
    console.print(
        f"unanswerable refused {percent(summary.abstained)}   "
        f"precision of refusal {percent(summary.abstention_precision)}"
    )
    console.print(f"right by kind cited  { ({k: percent(v) for k, v in summary.answers_by_kind.items()}) }")
    console.print(f"latency              median {summary.median_ms:.0f} ms, p95 {summary.p95_ms:.0f} ms")
    for kind, text in summary.by_kind.items():
        console.print(f"  {kind:15} {text}")
