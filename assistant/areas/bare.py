"""Whether a question is little but a place, so that it asks who covers it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vectorstore.text import content_stems

# Words beside a place that ask for nothing else than the plan and the body that cover it.
_SAYS_LITTLE = frozenset(
    content_stems(
        "local skills improvement plan plans LSIP LSIPs area areas ERB chamber business firm employer company based"
        " postcode town village city live work here hello please"
    )
)

_LIES = frozenset(
    content_stems("cover covers covered lie lies belong belongs fall falls come comes under part lead leads led")
)
_WHICH = re.compile(r"\b(?:which|what|whose|who)\b", re.IGNORECASE)


def rest_of(text: str, places: Iterable[str]) -> set[str]:
    """The stems of `text` that say something beside the words of `places` and the plan itself."""
    for words in places:
        text = re.sub(re.escape(words), " ", text, flags=re.IGNORECASE)
    return set(content_stems(text)) - _SAYS_LITTLE


def is_bare(text: str, places: Iterable[str]) -> bool:
    """Whether `text` says little beside the words of `places`."""
    return not rest_of(text, places)


def asks_area(text: str, places: Iterable[str]) -> bool:
    """Whether `text` asks only which area a place is in, or who leads there."""
    named = tuple(places)
    return bool(named) and _WHICH.search(text) is not None and not rest_of(text, named) - _LIES
