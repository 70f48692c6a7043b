"""Decision tables in YAML become checks: typed, and proved sound by enumeration before anything is ingested."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from vectorstore.errors import BadFileError
from vectorstore.rules.enumeration import prove
from vectorstore.rules.model import Check

CHECKS_FOLDER = "checks"
SHARED_FACTS = "shared_facts.yaml"
_REMEDY = "docs/add-a-fund.md shows how a table is written."


def load_checks(folder: Path) -> tuple[Check, ...]:
    """The checks of a folder of facts, by file name.

    Raises BadFileError that names file and place for a table that cannot be read or that is not sound.
    """
    paths = sorted((folder / CHECKS_FOLDER).glob("*.yaml"))
    shared = _shared(folder / SHARED_FACTS) if paths else {}
    return tuple(load_check(path, shared) for path in paths)


def load_check(path: Path, shared: Mapping[str, Any] | None = None) -> Check:
    """One decision table, proved; facts that it only `use`s come from the shared ones. Raises BadFileError."""
    try:
        check = Check.model_validate(_with_shared(_read(path), shared or {}))
        proof = prove(check)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(p) for p in first["loc"]) or "the table"
        raise BadFileError(f"{path.name}: {where}: {first['msg'].lower()}.", _REMEDY) from error
    except (ValueError, TypeError, AttributeError, KeyError) as error:  # shapes that YAML allows and a table does not
        raise BadFileError(f"{path.name} is no decision table: {error}.", _REMEDY) from error
    for problem in proof.problems(check):
        raise BadFileError(f"{path.name} is not sound: {problem}.", _REMEDY)
    return check


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise BadFileError(f"{path.name} cannot be read.", f"Write it as YAML in UTF-8. {_REMEDY}") from error


def _shared(path: Path) -> Mapping[str, Any]:
    """The facts that several checks ask for, by id."""
    facts = _read(path) if path.is_file() else {}
    if not isinstance(facts, dict):
        raise BadFileError(f"{path.name} is no table of facts by their ids.", _REMEDY)
    return facts


def _with_shared(table: Any, shared: Mapping[str, Any]) -> Any:
    """`table` with each fact `{use: ID, ...}` filled in: what it says itself goes first, `values` choose by id."""
    if not isinstance(table, dict) or not isinstance(table.get("facts"), list):
        return table
    return {**table, "facts": [_filled(fact, shared) for fact in table["facts"]]}


def _filled(fact: Any, shared: Mapping[str, Any]) -> Any:
    if not isinstance(fact, dict) or "use" not in fact:
        return fact
    own = {k: v for k, v in fact.items() if k != "use"}
    if fact["use"] not in shared:
        raise ValueError(f"there is no shared fact {fact['use']!r}")
    common = shared[fact["use"]]
    made = {"id": fact["use"], **common, **own}
    if "values" in own:
        known = {v["id"]: v for v in common.get("values", ())}
        made["values"] = [known.get(v, v) if isinstance(v, str) else v for v in own["values"]]
    return made


def problems(checks: Iterable[Check], events: set[str]) -> Iterable[str]:
    """What no single table can show: ids that stand twice, events not there, patterns that cannot be read."""
    checks = list(checks)
    for what, ids in (("check", [c.id for c in checks]), ("row", [r.id for c in checks for r in c.rows])):
        yield from (f"the {what} {i} stands twice" for i, n in Counter(ids).items() if n > 1)
    for check in checks:
        yield from (
            f"{check.id}: row {r.id} leads to the event {r.event}, which is not there"
            for r in check.rows
            if r.event and r.event not in events
        )
        patterns = [check.asked_as, check.unless, *(g.asked_as for g in check.general)]
        patterns += [p for f in check.facts for p in (f.said, f.said_yes, f.said_no, *(v.said for v in f.values))]
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                yield f"{check.id}: the pattern {pattern!r} cannot be read: {error}"


def sources_of(checks: Iterable[Check]) -> set[str]:
    """The ids of all sources that checks rest on."""
    found: set[str] = set()
    for check in checks:
        for grounded in (*check.rows, *check.gaps, *(g for g in (check.closed, check.successor) if g)):
            found.update(grounded.sources)
    return found
