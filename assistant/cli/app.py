"""The command line `lsip`: thin commands over the assistant; errors become two lines or a problem object."""

from __future__ import annotations

import json
import sys

import typer

from assistant.cli import (
    answers,
    area,
    ask,
    changes,
    check,
    doctor,
    documents,
    doors,
    evaluate,
    ingest,
    keys,
    parse,
    search,
    serve,
    sites,
    slack,
    timeline,
    widget,
)
from vectorstore.errors import LsipError, UsageError

app = typer.Typer(
    name="lsip",
    help="Cited answers on England's Local Skills Improvement Plans, as of any date.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("ask")(ask.ask)
app.command("search")(search.search)
app.command("area")(area.area)
app.command("timeline")(timeline.timeline)
app.command("check")(check.check)
app.command("changes")(changes.changes)
app.command("documents")(documents.documents)
app.command("ingest")(ingest.ingest)
app.command("parse")(parse.parse)
app.command("serve")(serve.serve)
app.command("eval")(evaluate.evaluate)
app.command("widget")(widget.widget)
app.command("doctor")(doctor.doctor)
app.add_typer(sites.app, name="sites")
app.add_typer(doors.app, name="doors")
app.add_typer(keys.app, name="keys")
app.add_typer(slack.app, name="slack")
app.add_typer(answers.answers)


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit codes: 0 found, 1 not found or failed, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        result = app(args=given, standalone_mode=False)
    except LsipError as error:
        return _report(error, as_json="--json" in given)
    except typer.Exit as stop:
        return int(stop.exit_code)
    except typer.Abort:
        return _interrupted()
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        if _is_click_usage(error):
            text = error.format_message()  # type: ignore[attr-defined]
            return _report(UsageError(text, "`lsip --help` shows the commands."), as_json="--json" in given)
        raise
    return int(result) if isinstance(result, int) else 0


def _is_click_usage(error: Exception) -> bool:
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _interrupted() -> int:
    print("Interrupted. What was finished is kept; run the same command again to go on.", file=sys.stderr)
    return 1


def _report(error: LsipError, *, as_json: bool) -> int:
    code = 2 if isinstance(error, UsageError) else 1
    if as_json:
        problem = {
            "type": f"urn:lsip:{error.code}",
            "title": error.message,
            "remedy": error.remedy,
            "exit_code": code,
        }
        print(json.dumps(problem, ensure_ascii=False))
    else:
        print(error.message, file=sys.stderr)
        print(error.remedy, file=sys.stderr)
    return code


def entry() -> None:
    """The console script: exits with the code of `main`."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
