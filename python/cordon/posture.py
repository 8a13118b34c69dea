"""Postures compared in simulated years: which patrols, with whom, in which weeks, and what would slip through.

    result = cordon.posture.compare("canada_alone", "with_japan_and_partners", runs=20_000)
    result.measures.to_pandas()
    result.report("postures.html")

It compares; it does not foretell. Most of its numbers are assumed: `show(name)` gives each with its range and source.
"""

from __future__ import annotations

import json
import os
from html import escape
from typing import Any

from . import _core, _html
from ._progress import bar
from ._table import Path, Table, typed


def names() -> list[str]:
    """The built-in postures."""
    return _core.posture_names()


def show(name: Path) -> dict[str, Any]:
    """A posture, by name or .toml file: every parameter with value, range, unit, and where it comes from."""
    return json.loads(_core.posture_show(os.fspath(name)))


class Comparison:
    def __init__(self, core: _core.Comparison) -> None:
        self._core = core
        #: All of it, as `cordon posture compare` writes posture.json.
        self.json: dict[str, Any] = json.loads(core.json())

    @property
    def measures(self) -> Table:
        """A row a posture and measure: mean, its 95 % interval, nine years in ten, nine in ten as assumptions vary."""
        rows = []
        for one in self.json["outcomes"]:
            for name, of in one["measures"].items():
                row = {"posture": one["posture"]["id"], "measure": name, "mean": of["mean"]}
                for interval in ("mean_95", "years_90", "assumptions_90"):
                    if interval in of:
                        row[f"{interval}_low"], row[f"{interval}_high"] = of[interval]
                rows.append(row)
        return typed(rows)

    @property
    def tornado(self) -> Table:
        """Each assumption at its low and at its high: the change of the mean, by posture."""
        rows = [
            {
                "assumption": one["path"], "label": one["label"], "assumed": one["assumed"], "posture": posture,
                "detections_low": ends[0], "detections_high": ends[1],
                "undetected_low": one["undetected_barrels"][posture][0], "undetected_high": one["undetected_barrels"][posture][1],
            }
            for one in self.json["assumptions_one_at_a_time"]
            for posture, ends in one["detections"].items()
        ]  # fmt: skip
        return typed(rows)

    def report(self, path: Path | None = None) -> str | None:
        """The self-contained page, as text or written to path."""
        page = self._core.report()
        if path is None:
            return page
        with open(path, "w", encoding="utf-8") as file:
            file.write(page)
        return None

    def __str__(self) -> str:
        return self._core.table()

    def __repr__(self) -> str:
        return f"<cordon.posture.Comparison: {len(self.json['outcomes'])} postures, {self.json['runs']} years each>"

    def _repr_html_(self) -> str:
        rows = [
            {"posture": one["posture"]["name"], **{name: one["measures"][name]["mean"] for name in ("detections", "reports", "undetected_barrels")}}
            for one in self.json["outcomes"]
        ]
        shown = _html.table(list(rows[0]), rows, len(rows), "postures: means of simulated years")
        caveats = "".join(f"<li>{escape(text)}</li>" for one in self.json["outcomes"] for text in one["posture"]["caveats"])
        return shown + f"<p>Simulated years, not observations: they compare postures and foretell nothing.</p><ul>{caveats}</ul>"


def compare(
    *postures: Path, runs: int = 20_000, seed: int = 1, baseline: str = "", quick: bool = False, progress: bool | None = None
) -> Comparison:
    """postures: names of built-in ones or .toml files; none: all built-in ones. quick: without what the assumptions do and
    without the published figures. The same seed gives the same result."""
    with bar(progress, "simulating", "years") as advance:
        return Comparison(_core.posture_compare([os.fspath(one) for one in postures], runs, seed, baseline, quick, advance))
