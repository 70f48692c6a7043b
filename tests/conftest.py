"""Which tests share a process: those of one file, and all that need the starter collection, which is made once."""

from __future__ import annotations

import pytest

STARTER = "starter"
LONG = 900  # seconds; whoever comes first waits until the collection is made, beside other tests


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Groups for pytest-xdist. What takes longest to make begins first."""
    for item in items:
        starter = STARTER in getattr(item, "fixturenames", ())
        item.add_marker(pytest.mark.xdist_group(STARTER if starter else str(item.path)))
        if starter and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LONG))
    items.sort(
        key=lambda item: (STARTER not in getattr(item, "fixturenames", ()), "integration" not in item.path.parts)
    )
