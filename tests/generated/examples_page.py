"""docs/examples.md: commands with what they print, over the starter corpus as of a fixed day."""

from __future__ import annotations

import shlex
from collections.abc import Callable

TODAY = "2026-11-25"
WIDTH = "100"
HEAD = f"""# Examples

Made by running the commands (`python -m tests.generated`) over the starter corpus, with `LSIP_TODAY={TODAY}` and a
terminal {WIDTH} columns wide; a test runs them again and compares. Exit codes: 0 found, 1 nothing, 2 wrong usage.

"""
EXAMPLES = (
    ("Which plan covers a place", 'area "CV1 2AB"'),
    ("Is there still time?", 'ask "Is there still time to apply for the LSIF?"'),
    ("The same question on an earlier day", 'ask "Is there still time to apply for the LSIF?" --as-of 2023-06-12'),
    ("What comes next", 'ask "What happens next with the plans?" --as-of 2026-02-01'),
    ("A date that is known only to the season", 'ask "Has the second-cycle plan been approved?"'),
    ("The dates of a fund", "timeline --fund lsif"),
    ("The dates of an area since 2026", "timeline --area Lancashire --from 2026-01-01"),
    ("Ten working days over Christmas", "timeline --term erb-terms-contact --start 2025-12-19"),
    (
        "A check with a deadline",
        "check accountability-statement --set provider_type=fe_college --set year=2026-27",
    ),
    (
        "One pound decides",
        "check accountability-statement --set provider_type=council --set year=2026-27 --set provision=1000001",
    ),
    ("A check that needs to know more", "check lsip-duties --set provider_type=university"),
    (
        "A closed fund",
        "check lsif-stage-2 --set provider_type=fe_college --set role=lead --set area=Preston",
    ),
    (
        "The same fund while it was open",
        "check lsif-stage-2 --set financial_year=2024-25 --set kind_of_money=revenue --as-of 2023-08-01",
    ),
    (
        "A check in a conversation",
        'ask "We are a private training provider in Leeds: do the LSIP duties apply to us?"',
    ),
    ("Sources that differ", 'ask "Sources differ on when LSIF projects in the Marches ended: which is right?"'),
    ("What changed in the Act", "changes act-section-1 --from 2024-01-01 --to 2026-01-01"),
    ("What changed in the guidance, in words", 'ask "What changed between the 2023 and 2025 guidance?"'),
    ("Wrong usage", "check accountability-statement --set year=1999"),
)


def page(run: Callable[..., tuple[int, str]]) -> str:
    """The whole page; `run` runs one command and gives its exit code and what it printed."""
    made = [HEAD]
    for title, command in EXAMPLES:
        code, printed = run(*shlex.split(command))
        body = "\n".join(line.rstrip() for line in printed.strip("\n").split("\n"))
        made.append(f"## {title}\n\n```\n$ lsip {command}\n{body}\n```\n\nExit code {code}.\n\n")
    return "".join(made).rstrip() + "\n"
