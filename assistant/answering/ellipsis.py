"""A turn that says only how it differs from the question before: the clause denied, another subject, another time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.text import content_stems

_AUX = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|must|should|may"
_DENIED = re.compile(
    rf"^\W*(?:and |but |so |then )*(?:what |how )?(?:about )?(?:(?:in |for )?(?:the |those )?(?:\w+ )?"
    rf"(?:where|if|when|that|who)\s+)?(?P<subject>there|it|they|we|you|i|he|she)\s+"
    rf"(?P<denial>(?:{_AUX})\s+not|(?:{_AUX}|ca|wo)n['’]?t|cannot)\W*(?:(?:one|any|so)\W*)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^\W*(before|after|since|until) (?:that|this|them|it|then|him|her)\W*$", re.IGNORECASE)
_WH = r"(?:who|when|where|why|what|which(?: \w+)?|how (?:much|many|long|big|often)|how)"
_AGAIN = re.compile(
    rf"^\W*(?P<wh>{_WH})(?:['’]s|\s+(?:was|is|were|are|will|would|has|had|did|does|do))\s+(?:(?:it|that|this|they)\s+)"
    r"(?:be |been )?(?P<when>(?:before|previously|originally|now|then|today|at first|initially|earlier|in the past"
    r"|(?:in|on|for|since|after|under|as of|until|back in)\b.+))\W*$",
    re.IGNORECASE,
)
_OF_EVENT = re.compile(
    r"^\W*(?:was|is|were|will|did) (?:it|that|this) (?:be |happen )?(?:at|on|in|by|before|after|during|delayed|late"
    r"|early|put off|moved|extended)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*((?:by |since |until |from )?when|where(?: from)?|why|how(?: often| long| soon)?"
    r"|(?:by|for|to|with|from|on|of|under|about|at) whom?|whom? (?:by|for|to|with|from|under|about)|how come)\W*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    rf"^\W*(?:which|who|what|where)(?: ones?| areas?)? (?:{_AUX})(?P<denied>n['’]t| not)?\W*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    rf"^\W*(?:[\w\s,'’-]{{0,60}}[,:;]\s+)?(?:{_AUX})\s+(?P<subject>(?:an?|our|my)\s+(?:[\w'’-]+\s+){{1,4}}?)"
    r"(?=(?:[a-z]+ly )?(?:obliged|allowed|required|bound|expected|able|meant|supposed|entitled|eligible|free"
    r"|be|have|get|apply|lead|join|need|count|take|ask|bid|run|sit|use|go|make|become|review|ignore|follow|work"
    r"|pay|send|submit|publish|write|hold|own|refuse|still|also|ever|actually)\b)",
    re.IGNORECASE,
)
_RATHER = re.compile(
    r"^\W*(?:(?:no|nope|sorry|actually|wait|oops|i (?:meant|mean))\W+)*"
    r"(?P<this>(?:the |an? )?[\w'’&-]+(?: [\w'’&-]+){0,4}?),? (?:and )?not "
    r"(?P<that>(?:the |an? )?[\w'’&-]+(?: [\w'’&-]+){0,4}?)\W*(?:[.,;:?–-]\s*(?P<rest>\w.*))?$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(  # "I didn't mean X, I meant Y", "I said X but meant Y", "not X, Y"
    r"^\W*(?:(?:no|nope|sorry|actually|wait|oops|oh|hang on|hold on|my mistake)\W+)*"
    r"(?:i (?:did not|did ?n['’]?t|don['’]?t) mean|i said|i (?:typed|wrote|put)|not) "
    r"(?P<that>(?:the |an? )?[\w'’&-]+(?: (?!but\b|and\b|i\b)[\w'’&-]+){0,3})"
    r"(?:\s*[,;.–-]\s*(?:(?:but |and )?(?:i )?(?:meant|mean) )?"
    r"|\s+(?:but|and) (?:i )?(?:actually |really )?(?:meant|mean) )"
    r"(?P<this>(?:the |an? )?[\w'’&-]+(?: [\w'’&-]+){0,3})"
    r"\W*(?:[.,;:?–-]\s*(?:same (?:question|again)\W*|(?P<rest>\w.*)))?$",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,3}[A-Z]?(?:\s?\(\w{1,3}\))+"
_CLAUSE = re.compile(rf"(?:s\.?|section|subsection|paragraph)?\s*({_NUMBER})", re.IGNORECASE)
_CLAUSE_OF = re.compile(rf"\b(?:s\.?|section|subsection|paragraph)\s*({_NUMBER})", re.IGNORECASE)
_WHOSE = re.compile(
    rf"^\W*(?:who|what|which(?: \w+)?|when|where|how (?:many|much|long|big))"
    rf"(?:['’]s|\s+(?P<verb>{_AUX}|leads?|runs?|covers?"
    r"|writes?))\s+(?P<owner>[\w&-]+(?:[ ,]+[\w&-]+){0,5})['’]s?\W*$",
    re.IGNORECASE,
)
_HAPPENS = re.compile(
    rf"^\W*(?:(?:why|when|where|how(?: often)?) )?(?:{_AUX}) (?:it|that|this) (?:ever |actually |really |often )?"
    r"happen(?:ed|s|ing)?\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\s+(?:before|previously|originally)(?: (?:them|that|this|it|him|her))?(?=\W*$)", re.IGNORECASE)
_INDEFINITE = re.compile(r"^(?:an?|our|my)\s+\w", re.IGNORECASE)


def denied(text: str, base: str) -> str | None:
    """`base` with its clause denied, where `text` is "and where there isn't?" or the like; None for other turns.

    Where no clause of `base` has that subject ("and if they don't?"), `text` with `base` behind it.
    """
    found = _DENIED.match(text)
    if found is None:
        return None
    subject, denial = found["subject"], found["denial"]
    told = re.search(
        rf"\b(?P<lead>(?:where|if|when|that|who)\s+)?{subject}(?:['’](?:s|re|m|ve)|\s+(?:{_AUX}|am))\b"
        r"(?!n['’]t| not)",
        base,
        re.IGNORECASE,
    )
    if told is not None:
        return f"{base[: told.start()]}{told['lead'] or ''}{subject} {denial}{base[told.end() :]}"
    inverted = re.search(rf"\b(?:{_AUX})\s+{subject}\b", base, re.IGNORECASE)
    if inverted is not None and " " not in denial:
        return f"{base[: inverted.start()]}{denial} {subject}{base[inverted.end() :]}"
    return f"{text.rstrip(' ?.!')} ({base.rstrip(' ?.!')})"


def is_yes_no(text: str) -> bool:
    """Whether `text` asks whether something is so."""
    return re.match(rf"^\W*(?:{_AUX}|am)\b", text, re.IGNORECASE) is not None


def asked_otherwise(text: str, base: str) -> str | None:
    """`base` with another question word, where `text` is nothing but that ("why?"); None for other turns."""
    found = _BARE.match(text)
    if found is None:
        return None
    rest = re.sub(
        rf"^\W*(?:(?:by|since|until|from|to|for|with|on|of) )?"
        rf"(?:whom?|when|where|why|what|how(?: often| long| soon)?)\s+(?=(?:{_AUX})\b)",
        "",
        base,
        flags=re.IGNORECASE,
    )
    if not is_yes_no(rest):
        return None
    return f"{found[1][:1].upper()}{found[1][1:]} {rest[:1].lower()}{rest[1:]}"


def of_the_others(text: str, base: str) -> str | None:
    """`base` asked of the others ("and which did?" after "which did not ..."); None for other turns."""
    found = _OTHERS.match(text)
    if found is None or not re.match(r"^\W*(?:which|who|what|how many|where)\b", base, re.IGNORECASE):
        return None
    if found["denied"]:
        told = re.search(rf"\b(?:{_AUX})\b(?!n['’]t| not)", base, re.IGNORECASE)
        return f"{base[: told.end()]} not{base[told.end() :]}" if told else None
    told = re.search(rf"\b({_AUX})(?:n['’]t| not)\b", base, re.IGNORECASE)
    return f"{base[: told.end(1)]}{base[told.end() :]}" if told else None


def of_clause(text: str, base: str) -> str | None:
    """`base` with the number of a clause that `text` alone gives ("and 1(4)?") in the place of its own."""
    number = _CLAUSE.fullmatch(text.strip())
    own = _CLAUSE_OF.search(base)
    return f"{base[: own.start(1)]}{number[1]}{base[own.end(1) :]}" if number and own else None


def happened(text: str, base: str) -> str | None:
    """`text` with `base` behind it, where it asks whether or why all that happens; None for other turns."""
    return f"{text.rstrip(' ?.!')} ({base.rstrip(' ?.!')})" if _HAPPENS.search(text) else None


def whose(text: str, base: str) -> tuple[str, str] | None:
    """Whose thing `text` asks for, and what it asks, where it does not say the thing ("what are Bath's?").

    What `base` asked of the past is not asked of the other, where `text` asks of the present.
    """
    found = _WHOSE.match(text)
    if found is None:
        return None
    now = (found["verb"] or "is").lower() not in {"was", "were", "did", "had"}
    asked = _BEFORE.sub("", base) if now else base
    return found["owner"], asked


def of_event(text: str, base: str) -> str | None:
    """`text` with `base` behind it, where it asks more of what happened ("was it at noon?"); None for other turns."""
    when = re.match(r"^\W*(?:by |until |since )?(?:when|what (?:time|day|date|year))\b", base, re.IGNORECASE)
    found = _OF_EVENT.match(text)
    return f"{text.rstrip(' ?.!')} ({base.rstrip(' ?.!')})" if when and found else None


def beside(text: str) -> str | None:
    """ "before" or "after" where that is all that `text` says of what was spoken of ("and before them?")."""
    found = _BESIDE.match(text)
    return found[1].lower() if found else None


def again(text: str, base: str) -> tuple[str, str] | None:
    """What `text` changes of `base` where it asks the same once more ("who was it before?"), and `base`, of the past
    where `text` is; None for other turns.
    """
    found = _AGAIN.match(text)
    if found is None:
        return None
    first = re.match(rf"^\W*({_WH})\b", base, re.IGNORECASE)
    same = first is not None and first[1].split()[0].lower() == found["wh"].split()[0].lower()
    if not same:
        return None
    past = re.search(r"\b(was|were)\b", text[: found.start("when")], re.IGNORECASE)
    now = re.match(rf"^(\W*{_WH}\s+)(?:is|are)\b", base, re.IGNORECASE)
    return found["when"].strip(), f"{now[1]}{past[1].lower()}{base[now.end() :]}" if past and now else base


@dataclass(frozen=True, slots=True)
class Rather:
    """A correction: what was meant, what was not, and what is asked then."""

    this: str
    that: str
    rest: str


def rather(text: str) -> Rather | None:
    """What `text` puts in the place of what ("the plan, not the fund", "not Kent, Essex"); None for other turns."""
    found = _INSTEAD.match(text) or _RATHER.match(text)
    if found is None or re.match(rf"^(?:{_WH}|{_AUX}|why)\b", found["this"], re.IGNORECASE):
        return None
    this, that = (re.sub(r"^(?:the|an?)\s+", "", found[k], flags=re.IGNORECASE) for k in ("this", "that"))
    rest = (found["rest"] or "").strip()
    asks = found.re is _RATHER or re.match(rf"^(?:and |so )?(?:{_WH}|{_AUX}|why)\b", rest, re.IGNORECASE)
    return Rather(this, that, rest if asks else "")


def of_another(text: str, base: str) -> str | None:
    """`base` asked of another: its subject ("Can a council ...") replaced by the one that `text` brings."""
    found = _SUBJECT.match(base)
    if found is None or not _INDEFINITE.match(text) or not content_stems(text):
        return None
    return f"{base[: found.start('subject')]}{text.strip()} {base[found.end('subject') :]}"
