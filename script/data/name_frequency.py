#!/usr/bin/env python3
"""Writes data/names/frequent.tsv: words of personal names that many people bear, and how many bits of information one carries.

bits = -log2(share of people whose name has the word), rounded; the share is the greatest of those in these sources:
  * the family names and given names of the 1990 census of the United States (a work of the US government, public domain),
    as the files dist.all.last, dist.male.first and dist.female.first of the PyPI package `names`;
  * the persons of the UN, OFAC, EU and Canadian sanctions lists, by all names that a list gives them.
Words of 13 bits or less are kept (one person in 8,192); every other word counts as 14. Column 3 is g where the word is rather a
given name. Run:  script/data/name_frequency.py CENSUS_FOLDER LISTED.ndjson... > data/names/frequent.tsv
with LISTED.ndjson from `cordon lists show`.
"""
import collections
import json
import math
import re
import sys
import unicodedata


def words(name):
    plain = unicodedata.normalize('NFD', name.lower())
    plain = ''.join(c for c in plain if not unicodedata.combining(c)).replace('ı', 'i').replace('ø', 'o').replace('ß', 'ss')
    return {w for w in re.findall(r"[a-z]+", plain.replace("'", '')) if len(w) > 1}


def census(name):
    share = collections.Counter()
    for line in open(f'{sys.argv[1]}/{name}', encoding='ascii'):
        cells = line.split()
        share[cells[0].lower()] = float(cells[1]) / 100
    return share


family, female, male = (census(f'dist.{kind}') for kind in ('all.last', 'female.first', 'male.first'))
given = collections.Counter({w: (female[w] + male[w]) / 2 for w in female.keys() | male.keys()})
listed, people = collections.Counter(), 0
for path in sys.argv[2:]:
    for line in open(path, encoding='utf-8'):
        entity = json.loads(line)
        if entity['schema'] != 'Person':
            continue
        people += 1
        properties = entity['properties']
        names = [entity['caption']] + properties.get('name', []) + properties.get('alias', [])
        listed.update(set().union(*map(words, names)))
# A word that fewer than four listed persons bear may be theirs alone.
listed = {w: n / people for w, n in listed.items() if n >= 4}

print('# Words of personal names that many people bear. Columns: word, bits (-log2 of the share of people), g if rather a given name.')
print('# Made by script/data/name_frequency.py from the 1990 census of the United States (public domain) and the sanctions lists of')
print('# the UN, the United States, the EU and Canada. A word that is not here counts 14 bits.')
for word in sorted(family.keys() | given.keys() | listed.keys()):
    share = max(family[word], given[word], listed.get(word, 0))
    bits = round(-math.log2(share)) if share else 99
    if bits <= 13:
        print(word, max(bits, 3), 'g' if given[word] > family[word] else '', sep='\t')
