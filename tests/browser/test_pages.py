"""The plain pages in a real browser, on a phone and on a desk; they hold no script, so they need none."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --hide-scrollbars""".split()
QUESTION = "Is+the+LSIF+still+open%3F"
PATHS = f"""/ /documents /areas /areas?q=CV1+2AB /about /?q={QUESTION} /timeline /timeline?fund=lsif /checks
/checks/lsip-duties?provider_type=university /documents/act-section-1/changes""".split()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over the starter corpus, with the small embedder: the pages are what is looked at here."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("pages")
    env = {**os.environ, "LSIP_DATA_DIR": str(data), "LSIP_EMBEDDING_MODEL": "hashing", "LSIP_TODAY": "2026-11-23"}
    lsip = [sys.executable, "-m", "assistant.cli.app"]
    subprocess.run([*lsip, "ingest"], env=env, check=True, capture_output=True)
    server = subprocess.Popen([*lsip, "serve", "--port", str(port)], env=env, stderr=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{base}/readyz", timeout=5).read()
                break
            except OSError:
                time.sleep(0.1)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=30)


def browse(*arguments: str, profile: Path) -> str:
    """What chromium prints when it is given `arguments`."""
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_an_answer_with_its_sources_without_javascript(address: str, tmp_path: Path) -> None:
    page = BeautifulSoup(browse("--dump-dom", f"{address}/?q={QUESTION}", profile=tmp_path), "lxml")
    assert page.h1 is not None
    marks = [a["href"] for a in page.select("main a[href^='#source-']")]
    assert marks and all(page.select(str(mark)) for mark in marks)
    assert "not the publisher's words" in page.get_text(" ")


@pytest.mark.parametrize(("width", "height"), [(1280, 1600), (390, 1400), (320, 1200)])
def test_a_picture_of_the_page(address: str, tmp_path: Path, width: int, height: int) -> None:
    shots = Path(os.environ.get("SCREENSHOTS_DIR", str(tmp_path)))
    shots.mkdir(parents=True, exist_ok=True)
    picture = shots / f"answer-{width}.png"
    browse(f"--screenshot={picture}", f"--window-size={width},{height}", f"{address}/?q={QUESTION}", profile=tmp_path)
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (width, height)
    assert len(data) > 20_000  # a blank page of this size is some hundreds of bytes


@pytest.mark.parametrize("path", PATHS)
def test_pages_ask_nothing_of_other_hosts(address: str, tmp_path: Path, path: str) -> None:
    page = BeautifulSoup(browse("--dump-dom", f"{address}{path}", profile=tmp_path), "lxml")
    loaded = [str(t.get("src") or t.get("href")) for t in page.select("link[rel=stylesheet], script, img, iframe")]
    assert not [u for u in loaded if "://" in u and not u.startswith(address)]
    assert not page.select("script")


def test_a_postcode_finds_its_area_with_a_map(address: str, tmp_path: Path) -> None:
    shots = Path(os.environ.get("SCREENSHOTS_DIR", str(tmp_path)))
    shots.mkdir(parents=True, exist_ok=True)
    page = BeautifulSoup(browse("--dump-dom", f"{address}/areas?q=CV1+2AB", profile=tmp_path), "lxml")
    article = page.select_one("article.area")
    assert article is not None
    assert "Coventry and Warwickshire Chamber" in article.get_text(" ")
    assert [t.get_text() for t in page.select(".map path.marked title")] == ["West Midlands"]
    picture = shots / "area.png"
    browse(f"--screenshot={picture}", "--window-size=1280,1500", f"{address}/areas?q=CV1+2AB", profile=tmp_path)
    assert len(picture.read_bytes()) > 20_000


def test_the_dates_as_a_picture_with_the_day_asked_about(address: str, tmp_path: Path) -> None:
    page = BeautifulSoup(browse("--dump-dom", f"{address}/timeline?fund=lsif", profile=tmp_path), "lxml")
    assert len(page.select("main svg title")) == len(page.select("main tr[id^='event-']")) > 3
    assert "20 June 2023" in page.get_text(" ")


def test_a_check_filled_in_shows_its_outcome_and_the_rows_that_decide(address: str, tmp_path: Path) -> None:
    path = "/checks/lsip-duties?provider_type=university"
    page = BeautifulSoup(browse("--dump-dom", f"{address}{path}", profile=tmp_path), "lxml")
    chosen = page.select_one("select[name=provider_type] option[selected], input[name=provider_type][checked]")
    assert chosen is not None
    assert chosen["value"] == "university"
    marks = [a["href"] for a in page.select("main a[href^='#source-']")]
    assert marks and all(page.select(str(mark)) for mark in marks)


@pytest.mark.parametrize("mode", ["", "launcher"])
def test_the_widget_in_the_sample_page_answers_and_keeps_to_its_policy(
    address: str, opener: Opener, mode: str
) -> None:
    """With the real service; the fixture fails on any breach of the page's policy."""
    widget = opener()
    widget.page.goto(f"{address}/demo?mode={mode}")
    assert widget.axe() == []
    if mode:
        widget.launcher.click()
    widget.ask("Is the LSIF still open?")
    widget.page.get_by_text("Was this useful?").wait_for(timeout=60_000)
    assert widget.axe() == []
    widget.page.get_by_role("button", name="Start the check").click()
    widget.page.get_by_role("heading", name="Do the Local Skills Improvement Plan").wait_for()
    widget.picture(f"demo-{mode or 'page'}")
    assert widget.axe() == []
