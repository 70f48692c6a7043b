"""The question inside the words: background apart from what is asked, and several questions apart from each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vectorstore.text import content_stems, sentence_spans

_ASKS = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|am|was|were|do|does|did|can|could|must|should|shall"
    r"|has|have|had|will|would|may|tell me|explain|list|give me)\b",
    re.IGNORECASE,
)
_WH = (
    r"(?:what|which|who|whom|whose|when|where|why|how"
    r"|(?:by|until|for|to|from|with|at|on|in) (?:what|which|who|whom|when|how))"
)
_AUX = r"(?:is|are|was|were|does|do|did|has|have|had|will|can|could|should|must|may|would)"
_OF = r"(?:it|they|he|she|we|i|you|there|this|that|these|those|the|an?|any|our|my|your|its|their|all)"
_JOINED = re.compile(
    r"(?:(?:,|;|:)?\s+(?:and|plus|&)\s+(?:also\s+)?|[,;:]\s+also\s+)"
    rf"(?=(?:about |roughly )?(?:{_WH}|{_AUX} {_OF})\b)"
    r"|\?\s+(?=\w)",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:in (?:plain|simple) (?:english|terms|words)|in a nutshell|in short|in brief|briefly|simply put|please"
    r"|(?:can|could|would) you (?:please )?(?:tell|explain|say|show)(?: (?:to )?(?:me|us))?"
    r"|i(?:'d| would) like to know|do you (?:happen to )?know|(?<!can )(?<!could )(?<!to )tell me"
    r"|(?:i|we)(?:['’]m| am| are|['’]re)? (?:need|want|trying|hoping) to (?:know|find out)(?: (?:if|whether)\b)?"
    r"|as of (?:today|now)"
    r"|just wondering)\b[, ]*",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    rf"(?:;|\s[-–—])\s+(?=(?:{_WH}|{_AUX} {_OF})\b)|,\s+(?=(?:what|how|why|{_AUX} {_OF})\b)", re.IGNORECASE
)
_ASKED_FIRST = re.compile(  # and no "when a plan is approved, what ...", which is a condition
    rf"\W*(?:(?!when\b|where\b){_WH}|(?:when|where) {_AUX}|{_AUX})\b", re.IGNORECASE
)
_BECAUSE = re.compile(
    r"^\W*(?:since|as|seeing (?:as|that)|given(?: that)?|now(?: that)?|because|considering)\b.{8,140}?,\s*"
    r"(?:so |then )?"
    r"(?=(?:what|which|who|when|where|why|how|is|are|do|does|did|can|could|should|must|will|has|have)\b)",
    re.IGNORECASE,
)
_PREFACE = re.compile(
    r"^\W*(?:(?:i|we)\b(?:'m|'re|’m|’re)?|our\b|(?:[\w&'’-]+\s+){1,6}here\b|(?:[\w'’-]+\s+){1,5}(?:firm|employer|company|business)\b)"
    r"[^,?!.;:–]{0,80}(?:[,.;:]| [-–])\s+(?:so )?"
    r"(?=(?:what|which|who|whom|whose|when|where|why|how|is|are|do|does|did|can|could|should|must|will|has|have)\b)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\s*\([^()]{3,}\)\W*$")  # what all that is asked is about, as a follow-up put in full has it
_SHORT = re.compile(rf"{_WH}\b", re.IGNORECASE)
_FRAME = re.compile(  # what stands before the thing that a question is about
    r"^\W*(?:and |so |but )*"
    r"(?:(?:what|which|who|when|where|why|how)(?:['’]s)?(?: (?:much|many|long|big|far|often))?\s+)?"
    rf"(?:{_AUX}\s+)?",
    re.IGNORECASE,
)
_VERB = re.compile(r"^[a-z]+\s+(?=(?:the|an?|our|my|your)\s|[A-Z])")  # "leads the plan"
_NO_NAME = re.compile(
    r"^(?:new|announced|happened|going|next|left|known)\b|\b(?:get|got|pay|pays|start|began|begin|happen|say|says)$"
    r"|\b(?:pay|pays) for\b",
    re.IGNORECASE,
)
_DO_THAT = re.compile(r"\b(?:do|does|did|done) (?:that|this|it)\W*$", re.IGNORECASE)
_THERE = re.compile(
    r"(?<=\w)\s+(?:is|are|was|were) there\b(?: (?:now|today|currently|altogether|in all)\b)?", re.IGNORECASE
)
_ROLE = re.compile(r"^(?:in charge of|responsible for|behind|part of|on)\s+", re.IGNORECASE)
_DONE_BY = re.compile(  # an auxiliary behind which the thing does something: what follows is no name of it
    r"^\W*(?:and |so |but )*(?:what|which|who|when|where|why|how)\b[^,;]*?"
    r"\b(?:do|does|did|has|have|had|can|could|will|would|should|must|may)\s",
    re.IGNORECASE,
)
_HAPPENED = re.compile(  # what befell the thing: "the guidance come out", "the new plan published"
    r"(?<=\w)\s+(?:(?:get|got|be|been) )?"
    r"(?:(?:come|go) out|come into force|take effect|start|begin|end|close|open|finish|happen|shut|due"
    r"|(?:first )?\w{3,}(?<!ne)ed(?: up)?|(?:before|until) .+)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"\b{_AUX}\b", re.IGNORECASE)
_DOERS = re.compile(rf"^\W*who (?!{_AUX}\b)", re.IGNORECASE)  # "they" behind it are whoever does it
_DOES = re.compile(
    r"^(?!the\b|an?\b|our\b)[a-z]+\s+(?:(?:out|up|off|on|over|down)\s+)?(?=(?:the|an?|our|my|your|each|every)\s)"
)
_ASKS_AGAIN = re.compile(r"\b(?:who|what|which|when|where|how|why|it|they|them)\b", re.IGNORECASE)
_NO_TOPIC = re.compile(  # its topic cannot be told from its verb: "which chamber runs ...", "does the duty reach ..."
    rf"^\W*(?:(?:which|what)(?: (?!{_AUX}\b)[\w-]+){{1,2}} (?:led|ran|won|got|made|wrote|[a-z]+(?:s|ed))\b"
    rf"(?!\s+{_AUX}\b)(?=\s+\w)|(?:do|does|did|has|have|had|can|could|must|should|will|would|may)\b)",
    re.IGNORECASE,
)
_POINTERS = (
    re.compile(r"\b(?:it|this|that)\b(?! (?!\w*(?:ed|ing)\b)[a-z]{4,}\b)|\bit\b", re.I),
    re.compile(r"\b(?:they|them|these|those)\b", re.I),
)
_ONE = re.compile(r"\bone(?=\W*$)", re.IGNORECASE)  # "who has to make one?"
_ELIDED = re.compile(  # "what happens if we don't?"
    r"\b(if|when|unless) (?:i|we|you|they|it|he|she)\s+(do|does|did)(n['’]t| not)\W*$", re.IGNORECASE
)
_TO_DO = re.compile(r"^\W*(?:do|does|did) (.+?) (?:have|need) to (.+?)[\s?.!,;:]*$", re.IGNORECASE)
_DO_THEY = re.compile(r"(?<=\bdo )they\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:an? (?!lot\b|bit\b)|any(?:one|body)?\b)", re.IGNORECASE)  # asks of things of a kind
_NAME = re.compile(
    r"(?<!^)\b(?!I\b|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][\w&-]+"
)
_POINTS = re.compile(r"\b(?:it|its|they|them|their|that|this|those|these)\b", re.IGNORECASE)
_POINTS_BEFORE = re.compile(  # "it" and its like; "that" only where it is no "that" of a clause
    r"\b(?:it|its|they|them|their|those|these)\b|\b(?:this|that)(?=\W*$)"
    r"|^\W*(?:is|was|does|did|are|were) (?:this|that)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:we|us|our|ours|i|me|my|mine)\b", re.IGNORECASE)
_SELF = re.compile(
    r"^\W*(?:(?:hi|hello|hiya|ok|so)\W+)?(?:(?:we|i)(?:['’](?:m|re|ve))?|our|my|as an?)\b", re.IGNORECASE
)
# who asks, as a name and a place without a verb: "College in Derby, but ...", "Training centre in Hull here."
_NAMES_SELF = re.compile(
    r"^\W*(?!(?:the|this|that|these|those|there|it|they|he|she|in|at|from|as|if|when|last|since|for)\b)(?:an? )?"
    rf"(?:(?!(?:{_AUX})\b)[\w&'’-]+ ){{1,4}}(?:(?:based )?in|near|from) "
    r"(?:the (?=(?-i:North|South|East|West|Mid)))?(?-i:[A-Z][\w'’-]+(?: (?:(?:of|and|the) )?[A-Z][\w'’-]+){0,2})"
    r"(?: here\b|,)",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"\b(?:says?|said|saying|reckons?|claims?|insists?|told|tells|heard|hear|read|thinks?|believes?|swears)\b",
    re.IGNORECASE,
)
_AS_A = re.compile(r"^\W*as an? [^,?.!]{3,80},\s+", re.IGNORECASE)
MAX_PARTS = 3
LONGEST_BACKGROUND = 25  # words that are taken along of what the person says of themselves
LONGEST_TOPIC = 9  # words of the first question that may stand in for "it" in a later one


def focus(text: str) -> str:
    """What is asked, without sentences that only tell the background; all of `text` if no sentence asks."""
    sentences = [text[a:b] for a, b in sentence_spans(text)]
    if len(sentences) < 2:
        return text
    asking = [s for s in sentences if s.rstrip().endswith("?")]
    if not asking:
        asking = [s for s in sentences if _ASKS.match(s.strip())]
    return " ".join(asking) if asking and content_stems(" ".join(asking)) else text


def parts(text: str) -> list[str]:
    """The separate questions in `text`, at most three; one for most."""
    pieces = [p.strip(" ,;") for half in _halves(text) for p in _JOINED.split(half) if p and p.strip(" ,;?")]
    pieces = [p for p in pieces if content_stems(p) or _SHORT.match(p)]
    if (
        len(pieces) < 2
        or len(pieces[0].split()) < 3
        or any(len(p.split()) < 3 and not _SHORT.match(p) for p in pieces)
    ):
        return [text]
    return pieces[:MAX_PARTS]


def _halves(text: str) -> list[str]:
    """`text` before and after a dash or comma behind which another question begins; no question is a topic."""
    aside = _ASIDE.search(text)
    if aside is None or not _ASKED_FIRST.match(text):
        return [text]
    return [text[: aside.start()], text[aside.end() :]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: as the person put it, and with the words it needs to stand alone.

    `resolved` says that it stands alone because what "it" points to was put in its place: all of it is asked then,
    where otherwise the words taken along only say what it is about.
    """

    own: str
    standalone: str
    resolved: bool = False
    asker: str = ""  # what the person says of themselves, at the head of `standalone`

    @property
    def wanted(self) -> str:
        """The words that are really asked."""
        return self.bare if self.resolved else self.own

    @property
    def bare(self) -> str:
        """`standalone` without what the person says of themselves."""
        return self.standalone[len(self.asker) :].strip()


def asked(text: str) -> list[Asked]:
    """Each separate question of `text`. One that points back takes along what it points to, and one about the person
    who asks what they say of themselves.
    """
    text = _MANNER.sub("", text).strip() or text
    of_asker = _of_asker(text)
    text = _without_preface(text)
    about = _ABOUT.search(text)
    if about is not None and len(found := parts(focus(text[: about.start()]))) > 1:
        behind = [f"{p.rstrip(' ?.!')} {about[0].strip()}" for p in found]
        return [_with_asker(Asked(p, p), of_asker) for p in behind]
    found = parts(focus(text))
    return [_with_asker(a, of_asker) for a in _separate(found, text)]


def _separate(found: Sequence[str], text: str) -> list[Asked]:
    if len(found) == 1:
        own = _BECAUSE.sub("", found[0])
        standalone = text if _points_back(own) or _tests_what_was_heard(own, text) else found[0]
        return [Asked(own if len(content_stems(own)) > 1 else standalone, standalone)]
    first, *others = found
    before = _background(text)
    if before and _POINTS_BEFORE.search(first):
        about = f"{before} {first}"
        return [Asked(first, about), *(Asked(p, f"{about}: {p}" if _points_back(p) else p) for p in others)]
    return [Asked(first, first), *(_later(p, first) for p in others)]


def _tests_what_was_heard(question: str, text: str) -> bool:
    """Whether `question` says again part of what somebody is said to have claimed before it: "They say it is three
    years. Is three years in the law?"
    """
    heard = _background(text)
    return bool(_HEARD.search(heard)) and len(set(content_stems(question)) & set(content_stems(heard))) > 1


def _background(text: str) -> str:
    """What is told in `text` before anything is asked, if that is short."""
    asking = focus(text)
    told = " ".join(s for s in (text[a:b] for a, b in sentence_spans(text)) if s not in asking)
    return told if len(told.split()) <= LONGEST_BACKGROUND else ""


def _of_asker(text: str) -> str:
    """What the person says of themselves before asking: "We are a small college.", "As a builder in Leeds,"."""
    asking = focus(text)
    sentences = [text[a:b] for a, b in sentence_spans(text)]
    told = [t for t in sentences if (_SELF.match(t) or _NAMES_SELF.match(t)) and t not in asking]
    preface = _PREFACE.match(text) or _AS_A.match(text)
    told = told or ([preface[0].strip()] if preface else [])
    while told and sum(len(t.split()) for t in told) > LONGEST_BACKGROUND:
        told = told[1:]  # of a long story the end, next to what is asked
    return " ".join(told)


def _with_asker(part: Asked, of_asker: str) -> Asked:
    """`part` with what was said of the asker before it, if it asks of them and does not say so itself."""
    if not of_asker or not _FIRST_PERSON.search(part.standalone):
        return part
    if of_asker in part.standalone:
        return replace(part, asker=of_asker if part.standalone.startswith(of_asker) else "")
    if any(of_asker[a:b] in part.standalone for a, b in sentence_spans(of_asker)):
        return part
    return replace(part, standalone=f"{of_asker} {part.standalone}", asker=of_asker)


def _later(part: str, first: str) -> Asked:
    """A question behind another: what it points to is put in, or the first is taken along."""
    elided, to_do = _ELIDED.search(part), _TO_DO.search(first)
    if elided and to_do:
        said = f"{elided[1]} {to_do[1]} {elided[2]}{elided[3]} {to_do[2]}?"
        return Asked(part, f"{part[: elided.start()]}{said}", resolved=True)
    if to_do and _DO_THEY.search(part):  # "do universities have to ..., and do they also ...?"
        return Asked(part, _DO_THEY.sub(lambda _: to_do[1], part, count=1), resolved=True)
    topic = _VERB.sub("", _FRAME.sub("", _THERE.sub("", first))).strip(" ?.!,;:")
    if _DOERS.match(first):
        topic = _DOES.sub("", topic)
    frame, topic = topic, _ROLE.sub("", _HAPPENED.sub("", topic))
    done = _DONE_BY.match(first) is not None and frame == topic  # what it does is still in it
    unnamed = done or _NO_NAME.search(topic) or _ASKS_AGAIN.search(topic) or _DO_THAT.search(part)
    short = len(topic.split()) <= LONGEST_TOPIC and content_stems(topic) and not _CLAUSE.search(topic)
    if short and not unnamed and not _NO_TOPIC.match(first):
        doers = _DOERS.match(first) is not None
        for pattern in (_POINTERS[0], _ONE, *(() if doers else _POINTERS[1:])):
            if pattern.search(part):
                return Asked(part, pattern.sub(lambda _: topic, part, count=1), resolved=True)
        if _OWNER.search(part):
            return Asked(part, _OWNER.sub(lambda _: f"{topic}'s", part, count=1), resolved=True)
    return Asked(part, f"{first}: {part}" if _points_back(part) or _leaves_out_name(part, first) else part)


def _leaves_out_name(part: str, first: str) -> bool:
    """Whether the first question names something and this one nothing: "... in Kent and which college led?"."""
    return bool(_NAME.search(first)) and not (_NAME.search(part) or _ANY.search(part) or re.search(r"\d", part))


def _without_preface(text: str) -> str:
    """`text` without words that only say who asks ("Leeds builder here, ..."), if enough of a question is left."""
    rest = _PREFACE.sub("", text)
    return rest if len(content_stems(rest)) > 1 and not _points_back(rest) else text


def _points_back(text: str) -> bool:
    few = len(content_stems(text)) < (2 if _ANY.search(text) else 3)
    return few or _POINTS.search(text) is not None
