"""Yes or no, duty or choice, all or some: words that turn the sense of a sentence must agree with what it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.text import stems


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


NEGATIVE = _any(
    r"no|not|never|none|nobody|nothing|neither|nor|cannot|without|unable|fails?|failed|refus\w+|\w+n't|n't"
    r"|rather than|instead of|stopp?ed|ceased?"
)
LIMITS = {
    "only": _any(r"only|solely|exclusively|just"),
    "except": _any(r"except|excluding|other than|apart from|unless|excludes?|excluded"),
    "if": _any(
        r"if|provided that|providing|subject to|as long as|so long as|in cases? where|where (?:there|it|the|a|an)"
    ),
    "each": _any(r"all|every|each|any|always|entire|whole|everyone|everybody|anyone|nationwide|universal\w*|both"),
    "some": _any(
        r"some|several|many|most|majority|few|certain|often|usually|typically|generally|mainly|mostly|part of"
    ),
}
_ONE_WAY = frozenset({"each"})  # may be left out of a sentence, never put in
MODALS = {
    "must": _any(
        r"must|shall|required to|has to|have to|had to|need to|needs to|obliged to|duty to|mandatory|compulsory"
    ),
    "should": _any(r"should|ought to|encouraged to|recommend\w*|advised to"),
    "may": _any(r"may|might|can|could|able to|allowed to|permitted to|optional|free to|entitled to"),
    "will": _any(r"will|going to|is to|are to|was to|were to|would"),
    "expected": _any(
        r"expect\w*|planned?|plans to|intend\w*|propos\w+|draft|aims? to|likely|hopes? to|provisional\w*"
    ),
}
_ARTICLES = frozenset("a an the any".split())
_ADVERBS = frozenset("also be have been not only first then now always still therefore".split())

# Words of opposite sense: one of a pair in the sentence needs that one in the quote.
_OPPOSITES = [
    [side.split(",") for side in pair.strip().split("|")]
    for pair in """
    open,opens,opened,reopened|closed,closes,close,shut,ended,ends,expired
    began,begins,begin,started,starts,start,launched|ended,ends,end,finished,closed,closes
    increase,increased,increases,rose,rise,grew,more,higher|decrease,decreased,decreases,fell,less,fewer,lower,cut
    approved,accepted,agreed,granted|rejected,refused,declined,withdrawn
    eligible|ineligible
    include,includes,included,including|exclude,excludes,excluded,excluding
    before,earlier|after,later
    first,earliest|last,latest
    mandatory,compulsory,required|optional,voluntary
    national|local,regional
    public|private
    new,current,currently,now,today,still,present|old,former,previous,formerly,past
    permanent|temporary,interim
    win,won,wins,successful|lost,lose,loses,unsuccessful
    available|unavailable
    """.strip().splitlines()
]


def faults(said: str, held: str) -> Iterator[str]:
    """What the sentence `said` turns in the sense of `held`, the sentence that it rests on."""
    denied = _negated(held)
    turned = (denied & set(stems(said))) - _negated(said)  # denied there, and told here without it
    if bool(NEGATIVE.search(said)) != bool(NEGATIVE.search(held)) or _negated(said) - denied or turned:
        yield "negation"
    for name, words in LIMITS.items():
        mine, theirs = bool(words.search(said)), bool(words.search(held))
        if (mine and not theirs) or (theirs and not mine and name not in _ONE_WAY):
            yield f"limit: {name}"
    yield from _modal_faults(said, held)
    yield from _opposites(said, held)


def _modal_faults(said: str, held: str) -> Iterator[str]:
    mine, theirs = modals(said), modals(held)
    if {m for m, _ in mine} - {m for m, _ in theirs}:
        yield "modality"
        return
    if theirs and not mine:
        yield "modality left out"
        return
    for modal, verb in mine:
        of_verb = {m for m, v in theirs if v == verb}
        if modal not in of_verb if of_verb else len({m for m, _ in theirs}) > 1:
            yield "modality of another verb"


def modals(text: str) -> list[tuple[str, str]]:
    """The modal words of a text, each with the stem of the verb that follows it."""
    found: list[tuple[int, str, str]] = []
    for name, words in MODALS.items():
        for match in words.finditer(text):
            if match[0] == "May" and match.start() > 0:  # the month
                continue
            after = [w for w in re.findall(r"[a-z]+", text[match.end() :].lower()) if w not in _ADVERBS]
            found.append((match.start(), name, "".join(stems(after[0])) if after else ""))
    return [(name, verb) for _, name, verb in sorted(found)]


def _negated(text: str) -> set[str]:
    """The stems of the words that the negations of a text stand before."""
    found = set()
    for match in NEGATIVE.finditer(text):
        after = [w for w in re.findall(r"[a-z]+", text[match.end() :].lower()) if w not in _ADVERBS | _ARTICLES]
        found |= set(stems(after[0])) if after else set()
    return found


def _opposites(said: str, held: str) -> Iterator[str]:
    mine, theirs = (re.findall(r"[a-z]+", text.lower()) for text in (said, held))
    for sides in _OPPOSITES:
        for number, side in enumerate(sides):
            others = {w for n, other in enumerate(sides) if n != number for w in other}
            here = [w for w in mine if w in side]
            if len(here) > len([w for w in theirs if w in side]) and set(theirs) & others:
                yield f"opposite: {here[0]}"
