"""A cross-encoder of a folder: a tiny random one, which knows nothing and still has to be asked rightly."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.fakes.catalogued import ON, House, markdown, write
from vectorstore.embedding.cross_encoder import CrossEncoderScorer
from vectorstore.embedding.hashing import HashingEmbedder
from vectorstore.errors import ModelError
from vectorstore.reranking import CrossEncoding
from vectorstore.retrieval import Query, Retriever

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] widget kept far away the is in house garden".split()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a BERT of one small layer and random weights."""
    folder = tmp_path_factory.mktemp("model")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

        torch.manual_seed(3)
        config = BertConfig(
            vocab_size=len(WORDS),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=300,
            initializer_range=1.0,
        )
        config.num_labels = 1
        BertForSequenceClassification(config).save_pretrained(folder)
        vocabulary = folder / "vocab.txt"
        vocabulary.write_text("\n".join(WORDS), encoding="utf-8")
        BertTokenizer(str(vocabulary)).save_pretrained(folder)
    return folder


def test_it_reads_question_and_passage_together(model: Path) -> None:
    scorer = CrossEncoderScorer(str(model))
    pairs = [("widget", "the widget is kept"), ("widget", "far away"), ("garden", "the widget is kept")]
    first = scorer.score(pairs)
    assert len(set(first)) == 3
    assert scorer.score(pairs) == pytest.approx(first, abs=1e-5)
    assert scorer.score(pairs[::-1]) == pytest.approx(first[::-1], abs=1e-4)


def test_search_is_in_its_order(model: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "data")
    texts = {f"{n}.md": markdown(f"The widget is kept {'far ' * n} away.") for n in range(6)}
    house.ingest(write(tmp_path / "src", texts))
    reranker = CrossEncoding(CrossEncoderScorer(str(model)))
    plain = house.retriever.search(Query("widget", ON))
    hits = Retriever("k", house.catalogue, house.locations, HashingEmbedder(), reranker).search(Query("widget", ON))
    assert {h.passage.passage_id for h in hits} == {h.passage.passage_id for h in plain}
    assert [h.score for h in hits] == [h.score for h in plain]
    assert reranker.scores("widget", hits, {}) != sorted(reranker.scores("widget", plain, {}))


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="LSIP_RERANKER"):
        CrossEncoderScorer(str(tmp_path)).score([("a", "b")])
