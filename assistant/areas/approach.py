"""What somebody asks who means to turn to whoever leads their area: whom to contact, or how to take part."""

from __future__ import annotations

import re

from prompts import message

_I = re.IGNORECASE
_AUX = r"(?:do|does|should|can|could|would|shall|might|must|may|will|['’]?d)"
_TURN = (
    r"(?:contact|approach|ring|call|phone|telephone|e-?mail|message|write to|turn to|go (?:to|through)"
    r"|(?:speak|talk|chat) (?:to|with)|(?:get|be|keep) in touch|get (?:a )?hold|reach|ask|tell|deal with|see|meet)"
)
_SPEAK = (
    r"(?:contact|approach|ring|call|phone|telephone|e-?mail|message|write to|(?:speak|talk|chat) (?:to|with)"
    r"|(?:get|be|keep) in touch|get (?:a )?hold|reach)"
)
_BODY = (
    r"(?:them|him|her|you|chambers?|bod(?:y|ies)|erbs?|lsips?|teams?|(?:right|best|main|a) (?:person|people)"
    r"|someone|somebody|anyone|anybody"
    r"|contacts?|office|leads?|leaders?|federation|fsb)"
)
_NO_NAME = r"(?:in|for|at|on|about|under|through|by|of|employers|firms|learners|students)"
_HOW = (  # a body or a person is spoken to: "how do colleges talk to learners" asks for no way in
    rf"\bhow (?:do|can|could|should|would|might) (?:\w+ ){{1,5}}?(?:best )?(?:get in touch(?: with)?|(?:get "
    rf"(?:a )?hold of|{_SPEAK})) (?:(?!{_NO_NAME}\b)[\w'’&-]+ ){{0,4}}?{_BODY}\b"
    r"|\bhow (?:do|can|could|should|would|might) (?:i|we) (?:best )?get in touch\b"
)
_WHERE = (
    r"\bwhere (?:do|can|should|could|would|might) (?:i|we) (?:(?:turn|ask)\b|(?:go|start|begin)(?: first)?"
    r"(?= (?:about|with|if|in|at|from)\b|\W*$))"
)
_CONTACT = re.compile(
    rf"\bwhom?\b(?: (?!{_AUX}\b)[\w'’&-]+){{0,6}}? {_AUX} (?:[\w'’&-]+ ){{1,5}}?(?:need to |have to "
    rf"|want to )?{_TURN}\b"
    rf"|\bwho(?:m|['’]?s| is| are)? (?:\w+ ){{0,3}}?to {_TURN}\b"
    r"|\bwho(?:['’]?s| is| are|m)? (?:the |our |my )?(?:right|best|correct|proper|main) (?:person|people|body"
    r"|contact|one)\b"
    r"|\bwho(?:['’]?s| is) (?:the |our |my )?(?:point of )?contact\b"
    rf"|\b(?:someone|somebody|anyone|anybody|people|person|body) (?:(?:at|in|from"
    rf"|with) (?:\w+ ){{1,4}}?)?(?:who )?(?:i|we|to) (?:(?:can|could|should) )?{_SPEAK}\b"
    r"|\b(?:what|which|where|link)\b.{0,30}\b(?:web ?site|web ?page|home ?page)\b"
    r"|\b(?:post(?:al)?|office|street) address\b|\bname of (?:the|a|my|our) (?:person|contact|manager|lead)\b"
    r"|\bcontacts?(?= (?:for|in|at)\b|\W*$)|\bcontact (?:details?|numbers?|persons?|points?|info\w*|address\w*)\b"
    r"|\bpoint of contact\b|\b(?:phone|telephone|tel|direct) (?:no|numbers?|lines?)\b|\bnumber (?:for"
    r"|to (?:ring|call))\b"
    r"|\be-?mail(?: address)?\b|\bmailbox\b|\b(?:put|get) (?:me|us) (?:in touch|through)\b|\bport of call\b"
    r"|\bfirst steps?\b"
    rf"|{_HOW}|{_WHERE}",
    _I,
)
_MINE = r"(?:my|our|their|his|her|its|some|any|a|an|the|your)"
_TAKE_PART = re.compile(
    r"\b(?:get|be|getting|become) (?:more |properly )?involved\b|\b(?:take|taking) part\b|\bparticipat(?:e|ing)\b"
    rf"|\b(?:have|get|having) {_MINE} (?:say|input|voice)\b|\bbe (?:heard|consulted|asked|listened to)\b"
    r"|\b(?:voices?|views?|opinions?|needs) (?:to )?(?:be )?(?:heard|across|in|into|counted?)\b"
    r"|\bfeed (?:\w+ ){0,3}?in(?:to)?\b"
    rf"|\b(?:put|give|share|send|submit|offer|get|pass)(?: in| on| over)? {_MINE} (?:\w+ )?(?:views?|opinions?"
    rf"|needs|input"
    r"|evidence|ideas|feedback|thoughts)\b"
    r"|\b(?:join|fill in|fill out|complete|answer|do|respond to|reply to|take) (?:in )?(?:(?:the|your|their|its"
    r"|an?|any) )?"
    r"(?:[\w-]+ ){0,3}survey\b|\bsurveys? (?:\w+ ){0,3}(?:to (?:fill|complete|answer|join)|(?:i|we) can)\b"
    r"|\bjoin (?:in\b|(?:the|a|an|your|their) (?:[\w-]+ ){0,2}(?:lsip|forum|roundtable|workshop|group|plan|work))"
    r"|\bsign (?:\w+ )?up\b|\bcontribute\b|\bchip in\b|\bhelp (?:shape|write|with)\b|\b(?:shape|influence)\b"
    r"|\b(?:listen|talk|speak|pay attention) to (?:\w+ ){0,4}?(?:like (?:us|me|ours|mine)|us|me)\b",
    _I,
)
_OF_ANYBODY = re.compile(r"(?:have|get|having) \w+ (?:say|input|voice)|shape|influence", _I)
_OF_THE_ASKER = re.compile(r"\b(?:i|we|us|our|my|me|ours|mine)\b|\b(?:plans?|lsips?|survey)\b", _I)
_WANTED = re.compile(
    r"\b(?:i|we|us|our|my|me|mine|ours|i['’]?[md]|we['’]?(?:re|d|ve))\b|^\W*(?:so |and |but |hi |hello )*(?:how"
    r"|where|can|could|is there|are there)\b"
    r"|\b(?:want|wants|wanting|like to|keen|looking|hoping|interested|wish)\b",
    _I,
)
_OTHERWISE = re.compile(  # a duty, a number, a time or what came of it is asked, not the way in
    r"\b(?:have to|has to|must|obliged|compulsory|required?|mandatory|legal\w*|duty|duties|voluntary|forced"
    r"|allowed)\b"
    r"|\bhow (?:many|much|often|long|big)\b|\b(?:when|why|deadline|worth|benefits?|percent\w*|cost|free|paid)\b"
    r"|\b(?:took|taken|did|was|were|had)\b|\bwhat (?:do|does|happens?|is|are)\b",
    _I,
)
_ASKED_FOR = (
    (
        "reach_person",
        re.compile(
            r"\bwho (?:at|in|inside|from|within)\b|\bnamed? (?:contact|person|of)\b|\bwh(?:ich|at) (?:person"
            r"|member of staff)\b"
            r"|\bname of (?:the|a|my|our)\b|\bperson['’]s name\b|\bwhich (?:officer|manager)\b",
            _I,
        ),
    ),
    (
        "reach_phone",
        re.compile(
            r"\b(?:phone|telephone|mobile|direct line)\b|\b(?:contact |tel )(?:no|number)\b|\bnumber (?:for|to)\b", _I
        ),
    ),
    ("reach_mail", re.compile(r"\be-?mail\b|\bmailbox\b", _I)),
    ("reach_address", re.compile(r"\bpost(?:al)? address\b|\bwrite a letter\b|\b(?:office|street) address\b", _I)),
)


def asks_contact(text: str) -> bool:
    """Whether `text` asks whom to turn to."""
    return _CONTACT.search(text) is not None


def without_contact(text: str) -> str:
    """`text` without the words that only ask whom to turn to, or how to take part."""
    return _TAKE_PART.sub(" ", _CONTACT.sub(" ", text))


def asks_to_take_part(text: str) -> bool:
    """Whether `text` asks, or wishes, to take part or to be heard, and nothing else of that."""
    found = [m[0] for m in _TAKE_PART.finditer(text)]
    if not _OF_THE_ASKER.search(text):  # "how do employers influence skills" is of what came of it
        found = [words for words in found if not _OF_ANYBODY.fullmatch(words)]
    return bool(found and _WANTED.search(text) and not _OTHERWISE.search(text))


def wants_mail(text: str) -> bool:
    """Whether an e-mail address would answer `text`."""
    return re.search(r"\be-?mail|\bmailbox\b|\bcontact\b", text, _I) is not None


def asked_besides(text: str, *, mail_held: bool = False) -> list[str]:
    """What `text` asks for that a page does not give: the name of a person, a number, an address."""
    keys = [name for name, pattern in _ASKED_FOR if pattern.search(text)]
    return [message(name) for name in keys if not (name == "reach_mail" and mail_held)]
