"""What a question wants to know of a date: whether it is past, how long is left, what comes next."""

from __future__ import annotations

import re
from enum import StrEnum


class Intent(StrEnum):
    """What is asked of events."""

    STILL_TIME = "still_time"
    PASSED = "passed"
    DAYS_LEFT = "days_left"
    LENGTH = "length"
    BETWEEN = "between"
    NEXT = "next"
    DEADLINES = "deadlines"
    HAPPENED = "happened"
    WHEN = "when"


_WINDOW = r"(?:window|round|call|application period|bidding|eoi|expressions? of interest|stage|fund|scheme|period)"
_THING = (
    r"(?:deadlines?|clos(?:ing|e) dates?|due dates?|dates?|windows?|applications?|bids?|bidding|submissions?|time"
    r"|(?:the )?cut[- ]?off|eoi|expressions? of interest|statements?|stage (?:1|2|one|two)|rounds?)"
)
_PATTERNS: tuple[tuple[Intent, str], ...] = (
    (
        Intent.WHEN,
        r"^\W*(?:(?:and|so|but|hi|hello|please|ok)\W+)*"
        r"(?:when(?:['’]s| is| are| was| were| do| does| did| will| must| should| can| could| has| have| had)\b"
        r"|(?:until|by|since|from) (?:when|what (?:date|day))\b)"
        r"|^\W*(?:on |by )?(?:what|which) (?:was |is )?(?:the )?(?:exact |precise |closing |last "
        r"|due )*(?:date|day)\b",
    ),
    (
        Intent.BETWEEN,
        r"\bhow (?:many days|long|much time)\b.{0,20}\b(?:after|before)\b.{3,100}\b(?:did|was|were|do"
        r"|does|came|come)\b"
        r"|\bhow (?:long|(?:many|much) (?:\w+ )?(?:days?|weeks?|months?|years?|time))\b.{0,40}\b(?:between|from)\b"
        r"(?! (?:today|now|here)).{3,100}\b(?:and|to|until)\b",
    ),
    (
        Intent.DAYS_LEFT,
        r"\bhow (?:many|much) (?:more )?(?:days?|weeks?|months?|time|long)\b.{0,60}\b(?:left|untill?"
        r"|till?|remain\w*|before|do (?:we|i) (?:still )?have|have (?:we|i) (?:still )?got|to go|away"
        r"|since|ago)\b"
        r"|\bhow long (?:do|have|untill?|till?|before|left|ago)\b.{0,40}(?:have|got|left|remain|deadline"
        r"|due|clos|submi|ago|\?)"
        r"|\bdays? (?:left|to go|remaining)\b|\bhow long (?:is|have) (?:left|we got)\b",
    ),
    (
        Intent.LENGTH,
        rf"\bhow long (?:was|is|were|are|did|does)\b.{{0,60}}\b(?:{_WINDOW}|open|run|last)\b"
        rf"|\b(?:length|duration) of\b.{{0,40}}\b{_WINDOW}\b|\bhow many (?:working |business )?days (?:was"
        rf"|were|did)\b.{{0,60}}\b(?:open|window|run|last|have|given|get)\b"
        rf"|\bhow (?:many|much) (?:days?|time|weeks?) did\b.{{0,60}}\b(?:have|get|run|last)\b",
    ),
    (
        Intent.DEADLINES,
        r"\b(?:which|what|list|all|any)\b.{0,30}\bdeadlines?\b.{0,40}\b(?:passed|gone|past|missed|over"
        r"|ahead|coming|upcoming|are there|left|have (?:there )?been|were there)\b"
        r"|\bwhat (?:was|were|is|are) due (?:and )?when\b|\b(?:list|show)\b.{0,20}\bdeadlines\b"
        r"|\bwhat(?:'s| is| was) due\b",
    ),
    (
        Intent.NEXT,
        r"\bwhat(?:'s|s| is| happens| comes| will happen| should happen| do we expect| can we expect"
        r"| should we expect)? (?:going to happen |coming up|coming|up |the )?(?:next|ahead|upcoming)\b"
        r"|\b(?:upcoming|forthcoming|future|next|key) (?:dates?|milestones?|events?|steps?|deadlines?)\b"
        r"|\bwhat(?:'s| is| are)? (?:\w+ ){0,3}(?:coming up|lies ahead|in the pipeline|still to come"
        r"|on the horizon)\b|\bdates? (?:that )?lie ahead\b|\bwhat happens (?:next|now|after)\b"
        r"|\bwhat dates?\b.{0,30}\b(?:ahead|coming|next|diary|look out)\b",
    ),
    (
        Intent.STILL_TIME,
        r"\b(?:still|yet) (?:time|open|able|possible|accepting|apply|bid|submit|get in|send|hand|put in"
        r"|taking|live|on)\b"
        r"|\b(?:can|could|may|should) (?:we|i|you|they|our \w+|my \w+|a \w+|the \w+|\w+) still\b"
        r"|\btoo late\b|\bin time\b|\btime left\b"
        r"|\bis (?:it|there) (?:still|any) (?:time|chance)\b|\b(?:have|has|did) (?:we|i|they|our \w+"
        r"|my \w+) (?:just )?miss(?:ed)?\b"
        r"|^\W*(?:so )?(?:is|are|was|were)\b.{0,60}\b(?:open|accepting|live|running)\b"
        r"|\bstill (?:being|accepted|the|in force|current|valid|due|count|counts|appl(?:y|ies))\b",
    ),
    (
        Intent.PASSED,
        rf"\b(?:has|have|had|is|was|are|were|did)\b.{{0,80}}\b{_THING}\b.{{0,40}}\b(?:passed|gone|over|past|closed?|shut|finished|ended?|expired?|lapsed|been)\b"
        rf"|\b(?:has|have|had|is|was|did)\b.{{0,60}}\b(?:passed|already|over and done|expired?|shut"
        rf"|closed?|ended?|finished)\b"
        r"|\b(?:deadline|window|date) (?:passed|gone|over)\b",
    ),
    (
        Intent.HAPPENED,  # of a yes/no question: "once it has been approved, what ...?" asks something else
        r"(?:^|[.,;:!?–-]|\b(?:and|or|but|so|please|whether|if)\b)\W*(?:(?:yet|ok|hi|hello|so)\W+)*"
        r"(?:has|have|had|did|was|were)\b.{0,80}\b(?:happen(?:ed)?|tak(?:e|en) place|approved?|published?"
        r"|start(?:ed)?|beg[iau]n|launch(?:ed)?|complet(?:ed?|ion)|review(?:ed)?|go(?:ne)? ahead"
        r"|came? out|come out|held|done|elected|signed off|kicked in|come into force|take effect|confirmed)\b"
        r"|\b(?:whether|if)\b.{0,60}\b(?:has|have|was|were)\b.{0,30}\b(?:happened|approved|published|started|begun"
        r"|launched|completed|reviewed|held|elected|signed off|confirmed|taken effect|come into force)\b"
        r"|\bkicked in yet\b",
    ),
    (
        Intent.WHEN,
        r"\bwhen(?:'s|’s)? (?:is|are|was|were|do|does|did|will|must|should|can|could|has|have|had|the|our"
        r"|my)\b|\bwhen\W*$|\bby when\b|\bdeadline\b|\bdue (?:date|by|in|on)\b|\b(?:what|which) (?:is "
        r"|was )?(?:the )?(?:exact |last |final |closing )?(?:date|day|month|year)\b"
        r"|\bclosing date\b|\buntil when\b|\bhow long\b(?! (?:should|can|may|must)\b(?!.*\b(?:run|last|cover)\b))"
        r".{0,40}\b(?:plans?|lsips?)\b|\bexpir\w+"
        r"|\brun out\b|\bwhat time\b",
    ),
)
_COMPILED = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _PATTERNS)
_TOO_LATE = re.compile(
    r"\b(?:too late|miss(?:ed)?|gone|passed|past|over|run out|expired?|ended?|finished|closed|shut|lapsed"
    r"|ceased|stopped)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:due|deadlines?|clos\w+|submi\w+|send|sent|hand\w*|go in|apply|applications?|bids?|last day"
    r"|by when|until|expir\w+"
    r"|spen[dt]\w*|owe|file|return|ends?|open\w*)\b",
    re.IGNORECASE,
)
_BY_THEN = re.compile(r"\bhad\b|\b(?:by|before|until|as of|as at|up to)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:any|some|an|a|another|more|other|no)\b"
    r"|\b(?:updat|chang|amend|revis|review|discuss|debat|meet|report|survey|confirm|restat)\w*\b|\bmet\b|\bheld\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\bstill (?:the|in force|current|valid|counts?|appl(?:y|ies))\b",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(?:since|ago)\b", re.IGNORECASE)


def read_intent(text: str) -> Intent | None:
    """What `text` asks of dates; None if it asks something else."""
    return next((intent for intent, pattern in _COMPILED if pattern.search(text)), None)


def asks_if_over(text: str) -> bool:
    """Whether yes means that it is over ("has it passed?", "are we too late?"), not that it is open."""
    return _TOO_LATE.search(text) is not None


def asks_what_is_due(text: str) -> bool:
    """Whether it is about something to be done by a day, not about a day on which something came about."""
    return _DUE.search(text) is not None


def asks_by_then(text: str) -> bool:
    """Whether it asks what had happened when a time was over, not what happened in it."""
    return _BY_THEN.search(text) is not None


def may_be_several(text: str) -> bool:
    """Whether it asks of any of a kind, or of what is done again and again: one at another time denies nothing."""
    return _SEVERAL.search(text) is not None


def asks_if_it_stands(text: str) -> bool:
    """Whether it asks if something still applies, which is not whether there is time to do it."""
    return _STANDS.search(text) is not None and _DUE.search(text) is None


def asks_since(text: str) -> bool:
    """Whether it asks how long ago something was, not how long is left."""
    return _AGO.search(text) is not None
