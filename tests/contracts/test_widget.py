"""The widget's sources: no way to make markup, no host named, small modules, and a built file that is theirs."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.sites.theme import DEFAULTS, LENGTHS, LETTERS, PAIRS
from assistant.widget_file import FILE, widget_bytes, widget_version

ROOT = Path(__file__).resolve().parents[2]
WIDGET = ROOT / "widget"
SOURCES = sorted((WIDGET / "src").glob("*.ts"))
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML|srcdoc"
    r"|\beval\(|new Function|setTimeout\(\s*[\"'`]|setInterval|localStorage|document\.cookie|indexedDB|sendBeacon"
    r"|XMLHttpRequest|WebSocket|EventSource|import\(|postMessage|onmessage|history\.|setAttribute\(\s*[\"']style"
    r"|role: \"(?:application|marquee)\"|tabindex: \"?[1-9]|maxAge"
)
LONGEST = 340
PLAIN_PARTS = ("http://www.w3.org/2000/svg",)
ADDRESS = re.compile(rb"https?://[a-z0-9][a-z0-9.-]+[^\s\"'`]*", re.IGNORECASE)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_no_source_can_make_markup_or_keep_more_than_it_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert FORBIDDEN.findall(text) == []
    assert text.startswith("/** ") or path.name.endswith(".d.ts")
    assert len(text.splitlines()) < LONGEST


def test_the_pattern_finds_what_it_is_for() -> None:
    for bad in ('x.innerHTML = "a"', "eval(x)", 'n.setAttribute("style", x)', "localStorage.x", "setTimeout('x')"):
        assert FORBIDDEN.search(bad)
    assert not FORBIDDEN.search("sessionStorage.setItem(key, text); node.textContent = text")


def test_addresses_are_set_in_one_place_only() -> None:
    setting = [p.name for p in SOURCES if re.search(r"\.href\s*=[^=]|\.src\s*=[^=]", p.read_text(encoding="utf-8"))]
    assert setting == ["links.ts"]


def test_the_built_file_names_no_host() -> None:
    found = {match.decode() for match in ADDRESS.findall(widget_bytes())}
    assert found <= set(PLAIN_PARTS)


def test_the_built_file_fits_its_budget() -> None:
    assert len(gzip.compress(widget_bytes(), 9, mtime=0)) <= 30 * 1024


def test_the_version_is_that_of_the_package() -> None:
    package = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((WIDGET / "package-lock.json").read_text(encoding="utf-8"))
    assert package["version"] == lock["version"] == widget_version()


def test_development_needs_are_pinned_and_there_are_no_others() -> None:
    package = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", pin) for pin in package["devDependencies"].values())


def test_no_lock_names_a_host() -> None:
    locks = [p for p in ROOT.glob("*/package-lock.json") if "node_modules" not in p.parts]
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text.replace("https://opencollective.com", "").replace("https://github.com/sponsors", "")
        assert '"resolved"' not in text
        packages = json.loads(text)["packages"]
        assert all("integrity" in entry for name, entry in packages.items() if name)


def test_the_operator_is_held_to_what_the_widget_shows() -> None:
    first = (WIDGET / "src" / "style.css").read_text(encoding="utf-8").partition('[data-scheme="dark"]')[0]
    sheet = dict(re.findall(r"--_([a-z-]+): (#[0-9a-f]{6});", first))
    code = (WIDGET / "src" / "theme.ts").read_text(encoding="utf-8")
    pairs = re.findall(r'\["([a-z-]+)", "([a-z-]+)", ([\d.]+)\]', code)
    assert {name: sheet[name] for name in DEFAULTS} == DEFAULTS
    assert json.loads(re.search(r"COLOURS = (\[.*?\])", code)[1]) == list(DEFAULTS)  # type: ignore[index]
    assert {(one, other, float(least)) for one, other, least in pairs} == set(PAIRS)
    assert set(re.findall(r'set\("([a-z-]+)", (?:FONT|LENGTH)\)', code)) == {*LETTERS, *LENGTHS}


def built(target: Path) -> bytes:
    """A fresh build. Skips where esbuild is not there: `make widget` brings it, and CI does so first."""
    node = shutil.which("node")
    if node is None or not (WIDGET / "node_modules" / "esbuild").is_dir():
        pytest.skip("node or esbuild is not installed (make widget installs esbuild)")
    subprocess.run([node, "build.mjs", str(target)], cwd=WIDGET, check=True, capture_output=True, timeout=60)
    return target.read_bytes()


def test_the_built_file_is_what_the_sources_build(tmp_path: Path) -> None:
    assert built(tmp_path / "lsip.js") == FILE.read_bytes()


def test_the_sources_have_no_type_error(tmp_path: Path) -> None:
    built(tmp_path / "lsip.js")
    compiler = WIDGET / "node_modules" / ".bin" / "tsc"
    if not compiler.exists():
        pytest.skip("the compiler is not installed")
    done = subprocess.run([str(compiler), "--noEmit"], cwd=WIDGET, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
