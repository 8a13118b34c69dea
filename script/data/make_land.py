#!/usr/bin/env python3
"""Makes data/geo/land.txt from Natural Earth (public domain).

Usage: make_land.py DIR > data/geo/land.txt
DIR holds ne_10m_land.json (or .json.xz), ne_10m_minor_islands.json and ne_50m_land.json: GeoJSON exports of
Natural Earth's 1:10m and 1:50m layers.

The theatre (THEATRE below) is cut from the 1:10m layers, the rest of the world from 1:50m. Both are clipped to
rectangles that tile the globe, so every place is covered by exactly one layer; the edges that clipping adds lie on
the cut lines and are told from coast by that alone (the "seam" lines of the file).
"""
import json
import lzma
import os
import sys

THEATRE = (18.0, 46.0, 112.0, 146.0)  # south, north, west, east
UNIT = 1000  # steps a degree: 111 m of latitude, well under the error of a 1:10m coast
TOLERANCE = 0.5  # of a step: points closer than this to the line between their neighbours say nothing


def load(folder, name):
    for path in (os.path.join(folder, name), os.path.join(folder, name + ".xz")):
        if os.path.exists(path):
            with (lzma.open if path.endswith("xz") else open)(path, "rt", encoding="utf-8") as file:
                return json.load(file)
    sys.exit(f"make_land.py: {folder}: {name} is missing")


def rings(layer):
    for feature in layer["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for polygon in polygons:
            for ring in polygon:
                # lat, lon. The layers end Antarctica just short of the pole, at -89.999.
                yield [(-90.0 if point[1] < -89.99 else point[1], point[0]) for point in ring]


def clip_half(ring, axis, limit, keep_above):
    """Sutherland-Hodgman against one line; the cut points lie on it exactly."""
    out = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        a_in = (a[axis] >= limit) == keep_above or a[axis] == limit
        b_in = (b[axis] >= limit) == keep_above or b[axis] == limit
        if a_in:
            out.append(a)
        if a_in != b_in:
            f = (limit - a[axis]) / (b[axis] - a[axis])
            other = a[1 - axis] + f * (b[1 - axis] - a[1 - axis])
            out.append((limit, other) if axis == 0 else (other, limit))
    return out


def clip(ring, south, north, west, east):
    for axis, limit, above in ((0, south, True), (0, north, False), (1, west, True), (1, east, False)):
        if not ring:
            return ring
        ring = clip_half(ring, axis, limit, above)
    return ring


def simplify(points, tolerance):
    """Douglas-Peucker on a closed ring of integer steps, without recursion."""
    if len(points) < 5:
        return points
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (y0, x0), (y1, x1) = points[first], points[last]
        dy, dx = y1 - y0, x1 - x0
        norm = dy * dy + dx * dx
        worst, at = 0.0, -1
        for i in range(first + 1, last):
            y, x = points[i][0] - y0, points[i][1] - x0
            f = min(1.0, max(0.0, (y * dy + x * dx) / norm)) if norm else 0.0
            d = (y - f * dy) ** 2 + (x - f * dx) ** 2
            if d > worst:
                worst, at = d, i
        if worst > tolerance * tolerance:
            keep[at] = True
            stack += [(first, at), (at, last)]
    return [p for p, k in zip(points, keep) if k]


def quantise(ring):
    out = []
    for lat, lon in ring:
        point = (round(lat * UNIT), round(lon * UNIT))
        if not out or out[-1] != point:
            out.append(point)
    while len(out) > 1 and out[0] == out[-1]:
        out.pop()
    if len(out) < 3:
        return []
    out = simplify(out + out[:1], TOLERANCE)[:-1]
    area = sum(a[1] * b[0] - b[1] * a[0] for a, b in zip(out, out[1:] + out[:1]))
    return out if len(out) >= 3 and area != 0 else []


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    south, north, west, east = THEATRE
    fine = list(rings(load(folder, "ne_10m_land.json"))) + list(rings(load(folder, "ne_10m_minor_islands.json")))
    coarse = list(rings(load(folder, "ne_50m_land.json")))
    pieces = [clip(r, *THEATRE) for r in fine]
    for box in ((-90.0, 90.0, -180.0, west), (-90.0, 90.0, east, 180.0), (-90.0, south, west, east),
                (north, 90.0, west, east)):
        pieces += [clip(r, *box) for r in coarse]
    done = sorted({tuple(r) for r in map(quantise, pieces) if r}, key=lambda r: (-len(r), r))
    out = sys.stdout
    out.write("# Land: closed rings, even-odd (a ring inside a ring is water). Source: Natural Earth, public domain\n"
              "# (naturalearthdata.com): 1:10m land and minor islands inside the theatre, 1:50m land elsewhere.\n"
              "# Made by script/data/make_land.py. A ring a line: lat lon of the first point, then differences to\n"
              "# the point before; the last point joins the first. unit: steps a degree. Edges along a seam (both\n"
              "# ends on it) are cuts between pieces, not coast.\n")
    out.write(f"unit {UNIT}\n")
    out.write("seam lat -90 %g %g\n" % (south, north))
    out.write("seam lon -180 180 %g %g\n" % (west, east))
    for ring in done:
        previous, cells = (0, 0), []
        for point in ring:
            cells.append(f"{point[0] - previous[0]} {point[1] - previous[1]}")
            previous = point
        out.write(" ".join(cells) + "\n")
    print(f"{len(done)} rings, {sum(map(len, done))} points", file=sys.stderr)


if __name__ == "__main__":
    main()
