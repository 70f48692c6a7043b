"""The command of the adapters."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.evals.adapters import beir, conditionalqa, doc2dial, sharc, squad
from tests.evals.adapters.common import Adapter, write
from vectorstore.errors import LsipError, UsageError

ADAPTERS: dict[str, Adapter] = {
    "squad": squad.adapt,
    "beir": beir.adapt,
    "doc2dial": doc2dial.adapt,
    "conditionalqa": conditionalqa.adapt,
    "sharc": sharc.adapt,
}


def main(arguments: list[str] | None = None) -> int:
    """Adapt one set. Exit codes: 0 done, 2 wrong usage or files of another shape."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.adapters", description=__doc__)
    parser.add_argument("name", choices=sorted(ADAPTERS), help="shape of the set")
    parser.add_argument("source", type=Path, help="folder with the downloaded files")
    parser.add_argument("out", type=Path, help="folder for documents.jsonl and questions.jsonl")
    parser.add_argument("--limit", type=int, help="at most so many questions; the documents stay all")
    given = parser.parse_args(arguments)
    try:
        documents, questions = run(given.name, given.source, given.out, given.limit)
    except LsipError as error:
        print(error.message, error.remedy, sep="\n", file=sys.stderr)
        return 2
    print(f"{documents} documents and {questions} questions in {given.out}. Next:")
    print(f"lsip ingest --path {given.out / 'documents.jsonl'} --collection {given.name}")
    print(f"lsip eval --set {given.out / 'questions.jsonl'} --collection {given.name} --out {given.out / 'run'}")
    return 0


def run(name: str, source: Path, out: Path, limit: int | None) -> tuple[int, int]:
    """Adapt the files in `source`. Raises UsageError for files that are missing or of another shape."""
    if not source.is_dir():
        raise UsageError(f"There is no folder {str(source)!r}.", "Give the folder that holds the downloaded files.")
    if limit is not None and limit < 1:
        raise UsageError("--limit must be 1 or more.", "Leave it out for all questions.")
    try:
        adapted = ADAPTERS[name](source)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise UsageError(
            f"The files in {source.name} are not of the shape of {name!r} ({type(error).__name__} at {error}).",
            "docs/evaluating.md says which files of which set are read.",
        ) from error
    if not adapted.questions:
        raise UsageError(f"There are no questions in {source.name}.", "Download the set again.")
    return write(adapted, out, limit)


if __name__ == "__main__":
    sys.exit(main())
