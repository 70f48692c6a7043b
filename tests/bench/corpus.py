"""Invented documents of a given size and number, the same every time."""

from __future__ import annotations

import json
import random
from pathlib import Path

WORDS = """
allotment parish council water butt shed hedge path rota committee tenant plot rent soil compost manure seed
frost harvest rule notice key gate fence tool permit meeting secretary treasurer annual general visitor dog
bonfire smoke neighbour boundary tree fruit vegetable flower bee hive chicken coop greenhouse tunnel pond well
pump hose drought share lease deposit waiting list transfer""".split()


def sentence(rng: random.Random, words: int) -> str:
    """One invented sentence."""
    chosen = [rng.choice(WORDS) for _ in range(words)]
    return f"{chosen[0].capitalize()} {' '.join(chosen[1:])} number {rng.randint(1, 9999)}."


def write_jsonl(path: Path, documents: int, *, seed: int = 7, sentences: int = 12) -> None:
    """`documents` lines of about 200 tokens each, one passage apiece."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        for number in range(documents):
            text = " ".join(sentence(rng, 12) for _ in range(sentences))[:880]
            out.write(json.dumps({"id": f"doc-{number}", "title": f"Rule {number}", "text": text}) + "\n")
