"""Ingest throughput against the bare embedder, in one run; and a second ingest of unchanged files."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from assistant.composition import Application
from assistant.settings import Settings
from tests.bench.corpus import write_jsonl
from vectorstore.embedding.factory import BulkEmbedder
from vectorstore.staging import Staging, chunks

DOCUMENTS = 2_000
UNCHANGED = 10_000


def run(folder: Path) -> dict[str, object]:
    """Passages a second of the whole pipeline and of the embedder alone, alternating, and their ratio."""
    app = Application(Settings(data_dir=folder / "data"))
    bare: list[float] = []
    whole: list[float] = []
    for turn in range(3):
        source = folder / f"docs{turn}.jsonl"
        write_jsonl(source, DOCUMENTS, seed=turn)
        pipeline = app.pipeline()
        embedder = BulkEmbedder("", folder / "data")
        embedder.expect(DOCUMENTS)
        embedder.embed(["warm up"])
        pipeline._embedder.expect(DOCUMENTS)  # both sides measured warm, without loading the model
        pipeline._embedder.embed(["warm up"])
        started = time.perf_counter()
        report = pipeline.run(source, f"bench{turn}")
        whole.append(report.embedded / (time.perf_counter() - started))
        staging = Staging(app.catalogue.engine)
        texts = [p.embed_text for p in staging.pending(staging.live_ids(f"bench{turn}"))]
        started = time.perf_counter()
        for batch in chunks(texts, 512):
            embedder.embed(batch)
        bare.append(len(texts) / (time.perf_counter() - started))
    again = folder / "many.jsonl"
    write_jsonl(again, UNCHANGED, seed=99, sentences=2)
    first = app.pipeline().run(again, "many").seconds
    second = median(app.pipeline().run(again, "many").seconds for _ in range(5))
    return {
        "pipeline passages/s": median(whole),
        "bare embedder passages/s": median(bare),
        "share of the bare embedder": median(w / b for w, b in zip(whole, bare, strict=True)),
        f"first ingest of {UNCHANGED} passages, s": first,
        "same again unchanged, s": second,
        "unchanged as a share of the first": second / first,
    }
