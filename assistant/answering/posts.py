"""The holder of a post that a question asks for ("which civil servant ..."), and whether what is said tells one."""

from __future__ import annotations

import re

from assistant.answering.forms import names_person, unmet

_I = re.IGNORECASE
_POST = (
    r"(?:minister|secretary of state|director|chief executive|manager|chair(?:man|woman|person)?|principal|officer"
    r"|official|mayor|civil servant)s?"
)
# "what person specification", "which individual learners": the thing that is asked for comes behind it
_NO_NOUN = (
    r"\W*$|\W*[,;:?.]| (?:is|are|was|were|do|does|did|has|have|had|can|could|must|may|should|will|would|in|at|on|from"
    r"|to|for|of|who|that|we|i|you|they|it|he|she|the|an?|\w+ed)\b"
)
_ACTS = r" (?:sign|decide|approve|lead|run|own|make|give|chair|manage|write|take|head|answer)s\b"
_ASKED = re.compile(
    r"\b(?:which|what) (?:\w+ )?"
    r"(?P<post>(?:civil servant|minister|officer|official|director|manager)\b"
    rf"|(?:individual|person)\b(?={_NO_NOUN}|{_ACTS}))",
    _I,
)
_SAID = re.compile(rf"\b{_POST}\b", _I)
_MINISTERS = re.compile(r"\b(?:Secretar(?:y|ies) of State|ministers?)\b", _I)  # no officials
_BESIDE = re.compile(  # bodies may do: who sits on a board, a post named beside others ("the chamber or the mayor")
    rf"\bs[ia]ts? on\b|\b(?:or|with|under|without|before|from|to) (?:an?|the|its|their)? ?{_POST}\b|\b{_POST} or\b",
    _I,
)


def lacks_holder(question: str, text: str) -> bool:
    """Whether `question` asks for one person and `text` tells neither a name nor, where a post would do, a post."""
    if names_person(text):
        return False
    asked = _ASKED.search(question)
    if asked is None:
        return "person" in unmet(question, text) and not _BESIDE.search(question)
    ministers = asked["post"].lower() in ("minister", "individual", "person")
    return not _SAID.search(text if ministers else _MINISTERS.sub("", text))
