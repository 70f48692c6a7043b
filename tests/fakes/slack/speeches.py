"""An assistant that says what a test wants: long answers, every status, and failures on the way."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import date

from assistant.answering.events import Accepted, Cited, Done, Event, Said, Stepped
from assistant.answering.model import Answer, AnswerStatus, Choice, Citation, Paragraph, Question, Statement
from assistant.answering.origin import Origin

TODAY = date(2026, 11, 23)


class Speaker:
    """Streams `sentences`, each resting on one source; keeps nothing. `between` is called before each sentence."""

    def __init__(
        self,
        sentences: Sequence[str],
        *,
        status: AnswerStatus = AnswerStatus.ANSWERED,
        other_in_the_end: bool = False,
        between: Callable[[int], None] = lambda _: None,
        choices: tuple[Choice, ...] = (),
    ) -> None:
        self._sentences, self._status, self._between, self._choices = sentences, status, between, choices
        self._other = other_in_the_end
        self.asked: list[tuple[Question, Origin | None]] = []

    def ask(self, question: Question, origin: Origin | None = None) -> Answer:
        return next(e.answer for e in self.stream(question, origin) if isinstance(e, Done))

    def stream(self, question: Question, origin: Origin | None = None) -> Generator[Event, None, None]:
        self.asked.append((question, origin))
        answer_id = origin.answer_id if origin else "0" * 32
        conversation = question.conversation_id or "c" * 32
        yield Accepted(conversation, answer_id)
        yield Stepped("retrieve")
        said = tuple(Statement(text=text, citations=(n,)) for n, text in enumerate(self._sentences, start=1))
        for statement in said:
            self._between(statement.citations[0])
            yield Cited(citation(statement.citations[0], statement.text))
            yield Said(statement)
        self._between(0)
        if self._other:
            said = (Statement(text="What was said before does not hold.", citations=(1,)),)
        yield Done(self._answer(question, said, conversation, answer_id))

    def _answer(self, question: Question, said: tuple[Statement, ...], conversation: str, answer_id: str) -> Answer:
        plain = " ".join(s.text for s in said)
        return Answer(
            status=self._status,
            text=" ".join(f"{s.text} [{s.citations[0]}]" for s in said),
            plain=plain,
            blocks=tuple(Paragraph(statements=(s,)) for s in said),
            confidence=0.9,
            interpreted_question=question.question,
            as_of=TODAY,
            choices=self._choices,
            citations=tuple(citation(s.citations[0], s.text) for s in said),
            conversation_id=conversation,
            answer_id=answer_id,
            composer="extractive",
        )


def citation(n: int, quote: str) -> Citation:
    """Source n, whose words are the sentence itself."""
    return Citation(
        n=n,
        kind="official",
        title=f"Orchard rules, part {n}",
        publisher="The wardens",
        url=f"https://orchard.example/rules#{n}",
        section=f"part {n}",
        page=None,
        quote=quote,
        document_id=f"rules/{n}",
        version_id=f"rules-{n}",
        passage_id=f"passage-{n}",
        start=0,
        end=len(quote),
        status="in force",
        in_force=True,
        valid_from=date(2020, 1, 1),
        valid_to=None,
        superseded_by=None,
        compiled_on=None,
        checked_on=None,
        evidence="primary",
    )
