"""What a question demands by its form and an answer near to it lacks: a limit, a weighting, a clock time, a share.

`forms` holds those by which sentences are chosen. These are looked for in all that is said: where one lacks, the
answer is near only, however surely its sentences speak of the subject. Each form is given by "there is none" too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.forms import Form

_I = re.IGNORECASE
_FIGURE = r"(?:£?\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice|double)\b)"
_BOUND = (
    r"\b(?:at (?:least|most)|up to|(?:no |not )?(?:more|fewer|less) than|minim\w+|maxim\w+|ceilings?|cap|caps|capped"
    r"|limit\w*|thresholds?|between|over|under|below|above|or (?:more|fewer|less)|most|least|largest|smallest"
    r"|highest|lowest|biggest|ranged?|from)\b"
)
_LIMITS = r"(?:minim\w+|maxim\w+|number|limit|cap|ceiling|quota|quorum|threshold|figure|target)s?"
_MEASURE = r"(?:number|amount|size|sum|share|percentage|count|length|age|turnover|headcount|award|grant)"
_NONE_SET = (
    rf"\bno (?:\w+ ){{0,2}}?{_LIMITS}\b|\b(?:not|n['’]t|never|nor) (?:\w+ ){{0,2}}?(?:sets?|fix(?:es|ed)?|gives?n?"
    rf"|states?d?|names?d?)\b(?: \w+){{0,4}}? {_LIMITS}\b|\b(?:not|un)[ -]?(?:capped|limited)\b|\bany number\b"
)
_AUX = r"(?:is|are|was|were|do|does|did|will|can|must|should|has|have|had)"
_OPENING = r"^\W*(?:(?:and|so|but|ok|hi|hello)\W+)*"
_MONTH = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|spring|summer|autumn|winter"
)
_DECIDES = (  # asks of the weighting something else than what it is
    r"(?:who|whom|whose|why)\b|how (?:is|are|was|were|do|does|did) .{1,60}\b(?:decid|set|agre|chos|choos|work)\w*"
)
_MEASURED = (
    r"(?:number|amount|size|sum|share|percentage|count|length|age|turnover|headcount|awards?|grants?|costs?|prices?|pay"
    r"|wages?|salar(?:y|ies)|scores?|spend|spending|funding|value|time|duration|rates?|fees?|budgets?|allocations?)"
)
_NEED = r"must|can|needs?|gets?|should|may"
_SPAN = r"(?:days?|weeks?|months?|years?|hours?|minutes?|terms?|cycles?|pages?|words?)"

DEMANDS = (
    Form(
        "limit",
        re.compile(
            rf"{_OPENING}(?!{_AUX}\b|why\b|how (?:is|are|was|were|did|does|do)\b).*?(?:"
            rf"\b(?:minimum|min|maximum|max|smallest|fewest|lowest|least)\s+(?:\w+\s+)?{_MEASURE}\b"
            r"|\bat (?:least|most) how (?:many|much)\b"
            r"|\bhow (?:many|much|few)\b.{1,60}\b(?:at (?:the )?(?:very )?(?:least|most)|as an? (?:minimum|maximum)"
            r"|minimum|maximum)\W*$"
            r"|\bwhat(?:['’]s| is| was| were)? the (?:minimum|maximum|cap|ceiling|upper limit|lower limit|threshold"
            r"|quorum|quota)\b(?! (?:require|standard|content))"
            r"|\bhow (?:high|low|big) (?:is|was) the (?:cap|ceiling|limit|threshold|quota)\b)",
            _I,
        ),
        re.compile(rf"{_BOUND}[^.;]{{0,60}}?{_FIGURE}|{_FIGURE}[^.;]{{0,60}}?{_BOUND}|{_NONE_SET}", _I),
    ),
    Form(
        "weighting",
        re.compile(
            rf"{_OPENING}(?!{_DECIDES})(?=.*(?:\bweight(?:ings?|s|ed)\b"
            r"|\bweight\b.{0,30}\b(?:each|factors?|criteri\w+)\b))",
            _I,
        ),
        re.compile(
            r"%|\bper cent\b|\bpercent|\bweight\w*|\bpoints?\b(?! (?:out|to)\b)"
            r"|\b(?:equal(?:ly)?|half|third|quarter)\b|\bout of (?:\d|ten\b)",
            _I,
        ),
    ),
    Form(
        "grade",
        re.compile(r"\b(?:what|which) (?:\w+ ){0,2}?(?:grade|rating|mark)\b", _I),
        re.compile(
            r"\bgrad(?:e|es|ed)\b|\brat(?:ed|ings?)\b|\bmark(?:s|ed)?\b|\b(?:outstanding|good|inadequate)\b"
            r"|\brequires improvement\b",
            _I,
        ),
    ),
    Form(
        "clock",
        re.compile(
            r"\b(?<!over )what (?:exact )?time\b(?! (?:of (?:the )?(?:year|month)|frame|scale|limit|period|line|span"
            r"|horizon))|\bdate and (?:the )?time\b|\b(?:what|which) hour\b|\btime of (?:the )?day\b",
            _I,
        ),
        re.compile(
            r"\b\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|a\.m|p\.m)\b|\b\d{1,2}:\d\d\b|\b(?:noon|midday|midnight)\b", _I
        ),
    ),
    Form(
        "rank",
        re.compile(
            r"\bwhere (?:did|does|do|is|was|were) .{1,60}\b(?:come|rank\w*|finish|place[ds]?|stand|sit)\b"
            r".{0,20}\b(?:table|ranking|list|order|league|dashboard)\b"
            r"|\bwhat (?:rank|position) (?:did|does|is|was)\b|\bhow (?:high|low|far (?:up|down))\b.{1,50}\brank"
            r"|\bwhere .{1,50} rank(?:s|ed)?\b",
            _I,
        ),
        re.compile(
            r"\brank\w*|\b\d+(?:st|nd|rd|th)\b|\b(?:came|placed|finished) (?:first|second|third|last|top|bottom)\b"
            r"|\b(?:highest|lowest|top|bottom|most|least) (?:of|among|in)\b",
            _I,
        ),
    ),
    Form(
        "share",
        re.compile(r"\bwhat (?:share|proportion|fraction|percent\w*|per cent)\b|\bhow many per ?cent\b", _I),
        re.compile(
            rf"%|\bper cent\b|\bpercent|\b(?:half|thirds?|quarters?|all|none|most)\b|{_FIGURE}[^.;]{{0,60}}"
            rf"\b(?:in|of|among|out of)\b[^.;]{{0,20}}{_FIGURE}",
            _I,
        ),
    ),
    Form(
        "average",
        re.compile(
            rf"\b(?:an?|the|what) (?:average|mean|median) (?:\w+ )?{_MEASURED}\b|\bon average\b"
            rf"|\bwhat(?:['’]s| is| was| were) the (?:average|mean|median)\b(?! \w+ (?:have|has|do|does|{_NEED}))",
            _I,
        ),
        re.compile(r"\baverag\w*|\bmean\b|\bmedian\b|\btypical\w*|\bbetween\b|\babout\b|\beach\b", _I),
    ),
    Form(
        "rate",
        re.compile(r"\b(?:how (?:much|many)|rate|cost|amount|sum|funding|money)\b.{0,50}\bper (?!cent|the\b)\w+", _I),
        re.compile(r"\b(?:per|each|every|apiece)\b|\ba head\b|\d(?: million)? an? \w+", _I),
    ),
    Form(
        "amount",
        re.compile(
            rf"{_OPENING}how much (?:(?!(?:say|detail|control|influence|freedom|notice|weight|more|less|of|time"
            rf"|longer|power|change|difference|attention|overlap|room|data|information|evidence|content|guidance|text|work"
            rf"|effort|help|support|responsibility|engagement|consultation|training|they|we|{_AUX})\b)"
            rf"|{_AUX} .{{1,60}}\b(?:pay|paid|gets?|got|receiv\w+|costs?|spend|spent|award\w*|given?|worth)\b)",
            _I,
        ),
        re.compile(r"£|\d|%|\b(?:per cent|million|nothing|no|none|not|half|third|quarter|free|all)\b", _I),
    ),
    Form(
        "date",
        re.compile(
            rf"{_OPENING}(?:when {_AUX}\b(?! an? )"
            r"|(?:on |by |from )?(?:what|which) (?:exact )?(?:date|day|month|year)\b)",
            _I,
        ),
        re.compile(
            rf"\b(?:19|20)\d\d\b|\b(?:{_MONTH})\b|\b(?:weeks?|weekly|days?|months?|years?|annual\w*|before|after|until"
            r"|as soon as|once|when\w*|if|where|while|yet|never|not|start\w*|end\w*|from|then|during|only|same|no"
            r"|noon|midday|midnight|mornings?|afternoons?|evenings?|nights?|o['’]clock"
            r"|\d{1,2}(?:[:.]\d\d)? ?[ap]m)\b",
            _I,
        ),
    ),
    Form(
        "deadline",
        re.compile(
            rf"\b(?:(?:when|what|which)(?:['’]s| (?:is|are|was|were))? (?:the |our |my |your |its |their )?"
            rf"(?!{_AUX}\b)(?:[\w-]+ ){{0,3}}?)(?:cut[- ]?off|deadline|closing (?:date|day|time))s?\b",
            _I,
        ),
        re.compile(
            rf"\b(?:deadlines?|clos(?:es?|ed|ing)|cut[- ]?off|due|no later|window|submit\w*|hand(?:ed)? in|not"
            r"|last day|expired?|ended|(?:by|until|before|on) (?:noon|midday|midnight|the end))\b"
            rf"|\b(?:by|until|before|on) (?:\d\d? )?(?:{_MONTH})\b"
            rf"|(?:\b(?:was|is|latest|date|to)\b[^.;]{{0,50}}|: |\| )\d\d? (?:{_MONTH})\b",
            _I,
        ),
    ),
    Form(
        "duration",
        re.compile(r"\bhow long\b(?! ago)", _I),
        re.compile(
            rf"{_FIGURE}[- ](?:\w+[- ])?{_SPAN}\b|\b{_SPAN}\b|\b(?:19|20)\d\d\b|\b(?:until|annual\w*|length"
            r"|as long as|indefinite\w*)\b|\bno (?:[\w,]+ ){0,5}?(?:limit|end|period|term|deadline)\b",
            _I,
        ),
    ),
    Form(
        "frequency",
        re.compile(r"\bhow (?:often|frequently)\b", _I),
        re.compile(
            r"\b(?:every|each|annual\w*|year\w*|quarter\w*|month\w*|week\w*|da(?:y|ily)|once|twice|times|regular\w*"
            r"|from time to time|ongoing|continu\w+|cycles?|never|when\w*|any time|intervals?|often)\b",
            _I,
        ),
    ),
)


def lacks(question: str, said: Sequence[str]) -> list[str]:
    """The names of the forms that `question` demands and none of `said` has."""
    return [f.name for f in DEMANDS if f.asked.search(question) and not any(f.given.search(s) for s in said)]
