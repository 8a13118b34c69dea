import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def program() -> str:
    """The `cordon` program, to compare with."""
    found = os.environ.get("CORDON_PROGRAM") or shutil.which("cordon") or str(ROOT / "build/release/cordon")
    if not os.path.exists(found):
        pytest.skip("no cordon program: set CORDON_PROGRAM")
    return found


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A small simulated scenario, with its truth."""
    import cordon

    where = tmp_path_factory.mktemp("scenario")
    cordon.simulate(where, size="small", seed=3, days=1.5, vessels=120)
    return where
