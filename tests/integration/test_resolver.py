"""The packaged network that finds the words a follow-up leaves out: what it finds, and how it is trained."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.embedding.factory import packaged_resolver
from vectorstore.embedding.resolver import Resolver, Word
from vectorstore.text import content_stems

SAID = ["When were the 2024 progress reports due?", "but did they actually come out then?"]


@pytest.fixture(scope="module")
def resolver(encoder_cache: Path) -> Resolver:
    return packaged_resolver(encoder_cache)


def words(found: list[Word], said: list[str]) -> set[str]:
    return {said[w.turn][w.start : w.end] for w in found if w.surety > 0}


def test_what_a_turn_leaves_out_is_found_where_it_was_said(resolver: Resolver) -> None:
    assert {"progress", "reports"} <= words(resolver.needed("what caused the delay", SAID), SAID)


def test_a_question_of_its_own_needs_nothing(resolver: Resolver) -> None:
    alone = "Which colleges in Leeds teach bricklaying in the evening?"
    assert words(resolver.needed(alone, SAID), SAID) == set()


def test_every_word_said_is_judged_where_it_stands(resolver: Resolver) -> None:
    found = resolver.needed("and who paid?", SAID)
    assert [SAID[w.turn][w.start : w.end] for w in found] == [
        *("When were the 2024 progress reports due".split()),
        *("but did they actually come out then".split()),
    ]


def test_of_a_conversation_too_long_the_beginning_is_left_out(resolver: Resolver) -> None:
    said = ["peas and beans " * 200, "Which shed is the red one?"]
    found = resolver.needed("who painted it", said)
    assert {said[w.turn][w.start : w.end] for w in found if w.turn == 1} >= {"shed", "red"}
    assert sum(w.turn == 0 for w in found) < 200


def test_the_graph_says_what_the_network_says(resolver: Resolver) -> None:
    import torch

    from ingestion.training.resolver import labelled
    from ingestion.training.turns import TurnMeant
    from vectorstore.embedding.adapted import tokenizer
    from vectorstore.embedding.resolver import ADAPTER
    from vectorstore.embedding.resolver_network import ResolverNetwork

    network = ResolverNetwork()
    network.load(ADAPTER)
    network.eval()
    turn = labelled(
        TurnMeant(tuple(SAID), "what caused the delay", "What caused the delay of the progress reports?"), tokenizer()
    )
    with torch.no_grad():
        numbers = network(*(torch.tensor([row]) for row in (turn.ids, [1] * len(turn.ids), turn.types)))[0]
    theirs = {stem: max(float(numbers[n]) for n in own) for stem, _, own in turn.words}
    found = resolver.needed("what caused the delay", SAID)
    ours = {stem: w.surety for w in found for stem in content_stems(SAID[w.turn][w.start : w.end])}
    assert ours.keys() == theirs.keys()
    assert max(abs(theirs[stem] - ours[stem]) for stem in theirs) < 2  # of some twenty, in seven bits


def test_training_finds_what_is_needed_and_keeps_it(tmp_path: Path) -> None:
    import torch

    from ingestion.training.resolver import labelled, measured, train
    from ingestion.training.turns import TurnMeant
    from vectorstore.embedding.adapted import tokenizer
    from vectorstore.embedding.resolver_network import ResolverNetwork

    torch.manual_seed(1)
    pairs = [("bees", "honey"), ("roses", "thorns"), ("carp", "scales"), ("geese", "feathers")]
    turns = [
        TurnMeant((f"Tell me of the {one} there",), f"have they {thing}", f"have the {one} {thing}")
        for one, thing in pairs
    ] * 8
    data = [labelled(t, tokenizer()) for t in turns]
    network = ResolverNetwork()
    train(network, data, passes=6)
    precision, recall, exact = measured(network, data)
    assert min(precision, recall, exact) > 0.9
    kept, again = tmp_path / "kept.safetensors", ResolverNetwork()
    network.save(kept)
    again.load(kept)
    again.eval()
    assert measured(again, data) == (precision, recall, exact)


def test_the_conversations_it_learnt_from_are_whole_and_some_are_kept_from_it() -> None:
    from ingestion.training.turns import turns_meant

    turns = turns_meant()
    kept = [t for t in turns if t.held_out]
    assert all(t.said and t.turn.strip() and t.meant.strip() for t in turns)
    assert 0.05 < len(kept) / len(turns) < 0.2
    assert any(not t.left_out for t in turns)
