"""Whether a sentence speaks of the very thing that a yes/no question asks: of its subject, as a fact, of as many."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answering.modality import asks_duty, asks_leave, fits_modal
from vectorstore.text import content_stems

Expand = Callable[[str], list[tuple[str, str]]]

_AUX = r"is|are|was|were|do|does|did|can|could|must|should|shall|has|have|had|will|would|may|might"
_LEAD_IN = r"^\W*(?:(?i:so|and|but|hi|hello|ok|please|um|well|then|also)\W+)*"
_PROPER = r"[A-Z][\w'’&-]*(?:\s+(?:(?:and|of|for|&)\s+(?:the\s+)?)?[A-Z][\w'’&-]*)*"
_SUBJECT = re.compile(rf"{_LEAD_IN}(?i:{_AUX})(?:n['’]t)?\s+(?i:the\s+)?({_PROPER})(?=\s+([\w'’-]+))?")
_THINGS = re.compile(  # behind a name, what is meant instead of its bearer: "the Kent plan"
    r"(?:plans?|area|areas|projects?|awards?|surveys?|reports?|pages?|funds?|bids?|notices?|guidance|skills|progress"
    r"|work|money|rules?|duty|duties|law|act|colleges?|councils?|employers?|firms?|providers?|business(?:es)?|members?)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    rf"^(?:\s*\([^)]*\))?\s+(?:(?:both|all|each|still|also|now)\s+)?(?:{_AUX}|(?!(?:its|his|as|this|us|plus)\b)[a-z]+(?:s|ed))\b"
)
_TAIL = r"(?:\s+(?:(?:and|of|for|&)\s+)?[A-Z][\w'’&-]*)*(?:\s*\([^)]*\))?"
_OPENS = frozenset(  # before the subject of a clause, or the one that did it
    "that when where while because but says said by is are was were be been remains whereas although".split()
)
_FACT = re.compile(rf"{_LEAD_IN}(?i:is|are|am|was|were|do|does|did|has|have|had)\b")
_DONE = re.compile(rf"{_LEAD_IN}(?i:was|were|did|has|have|had)\b")
_PAST = re.compile(
    r"\b(?:was|were|has|have|had|did|[a-z]{2,}ed|led|ran|began|gave|won|made|met|set|held|put|came|went)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:can|could|(?-i:may)|might|should|would)\b(?!\s+not\b)"
    r"|\b(?:is|are|was|were)\s+(?:due\s+|expected\s+|planned\s+|meant\s+|intended\s+|supposed\s+)?to\s+[a-z]+"
    r"|\b(?:due|expected|planned|promised|hoped|hopes|aims?|intends?)\b",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"\b(?:must|will|shall|has to|have to)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:do|does|did)(?:\s+not|n['’]t)\s+(?:(?:[a-z]+ly|itself|themselves|by|normally)\s+)*([a-z]+)", re.IGNORECASE
)
_BINDING = frozenset(content_stems("have need require apply cover reach include bind oblige ask tell matter allow"))
_IS_A = re.compile(rf"{_LEAD_IN}(?i:is|are|was|were)\s+(?i:an?\s+|the\s+)?(.+?)\s+(?:still\s+)?(?i:an?)\s+(.+?)\W*$")
_MEMBER = re.compile(r"\b(?:is|are|was|were|means?|counts? as|includes?)\b", re.IGNORECASE)
_NO_OBJECT = (
    r"\W*$|\s*[.,;:)(]|\s+(?:in|on|by|at|from|for|to|with|under|since|until|as|and|or|yet|already|again|now)\b"
)
_PASSIVE = re.compile(
    rf"{_LEAD_IN}(?i:is|are|was|were|has|have|had)\s+(?:(?i:the|our|your|their|any|an?)\s+)?(?P<subject>.+?)"
    rf"\s+(?:(?:now|since|still|already|yet|ever|all|both|been|being|got)\s+)*(?P<verb>[a-z]{{3,}}ed)(?={_NO_OBJECT})"
)
_ASIDE = re.compile(r"\b(?:for|of|in|on|from|about|by|under|with|to)\b|[.,;:(]", re.IGNORECASE)
_DONE_TO = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
ALL = re.compile(r"\b(?:all|every|each|everyone|everybody|everything|whole|entire)\b", re.IGNORECASE)
_ALWAYS = re.compile(
    r"\b(?:always|never|ever since|(?:from|since) the (?:start|beginning|outset|first))\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\b(?:only|alone|solely|exclusively|just)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:most|some|many|several|partly|in part|a few|certain|half)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:part|share) of\b", re.IGNORECASE)
_BELONGS = re.compile(
    r"\b(?:part|share|one|some) of\b|\b(?:in|inside|within|under|among|belongs?|includ\w+)\b", re.IGNORECASE
)
_RANK = re.compile(
    r"\b(?:first|second|third|next|new|newest|old|previous|former|latest|last|original|both)\b", re.IGNORECASE
)


def named_subject(question: str, expand: Expand) -> str:
    """The name of whom or what a yes/no question asks; "" where that is no name, or a term of the collection."""
    found = _SUBJECT.search(question)
    if found is None or found[1].endswith(("'s", "’s", "s'", "s’")) or _is_thing(found[2]):
        return ""
    own = set(content_stems(found[1]))
    return "" if any(own <= set(content_stems(term)) for term, _ in expand(found[1])) else found[1]


def speaks_of(name: str, text: str, question: str) -> bool:
    """Whether `name` is the subject of a clause of `text`, or who did it: not one merely mentioned beside it."""
    words = [
        rf"{re.escape(w.rstrip('s'))}s?" for w in re.findall(r"[\w'’&-]+", name) if w not in ("and", "of", "for", "&")
    ]
    pattern = re.compile(r"\b" + r"\s+(?:(?:and|of|for|the|&)\s+)*".join(words) + r"\b", re.IGNORECASE)
    return any(_is_subject(text[: m.start()], text[m.end() :], question) for m in pattern.finditer(text))


def _is_subject(before: str, after: str, question: str) -> bool:
    before = re.sub(r"\b(?:the|an?|both|only)\s*$", "", before.rstrip(), flags=re.IGNORECASE).rstrip()
    if not before or before[-1] in '.;:(|–—“"':
        return True
    verb_follows = _FINITE.match(re.sub(rf"^{_TAIL}", "", after)) is not None
    if before[-1] == ",":
        return verb_follows
    last = re.findall(r"[\w'’-]+", before)[-1:]
    word = last[0].lower() if last else ""
    if word in ("and", "or"):
        return verb_follows
    return word in _OPENS or bool(set(content_stems(word)) & set(content_stems(question)))


def _is_thing(word: str | None) -> bool:
    return word is not None and _THINGS.fullmatch(word) is not None


def says_as_asked(question: str, text: str) -> bool:
    """Whether `text` says what is, may be or must be, whichever `question` asks.

    What can, should or is due to be says nothing of what is, nor what is of what may be.
    """
    if asks_leave(question):
        return bool(fits_modal(question, text))
    if _FACT.search(question) is None or asks_duty(question):
        return True
    asked = {m.lower() for m in _POSSIBLE.findall(question)}
    if any(m.lower() not in asked for m in _POSSIBLE.findall(text)):
        return False
    return _DONE.search(question) is None or (_ORDERED.search(text) is None and _PAST.search(text) is not None)


def denies(question: str, text: str, expand: Expand) -> bool:
    """Whether what `text` denies is what `question` asks: "does not pay" is no answer to "do they have a say?"."""
    wanted = set(content_stems(question)) | _BINDING
    wanted |= _said_otherwise(question, expand)
    verbs = [set(content_stems(m[1])) for m in _DENIED.finditer(text)]
    return all(not verb or verb & wanted for verb in verbs)


def of_that_kind(question: str, text: str, expand: Expand) -> bool:
    """Whether `text` says of the one thing that it is the other, where `question` asks "is X a Y?"; else True."""
    asked = _IS_A.search(question)
    if asked is None:
        return True
    one, other = ({*content_stems(words), *_said_otherwise(words, expand)} for words in asked.groups())
    return any(
        one & set(content_stems(text[: m.start()])) and other & set(content_stems(text[m.end() :]))
        for m in _MEMBER.finditer(text)
    )


def done_to_it(question: str, text: str, expand: Expand) -> bool:
    """Whether `text` says that it was done to what `question` asks of, where it asks that; else True.

    "The new rules replaced the old ones" is no yes to "have the new rules been replaced?".
    """
    asked = _PASSIVE.search(question)
    if asked is None or asks_duty(question) or asks_leave(question):
        return True
    subject = set(content_stems(_ASIDE.split(asked["subject"])[0]))
    verb = {*content_stems(asked["verb"]), *_said_otherwise(asked["verb"], expand)}
    said = [m for m in re.finditer(r"[\w'’-]+", text) if verb & set(content_stems(m[0]))]
    return not verb or any(
        _DONE_TO.search(text[: m.start()])
        or re.match(_NO_OBJECT, text[m.end() :], re.IGNORECASE)
        or subject <= set(content_stems(_ASIDE.split(text[m.end() :])[0]))  # "a report on the plan" is no plan
        for m in said
    )


def names_the_deed(question: str, text: str, expand: Expand) -> bool:
    """Whether `text` names what `question` asks to have been done; True where it asks no such thing."""
    asked = _PASSIVE.search(question)
    if asked is None or asks_duty(question) or asks_leave(question):
        return True
    verb = {*content_stems(asked["verb"]), *_said_otherwise(asked["verb"], expand)}
    return not verb or bool(verb & set(content_stems(text)))


def _said_otherwise(words: str, expand: Expand) -> set[str]:
    return {s for _, other in expand(words) for s in content_stems(other)}


def of_as_many(question: str, text: str, above: str) -> bool:
    """Whether `text` speaks of all, only, the first, where `question` does, and of some only where it does."""
    for words in (ALL, _ALONE, _ALWAYS):
        if words.search(question) and not words.search(text):
            return False
    if _SOME.search(text) and not _SOME.search(question):
        return False
    if _PART.search(text) and not _BELONGS.search(question):
        return False
    held = f"{above} {text}".lower()
    return all(re.search(rf"\b{m.lower()}\b", held) for m in _RANK.findall(question))
