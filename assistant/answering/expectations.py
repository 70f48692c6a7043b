"""What the answer to each kind of question looks like: a date, a sum, a count, a name, a place to go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.turn import Kind
from vectorstore.text import content_stems, stems

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|forty|no"
_EXPECTED: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(rf"\b(?:19|20)\d\d\b|\b(?:{_MONTH})\b"),
    Kind.HOW_MUCH: re.compile(r"£|\bper cent\b|%|\bmillion\b"),
    Kind.HOW_MANY: re.compile(rf"(?<![\w£])\d[\d,.]*(?!\w)|\b(?:{_COUNT})\b", re.IGNORECASE),
    Kind.WHO: re.compile(r"(?<!^)(?<!\. )\b[A-Z][a-z]+(?: (?:and |of |for |the |& )*[A-Z][a-z]+)+"),
    Kind.WHERE: re.compile(
        r"https?://|www\.|@|\b[\w-]+\.(?:co|org|gov|ac)\.uk\b|\bcontact\b|\bpage\b|\bwebsite\b", re.IGNORECASE
    ),
}
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.WHEN: ("date", "day", "deadline", "dates"),
    Kind.HOW_MUCH: ("amount", "sum", "total", "award"),
    Kind.HOW_MANY: ("number", "count", "total"),
    Kind.WHO: ("name", "names", "who"),
    Kind.LIST: ("list", "names"),
    Kind.WHERE: ("contact", "address", "link"),
}
_ROLE = re.compile(
    r"\bwho(?:m|ever)? (?:must|has to|have to|had to|can|could|may|should|does|do|needs?|counts?|qualif\w+"
    r"|(?:is|are|was|were) (?:bound|covered|caught|exempt|eligible|allowed|required|in scope|expected"
    r"|affected))\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\b(?:areas|sectors|projects|colleges|councils|authorities|districts|priorities|bodies|grounds|conditions"
    r"|providers|skills|roles|jobs|actions|changes|partners|steps|needs|tests|editions)\b",
    re.IGNORECASE,
)
_NO_NOUN = (
    "is|was|has|does|ones|this|his|its|us|as|plus|less|always|sometimes|perhaps|towards|happens|says|means|leads|runs|owns"
    "|gets|covers|applies|counts"
)
_PLURAL = rf"(?!(?:{_NO_NOUN})\b)(?:[a-z][\w-]*(?:[^\Wsui]s|ss?es|ies)|people|criteria|staff)\b"
_FEW = r"(?:(?!(?:is|are|was|were|do|does|did|has|have|had|of|in|for|to|the|an?)\b)[\w'’/&-]+ ){0,5}?"
_OF_IT = (
    r"(?: (?:of|in|under) (?:the |an? |this |our )?(?!the\b|an?\b|this\b|our\b)[\w'’-]+)?"  # "editions of the plan"
)
_MEMBERS = (
    re.compile(  # "what were the eight trailblazers", "what are Cumbria's six sectors"
        rf"\b(?:what|which|who) (?:are|were) "
        rf"(?:the|all|these|those|its|their|our|your|(?:[\w-]+ ){{0,3}}?[\w-]+['’]s?) {_FEW}({_PLURAL})",
        re.IGNORECASE,
    ),
    re.compile(  # "which nine areas had ...", "what three projects did ..."
        rf"\b(?:which|what)(?: of (?:the|these|our))? {_FEW}({_PLURAL}){_OF_IT} (?:only |also |still |now |already )?"
        r"(?:are|were|do|does|did|have|had|has|can|could|must|should|shall|will|would|may|might|[a-z]+ed|got|get|won"
        r"|lead|led|ran|run|took|take|make|made|need|cover|lost|split|fall|count|there)\b"
        rf"|(?:^|[:,;–-])\W*(?:which|what) {_FEW}({_PLURAL})\W*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:name|list|give (?:me|us)|what all) (?:me |us )?(?:the |all |all the )+{_FEW}({_PLURAL})",
        re.IGNORECASE,
    ),
)
_TERM = re.compile(  # "which bodies count as a relevant authority": the members of the term are asked for
    r"\b(?:who|what|which)\b[^?]{0,80}?\b(?:counts?|counted|qualif(?:y|ies)|treated|classed) as (?:an? |the )?"
    r"((?:[\w-]+ ){0,3}?[\w-]+)"
    r"(?= (?:under|in|for|by|to|on|if|when|and|or|at|within)\b|[?.,;]|\s*$)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\bhow many ((?:[\w'-]+ ){0,3}?[\w'-]+)"
    r"(?= (?:are|were|is|was|did|do|does|have|has|had|can|could|will|would|may|in|of|to|on"
    r"|at|for|got|won|made|said|covers?|there|across|working)\b|[?.,]|$)",
    re.IGNORECASE,
)
_MANY = re.compile(rf"\bhow many {_FEW}({_PLURAL})", re.IGNORECASE)
_NUMBER_STEMS = frozenset(stems(_COUNT.replace("|", " ")))
_YEAR = re.compile(r"(?:19|20)\d\d$")  # a count of that size has a comma
_ENUMERATION = re.compile(r"(?:, [^,.]+){2,},? and |: [^.]+;")
_DEFINES = re.compile(
    r"\b(?:is|are|means|stands for|was|makes|requires|covers)\b:? "
    r"(?:a|an|the|plans?|what|that|college|part|whole|provi)"
    r"(?! ?(?:separate|different|further|other))",
    re.IGNORECASE,
)


def fits(kind: Kind, text: str, question: str = "", parties: Sequence[str] = ()) -> float:
    """How well `text` has the form of an answer to a question of `kind` (0..1); 0 for kinds that expect no form.

    `parties` are the collection's words for those who may do something or must: "who must" asks for no name.
    """
    if kind is Kind.LIST:
        form = 1.0 if text.rstrip().endswith(":") else 0.6 * bool(_ENUMERATION.search(text))
        wanted = _LISTED.search(question)
        return form * (1.0 if wanted is None or set(stems(wanted[0])) <= set(stems(text)) else 0.7)
    if kind is Kind.WHO and parties and _ROLE.search(question) and _party(tuple(parties)).search(text):
        return 1.0
    pattern = _EXPECTED.get(kind)
    if pattern is None or not pattern.search(text):
        return 0.0
    return 1.0


@lru_cache(maxsize=8)
def _party(parties: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(parties, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in longest)})\b", re.IGNORECASE)


def misses_count(kind: Kind, text: str, question: str) -> bool:
    """Whether a count is asked for and no number of `text` stands near the thing counted."""
    counted = _counted(question) if kind is Kind.HOW_MANY else None
    return counted is not None and "%" not in text and not _counts(text, counted)


def things_asked(question: str) -> str:
    """The plural noun of what a question asks for ("which nine *areas* had ..."); "" where it asks for no members."""
    found = next((m for pattern in _MEMBERS if (m := pattern.search(question))), None)
    return next(g for g in found.groups() if g) if found else ""


def term_asked(question: str) -> str:
    """The term that a question asks what falls under ("who counts as a *relevant provider*?"); "" for most."""
    found = _TERM.search(question)
    return found[1] if found else ""


def asks_role(question: str) -> bool:
    """Whether a question asks who may or must do something: it is answered by kinds of people, not by a name."""
    return _ROLE.search(question) is not None


def _counted(question: str) -> str | None:
    """The stem of the thing that a "how many" question counts: the first plural behind, or all that stands there."""
    match = _MANY.search(question) or _HOW_MANY.search(question)
    words = content_stems(match[1]) if match else ()
    return words[-1] if words else None


def _counts(text: str, counted: str) -> bool:
    """Whether a number of `text` stands shortly before the thing counted, or just after it."""
    sequence = list(stems(text))
    numbers = [n for n, s in enumerate(sequence) if (s[0].isdigit() or s in _NUMBER_STEMS) and not _YEAR.match(s)]
    things = [n for n, s in enumerate(sequence) if s == counted]
    return any(-3 <= thing - number <= 9 for number in numbers for thing in things)


def expects(kind: Kind) -> bool:
    """Whether a question of `kind` asks for something that can be recognised."""
    return kind in _EXPECTED


def fits_definition(question: str, text: str) -> bool:
    """Whether `text` says what the thing asked about is: the thing first, then what it is.

    `question` has its acronyms in words beside the acronyms, so that either form of the thing is known.
    """
    match = _DEFINES.search(text)
    if match is None:
        return False
    subject = set(content_stems(text[: match.start()]))
    return bool(subject) and subject <= set(content_stems(question))
