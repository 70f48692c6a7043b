"""Answers of the real shape for each state of the widget, plain or with a hostile string in every field."""

from __future__ import annotations

from datetime import date
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

TODAY = date(2026, 11, 25)
DORSET = Area(id="A34", name="Dorset", erb=Erb(name="Dorset Chamber", url="https://chamber.example/lsip"))
ACT = "https://www.legislation.example/ukpga/2022/21/section/1"
TITLES = (
    "Skills and Post-16 Education Act 2022, section 1",
    "Local skills improvement plans: statutory guidance",
    "Window of LSIF stage 1",
    "Skills and Post-16 Education Act 2022, section 4",
    "Notice of designated employer representative bodies",
    "Accountability agreements 2025 to 2026",
    "Local skills improvement fund: stage 2",
    "Dorset LSIP area: who leads and which councils",
)
QUOTE = (
    "The relevant provider must co-operate with the employer representative body in the development of the plan, "
    "and must have regard to the approved plan when making decisions on post-16 technical education."
)
SUMMARY = "The window for expressions of interest in stage 1 ran from 24 May 2023 to midday on 20 June 2023."
SENTENCES = (
    "A college must co-operate with the employer representative body of its area while the plan is made.",
    "Once the plan is approved, the college must have regard to it when it decides what technical courses to offer.",
    "No, it is closed: the window of stage 1 ran from 24 May 2023 to midday on 20 June 2023.",
    "The governors must look at how well the courses meet local needs, and publish what they find.",
    "The body for Dorset is Dorset Chamber of Commerce and Industry.",
    "An accountability statement says how the college meets the needs named in the plan.",
    "Stage 2 of the fund paid for projects in the financial years up to 31 March 2025.",
    "The area covers Bournemouth, Christchurch and Poole, and Dorset.",
)


def citation(n: int, **changes: Any) -> Citation:
    """Source n; the third and the eighth are summaries of ours, the seventh has been superseded."""
    brief = n in {3, 8}
    quote = SUMMARY if brief else QUOTE
    base = Citation(
        n=n,
        kind="brief" if brief else "official",
        title=TITLES[(n - 1) % len(TITLES)],
        publisher="LSIP Assistant"
        if brief
        else ("legislation.gov.uk" if n in {1, 4} else "Department for Education"),
        url=None if brief else f"{ACT}#{n}",
        section="Date" if brief else "1(4)",
        page="12" if n == 2 else None,
        quote=quote,
        document_id=f"document/{n}",
        version_id=f"version-{n}",
        passage_id=f"passage-{n}",
        start=10,
        end=10 + len(quote),
        status="superseded" if n == 7 else "in force",
        in_force=n != 7,
        valid_from=date(2022, 6, 28),
        valid_to=date(2025, 9, 30) if n == 7 else None,
        superseded_by="version-2" if n == 7 else None,
        compiled_on=date(2026, 11, 23),
        checked_on=None if brief else date(2026, 11, 20),
        evidence="secondary" if n == 8 else "primary",
        rests_on=(
            RestsOn(
                title="Applying for stage 2 of the local skills improvement fund",
                publisher="Department for Education",
                url="https://www.guidance.example/lsif",
                section="2.1",
                page="4",
            ),
        )
        if brief
        else (),
    )
    return base.model_copy(update=changes)


def reply(status: AnswerStatus, blocks: tuple[Block, ...], **changes: Any) -> Answer:
    """An answer whose text is that of its blocks."""
    base = Answer(
        status=status,
        text="\n\n".join(_said(b) for b in blocks),
        plain="",
        blocks=blocks,
        confidence=0.8,
        interpreted_question="",
        as_of=TODAY,
        conversation_id="c-1",
        answer_id="a-1",
        composer="extractive",
    )
    return base.model_copy(update=changes)


def _said(block: Block) -> str:
    if isinstance(block, Paragraph):
        return " ".join(_marked(s) for s in block.statements)
    if isinstance(block, BulletList):
        return "\n".join(_marked(s) for s in ((block.lead,) if block.lead else ()) + block.items)
    return block.text


def _marked(said: Statement) -> str:
    return f"{said.text} {''.join(f'[{n}]' for n in said.citations)}".strip()


def answered(sources: int = 3) -> Answer:
    """Whole, with as many sources as wanted; beyond three, the rest stand in a list."""
    said = [Statement(text=SENTENCES[n % len(SENTENCES)], citations=(n + 1,)) for n in range(sources)]
    blocks: tuple[Block, ...] = (Paragraph(statements=tuple(said[:3])),)
    if sources > 3:
        blocks += (BulletList(lead=Statement(text="It also holds that:", citations=(1,)), items=tuple(said[3:])),)
    blocks += (
        Note(text="That is 1,254 days before 25 November 2026."),
        NextStep(text="Ask Dorset Chamber (https://chamber.example/lsip) before you plan on money."),
    )
    finding = {"engine": "timeline", "events": [{"id": "e-window"}, {"id": "e-review"}]}
    return reply(
        AnswerStatus.ANSWERED,
        blocks,
        area=DORSET,
        citations=tuple(citation(n + 1) for n in range(sources)),
        findings=(finding,),
    )


def answers() -> dict[str, Answer]:
    """One for each state that ends in an answer."""
    partly = answered(2).model_copy(
        update={
            "status": AnswerStatus.ANSWERED_PARTLY,
            "blocks": (
                Paragraph(statements=(Statement(text=SENTENCES[0], citations=(1,)),)),
                Note(text="Not found in what I hold: what it cost in 2019."),
            ),
            "citations": (citation(1),),
        }
    )
    return {
        "one": answered(1),
        "three": answered(3),
        "eight": answered(8),
        "partly": partly,
        "clarify": reply(
            AnswerStatus.CLARIFY,
            (Note(text="There is more than one place called Newport. Which do you mean?"),),
            choices=(
                Choice(label="Newport in Isle of Wight (Hampshire and Solent)", question="three Isle of Wight"),
                Choice(label="Newport in Telford and Wrekin (The Marches)", question="three Telford"),
            ),
        ),
        "missing": reply(
            AnswerStatus.NO_EVIDENCE,
            (
                Note(text="I do not hold an answer to that in texts that were in force on 25 November 2026."),
                NextStep(text="For Dorset, the body to ask today is Dorset Chamber (https://chamber.example/lsip)."),
            ),
            area=DORSET,
            related=(
                Related(title="Dorset LSIP area", url="https://chamber.example/role", section="Earlier bodies"),
                Related(title="A text without an address", url=None, section=None),
            ),
        ),
        "outside": reply(
            AnswerStatus.OUT_OF_SCOPE,
            (Note(text="That is outside what I cover."), NextStep(text="GOV.UK (https://www.gov.example) may help.")),
        ),
        "personal": reply(
            AnswerStatus.BLOCKED_INPUT,
            (Note(text="The question seems to hold personal data (an e-mail address). Please leave it out."),),
        ),
        "withheld": reply(
            AnswerStatus.BLOCKED_OUTPUT,
            (Note(text="An answer was found but did not pass the checks, so it is not shown."),),
        ),
    }


def hostile(text: str) -> dict[str, Any]:
    """An answer with `text` in every place where a string can stand, as an attacker's document might put it."""
    bad = citation(1, title=text, publisher=text, url=text, section=text, page=text, quote=text, document_id=text)
    brief = citation(3, title=text, quote=text, version_id=text, status=text, evidence=text)
    brief = brief.model_copy(
        update={"n": 2, "rests_on": (RestsOn(title=text, publisher=text, url=text, section=text, page=text),)}
    )
    blocks: tuple[Block, ...] = (
        Paragraph(statements=(Statement(text=text, citations=(1, 2, 99)),)),
        BulletList(lead=Statement(text=text, citations=(1,)), items=(Statement(text=text, citations=(2,)),)),
        Note(text=text),
        NextStep(text=text),
    )
    answer = reply(
        AnswerStatus.ANSWERED,
        blocks,
        citations=(bad, brief),
        choices=(Choice(label=text, question=text),),
        related=(Related(title=text, url=text, section=text),),
        area=Area(id=text, name=text, erb=Erb(name=text, url=text)),
    )
    return answer.model_dump(mode="json")
