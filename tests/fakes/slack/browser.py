"""An administrator's browser: what it does to install the app in a workspace."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx

from tests.fakes.slack.server import SlackServer


class Browser:
    """`wanted` is what the install page asked Slack for; `comes_back` brings what Slack answered to the app."""

    def __init__(self, url: str) -> None:
        self._url = url
        page = httpx.get(f"{url}/slack/install", timeout=30)
        target = page.headers.get("location", "")
        if page.status_code == 200:
            at = page.text.index("/oauth/v2/authorize?")
            start = max(page.text.rfind('"', 0, at), page.text.rfind("'", 0, at)) + 1
            target = page.text[start : page.text.index(page.text[start - 1], at)].replace("&amp;", "&")
        self.wanted = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        # a cookie for https only is kept by browsers; on the loopback it is sent all the same
        self._cookies = "; ".join(c.split(";")[0] for c in page.headers.get_list("set-cookie"))

    def comes_back(self, given: dict[str, str], *, cookies: bool = True) -> httpx.Response:
        """With the state of the install page unless another is given; `cookies`: as the same browser."""
        return httpx.get(
            f"{self._url}/slack/oauth_redirect",
            params={"state": self.wanted["state"], **given},
            headers={"cookie": self._cookies} if cookies else {},
            timeout=30,
        )


def install(
    server: SlackServer, url: str, team: str, *, rotates: float | None = None, enterprise: str = ""
) -> httpx.Response:
    """The whole way: install page, consent, redirect. What the app answered at the end."""
    browser = Browser(url)
    code = server.consent(
        team,
        browser.wanted.get("redirect_uri", ""),
        scopes=frozenset(browser.wanted["scope"].split(",")),
        rotates=rotates,
        enterprise=enterprise,
    )
    done = browser.comes_back({"code": code})
    assert done.status_code == 200, done.text
    return done
