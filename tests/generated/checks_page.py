"""docs/checks.md: the decision tables as they are, with what enumerating them found."""

from __future__ import annotations

from collections.abc import Iterator

from ingestion.facts.decision_tables import load_checks
from ingestion.facts.tables import FACTS_FOLDER
from tests.fakes.real_areas import CORPUS
from vectorstore.rules.enumeration import Proof, prove
from vectorstore.rules.model import Check, Condition, Rule

HEAD = """# The checks

Generated from `ingestion/corpus/facts/checks/*.yaml` by `python -m tests.generated`; a test keeps it true.

Each table is enumerated before anything is ingested: every combination of the values of its facts (for a number,
each threshold, a penny and a unit to either side of it; for a day, the day before and after), in every edition of its
rows. A table is refused if two rows in force contradict each other on the same facts, if no row says what follows, or
if a row can never hold. In the tables of funds only rows of primary sources decide; the others are told as reported
practice.

"""


def checks() -> tuple[Check, ...]:
    """The checks of the starter corpus."""
    return load_checks(CORPUS / FACTS_FOLDER)


def page() -> str:
    """The whole page."""
    held = checks()
    proofs = {c.id: prove(c) for c in held}
    return HEAD + "\n".join([*_summary(held, proofs), "", *(line for c in held for line in _check(c, proofs[c.id]))])


def _summary(held: tuple[Check, ...], proofs: dict[str, Proof]) -> Iterator[str]:
    yield "| check | rows | reached | editions | combinations | contradictions | uncovered | boundaries tried |"
    yield "|---|---|---|---|---|---|---|---|"
    for check in held:
        p = proofs[check.id]
        yield (
            f"| [{check.title}](#{check.id}) | {p.rows} | {len(p.reached)} | {p.editions} | {p.combinations:,} "
            f"| {len(p.contradictions)} | {len(p.uncovered)} | {p.boundaries} |"
        )
    every = list(proofs.values())
    yield (
        f"| **all** | {sum(p.rows for p in every)} | {sum(len(p.reached) for p in every)} "
        f"| {sum(p.editions for p in every)} | {sum(p.combinations for p in every):,} "
        f"| {sum(len(p.contradictions) for p in every)} | {sum(len(p.uncovered) for p in every)} "
        f"| {sum(p.boundaries for p in every)} |"
    )


def _check(check: Check, proof: Proof) -> Iterator[str]:
    yield f'<a id="{check.id}"></a>'
    yield f"## {check.title}"
    yield ""
    yield f"`lsip check {check.id}` – {check.question} {check.about}"
    yield ""
    if check.closed is not None:
        yield f"{check.closed.text} {check.successor.text if check.successor else ''}".strip()
        yield ""
    yield "| fact | question | values |"
    yield "|---|---|---|"
    for fact in check.facts:
        values = (
            ", ".join(f"`{c.id}`" for c in fact.choices) or f"{fact.type}{f' ({fact.unit})' if fact.unit else ''}"
        )
        yield f"| `{fact.id}` | {fact.question} | {values} |"
    yield ""
    yield "| row | if | outcome | because | clause | sources | evidence | valid |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in check.rows:
        yield _row(row)
    yield ""
    if check.gaps:
        yield "Not held: " + " ".join(g.text for g in check.gaps)
        yield ""


def _row(row: Rule) -> str:
    conditions = "; ".join(f"{fact} {_condition(c)}" for fact, c in row.when.items()) or "always"
    window = f"{row.valid_from or '…'} – {row.valid_to or '…'}"
    confidence = "" if row.confidence == "high" else f", {row.confidence} confidence"
    return (
        f"| {row.id} | {conditions} | {str(row.outcome).replace('_', ' ')} | {row.text} | {row.clause} "
        f"| {', '.join(row.sources)} | {row.evidence}{confidence} | {window} |"
    )


def _condition(condition: Condition) -> str:
    if condition.one_of:
        return "is " + " or ".join(condition.one_of)
    said = condition.model_dump(exclude_defaults=True)
    return " and ".join(f"{name.replace('_', ' ')} {value}" for name, value in said.items())
