"""An invented Act in two versions and an invented guidance in two documents, and a catalogue that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.fakes.knowledge import passage, version
from vectorstore.catalogue import Catalogue
from vectorstore.model import Kind, Passage, Status, Version

ENACTED = date(2022, 4, 28)
AMENDED = date(2025, 6, 1)
GUIDED = date(2022, 10, 31)
REISSUED = date(2025, 11, 18)
TODAY = date(2026, 1, 15)
EVE = timedelta(days=1)
ACT, OLD_GUIDANCE, NEW_GUIDANCE = "orchards-act", "guidance-2022", "guidance-2025"


@dataclass(frozen=True)
class Text:
    """A version with its passages; `words` is the text that offsets count in."""

    version: Version
    words: str
    passages: tuple[Passage, ...]


def text(parts: Sequence[tuple[str, str]], *, gaps: Sequence[str] = (), **about: Any) -> Text:
    """A version whose passages stand under the given headings; one whose heading is in `gaps` is a recorded gap."""
    of = version(**about)
    words, made = "", []
    for ordinal, (heading, said) in enumerate(parts):
        words += f"{heading}\n\n" if heading else ""
        made.append(
            passage(
                said,
                start=len(words),
                passage_id=f"{of.version_id}-p{ordinal}",
                version_id=of.version_id,
                ordinal=ordinal,
                heading=("Orchards", heading) if heading else (),
                gap=heading in gaps,
            )
        )
        words += f"{said}\n\n"
    return Text(of, words, tuple(made))


# Between the two, 1(2)(b) is reworded, a new 1(2)(c) makes the old one 1(2)(d), 1(3) goes, and section 2 only turns
# round.
ACT_2022 = text(
    (
        (
            "1 Orchard plans",
            "(1) The keeper must write a plan for each orchard.\n"
            "(2) A plan must—\n"
            "(a) describe the trees that stand in the orchard;\n"
            "(b) set out what the trees will need over the next three years;\n"
            "(c) name the persons who helped to write it.\n"
            "(3) The minister may pay the keeper for the ink.",
        ),
        (
            "2 Gates",
            "(1) Every gate must be kept shut at night.\n(2) Any carter may use the lane during the harvest.",
        ),
    ),
    version_id="act-2022",
    document_id=ACT,
    title="Orchards Act",
    label="as enacted",
    status=Status.SUPERSEDED,
    valid_from=ENACTED,
    valid_to=AMENDED - EVE,
    superseded_by="act-2025",
)
ACT_2025 = text(
    (
        (
            "1 Orchard plans",
            "(1) The keeper must write a plan for each orchard.\n"
            "(2) A plan must—\n"
            "(a) describe the trees that stand in the orchard;\n"
            "(b) set out what the trees and hedges will need over the next five years;\n"
            "(c) explain how wells and ponds are looked after;\n"
            "(d) name the persons who helped to write it.",
        ),
        (
            "2 Gates",
            "(1) Any carter may use the lane during the harvest.\n(2) Every gate must be kept shut at night.",
        ),
    ),
    version_id="act-2025",
    document_id=ACT,
    title="Orchards Act",
    label="as amended",
    valid_from=AMENDED,
)
GUIDANCE_2022 = text(
    (
        ("Who writes the plan", "The keeper writes the plan with the pickers.\n- Ask the pickers in spring."),
        ("Length", "A plan has no more than 30 pages."),
        ("Not held", "The annex of 2022 is not held."),
    ),
    gaps=("Not held",),
    version_id="guidance-2022-v",
    document_id=OLD_GUIDANCE,
    title="Guidance on orchards",
    label="2022",
    kind=Kind.BRIEF,
    status=Status.SUPERSEDED,
    valid_from=GUIDED,
    valid_to=REISSUED - EVE,
    superseded_by="guidance-2025-v",
)
GUIDANCE_2025 = text(
    (
        ("Who writes the plan", "The keeper writes the plan with the pickers.\n- Ask the pickers in spring."),
        ("Length", "A plan has no more than 40 pages."),
        ("Bees", "Every plan counts the hives."),
    ),
    version_id="guidance-2025-v",
    document_id=NEW_GUIDANCE,
    title="Guidance on orchards",
    label="2025",
    kind=Kind.BRIEF,
    valid_from=REISSUED,
)
OTHER = text((("", "A leaflet on pears."),), version_id="leaflet-v", document_id="leaflet", title="Leaflet")
SHELF = (ACT_2022, ACT_2025, GUIDANCE_2022, GUIDANCE_2025, OTHER)


class Editions(Catalogue):
    """A catalogue of a few versions and their passages."""

    def __init__(self, held: Sequence[Text] = SHELF) -> None:
        self._held = {t.version.version_id: t for t in held}

    def versions(self, collection: str, *, document_id: str | None = None) -> list[Version]:
        held = [t.version for t in self._held.values() if t.version.collection == collection]
        return [v for v in held if document_id is None or v.document_id == document_id]

    def passages_of(self, version_id: str) -> list[Passage]:
        return list(self._held[version_id].passages)
