"""A progress bar where tqdm is installed and somebody looks; else nothing."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def warn(text: str) -> None:
    """Records that were not used: told, never silently dropped."""
    if text:
        warnings.warn(text, UserWarning, stacklevel=3)


@contextmanager
def bar(show: bool | None, label: str, unit: str, total: int | None = None) -> Iterator[Callable[[int], None] | None]:
    """show: None = on a terminal or in a notebook. Yields what is told the rows done."""
    if show is None:
        show = sys.stderr.isatty() or "ipykernel" in sys.modules
    if show:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            show = False
    if not show:
        yield None
        return
    # A bar that appears only after a second does not flicker past in a short call.
    with tqdm(desc=label, unit=f" {unit}", unit_scale=True, total=total, leave=False, delay=1) as shown:

        def advance(rows: int) -> None:
            shown.update(rows)

        yield advance
