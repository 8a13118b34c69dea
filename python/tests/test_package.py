"""The package itself: quick to import, other threads go on, Ctrl-C ends a call, hostile text stays text."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

import cordon
from cordon import _html

HOSTILE = '<script>alert(1)</script>"\'&\u202e'


def test_import_is_quick():
    code = "import time; t = time.process_time(); import cordon; cordon.Error; print(time.process_time() - t)"
    times = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(5)]
    assert min(times) < 0.1


def test_every_name_is_there_and_no_heavy_library_is_loaded():
    for name in cordon.__all__:
        if name != "spark":
            assert getattr(cordon, name) is not None
    code = "import sys, cordon; [getattr(cordon, n) for n in cordon.__all__ if n != 'spark']; print([m for m in ('pyarrow', 'pandas', 'polars', 'tqdm', 'duckdb', 'pyspark') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    with pytest.raises(AttributeError):
        cordon.nothing
    assert issubclass(cordon.Error, ValueError)


def test_other_threads_go_on(folder):
    counts = []

    def count():
        while len(counts) < 10_000 and running:
            counts.append(time.monotonic())
            time.sleep(0.001)

    running = True
    thread = threading.Thread(target=count)
    thread.start()
    begin = time.monotonic()
    while time.monotonic() - begin < 0.5:
        cordon.detect(folder / "positions.csv", progress=False)
    running = False
    thread.join()
    assert max(b - a for a, b in zip(counts, counts[1:])) < 0.25


def test_progress_is_told_and_an_exception_in_it_ends_the_call(folder):
    from cordon import _core

    told = []
    _core.decode([str(folder / "feed.nmea")], True, told.append)
    assert sum(told) == len(cordon.decode(folder / "feed.nmea").positions)

    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _core.decode([str(folder / "feed.nmea")], True, stop)


def test_ctrl_c_ends_a_long_call(tmp_path):
    code = "import cordon; print('on', flush=True)\nwhile True: cordon.simulate(seed=1, vessels=2000, days=5, thin_s=10)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "on\n"
    time.sleep(1)
    process.send_signal(2)
    _, stderr = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in stderr


def test_what_a_notebook_shows_is_escaped(folder):
    table = cordon.Table([{HOSTILE: HOSTILE, "name": HOSTILE}])
    graph = cordon.Graph({"owner": [HOSTILE], "owned": ["B"], "pct": ["50"]}, listed=["B"])
    drawn = _html.map([(179.9, 30.0, "gap", HOSTILE), (-179.9, 31.0, HOSTILE, "")], HOSTILE)
    hits = cordon.Screener().screen([{"id": HOSTILE, "name": "PETREL 8"}])
    for html in (table._repr_html_(), graph._repr_html_(), drawn, hits._repr_html_()):
        assert "<script" not in html and "&lt;script&gt;" in html
        assert "http" not in html.replace("http://www.w3.org/2000/svg", "")


def test_a_map_over_the_antimeridian_is_one_piece():
    html = _html.map([(179.5, 10.0, "gap", "a"), (-179.5, 10.5, "gap", "b")], "two")
    xs = [float(part.split("'")[0]) for part in html.split("cx='")[1:]]
    assert len(xs) == 2 and 50 < abs(xs[0] - xs[1]) < 720


def test_everything_has_a_face(folder):
    traffic = cordon.decode(folder / "feed.nmea")
    events = cordon.detect(traffic, registry=folder / "registry.csv")
    targets = cordon.watch(folder / "feed.nmea", registry=folder / "registry.csv")
    for one in (traffic, traffic.positions, events, targets, cordon.read_lists(), cordon.Screener(), cordon.parameters()):
        html = one._repr_html_()
        assert len(html) < 1_500_000 and html.startswith("<div")
        assert "cordon" in repr(one) or "<" in repr(one)


def test_versions_and_entities():
    lists = cordon.read_lists()
    assert lists.versions[0]["entities"] == len(lists)
    entity = lists["eu-32017r1509-xiv.b-1"]
    assert entity["caption"] == "PETREL 8" and entity["source"]["record"] == "32017R1509 annex XIV.B[1]"
    assert lists[-1]["id"] and "nobody" not in lists
    with pytest.raises(KeyError):
        lists["nobody"]


def test_a_snapshot_opens_again(tmp_path):
    screener = cordon.Screener()
    screener.save(tmp_path / "l.cordonidx")
    again = cordon.Screener(snapshot=tmp_path / "l.cordonidx")
    assert again.screen(["PETREL 8"]).to_pylist() == screener.screen(["PETREL 8"]).to_pylist()
    assert again.ask("PETREL 8")[0]["entity_id"] == screener.ask(imo=9562233)[0]["entity_id"]


def test_results_do_not_hang_on_the_number_of_threads():
    code = "import cordon; print(cordon.Screener().screen(['Kim Jong Un', 'PETREL 8', 'Ocean'] * 30).to_csv())"
    out = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "CORDON_THREADS": n}).stdout
        for n in ("1", "4")
    ]
    assert out[0] == out[1] and len(out[0]) > 1000


def test_typed():
    where = os.path.dirname(cordon.__file__)
    assert os.path.exists(os.path.join(where, "py.typed"))
    with open(os.path.join(where, "_core.pyi"), encoding="utf-8") as file:
        text = file.read()
    assert "class Screener" in text and "def decode(" in text
    assert json.loads(json.dumps(cordon.law.measures()))
