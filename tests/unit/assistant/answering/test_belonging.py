"""What has to do with another subject is told by how it leans; what cannot be told is not said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.answering.area_names import area_mentions
from assistant.answering.belonging import LIKELY, PLAIN, SURELY, Belonging, PlainSigns, sent_away
from assistant.answering.model import AnswerStatus
from assistant.answering.turn import Stop
from assistant.answering.understand import Understand
from tests.fakes.knowledge import PROFILE, hit, turn
from vectorstore.embedding.protocol import TokenVectors, Vectors
from vectorstore.known_questions import KnownQuestion, KnownQuestions, Likenesses
from vectorstore.retrieval import Retriever

OURS, BETWEEN, THEIRS = np.eye(3, dtype=np.float32)
NONE = np.zeros((0, 3), dtype=np.float32)


class Leaners(Retriever):
    """A retriever in which a question on skills leans to the subject, one on soup away, and others to neither."""

    def __init__(self, *, measures: bool = True) -> None:
        self.measures = measures
        self.read: list[str] = []

    def embed_tokens(self, texts: Sequence[str]) -> list[TokenVectors]:
        self.read.extend(texts)
        vectors = [OURS if "skills" in t else THEIRS if "soup" in t else BETWEEN for t in texts]
        return [TokenVectors(v, NONE, ()) for v in vectors]

    def leaning(self, vector: Vectors) -> float | None:
        return float(vector @ (OURS - THEIRS)) * 3 - 0.2 if self.measures else None

    def likenesses(self, vector: Vectors) -> Likenesses:
        return KnownQuestions([KnownQuestion("d", "s", "q")], OURS[None]).likenesses(vector)

    def document_frequency(self, stem: str) -> int:
        return 90 if stem in {"plan", "skill"} else 0

    def document_count(self) -> int:
        return 100


BELONGING = Belonging(Leaners(), area_mentions)
PLAINLY = Belonging(Leaners(measures=False), area_mentions)
SOUP = "How long should leek soup simmer?"


@pytest.mark.parametrize(
    ("question", "elsewhere", "surely"),
    [
        (SOUP, True, True),
        ("How many skills did the survey count?", False, False),
        ("What leek soup?", True, False),  # too few words to be sure by
        ("leek soup in Manchester", True, False),
    ],
)
def test_it_goes_by_what_the_question_leans_to(question: str, elsewhere: bool, surely: bool) -> None:
    assert BELONGING.is_elsewhere(turn(question)) is elsewhere
    assert BELONGING.is_surely_elsewhere(turn(question)) is surely


def test_the_two_limits_are_in_order() -> None:
    assert 0.5 <= LIKELY < SURELY < 1


def test_a_question_is_read_without_its_places_too() -> None:
    retriever = Leaners()
    Belonging(retriever, area_mentions).foreign("Where is good soup in Greater Manchester?", PROFILE)
    assert retriever.read == ["Where is good soup in Greater Manchester?", "Where is good soup?"]
    assert BELONGING.bare("Greater Manchester?", PROFILE) == "Greater Manchester?", "nothing else is left"


def test_a_collection_of_no_subject_tells_nothing_apart() -> None:
    nameless = PROFILE.model_copy(update={"subject": ""})
    for belonging in (BELONGING, PLAINLY):
        assert not belonging.is_elsewhere(turn(SOUP, profile=nameless))
        assert not belonging.is_surely_elsewhere(turn(SOUP, profile=nameless))


def test_without_known_questions_passages_and_words_tell() -> None:
    near, far = replace(hit("Skills plans."), similarity=0.7), replace(hit("Skills plans."), similarity=0.1)
    assert not PLAINLY.is_elsewhere(replace(turn("What is the skills plan?"), hits=(near,)))
    assert PLAINLY.is_elsewhere(replace(turn(SOUP), hits=(far,)))
    assert PLAINLY.is_elsewhere(turn(SOUP)), "nothing was found"
    assert not PLAINLY.is_surely_elsewhere(turn(SOUP)), "nothing was looked for"


def test_each_plain_sign_counts_its_own_way() -> None:
    base = PlainSigns(near=0.4, rare=4.0, term=False)
    assert PLAIN(replace(base, near=0.5)) < PLAIN(base)
    assert PLAIN(replace(base, term=True)) < PLAIN(base)
    assert PLAIN(replace(base, rare=5.0)) > PLAIN(base)


def test_what_surely_has_to_do_with_something_else_is_read_no_further() -> None:
    stopped = Understand(belonging=BELONGING)(turn(f"{SOUP} And in Reading?"))
    assert isinstance(stopped, Stop)
    assert stopped.status is AnswerStatus.OUT_OF_SCOPE
    assert not isinstance(Understand(belonging=BELONGING)(turn("How many skills are short?")), Stop)


def test_it_says_what_the_subject_is() -> None:
    assert PROFILE.subject in sent_away(turn(SOUP)).text
