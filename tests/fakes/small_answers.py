"""Answers of every status over the small library, hostile words and all."""

from __future__ import annotations

from typing import Any

from assistant.answering.model import (
    Answer,
    AnswerStatus,
    Area,
    Block,
    BulletList,
    Choice,
    Citation,
    Erb,
    NextStep,
    Note,
    Paragraph,
    Related,
    RestsOn,
    Statement,
)
from tests.fakes.small_library import PASSAGES, TEXTS, TODAY, VERSIONS


def cite(n: int, passage_id: str, quote: str, **changes: Any) -> Citation:
    found = next(p for p in PASSAGES if p.passage_id == passage_id)
    held = next(v for v in VERSIONS if v.version_id == found.version_id)
    start = found.start + found.text.index(quote)
    base = Citation(
        n=n,
        kind=held.kind,
        title=held.title,
        publisher=held.publisher,
        url=held.url,
        section=found.section,
        page=found.page,
        quote=quote,
        document_id=held.document_id,
        version_id=held.version_id,
        passage_id=passage_id,
        start=start,
        end=start + len(quote),
        status=held.status,
        in_force=held.status == "in force",
        valid_from=held.valid_from,
        valid_to=held.valid_to,
        superseded_by=held.superseded_by,
        compiled_on=held.compiled_on,
        checked_on=held.checked_on,
        evidence=found.evidence,
        rests_on=tuple(
            RestsOn(title=r.title, publisher=r.publisher, url=r.url, section=r.section, page=r.page)
            for r in found.rests_on
        ),
    )
    return base.model_copy(update=changes)


def made(status: AnswerStatus, blocks: tuple[Block, ...], **changes: Any) -> Answer:
    base = Answer(
        status=status,
        text="",
        plain="",
        blocks=blocks,
        confidence=0.8,
        interpreted_question="Is the LSIF still open?",
        as_of=TODAY,
        conversation_id="c1",
        answer_id=f"a-{status}",
        composer="extractive",
    )
    return base.model_copy(update=changes)


CLOSED = (
    "The Local Skills Improvement Fund is closed: its last payments were made for the financial year that ended on "
    "31 March 2025."
)
LEAD = (
    "The designated employer representative body must lead the development of the plan, working closely with "
    "employers, the providers of English-funded post-16 technical education and training, and other "
    "local stakeholders."
)
LISTED = "name the actions that providers and others should take"


def answered() -> Answer:
    return made(
        AnswerStatus.ANSWERED,
        (
            Paragraph(
                statements=(
                    Statement(text=CLOSED, citations=(1,)),
                    Statement(text="No later round has been announced.", citations=(1,)),
                    Statement(text=LEAD, citations=(2,)),
                )
            ),
            BulletList(
                lead=Statement(text="A plan must:", citations=(3,)),
                items=(
                    Statement(text=LISTED, citations=(3,)),
                    Statement(text="be reviewed in the second year", citations=(3, 4)),
                ),
            ),
            Note(text="At least one text quoted has since been replaced or has ended; see the sources."),
            NextStep(text="For Lancashire, ask North & Western Lancashire Chamber (https://example.org/lsip)."),
        ),
        area=Area(id="A06", name="Lancashire", erb=Erb(name="The Chamber", url="https://example.org/")),
        citations=(
            cite(1, "v-lsif-p0", CLOSED + " No later round has been announced."),
            cite(2, "v-2022-p0", LEAD),
            cite(
                3,
                "v-2022-p1",
                "- name the actions that providers and others should take\n- be reviewed",
                in_force=True,
            ),
            cite(4, "v-notes-p0", "Colleges were asked to name a lead for construction by June."),
            cite(5, "v-bid-p0", TEXTS["v-bid"], evidence="third_party"),
        ),
    )


def answers() -> dict[AnswerStatus, Answer]:
    def said(status: AnswerStatus, text: str, **changes: Any) -> Answer:
        return made(status, (Note(text=text),), composer="none", **changes)

    return {
        AnswerStatus.ANSWERED: answered(),
        AnswerStatus.ANSWERED_PARTLY: answered().model_copy(update={"status": AnswerStatus.ANSWERED_PARTLY}),
        AnswerStatus.CLARIFY: said(
            AnswerStatus.CLARIFY,
            "Which of these do you mean?",
            choices=(
                Choice(label="Lancashire", question="What does the plan say (Lancashire)?"),
                Choice(label="Cumbria", question="What does the plan say (Cumbria)?"),
            ),
        ),
        AnswerStatus.NO_EVIDENCE: said(
            AnswerStatus.NO_EVIDENCE,
            "That fact is not held: it was looked for in the published sources and not found. The passages listed "
            "below are the nearest that I hold.",
            related=(
                Related(title="Bidding guidance for the fund", url="https://www.gov.uk/x", section="Costs"),
                Related(title="Bad link", url="javascript:alert(1)", section=None),
            ),
        ),
        AnswerStatus.OUT_OF_SCOPE: said(AnswerStatus.OUT_OF_SCOPE, "That is outside what I cover."),
        AnswerStatus.BLOCKED_INPUT: said(
            AnswerStatus.BLOCKED_INPUT, "The question is 900 characters long; the limit is 500."
        ),
        AnswerStatus.BLOCKED_OUTPUT: said(AnswerStatus.BLOCKED_OUTPUT, "An answer did not pass the checks."),
        AnswerStatus.BUSY: said(AnswerStatus.BUSY, "Too many questions are waiting."),
        AnswerStatus.FAILED: said(AnswerStatus.FAILED, "Something went wrong and no answer was made."),
    }
