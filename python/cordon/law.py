"""Measures and facts: verdicts with citations, per jurisdiction and date."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core


def _book(folder: str | os.PathLike[str] | None) -> _core.LawBook:
    return _core.embedded_law() if folder is None else _core.load_law(os.fspath(folder))


def check(
    facts: Any,
    *,
    date: Any = None,
    jurisdictions: Iterable[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> list[Any]:
    """One request {"date", "facts", "jurisdictions"}, or a list of such; or the facts alone, with date=. Of one request
    its verdicts, of a list a list of those.

    check({"activity": "buy", "direction": "from_dprk", "cargo": "anthracite coal"}, date="2019-05-10")
    """
    single = isinstance(facts, Mapping)
    if single and "facts" not in facts:
        facts = {"date": str(date)[:10] if date is not None else "", "facts": dict(facts)}
    requests = [facts] if single else list(facts)
    answers = json.loads(_book(folder).check(json.dumps(requests, default=str), list(jurisdictions or [])))
    return answers[0] if single else answers


def version(folder: str | os.PathLike[str] | None = None) -> str:
    """The day the law's data was compiled."""
    return _book(folder).version


def measures(folder: str | os.PathLike[str] | None = None) -> list[str]:
    return _book(folder).measures
