"""Other ways to read a turn of a conversation than that of the rules: tied to less, or to more."""

from __future__ import annotations

from assistant.answering.carrying import carried
from assistant.answering.follow_ups import Tie, courtesies_off, linked_off
from assistant.answering.pointing import put_behind
from assistant.answering.referents import gist
from assistant.answering.said import Said
from assistant.answering.slots import PlaceReader, values
from assistant.answering.swapping import less_named
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems


def other_readings(
    said: Said, text: str, made: str, profile: CollectionProfile, places: PlaceReader
) -> tuple[str, ...]:
    """`text` with only the place, time and terms of what was `said`; with all that the last question, and the one
    before, said; and by itself. Readings that say the same as `made`, or as one before them, are left out.
    """
    if not said.question:
        return ()
    own = linked_off(courtesies_off(text))
    before = values(said.question, profile, places)
    found = [carried(own, own, before, Tie.SHORT, profile, places, place=said.place, background=said.whole)]
    for asked in (said.question, *said.earlier[-1:]):
        about = less_named(gist(asked), own, profile, places)
        if content_stems(about):
            found.append(put_behind(own, about))
    found.append(courtesies_off(text))
    unlike = {_sense(r): r for r in reversed(found) if _sense(r) != _sense(made)}
    return tuple(reversed(unlike.values()))


def _sense(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))
