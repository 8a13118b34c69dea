from __future__ import annotations

import json
import os
from typing import Any

from . import _core
from ._progress import bar
from ._table import Path, Table
from ._traffic import Positions, Traffic


class Simulation(Traffic):
    """Invented traffic in memory, with the register of its ships. No track says anything about a real ship."""

    def __init__(self, positions: Table, statics: Table, registry: Table) -> None:
        super().__init__(positions, statics, ["simulation"])
        self.registry = registry


def simulate(
    folder: Path | None = None,
    *,
    size: str = "small",
    seed: int = 1,
    days: float | None = None,
    vessels: int | None = None,
    thin_s: int | None = None,
    events: int | None = None,
    shift_longitude: float | None = None,
    start: str = "",
    raw: bool = False,
    progress: bool | None = None,
) -> Any:
    """Seeded traffic with known truth, as `cordon simulate` makes it. With a folder: its files are written there and the
    truth is returned; without: the traffic itself. The same seed gives the same bytes."""
    shape = (size, seed, days, vessels, thin_s, events, shift_longitude, start)
    if folder is not None:
        _core.simulate_folder(os.fspath(folder), *shape)
        with open(os.path.join(folder, "truth.json"), encoding="utf-8") as file:
            return json.load(file)
    with bar(progress, "simulating", "positions") as advance:
        positions, statics, registry = _core.simulate_traffic(*shape, raw, advance)
    return Simulation(Positions(positions), Table(statics), Table(registry))
