"""A question that reckons, as the questions for its figures: what is added up or compared, each asked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.parts import asked
from assistant.answering.reckoning import How, reckons
from assistant.answering.slots import PlaceReader, Value, are_joined, values
from assistant.answering.turn import Kind
from assistant.answering.understand import question_kind
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_FIGURE = re.compile(
    r"\bwhat\b[^?]*\b(?:get|got|receive|received|given|awarded|award|cost|paid|win|won|worth)\b",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(r"\bhow long\b|\bwhat share\b", re.IGNORECASE)
_SPLIT = re.compile(r"\?\s+|:\s+|[.;]\s+|,\s+(?:and\s+)?|\s+[-–—]\s+|\s+and\s+(?=by how)", re.IGNORECASE)
_QUESTIONS = re.compile(r"\?\s+(?=\S)")
_TOPIC = re.compile(r"(?:\s*\([^()]*\))+(?=\W*$)")
_LEAD = re.compile(r"^(?:the|an?|in|for|of|on|to|during)\s+", re.IGNORECASE)
_WITHIN = re.compile(
    r",?\s*\b(?:(?:taken |put |added )?together|combined(?! (?:county )?authorit)|in total|altogether|in all"
    r"|between them|added up|jointly|all told)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"^(?P<head>.*?)\bhow (?P<much>much|many) (?:more|less|fewer|bigger|larger|higher|lower)(?: of)?\b(?P<rest>.*?)"
    r"\s*\bthan (?:in |for |of |to |what )?(?P<other>[^?]+)$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"^(?P<head>.*?)\bhow many times (?:as )?(?:much|many|big|large|bigger|larger|higher|more|greater)\b(?P<rest>.*?)"
    r"\s*\b(?:than|as) (?P<other>[^?]+)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:difference|gap) (?:in (?P<what>[\w\s]+?) )?between (?P<one>.+?) and (?P<other>[^?]+)$", re.IGNORECASE
)
_OF_FIGURES = re.compile(  # the difference between two funds is not one of figures
    r"\b(?:awards?|amounts?|figures?|numbers?|sums?|money|funding|budgets?|got|get|received?|totals?|counts?|rates?)\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\W*(?:(?:and|so) )*"
    r"(?:(?:which|who)\b(?: (?:area|place|plan|county|one|of (?:these|the two)))?|did|does|has|have|do)\b"
    r"(?P<before>[^,?]*?)\b(?:more|most|less|fewer|the (?:bigger|larger|higher|smaller|lower))\b(?P<after>[^?]*)",
    re.IGNORECASE,
)
MOST = 4  # figures that are reckoned with together: each is asked for by a whole search


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What is done with the figures, the question for each, and what each is the figure of."""

    how: How
    parts: tuple[str, ...]
    names: tuple[str, ...]
    implied: bool = False  # asked is how many each has, and no more


@dataclass(frozen=True, slots=True)
class Group:
    """Values of one kind that stand side by side in a question."""

    slot: str
    start: int
    end: int
    words: str
    values: tuple[Value, ...]

    @property
    def lead(self) -> str:
        """The article or preposition that belongs to the first value."""
        found = _LEAD.match(self.words)
        return found[0] if found else ""

    @property
    def plain(self) -> str:
        return _LEAD.sub("", self.words)


def asks_figure(question: str) -> bool:
    """Whether a question asks for one figure."""
    figure = question_kind(question) in (Kind.HOW_MUCH, Kind.HOW_MANY) or _FIGURE.search(question) is not None
    return figure and _NO_FIGURE.search(question) is None


def apart(text: str) -> tuple[str, str]:
    """A question and, where its last words only reckon with what it asks for, those; else nothing."""
    for found in _SPLIT.finditer(text):
        base, tail = text[: found.start()], text[found.end() :]
        topic = _TOPIC.search(tail)
        if content_stems(base) and reckons(_TOPIC.sub("", tail), base):
            mark = "?" if found[0].startswith("?") or not topic else ""
            return f"{base}{topic[0] if topic else ''}{mark}", tail
    return text, ""


def value_groups(text: str, profile: CollectionProfile, places: PlaceReader) -> list[Group]:
    """The values that `text` names, those of one kind that stand side by side together."""
    groups: list[list[Value]] = []
    for value in values(text, profile, places):
        last = groups[-1][-1] if groups else None
        if last is not None and last.slot == value.slot and _beside(text, last, value):
            groups[-1].append(value)
        else:
            groups.append([value])
    return [
        Group(g[0].slot, g[0].start, g[-1].end, text[g[0].start : g[-1].end], tuple(g))
        for g in groups
        if g[0].slot != "edition"
    ]


def bases(question: str, profile: CollectionProfile, places: PlaceReader) -> list[tuple[str, str]]:
    """The questions for one figure each in `question`, with what tells them apart."""
    pieces = _QUESTIONS.split(question)
    found = [p for p in (pieces if len(pieces) > 1 else [a.own for a in asked(question)]) if asks_figure(p)]
    if len(found) > 1:
        return _told_apart(_in_full(found, profile, places), profile, places)
    if not asks_figure(question):
        return []
    group = next((g for g in value_groups(question, profile, places) if len(g.values) > 1), None)
    return list(_each(question, group)) if group else [(question, "")]


def reckoned(text: str, profile: CollectionProfile, places: PlaceReader) -> Reckoned | None:
    """What `text` asks to be reckoned, and with which figures; None where it asks for none, or for too many."""
    base, tail = apart(text)
    implied = False
    how = reckons(_TOPIC.sub("", tail), base) if tail else None
    found = bases(base, profile, places) or list(_compared(base, profile, places)) if how else []
    if how is None and _WITHIN.search(text):
        how, found = How.SUM, bases(_WITHIN.sub("", text), profile, places)
    if how is None:
        how = How.RATIO if _TIMES.match(text.rstrip(" ?.!")) else How.COMPARE
        found = list(_compared(text, profile, places))
        if not found and re.match(r"\W*how many\b", text, re.IGNORECASE):
            implied, found = True, bases(text, profile, places)
    if not 2 <= len(found) <= MOST:
        return None
    return Reckoned(
        how, tuple(f"{capital(q.rstrip(' ?.!'))}?" for q, _ in found), tuple(n for _, n in found), implied
    )


def _compared(text: str, profile: CollectionProfile, places: PlaceReader) -> Iterator[tuple[str, str]]:
    """The questions for both figures of a comparison that names what it compares."""
    text = text.rstrip(" ?.!")
    than, between, more = _THAN.match(text), _BETWEEN.search(text), _MORE.match(text)
    times = _TIMES.match(text)
    if times is not None:
        yield from _with_other(f"{times['head']}how much{times['rest']}", times["other"], profile, places)
    elif than is not None:
        first = f"{than['head']}how {than['much']}{than['rest']}"
        yield from _with_other(first, than["other"], profile, places)
    elif between is not None and _OF_FIGURES.search(text):
        what = f"{between['what']} of " if between["what"] else ""
        yield from _with_other(f"How much is {what}{between['one']}", between["other"], profile, places)
    elif more is not None:
        rest = f"{more['before']} {more['after']}"
        group = next((g for g in value_groups(rest, profile, places) if len(g.values) > 1), None)
        if group is not None:
            many = re.match(r"\s*(?:[a-z]+ )?[a-z]+s\b", more["after"]) is not None
            yield from _each(f"How {'many' if many else 'much'} {' '.join(rest.split())}", group)


def _with_other(first: str, other: str, profile: CollectionProfile, places: PlaceReader) -> Iterator[tuple[str, str]]:
    """`first` and the same asked of the value that `other` names."""
    theirs = value_groups(other, profile, places)
    for group in value_groups(first, profile, places):
        value = next((g for g in theirs if g.slot == group.slot), None)
        if value is not None and len(group.values) == 1:
            yield first, group.plain
            yield f"{first[: group.start]}{group.lead}{value.plain}{first[group.end :]}", value.plain
            return


def _each(question: str, group: Group) -> Iterator[tuple[str, str]]:
    at = question.find(group.words)
    for words in (w for value in group.values for w in value.words.split(", ")):
        plain = _LEAD.sub("", words)
        yield f"{question[:at]}{group.lead}{plain}{question[at + len(group.words) :]}", plain


def _in_full(questions: Sequence[str], profile: CollectionProfile, places: PlaceReader) -> list[str]:
    """Each of several questions; one that says no more than another but for what it names is asked as that is."""
    fullest = max(questions, key=lambda q: len(content_stems(q)))
    made: list[str] = []
    for question in questions:
        for group in value_groups(fullest, profile, places):
            mine = next((g for g in value_groups(question, profile, places) if g.slot == group.slot), None)
            rest = question.replace(mine.words, " ") if mine else question
            if mine and set(content_stems(rest)) <= set(content_stems(fullest)):
                question = f"{fullest[: group.start]}{group.lead}{mine.plain}{fullest[group.end :]}"
                break
        made.append(question)
    return made


def _told_apart(questions: Sequence[str], profile: CollectionProfile, places: PlaceReader) -> list[tuple[str, str]]:
    """Each of several questions with what it names and the others do not."""
    named = [[g.plain for g in value_groups(q, profile, places)] for q in questions]
    own = [
        next((w for w in words if all(w not in other for n, other in enumerate(named) if n != k)), "")
        for k, words in enumerate(named)
    ]
    return list(zip(questions, own, strict=True))


def _beside(text: str, one: Value, other: Value) -> bool:
    return (
        are_joined(text, one, other)
        or re.fullmatch(r"\s*(?:/|&|plus|,? and|,? or)\s*", text[one.end : other.start]) is not None
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
