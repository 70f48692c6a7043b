"""Questions to begin with, from the profile of the collection: of the site's area, or of the whole subject."""

from __future__ import annotations

from datetime import date

from vectorstore.profile import AreaName, CollectionProfile

MOST = 4


def suggestions(profile: CollectionProfile, area: AreaName | None, today: date) -> list[str]:
    """Up to four questions. An area that has ended is not asked about."""
    if area is None or (area.valid_to is not None and area.valid_to < today):
        return list(profile.suggestions[:MOST])
    return [text.replace("{area}", area.name) for text in profile.area_suggestions[:MOST]]
