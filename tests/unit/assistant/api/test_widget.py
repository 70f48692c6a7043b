"""The widget's file as other sites load it, and the sample page that carries it."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from assistant.widget_file import embed_lines, widget_integrity, widget_path, widget_version

EXACT = widget_path()
FLOATING = "/widget/1/lsip.js"


def test_the_exact_version_may_be_kept_for_ever_and_loaded_from_anywhere(client: TestClient) -> None:
    got = client.get(EXACT)
    assert got.status_code == 200
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in got.headers["cache-control"]
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"
    assert got.headers["x-content-type-options"] == "nosniff"
    digest = base64.b64encode(hashlib.sha384(got.content).digest()).decode()
    assert f"sha384-{digest}" == widget_integrity()


def test_the_floating_version_is_the_same_and_is_asked_for_again(client: TestClient) -> None:
    got = client.get(FLOATING)
    assert got.content == client.get(EXACT).content
    assert "immutable" not in got.headers["cache-control"]
    again = client.get(FLOATING, headers={"If-None-Match": got.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


@pytest.mark.parametrize("version", ["0.9.0", "2", "latest", "1.0", "..%2f1"])
def test_no_other_version_is_served(client: TestClient, version: str) -> None:
    assert client.get(f"/widget/{version}/lsip.js").status_code == 404


def test_head_gives_the_headers_alone(client: TestClient) -> None:
    got = client.head(EXACT)
    assert got.status_code == 200 and got.content == b""


def test_the_sample_page_has_a_policy_of_its_own(client: TestClient) -> None:
    policy = client.get("/demo").headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in policy and "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; connect-src 'self'")
    assert "script-src" not in client.get("/").headers["content-security-policy"]


@pytest.mark.parametrize(("query", "mode"), [("", None), ("?mode=launcher", "launcher")])
def test_the_sample_page_carries_the_widget_with_its_hash(client: TestClient, query: str, mode: str | None) -> None:
    page = BeautifulSoup(client.get(f"/demo{query}").text, "lxml")
    script = page.select_one("script")
    element = page.select_one("lsip-assistant")
    assert script is not None and element is not None
    assert script["src"] == EXACT and script["integrity"] == widget_integrity()
    assert element.get("mode") == mode
    assert element.a is not None and element.a["href"] == "/"
    assert page.select("style, [style], [onclick]") == []
    shown = page.select_one("pre code")
    assert shown is not None and widget_integrity() in shown.text


def test_the_sample_page_on_ones_own_machine_needs_no_site(client: TestClient) -> None:
    def site(page: str, host: str) -> object:
        element = BeautifulSoup(client.get(page, headers={"host": host}).text, "lxml").select_one("lsip-assistant")
        assert element is not None
        return element.get("site")

    assert site("/demo", "127.0.0.1:8000") == site("/demo", "localhost") == "demo"
    assert site("/demo", "ask.example.org") is None
    assert site("/demo?site=dorset", "127.0.0.1:8000") == site("/demo?site=dorset", "ask.example.org") == "dorset"
    own = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}
    given = client.post("/v1/widget/sessions", json={"site": "demo"}, headers=own)
    assert given.status_code == 201
    asking = {**own, "authorization": f"Bearer {given.json()['token']}"}
    assert client.post("/v1/questions", json={"question": "Is the LSIF open?"}, headers=asking).status_code == 200


def test_a_hostile_site_in_the_address_is_text(client: TestClient) -> None:
    text = client.get("/demo", params={"site": '"><script>alert(1)</script>'}).text
    assert len(re.findall("<script", text)) == 1


def test_the_lines_escape_what_they_are_given() -> None:
    lines = embed_lines("https://x.example/", 'a"><script>', launcher=True)
    assert "<script>" not in lines.replace("</script>", "")
    assert f'src="https://x.example{EXACT}"' in lines and widget_version() in lines
    assert 'mode="launcher"' in lines
