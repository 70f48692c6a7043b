"""What a terminal shows, as text."""

from __future__ import annotations

import io
from collections.abc import Callable

from rich.console import Console

from assistant.answering.model import Answer
from assistant.cli.ask import print_answer


def shown(answer: Answer) -> str:
    """The answer as `lsip ask` prints it, white space made single."""
    out = io.StringIO()
    print_answer(answer, Console(file=out, width=100), lambda version: None)
    return " ".join(out.getvalue().split())


def flat(text: str) -> str:
    return " ".join(text.split())


def printed(show: Callable[[Console], None]) -> str:
    """What `show` prints, white space made single; nothing is cut or coloured."""
    out = io.StringIO()
    show(Console(file=out, width=120, highlight=False, markup=False))
    return flat(out.getvalue())
