"""From a parsed document to a version ready to stage: metadata, passages, ids and what they rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from ingestion.metadata import Metadata, read_metadata
from ingestion.parsing.model import Grounds, ParsedDocument, Problem
from ingestion.passages import CHUNKER_VERSION, Cut, cut, digest
from vectorstore.errors import BadFileError
from vectorstore.model import Evidence, Kind, Reference, Source
from vectorstore.new import NewPassage, NewVersion, embedded_text

Registry = Mapping[str, Source]


def build_version(
    parsed: ParsedDocument, path: str, collection: str, root: str, registry: Registry, default_id: str | None = None
) -> tuple[NewVersion, list[Problem]]:
    """The version that `parsed` is, with problems worth telling. Raises BadFileError for wrong metadata.

    `default_id` names the document where the file does not; without it, the path does.
    """
    values = {"title": parsed.title, **parsed.meta}
    values.setdefault("document", default_id or path)
    meta = read_metadata(values, path)
    problems = list(parsed.problems)
    unknown = meta.unknown()
    stray = [k for k in unknown if k not in {"topic", "licence", "note"}]
    if stray:
        problems.append(Problem(f"unknown keys kept: {', '.join(sorted(stray))}", "check their spelling"))
    text, cuts = cut(parsed.blocks, meta.title)
    if not cuts:
        raise BadFileError(
            f"{path} holds headings but no text.", "Put text below the headings, or leave the file out."
        )
    known = meta.model_dump(mode="json", include=set(Metadata.model_fields))
    identity = json.dumps({**known, **unknown}, sort_keys=True, default=str)
    version_id = digest(
        "version", collection, root, path, identity, text, _grounds_key(cuts, registry), CHUNKER_VERSION
    )
    passages = []
    for number, piece in enumerate(cuts):
        embed_text = embedded_text(meta.title, piece.heading, piece.text)
        passages.append(
            NewPassage(
                passage_id=digest("passage", version_id, str(number), piece.anchor, piece.text),
                text=piece.text,
                start=piece.start,
                end=piece.end,
                heading=piece.heading,
                page=piece.page,
                anchor=piece.anchor,
                evidence=_evidence(piece.grounds, meta),
                gap=piece.grounds.gap if piece.grounds else False,
                rests_on=_rests_on(piece.grounds, registry, path),
                content_key=digest("content", embed_text),
            )
        )
    version = NewVersion(
        version_id=version_id,
        document_id=meta.document,
        label=meta.version or str(meta.valid_from or meta.published or ""),
        title=meta.title,
        publisher=meta.publisher,
        url=meta.url,
        kind=meta.kind,
        status=meta.status,
        valid_from=meta.valid_from,
        valid_to=meta.valid_to,
        supersedes=meta.supersedes,
        published=meta.published,
        area=meta.area,
        compiled_on=meta.compiled_on,
        checked_on=meta.checked_on,
        path=path,
        extra=unknown,
        text=text,
        passages=tuple(passages),
    )
    return version, problems


def _grounds_key(cuts: Sequence[Cut], registry: Registry) -> str:
    """Changes when a source line or a source it names changes, so that a version always shows what it rested on."""
    rows = [
        [(reference, repr(registry.get(reference[0]))) for reference in c.grounds.references] + [c.grounds.evidence]
        if c.grounds
        else None
        for c in cuts
    ]
    return json.dumps(rows)


def _evidence(grounds: Grounds | None, meta: Metadata) -> Evidence:
    if grounds is not None:
        return Evidence(grounds.evidence)
    return Evidence.INFERENCE if meta.kind is Kind.BRIEF else Evidence.PRIMARY


def _rests_on(grounds: Grounds | None, registry: Registry, path: str) -> tuple[Reference, ...]:
    if grounds is None:
        return ()
    references = []
    for source_id, locator in grounds.references:
        source = registry.get(source_id)
        if source is None:
            raise BadFileError(
                f"{path} rests on {source_id!r}, which the registry of sources does not hold.",
                "Correct the id in the source line, or add a row to the sources file.",
            )
        section = locator.removeprefix("s.").strip() if locator.startswith("s.") else None
        page = locator.removeprefix("p.").strip() if locator.startswith("p.") else None
        references.append(Reference(source.title, source.publisher, source.url or None, section, page, source_id))
    return tuple(references)
