"""The package says what the program says: same records, same words, same order."""

import csv
import io
import json
import subprocess

import pytest

import cordon


def run(program, *arguments, stdin=None):
    done = subprocess.run([program, *map(str, arguments)], input=stdin, capture_output=True, text=True)
    return done.stdout, done.stderr


def test_screen(program, tmp_path):
    queries = tmp_path / "queries.csv"
    queries.write_text(
        "id,schema,name,birth_date,imo\n1,Person,Kim Jong Un,1984,\n2,Vessel,PETREL 8,,9562233\n3,,Mr Nobody Atall,,\n4,Boat,HAO FAN 6,,\n",
        encoding="utf-8",
    )
    stdout, stderr = run(program, "screen", queries)
    theirs = [dict(hit, id=answer["id"]) for answer in map(json.loads, stdout.splitlines()) for hit in answer["hits"]]
    with pytest.warns(UserWarning, match="unknown schema, searched as any"):
        hits = cordon.Screener().screen(cordon.read_table(queries))
    ours = hits.to_pylist()
    assert len(ours) == len(theirs) > 2
    for one, other in zip(ours, theirs):
        for field in ("id", "entity_id", "caption", "schema", "score", "match", "reasons", "measures", "source"):
            assert one[field] == other[field]


def test_compare(program, tmp_path):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        "id,schema,left,right,left_birth_date,right_birth_date\na,Person,KIM Jong Un,김정은,,\nb,Person,KIM Jong Un,KIM Jong Il,,\nc,Company,Ocean Maritime Mgt,OCEAN MARITIME MANAGEMENT COMPANY LIMITED,,\n",
        encoding="utf-8",
    )
    stdout, _ = run(program, "compare", pairs)
    theirs = list(csv.DictReader(io.StringIO(stdout)))
    ours = cordon.compare(cordon.read_table(pairs)).to_pylist()
    assert [(r["id"], f"{r['score']:.4f}", str(r["match"]).lower(), r["reason"]) for r in ours] == [
        (r["id"], r["score"], r["match"], r["reason"]) for r in theirs
    ]
    one = cordon.compare("KIM Jong Un", "김정은", schema="Person")
    assert one["score"] == ours[0]["score"] and one["reason"] == ours[0]["reason"]


@pytest.mark.parametrize("feed", ["feed.nmea", "positions.csv"])
def test_detect(program, folder, feed):
    stdout, _ = run(program, "detect", folder / feed, "--registry", folder / "registry.csv")
    events = cordon.detect(folder / feed, registry=folder / "registry.csv")
    assert events.text() == stdout and len(events) > 10


def test_parquet_of_one_is_read_by_the_other(program, folder, tmp_path):
    path = tmp_path / "positions.parquet"
    _, stderr = run(program, "ais", "decode", folder / "feed.nmea", "--format", "geoparquet", "-o", path)
    if "Parquet needs" in stderr:
        pytest.skip(stderr)
    mine = cordon.decode(folder / "feed.nmea").positions
    theirs = cordon.read_table(path)
    assert theirs.columns == [*mine.columns] and len(theirs) == len(mine) > 1000
    for name in ("time", "mmsi", "lat", "lon", "sog_kn", "cog_deg", "heading_deg", "nav_status", "type", "receiver", "where"):
        assert theirs[name] == mine[name], name
    # Positions alone, through either's file, are the same traffic.
    mine.to_parquet(tmp_path / "mine.parquet", geo=True)
    first, _ = run(program, "detect", path)
    second, _ = run(program, "detect", tmp_path / "mine.parquet")
    events = cordon.detect(mine)
    assert first.replace(path.name, "mine.parquet") == second and len(first.splitlines()) == len(events) > 5
    assert [json.loads(line)["score"] for line in first.splitlines()] == [round(event["score"], 3) for event in events]
    # Events.
    run(program, "detect", path, "--format", "geoparquet", "-o", tmp_path / "events.parquet")
    written = cordon.read_table(tmp_path / "events.parquet")
    assert written.columns == events.columns
    for one, other in zip(written, events):
        assert one["score"] == round(other["score"], 3)
        assert all(one[k] == other[k] for k in ("type", "start", "end", "mmsi", "imo", "rule", "evidence", "reasons"))


def test_customers_as_parquet(program, tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    table = pa.table({"id": ["1", "2"], "name": ["PETREL 8", None], "imo": [9562233.0, None], "birth_date": [None, None]})
    pa.parquet.write_table(table, tmp_path / "customers.parquet")
    stdout, stderr = run(program, "screen", tmp_path / "customers.parquet")
    if "Parquet needs" in stderr:
        pytest.skip(stderr)
    answers = [json.loads(line) for line in stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["1", "2"]
    hits = cordon.Screener().screen(cordon.read_table(tmp_path / "customers.parquet"))
    assert [h["entity_id"] for h in answers[0]["hits"]] == [h["entity_id"] for h in hits] and hits[0]["match"]


def test_detect_from_tables_is_detect_from_the_file(folder):
    events = cordon.detect(folder / "feed.nmea", registry=folder / "registry.csv")
    rows = events.to_pylist()

    def same(others):
        # Only the file's name is not known.
        assert [{k: v for k, v in row.items() if k != "support"} for row in others] == [
            {k: v for k, v in row.items() if k != "support"} for row in rows
        ]

    for raw in (False, True):
        traffic = cordon.decode(folder / "feed.nmea", raw=raw)
        same(cordon.detect(traffic, registry=cordon.read_table(folder / "registry.csv")))
    # Through another library, in its own types.
    pandas = pytest.importorskip("pandas")
    traffic = cordon.decode(folder / "feed.nmea")
    positions, statics = traffic.positions.to_pandas(), traffic.statics.to_pandas()
    assert isinstance(positions, pandas.DataFrame)
    same(cordon.detect(positions, statics, registry=folder / "registry.csv"))
    # Without the way back to the feed: rows go together by time.
    same(cordon.detect(positions.drop(columns="where"), statics.drop(columns="where"), registry=folder / "registry.csv"))


def test_decode(program, folder):
    stdout, _ = run(program, "ais", "decode", "--format", "csv", folder / "feed.nmea")
    theirs = list(csv.DictReader(io.StringIO(stdout)))
    ours = cordon.decode(folder / "feed.nmea").positions
    assert len(ours) == len(theirs)
    for row, other in zip(ours, theirs):
        assert row["mmsi"] == int(other["MMSI"])
        assert row["lat"] is None if other["LAT"] == "" else abs(row["lat"] - float(other["LAT"])) < 1e-6
        assert row["sog_kn"] is None if other["SOG"] == "" else row["sog_kn"] == float(other["SOG"])
        assert row["where"] == int(other["Line"])
    raw = cordon.decode(folder / "feed.nmea", raw=True).positions
    assert [row["lat_e7"] / 1e7 for row in raw if row["lat_e7"] > -(2**31)] == [r["lat"] for r in ours if r["lat"] is not None]
    # Bytes are a feed too.
    data = (folder / "feed.nmea").read_bytes()
    assert cordon.decode(data).positions.to_pylist() == ours.to_pylist()


def test_messages(program, folder):
    stdout, _ = run(program, "ais", "decode", folder / "feed.nmea")
    assert list(cordon.messages(folder / "feed.nmea")) == [json.loads(line) for line in stdout.splitlines()]


def test_watch(program, folder, tmp_path):
    _, _ = run(program, "watch", folder / "feed.nmea", "--registry", folder / "registry.csv", "--ownership", folder / "ownership.ftm.json", "--output", tmp_path / "out")
    targets = cordon.watch(folder / "feed.nmea", registry=folder / "registry.csv", ownership=folder / "ownership.ftm.json")
    theirs = [json.loads(line) for line in (tmp_path / "out/targets.ndjson").read_text().splitlines()]
    assert list(targets) == theirs and len(theirs) > 0
    assert targets.report() == (tmp_path / "out/report.html").read_text()
    targets.save(tmp_path / "ours")
    assert (tmp_path / "ours/targets.ndjson").read_text() == (tmp_path / "out/targets.ndjson").read_text()


def test_simulate(program, folder, tmp_path):
    run(program, "simulate", "--seed", "3", "--days", "1.5", "--vessels", "120", "--output", tmp_path / "s")
    assert (tmp_path / "s/feed.nmea").read_bytes() == (folder / "feed.nmea").read_bytes()
    memory = cordon.simulate(seed=3, days=1.5, vessels=120)
    assert len(memory.positions) == len(cordon.decode(folder / "feed.nmea").positions)
    assert len(memory.registry) == len(cordon.read_table(folder / "registry.csv"))


def test_resolve(program, tmp_path):
    rows = ["id,name,date_of_birth,city"]
    for i in range(40):
        rows += [f"a{i},Person {chr(65 + i % 26)}{i} Holm,19{50 + i}-01-0{1 + i % 9},Oslo", f"b{i},Holm Person {chr(65 + i % 26)}{i},19{50 + i}-01-0{1 + i % 9},Oslo"]
    (tmp_path / "r.csv").write_text("\n".join(rows) + "\n")
    stdout, _ = run(program, "resolve", tmp_path / "r.csv")
    found = cordon.resolve(tmp_path / "r.csv")
    assert found.to_csv() == stdout
    assert cordon.resolve(cordon.read_table(tmp_path / "r.csv")).to_csv() == stdout
    explained, _ = run(program, "resolve", tmp_path / "r.csv", "--explain", "a1", "b1")
    assert found.explanation("a1", "b1") == explained
    with pytest.raises(cordon.Error, match="nobody"):
        found.explain("a1", "nobody")


def test_network(program, tmp_path):
    (tmp_path / "g.csv").write_text("owner,owned,pct\nA,B,60\nB,C,50\nD,C,10\n")
    (tmp_path / "ids").write_text("A\n")
    stdout, _ = run(program, "network", "control", "--graph", tmp_path / "g.csv", "--listed", tmp_path / "ids", "--rule", "EU", "--as-of", "2026-01-31")
    graph = cordon.Graph(tmp_path / "g.csv", listed=["A"])
    assert graph.control("EU", as_of="2026-01-31", only=None) == [json.loads(line) for line in stdout.splitlines()]
    stdout, _ = run(program, "network", "paths", "--graph", tmp_path / "g.csv", "--listed", tmp_path / "ids", "--from", "C", "--as-of", "2026-01-31")
    assert graph.paths("C", as_of="2026-01-31") == [json.loads(line) for line in stdout.splitlines()]
    # A table in place of the file.
    table = cordon.Graph({"owner": ["A", "B", "D"], "owned": ["B", "C", "C"], "pct": [60, 50, 10]}, listed=["A"])
    verdicts = [(one["id"], one["verdict"], one["share_min"]) for one in table.control("EU", as_of="2026-01-31")]
    assert verdicts == [(one["id"], one["verdict"], one["share_min"]) for one in graph.control("EU", as_of="2026-01-31")]
    assert "<gexf" in graph.export("gexf")


def test_law(program):
    request = {"id": "x", "date": "2019-05-10", "facts": {"activity": "buy", "direction": "from_dprk", "cargo": "anthracite coal"}, "jurisdictions": ["UN", "CA"]}
    stdout, _ = run(program, "law", "check", "-", stdin=json.dumps(request))
    assert cordon.law.check(request) == json.loads(stdout)
    assert cordon.law.check([request, request]) == [json.loads(stdout)] * 2
    assert cordon.law.check(request["facts"], date="2019-05-10", jurisdictions=["UN"])[0]["verdict"]


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        (lambda: cordon.read_lists("/no/such/list"), ["lists", "show", "/no/such/list"]),
        (lambda: cordon.detect("/no/such/feed"), ["detect", "/no/such/feed"]),
        (lambda: cordon.decode("/no/such/feed"), ["ais", "decode", "/no/such/feed"]),
        (lambda: cordon.Graph("/no/such/graph"), ["network", "control", "--graph", "/no/such/graph", "--rule", "EU"]),
        (lambda: cordon.resolve("/no/such/records"), ["resolve", "/no/such/records"]),
        (lambda: cordon.watch("/no/such/feed"), ["watch", "/no/such/feed"]),
    ],
)
def test_errors_have_the_words_of_the_program(program, call, arguments):
    with pytest.raises(cordon.Error) as caught:
        call()
    _, stderr = run(program, *arguments)
    assert stderr.strip().endswith("cordon: " + str(caught.value))
