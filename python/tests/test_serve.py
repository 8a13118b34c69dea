"""What a running server sends to notebooks."""
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request

import pytest

pa_ipc = pytest.importorskip("pyarrow.ipc")
np = pytest.importorskip("numpy")


@pytest.fixture(scope="module")
def server(program, folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    feed = next(p for p in sorted(folder.iterdir()) if ".nmea" in p.name)
    running = subprocess.Popen([program, "serve", str(feed), "--listen", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address + "/readyz", timeout=5)
                break
            except (urllib.error.URLError, OSError):
                assert running.poll() is None, "the server ended"
                time.sleep(0.1)
        yield address + "/api/v1/positions"
    finally:
        running.terminate()
        running.wait(30)


def columns(url: str) -> dict:
    """The typed arrays that the page reads (docs/api.md)."""
    data = urllib.request.urlopen(url).read()
    magic, version, n, v, base = struct.unpack_from("<4sIIId", data)
    assert (magic, version) == (b"CRDN", 1)
    at, out = 24, {}
    for name, dtype, size in [("time", "<f8", n), ("lat", "<f4", n), ("lon", "<f4", n), ("sog", "<f4", n), ("cog", "<f4", n),
                              ("vessel", "<u4", n), ("mmsi", "<u4", v)]:
        out[name] = np.frombuffer(data, dtype, size, at)
        at += (out[name].nbytes + 7) // 8 * 8
    out["time"] = np.round((out["time"] + base) * 1000).astype("i8")
    out["mmsi"] = out["mmsi"][out["vessel"]]
    return out


@pytest.mark.parametrize("query", ["", "&limit=1000", "&bbox=125,35,131,40", "&from=2100-01-01"])
def test_positions_as_arrow_are_the_typed_arrays(server, query):
    with urllib.request.urlopen(f"{server}?format=arrow{query}") as answer:
        assert answer.headers["Content-Type"] == "application/vnd.apache.arrow.stream"
        table = pa_ipc.open_stream(answer).read_all()
    table.validate(full=True)
    assert str(table.schema.field("time").type) == "timestamp[ms, tz=UTC]"
    expected = columns(f"{server}?format=columns{query}")
    assert len(table) == len(expected["time"])
    assert (len(table) > 5000) == (query == "")
    assert np.array_equal(table["time"].cast("int64").to_numpy(), expected["time"])
    assert np.array_equal(table["mmsi"].to_numpy(), expected["mmsi"])
    for name in ("lat", "lon", "sog", "cog"):
        assert np.array_equal(table[name].to_numpy().astype("f4"), expected[name], equal_nan=True)
    assert table["cog"].null_count == np.isnan(expected["cog"]).sum()
