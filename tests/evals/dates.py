"""Runs `dates.jsonl`: every question through chat, and every check it leads to through command, form and HTTP too.

python -m tests.evals.dates            (in an environment whose LSIP_DATA_DIR holds the ingested collection)
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict

from assistant.answering.model import Answer, Message, Question
from assistant.api.app import create_app
from assistant.cli.app import main as lsip
from assistant.composition import Application, build
from assistant.settings import load_settings

SETS = ("dates", "dates_held_out")


class DatedQuestion(BaseModel):
    """One question. `says`: of each list one must stand in the answer; `never`: none may."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    question: str
    as_of: date
    area: str | None = None
    history: tuple[Message, ...] = ()
    status: tuple[str, ...]
    outcome: tuple[str, ...] = ()
    says: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question; `wrong` is empty if it is right."""

    question: DatedQuestion
    answer: Answer
    wrong: tuple[str, ...]
    doors: str  # "" no check; "same"; or what differs


def load(name: str) -> list[DatedQuestion]:
    """The questions of one set."""
    lines = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [DatedQuestion.model_validate_json(line) for line in lines if line]


def judge(question: DatedQuestion, answer: Answer) -> tuple[str, ...]:
    """What is wrong with an answer, by status, outcome and words alone."""
    said = " ".join((answer.text, *(c.label for c in answer.choices))).casefold()
    found = []
    if answer.status not in question.status:
        found.append(f"status {answer.status}")
    outcomes = [f["outcome"] for f in answer.findings if f.get("kind") == "check"]
    if question.outcome and outcomes and outcomes[0] not in question.outcome:
        found.append(f"outcome {outcomes[0]}")
    found += [f"lacks one of {group}" for group in question.says if not any(w.casefold() in said for w in group)]
    found += [f"says {w!r}" for w in question.never if w.casefold() in said]
    return tuple(found)


def other_doors(client: TestClient, answer: Answer) -> str:
    """Whether command, form and HTTP find the same as the chat did for its check. "" if it ran none."""
    finding = next((f for f in answer.findings if f.get("kind") == "check"), None)
    if finding is None:
        return ""
    check, facts, on = finding["check"], finding["facts"], finding["as_of"]
    posted = client.post(f"/v1/checks/{check}", json={"facts": facts, "as_of": on}).json()
    arguments = ["check", check, "--json", "--as-of", on]
    arguments += [part for name, value in facts.items() for part in ("--set", f"{name}={value}")]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        lsip(arguments)
    commanded = json.loads(out.getvalue())
    page = client.get(f"/checks/{check}?{urlencode({**facts, 'as_of': on})}").text
    shown = re.search(r'id="finding_"><span class="chip \w+">([^<]+)<', page)
    label = {"eligible": "Yes", "partly": "In part", "not_eligible": "No"}.get(finding["outcome"])
    label = label or {"no_rule_in_force": "No rule in force"}.get(finding["outcome"], "Not enough information")

    def essence(report: dict[str, Any]) -> tuple[Any, ...]:
        return (
            report["outcome"],
            sorted(r["row"] for r in report["reasons"]),
            sorted(m["fact"] for m in report["missing"]),
        )

    chat = (finding["outcome"], sorted(finding["rows"]), sorted(finding["missing"]))
    if essence(posted) != chat:
        return f"HTTP differs: {essence(posted)} against {chat}"
    if essence(commanded) != chat:
        return f"the command differs: {essence(commanded)} against {chat}"
    if shown is None or shown[1] != label:
        return f"the form shows {shown[1] if shown else 'nothing'}, not {label}"
    return "same"


def run(app: Application, client: TestClient, name: str) -> list[Result]:
    """Ask every question of one set."""
    results = []
    for question in load(name):
        answer = app.assistant.ask(
            Question(question=question.question, as_of=question.as_of, area=question.area, history=question.history)
        )
        results.append(Result(question, answer, judge(question, answer), other_doors(client, answer)))
    return results


def findings_ms(app: Application) -> list[float]:
    """Milliseconds of single findings: every check with its facts as the set's answers read them, warm."""
    desk = app.check_desk(app.settings.collection)
    engine = app.eligibility(app.settings.collection)
    times = []
    for check in engine.book.checks.values():
        given = {f.id: f.choices[0].id for f in check.facts if f.choices}
        for on in sorted({r.valid_from for r in check.rows if r.valid_from}):
            desk.report(check.id, given, on)
            started = time.perf_counter()
            engine.next_fact(engine.assess(check, desk.read(check, given), on))
            times.append((time.perf_counter() - started) * 1000)
    return times


def show(results: list[Result]) -> None:
    """What is not right, and why."""
    for r in results:
        if r.wrong or r.doors not in ("", "same"):
            print(f"\n{r.question.id} ({r.question.kind}, as of {r.question.as_of}) {r.question.question}")
            print(f"   wrong: {'; '.join(r.wrong) or r.doors}   [{r.answer.status}]")
            print(f"   read as: {r.answer.interpreted_question}")
            print(f"   why: {r.question.why}\n   said: {r.answer.text[:700]!r}")


def main() -> int:
    """Print what is right, what is not and why; 1 if less than 97 % of a set is right."""
    app = build(load_settings())
    good = True
    with TestClient(create_app(app)) as client:  # a service that has stopped is not started again
        outcomes = {name: run(app, client, name) for name in sys.argv[1:] or SETS}
    for name, results in outcomes.items():
        show(results)
        right = sum(not r.wrong for r in results)
        good = good and right >= 0.97 * len(results)
        print(f"\n{name}: right {right} of {len(results)} ({100 * right / len(results):.1f} %)")
        print("   right by kind", dict(Counter(r.question.kind for r in results if not r.wrong)))
        doors = ("differ" if r.doors not in ("", "same") else r.doors or "no check" for r in results)
        print("   command, form and HTTP against chat", dict(Counter(doors)))
    times = findings_ms(app)
    print(f"one finding, ms: median {median(times):.2f}, p95 {quantiles(times, n=20)[-1]:.2f}, max {max(times):.2f}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
