"""Questions that sentences of a folder's documents are known to answer: read from CSV, embedded, kept as a file.

Beside the vectors stands what was embedded and with which model, so that a changed table embeds only what is new.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from vectorstore.embedding.protocol import Vectors
from vectorstore.errors import BadFileError
from vectorstore.known_questions import VECTORS, KnownQuestion, write
from vectorstore.vocabulary import spell_out

QUESTIONS_FOLDER = "questions"
COLUMNS = ("document", "sentence", "question")
COMPILER_VERSION = "1"
BATCH = 512
MAKING = ".making-"  # begins the name of a folder that is not whole
EMBEDDED = "embedded.json"  # the model and the texts, in the order of the vectors


def load_questions(root: Path, files: str = "*.csv") -> list[KnownQuestion]:
    """All rows of the `files` in `questions/` under `root`; an empty document or sentence is that of the row above.

    Raises BadFileError if a file is no such table.
    """
    found: list[KnownQuestion] = []
    for path in sorted((root / QUESTIONS_FOLDER).glob(files)) if root.is_dir() else ():
        document = sentence = ""
        for number, row in enumerate(_rows(path), start=2):
            document, sentence = row["document"] or document, row["sentence"] or sentence
            if not (document and sentence and row["question"]):
                raise BadFileError(
                    f"{path.name}:{number} lacks a document, sentence or question.",
                    "Give every row a question, and the first of each sentence both others.",
                )
            found.append(KnownQuestion(document, sentence.strip(), row["question"].strip()))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if set(reader.fieldnames or ()) != set(COLUMNS):
                raise csv.Error
            return [{name: row[name] or "" for name in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadFileError(
            f"{path.name} cannot be read as a table of questions.",
            f"Save it as CSV in UTF-8 with the columns {', '.join(COLUMNS)}.",
        ) from error


def compile_questions(
    parent: Path,
    questions: Sequence[KnownQuestion],
    vocabulary: Mapping[str, tuple[str, ...]],
    model_key: str,
    embed: Callable[[Sequence[str]], Vectors],
    progress: Callable[[int, int], None],
    expect: Callable[[int], None] = lambda texts: None,
) -> str:
    """Embed `questions` into `parent`/digest unless that is there; returns the digest. Killed, it leaves no half.

    What other folders of `parent` hold of the same text and model is taken over; `expect` is told how many are left.
    """
    said = [spell_out(q.question, vocabulary) for q in questions]
    parts = (COMPILER_VERSION, model_key, repr(questions), repr(said))
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
    if (parent / digest).is_dir():
        return digest
    parent.mkdir(parents=True, exist_ok=True)
    held = _embedded_before(parent, model_key)
    new = [text for text in dict.fromkeys(said) if text not in held]
    if new:
        expect(len(new))
        held.update(zip(new, _embedded(new, embed, progress), strict=True))
    made = Path(tempfile.mkdtemp(prefix=MAKING, dir=parent))
    try:
        write(made, questions, np.stack([held[text] for text in said]))
        (made / EMBEDDED).write_text(json.dumps([COMPILER_VERSION, model_key, said]), encoding="utf-8")
        made.chmod(0o755)
        made.rename(parent / digest)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return digest


def _embedded_before(parent: Path, model_key: str) -> dict[str, Vectors]:
    """The vector of each text that a whole folder of `parent` holds by this model. A damaged folder holds none."""
    found: dict[str, Vectors] = {}
    for folder in sorted(parent.iterdir()):
        if folder.name.startswith(MAKING):
            continue
        try:
            version, key, texts = json.loads((folder / EMBEDDED).read_text(encoding="utf-8"))
            if (version, key) != (COMPILER_VERSION, model_key):
                continue
            vectors = np.load(folder / VECTORS)
            if vectors.ndim == 2 and len(vectors) == len(texts):
                found.update(zip(texts, vectors, strict=True))
        except (OSError, ValueError, TypeError, EOFError):
            continue
    return found


def _embedded(
    texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors], progress: Callable[[int, int], None]
) -> Vectors:
    parts = []
    for start in range(0, len(texts), BATCH):
        parts.append(embed(texts[start : start + BATCH]))
        progress(min(start + BATCH, len(texts)), len(texts))
    return np.concatenate(parts)


def drop_others(parent: Path, digests: Iterable[str]) -> None:
    """Remove what was compiled into `parent` and is not among `digests`."""
    kept = set(digests)
    for folder in parent.iterdir() if parent.is_dir() else ():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
