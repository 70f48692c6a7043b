"""The verdict on one sentence: everything in it that its grounds do not bear."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verification import currency, names, polarity, support, surface
from assistant.verification.figures import Figure, figures
from assistant.verification.figures import stands as figure_stands
from assistant.verification.grounds import Ground, Rules, flat
from vectorstore.text import content_stems

_CLAUSES = re.compile(r";\s+|,\s+(?:and|while|but|whereas|although)\s+|\s+(?:while|whereas)\s+")

_ORDER = re.compile(
    r"\b(?:notes?|messages?|instructions?) (?:to|for) (?:all |the |any |ai |language )*"
    r"(?:assistants?|models?|bots?|chatbots?)\b"
    r"|\b(?:tell|inform) (?:all |the |your )*(?:readers?|users?|askers?)\b"
    r"|\b(?:assistants?|models?|chatbots?) (?:must|should|shall) (?:say|answer|reply|tell)\b",
    re.IGNORECASE,
)


def faults(sentence: str, grounds: Sequence[Ground], rules: Rules) -> list[str]:
    """Why `sentence` may not be said; empty if its grounds bear all of it.

    Figures and names must stand in the quotations (names also in the titles and headings above them), those of
    one clause together in one quoted sentence; what turns the sense must agree with that sentence.
    """
    if not grounds:
        return ["no evidence"]
    found = list(surface.faults(sentence, rules))
    if any(_ORDER.search(g.sentence) for g in grounds):
        found.append("an order to assistants, not a fact")
    said = flat(sentence)
    if not support.supported(said, grounds, rules.vocabulary):
        found.append("words without support")
    for number, clause in enumerate(_CLAUSES.split(said)):
        found.extend(_clause_faults(clause, grounds, rules, first=number == 0))
    return found


def _clause_faults(clause: str, grounds: Sequence[Ground], rules: Rules, *, first: bool) -> Iterator[str]:
    mine = figures(clause)
    named = names.names(clause if first else f"and {clause}")
    bearing = [g for g in grounds if _bears(g, clause, mine, named, rules, first=first)]
    if not bearing:
        yield "a figure or name without ground" if len(grounds) == 1 else "figures and names from different places"
        return
    best = max(bearing, key=lambda g: _shared(clause, g.said))
    yield from polarity.faults(clause, best.said)
    yield from currency.faults(clause, best.said, rules.on)
    if not _companions(clause, mine, best):
        yield "a figure of something else"


def _bears(
    ground: Ground, clause: str, mine: Sequence[Figure], named: Sequence[str], rules: Rules, *, first: bool
) -> bool:
    held = figures(ground.said)
    for figure in mine:
        there = sum(figure_stands(figure, h) for h in held)
        if there < sum((f.kind, f.value) == (figure.kind, figure.value) for f in mine):
            return False
    return all(
        names.stands(name, ground.known, rules.vocabulary, first=first and clause.startswith(name.split(" ")[0]))
        for name in named
    )


def _shared(clause: str, said: str) -> int:
    return len(set(content_stems(clause)) & set(content_stems(said)))


def _companions(clause: str, mine: Sequence[Figure], ground: Ground) -> bool:
    """Whether each figure keeps its company: where the quoted sentence pairs several figures with several names or
    other figures, the partner of a figure there must be in the clause too, if the clause has any of them.
    "Kent got £3m and Surrey £5m" bears no "Kent got £5m".
    """
    held = figures(ground.said)
    named = [(m.start(), m[0]) for m in re.finditer(r"\b[A-Z][\w&'-]+(?: [A-Z][\w&'-]+)*", ground.said)]
    named = [(at, name) for at, name in named if not figures(name) and not names.opens_any(name)]
    company = [named, [n for n in named if n[0] > 0]]  # a capital at the beginning makes no name for certain
    company += [[(h.at, h.value) for h in held if h.kind == kind] for kind in {f.kind for f in mine}]
    return all(_kept(figure, others, clause, mine, held) for figure in mine for others in company)


def _kept(
    figure: Figure, others: Sequence[tuple[int, str]], clause: str, mine: Sequence[Figure], held: Sequence[Figure]
) -> bool:
    alike = [h for h in held if h.kind == figure.kind]
    said = {f.value for f in mine}
    here = {
        value for _, value in others if value in said or (not value[0].isdigit() and value.lower() in clause.lower())
    }
    if len({h.value for h in alike}) < 2 or len({v for _, v in others}) < 2 or figure.value in {v for _, v in others}:
        return True
    leads = min(others)[0] < min(h.at for h in alike)  # "Kent £3m, Surrey £5m", not "£3m to Kent, £5m to Surrey"
    return not here or any(_partner(others, h.at, before=leads) in here for h in alike if figure_stands(figure, h))


def _partner(items: Sequence[tuple[int, str]], at: int, *, before: bool) -> str:
    """The nearest item on that side of `at`, or else the nearest on the other."""
    left, right = [i for i in items if i[0] < at], [i for i in items if i[0] > at]
    if left and (before or not right):
        return max(left)[1]
    return min(right)[1] if right else ""
