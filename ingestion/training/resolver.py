"""`python -m ingestion.training.resolver [--device cuda]` trains what finds the words that a follow-up leaves out.

Writes vectorstore/embedding/resolver.safetensors; meant for a GPU, where it takes a minute. Each word said before a
turn is judged by itself, as one that stands in what the turn means or not, by the binary cross entropy of all that
carry meaning (Voskarides et al. 2020, "Query Resolution for Conversational Search with Limited Supervision"). No
evaluation set is read.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from ingestion.training.devices import chosen, device_of
from ingestion.training.turns import TurnMeant, turns_meant
from vectorstore.embedding.adapted import INPUTS, tokenizer
from vectorstore.embedding.resolver import ADAPTER, LAST, MAX_TOKENS, before
from vectorstore.embedding.resolver_network import ResolverNetwork
from vectorstore.text import content_stems

TURNS_A_STEP, PASSES = 32, 4
RATE, WARM = 2e-4, 0.1  # the highest learning rate, and the share of the steps that lead up to it
SEED = 3
UNJUDGED = -1.0  # the mark of tokens of no word with a meaning


@dataclass(frozen=True, slots=True)
class Labelled:
    """A turn with what was said before as token ids and types, and for each token whether its word is needed."""

    ids: list[int]
    types: list[int]
    needed: list[float]
    words: tuple[tuple[str, bool, tuple[int, ...]], ...]  # of each word its stem, whether it is needed, its tokens


def labelled(turn: TurnMeant, words: Any) -> Labelled:
    """`turn` as the network reads it, by the tokenizer `words`."""
    text, places = before(turn.said[-LAST:])
    fed = words(turn.turn, text, truncation="only_second", max_length=MAX_TOKENS, return_offsets_mapping=True)
    parts, offsets = fed.sequence_ids(), fed["offset_mapping"]
    marks, found = [UNJUDGED] * len(parts), []
    for _, start, end in places:
        stems = content_stems(text[start:end])
        own = tuple(
            n for n, (p, (a, b)) in enumerate(zip(parts, offsets, strict=True)) if p == 1 and start < b and a < end
        )
        if not stems or not own:
            continue
        needed = set(stems) <= turn.left_out
        for n in own:
            marks[n] = float(needed)
        found.append((stems[0], needed, own))
    return Labelled(fed["input_ids"], fed["token_type_ids"], marks, tuple(found))


def train(network: ResolverNetwork, turns: Sequence[Labelled], passes: int = PASSES) -> None:
    """Some passes over `turns`, those of like length together."""
    chance = random.Random(SEED)  # noqa: S311 - draws examples, hides nothing
    weights = list(network.trained().values())
    steps = passes * (len(turns) // TURNS_A_STEP)
    optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1, pct_start=WARM)
    network.train()
    for number in range(passes):
        order = sorted(range(len(turns)), key=lambda n: len(turns[n].ids) + chance.random() * 30)
        batches = [order[n : n + TURNS_A_STEP] for n in range(0, len(order) - TURNS_A_STEP + 1, TURNS_A_STEP)]
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = _loss(network, [turns[n] for n in batch])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"pass {number + 1} of {passes}, loss {total / max(1, len(batches)):.3f}", flush=True)
    network.eval()


def _loss(network: ResolverNetwork, turns: Sequence[Labelled]) -> torch.Tensor:
    numbers, marks = _read(network, turns)
    judged = marks != UNJUDGED
    return nn.functional.binary_cross_entropy_with_logits(numbers[judged], marks[judged])


def _read(network: ResolverNetwork, turns: Sequence[Labelled]) -> tuple[torch.Tensor, torch.Tensor]:
    """The network's number for each token of `turns`, and its mark, both of shape (turns, tokens)."""
    longest, device = max(len(t.ids) for t in turns), device_of(network)

    def padded(rows: Sequence[Sequence[float]], by: float, kind: torch.dtype) -> torch.Tensor:
        return torch.tensor([[*row, *[by] * (longest - len(row))] for row in rows], dtype=kind, device=device)

    fed = (
        padded([t.ids for t in turns], 0, torch.long),
        padded([[1] * len(t.ids) for t in turns], 0, torch.long),
        padded([t.types for t in turns], 0, torch.long),
    )
    assert len(fed) == len(INPUTS)
    return network(*fed), padded([t.needed for t in turns], UNJUDGED, torch.float)


def measured(network: ResolverNetwork, turns: Sequence[Labelled]) -> tuple[float, float, float]:
    """Precision and recall of the words found needed, over all turns, and the share of turns found exactly."""
    hit = said = meant = exact = 0
    with torch.no_grad():
        for start in range(0, len(turns), TURNS_A_STEP):
            batch = turns[start : start + TURNS_A_STEP]
            for turn, numbers in zip(batch, _read(network, batch)[0], strict=True):
                found = {stem for stem, _, own in turn.words if max(float(numbers[n]) for n in own) > 0}
                wanted = {stem for stem, needed, _ in turn.words if needed}
                hit, said, meant = hit + len(found & wanted), said + len(found), meant + len(wanted)
                exact += found == wanted
    return hit / max(1, said), hit / max(1, meant), exact / max(1, len(turns))


def main() -> None:
    """Train on the conversations that are not held out, keep what was learnt, and say how well it does on those."""
    parser = argparse.ArgumentParser(prog="python -m ingestion.training.resolver", description="Trains the resolver.")
    parser.add_argument("--device", default="", help="cuda or cpu; without it cuda, where there is one")
    device = chosen(parser.parse_args().device)
    words, turns = tokenizer(), turns_meant()
    torch.manual_seed(SEED)
    network = ResolverNetwork().to(device)
    train(network, [labelled(t, words) for t in turns if not t.held_out])
    network.save(ADAPTER)
    precision, recall, exact = measured(network, [labelled(t, words) for t in turns if t.held_out])
    print(f"Wrote {ADAPTER.name}. Held out: precision {precision:.3f}, recall {recall:.3f}, exact {exact:.3f}.")


if __name__ == "__main__":
    main()
