#!/usr/bin/env python3
"""Recorded sessions of other people's clients against a running server.

usage: tests/serve/clients.py PROGRAM

1. OpenSanctions' /match client: the request its published example sends, and what it reads from the answer.
2. OpenRefine: what it asks when a column is reconciled, by itself and by its page, and when columns are added.
Starts PROGRAM on a free port with the lists inside it, and prints what differs from what those clients need.
"""
import json
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

FAILED = []


def check(condition, what):
    if not condition:
        FAILED.append(what)
        print(f"FAILED {what}")


class Server:
    def __enter__(self):
        self.process = subprocess.Popen([sys.argv[1], "serve", "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE,
                                        text=True)
        for line in self.process.stderr:
            found = re.search(r"listening on (http://\S+)/", line)
            if found:
                self.url = found.group(1)
                return self
        sys.exit("the server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        check(self.process.wait(20) == 0, "the server ends well")

    def call(self, path, data=None, headers=None):
        request = urllib.request.Request(self.url + path, data=data, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def match(server):
    """yente: POST /match/DATASET with examples, as a script that screens customers does."""
    examples = {
        "entity1": {"schema": "Person", "properties": {"name": ["RI YONG MU"], "birthDate": ["1925"],
                                                       "nationality": ["kp"]}},
        "entity2": {"schema": "Vessel", "properties": {"name": ["CHON MYONG 1"], "imoNumber": ["8712362"]}},
        "entity3": {"schema": "Company", "properties": {"name": ["Bäckerei Müller GmbH"], "country": ["de"]}},
    }
    status, answer = server.call("/match/default?algorithm=logic-v1&limit=3",
                                 json.dumps({"queries": examples}).encode(), {"Content-Type": "application/json"})
    check(status == 200, "match: status")
    check(set(answer["responses"]) == set(examples), "match: one response a query, by its key")
    check(answer["limit"] == 3 and isinstance(answer["matcher"], dict), "match: limit and matcher")
    for key, response in answer["responses"].items():
        check(response["status"] == 200 and response["total"]["relation"] == "eq", f"match: {key}: status and total")
        check(response["query"] == examples[key], f"match: {key}: the query comes back")
        check(len(response["results"]) <= 3, f"match: {key}: limit")
        for result in response["results"]:
            for field, kind in {"id": str, "caption": str, "schema": str, "properties": dict, "datasets": list,
                                "referents": list, "target": bool, "score": (int, float), "features": dict,
                                "match": bool}.items():
                check(isinstance(result.get(field), kind), f"match: {key}: {field}")
            check(0 <= result["score"] <= 1, f"match: {key}: score")
            check(all(isinstance(v, list) for v in result["properties"].values()), f"match: {key}: properties")
    person = answer["responses"]["entity1"]["results"][0]
    check(person["match"] and "RI YONG MU" in person["caption"].upper(), "match: the listed person is found")
    ship = answer["responses"]["entity2"]["results"][0]
    check(ship["match"] and ship["schema"] == "Vessel", "match: the listed ship is found")
    check(not any(r["match"] for r in answer["responses"]["entity3"]["results"]), "match: a bakery is nobody")
    status, entity = server.call("/entities/" + urllib.parse.quote(person["id"], safe=""))
    check(status == 200 and entity["id"] == person["id"], "entities: the result can be looked up")
    status, found = server.call("/search/default?" + urllib.parse.urlencode({"q": "ri yong", "schema": "Person"}))
    check(status == 200 and found["total"]["value"] >= 1 and found["results"] and "countries" in found["facets"],
          "search: results, total, facets")
    status, algorithms = server.call("/algorithms")
    check(algorithms["best"] in [a["name"] for a in algorithms["algorithms"]], "algorithms: the best is named")
    status, catalog = server.call("/catalog")
    check("default" in [d["name"] for d in catalog["datasets"]], "catalog: default")
    check(server.call("/match/nothing", b'{"queries":{}}')[0] == 404, "match: an unknown dataset")


def open_refine(server):
    """OpenRefine 3.8: add the service, guess types, reconcile in batches, pick by hand, add columns."""
    status, manifest = server.call("/reconcile/default")
    for field in ("versions", "name", "identifierSpace", "schemaSpace", "view", "suggest", "extend", "preview"):
        check(field in manifest, f"manifest: {field}")
    check("0.2" in manifest["versions"] and "{{id}}" in manifest["view"]["url"], "manifest: version and view")

    def form(**fields):
        return server.call("/reconcile/default", urllib.parse.urlencode(fields).encode(),
                           {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"})

    guess = {f"q{i}": {"query": name, "limit": 3} for i, name in
             enumerate(["RI YONG MU", "CHON MYONG 1", "nobody at all here"])}
    status, answer = form(queries=json.dumps(guess))
    check(status == 200 and set(answer) == set(guess), "reconcile: guessing the type")
    for key in guess:
        for candidate in answer[key]["result"]:
            check(all(f in candidate for f in ("id", "name", "type", "score", "match")), f"reconcile: {key}: candidate")
            check(isinstance(candidate["type"], list) and "id" in candidate["type"][0], f"reconcile: {key}: type")
    batch = {"q0": {"query": "RI YONG MU", "type": "Person", "type_strict": "should", "limit": 5,
                    "properties": [{"pid": "birthDate", "v": "1925"}, {"pid": "nationality", "v": "kp"}]}}
    status, answer = form(queries=json.dumps(batch))
    first = answer["q0"]["result"][0]
    check(first["score"] > 70 and first["score"] <= 100, "reconcile: scores go to 100")
    status, answer = server.call("/reconcile/default?" + urllib.parse.urlencode({"queries": json.dumps(batch)}))
    check(answer["q0"]["result"][0]["id"] == first["id"], "reconcile: the same by GET")
    for what, prefix in (("entity", "ri yo"), ("property", "birth"), ("type", "per")):
        suggest = manifest["suggest"][what]
        path = suggest["service_url"][len(server.url):] + suggest["service_path"]
        status, answer = server.call(path + "?" + urllib.parse.urlencode({"prefix": prefix}))
        check(status == 200 and answer["result"] and "id" in answer["result"][0], f"suggest: {what}")
    propose = manifest["extend"]["propose_properties"]
    status, answer = server.call(propose["service_url"][len(server.url):] + propose["service_path"] + "?type=Person")
    check(any(p["id"] == "birthDate" for p in answer["properties"]), "extend: proposals")
    status, answer = form(extend=json.dumps({"ids": [first["id"], "none"],
                                             "properties": [{"id": "nationality"}, {"id": "name"}]}))
    check([m["id"] for m in answer["meta"]] == ["nationality", "name"], "extend: meta in order")
    check(answer["rows"][first["id"]]["name"][0]["str"] and answer["rows"]["none"]["name"] == [], "extend: rows")
    with urllib.request.urlopen(manifest["preview"]["url"].replace("{{id}}", urllib.parse.quote(first["id"])),
                                timeout=20) as page:
        check("text/html" in page.headers["Content-Type"] and "frame-ancestors" in
              page.headers["Content-Security-Policy"], "preview: a page that OpenRefine may frame")
    check(form(queries="{")[0] == 400 and form(nothing="1")[0] == 400, "reconcile: what is no query is refused")


def main():
    with Server() as server:
        match(server)
        open_refine(server)
    sys.exit(f"{len(FAILED)} failed" if FAILED else 0)


if __name__ == "__main__":
    main()
