"""Where to search next: from events to tracks, with the chance that they find the target and the bound that no plan exceeds.

    plan = cordon.patrol.plan(events, assets="assets.toml", area="24,118,39,130", start="2024-02-08", end="2024-02-15")
    plan.pos, plan.bound, plan.sorties.to_pandas()
    plan.evaluate(100_000)
    plan.save("plan/")
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from . import _core, _html
from ._progress import warn
from ._table import Path, Table, typed


def _lines(value: Any) -> str:
    """NDJSON: of what cordon.detect or cordon.watch gave, of files of it, or of dicts."""
    if value is None:
        return ""
    if isinstance(value, (str, os.PathLike)):
        return _core.read_text(os.fspath(value))
    if hasattr(value, "text"):
        return value.text()
    if isinstance(value, Mapping):
        value = [value]
    return "\n".join(
        _core.read_text(os.fspath(one)) if isinstance(one, (str, os.PathLike)) else json.dumps(one, default=str)
        for one in value
    )


def _area(value: Any) -> str:
    """south,west,north,east; a path of GeoJSON; or GeoJSON as a dict."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return json.dumps(value)
    if isinstance(value, (str, os.PathLike)):
        text = os.fspath(value)
        return text if "{" in text or text.count(",") == 3 else _core.read_text(text)
    return ",".join(str(float(side)) for side in value)


def _toml(value: Any) -> str:
    text = os.fspath(value)
    return text if "\n" in text else _core.read_text(text)


class Plan:
    """A plan: `pos` (value, low, high), `bound`, `notes` to read before relying on it, `sorties`, `assets`, `curves`."""

    def __init__(self, core: _core.Plan) -> None:
        self._core = core
        #: All of it, as `cordon patrol plan` writes plan.json.
        self.json: dict[str, Any] = json.loads(core.json())

    @property
    def pos(self) -> dict[str, float]:
        """The chance of success and its 95 % interval."""
        return self.json["pos"]

    @property
    def bound(self) -> float:
        """No plan with these assets has a higher chance."""
        return self.json["bound"]

    @property
    def notes(self) -> list[str]:
        return self.json["notes"]

    @property
    def curves(self) -> Table:
        """Chance against hours away from base: of this plan, of none above, of the same miles without a map."""
        rows = [
            {"curve": name, "hours": float(hours), "chance": float(chance)}
            for name, points in self.json["curves"].items()
            for hours, chance in points
        ]
        return typed(rows)

    @property
    def sorties(self) -> Table:
        names = ("asset", "number", "start", "end", "transit_h", "search_h", "track_nm", "cost", "pos")
        return typed([{name: one[name] for name in names} for one in self.json["sorties"]])

    @property
    def figures(self) -> Table:
        """What was assumed or taken of each asset, with its source."""
        return typed(
            [
                {"asset": asset["name"], "figure": name, "value": float(one["value"]), "assumed": one["assumed"], "source": one["source"]}
                for asset in self.json["assets"]
                for name, one in asset["figures"].items()
            ]
        )

    def tracks(self, format: str = "geojson") -> str:
        """geojson, gpx or kml."""
        return self._core.tracks(format)

    def evaluate(self, runs: int = 100_000, seed: int = 1) -> dict[str, Any]:
        """Draws targets from the map and flies the tracks past them: whether the chance is what the plan says."""
        return json.loads(self._core.evaluate(runs, seed))

    def update(self, *, found: Iterable[tuple[float, float]] = (), events: Any = None) -> dict[str, Any]:
        """The map after the search, for `plan(prior=)`: thinned where it was searched; found: (latitude, longitude) of
        meetings; events: new ones."""
        return json.loads(self._core.update([(float(lat), float(lon)) for lat, lon in found], _lines(events)))

    def briefing(self, path: Path | None = None) -> str | None:
        """The page for the crew, as text or written to path."""
        page = self._core.briefing()
        if path is None:
            return page
        with open(path, "w", encoding="utf-8") as file:
            file.write(page)
        return None

    def save(self, folder: Path) -> None:
        """plan.json, tracks.geojson, tracks.gpx, tracks.kml and briefing.html."""
        os.makedirs(folder, exist_ok=True)
        texts = {f"tracks.{name}": self.tracks(name) for name in ("geojson", "gpx", "kml")}
        for name, text in {"plan.json": self._core.json(), **texts}.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        self.briefing(os.path.join(folder, "briefing.html"))

    def __repr__(self) -> str:
        return f"<cordon.patrol.Plan: {len(self.json['sorties'])} sorties, {self.pos['value']:.1%} of at most {self.bound:.1%}>"

    def _repr_html_(self) -> str:
        points = [
            (point["lon"], point["lat"], "track", f"{one['asset']} {one['number']}, {point['time'][:16]}")
            for one in self.json["sorties"]
            for point in one["points"]
        ]
        sorties = self.sorties
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        head = f"<p><b>{self.pos['value']:.1%}</b> ({self.pos['low']:.1%} to {self.pos['high']:.1%}) of at most {self.bound:.1%}</p>"
        drawn = _html.map(points, "tracks") if points else ""
        return head + drawn + _html.table(sorties.columns, sorties[:30], len(sorties), "sorties") + f"<ul>{notes}</ul>"


def plan(
    events: Any = None,
    *,
    assets: Path,
    start: Any,
    end: Any,
    area: Any = None,
    prior: Mapping[str, Any] | None = None,
    targets: Any = None,
    no_go: Iterable[Any] = (),
    sites: bool | Path = True,
    settings: Path | None = None,
    detection: str = "exponential",
    cell_nm: float = 10,
    clearance_nm: float = 12,
    motion_kn: float = 0,
    motion_step_h: float = 24,
    seed: int = 1,
) -> Plan:
    """Sorties of ladder tracks for the assets, and the chance that they find the target.

    events: what cordon.detect gave, files of NDJSON, or dicts; targets: what cordon.watch gave: a vessel's rank raises
    the worth of what it did. assets: TOML (docs/patrol.md), path or text. area: (south, west, north, east) or GeoJSON; or
    prior: what Plan.update gave. sites: the curated ones, none (False), or a file of them. detection: exponential,
    inverse-cube, definite. motion_kn: the target wanders at that speed.
    """
    if (area is None) == (prior is None):
        raise _core.Error("expected either area= or prior=")
    if hasattr(targets, "_lines"):
        targets = list(targets)
    made = _core.patrol_plan(
        _toml(assets), _area(area), str(start), str(end), _lines(events), _lines(targets), [_area(one) for one in no_go],
        "" if prior is None else json.dumps(prior), None if sites is True else "" if sites is False else _core.read_text(os.fspath(sites)),
        "" if settings is None else _toml(settings), detection, cell_nm, clearance_nm, motion_kn, motion_step_h, seed,
    )  # fmt: skip
    warn(f"not used: {made.rejected}" if made.rejected else "")
    return Plan(made)


def read_plan(path: Path) -> Plan:
    """A plan.json again."""
    return Plan(_core.read_plan(_core.read_text(os.fspath(path)), os.fspath(path)))


def evaluate(plan: Plan | Path, runs: int = 100_000, seed: int = 1) -> dict[str, Any]:
    """As Plan.evaluate, also of a file."""
    return (plan if isinstance(plan, Plan) else read_plan(plan)).evaluate(runs, seed)
