"""A turn that points back by a pronoun, said in full: what it stands for in its place, or behind the turn."""

from __future__ import annotations

import re

from assistant.answering.follow_ups import PRONOUN, THERE
from assistant.answering.referents import is_verb
from assistant.answering.slots import Value
from vectorstore.text import content_stems

PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_POSSESSIVE = re.compile(r"^(?:its|their|theirs|his|hers?)$", re.IGNORECASE)


def pointed(own: str, about: str | None, meant: str, base: str, before: list[Value]) -> str:
    """`own` with its pronoun, or "there", as the thing `about` which the question before was, or its place.

    Where it is about no one thing, what is `meant` stands behind.
    """
    where = next((v.words for v in before if v.slot == "place"), None)
    there = THERE.search(own)
    pronoun = PRONOUN.search(own)
    if pronoun is None and there is not None and where is not None:
        led = re.sub(r"\bin\s+$", "", own[: there.start()], flags=re.IGNORECASE)
        return f"{led}in {where}{own[there.end() :]}"
    if about is None or pronoun is None:
        return put_behind(own, about or meant)
    words = pronoun[0]
    kept = re.match(r"^(about|of|for|after|before|with|is|was|does|did|why|since|on|do|to|by|in|from) ", words, re.I)
    rest = own[pronoun.end() :]
    if kept and re.search(r"\b(?:that|this)$", words, re.I):
        rest = re.sub(r"^ one\b", "", rest)  # "how much was that one?"
    if re.match(r"^(?:which|the|each|either|another) ones?$|^(?:ours|mine|yours)$", words, re.I):
        return put_behind(own, about)  # one of those that were spoken of
    if words.lower() == "one" and re.search(r"\ban? [\w'’-]+\s+$", own[: pronoun.start()], re.IGNORECASE):
        return put_behind(own, about)  # "a newer one"
    if re.match(r"^the (?!same|other|old|new|current|latest|previous|last|first)\w+ ones?$", words, re.I):
        return put_behind(own, about)  # "the farming one": one of what was spoken of
    if re.match(r"^(?:this|those|these) ?$", words, re.I) and re.match(r"^\s?\w", rest) and not kept:
        return put_behind(own, about)  # "those areas": the noun is there
    if re.match(r"['’](?:ve|re|ll|d)\b", rest) or words.lower() in {"any", "some"}:
        return put_behind(own, about)
    if kept and _is_with_noun(kept[1], rest, base):  # "does that plan cover", "for that fund"
        return own if where else put_behind(own, about)
    if _POSSESSIVE.match(words):
        about = f"{about}’s" if not about.endswith("s") else f"{about}’"
    made = f"{own[: pronoun.start()]}{kept[1] + ' ' if kept else ''}{about}{rest}"
    made = made[:1].upper() + made[1:]
    other = words.lower() in PERSON and PRONOUN.search(rest) is not None  # "can she veto it?": what, too
    return put_behind(made, meant) if other else made


def put_behind(own: str, about: str) -> str:
    """`own` with what it is about behind what it asks; what it tells after that stays last."""
    asked, mark, told = own.partition("? ")
    return f"{asked.rstrip(' ?.!')} ({about})?{mark[1:]}{told}"


def _is_with_noun(before: str, rest: str, base: str) -> bool:
    """Whether "that" between `before` and `rest` belongs to a noun, by the words around it."""
    following = re.match(r"^\s+([a-z][\w'’-]*)(?:\s+(\w+))?", rest, re.IGNORECASE)
    if following is None or not content_stems(following[1]) or is_verb(following[1]):
        return False
    if before.lower() in {"is", "was"}:
        return set(content_stems(following[1])) <= set(content_stems(base))
    if before.lower() in {"do", "does", "did"}:
        return bool(following[2]) and not re.match(r"(?:the|an?|any|all|our|my|to)$", following[2], re.IGNORECASE)
    return True
