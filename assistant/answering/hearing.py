"""One reply of a model, heard statement by statement: what holds is kept, the rest dropped with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.answering.evidence import Evidence
from assistant.answering.proposals import STATEMENTS, Ending, read_ending, read_proposal
from assistant.answering.turn import DraftStatement
from assistant.llm.protocol import ModelFailure, Reason
from assistant.llm.replies import ObjectReader, read_object
from vectorstore.text import content_stems

MOST_DROPPED = 0.5  # share of a model's statements past which none of them is trusted
SAME = 0.8  # share of the stems of a statement from which another has said it


@dataclass(slots=True)
class Hearing:
    """Judges the statements of one reply. `faults` is the verifier; `settled` has been said by engines already."""

    evidence: Evidence
    faults: Callable[[DraftStatement], list[str]]
    settled: Sequence[DraftStatement]
    kept: list[DraftStatement] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    repeated: int = 0
    missing: str | None = None
    _reader: ObjectReader = field(default_factory=lambda: ObjectReader("statements"))

    @property
    def offered(self) -> int:
        return len(self.kept) + len(self.dropped) + self.repeated

    def hear(self, text: str) -> list[DraftStatement]:
        """The statements that `text` completes and that hold. Raises ModelFailure for a reply past all length."""
        return self._judge(self._reader.feed(text))

    def close(self) -> list[DraftStatement]:
        """The end of the reply: statements that were not seen before. Raises ModelFailure if it may not be used."""
        ending = self._ending()
        late = [] if self.offered else self._judge(ending.statements)
        self.missing = ending.missing
        if ending.cannot_answer or not self.offered:
            raise ModelFailure(Reason.DECLINED)
        judged = len(self.kept) + len(self.dropped)
        if not self.kept or len(self.dropped) > MOST_DROPPED * judged:
            raise ModelFailure(Reason.UNVERIFIED)
        return late

    def _ending(self) -> Ending:
        if not self._reader.text.strip():
            raise ModelFailure(Reason.EMPTY)
        ending = read_ending(read_object(self._reader.text))
        if ending is None:
            raise ModelFailure(Reason.GARBLED)
        return ending

    def _judge(self, values: Sequence[object]) -> list[DraftStatement]:
        held = []
        for value in values[: max(0, STATEMENTS - self.offered)]:
            made = self._drafted(value)
            faults = [made] if isinstance(made, str) else self.faults(made)
            if isinstance(made, str) or faults:
                self.dropped.append(faults[0])
            elif any(_repeats(made.text, s.text) for s in (*self.settled, *self.kept)):
                self.repeated += 1
            else:
                self.kept.append(made)
                held.append(made)
        return held

    def _drafted(self, value: object) -> DraftStatement | str:
        """The statement with its exact quotations, or what is wrong with it."""
        proposal = read_proposal(value)
        if proposal is None:
            return "not of the schema"
        quotes = []
        for proposed in proposal.evidence:
            if proposed.token.strip() not in self.evidence.tokens:
                return "a token that was not given"
            found = self.evidence.quotes(proposed.token, proposed.quote)
            if not found:
                return "a quote that does not stand there"
            quotes.extend(found)
        first, *more = dict.fromkeys(quotes)
        return DraftStatement(proposal.text.strip(), first, more=tuple(more), worded=True)


def _repeats(text: str, said: str) -> bool:
    """Whether `text` says little that `said` does not."""
    stems = set(content_stems(text))
    return len(stems & set(content_stems(said))) >= SAME * len(stems)
