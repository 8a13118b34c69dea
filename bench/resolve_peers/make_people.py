#!/usr/bin/env python3
"""Writes synthetic registers of people with duplicates, in the columns of the Febrl sets.

usage: bench/resolve_peers/make_people.py RECORDS [--duplicates 0.2] [--seed 1] > people.csv

Names and places follow Zipf's law over made-up syllables; birth dates are even over 80 years; each duplicate has one
to three fields changed: a typing error, a swap of neighbours, a value lost or drawn anew. The column true_cluster
holds the answer.
"""
import argparse
import random
import sys

STATES = ["nsw", "vic", "qld", "wa", "sa", "tas", "act", "nt"]
COLUMNS = ["rec_id", "true_cluster", "given_name", "surname", "street_number", "address_1", "address_2", "suburb",
           "postcode", "state", "date_of_birth", "soc_sec_id"]


def words(rng, count, low, high):
    starts, vowels, ends = "bcdfghjklmnprstvwz", "aeiou", ["", "n", "r", "s", "l", "th", "ck", "m", "nd"]
    found = set()
    while len(found) < count:
        found.add("".join(rng.choice(starts) + rng.choice(vowels) for _ in range(rng.randint(low, high))) + rng.choice(ends))
    return sorted(found)


def zipf(rng, values):
    rng.shuffle(values)
    total, cumulative = 0.0, []
    for rank in range(len(values)):
        total += 1 / (rank + 8)
        cumulative.append(total)
    return lambda k: rng.choices(values, cum_weights=cumulative, k=k)


def spoil(rng, text):
    if len(text) < 2:
        return ""
    at = rng.randrange(len(text) - 1)
    letters = "0123456789" if text.isdigit() else "abcdefghijklmnopqrstuvwxyz"
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if kind == 1:
        return text[:at] + text[at + 1:]
    if kind == 2:
        return text[:at] + rng.choice(letters) + text[at:]
    return text[:at] + rng.choice(letters) + text[at + 1:]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("records", type=int)
    arguments.add_argument("--duplicates", type=float, default=0.2, help="share of the records that repeat another")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    people = max(1, round(options.records * (1 - options.duplicates)))
    scale = max(1, people // 10000) ** 0.5
    given, surname = zipf(rng, words(rng, 2000, 1, 3)), zipf(rng, words(rng, int(min(60000, 6000 * scale)), 2, 3))
    street, house = zipf(rng, words(rng, int(min(60000, 4000 * scale)), 2, 3)), zipf(rng, words(rng, int(min(60000, 4000 * scale)), 2, 4))
    suburbs = words(rng, 3000, 2, 4)
    suburb = zipf(rng, suburbs)
    place = {name: (f"{2000 + index % 7000:04d}", STATES[index % 8]) for index, name in enumerate(suburbs)}
    print(",".join(COLUMNS))
    columns = [given(people), surname(people), street(people), house(people), suburb(people)]
    rows = []
    for person in range(people):
        first, last, road, building, town = (column[person] for column in columns)
        born = f"{rng.randint(1920, 1999)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        rows.append([first, last, str(rng.randint(1, 300)), f"{road} {rng.choice(['street', 'place', 'road', 'court'])}",
                     building if rng.random() < 0.6 else "", town, *place[town], born, f"{rng.randrange(10**9):09d}"])
    kept = [(f"rec-{person}-org", person, row) for person, row in enumerate(rows)]
    pools = list(zip(*rows))
    for copy in range(options.records - people):
        person = rng.randrange(people)
        row = list(rows[person])
        for field in rng.sample(range(len(row)), rng.randint(1, 3)):
            chance = rng.random()
            row[field] = "" if chance < 0.15 else rng.choice(pools[field]) if chance < 0.3 else spoil(rng, row[field])
        kept.append((f"rec-{person}-dup-{copy}", person, row))
    rng.shuffle(kept)
    for identity, person, row in kept:
        sys.stdout.write(f"{identity},{person},{','.join(row)}\n")


if __name__ == "__main__":
    main()
