"""What a notebook shows: tables, a map, a graph, as plain HTML and SVG. No script, nothing from the network; every word
of the data is escaped, since names on lists and AIS text are hostile input."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from . import _core

_COLOURS = {
    "track": "#0b5c8a", "encounter": "#8a5a00", "dark_rendezvous": "#6b0f1a", "gap": "#c62828", "loitering": "#6a4c93",
    "port_call": "#256b3a", "identity_change": "#1565c0", "shared_mmsi": "#00838f", "identity_mismatch": "#5c7ea8",
    "position_spoofing": "#d8600a", "listed_vessel": "#000000",
}  # fmt: skip
_SERIF = "font:13px/1.4 system-ui,sans-serif"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, (list, tuple)):
        return "<br>".join(_cell(one) for one in value)
    if hasattr(value, "strftime"):
        return escape(f"{value:%Y-%m-%d %H:%M:%S}")
    return escape(str(value))


def table(columns: Sequence[str], rows: Iterable[dict[str, Any]], total: int, title: str) -> str:
    shown = list(rows)
    head = "".join(f"<th style='text-align:left'>{escape(str(name))}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td style='text-align:left;vertical-align:top'>{_cell(row.get(name))}</td>" for name in columns) + "</tr>"
        for row in shown
    )
    more = f"first {len(shown)} of {total} " if len(shown) < total else f"{total} "
    return f"<div style='{_SERIF}'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}{escape(title)}</div>"


def _box(points: Sequence[tuple[float, float, str, str]]) -> tuple[float, float, float, float, float]:
    """(west, south, east, north, shift): longitudes are taken around the largest hole, so that a track over the
    antimeridian is one piece; where that is so, those below `shift` count 360 more."""
    lons = sorted({round(point[0], 4) for point in points})
    holes = [(b - a, b) for a, b in zip(lons, lons[1:])] + [(lons[0] + 360 - lons[-1], -180.0)]
    shift = max(holes)[1] if len(lons) > 1 else -180.0
    turned = [lon + 360 if lon < shift else lon for lon in lons]
    lats = [point[1] for point in points]
    pad = max(0.3, 0.06 * max(turned[-1] - turned[0], max(turned) - min(turned), max(lats) - min(lats)))
    return min(turned) - pad, max(-89.0, min(lats) - pad), max(turned) + pad, min(89.0, max(lats) + pad), shift


def map(points: Sequence[tuple[float, float, str, str]], caption: str) -> str:  # noqa: A001
    """points: (lon, lat, kind, text)."""
    if not points:
        return f"<div style='{_SERIF}'>{escape(caption)}: nothing to draw</div>"
    west, south, east, north, shift = _box(points)
    squeeze = math.cos(math.radians((south + north) / 2))
    width = 720.0
    scale = width / max(1e-9, (east - west) * squeeze)
    height = min(520.0, max(160.0, (north - south) * scale))
    scale = min(scale, height / (north - south))
    width = (east - west) * squeeze * scale

    def place(lon: float, lat: float) -> tuple[float, float]:
        return ((lon + 360 if lon < shift else lon) - west) * squeeze * scale, (north - lat) * scale

    land = "".join(
        f"<path d='{path}' transform='matrix({squeeze * scale / 100:.6f} 0 0 {scale / 100:.6f} "
        f"{(turn - west) * squeeze * scale:.3f} {north * scale:.3f})'/>"
        for turn in (0, 360)
        if (path := _core.land_path(west - turn, south, east - turn, north))
    )
    marks = []
    for lon, lat, kind, text in points:
        x, y = place(lon, lat)
        colour, radius = _COLOURS.get(kind, "#333333"), 1 if kind == "track" else 4
        title = f"<title>{escape(text)}</title>" if text else ""
        marks.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{radius}' fill='{colour}' fill-opacity='.75'>{title}</circle>")
    kinds = [kind for kind in dict.fromkeys(point[2] for point in points) if kind != "track"]
    legend = " ".join(f"<span style='color:{_COLOURS.get(kind, '#333333')}'>&#9679; {escape(kind)}</span>" for kind in kinds)
    return (
        f"<div style='{_SERIF}'><svg xmlns='http://www.w3.org/2000/svg' width='{width:.0f}' height='{height:.0f}' "
        f"viewBox='0 0 {width:.1f} {height:.1f}' role='img' aria-label='{escape(caption, quote=True)}' "
        f"style='background:#dfe9ee;max-width:100%'><g fill='#cfc9b8' fill-rule='evenodd'>{land}</g>{''.join(marks)}</svg>"
        f"<div>{escape(caption)} {legend}</div></div>"
    )


def graph(data: dict[str, Any], caption: str) -> str:
    """Nodes in layers, owners above what they own; listed parties in red."""
    nodes, edges = data["nodes"], data["edges"]
    if not nodes:
        return f"<div style='{_SERIF}'>{escape(caption)}</div>"
    depth = [0] * len(nodes)
    for _ in range(min(len(nodes), 30)):
        for edge in edges:
            if edge["from"] != edge["to"] and depth[edge["to"]] <= depth[edge["from"]] < 30:
                depth[edge["to"]] = depth[edge["from"]] + 1
    layers: dict[int, list[int]] = {}
    for node, layer in enumerate(depth):
        layers.setdefault(layer, []).append(node)
    order = sorted(layers)
    widest = max(len(layer) for layer in layers.values())
    width, step = max(360, 150 * widest), 80
    at = {
        node: (width * (i + 1) / (len(layers[layer]) + 1), 30 + step * row)
        for row, layer in enumerate(order)
        for i, node in enumerate(layers[layer])
    }
    lines = []
    for edge in edges:
        (x1, y1), (x2, y2) = at[edge["from"]], at[edge["to"]]
        words = f"{edge['share']:g} %" if "share" in edge else edge["kind"]
        lines.append(f"<line x1='{x1:.0f}' y1='{y1 + 8:.0f}' x2='{x2:.0f}' y2='{y2 - 14:.0f}' stroke='#888' marker-end='url(#cordon-arrow)'/>")
        lines.append(f"<text x='{(x1 + x2) / 2 + 4:.0f}' y='{(y1 + y2) / 2:.0f}' font-size='10' fill='#555'>{escape(words)}</text>")
    boxes = []
    for node, (x, y) in at.items():
        one = nodes[node]
        name = one["caption"] if len(one["caption"]) <= 22 else one["caption"][:21] + "\u2026"
        colour = "#b3261e" if one["listed"] else "#222"
        title = f"<title>{escape(one['caption'])} ({escape(one['id'])})</title>"
        boxes.append(f"<g>{title}<text x='{x:.0f}' y='{y:.0f}' text-anchor='middle' font-size='12' fill='{colour}'>{escape(name)}</text></g>")
    height = 30 + step * len(order)
    arrow = "<defs><marker id='cordon-arrow' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='6' markerHeight='6' orient='auto'><path d='M0 0L8 4L0 8z' fill='#888'/></marker></defs>"
    return (
        f"<div style='{_SERIF}'><svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='0 0 {width} {height}' "
        f"style='background:#fff;max-width:100%'>{arrow}{''.join(lines)}{''.join(boxes)}</svg><div>{escape(caption)}</div></div>"
    )
