"""Runs the benchmarks one after the other, each in a fresh data directory, and prints medians and ratios.

`slack=FOLDER` measures the Slack app over a data directory that is there.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import ablations, answers, areas, ingestion, search, slack, startup

BENCHES = {
    "ingestion": ingestion.run,
    "answers": answers.run,
    "areas": areas.run,
    "startup": startup.run,
    "search": search.run,
    "ablations": ablations.run,
    "slack": slack.run,
}
OVER = {"slack": slack.over}  # over a data directory that is there
SHORT = ("ingestion", "answers", "areas", "startup")  # what runs when nothing is named; the others take minutes


def main() -> None:
    wanted = sys.argv[1:] or list(SHORT)
    console = Console(highlight=False)
    results: dict[str, dict[str, object]] = {}
    for name in wanted:
        console.print(f"running {name} ...")
        bench, _, held = name.partition("=")
        if held:
            results[name] = OVER[bench](Path(held))
        else:
            with tempfile.TemporaryDirectory() as folder:
                results[name] = BENCHES[bench](Path(folder))
        table = Table(title=name, show_header=False)
        for key, value in results[name].items():
            table.add_row(key, f"{value:.3g}" if isinstance(value, float) else str(value))
        console.print(table)
    out = Path("bench-out")
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps(results, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
