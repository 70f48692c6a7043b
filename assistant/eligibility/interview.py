"""A check as a conversation: what was said so far, read again from the turns, becomes one question that stands alone.

Nothing is kept between turns. The question the assistant put back is found in its last message by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assistant.answering.model import Message
from assistant.eligibility.general import asks_whether, put_generally
from assistant.eligibility.reading import Known, read_facts, read_reply, settled, stated
from vectorstore.rules.model import AskedFact, Check

_CHANGES = re.compile(
    r"^\W*no\b|\b(?:actually|sorry|correction|in fact|i meant|make that|change|what if|and if|if we were|instead"
    r"|rather|wait|my mistake|wrong)\b",
    re.IGNORECASE,
)
ALIKE = 75.0  # of 100: how like a fact's question another wording of it is
LONGEST_REPLY = 40  # words; a longer text is a new question rather than a reply


@dataclass(slots=True)
class Interview:
    """Where a conversation stands: the check it is about, what is known, and what was asked last."""

    check: Check | None = None
    facts: Known = field(default_factory=dict)
    pending: AskedFact | None = None
    was_asked: bool = False  # whether the assistant's last message was a question


def find_check(checks: Mapping[str, Check], text: str) -> Check | None:
    """The check that a text asks for: the one named in full; else, if it asks whether, the one it names first."""
    named = next((c for c in checks.values() if c.question in text), None)
    if named is not None or not asks_whether(text):
        return named
    fitting = [
        (match.start(), number, check)
        for number, check in enumerate(checks.values())
        if check.asked_as
        and not (check.unless and re.search(check.unless, text, re.IGNORECASE))
        and (match := re.search(check.asked_as, text, re.IGNORECASE))
    ]
    return min(fitting, key=lambda f: f[:2])[2] if fitting else None


def _put_generally(checks: Mapping[str, Check], text: str) -> Check | None:
    """The check whose general rule answers `text`, whatever areas it names: no profile is known here."""
    return next((check for check in checks.values() if put_generally(check, text)), None)


class Interviews:
    """Reads conversations; `checks` gives the checks that there are."""

    def __init__(self, checks: Callable[[], Mapping[str, Check]]) -> None:
        self._checks = checks

    def standalone(self, history: Sequence[Message], text: str) -> str | None:
        """The check's question with all facts known, if `text` goes on with a check; None if it does not."""
        checks = self._checks()
        if not checks or not history:
            return None
        interview = Interview()
        for message in history:
            if message.role == "user":
                _hear(interview, checks, message.text)
            elif interview.check is not None:
                interview.pending = _asked(interview.check, message.text)
                interview.was_asked = message.text.rstrip().endswith("?")
        if not _hear(interview, checks, text) or interview.check is None:
            return None
        return stated(interview.check, interview.facts)


def _asked(check: Check, said: str) -> AskedFact | None:
    """The fact that a message of the assistant asks for: the last whose question stands in it, or is much like it."""
    found = [(said.rfind(f.question), f) for f in check.facts if f.question in said]
    if found:
        return max(found, key=lambda f: f[0])[1]
    asked = [s.strip() for s in re.findall(r"[^.?!]*\?", said)]
    alike = [(fuzz.token_set_ratio(a.lower(), f.question.lower()), f) for a in asked[-1:] for f in check.facts]
    score, fact = max(alike, key=lambda x: x[0], default=(0.0, None))
    return fact if score >= ALIKE else None


def _hear(interview: Interview, checks: Mapping[str, Check], text: str) -> bool:
    """Take in what the person says. Whether it went on with a check, rather than began or left one."""
    check, pending = interview.check, interview.pending
    interview.pending = None
    if check is not None and len(text.split()) <= LONGEST_REPLY:
        told = read_facts(check, text)
        if pending is not None:
            known, value = read_reply(pending, text)
            if known:
                interview.facts = {**interview.facts, **told, pending.id: settled(check, pending, value, text)}
                return True
        if told and (_CHANGES.search(text) or pending is not None or interview.was_asked):
            interview.facts = {**interview.facts, **told}
            return True
    begun = find_check(checks, text) or _put_generally(checks, text)
    interview.check = begun
    interview.facts = read_facts(begun, text) if begun else {}
    return False
