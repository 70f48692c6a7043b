"""Versions, passages, hits and turns made by hand, and stand-ins for what reads the stored ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.answering.model import Answer, AnswerStatus, Block, Citation, Message, Paragraph, Question, Statement
from assistant.answering.turn import DraftStatement, Quote, Turn, Understanding
from vectorstore.catalogue import Catalogue
from vectorstore.model import Evidence, Hit, Kind, Passage, Status, Version
from vectorstore.profile import AreaName, CollectionProfile, Outside
from vectorstore.retrieval import Retriever

TODAY = date(2026, 11, 23)
AREAS = (
    AreaName(id="A01", name="Manchester", erb="Manchester Chamber", url="https://m.example/", names=("Bury",)),
    AreaName(id="A02", name="Greater Manchester", erb="GM Chamber", url="https://gm.example/", names=("GM", "Wigan")),
    AreaName(id="A03", name="Berkshire", erb="Thames Valley Chamber", url="", names=("Reading", "Slough")),
)
PROFILE = CollectionProfile(
    own_area=r"\b(?:our|my) (?:lsip|plan|area)\b",
    subject="plans for skills",
    scope_terms=("skills",),
    areas=AREAS,
    outside=Outside(
        places={"Scotland": ("Scotland", "Aberdeen"), "Wales": ("Wales", "Cardiff")},
        document="only-here",
        unless=("New Scotland Yard", "West Cheshire and North Wales"),
    ),
    link_hosts=("www.gov.uk",),
    ordinary_words=("reading", "bury", "bath"),
)


def version(**changes: Any) -> Version:
    base = Version(
        version_id="v1",
        collection="lsip",
        document_id="d1",
        label="",
        title="A document",
        publisher="A publisher",
        url="https://www.gov.uk/a",
        kind=Kind.OFFICIAL,
        status=Status.IN_FORCE,
        published=None,
        valid_from=None,
        valid_to=None,
        superseded_by=None,
        area=None,
        compiled_on=None,
        checked_on=None,
        path="a.md",
    )
    return replace(base, **changes)


def passage(text: str, **changes: Any) -> Passage:
    start = changes.pop("start", 0)
    base = Passage(
        passage_id="p1",
        version_id="v1",
        ordinal=0,
        text=text,
        start=start,
        end=start + len(text),
        heading=(),
        page=None,
        anchor="a",
        evidence=Evidence.PRIMARY,
        gap=False,
        rests_on=(),
    )
    return replace(base, **changes)


def hit(text: str, *, of: Version | None = None, score: float = 1.0, **changes: Any) -> Hit:
    return Hit(passage(text, **changes), of or version(), score, 0.8, 1, 1)


def quote(of: Hit, text: str) -> Quote:
    start = of.passage.start + of.passage.text.index(text)
    return Quote(of, start, start + len(text), text)


def drafted(of: Hit, text: str, role: str = "sentence") -> DraftStatement:
    return DraftStatement(text, quote(of, text), role)


def turn(
    text: str,
    *,
    history: Sequence[tuple[str, str]] = (),
    profile: CollectionProfile = PROFILE,
    as_of: date | None = None,
    area: str | None = None,
    understanding: Understanding | None = None,
) -> Turn:
    """A turn as it is after screening."""
    messages = tuple(Message.model_validate({"role": role, "text": said}) for role, said in history)
    on = as_of or TODAY
    return Turn(
        asked=Question(question=text, history=messages, as_of=as_of, area=area),
        text=text,
        today=on,
        as_of=on,
        collection="lsip",
        profile=profile,
        interpreted=text,
        understanding=understanding or Understanding(),
    )


def cited(n: int = 1, **changes: Any) -> Citation:
    base = Citation(
        n=n,
        kind="official",
        title="A document",
        publisher="A publisher",
        url="https://www.gov.uk/a",
        section=None,
        page=None,
        quote="A plan lasts three years.",
        document_id="d1",
        version_id="v1",
        passage_id="p1",
        start=0,
        end=25,
        status="in force",
        in_force=True,
        valid_from=None,
        valid_to=None,
        superseded_by=None,
        compiled_on=None,
        checked_on=None,
        evidence="primary",
    )
    return base.model_copy(update=changes)


def answer(**changes: Any) -> Answer:
    blocks: tuple[Block, ...] = (
        Paragraph(statements=(Statement(text="A plan lasts three years.", citations=(1,)),)),
    )
    base = Answer(
        status=AnswerStatus.ANSWERED,
        text="A plan lasts three years. [1]",
        plain="A plan lasts three years.",
        blocks=blocks,
        confidence=0.8,
        interpreted_question="How long does a plan last?",
        as_of=TODAY,
        citations=(cited(),),
        conversation_id="c1",
        answer_id="a1",
        composer="extractive",
    )
    return base.model_copy(update=changes)


class LiveVersions(Catalogue):
    """A catalogue that knows only which versions are live."""

    def __init__(self, *live: str) -> None:
        self._live = set(live)

    def live(self, version_ids: Iterable[str]) -> set[str]:
        return set(version_ids) & self._live


class Shelf(Retriever):
    """A retriever that holds the passages of a few documents and finds nothing."""

    def __init__(self, **documents: Sequence[Hit]) -> None:
        self._documents = documents

    def document_passages(self, document_id: str, on: date) -> list[Hit]:
        return list(self._documents.get(document_id, ()))
