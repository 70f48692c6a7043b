"""Whether a date in a question belongs to a thing ("the 2023 guidance", "the Act of 2022"), and is not the time asked
about.
"""

from __future__ import annotations

import re

_DETERMINERS = r"the|our|your|their|its|his|her|my|this|that|these|those|an?|any|each|every|all|both|some|no"
_BE_OR_HAVE = r"is|are|was|were|be|been|being|am|has|have|had|did|do|does|get|gets|got|will|would|to|not|n['’]t"
_TIME_BEFORE = re.compile(  # the time of a whole clause: no noun that follows takes it as its own
    r"\b(?:in|on|by|at|before|after|since|until|till|during|from|as of|around|throughout|early|late|mid)[ -]*$",
    re.IGNORECASE,
)
_NO_NOUN = (
    r"is|are|was|were|be|am|do|does|did|has|have|had|can|could|must|should|shall|will|would|may|might|who|whom|whose"
    r"|what|which|how|when|where|why|in|on|at|of|for|to|by|from|with|and|or|but|as|if|than|then|so|that|there|it|we"
    r"|they|i|you|he|she|not|still|already|yet|ago|only|onwards?|until|till|through|please|instead|now|also|too"
)
_NOUN_AFTER = re.compile(rf"^(?:['’]s)?\s+(?!(?:{_NO_NOUN}|{_DETERMINERS})\b)[a-z]", re.IGNORECASE)
_OF = re.compile(
    r"(?<!\bas)(?<!\bend)(?<!\bstart)(?<!\bbeginning)(?<!\bmiddle)(?<!\bclose)(?<!\bspring)(?<!\bsummer)(?<!\bautumn)"
    r"(?<!\bwinter)(?<!\bhalf)(?<!\bquarter)(?<!\brest)(?<!\bcourse)(?<!\bmonth)(?<!\byear)(?<!\d)(?<!\d[a-z]{2})"
    r"(?<=[a-z]) of (?:the )?$",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"\b(?:{_DETERMINERS}) (?:[\w-]+ ){{0,3}}"
    r"(?!change|appl|run|start|beg|valid|force|effect|open|lead|differ|\w+ed\b)[\w-]+ from (?:the )?$",
    re.IGNORECASE,
)
_SPAN_AFTER = re.compile(r"^\W*(?:to|until|till|through|on|onwards?)\b", re.IGNORECASE)
_DONE = re.compile(
    rf"\b(?:{_DETERMINERS}) (?P<noun>(?:(?!(?:{_BE_OR_HAVE})\b)[\w'’-]+ ){{1,6}}?)"
    r"(?:\w{2,}ed|due|made|written|drawn up|set|sent|dated|brought in|put out|won|held)"
    r"(?: (?:in|on|by|back in|for|at the end of))?(?: (?:early|mid|late))?[ -]*(?:the )?$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(rf"(?:\b(?:{_BE_OR_HAVE})|n['’]t)\s*$", re.IGNORECASE)
_MORE = re.compile(r"\w")


def belongs_to_thing(before: str, after: str) -> bool:
    """Whether the date between `before` and `after` says which thing is meant, in its name or by what was done to it.

    "Was the plan approved in June 2026?" asks of that month; "is the plan approved in June 2026 valid?" names a plan.
    """
    if _NOUN_AFTER.search(after) and not _TIME_BEFORE.search(before):
        return True
    if _OF.search(before):
        return True
    if _FROM.search(before) and not _SPAN_AFTER.search(after):
        return True
    done = _DONE.search(before)
    if done is None:
        return False
    return not (_PREDICATE.search(before[: done.start()]) and not _MORE.search(after))
