#!/usr/bin/env python3
"""How the cost of counting who meets whom grows with rows, with the window and with popularity.

    python3 bench/traces.py [UNSPOOL] [MOST_ROWS] [PLOT.svg]

Runs `unspool bench traces` (touches of its own making: Zipf's popularity, ten planted groups) over a grid and prints a table;
with a third argument, draws it: processor time against each of the three, on logarithmic axes.
"""

import math
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent.parent


def measured(unspool, rows, window, viral):
    """(sweep CPU-s, share of the floor's speed, MiB, meetings, groups found)."""
    out = subprocess.run([unspool, "bench", "traces", "--rows", str(rows), "--window", str(window), "--viral", str(viral), "-q"],
                         check=True, stdout=subprocess.PIPE, text=True).stdout
    def figure(pattern):
        return float(re.search(pattern, out)[1])
    return (figure(r"sweep ([\d.]+)"), figure(r": ([\d.]+) of the floor"), figure(r"memory: (\d+)"),
            int(figure(r"meetings: (\d+)")), int(figure(r"whole: (\d+)")))


def words(n):
    return f"{n // 1_000_000} M" if n >= 1_000_000 else f"{n // 1000} k" if n >= 1000 else str(n)


def plot(series, path):
    """Three panels beside each other; no library."""
    width, height, left = 260, 220, 46
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(series) * (width + 40)} {height + 60}" '
           'font-family="sans-serif" font-size="11">']
    for at, (title, points) in enumerate(series):
        x0 = at * (width + 40) + left
        xs, ys = [math.log10(max(x, 1)) for x, _ in points], [math.log10(max(y, 0.01)) for _, y in points]
        def place(x, y):
            px = x0 + (x - min(xs)) / max(max(xs) - min(xs), 1e-9) * (width - left)
            return px, 20 + (max(ys) - y) / max(max(ys) - min(ys), 1e-9) * (height - 40)
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in (place(x, y) for x, y in zip(xs, ys)))
        out.append(f'<text x="{x0}" y="12">{title}</text><polyline points="{line}" fill="none" stroke="#246"/>')
        for (x, y), lx, ly in zip(points, xs, ys):
            px, py = place(lx, ly)
            out.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="#246"/><text x="{px - 12:.1f}" y="{py - 7:.1f}">{y:g} s</text>'
                       f'<text x="{px - 12:.1f}" y="{height + 4}">{words(x)}</text>')
    pathlib.Path(path).write_text("\n".join(out + ["</svg>\n"]), encoding="utf-8")


def main():
    unspool = sys.argv[1] if len(sys.argv) > 1 else HERE / "target/release/unspool"
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000_000
    middle = min(10_000_000, most)
    grids = [
        ("CPU-seconds by rows, 60 s", [(rows, 60, 0) for rows in (1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000) if rows <= most], 0),
        (f"by window in seconds, {words(middle)} rows", [(middle, window, 0) for window in (10, 60, 600, 3600)], 1),
        (f"by touches of one thing in an hour, {words(middle)} rows", [(middle, 60, viral) for viral in (1000, 10_000, 100_000, 1_000_000)], 2),
    ]
    print("| rows | window | of one thing in an hour | meetings | groups found of 10 | CPU-seconds | of the floor's speed | peak MiB |")
    print("|---|---|---|---|---|---|---|---|")
    series, known = [], {}
    for title, grid, axis in grids:
        points = []
        for case in grid:
            if case not in known:
                known[case] = measured(unspool, *case)
                cpu, share, memory, meetings, groups = known[case]
                print(f"| {words(case[0])} | {case[1]} s | {words(case[2])} | {meetings:,} | {groups} | {cpu:.2f} | {share:.2f} | {memory:.0f} |", flush=True)
            points.append((case[axis], known[case][0]))
        series.append((title, points))
    if len(sys.argv) > 3:
        plot(series, sys.argv[3])


if __name__ == "__main__":
    main()
