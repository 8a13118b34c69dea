"""The notebooks of the documentation run from top to bottom; what they assert holds."""

import os
import shutil
from pathlib import Path

import pytest

import cordon

nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: notebooks are not executed")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel", reason="ipykernel is not installed: notebooks are not executed")
NOTEBOOKS = sorted((Path(__file__).parents[2] / "docs/notebooks").glob("*.ipynb"))


def run(path, tmp_path, monkeypatch):
    package = os.path.dirname(os.path.dirname(os.path.abspath(cordon.__file__)))
    monkeypatch.setenv("PYTHONPATH", package)
    book = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    return book


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path, tmp_path, monkeypatch):
    if path.stem == "spark":
        pytest.importorskip("pyspark", reason="pyspark is not installed: Spark is not tested")
        if shutil.which("java") is None:
            pytest.skip("no Java: Spark is not tested")
    pytest.importorskip("pandas")
    book = run(path, tmp_path, monkeypatch)
    outputs = [out for cell in book.cells for out in cell.get("outputs", [])]
    assert not any(out.output_type == "error" for out in outputs)
    assert len(outputs) >= 3
    for out in outputs:
        # Nothing that a page would fetch or run.
        html = out.get("data", {}).get("text/html", "")
        assert "<script" not in html and "src=" not in html


def test_there_are_four():
    assert [path.stem for path in NOTEBOOKS] == ["ais_day", "ownership", "screening", "spark"]
    for path in NOTEBOOKS:
        assert not any(cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells), "outputs are not kept"
