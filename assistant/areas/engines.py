"""The engines on areas in the order in which they are asked: bodies and plans, then places, then single facts."""

from __future__ import annotations

from assistant.answering.consult import Engine
from assistant.areas.awards import Awards
from assistant.areas.choosing import Choosing
from assistant.areas.dealing import Dealing
from assistant.areas.engine import AreasEngine
from assistant.areas.findings import AreaFindings
from assistant.areas.leading import Leading
from assistant.areas.membership import Membership
from assistant.areas.plans import Plans
from assistant.areas.reaching import Reaching
from assistant.areas.sections import AreaSections
from assistant.areas.sharing import Sharing
from vectorstore.retrieval import Retriever


def of_bodies(areas: AreasEngine, retriever: Retriever) -> list[Engine]:
    """Those that read a named body or an area's plan, asked before anything dated is looked for."""
    return [Leading(areas, retriever), Dealing(areas, retriever), Plans(areas, retriever)]


def of_places(areas: AreasEngine, retriever: Retriever) -> list[Engine]:
    """Those that read where somebody is, from the strictest question to the widest."""
    return [
        Choosing(areas, retriever),
        Membership(areas, retriever),
        Sharing(areas, retriever),
        Reaching(areas, retriever),
        Awards(areas, retriever),
        AreaFindings(areas, retriever),
        AreaSections(retriever),
    ]
