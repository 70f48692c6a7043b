"""Which addresses a reader may be sent to."""

from __future__ import annotations

import pytest

from vectorstore.addresses import host_of, web_address


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.GOV.uk/a?b=c#d", "www.gov.uk"),
        ("http://example.org:8080/", "example.org"),
        ("HTTPS://example.org", "example.org"),
        ("https://www.gov.uk@evil.example/", None),
        ("https://evil.example\\@www.gov.uk/", None),
        ("https://a b.example/", None),
        ("https://[", None),
        ("https://", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org/", None),
        ("", None),
        (None, None),
    ],
)
def test_hosts(url: str | None, host: str | None) -> None:
    assert host_of(url) == host
    assert web_address(url) == (url if host else None)
