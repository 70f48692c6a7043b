"""Whether a question depends on what was said before it, read from closed-class words alone."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.answering.ahead import has_condition
from vectorstore.text import content_stems

LONGEST_FRAGMENT = 5  # words of meaning in a turn that asks nothing by itself
LONGEST_POINTER = 3  # words of meaning up to which a pronoun anywhere points back
LONGEST_ENDING = 6  # the same for "in it" at the end, where nothing before is one thing


class Tie(StrEnum):
    """How a question hangs on the one before it."""

    NONE = "none"  # it stands alone
    SWAP = "swap"  # it brings another value for something of the question before: "what about Bath?"
    POINTS = "points"  # it names something of the question before by a pronoun: "who leads it?"
    SHORT = "short"  # it asks without saying of what: "when?", "who decides?"


_THANKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|thanks?(?: you)?(?: (?:very|so) much| a lot)?|ta|cheers|great|perfect|lovely|brilliant"
    r"|right|sure|got it|i see|good|fine|cool|super|hmm+|ah|oh|well|yes|yeah|yep|understood"
    r"|(?:very |really |so )?helpful"
    r"|(?:that |it |this )?(?:all )?makes (?:perfect |total )?sense(?: now)?|fair enough|no (?:worries|problem)|noted"
    r"|excellent|nice(?: one)?|good to know|much appreciated|interesting"
    r"|that(?:['’]s| is) (?:fine|good|all right|fair|interesting)"
    r"|hi(?:ya| there)?|hello(?: there)?|hey|good (?:morning|afternoon|evening)"
    r"|(?:just )?(?:a )?quick (?:q|question|one)"
    r"|never ?mind|(?:a )?(?:new|another|different) (?:question|topic|one)|separately|going back to|back to"
    r"|that(?:['’]s| is)? (?:helps?|great|helpful|useful|clear))\b[\s,.!;:–-]*)+",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:new|another|different) (?:question|topic|one)\b|\bseparately\b", re.IGNORECASE)
_LINK = re.compile(r"^\W*(?:(?:and|but|so|also|then|plus|or|lastly|finally)\b[\s,:–-]*)+", re.IGNORECASE)
_REGRET = (
    "no|nope|sorry|actually|wait|oops|apologies|my mistake|not that(?: one)?|correction|typo"
    "|i mis(?:typed|spelt|spelled)"
)
_CORRECTS = re.compile(
    rf"^\W*(?:(?:{_REGRET})\b[\s,.;:–-]*)*"
    r"(?:i (?:meant|mean|was asking about|am asking about|want(?:ed)?)|(?:make|let['’]?s say) (?:that|it)|i said)"
    r"\b[\s,:]*",
    re.IGNORECASE,
)
_SORRY = re.compile(
    rf"^\W*(?:{_REGRET})\b[\s,.;:–-]+",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|then)\W+)*(?:what|how) "
    r"(?:about|if (?:it|they|we|i)(?:['’](?:s|re|m)| is| are| am| were))"
    r"\b[\s,:]*|^\W*(?:and )?(?:same|the same) (?:for|in|question for|with)\b[\s,:]*",
    re.IGNORECASE,
)
_TOO = re.compile(
    r"^\W*(?:and )?(?:(?:does|would|do|is|are|did|was|will) "
    r"(?:that|this|the same|those|these|it(?= (?:go|hold|count|work)\b|.*\b(?:too|also|as well|the same)\b))"
    r"(?: also)? "
    r"(?:go|hold|apply|count|true|the same|the case|so|work|happen)?\W*(?:be )?(?:true |the case |the same )?"
    r"(?:also )?(?:for|to|of|in|with)|is (?:it|that) (?:any )?(?:the same|different) (?:for|in|with))\b[\s,:]*",
    re.IGNORECASE,
)
_IS_IN = re.compile(r"^\W*(?:is|are|was|were) (?:that|this|it|those|these) (?:also )?(?:in|of|with)\b", re.IGNORECASE)
_WH = (
    r"what|which|who|whom|whose|when|where|why|how|tell|list|explain|give|name|show|compare|is|are|was|were|am|do"
    r"|does"
    r"|did|can|could|must|should|shall|will|would|may|might|has|have|had"
)
_ASKS = re.compile(rf"\b(?:{_WH})\b", re.IGNORECASE)
_ASKS_FIRST = re.compile(rf"^\W*(?:by |until |since |from |in |at |on |to |for )?(?:{_WH})\b", re.IGNORECASE)
_ASKS_LAST = re.compile(
    r"^(?!\W*(?:what|which|who)\b).*\b(?:how|why|when|where|(?:by|for|from|to|with) (?:whom?|what))\W*$", re.I
)
_QUESTION_WORD = re.compile(
    r"^\W*(?:by |until |since |for |on |to |with |from |of |under |about |at )?"
    r"(?:what|which|who|whom|whose|when|where|why|how)\b",
    re.I,
)
PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|ours|mine|yours|he|she|his|hers?|him|the same one|the same"
    r"|(?:that|this|the other|the old|the new|the current|the latest"
    r"|the previous|the last|the first|which|either|each|another) ones?|the ones)\b"
    r"|\bthe \w+ ones?\b"
    r"|(?<!which )(?<!no )(?<!the )(?<!any )(?<!each )(?<!every )(?<!only )(?<!number )(?<!least )\bone"
    r"(?=(?: (?:in|out|too|up|off|back|now|please|as well|yet|again|due|either)){0,3}"
    r"(?: (?:by|in|for|on|before|after|until|from|to|at|every|each|if|when)\b"
    r"(?! (?:\w+ )?(?:three|four|five|six|seven|eight|nine|ten|\d{1,2})\b)[^?]*)?\W*$)"
    r"|(?:(?<=get )|(?<=got )|(?<=have )|(?<=receive ))(?:any|some)(?=\W*$| (?:in|for|at|from|here|there|too|last)\b)"
    r"|(?:(?<=say )|(?<=says )|(?<=said )|(?<=do )|(?<=does )|(?<=did )|(?<=if ))so(?=\W*$)"
    r"|\b(?:those|these|that|this)(?=\s*(?:[?.!,;]|$|\b(?:is|are|was|were|go|goes|apply|applies|mean|means|include"
    r"|includes|still|too|also|come|came|happen|happened|end|ended|start|started|change|changed|work)\b"
    r"|(?:off|out|up|down|through|over|back|in|on)\W*$))"
    r"|\b(?:about|of|for|after|before|with|is|was|does|did|why|since|on|do|to|by|in|from) (?:that|this|those|these)\b"
    r"|\b(?:this|those|these) (?!year|month|week|country)(?=\w)",
    re.IGNORECASE,
)
_ENDS_ON_IT = re.compile(
    r"\b(?:in|of|for|to|from|with|on|under|by|about|behind|through) (?:it|that|this)\W*$", re.IGNORECASE
)
_SINGULAR = re.compile(  # what "it" could stand for within the question itself
    r"\b(?:the|an?|our|my|this|that|each|every)\s+\w|(?<!^)(?-i:\b[A-Z]\w)", re.IGNORECASE
)
HOW_MANY_DO = re.compile(  # "how many got money?" leaves out what is counted
    r"^\W*how many (?:got|had|were|are|have|did|do|got|took|said|applied|won|received|missed|led|need|needed)\b"
    r"(?! (?:we|i|you|they|it|there|the|an?)\b)"
    r"|^\W*how much (?:went|goes|came|comes|of it|(?:is|was) (?:left|spent|for|on|kept|held))\b",
    re.IGNORECASE,
)
_OF_IT = re.compile(  # "is there an appeal?", "who was the main partner?"
    r"^\W*(?:(?:is|are|was|were) there (?:still |also )?(?:an?|any)\b"
    r"|who(?:['’]s| is| are| was| were) the (?!same\b)[\w'’-]+(?: [\w'’-]+)?\W*$"
    r"|(?:what|where|when) (?:was|were|are) the (?!same\b)[\w'’-]+(?: called| named| for| about| like)?\W*$)",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(r"\bin force(?: (?:now|today|at the moment|at present|currently))?\b", re.IGNORECASE)
_UNFINISHED = re.compile(  # "does the authority get a say?": in what, only the question before says
    r"^\W*(?:and |so |but |then )*"
    r"(?:is|are|was|were|do|does|did|can|could|must|should|will|would|may|has|have|who|what)\b"
    r"[^?,;]{2,60}\b(?:(?:gets?|got|has|have|had|given)\s+(?:a|any|no|much)\s+(?:\w+\s+)?(?:say|part|role|vote|veto|input|voice)"
    r"|(?<!the )(?<!an )(?<!a )(?<!our )(?<!its )(?<!any )"
    r"(?:agree|object|appeal|refuse|decline|comply|respond|reply|apply|bid|opt out)"
    r"|(?:be|been|being|get|gets) (?:consulted|involved|asked|told|notified|invited)"
    r"|(?<!what )counts?|qualif(?:y|ies))\W*$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:it|they|them|he|she)\b")
_UNDER_WHICH = re.compile(  # "on whose advice?"
    r"^\W*(?:by|on|at|for|to|with|from|under|in|of|until|since) (?:what|which|whose)(?: [\w'’-]+){1,3}\W*$",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|this|those|these|ones?|either|neither|both|any)\b", re.IGNORECASE
)
MOVED = re.compile(  # "why did the number go up?"
    r"^\W*(?:why|when|how|by how much) (?:did|has|have|had|does|do|was|is) (?:the |that )?"
    r"(?:numbers?|figures?|totals?|amounts?|sum|count|rate|share)\b[^?]{0,24}\W*$",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|would|will|does|can) it (?:be )?(?:true|right|correct|possible|ok|okay|fair|the case|worth"
    r"|necessary|still possible|too late|matter)\b|\bit (?:is|was|['’]s) (?:true|right|correct)\b"
    r"|\bhow (?:is|does) it (?:that|feel)|\bhow long (?:does|did|will|would) it take|\bi take it\b",
    re.IGNORECASE,
)
THERE = re.compile(r"\bthere\b", re.IGNORECASE)
_EXISTS = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have) there\b|\bthere (?:is|are|was|were|will|has)\b", re.I
)
THEN = re.compile(r"\b(?:back then|at (?:that|the) time|then|in those days|that year)\W*$", re.IGNORECASE)
_DEFINES = re.compile(r"\b(?:is|are|does|do|mean|means|stand|stands)\b", re.IGNORECASE)
PROPER = re.compile(r"(?<!^)\b[A-Z][\w&'-]+|\b[A-Z]{2,}\w*\b")
COUNTING = frozenset(content_stems("many much long big often"))
_UNNAMED = COUNTING | frozenset(
    content_stems("nobody someone somebody anyone anybody everyone everybody nothing something anything everything")
)
_GENERAL = COUNTING | frozenset(
    content_stems(
        "figure figures number numbers amount total date reason deadline percentage share answer sum rest result"
    )
)


def courtesies_off(text: str) -> str:
    """`text` without thanks at its beginning, if something is left."""
    rest = _THANKS.sub("", text)
    return rest if content_stems(rest) or PRONOUN.search(rest) or _ASKS.search(rest) else text


def only_courteous(text: str) -> bool:
    """Whether `text` says nothing but thanks or the like."""
    return not re.search(r"\w", _THANKS.sub("", text))


def changes_topic(text: str) -> bool:
    """Whether `text` says that it asks about something else."""
    said = _THANKS.match(text)
    return said is not None and _ANOTHER.search(said[0]) is not None


def linked_off(text: str) -> str:
    """`text` without "and", "but" and the like at its beginning."""
    rest = _LINK.sub("", text)
    return rest or text


def asks(text: str) -> bool:
    """Whether `text` begins as a question does."""
    return _ASKS_FIRST.match(text) is not None


def swap_off(text: str) -> str | None:
    """What a turn brings anew, where its words only say that it does ("what about ...?"); None for other turns."""
    for pattern in (_ABOUT, _TOO, _CORRECTS, _SORRY):
        found = pattern.match(text)
        if found and len(text[found.end() :].strip(" ?.!")) > 0:
            rest = re.sub(r"\W*\b(?:too|also|as well|instead|please|then)\b(?=\W*$)", "", text[found.end() :])
            return rest.strip(" ?.!,;:")
    return None


def asks_of(text: str) -> bool:
    """Whether `text` may ask of what was said where a thing is ("is that in the law?"), rather than bring another."""
    return _IS_IN.match(text) is not None


def tie(text: str) -> Tie:
    """How `text` hangs on the question before it."""
    said = courtesies_off(text)
    brought = swap_off(said)
    if brought is not None and not _ASKS_FIRST.match(brought):
        return Tie.SWAP
    own = linked_off(said if brought is None else brought)
    meaning = len(set(content_stems(_IN_FORCE.sub(" ", own))) - _UNNAMED)
    if not _ASKS.search(own):
        return Tie.SWAP if meaning <= LONGEST_FRAGMENT else Tie.NONE
    if points_back(own, meaning):
        return Tie.POINTS
    if THERE.search(own) and not _EXISTS.search(own) and meaning <= LONGEST_POINTER:
        return Tie.POINTS
    if _QUESTION_WORD.match(own) and meaning <= 1 and not PROPER.search(own.strip()) and not _defines(own, meaning):
        return Tie.SHORT
    if MOVED.match(own) or HOW_MANY_DO.match(own) or _UNDER_WHICH.match(own):
        return Tie.SHORT
    if _UNFINISHED.search(own):
        return Tie.POINTS
    if meaning <= 2 and _OF_IT.match(own) and not PROPER.search(own.strip()):
        return Tie.SHORT
    if meaning <= 2 and _ASKS_LAST.search(own):
        return Tie.SHORT
    if _EXISTS.search(own) and meaning == 0:
        return Tie.SHORT
    general = set(content_stems(PROPER.sub(" ", own)))
    if _QUESTION_WORD.match(own) and general and general <= _GENERAL:
        return Tie.SHORT  # "what was the figure for Cornwall?"
    return Tie.NONE


def may_point(text: str) -> bool:
    """Whether `text` has a word that can stand for something: enough where `text` alone is of no subject known."""
    return _STANDS.search(_EXPLETIVE.sub(" ", text)) is not None and (
        len(content_stems(text)) <= LONGEST_FRAGMENT and not PROPER.search(text)
    )


def points_back(text: str, meaning: int) -> bool:
    """Whether a pronoun of `text` stands for something that `text` itself does not name before it."""
    cleaned = _EXPLETIVE.sub(" ", text)
    found = PRONOUN.search(cleaned)
    if found is None or has_condition(cleaned, found.start()):
        return False
    if found[0].lower() == "one":
        return len(re.findall(r"\ban? \w", cleaned[: found.start()], re.IGNORECASE)) < 2  # one may be who does it
    several = len(set(_PERSONAL.findall(cleaned.lower()))) > 1
    if several and meaning <= LONGEST_ENDING and not _SINGULAR.search(cleaned):
        return True  # "who decides whether they've done it?"
    if meaning <= LONGEST_ENDING and _ENDS_ON_IT.search(cleaned) and not _SINGULAR.search(cleaned[: found.start()]):
        return True
    return meaning <= LONGEST_POINTER or len(content_stems(cleaned[: found.start()])) == 0


def _defines(text: str, meaning: int) -> bool:
    """Whether a short question asks what its one word of meaning is."""
    return meaning == 1 and bool(re.match(r"^\W*(?:what|who)\b", text, re.IGNORECASE)) and bool(_DEFINES.search(text))
