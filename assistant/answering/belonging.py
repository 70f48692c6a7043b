"""Whether a question has to do with the collection's subject at all, from how it leans and what it is likest to.

Told apart are two kinds of question without an answer: one on the subject, to which none is held, and one on
something else. A collection whose profile names no subject tells nothing apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.likeness import rarity
from assistant.answering.logistic import Logistic
from assistant.answering.model import AnswerStatus
from assistant.answering.placeless import without
from assistant.answering.slots import PlaceReader
from assistant.answering.subject import has_term
from assistant.answering.turn import Stop, Turn
from prompts import message
from vectorstore.model import Hit
from vectorstore.profile import CollectionProfile
from vectorstore.retrieval import Retriever
from vectorstore.text import content_stems
from vectorstore.vocabulary import spell_out


@dataclass(frozen=True, slots=True)
class Signs:
    """What is seen of a question without its answer. Its `bare` form is without the places it names."""

    leaning: float  # to known questions rather than to general ones (`vectorstore.leaning`)
    bare: float  # the same of its bare form
    known: float  # cosine of the likest known question


@dataclass(frozen=True, slots=True)
class PlainSigns:
    """The same in a collection with too few known questions."""

    near: float  # cosine of the likest passage
    rare: float  # mean rarity of the words of its bare form in the collection
    term: bool  # whether it uses a word of the subject


# Fitted on ingestion/training/belonging.jsonl (`python -m tests.evals.belonging`): the probability that a question
# has to do with something else.
KNOWN = Logistic(1.39, {"leaning": -1.34, "bare": -0.98, "known": -3.37})
PLAIN = Logistic(-2.99, {"near": -6.42, "rare": 1.01, "term": -0.67})
LIKELY = 0.6  # from which a question that nothing surely answers has to do with something else
SURELY = 0.9  # from which no answer is looked for at all
FEWEST = 3  # words with a meaning that such a question has besides the places it names


class Belonging:
    """Says of a question how likely it has to do with something else than the subject."""

    def __init__(self, retriever: Retriever, places: PlaceReader) -> None:
        """`places` reads the places that a text names."""
        self._retriever = retriever
        self._places = places

    def is_elsewhere(self, turn: Turn) -> bool:
        """Whether a question to which nothing surely answers has to do with something else."""
        foreign = self.foreign(turn.interpreted, turn.profile)
        if foreign is None and turn.profile.subject:
            foreign = PLAIN(self.plain_signs(turn.interpreted, turn.profile, turn.hits))
        return foreign is not None and foreign >= LIKELY

    def is_surely_elsewhere(self, turn: Turn) -> bool:
        """Whether a question has so surely to do with something else that nothing is looked for.

        One of few words besides a place is given the chance: "who covers Bath?" leans nowhere.
        """
        foreign = self.foreign(turn.interpreted, turn.profile)
        if foreign is None or foreign < SURELY:
            return False
        return len(set(content_stems(self.bare(turn.interpreted, turn.profile)))) >= FEWEST

    def foreign(self, question: str, profile: CollectionProfile) -> float | None:
        """The probability that it does; None without a subject, or without known questions to tell by."""
        signs = self.signs(question, profile) if profile.subject else None
        return None if signs is None else KNOWN(signs)

    def signs(self, question: str, profile: CollectionProfile) -> Signs | None:
        """What is seen of `question`; None where the collection knows too few questions."""
        texts = [spell_out(t, profile.vocabulary) for t in (question, self.bare(question, profile))]
        whole, bare = (e.vector for e in self._retriever.embed_tokens(texts))
        leaning, of_bare = self._retriever.leaning(whole), self._retriever.leaning(bare)
        if leaning is None or of_bare is None:
            return None
        likest = self._retriever.likenesses(whole).best(1, 0.0)
        return Signs(leaning, of_bare, likest[0].likeness if likest else 0.0)

    def plain_signs(self, question: str, profile: CollectionProfile, hits: Sequence[Hit]) -> PlainSigns:
        """What is seen of `question` and the passages found for it."""
        documents = self._retriever.document_count()
        stems = dict.fromkeys(content_stems(self.bare(question, profile)))
        rare = [rarity(self._retriever.document_frequency(s), documents) for s in stems]
        return PlainSigns(
            near=max((h.similarity or 0.0 for h in hits), default=0.0),
            rare=sum(rare) / len(rare) if rare else 0.0,
            term=has_term(question, profile.scope_terms),
        )

    def bare(self, question: str, profile: CollectionProfile) -> str:
        """`question` without the places it names; itself where nothing else is asked."""
        rest = without(question, self._places(question, profile))
        return rest if content_stems(rest) else question


def sent_away(turn: Turn) -> Stop:
    """What is said to a question that has to do with something else."""
    return Stop(AnswerStatus.OUT_OF_SCOPE, message("out_of_scope", subject=turn.profile.subject), turn)
