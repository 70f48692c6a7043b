"""A turn that reckons with what the last ones asked for ("add those up"), as a question that names all of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.earlier import arranges, only_counts
from assistant.answering.reckoned import MOST, apart, asks_figure, bases, capital, value_groups
from assistant.answering.reckoning import How, reckons
from assistant.answering.said import Said
from assistant.answering.slots import PlaceReader
from assistant.answering.understand import question_kind
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
_ALL = re.compile(r"\b(?:\w{2,}est|most|least|best|worst|all|any|every|each)\b", re.IGNORECASE)
ALIKE = 1 / 3  # share of the words of two questions, without what they name, from which they ask for the same


def gathered(said: Said, own: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """`own` behind the question or questions whose figures it reckons with; None where it reckons with none."""
    last, _ = apart(said.question)
    how = reckons(own, last)
    if how is None or (how is How.COMPARE and arranges(own)):
        return None
    if len(bases(last, profile, places)) > 1:
        return _put(last, own)
    asked = list(dict.fromkeys([*(apart(q)[0] for q in said.earlier), last]))
    if not asks_figure(last):
        asked = asked[:-1]  # one question between, as who led it, does not part them
    run = _run(asked, profile, places)
    run = run[-_count(own, how) :]
    if len(run) < 2:
        return None
    joined = _joined(run, profile, places)
    if joined is not None and how is How.COMPARE and only_counts(own, joined):
        return joined  # both counts say which is more
    return _put(joined or "? ".join(capital(q.rstrip(" ?.!")) for q in run), own)


def _put(base: str, own: str) -> str:
    """`own` behind `base`: after a colon where that is one question, as the next one where it is several."""
    base, own = base.rstrip(" ?.!"), own.rstrip(" ?.!")
    return f"{base}? {capital(own)}?" if "? " in base else f"{base}: {own}?"


def _count(own: str, how: How) -> int:
    """How many questions a turn means: as many as it says, two where it compares, else all."""
    said = next((n for word, n in _COUNTS.items() if re.search(rf"\b{word}\b", own, re.IGNORECASE)), 0)
    pair = how in (How.COMPARE, How.RATIO) and not _ALL.search(own)
    return said or (2 if pair else MOST)


def _run(questions: Sequence[str], profile: CollectionProfile, places: PlaceReader) -> list[str]:
    """Those of `questions` that ask for a figure of the same kind as the last, of something else each."""
    if not questions or not asks_figure(questions[-1]):
        return []
    last = questions[-1]
    wanted, kind = _asked(last, profile, places), question_kind(last)
    run: list[str] = []
    for question in questions:
        stems = _asked(question, profile, places)
        alike = len(stems & wanted) >= ALIKE * max(1, len(stems | wanted))
        of_kind = question_kind(question) is kind or stems == wanted or not _counts(question, last)
        if asks_figure(question) and alike and of_kind:
            run.append(question)
    return run


def _counts(question: str, last: str) -> bool:
    """Whether one of two questions asks how many there are, and the other something else."""
    many = [re.search(r"\bhow many\b", q, re.IGNORECASE) is not None for q in (question, last)]
    return many[0] is not many[1]


def _asked(question: str, profile: CollectionProfile, places: PlaceReader) -> set[str]:
    """The words of a question without the places, times and the like that it names."""
    rest = question
    for group in value_groups(question, profile, places):
        if group.slot not in profile.alternatives:
            rest = rest.replace(group.words, " ")
    return set(content_stems(rest))


def _joined(run: Sequence[str], profile: CollectionProfile, places: PlaceReader) -> str | None:
    """One question that names what each of `run` does, where they differ in nothing else."""
    last = run[-1]
    for group in value_groups(last, profile, places):
        mine = f"{last[: group.start]}\0{last[group.end :]}"
        named: list[str] = []
        for question in run:
            other = next((g for g in value_groups(question, profile, places) if g.slot == group.slot), None)
            if other is None or _plain(f"{question[: other.start]}\0{question[other.end :]}") != _plain(mine):
                break
            named.append(other.plain)
        else:
            words = f"{', '.join(named[:-1])} and {named[-1]}"
            return f"{last[: group.start]}{group.lead}{words}{last[group.end :]}"
    return None


def _plain(text: str) -> str:
    return re.sub(r"[\s?.!]+", " ", text).strip().lower()
