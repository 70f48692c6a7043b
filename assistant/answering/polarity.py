"""Yes, no, or what it depends on: read from a sentence that says nearly all that a yes/no question asks.

Where the sentence leaves out too much of the question, or more than one negation stands in it, nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from assistant.answering.likeness import uncovered
from assistant.answering.modality import asks_duty, fits_modal
from assistant.answering.settling import (
    ALL,
    denies,
    done_to_it,
    named_subject,
    names_the_deed,
    of_as_many,
    of_that_kind,
    says_as_asked,
    speaks_of,
)
from assistant.answering.specifics import missing_share, specifics
from assistant.answering.verify import figures_of
from vectorstore.text import content_stems, stems

MOST_UNCOVERED = 0.2  # share of the question's words, by rarity, that sentence and heading may leave unsaid
FEW = 4  # words of meaning from which a question may have
MOST_LEFT_OUT = 1  # of them that neither holds
MOST_UNSAID = 0.4  # the same of the sentence alone
_MANY = re.compile(r"\b[a-z]{4,}(?<![su])s\b")  # things in the plural: of whom it is asked, or what; never left out
_MONTHS = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{4}\b"
)
_FILLERS = re.compile(
    r"\b(?:still|currently|actually|really|legally|ever|already|please|anything|count|true|right|correct|yet|then)\b"
    r"|as (?:it|things|the law) (?:now )?stands?|as things are|(?:by|in) law"
    r"|(?<!\ba )(?<!our )(?<!my )(?<!any )(?<!their )\bsay\b",
    re.IGNORECASE,
)
_TRUE_THAT = re.compile(
    r"^(\W*(?:(?:so|and|but|hi|hello|ok|please|um|well|then|also)\W+)*)is it (?:really |actually )?"
    r"(?:true|right|correct|so|the case|a fact) that\b",
    re.IGNORECASE,
)
_OPPOSED = re.compile(r"\b(?:open|inside|in force|valid|current|same|part of|must|have to|need to)\b", re.IGNORECASE)


class Verdict(StrEnum):
    """What a yes/no question is answered with; the value is the key of its message."""

    YES = "yes_no_yes"
    NO = "yes_no_no"
    DEPENDS = "yes_no_depends"


_AUX = r"is|are|am|was|were|do|does|did|can|could|must|should|shall|has|have|had|will|would|may|might"
_ASKS = re.compile(
    rf"^\W*(?:(?:so|and|but|hi|hello|ok|please|um|well|then|also)\W+)*(?:(?:{_AUX})\b|(?:{_AUX})n['’]t\b)"
    rf"|[,:;–-]\s*(?:(?:is|was) (?:that|this|it) (?:right|correct|true|so|still right)|correct|right|yes|true"
    rf"|isn['’]t it|aren['’]t they"
    rf"|am i right|(?:{_AUX})\b[^,]*)\W*\?",
    re.IGNORECASE,
)
_STILL = re.compile(r"\bstill\b", re.IGNORECASE)
_WAS_UNTIL = re.compile(
    r"\b(?:was|were|had)\b[^;]*\b(?:before|until|till|up to|ended (?:on|in)|closed (?:on|in))\b[^;]*\d{4}",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:is|are|has|have|can|must|may|will)\b", re.IGNORECASE)
_OR = re.compile(r"\bor\b(?! (?:so|more|less|later|earlier|above|below|near)\b)", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b|\bnon-\w+", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"\bnot only\b|\bno later than\b|\bwhether or not\b|\bno (?:more|fewer|less) than\b|\bnot (?:un|in)\w+\b"
    r"|\bwith or without\b",
    re.IGNORECASE,
)
# what is done to the thing asked about, and not what it does to another: "was replaced", not "replaced"
_BE = r"(?:is|are|was|were|be|been|being|gets?|got)"
_AGAINST = re.compile(
    r"\b(?:outside|excluded?|excludes|exempt|ended|closed|barred|voluntary"
    r"|separate"
    r"|different|free to|left out|falls? short)\b"
    rf"|\b{_BE} (?:\w+ly |since |now |also )?(?:replaced|superseded|withdrawn|abolished|moved|split)\b"
    r"|\b(?:moved|split) (?=to\b|from\b|into\b|out\b|off\b|away\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:that|who|which|if|where|when|whether|unless|because)\b[^,.;:]*", re.IGNORECASE)
_BESIDE = re.compile(r"\s*;\s*|,?\s+(?:and|but|although|though|while|whereas)\s+", re.IGNORECASE)  # between clauses
_CONDITION = re.compile(
    r"\b(?:only (?:if|where|when|once|so far as)|depends? on|unless|provided that|in some cases)\b", re.I
)


def asks_yes_or_no(question: str) -> bool:
    """Whether `question` can be answered by yes or no; one that offers a choice ("or") cannot."""
    return _ASKS.search(question) is not None and not _OR.search(question)


def plainly_asked(question: str) -> bool:
    """Whether `question` asks for yes or no and denies or excludes nothing itself."""
    return asks_yes_or_no(question) and not _NEGATED.search(question) and not _AGAINST.search(question)


def verdict(
    question: str,
    text: str,
    above: str,
    expand: Callable[[str], list[tuple[str, str]]],
    rarity: Callable[[str], float],
) -> Verdict | None:
    """What `text`, a sentence that stands under `above`, answers to `question`; None where it cannot be told."""
    question = _TRUE_THAT.sub(r"\1do", question)
    if not asks_yes_or_no(question) or not _says(question, text, above, expand, rarity):
        return None
    if _STILL.search(question) and _WAS_UNTIL.search(text) and not _IS.search(text):
        return Verdict.NO  # "was called so before 2026" of what is asked to be so still
    affirmed, denied = _clauses(text) if asks_duty(question) and not _CONDITION.search(text) else ("", "")
    if affirmed and denied:
        if verdict(question, affirmed, above, expand, rarity) is Verdict.YES:
            return Verdict.YES
        if not set(content_stems(question)) & set(content_stems(denied)):  # what is denied was not asked
            return None
    asked, said = _HARMLESS.sub(" ", question), _HARMLESS.sub(" ", text)
    asked = re.sub(r"^\W*\w+n['’]t\b", "", asked)
    main = _ASIDE.sub(" ", said)
    turns = len(_NEGATED.findall(said))
    ends, against = _words_against(asked), _words_against(said)
    if ends and against and not ends & against:
        return None  # "closed" does not deny that it has ended
    against = set() if ends & against else against
    if _NEGATED.search(asked) or turns > 1 or (turns and against) or (turns and not _NEGATED.search(main)):
        return None
    if (turns or against) and any(month not in text.lower() for month in _MONTHS.findall(asked.lower())):
        return None  # what was so at another time than the one asked about
    if turns or against:
        found = Verdict.NO
        denied = " ".join(c for c in _BESIDE.split(said) if _NEGATED.search(c) or _AGAINST.search(c))
        if not denies(question, text, expand) or not names_the_deed(question, denied, expand):
            return None
    elif _NEGATED.search(_HARMLESS.sub(" ", above)):
        return None  # what stands above denies something: a yes may be one to another question
    elif says_as_asked(question, text) and of_as_many(question, text, above) and done_to_it(question, text, expand):
        found = Verdict.YES
    else:
        return None
    return Verdict.DEPENDS if _CONDITION.search(said) and not _CONDITION.search(asked) else found


def _clauses(text: str) -> tuple[str, str]:
    """The clauses with which `text` begins, up to the first that denies or excludes something, and the others."""
    clauses = _BESIDE.split(_HARMLESS.sub(" ", text))
    against = (n for n, c in enumerate(clauses) if _NEGATED.search(c) or _AGAINST.search(c))
    first = next(against, len(clauses))
    return " and ".join(clauses[:first]), " and ".join(clauses[first:])


def _words_against(text: str) -> set[str]:
    return {m[0].lower().split()[-1] for m in _AGAINST.finditer(text)}


def _says(
    question: str,
    text: str,
    above: str,
    expand: Callable[[str], list[tuple[str, str]]],
    rarity: Callable[[str], float],
) -> bool:
    """Whether `text` says nearly all that `question` asks: its figures, names, duties and most of its words."""
    if not figures_of(question) <= figures_of(f"{above} {text}"):
        return False
    others = [text, *(o for _, o in expand(text))]
    if missing_share(specifics(question, dates=False), " ".join(others)):
        return False
    if asks_duty(question) and not fits_modal(question, text):
        return False
    subject = named_subject(question, expand)
    if (subject and not speaks_of(subject, text, question)) or not of_that_kind(question, text, expand):
        return False
    many = len(set(content_stems(question))) >= FEW
    question = ALL.sub(" ", _FILLERS.sub(" ", question))  # how many it says it of is looked at on its own
    if _AGAINST.search(text) or _NEGATED.search(text):  # "closed" answers "open", "outside" answers "inside"
        question = _OPPOSED.sub(" ", question)
    otherwise = expand(question)
    held = {s for t in (text, above) for s in content_stems(t)}
    held |= _said_otherwise(otherwise, f"{text} {above}")
    left_out = set(content_stems(question)) - held
    if len(left_out) > (MOST_LEFT_OUT if many else 0) or any(
        set(content_stems(m)) & left_out for m in _MANY.findall(question)
    ):
        return False
    if subject and _left_out(question, subject, otherwise, text):
        return False
    return (
        uncovered(question, otherwise, [text, above], rarity) <= MOST_UNCOVERED
        and uncovered(question, otherwise, [text], rarity) <= MOST_UNSAID
    )


def _left_out(question: str, subject: str, otherwise: Sequence[tuple[str, str]], text: str) -> set[str]:
    """The words of what is asked of a named subject that `text` leaves to its heading, or unsaid."""
    held = set(content_stems(text)) | _said_otherwise(otherwise, text)
    return set(content_stems(question)) - set(content_stems(subject)) - held


def _said_otherwise(otherwise: Sequence[tuple[str, str]], text: str) -> set[str]:
    """The stems of the terms whose other form stands in `text`, small words and all: "HE provider", "have to"."""
    held = set(stems(text))
    return {s for term, other in otherwise if set(stems(other)) <= held for s in content_stems(term)}
