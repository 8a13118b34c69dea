#!/usr/bin/env python3
"""How far the weights of data/names/weights.json are fitted to the public sets: cross-validation of their choice.

Every weight named below is moved, one at a time and for the three of commonness together, and all labelled pairs are judged
with each setting. Then, five times, the setting that is best on four fifths of the pairs judges the last fifth. The held-out
figures stand beside those of the shipped weights: where they are as good, the weights were not fitted to single pairs.
    bench/names_weights.py build/release/cordon ../shared/data/screening
"""
import csv
import hashlib
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile

CORDON, FOLDER = os.path.abspath(sys.argv[1]), sys.argv[2]
DATA = os.path.join(os.path.dirname(__file__), '..', 'data')
FOLDS, THRESHOLD = 5, 0.70


def rows(name, left, right, label, good):
    with open(f'{FOLDER}/{name}', encoding='utf-8') as lines:
        return [(r['schema'], r[left], r[right], r[label] == good) for r in csv.DictReader(lines)]


sets = {'name pairs': rows('name_pairs.csv', 'name1', 'name2', 'is_match', 'true'),
        'DPRK pairs': rows('dprk_name_pairs.csv', 'query', 'listed', 'label', '1')}


def fold(row):
    """Pairs of one listed name stay together."""
    return hashlib.sha256(row[2].encode()).digest()[0] % FOLDS


def judged(weights):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(DATA, folder, dirs_exist_ok=True)
        with open(f'{folder}/names/weights.json', 'w', encoding='utf-8') as out:
            json.dump(weights, out)
        result = {}
        for name, pairs in sets.items():
            text = io.StringIO()
            table = csv.writer(text)
            table.writerow(['id', 'schema', 'left', 'right'])
            table.writerows([i, *pair[:3]] for i, pair in enumerate(pairs))
            done = subprocess.run([CORDON, 'compare', '-'], input=text.getvalue(), capture_output=True, text=True, check=True,
                                  env={**os.environ, 'CORDON_DATA': folder})
            result[name] = [float(r['score']) for r in csv.DictReader(io.StringIO(done.stdout))]
        return result


def f1(scored):
    hits = sum(s >= THRESHOLD and same for s, same in scored)
    return 2 * hits / max(1, sum(s >= THRESHOLD for s, _ in scored) + sum(same for _, same in scored))


def auc(scored):
    good, bad = [s for s, same in scored if same], [s for s, same in scored if not same]
    return sum((x > y) + 0.5 * (x == y) for x in good for y in bad) / (len(good) * len(bad))


with open(f'{DATA}/names/weights.json', encoding='utf-8') as text:
    shipped = json.load(text)


def moved(**changes):
    weights = json.loads(json.dumps(shipped))
    for key, value in changes.items():
        weights[key]['value'] = value
    return weights


settings = [moved()]
for bits, share, doubt in itertools.product((22, 26, 30), (0.4, 0.65, 0.9), (0.8, 1.2, 1.6)):
    settings.append(moved(enough_bits=bits, commonness=share, doubt_share=doubt))
for key in ('contradiction', 'omission', 'organisation_omission', 'single_word_cap', 'contradiction_cap', 'series_differs', 'view_near'):
    settings += [moved(**{key: shipped[key]['value'] * factor}) for factor in (0.8, 0.9, 1.1, 1.25)]
scores = [judged(weights) for weights in settings]

for name, pairs in sets.items():
    held_out = []
    for k in range(FOLDS):
        def quality(s):
            known = [(x, p[3]) for x, p in zip(scores[s][name], pairs) if fold(p) != k]
            return f1(known) + auc(known)
        best = max(range(len(settings)), key=quality)
        held_out += [(x, p[3]) for x, p in zip(scores[best][name], pairs) if fold(p) == k]
    now = [(x, p[3]) for x, p in zip(scores[0][name], pairs)]
    print(f'{name}: shipped F1 {f1(now):.3f} AUC {auc(now):.3f}; chosen on four fifths, held-out fifth F1 {f1(held_out):.3f} '
          f'AUC {auc(held_out):.3f} ({len(settings)} settings; F1 of any: {min(f1([(x, p[3]) for x, p in zip(s[name], pairs)]) for s in scores):.3f} '
          f'to {max(f1([(x, p[3]) for x, p in zip(s[name], pairs)]) for s in scores):.3f})')
