#!/usr/bin/env python3
"""Writes data/lists/dprk.jsonl: the DPRK designations as facts, so that cordon screens with nothing beside it.

    script/data/dprk_list.py [--cordon build/release/cordon] [--lists ../shared/data/lists]

Reads the official lists with `cordon lists show` (one reader for all, no second parser to keep in step), takes the
entries of the DPRK programmes, and keeps names, identifiers, dates and relations: no remarks, no statements of
reasons. Sources, versions and licences: data/lists/README.md. Without the official lists it says so and changes
nothing.
"""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "data" / "lists" / "dprk.jsonl"

# File or folder below --lists; dataset; the version to state where the file itself states none.
SOURCES = [
    ("un_consolidated_2026-02-27.xml", "un_sc", None),
    ("eu_journal/32017R1509.csv", "eu_2017_1509", "2026-08-22"),
    ("ofac_csv_bench", "us_ofac_sdn", "2023-01"),
]

FACTS = [
    "name", "alias", "weakAlias", "previousName", "originalScript", "title", "position", "birthDate", "birthPlace",
    "birthCountry", "gender", "nationality", "citizenship", "country", "address", "passportNumber", "idNumber",
    "registrationNumber", "swiftBic", "imoNumber", "imoCompany", "mmsi", "callSign", "flag", "pastFlags", "type",
    "tonnage", "buildDate", "model", "serialNumber", "operator", "owner", "linkedTo", "program", "programId", "regime",
    "authority", "topics", "measure", "listedAs", "listingDate", "referenceNumber",
]
LONGEST = 120  # longer values are sentences, not facts


def wanted(entity, dataset):
    """The UN's and the US's DPRK entries whole; of the EU's what those do not have: ships and its own listings."""
    properties = entity["properties"]
    if "dprk" not in properties.get("regime", []):
        return False
    if dataset != "eu_2017_1509":
        return True
    return entity["schema"] == "Vessel" or properties.get("authority") == ["EU"]


def facts(entity, version):
    source = entity["source"]
    properties = {}
    for name in FACTS:
        values = [v for v in entity["properties"].get(name, []) if len(v) <= LONGEST]
        if values:
            properties[name] = values
    return {
        "id": entity["id"],
        "schema": entity["schema"],
        "caption": entity["caption"],
        "properties": properties,
        "datasets": entity["datasets"],
        "source": {
            "file": pathlib.Path(source["file"]).name,
            "record": source["record"],
            "version": version or source["version"][:10],
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cordon", default=ROOT / "build" / "release" / "cordon", type=pathlib.Path)
    parser.add_argument("--lists", default=ROOT.parent / "shared" / "data" / "lists", type=pathlib.Path)
    options = parser.parse_args()
    if not options.lists.is_dir():
        sys.exit(f"{options.lists}: not there; data/lists/dprk.jsonl is left as it is")
    lines = []
    for path, dataset, version in SOURCES:
        shown = subprocess.run([options.cordon, "lists", "show", options.lists / path], check=True,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        entities = [json.loads(line) for line in shown.stdout.splitlines()]
        kept = [facts(e, version) for e in entities if wanted(e, dataset)]
        kept.sort(key=lambda e: e["id"])
        print(f"{dataset}: {len(kept)} of {len(entities)}", file=sys.stderr)
        lines += [json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in kept]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
