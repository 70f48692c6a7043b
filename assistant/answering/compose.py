"""The composer with a model: it words what extraction found; extraction stands where that cannot be verified."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any

from assistant.answering.evidence import LONGEST_ALL, Evidence, gather
from assistant.answering.hearing import Hearing
from assistant.answering.premises import correction
from assistant.answering.proposals import REPLY_SCHEMA
from assistant.answering.screen import visible
from assistant.answering.statements import statements_of
from assistant.answering.turn import Draft, DraftStatement, Step, Stop, Turn
from assistant.answering.verify import Verifier, rules_of
from assistant.answering.writing import Writing
from assistant.llm.protocol import ChatMessage, ChatModel, ModelFailure, Reason
from assistant.verification import surface
from assistant.verification.figures import figures
from assistant.verification.grounds import Rules
from prompts import Prompt, message, prompt
from vectorstore.orders import orders_model
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems

log = logging.getLogger(__name__)

_SENTENCES = re.compile(r"[.:;!?]\s")
_OF_A_PERSON = frozenset({"length", "the model itself"})  # faults of a sentence that words of the person may have


class Compose:
    """Extraction first: it refuses, asks back and lets engines lead. The model words the rest from the same texts.

    The model is not asked where nothing is held, where engines or a correction have said all, or for places outside.
    """

    def __init__(
        self,
        extract: Step,
        model: ChatModel,
        verifier: Verifier,
        retriever: Retriever,
        *,
        longest: int = LONGEST_ALL,
    ) -> None:
        """`longest`: characters of evidence that the model has room for."""
        self._longest = longest
        self._extract = extract
        self._model = model
        self._verifier = verifier
        self._retriever = retriever

    def __call__(self, turn: Turn) -> Turn | Stop:
        """See `stream`."""
        walk = self.stream(turn)
        while True:
            try:
                next(walk)
            except StopIteration as end:
                return end.value  # type: ignore[no-any-return]

    def stream(self, turn: Turn) -> Generator[DraftStatement | None, None, Turn | Stop]:
        """Each statement as soon as it is verified, and None while there is none; returns the turn with its draft."""
        made = self._extract(turn)
        if isinstance(made, Stop) or made.draft is None or made.understanding.outside is not None:
            return made
        settled = self._settled(made)
        evidence = gather(made, settled, self._longest)
        if len(settled) == len(made.draft.statements) or not evidence:
            return made
        told = prompt("compose")
        rules = rules_of(made, (told.text, *evidence.tokens))
        hearing = Hearing(evidence, partial(self._verifier.faults, as_of=made.draft.as_of, rules=rules), settled)
        yield from (s for s in settled if not hearing.faults(s))
        so_far, started = made.writing or Writing(model=self._model.name), monotonic()
        fallback: Reason | None = None
        try:
            yield from self._heard(hearing, told, _data(made, evidence), so_far.seconds)
        except ModelFailure as failure:
            fallback = failure.reason
        except Exception:
            log.exception("composing with the chat model failed")
            fallback = Reason.BROKEN
        writing = so_far.model_copy(
            update={
                "prompts": {**so_far.prompts, told.name: told.fingerprint},
                "offered": hearing.offered,
                "kept": 0 if fallback else len(hearing.kept),
                "dropped": tuple(hearing.dropped),
                "fallback": fallback,
                "seconds": round(so_far.seconds + monotonic() - started, 3),
            }
        )
        if fallback:
            log.info("the answer by extraction stands: %s", fallback)
            return replace(made, writing=writing)
        draft = replace(made.draft, statements=(*settled, *hearing.kept), composer=self._model.name)
        return replace(made, draft=with_missing(draft, hearing.missing, made.interpreted), writing=writing)

    def _heard(
        self, hearing: Hearing, told: Prompt, data: str, spent: float
    ) -> Generator[DraftStatement | None, None, None]:
        """The model's statements that hold, while they arrive. Raises ModelFailure where none may be used."""
        messages = [ChatMessage("system", told.text), ChatMessage("user", data)]
        with closing(self._model.stream(messages, REPLY_SCHEMA, spent=spent)) as pieces:
            for piece in pieces:
                yield from hearing.hear(piece.text) or (None,)
        yield from hearing.close()

    def _settled(self, turn: Turn) -> list[DraftStatement]:
        """The statements of the draft that are exact and lead: the engines' and a premise's correction."""
        assert turn.draft is not None
        exact = [s for f in turn.findings if not f.gap for s in statements_of(f)]
        corrected = None if any(f.leads for f in turn.findings) else correction(turn, self._retriever)
        return [s for s in turn.draft.statements if s in exact or s == corrected]


def _data(turn: Turn, evidence: Evidence) -> str:
    """The user's message: everything in it is data."""
    assert turn.draft is not None
    area = turn.understanding.area
    data: dict[str, Any] = {
        "date": turn.draft.as_of.isoformat(),
        "question": visible(turn.interpreted),
        "area": area.name if area else None,
        **evidence.as_data(),
    }
    return json.dumps(data, ensure_ascii=False)


def with_missing(draft: Draft, missing: str | None, question: str) -> Draft:
    """The draft with what the model says is missing, if it says that in a few plain words of the question.

    What a question that gives orders would have said is not said under this name either.
    """
    said = visible(missing or "").rstrip(" ?.")
    words = content_stems(said)
    if draft.missing or not words or not set(words) <= set(content_stems(question)):
        return draft
    if {f.value for f in figures(said)} - {f.value for f in figures(question)}:
        return draft
    if (
        _SENTENCES.search(said)
        or orders_model(question)
        or set(surface.faults(said, Rules(draft.as_of))) - _OF_A_PERSON
    ):
        return draft
    return replace(draft, missing=said, notes=(message("partly", missing=said), *draft.notes))
