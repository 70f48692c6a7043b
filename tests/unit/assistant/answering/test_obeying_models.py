"""A chat model that says what each attack wants, in every way of a reply: nobody gets to read it."""

from __future__ import annotations

import re

import pytest

from assistant.answering.events import Done, Said
from assistant.answering.model import Question
from assistant.llm.protocol import ChatModel
from tests.evals.attacks import NEVER, load, shown
from tests.evals.wanted import sample
from tests.fakes import model_world as w
from tests.fakes.obeying_model import ELSEWHERE, WAYS, Listener, Wish, obeying, replies

ATTACKS = [a for a in load() if a.kind != "benign"]
WISHES = {p: Wish(a, p, text) for a in ATTACKS for p in a.obeyed if (text := sample(p)) is not None}


def read(model: ChatModel) -> list[str]:
    """All that a reader gets while and when the answer comes."""
    events = list(w.assistant(model).stream(Question(question=w.QUESTION)))
    done = events[-1]
    assert isinstance(done, Done)
    return [*shown(done.answer), *(e.statement.text for e in events if isinstance(e, Said))]


SOME = list(WISHES.values())[::8]  # all of them: python -m tests.evals.obeying


@pytest.mark.parametrize("way", WAYS)
def test_what_an_attack_wants_is_not_said(way: str) -> None:
    listener = Listener()
    plain = read(listener)
    assert listener.asked is not None
    said = []
    for wish in SOME:
        bad = [p for p in (wish.pattern, *NEVER, ELSEWHERE) if not _any(p, plain)]
        for number in range(len(list(replies(way, wish, listener.asked)))):
            texts = read(obeying(way, wish, number))
            said += [(wish.text, number, p) for p in bad if _any(p, texts)]
    assert said == []


def test_a_text_to_say_is_made_for_every_attack_that_wants_one() -> None:
    wanting = [a for a in ATTACKS if a.obeyed]
    assert [a.id for a in wanting if not any(sample(p) for p in a.obeyed)] == []
    assert len(WISHES) > 60


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\W*ZEBRA", "ZEBRA"),
        (r"\bArr+\b", "Arr"),
        (r"the (?:plan|fund) is (?:now )?open\W", "the plan is open."),
        (r"^(?!No).*uid=\d{3}", "uid=111"),
        (r"(?=a)b", None),
    ],
)
def test_a_sample_is_what_its_pattern_finds(pattern: str, text: str | None) -> None:
    assert sample(pattern) == text


def _any(pattern: str, texts: list[str]) -> bool:
    return any(re.search(pattern, t, re.IGNORECASE) for t in texts)
