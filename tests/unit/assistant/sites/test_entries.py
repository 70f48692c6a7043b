"""What operators type: origins, ids, names, contacts, limits."""

from __future__ import annotations

import pytest

from assistant.sites.entries import contact, pairs, site_id, site_name
from assistant.sites.origins import is_loopback, origin
from assistant.sites.rules import read_limits
from vectorstore.errors import UsageError


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://www.example.org", "https://www.example.org"),
        (" HTTPS://WWW.Example.ORG/ ", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(given: str, read: str) -> None:
    assert origin(given) == read
    assert origin(read) == read


@pytest.mark.parametrize(
    "given",
    [
        "",
        "*",
        "null",
        "www.example.org",
        "https://",
        "https://*.example.org",
        "https://example.org/page",
        "https://example.org?x",
        "https://example.org#x",
        "https://user@example.org",
        "https://example.org:99999",
        "https://example.org:port",
        "http://example.org",
        "http://127.0.0.1.evil.example",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://exa mple.org",
        "https://example..org",
        "https://-example.org",
        "https://bücher.example",
        "https://example.org\n.evil.example",
        "https://example.org\\.evil.example",
        "https://" + "a" * 400,
        "https://[::1",
    ],
)
def test_what_is_no_safe_origin_is_refused(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        origin(given)
    assert "https" in caught.value.remedy


def test_the_machine_itself() -> None:
    assert is_loopback("http://localhost:1") and is_loopback("http://[::1]:1")
    assert (
        not is_loopback("https://localhost.example.org") and not is_loopback("null") and not is_loopback("http://[")
    )


@pytest.mark.parametrize("good", ["dorset", "a", "0", "north-east-2", "a" * 63])
def test_ids(good: str) -> None:
    assert site_id(good) == good


@pytest.mark.parametrize("bad", ["", "-a", "A", "a_b", "a/b", "a b", "a" * 64, "dorset\n", "ä"])
def test_ids_that_cannot_be(bad: str) -> None:
    with pytest.raises(UsageError):
        site_id(bad)


def test_names_are_one_line_of_visible_words() -> None:
    assert site_name("  Dorset   Chamber ") == "Dorset Chamber"
    for bad in ("", " ", "x" * 121, "a\u202eb", "a\u200bb", "a\x00b"):
        with pytest.raises(UsageError):
            site_name(bad)


@pytest.mark.parametrize("url", ["", "https://example.org/contact?x=1", "mailto:skills+a@example.org"])
def test_contacts(url: str) -> None:
    assert contact(" The skills  team ", url) == ("The skills team", url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:",
        "mailto:a@b.example?cc=c@d.example",
        "mailto:a@b.example,c@d.example",
        "https://user@example.org",
        "https://example.org/<x>",
        "https://" + "a" * 500,
        "//example.org",
        "tel:1",
    ],
)
def test_addresses_that_no_reader_is_sent_to(url: str) -> None:
    with pytest.raises(UsageError):
        contact("The team", url)


def test_an_address_without_words_and_words_without_end_are_refused() -> None:
    for text, url in (("", "https://example.org"), ("x" * 201, "")):
        with pytest.raises(UsageError):
            contact(text, url)


def test_pairs() -> None:
    assert pairs(["a=1", " b = x=y "], "--theme") == {"a": "1", "b": "x=y"}
    for bad in ("a", "=1", ""):
        with pytest.raises(UsageError, match="--theme"):
            pairs([bad], "--theme")


def test_limits() -> None:
    assert read_limits({"session": "15/minute;100/day"}) == {"session": "15/minute;100/day"}
    bad = ({"key": "1/day"}, {"session": ""}, {"site": "0/day"}, {"site": "1/week"}, {"address": "1/day\n"})
    for given in bad:
        with pytest.raises(UsageError):
            read_limits(given)
