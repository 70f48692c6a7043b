"""Finding the places that a sentence names, and leaving alone the words that only look like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.areas.meanings import AREA, AUTHORITY, COUNCIL, COUNTY, ERB, FORMER, Meaning
from vectorstore.places.names import key

LONGEST = 9  # words of the longest name
KNOWN_LONG = 5_000  # the same for a name of several words
KNOWN_TOWN = 10_000  # people from which a town's name counts in small letters, without "in" before it
CLOSE = 88  # likeness (0..100) from which an unknown word is taken for a misspelt name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|&")
_STRONG = frozenset({AREA, AUTHORITY, COUNCIL, COUNTY, ERB, FORMER})
_LOCATIVE = frozenset(
    "in near at from around outside across within covers cover covering serving serve inside nearby by".split()
)
_NEAR = re.compile(
    r"\b(?:near|nearby|(?:over the )?border (?:from|with)|close to|next to"
    r"|outside|just outside|outskirts of|not far from|around|(?:miles|minutes|mins) (?:away )?from"
    r"|(?:\d+|few) miles (?:from|north of|south of|east of|west of))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|rather than|instead of)\s+(?:in\s+)?(?:the\s+)?$", re.IGNORECASE)
_FRAME = re.compile(
    r"\b(?:based|located|live|lives|living|works?|working|shops?|firms?|business(?:es)?|company|companies|factory|offices?|site|salon"
    r"|garage|bakery|employers?|college|school|pub|hotel|caf[eé]|we|we're|were|i|i'm|im|our|my|chamber|plant|depot"
    r"|warehouse|farm|practice|studio|clinic|nursery|restaurant)\b",
    re.IGNORECASE,
)
_AFTER_PLACE = frozenset("who which what whose do does is are am area council town we i our plan lsip".split())
_COUNCIL_TAIL = re.compile(
    r"\s+(?:(?:city|borough|district|county|metropolitan|unitary|town)\s+){0,2}council\b", re.IGNORECASE
)
_LINKS = frozenset("de la le upon on super under cum by".split())  # words inside the names of towns
_MONTHS = frozenset({"march", "may", "august"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that stands in a text: the words as written, where they stand, and all they may mean."""

    words: str
    start: int
    end: int
    meanings: tuple[Meaning, ...]
    near: bool = False  # the text says near it, not in it
    read_as: str = ""  # the name that a misspelt one was taken for
    excluded: bool = False  # the text says that it is not there


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    capital: bool
    first: bool  # of its sentence


class MentionFinder:
    """Finds mentions by an index of names. `ordinary` are names that are also common words."""

    def __init__(
        self,
        index: Mapping[str, Sequence[Meaning]],
        ordinary: Collection[str],
        not_places: Collection[str] = (),
    ) -> None:
        self._index = index
        self._ordinary = frozenset(ordinary)
        self._not_places = tuple(re.compile(rf"(?<!\w){re.escape(p)}(?!\w)", re.IGNORECASE) for p in not_places)

    def find(self, text: str) -> list[Mention]:
        """The mentions in `text`, in order; longer names win."""
        for phrase in self._not_places:
            text = phrase.sub(lambda m: " " * len(m[0]), text)
        tokens = _tokens(text)
        whole = len(tokens) <= LONGEST and _index_key(tokens) in self._index
        found: list[Mention] = []
        place = 0
        while place < len(tokens):
            for length in range(min(LONGEST, len(tokens) - place), 0, -1):
                mention = self._at(text, tokens, place, length, whole=whole and length == len(tokens))
                if mention is not None:
                    found.append(mention)
                    place += length
                    break
            else:
                place += 1
        return found

    def _at(self, text: str, tokens: Sequence[_Token], place: int, length: int, *, whole: bool) -> Mention | None:
        part = tokens[place : place + length]
        if part[0].word in ("the", "a", "an") and length > 1:
            return None
        name = _index_key(part)
        owned = part[-1].word.endswith("'s")  # "Bath's" is of Bath; "staff's" is not Staffs
        meanings = None if owned and length == 1 else self._index.get(name)
        if meanings is None and owned:
            meanings = self._index.get(name.removesuffix("s"))
            name = name.removesuffix("s")
        if not meanings or not (whole or self._meant(text, tokens, place, length, name, meanings)):
            return None
        start, end = part[0].start, part[-1].end
        tail = _COUNCIL_TAIL.match(text, end)
        councils = [m for m in meanings if m.kind in (COUNCIL, FORMER, COUNTY, AUTHORITY, AREA)]
        if tail and councils:
            meanings = councils
        before = text[:start]
        near, excluded = bool(_NEAR.search(before)), bool(_NOT.search(before))
        return Mention(text[start:end], start, end, tuple(meanings), near, excluded=excluded)

    def _meant(
        self, text: str, tokens: Sequence[_Token], place: int, length: int, name: str, meanings: Sequence[Meaning]
    ) -> bool:
        """Whether a known name is meant as a place where it stands."""
        first = tokens[place]
        before = tokens[place - 1].word if place else ""
        if before == "the" and place > 1:
            before = tokens[place - 2].word
        located = before in _LOCATIVE or (before in ("for", "of") and first.capital)
        strong = any(m.kind in _STRONG for m in meanings)
        if length > 1:
            ordinary = all(w in self._ordinary or len(w) < 4 for w in name.split())
            return (
                first.capital
                or strong
                or (located and not ordinary)
                or (not ordinary and _people(meanings) >= KNOWN_LONG)
            )
        if _COUNCIL_TAIL.match(text, first.end) and strong:
            return True
        if name in _MONTHS:
            return False
        if name in self._ordinary:
            if first.capital and not first.first:
                return before in _LOCATIVE or not _in_a_name(tokens, place)
            return before in _LOCATIVE and before != "by" and self._framed(text, tokens, place)  # "by law"
        if len(name) < 3:
            return first.capital and text[first.start : first.end].isupper() and strong
        return first.capital or strong or located or _people(meanings) >= KNOWN_TOWN

    def _framed(self, text: str, tokens: Sequence[_Token], place: int) -> bool:
        """Whether the words around an ordinary word make a place of it: "our shop in reading, ..."."""
        token = tokens[place]
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        broken = after is None or re.match(r"\s*[,.;:?!)]", text[token.end :]) is not None
        if not broken and after is not None and after.word == "and" and place + 2 < len(tokens):
            after = tokens[place + 2]
        ends = broken or (after is not None and after.word in _AFTER_PLACE)
        return ends and _FRAME.search(text[: token.start]) is not None

    def longer(self, text: str, mention: Mention, names: Sequence[str]) -> Mention:
        """The longer name that `mention` only begins and that stands there nearly ("Ashby de la Zouche"), or it."""
        from rapidfuzz import fuzz, process

        rest = [t for t in _tokens(text) if t.start >= mention.end]
        if not rest or rest[0].word not in _LINKS or text[mention.end : rest[0].start].strip(" -"):
            return mention
        for length in range(min(4, len(rest)), 1, -1):
            end = rest[length - 1].end
            name = key(text[mention.start : end])
            best = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=CLOSE)
            if best is not None and len(best[0].split()) == len(name.split()):
                meanings = tuple(self._index[best[0]])
                words = text[mention.start : end]
                return Mention(words, mention.start, end, meanings, mention.near, meanings[0].label)
        return mention

    def misspelt(self, text: str, known: Callable[[str], bool], names: Sequence[str]) -> Mention | None:
        """The first stretch of unknown words that is nearly one of `names`, as a place could stand there.

        `known` says of a word whether it is one that the collection uses.
        """
        from rapidfuzz import fuzz, process

        tokens = _tokens(text)
        whole = len(tokens) <= 4
        for length in range(4, 0, -1):
            for place in range(len(tokens) - length + 1):
                part = tokens[place : place + length]
                name = _index_key(part)
                if not self._could_be(tokens, place, length, name, known, whole=whole):
                    continue
                best = process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=CLOSE)
                if best is None or best[0][0] != name[0]:
                    continue
                meanings = self._index[best[0]]
                start, end = part[0].start, part[-1].end
                near = bool(_NEAR.search(text[:start]))
                return Mention(text[start:end], start, end, tuple(meanings), near, meanings[0].label)
        return None

    def _could_be(
        self,
        tokens: Sequence[_Token],
        place: int,
        length: int,
        name: str,
        known: Callable[[str], bool],
        *,
        whole: bool,
    ) -> bool:
        """Whether unknown words stand where a place could, so that they are worth comparing with names."""
        part = tokens[place : place + length]
        strange = any(len(t.word) > 4 and not known(t.word) for t in part) and name not in self._ordinary
        if length == 1 and name.endswith("ly") and not part[0].capital:  # an adverb: "frankly" is not Frankley
            return False
        edges = length == 1 or ((not known(part[0].word) or part[0].capital) and (not known(part[-1].word) or whole))
        before = tokens[place - 1].word if place else ""
        stands = before in _LOCATIVE or part[0].capital or len(name) >= 7
        return len(name) >= 5 and strange and edges and (whole or stands)


def _in_a_name(tokens: Sequence[_Token], place: int) -> bool:
    """Whether capitals on both sides make an ordinary word part of a longer name: the Student Loans Company."""
    around = (tokens[place - 1] if place else None, tokens[place + 1] if place + 1 < len(tokens) else None)
    return all(t is not None and t.capital and not t.first for t in around)


def _people(meanings: Sequence[Meaning]) -> int:
    return max(m.population for m in meanings)


def _index_key(tokens: Sequence[_Token]) -> str:
    return key(" ".join(t.word for t in tokens))


def _tokens(text: str) -> list[_Token]:
    shouting = text.isupper()
    tokens: list[_Token] = []
    last = 0
    for match in _WORD.finditer(text):
        gap = text[last : match.start()]
        first = not tokens or bool(re.search(r"[.!?]\s", gap)) or "\n" in gap
        word = match[0]
        letters = len(word) > 2 and word.isupper()  # SEND, MIRA: an abbreviation rather than a name
        capital = word[0].isupper() and not shouting and not letters
        tokens.append(_Token(word.lower().replace("’", "'"), match.start(), match.end(), capital, first))
        last = match.end()
    return tokens
