"""What a question is about, as a phrase that may stand for a pronoun: cut from its own words, nothing added."""

from __future__ import annotations

import re

from assistant.answering.parts import focus
from vectorstore.text import content_stems

_FRAME = re.compile(
    r"^\W*(?:(?:so|and|but|hi|hello|please|ok(?:ay)?|sorry)\W+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell|explain|show|give)(?: (?:to )?(?:me|us))?(?: about)?\s+"
    r"|tell me(?: about)?\s+|do you know\s+|i(?:['’]d| would) like to know\s+"
    r"|(?:explain|list|describe|name|compare|show me|give me)\s+)?"
    r"(?:by when|until when|how (?:much|many|long|big|often|large|old|far)|what kinds? of|what sorts? of|what|which"
    r"|who|whom|whose|when|where|why|how)?\b(?:['’]s|['’]re)?\s*",
    re.IGNORECASE,
)
_AUX = (
    r"is|are|am|was|were|be|been|do|does|did|has|have|had|can|could|will|would|should|shall|must|may|might|isn['’]t"
    r"|aren['’]t|doesn['’]t|don['’]t|didn['’]t|won['’]t"
)
_VERB = re.compile(
    rf"\b(?:{_AUX}|say|says|said|cover|covers|covered|lead|leads|led|run|runs|ran|get|gets|got|win|wins|won"
    rf"|receive\w*"
    r"|appl(?:y|ies|ied)|mean|means|need|needed|send|sends|sent|submit\w*|go|goes|went|come|comes|came|include\w*"
    r"|change[sd]?|start\w*|end|ends|ended"
    r"|finish\w*|close[sd]?|open|opens|opened|publish\w*|write|writes|wrote|written|replace[sd]?|name|names|named"
    r"|list|lists|listed"
    r"|give|gives|gave|given|take|takes|took|make|makes|made|count|counts|pay|pays|paid|spend|spends|spent"
    r"|decide[sd]?|approve[sd]?"
    r"|happen\w*|last|lasts|lasted|use[sd]?|work|works|worked|set|sets|fund|funds|funded|support\w*|share[sd]?"
    r"|join\w*|stop\w*|require[sd]?"
    r"|fall|falls|reach|reaches|bind|binds|become\w*|became|exist\w*|allow\w*|call|called|hold|holds|held|know|think"
    r"|find|tell|talk|speak|contact|ask"
    r"|(?<=\w )[a-z]{3,}ed(?= (?:to|by|in|from|for|on|at|with)\b|$)"
    r"|involved|exactly|and|but|if|because|so|that|i|we|you|us|me)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"^(?:(?:of|in|for|to|on|at|by|with|about|from|under|as|into|much|many|long|there|still|also|only|just|really"
    r"|actually)\b\s*)+"
    r"|(?:\s*\b(?:of|in|for|to|on|at|by|with|about|from|under|as|into|still|now|today|please|then|there|too|also"
    r"|it|before|after|since|until|out|ready|available|live|online|over)\b)+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^\W*(?:and )?(?:how many|which|what) (?!is|are|was|were|do|does|did)\w", re.IGNORECASE)
_CHOSEN = re.compile(r"^\W*(?:and )?which (?!is|are|was|were|do|does|did|of|one|ones|\w+s )\w", re.IGNORECASE)
_WHICH_WERE = re.compile(
    r"^\W*(?:and )?(?:which|what) (?P<things>[\w'’-]+(?: [\w'’-]+)?s) (?P<said>(?:were|are) (?:[\w'’-]+ ?){1,6})\W*$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\s+\((?:[^()]|\([^()]*\))*\)|:[^:]*\?$")  # what was carried along, and comparisons
_ASKED = re.compile(
    rf"^\W*(?:(?:so|and|but|hi|hello|please|ok(?:ay)?|sorry)\W+)*(?:by |until |since |in |for )?"
    rf"(?:what|which|who|whom|whose|when|where|why|how|can|could|would|tell|explain|list|describe|name"
    rf"|compare|show|give|do|i['’]d|i would"
    rf"|{_AUX})",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[?!.\s]*$|\s*[-–,:]?\s*\b(?:what|which|who|when|where|why|how|please)\b.*$", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|our|its|their|this|that|an?)\s+[\w'’&/-]+", re.IGNORECASE)


def referent(question: str) -> str | None:
    """The longest phrase of `question` that names a thing; None if there is none with a word of meaning."""
    question = _ADDED.sub("", question) or question
    clause = _WHICH_WERE.match(focus(question))
    if clause is not None and content_stems(clause["said"]):
        return f"the {clause['things']} that {clause['said']}"
    if not _ASKED.match(focus(question)):  # a label: "LSIF led by a college - where?"
        label = _trimmed(_TAIL.sub("", focus(question)))
        return label if content_stems(label) else None
    rest = _FRAME.sub("", focus(question).strip().rstrip(" ?.!"))
    pieces = [p.strip(" ,;:–-") for p in _VERB.split(re.sub(r"[;:,]\s", " and ", rest))]
    phrases = [_trimmed(p) for p in pieces]
    phrases = [p for p in phrases if p and content_stems(p)]
    if not phrases:
        return None
    counted = _COUNTED.match(focus(question)) is not None

    def weight(phrase: str) -> tuple[int, int]:
        first = phrase == phrases[0]
        return (
            min(3, len(content_stems(phrase))) + bool(_THE.match(phrase)) + 2 * (counted and first),
            -phrases.index(phrase),
        )

    best = max(phrases, key=weight)
    chosen = _CHOSEN.match(focus(question))  # "which plan ...": the plan that was asked for
    return f"the {best}" if chosen and best == phrases[0] else best


def _trimmed(phrase: str) -> str:
    before = None
    while before != phrase:
        before, phrase = phrase, _EDGE.sub("", phrase).strip(" ,;:–-")
        if phrase.count("(") != phrase.count(")"):
            phrase = phrase.strip("()")
    return phrase


def is_many(phrase: str) -> bool:
    """Whether a phrase names several things, by the last word before a preposition."""
    head = re.split(r"\b(?:of|for|in|on|at|from|with|to|by|about)\b", phrase)[0].strip()
    return bool(re.search(r"(?<![su])s$|\b(?:and|criteria|people|staff)\b", head, re.IGNORECASE))
