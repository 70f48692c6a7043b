"""What a question is about, as a phrase that may stand for a pronoun: cut from its own words, nothing added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.parts import focus
from assistant.answering.slots import Value
from vectorstore.text import content_stems

_FRAME = re.compile(
    r"^\W*(?:(?:so|and|but|hi|hello|please|ok(?:ay)?|sorry)\W+)*"
    r"(?:(?:can|could|would) you (?:please )?(?:tell|explain|show|give)(?: (?:to )?(?:me|us))?(?: about)?\s+"
    r"|tell me(?: about)?\s+|do you know\s+|i(?:['’]d| would) like to know\s+"
    r"|(?:explain|list|describe|name|compare|show me|give me)\s+)?"
    r"(?:by when|until when|how (?:much|many|long|big|often|large|old|far)|what kinds? of|what sorts? of|what|which"
    r"|whose|who|whom|when|where|why|how)?(?:['’]?s|['’]re)?\b\s*",
    re.IGNORECASE,
)
_AUX = (
    r"is|are|am|was|were|be|been|do|does|did|has|have|had|can|could|will|would|should|shall|must|may|might|isn['’]t"
    r"|aren['’]t|doesn['’]t|don['’]t|didn['’]t|won['’]t"
)
_VERB = re.compile(
    rf"(?<!-)\b(?:{_AUX}|say|says|said|cover|covers|covered|lead|leads|led|run|runs|ran|get|gets|got|win|wins|won"
    rf"|receive\w*"
    r"|appl(?:y|ies|ied)|mean|means|need|needed|send|sends|sent|submit\w*|go|goes|went|come|comes|came|include\w*"
    r"|change[sd]?|start\w*|end|ends|ended"
    r"|finish\w*|close[sd]?|open|opens|opened|publish\w*|write|writes|wrote|written|replace[sd]?|name|names|named"
    r"|list|lists|listed"
    r"|give|gives|gave|given|take|takes|took|make|makes|made|count|counts|pay|pays|paid|spend|spends|spent"
    r"|decide[sd]?|approve[sd]?"
    r"|happen\w*|ignore[sd]?|refuse[sd]?|bound|lose|loses|lost|mention\w*|choose\w*|chose"
    r"|(?<!the )last|lasts|lasted|use[sd]?|work|works|worked|set|sets"
    r"|(?-i:(?<!ment )(?<!the )(?<!this )(?<!that )(?<!which )(?<!a )fund)|(?-i:funds)|funded"
    r"|support\w*|share[sd]?"
    r"|join\w*|stop\w*|require[sd]?"
    r"|fall|falls|reach|reaches|bind|binds|become\w*|became|exist\w*|allow\w*|call|called|hold|holds|held|know|think"
    r"|find|tell|talk|speak|contact|ask"
    r"|meant|supposed|due|in force|(?<=\w )[a-z]{3,}ed(?= (?:to|by|in|from|for|on|at|with)\b|$)"
    r"|owe|owes|owed|involved|exactly|and|but|if|because|so|that|i|we|you|us|me)\b",
    re.IGNORECASE,
)
_ACTED = re.compile(  # "can I read the plan", "have to agree the plan": the verb stands where any word may
    r"\b(?:(?P<who>(?:can|could|may|might|must|should|shall|will|would|do|does|did)"
    r" (?:i|we|you|they|he|she|it|anyone|someone|people))(?! (?:have|need|want)\b)"
    r"|(?P<has>have|has|had|need|needs|want|wants|able|allowed|required|expected|supposed|going|obliged|got|how) to)"
    r" (?:also |still |ever |even |first )?[a-z]+\b",
    re.IGNORECASE,
)
_DONE_THING = re.compile(
    r"\b(the|an?|our|its|their|any|each|every) ([a-z]{3,}ed) (?=\w)", re.IGNORECASE
)  # no verb there
_AGREES = re.compile(  # "must the mayor agree the plan": what stands before another thing
    r"\b(?P<who>(?:can|could|may|must|should|will|would|does|did|do) "
    r"(?:the|an?|our|my|every|each) (?:[\w'’-]+ ){1,3}?)"
    r"(?!(?:and|or|of|in|for|to|by|with|on|at|from|as)\b)[a-z]+ (?=(?:the|an?|our|its|their|any|every|each)\b)",
    re.IGNORECASE,
)
_EDGE = re.compile(
    r"^(?:(?:responsible|anything|something|nothing|much|[a-z]{3,}ally|of|in|for|to|on|at|by|with|about|from|under"
    r"|as|into|much"
    r"|many|long|there|still|also|only|just|really"
    r"|actually)\b\s*)+"
    r"|(?:\s*\b(?:by law|[a-z]{3,}ally|of|in|for|to|on|at|by|with|about|from|under|as|into|still|now|today|please"
    r"|then|there|too|also"
    r"|it|before|after|since|until|out|ready|available|live|online|over)\b)+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^\W*(?:and )?(?:how many|which|what) (?!is|are|was|were|do|does|did)\w", re.IGNORECASE)
_CHOSEN = re.compile(r"^\W*(?:and )?which (?!is|are|was|were|do|does|did|of|one|ones|\w+s )\w", re.IGNORECASE)
_WHICH_WERE = re.compile(
    r"^\W*(?:and )?(?:which|what) (?P<things>[\w'’-]+(?: [\w'’-]+)?s) (?P<said>(?:were|are) (?:[\w'’-]+ ?){1,6})\W*$",
    re.IGNORECASE,
)
_KIND = re.compile(r"\ban? [\w'’-]+(?: (?!of\b|in\b|for\b|to\b|from\b|with\b)[\w'’-]+){0,3}", re.IGNORECASE)
_ACTS = re.compile(
    r"\b(?:do|does|did|have|has|had|can|could|must|should|will|would)\s+(?!we\b|i\b|you\b|it\b|they\b)", re.IGNORECASE
)
_TOLD = re.compile(  # "We are a college and have had a letter": what was told beside who tells it
    r"^\W*(?:(?:hi|hello|ok(?:ay)?|so|and)\W+)*(?:we|i)(?:['’](?:re|m)| are| am) [^.;]*?"
    r"(?:,| and| who| which| that)(?: (?:we|i)(?:['’]ve)?)?(?: have| has| had)?(?: just)?\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
LONGEST_SUBJECT = 6  # words
_ADDED = re.compile(r"\s+\((?:[^()]|\([^()]*\))*\)|:[^:]*\?$")  # what was carried along, and comparisons
_ASKED = re.compile(
    rf"^\W*(?:(?:so|and|but|hi|hello|please|ok(?:ay)?|sorry)\W+)*(?:by |until |since |in |for )?"
    rf"(?:what|which|who|whom|whose|when|where|why|how|can|could|would|tell|explain|list|describe|name"
    rf"|compare|show|give|do|i['’]d|i would"
    rf"|{_AUX})",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[?!.\s]*$|\s*[-–,:]?\s*\b(?:what|which|who|when|where|why|how|please)\b.*$", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:what|which|whose|whom?|when|where|why|how)\b.*$", re.IGNORECASE | re.DOTALL)
_HELPS = re.compile(rf"^(?:{_AUX})\s+(?!by\b)", re.IGNORECASE)
_SMALL = r"(?:the|an?|of|in|on|to|by|for|under|with|from|about|at|and|or)"
_DOES_WHAT = re.compile(
    r"^(\W*(?:and |so )?(?:what|how(?: much| long)?|when|where|why) "
    r"(?:do|does|did|must|can|could|should|will|would|may) "
    rf"(?:an?|the|our|my|its|their|each|every) [\w'’ -]*?(?!{_SMALL} )[\w'’-]+) [a-z]+$",
    re.IGNORECASE,
)
_DOES = re.compile(rf"^\W*(?:and |so )?who (?!(?:{_AUX})\b)", re.IGNORECASE)
_POINTS = re.compile(r"\b(?:it|its|they|them|their|that|this|those|these|one|if)\b", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:it|they|them|ours|mine|yours|theirs)\b", re.IGNORECASE)
_WHO_DOES = re.compile(rf"^\W*(?:and |so )?who (?!(?:{_AUX})\b)[a-z]+ ", re.IGNORECASE)
_WITHIN = re.compile(r"\(([^()]*)\)")
_THE = re.compile(r"\b(?:the|our|its|their|this|that|an?)\s+[\w'’&/-]+", re.IGNORECASE)


def referent(question: str, known: Sequence[Value] = ()) -> str | None:
    """The longest phrase of `question` that names a thing; None if there is none with a word of meaning.

    Of the values `known` in it, a name is not cut and a time is no thing; so for the other readers of phrases.
    """
    question = _ADDED.sub("", question) or question
    told = _TOLD.match(focus(question))
    if told is not None and not question.rstrip().endswith("?"):
        found = _phrases(told["rest"], known)
        return max(found, key=lambda p: (bool(_THE.match(p)), -found.index(p))) if found else None
    clause = _WHICH_WERE.match(focus(question))
    if clause is not None and content_stems(clause["said"]):
        return f"the {clause['things']} that {clause['said']}"
    if not _ASKED.match(focus(question)):  # a label: "LSIF led by a college - where?"
        label = _trimmed(_TAIL.sub("", focus(question)))
        return label if content_stems(label) else None
    rest = _FRAME.sub("", _acted_on(focus(question)))
    found = _phrases(rest, known)
    if not found:
        return None
    counted = _COUNTED.match(focus(question)) is not None

    def weight(phrase: str) -> tuple[int, int]:
        first = phrase == found[0]
        return (
            min(3, len(content_stems(phrase)))
            + bool(_THE.match(phrase))
            + 2 * (counted and first)
            - 2 * bool(re.search(rf"\b(?:under|according to)\s+{re.escape(phrase)}", question)),
            -found.index(phrase),
        )

    best = max(found, key=weight)
    chosen = _CHOSEN.match(focus(question))  # "which plan ...": the plan that was asked for
    return f"the {best}" if chosen and best == found[0] else best


def gist(question: str) -> str:
    """What `question` says: all of it but the words that only ask, and what was carried along with it before last.

    Stands behind a follow-up that means the whole of it, or whose pronoun no one phrase of it fits.
    """
    said = focus(question).strip().rstrip(" ?.!")
    carried = _WITHIN.findall(said)
    main = _WITHIN.sub("", said).strip()
    if not _ASKED.match(main):
        label = _TAIL.sub("", main)
        main = label if content_stems(label) else main
    elif not _DOES.match(main):
        rest = _FRAME.sub("", main)
        asks = _ASKING.search(main[: len(main) - len(rest)])
        main = (_HELPS.sub("", rest) if asks else rest) or main
    return "; ".join([main, *(b.split("; ")[-1] for b in carried[-1:])])


def behind(question: str) -> str:
    """What stands behind a `question` that points to it, as one carried along does; empty where nothing does."""
    found = _WITHIN.findall(question)
    return found[-1] if found and _POINTS.search(_WITHIN.sub("", question)) else ""


def phrases(question: str, known: Sequence[Value] = ()) -> list[str]:
    """The phrases of `question` that name things, in its order."""
    question = _ADDED.sub("", question) or question
    return _phrases(_FRAME.sub("", _acted_on(focus(question))), known)


def subject(question: str) -> str | None:
    """Who or what `question` says does something ("did each body get"); None where it does not say."""
    question = _ADDED.sub("", question) or question
    acts = _ACTS.search(focus(question))
    if acts is None:
        return None
    rest = focus(question)[acts.end() :]
    verb = _VERB.search(rest)
    phrase = _trimmed(rest[: verb.start()]) if verb else ""
    return phrase if content_stems(phrase) and len(phrase.split()) <= LONGEST_SUBJECT else None


def indefinite(question: str, known: Sequence[Value] = ()) -> str | None:
    """The last thing of a kind that `question` names ("to become a member"); None without one."""
    found = [kind for p in phrases(question, known) for kind in _KIND.findall(p)]
    return _trimmed(found[-1]) if found else None


def _acted_on(question: str) -> str:
    """`question` less the verb of its own: "who picks the body?", "what must the notice hold?"."""
    return _DOES_WHAT.sub(r"\1", _WHO_DOES.sub("", question.strip().rstrip(" ?.!")))


def _phrases(text: str, known: Sequence[Value]) -> list[str]:
    """What stands between the verbs of `text`, as far as it has a meaning and is no mere time."""
    for value in known:
        if value.slot != "time":
            text = text.replace(value.words, re.sub(r"\s+and\s+", "_and_", value.words))
    text = _DONE_THING.sub(r"\1 \2_", text)
    text = _AGREES.sub(lambda m: f"{m['who']}and ", re.sub(r"[;:,?]\s", " and ", text))
    text = _ACTED.sub(lambda m: f"{m['who'] or m['has']} and", text)
    pieces = [p.strip(" ,;:–-") for p in _VERB.split(text)]
    found = [p for p in (_trimmed(p.replace("_", " ")) for p in pieces) if p and content_stems(p)]
    times = {stem for v in known if v.slot == "time" for stem in content_stems(v.words)}
    return [p for p in found if not (set(content_stems(p)) <= times or _POINTING.search(p))]


def _trimmed(phrase: str) -> str:
    before = None
    while before != phrase:
        before, phrase = phrase, _EDGE.sub("", phrase).strip(" ,;:–-")
        if phrase.count("(") != phrase.count(")"):
            phrase = phrase.strip("()")
    return phrase


def is_verb(word: str) -> bool:
    """Whether a word is one of the verbs that stand between things."""
    return _VERB.fullmatch(word) is not None


def is_many(phrase: str) -> bool:
    """Whether a phrase names several things, by the last word before a preposition."""
    if re.match(r"(?:an?|each|every) ", phrase, re.IGNORECASE):
        return False
    head = re.split(r"\b(?:of|for|in|on|at|from|with|to|by|about)\b", phrase)[0].strip()
    return bool(re.search(r"(?<![su])s$|\b(?:and|criteria|people|staff)\b", head, re.IGNORECASE))
