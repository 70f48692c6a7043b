"""Facts out of words: what a question, a reply or a form says of the things a check asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant.answering.periods import named_period
from assistant.eligibility.numbers import BEFORE_NUMBER, NEAR, in_digits, is_rough, read_number
from vectorstore.errors import UsageError
from vectorstore.rules.model import NO, YES, AskedFact, Check, Value

Known = dict[str, Value | None]  # None: asked, and not known
UNKNOWN = "unknown"
NONE = "none"  # the value of a choice that says that none of the others is so
_DENIED = re.compile(
    r"(?:\b(?:not|never|none|nor|without|neither)|n['’]t)(?:\s+[\w'’-]+){0,3}\s+$"
    r"|\bno\s+(?:(?!(?:we|i|it|they)\b)[\w'’-]+\s+){0,3}$",
    re.IGNORECASE,
)
_DO_NOT_KNOW = re.compile(
    r"^\W*(?:(?:i|we|they) )?(?:really |actually |just )?(?:don't|do not|dont|can't|cannot) (?:really |actually )?"
    r"(?:know|say|tell)\b|\b(?:don't|do not|dont) know\b|\bno idea\b|\b(?:not|un)[ -]?(?:sure|clear|certain)\b"
    r"|^\W*(?:unknown|not known|dunno|skip|pass|n/?a)\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:no|nope|nah|n|never|false|none|negative|not (?:yet|really|at all|any more)|(?:i|we|they|it) "
    r"(?:don't|doesn't|aren't|isn't|haven't|hasn't|can't|cannot|do not|does not|are not|is not|have not|has not)"
    r"|(?:it is|it's|it does|we do|we are|we have|they are|they do|of course|definitely|certainly"
    r"|absolutely|probably)"
    r" not|it isn't|incorrect|not correct)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|y|sure|correct|right|true|it is|it does|we do|we are|we have|they are|they do|i do|i am"
    r"|indeed|affirmative|of course)\b",
    re.IGNORECASE,
)
_BETWEEN = (
    r"(?:(?!(?:to|for|from|by|of|with|an?|the|that|which|who|than|if|says?|said|thinks?|and|or)\b)[\w'’,-]+\s+){0,3}$"
)
# Words after which a kind of body is what the asker is: "we are a ...", "our ...", "us ...".
_OWN = re.compile(
    r"\b(?:(?:we|i)(?:['’](?:re|m)|\s+(?:are|am|were|run|represent|work (?:for|at)|lead|manage))(?: from| at)?"
    r"|as|our|my|my own|(?:can|could|may|might|must|should|would|do|does|did) we as|on behalf of|speaking for"
    r"|principal of|head of|governors? of|we,)\s+(?:an?|the|one|any|all|most|some)?\s*"
    + _BETWEEN
    + r"|\b(?:we|us)\s+(?!(?:an?|the|what|which|who|how|about)\b)(?:[\w-]+\s+){0,1}$",
    re.IGNORECASE,
)
# Words after which it is whom the question asks about: "can a ...", "does it bind the ...".
_ASKED_OF = re.compile(
    r"\b(?:can|could|may|might|must|should|would|do|does|did|is|are|was|were|has|have|(?:if|what if)(?! the\b)"
    r"|apply to|applies to|applied to|reach|bind|binds|cover|covers)\s+(?:an?|the|one|any|all|most|some)?\s*"
    + _BETWEEN,
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:^|[.!?]\s)\W*(?:an?\s+)?(?:[\w&'’-]+\s+){0,3}$", re.IGNORECASE
)  # a name for oneself, at first
_HERE = re.compile(
    r"^(?:\s+[\w&'’-]+){0,4}?\s+here\b|^\s+(?:based |located )?(?:in|near|from|at)\s+[\w'’-]+[,.;]", re.IGNORECASE
)
_ASIDE_OPENS = re.compile(r"\((?!(?:the|that|which|if|so|not)\b)[^()]{0,24}$", re.IGNORECASE)
_ASIDE_ENDS = re.compile(r"^[^()?]{0,30}\)\W*$")


def read_facts(check: Check, text: str) -> Known:
    """The facts of `check` that `text` states, in the form that `stated` writes or in everyday words."""
    written = _written(check, text)
    free = _without_written(check, text)
    found: Known = {}
    for fact in check.facts:
        if fact.id in written:
            found[fact.id] = written[fact.id]
        elif (value := _said(fact, free)) is not None:
            found[fact.id] = settled(check, fact, value, free)
    return found


def settled(check: Check, fact: AskedFact, value: Value | None, text: str) -> Value | None:
    """`value`, or None if it is a number that is only about what `text` says and lies near a threshold."""
    if not isinstance(value, Decimal) or not is_rough(text):
        return value
    bounds = [
        b for r in check.rows if fact.id in r.when for b in r.when[fact.id].thresholds if isinstance(b, Decimal)
    ]
    return None if any(abs(value - b) <= NEAR * b for b in bounds) else value


def stated(check: Check, facts: Mapping[str, Value | None]) -> str:
    """The check's question with the facts known, as one question that stands alone."""
    said = [f"{f.label}: {shown(f, facts[f.id])}" for f in check.facts if f.id in facts]
    return f"{check.question} {'; '.join(said)}".strip()


def shown(fact: AskedFact, value: Value | None) -> str:
    """A value as a person reads it."""
    if value is None:
        return "not known"
    if isinstance(value, Decimal):
        return f"{fact.unit}{in_digits(value)}" if fact.unit == "£" else f"{in_digits(value)} {fact.unit}".strip()
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return next((c.label for c in fact.choices if c.id == value), value)


def read_reply(fact: AskedFact, text: str) -> tuple[bool, Value | None]:
    """Whether `text` answers the question for `fact`, and how; None as the value: they do not know."""
    text = text.replace("’", "'")
    if _DO_NOT_KNOW.search(text):
        return True, None
    value = _labelled(fact, text)
    if value is None:
        value = _said(fact, text)
    if value is None and fact.type == "yes_no":
        value = NO if _NO.search(text) else (YES if _YES.search(text) else None)
    if value is None and fact.type == "number":
        value = read_number(text)
    if value is None and fact.type == "date":
        value = _day(text)
    if value is None and fact.type == "area" and 0 < len(text.split()) <= 6:
        value = text.strip(" .!?")
    return value is not None, value


def parse_value(fact: AskedFact, text: str) -> Value | None:
    """The value that a command, form or program gives; "" and "unknown": not known. Raises UsageError."""
    given = text.strip()
    if not given or given.casefold() in {UNKNOWN, "not known", "don't know", "?"}:
        return None
    if fact.choices:
        for choice in fact.choices:
            if given.casefold() in {choice.id.casefold(), choice.label.casefold()}:
                return choice.id
        allowed = ", ".join(c.id for c in fact.choices)
        raise UsageError(f"{fact.id} cannot be {given!r}.", f"Give one of: {allowed}, {UNKNOWN}.")
    if fact.type == "number":
        number = read_number(given)
        if number is None:
            raise UsageError(f"{fact.id} must be a number, not {given!r}.", "Write it as 1200000 or 1.2 million.")
        return number
    if fact.type == "date":
        day = _day(given)
        if day is None:
            raise UsageError(f"{fact.id} must be a day, not {given!r}.", "Write it as YYYY-MM-DD.")
        return day
    return given


def _day(text: str) -> date | None:
    period = named_period(text, date.max)
    return period.start if period and period.start == period.end else None


def _written(check: Check, text: str) -> Known:
    """What stands behind the check's own question as `stated` writes it."""
    at = text.find(check.question)
    if at < 0:
        return {}
    found: Known = {}
    rest = text[at + len(check.question) :]
    for fact in check.facts:
        match = re.search(rf"(?:^|;)\s*{re.escape(fact.label)}: ([^;]+)", rest)
        if match:
            known, value = read_reply(fact, match[1].strip())
            if known:
                found[fact.id] = value
    return found


def _without_written(check: Check, text: str) -> str:
    return text if check.question not in text else text[: text.index(check.question)]


def _labelled(fact: AskedFact, text: str) -> Value | None:
    given = text.strip(" .!?").casefold()
    return next((c.id for c in fact.choices if given in {c.label.casefold(), c.id.casefold()}), None)


def _said(fact: AskedFact, text: str) -> Value | None:
    """The value whose words stand in `text`; what the asker says of themselves goes before what else is named.

    Of several values the one said in most letters counts, and none if two say as much.
    """
    if fact.type == "yes_no":
        if fact.said_no and _compiled(fact.said_no).search(text):  # a denial holds the words that it denies
            return NO
        said = list(_compiled(fact.said_yes).finditer(text)) if fact.said_yes else []
        if not said:
            return None
        return NO if all(_DENIED.search(text[: m.start()]) for m in said) else YES
    if fact.choices:
        spans = [(m.start(), m.end(), c.id) for c in fact.choices if c.said for m in _compiled(c.said).finditer(text)]
        spans = [s for s in spans if not any(_inside(s, other) for other in spans)]
        denied = [s for s in spans if s[2] != NONE and _DENIED.search(text[: s[0]])]
        spans = [s for s in spans if s not in denied]
        if denied and not spans and any(c.id == NONE for c in fact.choices):
            return NONE
        alone = {c.id for c in fact.choices if c.alone}
        spans = [s for s in spans if s[2] not in alone] or spans
        own = [s for s in spans if _is_asker(text[: s[0]], text[s[1] :])]
        own = own or [s for s in spans if _ASKED_OF.search(text[: s[0]])]
        values = {value for _, _, value in (own or spans)}
        return values.pop() if len(values) == 1 else None
    if fact.type == "number":
        match = _compiled(fact.said).search(text) if fact.said else None
        if fact.said and match is None:
            return None
        at = match.span("number") if match and "number" in match.groupdict() and match["number"] else (0, len(text))
        before = text[: at[0]][-BEFORE_NUMBER:].partition(" ")[2]  # from the first whole word on
        after = re.split(r"\d", text[at[1] : at[1] + BEFORE_NUMBER])[0]
        return read_number(before + text[at[0] : at[1]] + after)
    if fact.type == "date" and (not fact.said or _compiled(fact.said).search(text)):
        return _day(text)
    return None


def _is_asker(before: str, after: str) -> bool:
    """Whether what stands between is what the asker is: by the words before it, or said aside: "(college principal)",
    "Training centre in Derby here, ...".
    """
    aside = _ASIDE_OPENS.search(before) and _ASIDE_ENDS.match(after)
    return bool(aside or _OWN.search(before) or (_BEGINS.search(before) and _HERE.match(after)))


def _inside(span: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether `span` is a part of `other`, a longer one of another value: a college inside a sixth-form college."""
    longer = other[1] - other[0] > span[1] - span[0]
    return longer and other[2] != span[2] and other[0] <= span[0] and span[1] <= other[1]


@lru_cache(maxsize=2_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
