"""A follow-up as a question that stands alone: every word of meaning in it was said by the person."""

from __future__ import annotations

import re

from assistant.answering.ahead import named_ahead, same_as
from assistant.answering.antecedents import agrees, antecedent, means_figure
from assistant.answering.carrying import BODIES, asker, carried, names_own_subject, with_asker
from assistant.answering.earlier import (
    KEPT,
    Several,
    arranges,
    compares,
    compares_with,
    of_same_kind,
    one_of,
    only_counts,
    ordinal,
    returned,
    several,
    sizes,
    together,
)
from assistant.answering.ellipsis import (
    again,
    asked_otherwise,
    beside,
    denied,
    happened,
    is_yes_no,
    of_event,
    of_the_others,
    rather,
    whose,
)
from assistant.answering.follow_ups import (
    COUNTING,
    HOW_MANY_DO,
    MOVED,
    PRONOUN,
    PROPER,
    Tie,
    asks_of,
    changes_topic,
    courtesies_off,
    linked_off,
    may_point,
    swap_off,
    tie,
)
from assistant.answering.gathering import gathered
from assistant.answering.parts import focus
from assistant.answering.pointing import pointed, put_behind
from assistant.answering.referents import behind, gist, is_many, phrases, referent
from assistant.answering.said import Said
from assistant.answering.slots import PlaceReader, Value, values
from assistant.answering.stretches import beside_span
from assistant.answering.subject import has_term
from assistant.answering.swapping import less_named, replaced, swapped, without
from vectorstore.profile import CollectionProfile
from vectorstore.text import content_stems

_THE_FIGURE = re.compile(
    r"\bthe (?:\w+ )?(?:figure|number|amount|total|date|share|percentage|answer|sum|rest)\b", re.I
)
_THE_PLACE = re.compile(
    r"\bthe (?:city|town|county|borough|district|village)\b"
    r"(?! (?:of|council|region|deal|hall|mayor|combined|centre|authorit\w+)\b|['’])",
    re.IGNORECASE,
)
_FILLER = re.compile(r"\b(?:actually|basically|honestly|literally)\s+", re.IGNORECASE)
_WHO_IS = re.compile(r"^\W*who(?:['’]s| is| are| was| were)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"^\W*how many (?:is|are|was|were|will|would|do|does|did|have|has|can|could)\b", re.IGNORECASE)
_CIRCUMSTANCES = frozenset({"place", "time", "edition"})
_ANY = re.compile(r"^\W*any\b(?! (?:more|other|one|of)\b)", re.IGNORECASE)  # "any LSIF money?" asks by itself


def follow(
    said: Said,
    text: str,
    profile: CollectionProfile,
    places: PlaceReader,
    *,
    reply: bool = False,
    read: str | None = None,
) -> Said:
    """What the conversation comes to with one more turn; `reply` says that the turn answers a question put back.

    `read` is the turn as a question that stands alone, where it is known.
    """
    question = read or standalone(said, text, profile, places, reply=reply)
    named = [v.words for v in values(text, profile, places) if v.slot == "place"]
    asked = focus(question if said.question else courtesies_off(question))
    stays = bool(said.question) and not reply and tie(text) in (Tie.POINTS, Tie.SHORT)
    topic = _antecedent(said, text, profile, places) if stays else None
    return Said(
        asked,
        question,
        named[0] if named else said.place,
        asker(text) or said.asker,
        topic if topic and topic in question else referent(asked, values(asked, profile, places)) or "",
        _said_before(said, text, profile, places) if stays and topic is None else "" if stays else behind(asked),
        (*said.earlier, said.question)[-KEPT:] if said.question else (),
    )


def standalone(said: Said, text: str, profile: CollectionProfile, places: PlaceReader, *, reply: bool = False) -> str:
    """`text` as a question that stands alone after what was `said`; `text` itself where it does already."""
    if not said.question:
        return text
    if reply:
        return swapped(said.whole, values(said.whole, profile, places), text, profile, places, reply=True)
    return with_asker(_standing(said, text, profile, places), said.asker)


def is_settled(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> bool:
    """Whether a rule for just such turns says what `text` means, so that there is nothing to guess: it goes back,
    says what was meant, names one of several by its place, compares them, or puts a place or a time for another.
    """
    if changes_topic(text) or _settled(said, text, profile, places) is not None:
        return True
    return tie(text) is Tie.SWAP and ":" not in _standing(said, text, profile, places)


def _settled(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """`text` in full by a rule for just such turns; None where there is none."""
    elsewhere = _returned(said, text, profile, places) or _rather(said, text, profile, places)
    if elsewhere is not None:
        return elsewhere
    before = values(said.question, profile, places)
    own = _own(text, before)
    reckoning = gathered(said, own, profile, places)
    if reckoning is not None:
        return reckoning
    both = _of_both(own, said, profile, places)
    if both is not None or named_ahead(courtesies_off(text)) is not None:
        return both
    owner = whose(own, said.question)
    if owner is not None and values(owner[0], profile, places):
        return swapped(owner[1], values(owner[1], profile, places), owner[0], profile, places)
    of_several = _of_several(own, said, profile, places)
    if of_several is not None:
        return _carried(of_several, own, said, before, Tie.NONE, profile, places)
    same = _of_the_same(own, said.question, before, profile, places) if tie(text) is Tie.SHORT else None
    return None if same is None else swapped(said.question, before, same, profile, places)


def _own(text: str, before: list[Value]) -> str:
    """What `text` asks, with the place spoken of for "the city" and the like."""
    return _in_place(_FILLER.sub("", linked_off(courtesies_off(text))), before)


def _standing(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> str:
    """`text` as a question that stands alone but for who asks it."""
    settled = _settled(said, text, profile, places)
    if settled is not None:
        return settled
    before = values(said.question, profile, places)
    own = _own(text, before)
    ahead = named_ahead(courtesies_off(text))
    if ahead is not None:
        made = _standing(said, ahead.question, profile, places)
        if made != ahead.question or _is_another(ahead.subject, profile, places):
            return made
        return _carried(made, own, said, before, Tie.POINTS, profile, places)
    how = tie(text)
    if _ANY.match(own):
        return _carried(own, own, said, before, Tie.SHORT, profile, places)
    if how is Tie.NONE and compares(own) and not values(own, profile, places) and not PROPER.search(own):
        how = Tie.SHORT  # "which part was bigger?"
    kinds = {v.slot for v in values(own, profile, places)} - _CIRCUMSTANCES
    if _WHO_IS.match(own):
        kinds -= {BODIES}
    if how is Tie.SHORT and kinds and not HOW_MANY_DO.match(own):
        how = Tie.NONE  # "how much was the SDF?" names its own subject
    differs = beside_span(own, said.question) or (None if how is Tie.NONE else _differing(own, said.question))
    if differs is not None:
        return f"{differs[:1].upper()}{differs[1:].rstrip(' ?.!')}?"
    for asked in (said.question, *reversed(said.earlier)):
        once_more = again(own, asked)
        if once_more is not None:
            when, base = once_more
            return swapped(base, values(base, profile, places), when, profile, places)
    changed = beside(own)
    if how is Tie.SWAP and asks_of(own) and not values(own, profile, places):
        how = Tie.POINTS  # "is that in the law?" brings nothing that stands for something said
    if changed is not None or how is Tie.SWAP:
        return swapped(said.question, before, changed or text, profile, places)
    if how is Tie.POINTS:
        about = _antecedent(said, own, profile, places)
        if about is not None and not agrees(own, about, profile, places):
            made = put_behind(own, about)
        else:
            made = pointed(own, about, _said_before(said, own, profile, places), said.question, before)
    elif how is Tie.NONE and _of_no_subject(own, said.question, profile) and may_point(own):
        how = Tie.POINTS  # "has one ever been sent?"
        made = put_behind(own, _antecedent(said, own, profile, places) or _said_before(said, own, profile, places))
    elif how is Tie.SHORT:
        made = put_behind(own, _left_out(own, said, profile, places))
    else:
        made = own if own != linked_off(courtesies_off(text)) else courtesies_off(text)
    return _carried(made, own, said, before, how, profile, places)


def _of_no_subject(own: str, before: str, profile: CollectionProfile) -> bool:
    """Whether `own` has no word of the collection's subject while the question before it has."""
    held = (*profile.scope_terms, *profile.place_terms)
    return has_term(before, held) and not has_term(own, held)


def _differing(own: str, base: str) -> str | None:
    """The last question as a turn changes it without naming anything: denied, or asked otherwise."""
    return (
        denied(own, base)
        or of_event(own, base)
        or happened(own, base)
        or of_the_others(own, base)
        or asked_otherwise(own, base)
    )


def _returned(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """What `text` asks of an earlier subject that it names and goes back to."""
    back = returned(text, (*said.earlier, said.question), said.question)
    if back is None:
        return None
    then = Said(back.question, back.question, said.place, said.asker, referent(back.question) or "")
    made = standalone(then, back.rest, profile, places) if back.rest else f"{back.question.rstrip(' ?.!')}?"
    unsaid = not set(content_stems(back.subject)) <= set(content_stems(made))
    return f"{made.rstrip(' ?.!')} ({back.subject})?" if unsaid else made


def _rather(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """The last question with one thing in the place of another that it named, where `text` says so."""
    meant = rather(courtesies_off(text))
    if meant is None:
        return None
    that = set(meant.that.lower().split())  # "the date", or "West" of West Yorkshire
    named = next(
        (
            v.words
            for v in values(said.question, profile, places)
            if {v.slot} == that or that <= set(v.words.lower().split())
        ),
        meant.that,
    )
    base = replaced(said.question, named, meant.this)
    if base == said.question:  # "the plan" of what is said by a short form
        short = next((s for s, long in profile.vocabulary.items() if _ends_on(long, meant.that)), meant.that)
        base = replaced(said.question, short, re.sub(r"^(?:the )?", "the ", meant.this, flags=re.IGNORECASE))
        base = re.sub(r"\b(?:the|an?) (?=the )", "", base, flags=re.IGNORECASE)
    if base == said.question:
        return None
    then = Said(base, base, said.place, said.asker, referent(base) or "")
    if not meant.rest:
        return base
    made = standalone(then, meant.rest, profile, places)
    return f"{made.rstrip(' ?.!')} ({then.topic})?" if made == meant.rest and then.topic else made


def _ends_on(long: tuple[str, ...], words: str) -> bool:
    """Whether a long form is one of such a thing, by its last word."""
    return any(form.lower().endswith(f" {words.lower()}") for form in long)


def _antecedent(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """What a pronoun of `text`, or what it leaves out, stands for; None for the whole of the last question."""
    if said.meant:
        return None
    return antecedent(said.question, said.topic, text, profile, places)


def _said_before(said: Said, text: str, profile: CollectionProfile, places: PlaceReader) -> str:
    """What the question before said, where `text` means all of it; "it" and "they" go on with what others meant."""
    if means_figure(text, said.question):
        return said.question.rstrip(" ?.!")
    found = PRONOUN.search(text)
    goes_on = found is not None and re.search(r"\b(?:it|its|they|them|their|so|one)\b", found[0], re.IGNORECASE)
    meant = said.meant if said.meant and goes_on else gist(said.question)
    return less_named(meant, text, profile, places)


def _left_out(own: str, said: Said, profile: CollectionProfile, places: PlaceReader) -> str:
    """What a short question leaves out: what was spoken of, less what the question itself names another of."""
    whole = said.question.rstrip(" ?.!")
    if MOVED.match(own):
        return whole  # "why did the number go up?": what the last question counted
    if names_own_subject(own, profile, places):
        where = next((v.words for v in values(whole, profile, places) if v.slot == "place"), None)
        if where is not None:
            return where
    if _HOW_MANY.match(own) or HOW_MANY_DO.match(own):
        many = [p for p in phrases(said.question) if is_many(p)]
        acting = [p for p in many if any(v.slot == BODIES for v in values(p, profile, places))]
        if many:
            return (acting or many)[-1]
    if set(content_stems(own)) <= COUNTING and is_yes_no(whole):
        return whole  # "why not?" is said of the whole
    return less_named(_antecedent(said, own, profile, places) or gist(whole), own, profile, places)


def _of_the_same(
    own: str, base: str, before: list[Value], profile: CollectionProfile, places: PlaceReader
) -> str | None:
    """The place or time of a short question that asks the same of it ("what was the figure for Cornwall?")."""
    named = [v for v in values(own, profile, places) if v.slot in {o.slot for o in before}]
    if len(named) != 1 or PRONOUN.search(own):
        return None
    same = own.split()[:2] == base.split()[:2] or _THE_FIGURE.search(own) is not None
    return named[0].words if same else None


def _in_place(own: str, before: list[Value]) -> str:
    """`own` with the place spoken of for "the city", "the county" and the like."""
    where = next((v.words for v in before if v.slot == "place"), None)
    return _THE_PLACE.sub(where, own, count=1) if where else own


def _of_both(own: str, said: Said, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """A question asked of what it names and of another, where `own` asks whether that is the same."""
    meant = same_as(own)
    if meant is None:
        return None
    first = standalone(said, meant.first, profile, places) if meant.first else said.question
    now = values(first, profile, places)
    if not {v.slot for v in now} & {v.slot for v in values(meant.other, profile, places)}:
        return None
    other = swapped(first, now, meant.other, profile, places)
    return f"{first[:1].upper()}{first[1:].rstrip(' ?.!')}? {other[:1].upper()}{other[1:].rstrip(' ?.!')}?"


def _is_another(subject: str, profile: CollectionProfile, places: PlaceReader) -> bool:
    """Whether `subject` is a fund, a text or the like, and so a new subject with circumstances of its own."""
    return bool({v.slot for v in values(subject, profile, places)} & (set(profile.alternatives) - {BODIES}))


def _of_several(own: str, said: Said, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """`own` where it means several things named before: compared, one by its place, or all of them together."""
    place = ordinal(own)
    if compares_with(own):
        return _set_against(own, said, profile, places)
    if not (compares(own) or place or tie(own) is Tie.POINTS) or swap_off(own) is not None:
        return None
    things = several(said.question, said.earlier, profile, places)
    if things is None:
        return None
    if place is not None:
        words = one_of(place, things)
        if words is None:
            return None
        words = of_same_kind(words, things)
        made = f"{own[: place.start()]}{words}{own[place.end() :]}"
        return _begun(made) if names_own_subject(own, profile, places) else _with_topic(made, things)
    if any(v.slot == things.slot for v in values(own, profile, places)):
        return None  # it names by itself what it compares
    if compares(own):
        base = things.base if things.together else replaced(things.base, things.words[-1], things.joined(own))
        if arranges(own) or only_counts(own, base):
            return base
        if sizes(own) and not sizes(base):
            return put_behind(own, things.joined(own))
        return f"{base.rstrip(' ?.!')}: {own.rstrip(' ?.!')}?"
    all_of = None if re.search(r"\bit\b", own, re.IGNORECASE) else together(own, things)
    if all_of is None:
        return None
    return _with_topic(f"{own[: all_of.start()]}{things.joined()}{own[all_of.end() :]}", things)


def _set_against(own: str, said: Said, profile: CollectionProfile, places: PlaceReader) -> str | None:
    """The last question asked of what it named and of what `own` sets against that."""
    for value in values(own, profile, places):
        old = next((v for v in values(said.question, profile, places) if v.slot == value.slot), None)
        if old is not None and old.words.lower() != value.words.lower():
            both = replaced(said.question, old.words, f"{old.words} and {value.words}")
            return f"{both.rstrip(' ?.!')}: {own.rstrip(' ?.!')}?"
    return None


def _with_topic(made: str, things: Several) -> str:
    """`made` with what the last question was about beside the things that `made` names now."""
    rest = things.base
    for words in things.words:
        rest = without(rest, words)
    about = referent(rest)
    unsaid = about is not None and not set(content_stems(about)) <= set(content_stems(made))
    made = _begun(made)
    return f"{made[:-1]} ({about})?" if unsaid else made


def _begun(made: str) -> str:
    """`made` as a question: with a capital first and its mark."""
    return f"{made[:1].upper()}{made[1:].rstrip(' ?.!')}?"


def _carried(
    made: str, own: str, said: Said, before: list[Value], how: Tie, profile: CollectionProfile, places: PlaceReader
) -> str:
    """`made` of the turn `own` with what it leaves unsaid and hangs on."""
    return carried(made, own, before, how, profile, places, place=said.place, background=said.whole)
