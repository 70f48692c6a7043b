"""One spelling for a name."""

from __future__ import annotations

import pytest

from vectorstore.places.names import key


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Bishop's Stortford", "bishops stortford"),
        ("Bishop’s Stortford", "bishops stortford"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("Bath & North East Somerset", "bath and north east somerset"),
        ("Saint Helens", "st helens"),
        ("St. Helens", "st helens"),
        ("The Wirral", "wirral"),
        ("The", "the"),
        ("Bristol, City of", "bristol city of"),
        ("Café Ôtel", "cafe otel"),
        ("", ""),
        ("🙂", ""),
    ],
)
def test_spellings_meet(name: str, spelled: str) -> None:
    assert key(name) == spelled
    assert key(spelled) == spelled
