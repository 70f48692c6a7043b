"""Ingests on command, forking for each run, so that a kill lands in work and not in imports.

`python -m tests.fakes.ingest_worker DATA`; each line of input is `FOLDER COLLECTION`. The worker answers with the
process id of a child, which is doing the run, then with its exit status when it has ended.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import assistant.cli.app  # noqa: F401  (the child imports nothing more)
from assistant.composition import Application
from assistant.settings import Settings

MODEL = os.environ.get("LSIP_EMBEDDING_MODEL", "")


def warm(scratch: Path) -> None:
    """One run in a child that is thrown away fills the file cache; modules are imported here."""
    import chromadb.api.rust
    import chromadb.api.shared_system_client
    import onnxruntime
    import tokenizers

    assert chromadb.api.rust and chromadb.api.shared_system_client and onnxruntime and tokenizers
    import alembic.command
    import alembic.config

    assert alembic.command and alembic.config
    scratch.mkdir(parents=True, exist_ok=True)


def ingest(data: Path, folder: Path, collection: str) -> int:
    application = Application(Settings(data_dir=data, embedding_model=MODEL))
    return application.pipeline().run(folder, collection).failed


def main() -> None:
    data = Path(sys.argv[1])
    warm(data)
    print("ready", flush=True)
    for line in sys.stdin:
        folder, collection = line.split()
        child = os.fork()
        if child == 0:
            code = 70
            try:
                code = ingest(data, Path(folder), collection)
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
