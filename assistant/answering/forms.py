"""Forms that some questions ask for, without which a sentence is no answer: a person, pay, a reason, a contact."""

from __future__ import annotations

import re
from dataclasses import dataclass

_I = re.IGNORECASE
_ORGANISATION = re.compile(
    r"Chamber|College|Council|England|Authority|Group|University|Local|Skills|Plan|Fund|Greater|North|South|East|West"
    r"|Street|House|Federation|Business|Combined|County|City|Region|Employer|Representative|Body|Improvement"
    r"|Department"
    r"|Secretary|State|Act|Further|Higher|Education|Strategic|Partnership|Centre|Institute|Trust|Limited|Press|Report"
)
_NAME = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Sir|Dame|Lord|Baroness|Cllr|Councillor)\b|\b[A-Z][a-z]+(?:[- ](?:Mc|Mac|O['’])?[A-Z][a-z]+)+"
)
_LEADING = re.compile(
    r"^(?:(?:The|An?|In|At|By|Of|On|For|From|Some|Each|No|It|This|That|These|Those|As|And|But|If)\s+)+"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: the questions that ask for it, and the sentences that have it."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


_FORMS = (
    Form(
        "pay",
        re.compile(
            r"\b(?:salar\w*|wages?|earns?|get paid|be paid|gets? paid|pay (?:rate|scale)|going rate|day rate)\b", _I
        ),
        re.compile(r"\b(?:salar\w*|wages?|paid|pay|earn\w*|a day|per hour|an hour)\b", _I),
    ),
    Form(
        "money",
        re.compile(
            r"\bhow much (?:\w+ ){0,3}?(?:money|funding|cash|grants?)\b|\bwhat (?:grants?|sums?|amounts?)\b"
            r"|\bhow much (?:was|were|is|are|did|does|do) .{1,60}\b(?:paid|get|receive|given|award\w*|cost)\b",
            _I,
        ),
        re.compile(r"£|\bmillion\b|\b(?:no|nothing|free|not)\b", _I),
    ),
    Form(
        "reason",
        re.compile(r"\bwhy\b|\bwhat (?:was|is|were) the reasons?\b|\bhow come\b|\bfor what reason\b", _I),
        re.compile(
            r"\b(?:because|since|due to|so that|in order|reasons?|therefore|as a result|caus\w+|owing|thanks to"
            r"|rests? on"
            r"|held (?:back|past|over|up)|delay\w+|postpon\w+"
            r"|to (?:avoid|allow|give|make|help|meet|bring|close|let|keep)|so\b(?! far))",
            _I,
        ),
    ),
    Form(
        "future",
        re.compile(
            r"\bwill (?:be|there|they|the|we|it|[a-z]+ (?:be|get|have))\b|\bgoing to\b|\bnext year\b|\bplan(?:s"
            r"|ning)? to\b"
            r"|\bin the future\b|\bnext (?:\w+ ){0,6}(?:forum|meeting|event|round|survey)\b|\bafter 20\d\d\b",
            _I,
        ),
        re.compile(
            r"\b(?:will|due|planned|plans? to|expected|to be|future|20(?:2[6-9]|3\d)|next|ahead|no later|later|every"
            r"|each|running to"
            r"|until|must|may|can|cannot|only|not)\b",
            _I,
        ),
    ),
    Form(
        "share",
        re.compile(
            r"\b(?:percent\w*|per cent|%|what (?:share|proportion|fraction)|(?:pass|success|completion"
            r"|turnover) rate)",
            _I,
        ),
        re.compile(
            r"%|\bper cent\b|\bpercent|\bhalf\b|\bthird\b|\bquarter\b|\b(?:one|two|three|nine|eight"
            r"|seven) in (?:\w+)\b",
            _I,
        ),
    ),
    Form(
        "judgement",
        re.compile(
            r"\b(?:rank(?:s|ed|ing|ings)?|rate(?:s|d)? (?:the|its|their|this|our|it|each|as)|ratings?|scor(?:e|es|ed"
            r"|ing)|grad(?:e|es|ed|ing)|league tables?|satisf\w+|how (?:well|badly) (?:did|do|does|has|have|was|were)"
            r"|(?:best|worst)[- ]performing|perform(?:s|ed|ing)? (?:best|worst))\b",
            _I,
        ),
        re.compile(
            r"\b(?:rank\w*|rat(?:ed|ings?)|scor\w+|grad(?:e|es|ed|ing)|outstanding|satisf\w+|best|worst|league"
            r"|judg\w+|inspect\w*|ofsted|good|weak\w*|strong\w*|poor\w*|success\w*|beat|met|lowest|highest|top|exceed\w*|achiev\w*)\b",
            _I,
        ),
    ),
    Form(
        "contact",
        re.compile(
            r"\b(?:phone|mobile|telephone)(?: number)?\b(?! plan)|\b(?:which|what) number\b.{0,30}\b(?:ring|call"
            r"|phone)\b"
            r"|\bpostal address\b|\bopening (?:hours|times)\b|\bwhat (?:hours|time)\b.{0,40}\bopen\b"
            r"|\bline manager\b",
            _I,
        ),
        re.compile(r"\b0\d{3,4} ?\d{3} ?\d{3,4}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|\b\d{1,2}(?:am|pm|:\d\d)\b"),
    ),
)
_PERSON_ASKED = re.compile(
    r"\bname(?:s of)? (?:the )?(?:people|members|staff|persons)\b|\bwho (?:sits?|sat) on\b"
    r"|\bnamed (?:person|individual|contact)\b|\bname of (?:an?|the|my|our|your) (?:person|individual|contact)\b"
    r"|\bpeople who (?:sit|sat) on\b|"
    r"\b(?:who|whom|whose|name|named|called)\b.{0,80}\b(?:manager|director|principal|chief exec\w*|ceo|chair(?:man"
    r"|woman|person|ed|s)?"
    r"|mayor|officer|minister|civil servant|head of|tutor|author|secretary(?! of state))\b"
    r"|\b(?:manager|director|principal|chief exec\w*|ceo|chair(?:man|woman|person)?|mayor|officer"
    r"|minister)(?:['’]s)?\b.{0,40}"
    r"\b(?:called|name|named)\b|\bwho (?:will be|is|was) (?:the )?(?:[\w'’]+ ){0,6}(?:first )?(?:mayor|principal"
    r"|director|manager)\b",
    _I,
)


_NOTHING_ELSE = frozenset({"person", "pay", "contact", "share"})  # a reason or a future may be told in other words


def unmet(question: str, text: str) -> tuple[str, ...]:
    """The names of the forms that `question` asks for and `text` does not have."""
    missing = [f.name for f in _FORMS if f.asked.search(question) and not f.given.search(text)]
    if _PERSON_ASKED.search(question) and not names_person(text):
        missing.append("person")
    return tuple(missing)


def weight_unmet(question: str, text: str) -> int:
    """How many forms are missing; one that nothing else stands for, such as a person, counts twice."""
    missing = unmet(question, text)
    return len(missing) + sum(name in _NOTHING_ELSE for name in missing)


def lacks_what_nothing_else_gives(question: str, text: str) -> bool:
    """Whether `question` asks for a person, pay, a contact or a share and `text` has none."""
    return not _NOTHING_ELSE.isdisjoint(unmet(question, text))


def names_person(text: str) -> bool:
    """Whether `text` seems to name a person: by a title, or capitalised words none of which is an organisation's."""
    names = (_LEADING.sub("", m[0]) for m in _NAME.finditer(text))
    return any(_NAME.fullmatch(name) and not _ORGANISATION.search(name) for name in names)


_AUX = (
    r"(?:is|are|was|were|am|be|been|do|does|did|has|have|had|can|could|will|would|should|shall|must|may|might|of|for"
    r"|in|on|at"
    r"|to|from|by|with|that|which|who|whom|there|we|i|you|they|the|an?|our|my|their|its|and|or|per|about)"
)
_PHRASE = rf"((?:(?!{_AUX}\b)[\w&£%.'’/-]+\s*){{1,5}})"
_FOCUS = (
    re.compile(
        rf"\b(?:what|which|whose|how many|how much|number of|what kinds? of|what sorts? of|any)\s+{_PHRASE}", _I
    ),
    re.compile(
        rf"\b(?:what(?:'s|’s|s| is| are| was| were)|is there|are there|was there)\s+"
        rf"(?:the |an? |our |any )?{_PHRASE}",
        _I,
    ),
)


def focus_words(question: str) -> list[str]:
    """The words of the thing that `question` asks for ("what grade ...", "how many welders ..."); may be none."""
    for pattern in _FOCUS:
        found = pattern.search(question)
        if found:
            return found[1].split()
    return []


_TOPIC = re.compile(
    r"\b(?:say|says|said|written|anything|something|nothing|much|talks?|speaks?|tells?(?: us| me)?) (?:about|on) "
    r"(?P<about>[^?.,;:]+)|\b(?:mentions?|mentioned|deals? with|refers? to) (?P<of>[^?.,;:]+)",
    _I,
)


def topic_words(question: str) -> str:
    """The words of what a text is asked to speak of ("what does the plan say about welding?"); "" for others."""
    found = _TOPIC.search(question)
    return (found["about"] or found["of"]) if found else ""
