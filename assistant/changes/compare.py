"""Two texts compared clause by clause: what was added, removed and reworded. What only moved has not changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz import fuzz

from assistant.changes.clauses import Clause

ALIKE = 50.0  # of 100, by rapidfuzz's token-sort ratio: from here two clauses are one that was reworded
SAME_NAME = 10.0  # what a common name adds when the likest pairs are chosen


class Kind(StrEnum):
    """What became of a clause."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Change:
    """One change with the clause before, after, or both."""

    kind: Kind
    before: Clause | None
    after: Clause | None

    @property
    def clause(self) -> str:
        """Where it stands: by its newer name if it has one."""
        side = self.after or self.before
        assert side is not None
        return side.path


def compare(before: Sequence[Clause], after: Sequence[Clause]) -> list[Change]:
    """The changes from `before` to `after`, in the order of the newer text, with what was removed in its place.

    Clauses of equal words are the same, wherever they stand. Between those, clauses are paired by name and likeness.
    """
    blocks = _blocks(before, after)
    gone = [x for a, b, _, _ in blocks for x in before[a:b]]
    come = [x for _, _, c, d in blocks for x in after[c:d]]
    moved = Counter(x.words for x in gone) & Counter(x.words for x in come)
    old, new = _without(gone, moved), _without(come, moved)
    changes: list[Change] = []
    for a, b, c, d in blocks:
        changes.extend(_paired([x for x in before[a:b] if x in old], [x for x in after[c:d] if x in new]))
    return changes


def _without(clauses: Sequence[Clause], moved: Counter[str]) -> set[Clause]:
    """The clauses that stand nowhere in the other text, as often as they do not."""
    left = Counter(moved)
    out = set()
    for clause in clauses:
        if left[clause.words] > 0:
            left[clause.words] -= 1
        else:
            out.add(clause)
    return out


def _blocks(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int, int, int, int]]:
    """The stretches that differ between clauses that both texts hold in the same order."""
    matcher = SequenceMatcher(None, [c.words for c in before], [c.words for c in after], autojunk=False)
    return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def _paired(gone: Sequence[Clause], come: Sequence[Clause]) -> list[Change]:
    """Changes of one stretch: the likest pairs first, a pair of one name sooner than others."""
    alike = [
        (likeness + SAME_NAME * (a.path == b.path), -i, -j)
        for i, a in enumerate(gone)
        for j, b in enumerate(come)
        if (likeness := float(fuzz.token_sort_ratio(a.words, b.words))) >= ALIKE
    ]
    partner: dict[int, int] = {}
    for _, i, j in sorted(alike, reverse=True):
        if -i not in partner.values() and -j not in partner:
            partner[-j] = -i
    changes = []
    told: set[int] = set()
    for j, clause in enumerate(come):
        if j not in partner:
            changes.append(Change(Kind.ADDED, None, clause))
            continue
        before = partner[j]
        changes.extend(_removed(gone, range(before), told | set(partner.values())))
        told.update(range(before + 1))
        changes.append(Change(Kind.REWORDED, gone[before], clause))
    changes.extend(_removed(gone, range(len(gone)), told | set(partner.values())))
    return changes


def _removed(gone: Sequence[Clause], which: range, told: set[int]) -> list[Change]:
    return [Change(Kind.REMOVED, gone[i], None) for i in which if i not in told]
