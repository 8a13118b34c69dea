"""Plans of patrols and postures: the same as the program's, and their tables."""

import json
import subprocess

import pytest

import cordon

ASSETS = """
[[asset]]
name = "frigate"
type = "frigate"
base = { name = "White Beach", lat = 26.29, lon = 127.91 }
sorties = 1
"""
WHERE = {"area": (28, 122, 32, 127), "start": "2024-02-08", "end": "2024-02-10", "cell_nm": 30}
EVENT = {"type": "encounter", "start": "2024-02-05T00:00:00Z", "end": "2024-02-05T04:00:00Z", "lat": 30.2, "lon": 125.1,
         "score": 0.8, "mmsi": [445123000], "imo": []}  # fmt: skip


@pytest.fixture(scope="module")
def plan():
    return cordon.patrol.plan([EVENT], assets=ASSETS, **WHERE)


def test_a_plan_is_the_programs(plan, program, tmp_path):
    (tmp_path / "assets.toml").write_text(ASSETS)
    (tmp_path / "events.ndjson").write_text(json.dumps(EVENT) + "\n")
    command = [program, "patrol", "plan", "--events", "events.ndjson", "--assets", "assets.toml", "--area", "28,122,32,127", "--from",
               "2024-02-08", "--to", "2024-02-10", "--cell", "30", "--output", "out"]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    plan.save(tmp_path / "mine")
    for name in ("plan.json", "tracks.geojson", "tracks.gpx", "tracks.kml"):
        assert (tmp_path / "mine" / name).read_text() == (tmp_path / "out" / name).read_text(), name
    again = cordon.patrol.read_plan(tmp_path / "mine" / "plan.json")
    for part in ("sorties", "curves", "posterior", "prior", "assets"):
        assert again.json[part] == plan.json[part]


def test_a_plan_keeps_below_its_bound_and_is_what_it_says(plan):
    assert 0 < plan.pos["low"] <= plan.pos["value"] <= plan.bound < 1
    assert len(plan.sorties) == 1 and plan.sorties["asset"] == ["frigate"]
    assert {row["curve"] for row in plan.curves} == {"bound", "planned", "random"}
    assert all(row["source"] for row in plan.figures) and any(row["assumed"] for row in plan.figures)
    seen = plan.evaluate(20_000, seed=3)
    assert seen["agree"] and seen["runs"] == 20_000
    assert seen == plan.evaluate(20_000, seed=3)
    assert "frigate" in plan._repr_html_() and "sorties" in repr(plan)


def test_what_was_searched_makes_the_next_plan(plan):
    after = {**WHERE, "start": "2024-02-10", "end": "2024-02-12"}
    del after["area"]
    second = cordon.patrol.plan(assets=ASSETS, prior=plan.update(), **after)
    assert second.pos["value"] < plan.pos["value"]


def test_patrols_refuse_in_one_line(plan):
    for wrong in ({"assets": "[[asset]]\nname = 5\n"}, {"area": "north,0,0,0"}, {"start": "soon"}, {"detection": "magic"}):
        with pytest.raises(cordon.Error) as refused:
            cordon.patrol.plan(**{"assets": ASSETS, **WHERE, **wrong})
        assert "\n" not in str(refused.value)
    with pytest.raises(cordon.Error):
        cordon.patrol.plan(assets=ASSETS, start="2024-02-08", end="2024-02-10")
    with pytest.raises(cordon.Error):
        plan.tracks("docx")
    with pytest.warns(UserWarning, match="not used"):
        cordon.patrol.plan([EVENT, {"type": "gap"}], assets=ASSETS, **WHERE)


def test_postures_are_the_programs(program):
    result = cordon.posture.compare("canada_alone", "with_japan_and_partners", runs=200, seed=7, quick=True)
    out = subprocess.run(
        [program, "posture", "compare", "canada_alone", "with_japan_and_partners", "--runs", "200", "--seed", "7", "--quick", "--format", "json"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert result.json == json.loads(out)
    rows = [row for row in result.measures if row["measure"] == "detections"]
    assert [row["posture"] for row in rows] == ["canada_alone", "with_japan_and_partners"]
    assert rows[0]["mean"] < rows[1]["mean"]
    assert "</html>" in result.report() and "Canada alone" in result._repr_html_() and "canada_alone" in str(result)


def test_the_tornado_and_the_sources():
    result = cordon.posture.compare("canada_alone", runs=100)
    assert len(result.tornado) > 20
    assert "canada_alone" in cordon.posture.names()
    for path, one in cordon.posture.show("canada_alone")["parameters"].items():
        assert one["basis"], path
    with pytest.raises(cordon.Error):
        cordon.posture.compare("nobody")
    with pytest.raises(cordon.Error):
        cordon.posture.compare("canada_alone", runs=1)
