"""What is held nearby when the fact itself is not."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.model import Related
from vectorstore.model import Hit

LISTED = 3


def related(hits: Sequence[Hit]) -> tuple[Related, ...]:
    """The nearest documents, one line each: title, address, section."""
    seen: dict[str, Related] = {}
    for hit in hits:
        if hit.passage.gap:
            continue
        references = hit.passage.rests_on
        url = hit.version.url or next((r.url for r in references if r.url), None)
        seen.setdefault(
            hit.version.document_id, Related(title=hit.version.title, url=url, section=hit.passage.section)
        )
    return tuple(seen.values())[:LISTED]
