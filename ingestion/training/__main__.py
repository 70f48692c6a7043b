"""`python -m ingestion.training DATA [--on N]` trains the cross-encoder on the starter corpus, as ingested into DATA.

Writes vectorstore/embedding/reader.safetensors, in about an hour on two cores. With `--on N` training goes on
from the weights that are kept, at half the learning rate, over the judged questions behind the first N and a
share of what was learnt from before; what is kept then lies half-way between the weights before and after
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models": it orders better what neither has seen). Those
kept now came from a first run on fewer questions, a second that went on whole, and a third with `--on 5239`,
drawn by another seed. With the same seeds, other hardware gives weights that differ in the last places. No
evaluation set is read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ingestion.training.examples import judged, load_sentences, said_sentences, training_examples
from ingestion.training.fitting import RATE, Trainer
from ingestion.training.negatives import Negatives
from vectorstore.catalogue import Catalogue, open_engine
from vectorstore.embedding.reader import ADAPTER
from vectorstore.embedding.reader_network import ReaderNetwork
from vectorstore.embedding.torch_embedder import TorchEmbedder

CORPUS = Path(__file__).parents[1] / "corpus"
COLLECTION = "lsip"
REPORTED = 50  # steps between two lines of progress


def main(data: Path, learnt: int = 0) -> None:
    """Train on the documents that are not held out, and keep what was learnt; from what is kept already, where the
    first `learnt` judged questions were learnt from before.
    """
    held = load_sentences(Catalogue(open_engine(f"sqlite:///{data / 'lsip.sqlite3'}")), COLLECTION)
    sentences = [*held, *said_sentences(judged())]
    examples = training_examples(CORPUS, sentences, learnt)
    print(f"Embedding {len(examples)} questions and {len(held)} sentences.", flush=True)
    embedder = TorchEmbedder()
    questions = embedder.embed([e.question for e in examples])
    vectors = embedder.embed([s.as_read for s in held])
    network = ReaderNetwork()
    if learnt:
        network.load(ADAPTER)
    before = network.weights()
    trainer = Trainer(network, sentences, RATE / 2 if learnt else RATE)
    trainer.train(examples, Negatives(examples, sentences, questions, vectors), _report)
    if learnt:
        network.go_back_halfway(before)
    network.save(ADAPTER)
    print(f"Wrote {ADAPTER.name}.")


def _report(step: int, steps: int, loss: float) -> None:
    if step % REPORTED == 0 or step == steps:
        print(f"{step} of {steps} steps, loss {loss:.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[3]) if sys.argv[2:3] == ["--on"] else 0)
