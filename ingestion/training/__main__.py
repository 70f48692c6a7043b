"""`python -m ingestion.training DATA --teacher FOLDER [--device cuda]` trains reader and finder on the starter
corpus, as ingested into DATA.

FOLDER holds a larger encoder, as all-mpnet-base-v2, which learns first and teaches the two (ADR 26). Writes
vectorstore/embedding/reader.safetensors, going on from the weights that are there, and finder.safetensors, from
nothing. Meant for a GPU. With the same seed, other hardware gives weights that differ in the
last places. No evaluation set is read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ingestion.training.devices import chosen
from ingestion.training.distillation import distilled
from ingestion.training.examples import (
    Material,
    held_out_examples,
    judged,
    load_sentences,
    said_sentences,
    training_examples,
)
from vectorstore.catalogue import Catalogue, open_engine
from vectorstore.embedding import finder, reader

CORPUS = Path(__file__).parents[1] / "corpus"
COLLECTION = "lsip"


def main() -> None:
    """Train on what is not held out, and keep what was learnt."""
    parser = argparse.ArgumentParser(prog="python -m ingestion.training", description="Trains reader and finder.")
    parser.add_argument("data", type=Path, help="a data directory that the starter corpus was ingested into")
    parser.add_argument("--teacher", type=Path, required=True, help="the folder of the encoder that teaches")
    parser.add_argument("--device", default="", help="cuda or cpu; without it cuda, where there is one")
    given = parser.parse_args()
    held = load_sentences(Catalogue(open_engine(f"sqlite:///{given.data / 'lsip.sqlite3'}")), COLLECTION)
    sentences = [*held, *said_sentences(judged())]
    material = Material(sentences, training_examples(CORPUS, sentences))
    kept = Material(sentences, held_out_examples(CORPUS, sentences))
    print(f"{len(material.examples)} examples, {len(kept.examples)} held out, {len(held)} sentences.", flush=True)
    begin = reader.ADAPTER if reader.ADAPTER.exists() else None
    read, found = distilled(material, kept, given.teacher, chosen(given.device), begin)
    for network, path in ((read, reader.ADAPTER), (found, finder.ADAPTER)):
        network.save(path)
        print(f"Wrote {path.name}.")


if __name__ == "__main__":
    main()
