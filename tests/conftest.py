"""In which order tests run, and how long: those of the starter collection first, as it takes longest to make."""

from __future__ import annotations

import pytest

STARTER = "starter"
LONG = 900  # seconds; whoever comes first waits until the collection is made, beside other tests


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files are shared out among processes in this order (`--dist loadfile`)."""
    for item in items:
        if STARTER in getattr(item, "fixturenames", ()) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LONG))
    items.sort(
        key=lambda item: (STARTER not in getattr(item, "fixturenames", ()), "integration" not in item.path.parts)
    )
