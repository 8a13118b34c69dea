"""cordon in Python: the engine of the `cordon` program, with tables in and out.

Everything takes and gives Arrow tables without copies: pandas, polars, pyarrow and DuckDB relations go in as they are, and
a `Table` that comes out is given to any of them (`pl.DataFrame(table)`, `pa.table(table)`, `table.to_pandas()`).

    import cordon
    screener = cordon.Screener(cordon.read_lists("lists/"))
    hits = screener.screen(customers)
    events = cordon.detect("feed.nmea.gz", registry="registry.csv")

Spark: `cordon.spark`. What cannot be done raises `cordon.Error` with the words the program would print.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import law as law
    from . import patrol as patrol
    from . import posture as posture
    from . import spark as spark
    from ._core import Error as Error
    from ._core import __version__ as __version__
    from ._detect import Events as Events
    from ._detect import detect as detect
    from ._detect import parameters as parameters
    from ._lists import Lists as Lists
    from ._lists import read_lists as read_lists
    from ._network import Graph as Graph
    from ._resolve import Resolution as Resolution
    from ._resolve import resolve as resolve
    from ._screen import Hits as Hits
    from ._screen import Screener as Screener
    from ._screen import compare as compare
    from ._simulate import Simulation as Simulation
    from ._simulate import simulate as simulate
    from ._table import Table as Table
    from ._table import read_table as read_table
    from ._traffic import Traffic as Traffic
    from ._traffic import decode as decode
    from ._traffic import messages as messages
    from ._watch import Targets as Targets
    from ._watch import watch as watch

# Where each name lives: modules are loaded when their first name is asked for, so that `import cordon` takes
# milliseconds.
_PLACES = {
    "Error": "_core",
    "__version__": "_core",
    "Table": "_table",
    "read_table": "_table",
    "Lists": "_lists",
    "read_lists": "_lists",
    "Hits": "_screen",
    "Screener": "_screen",
    "compare": "_screen",
    "Traffic": "_traffic",
    "decode": "_traffic",
    "messages": "_traffic",
    "Events": "_detect",
    "detect": "_detect",
    "parameters": "_detect",
    "Resolution": "_resolve",
    "resolve": "_resolve",
    "Graph": "_network",
    "Targets": "_watch",
    "watch": "_watch",
    "Simulation": "_simulate",
    "simulate": "_simulate",
}
_MODULES = ("law", "patrol", "posture", "spark")

__all__ = [
    "Error", "Events", "Graph", "Hits", "Lists", "Resolution", "Screener", "Simulation", "Table", "Targets", "Traffic",
    "compare", "decode", "detect", "law", "messages", "parameters", "patrol", "posture", "read_lists", "read_table",
    "resolve", "simulate", "spark", "watch",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f".{name}", __name__)
    if name in _PLACES:
        value = getattr(importlib.import_module(f".{_PLACES[name]}", __name__), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'cordon' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
