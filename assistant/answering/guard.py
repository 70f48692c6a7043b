"""The last look at the finished answer: nothing stale shown as current, no link to an unknown host."""

from __future__ import annotations

import re

from assistant.answering.inert import allowed
from assistant.answering.model import ANSWERED, Answer, BulletList, Citation, Paragraph, Statement
from vectorstore.profile import CollectionProfile

_OPEN_NOW = re.compile(r"\b(?:is|are) (?:now |still |currently )?open\b", re.IGNORECASE)


def problems(answer: Answer, profile: CollectionProfile, past: frozenset[int] = frozenset()) -> list[str]:
    """What is wrong with `answer`; empty when it may be shown.

    The invariant of every answer: an answered status has at least one citation, every statement has one and every
    mark resolves; every other status has none. `past` are citations of sentences about a past date,
    as of editions compared: those alone need not be in force.
    """
    found: list[str] = []
    numbers = {c.n for c in answer.citations}
    statements = said(answer)
    if answer.status in ANSWERED:
        if not answer.citations:
            found.append("answered without a citation")
        if not all(s.citations for s in statements):
            found.append("a statement without a citation")
        if {n for s in statements for n in s.citations} - numbers:
            found.append("a mark without a citation")
        found.extend(
            f"[{c.n}] was not in force on {answer.as_of}"
            for c in answer.citations
            if not c.in_force and c.n not in past
        )
        found.extend(
            f"[{c.n}] says open, but its text ended on {c.valid_to}"
            for c in answer.citations
            if _OPEN_NOW.search(c.quote) and c.valid_to and c.valid_to < answer.as_of and c.n not in past
        )
    elif answer.citations or statements:
        found.append("a statement or citation on an answer that was not given")
    found.extend(f"[{c.n}] links to an unknown host" for c in answer.citations if not _links_allowed(c, profile))
    return found


def said(answer: Answer) -> list[Statement]:
    """The statements of `answer` in order."""
    result: list[Statement] = []
    for block in answer.blocks:
        if isinstance(block, Paragraph):
            result.extend(block.statements)
        elif isinstance(block, BulletList):
            result.extend([*([block.lead] if block.lead else []), *block.items])
    return result


def allowed_link(url: str | None, profile: CollectionProfile) -> bool:
    """Whether an answer may link to `url`: a web address on a host of the collection's list, if it has one."""
    return url is None or allowed(url, profile) is not None


def _links_allowed(citation: Citation, profile: CollectionProfile) -> bool:
    if citation.kind == "brief":
        return all(allowed_link(r.url, profile) for r in citation.rests_on)
    return allowed_link(citation.url, profile)
