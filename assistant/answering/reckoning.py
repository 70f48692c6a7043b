"""Whether words ask to reckon with figures that were asked for: to add them up, or to set one against the other."""

from __future__ import annotations

import re
from enum import StrEnum

from vectorstore.text import content_stems


class How(StrEnum):
    """What is done with the figures."""

    SUM = "sum"
    MEAN = "mean"
    COMPARE = "compare"  # which is more, and by how much
    RATIO = "ratio"


_BIG = r"bigg(?:er|est)|larg(?:er|est)|high(?:er|est)|great(?:er|est)|more|most|better|best|ahead"
_SMALL = r"small(?:er|est)|low(?:er|est)|less|least|fewer|fewest|worse|worst|behind"
_ENDS = rf"(?:{_BIG}|{_SMALL})"
_THINGS = r"it|them|those|these|both|all|the (?:two|three)|two|three|figures|numbers|sums|amounts|up|of"
_BARE = rf"(?:the )?{_ENDS}"  # compares only where the words choose: "tell me more" does not
_KEYS: tuple[tuple[How, str], ...] = (
    (How.MEAN, r"(?:the |on )?average(?:d| of)?|the mean(?: of)?"),
    (
        How.RATIO,
        rf"(?:the )?ratio(?: of| between)?|how many times (?:as (?:much|many|big|large)|{_ENDS})"
        r"|what multiple(?: of)?",
    ),
    (
        How.COMPARE,
        r"(?:the )?differen(?:ce|t)(?: between| of| in)?|differs?|(?:the |a )?gap(?: between)?|by how (?:much|many)"
        rf"|how (?:much|many|big|wide|far)(?: of)? (?:a |the )?(?:{_ENDS}|gap|difference|apart|between)"
        r"|how do(?:es)? .*compare|compared?(?: with| to)?|comparing|comparison|apart|(?:the )?margin"
        r"|(?:(?:came|come|comes) (?:out )?)?on top",
    ),
    (
        How.SUM,
        rf"(?:add|adding|added|put|putting|taken?|lump|count|tot)(?: (?:{_THINGS}))*(?: (?:up|together|in one))?"
        r"|(?:the |a )?(?:grand |joint |combined |overall )?(?:sum|totals?)(?: of| for| up)?|in total"
        r"|total(?:led|ling)|combin(?:ed?|ing)|altogether|all together|together|in all|all in"
        r"|between (?:the (?:two|three)|them)|jointly|collectively|(?:come|comes|came|amount|amounts) to",
    ),
    (How.COMPARE, _BARE),
)
_WORDS = re.compile(
    r"\b(?:and|so|ok|okay|then|now|right|but|well|just|please|which|who|what|how|whats|is|are|was|were|did|do|does|has"
    r"|have|had|got|get|gets|came|come|comes|out|the|a|an|of|it|its|them|they|those|these|that|this|both|all|two|three"
    r"|four|one|ones|each|either|other|than|in|on|for|to|by|with|from|between|me|us|my|our|you|can|could|would|will|give"
    r"|tell|show|put|work|say|i|we|want|need|know|be|been|there|their|as|if|up|at|s|ll|d|re|again|instead|much|many"
    r"|figures?|numbers?|amounts?|sums?|answers?|makes?|whats|thats|lets|quick|quickly|overall|same|or|not|pls|thanks|cheers)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\W_]+")
_CHOOSES = re.compile(r"\b(?:which|who|whose|what|where)\b")
_DOES = re.compile(  # "can they work together?", "who put it together?"
    r"^(?:and |so |but |then )*"
    r"(?:who|(?:can|do|did|does|must|should|will|have|are|were|is|was) (?:they|we|it|that|there|the))\b"
)
_HOW_MANY = re.compile(r"\bhow (?:much|many)\b")
_POINTS = re.compile(r"\b(?:it|that|this|they|them|those|these|both|two|three)\b")


def reckons(text: str, about: str = "") -> How | None:
    """How `text` asks to reckon, where it asks nothing else; its other words may be those of the question `about`."""
    plain = _PLAIN.sub(" ", text.lower().replace("'", "").replace("’", "")).strip()
    whole, found = plain, None
    for how, pattern in _KEYS:
        if pattern == _BARE and not (found or _CHOOSES.search(whole)):
            continue
        rest = re.sub(rf"\b(?:{pattern})\b", " ", plain)
        if rest != plain:
            found, plain = found or how, rest
    if found is None or (found is How.SUM and not _is_sum(whole)):
        return None
    known = set(content_stems(about))
    left = _WORDS.sub(" ", plain).split()
    return found if all((stems := set(content_stems(w))) and stems <= known for w in left) else None


def _is_sum(text: str) -> bool:
    """Whether words of adding ask for a sum: not who put it together, nor how many there are in all."""
    return _DOES.match(text) is None and not (_HOW_MANY.search(text) and not _POINTS.search(text))
