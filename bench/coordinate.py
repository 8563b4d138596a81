#!/usr/bin/env python3
"""unspool coordinate against the tools in daily use, as ratios of processor time in one run.

    python3 bench/coordinate.py POSTS_qut.csv[.zst] [UNSPOOL]

POSTS has coordination-network-toolkit's eight columns. The peers (coordination-network-toolkit, DuckDB, Polars) are
installed from PyPI into a folder of their own. First the bare join with pair counts over rows coded as whole numbers,
repeated under other names to reach millions of rows, beside the floor: one pass over the same rows in Parquet and one sort of
them by thing and time, by the quicker of DuckDB and Polars. Then whole runs, file to edges. Last, where they stand beside
POSTS, the inputs of CooRTweet 2.1.3; R is not fetched, so its figures are those that the data's README gives for a machine of
the same kind, and no ratio of one run.
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "unspool-bench-coordinate"
PACKAGES = ["coordination-network-toolkit==1.5.2", "duckdb", "polars", "numpy", "pyarrow"]


def python():
    """The interpreter that has the peers."""
    binary = CACHE / "bin" / "python"
    if not binary.exists():
        subprocess.run([sys.executable, "-m", "venv", CACHE], check=True)
        subprocess.run([binary, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return binary


def cpu(*command):
    """Processor seconds of a command and all its children, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout.decode()


def plain(posts, folder):
    if posts.suffix != ".zst":
        return posts
    out = folder / posts.stem
    with open(out, "wb") as to:
        subprocess.run(["zstd", "-dc", posts], check=True, stdout=to)
    return out


def whole_runs(posts, unspool, folder):
    csv = plain(posts, folder)
    tool = [python(), "-m", "coordination_network_toolkit", folder / "peer.db"]
    ingest, _ = cpu(*tool, "preprocess", csv)
    print(f"toolkit: ingest {ingest:.2f} CPU-s")
    for network, kind, window in [
        ("co_retweet", "repost", 60),
        ("co_tweet", "text", 60),
        ("co_similar_tweet", "similar-text", 60),
        ("co_similar_tweet", "similar-text", 3600),
    ]:
        step, _ = cpu(*tool, "compute", network, "--time_window", window, "--min_edge_weight", 2, "--n_cpus", 2,
                      "--similarity_threshold", 0.8)
        ours, _ = cpu(unspool, "coordinate", csv, "--method", "qut", "--kind", kind, "--window", f"{window}s",
                      "--min", 2, "-o", folder / "edges.csv", "-q")
        print(f"{network} {window} s: toolkit {ingest + step:.2f} (its own step {step:.2f}), unspool whole {ours:.2f}: "
              f"{(ingest + step) / ours:.1f} times, its step alone {step / ours:.1f} times")


CODE = """
import csv, re, sys, array
csv.field_size_limit(10**9)
kinds = {k: ([], {}, {}) for k in ("repost", "url", "hashtag", "text")}
for m, user, _, repost, reply, text, time, urls in list(csv.reader(open(sys.argv[1], encoding="utf-8")))[1:]:
    found = {"repost": [repost] if repost else [], "url": urls.split(), "text": [] if repost else [text.lower()],
             "hashtag": {t.lower() for t in re.findall(r"#\\w+", text)}}
    for kind, things in found.items():
        rows, objects, users = kinds[kind]
        for thing in things:
            rows.append((objects.setdefault(thing, len(objects)), users.setdefault(user, len(users)), int(float(time))))
for kind, (rows, objects, users) in kinds.items():
    out = array.array("q")
    copies = max(1, -(-int(sys.argv[3]) // max(1, len(rows))))
    for copy in range(copies):
        for thing, user, time in rows:
            out.extend((thing + copy * len(objects), user + copy * len(users), time))
    out.tofile(open(f"{sys.argv[2]}/{kind}.rows", "wb"))
    import numpy, polars
    all = numpy.asarray(out).reshape(-1, 3)
    polars.DataFrame({"o": all[:, 0].astype("u4"), "a": all[:, 1].astype("u4"), "t": all[:, 2].copy()}).write_parquet(f"{sys.argv[2]}/{kind}.parquet")
"""

FLOOR = """
import sys, resource
library, path = sys.argv[1], sys.argv[2]
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
import polars as pl, duckdb
db = duckdb.connect()
db.execute("set threads=2")
begin = cpu()
if library == "polars":
    rows = pl.read_parquet(path).sort("o", "t").height
else:
    db.execute(f"create table f as select * from '{path}' order by o, t")
    rows = db.execute("select count(*) from f").fetchone()[0]
print(f"rows={rows} cpu={cpu() - begin:.4f}")
"""

PEER = """
import sys, time, resource, numpy as np
library, path, window = sys.argv[1], sys.argv[2], int(sys.argv[3])
rows = np.fromfile(path, dtype="<i8").reshape(-1, 3)
o, a, t = rows[:, 0].astype("u4"), rows[:, 1].astype("u4"), rows[:, 2].copy()
cpu = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
import polars as pl
frame = pl.DataFrame({"o": o, "a": a, "t": t})
if library == "polars":
    begin = cpu()
    left = frame.with_columns(b=pl.col("t") // window)
    right = pl.concat([left.with_columns(b=pl.col("b") + d) for d in (-1, 0, 1)])
    got = (left.lazy().join(right.lazy(), on=["o", "b"], suffix="2").filter((pl.col("a") < pl.col("a2"))
           & ((pl.col("t") - pl.col("t2")).abs() <= window)).group_by("a", "a2").len().collect())
    pairs, total = got.height, int(got["len"].sum() or 0)
else:
    import duckdb
    db = duckdb.connect()
    db.execute("set threads=2")
    db.register("arrowed", frame.to_arrow())
    db.execute("create table f as select * from arrowed")
    begin = cpu()
    pairs, total = db.execute(f'''with l as (select *, t // {window} b from f),
        r as (select o, a, t, b + d b from l, (values (-1), (0), (1)) s(d)),
        g as (select l.a a, r.a a2, count(*) n from l join r on l.o = r.o and l.b = r.b and l.a < r.a
              and abs(l.t - r.t) <= {window} group by 1, 2) select count(*), coalesce(sum(n), 0) from g''').fetchone()
print(f"pairs={pairs} sum={total} cpu={cpu() - begin:.4f}")
"""


def fields(text):
    return dict(part.split("=") for part in text.split() if "=" in part)


def joins(posts, folder, rows=2_460_000):
    subprocess.run([python(), "-c", CODE, plain(posts, folder), folder, str(rows)], check=True)
    subprocess.run(["cargo", "bench", "-q", "-p", "links", "--bench", "pairs", "--no-run"], cwd=HERE, check=True)
    for kind in ("repost", "url", "hashtag", "text"):
        path = folder / f"{kind}.rows"
        _, ours = cpu("cargo", "bench", "-q", "--manifest-path", HERE / "Cargo.toml", "-p", "links", "--bench", "pairs",
                      "--", path, 60)
        ours = fields(ours)
        peers = {name: fields(cpu(python(), "-c", PEER, name, path, 60)[1]) for name in ("duckdb", "polars")}
        for name, peer in peers.items():
            assert (int(float(peer["pairs"])), int(float(peer["sum"]))) == (int(ours["pairs"]), int(ours["sum"])), (kind, name, peer, ours)
        best = min(float(peer["cpu"]) for peer in peers.values())
        parquet = folder / f"{kind}.parquet"
        floor = min(float(fields(cpu(python(), "-c", FLOOR, name, parquet)[1])["cpu"]) for name in ("duckdb", "polars"))
        print(f"{kind}: {ours['rows']} rows, {ours['pairs']} pairs: unspool {float(ours['cpu']):.3f}, "
              + ", ".join(f"{n} {float(p['cpu']):.3f}" for n, p in peers.items())
              + f": {best / float(ours['cpu']):.1f} times fewer CPU-seconds than the better; floor {floor:.3f}")


# CPU-seconds of CooRTweet 2.1.3 by input, from the README beside the data.
COORTWEET = [("ru35k_rt_long.csv", 60, 20.9), ("ge_url_long.csv", 30, 28.2), ("ge_hashtag_long.csv", 30, 32.3)]


def coortweet(beside, unspool, folder):
    for name, window, theirs in COORTWEET:
        if not (beside / name).exists():
            print(f"SKIPPED: {name} is not there")
            continue
        runs = [cpu(unspool, "coordinate", beside / name, "--method", "coortweet", "--window", f"{window}s", "-q",
                    "-o", folder / "edges.csv")[0] for _ in range(5)]
        print(f"coortweet {name} {window} s: CooRTweet {theirs} (README), unspool {min(runs):.3f} to {max(runs):.3f}: "
              f"{theirs / max(runs):.0f} times at least")


if __name__ == "__main__":
    posts = pathlib.Path(sys.argv[1])
    binary = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "target/release/unspool"
    with tempfile.TemporaryDirectory() as scratch:
        joins(posts, pathlib.Path(scratch))
        coortweet(posts.parent, binary, pathlib.Path(scratch))
        whole_runs(posts, binary, pathlib.Path(scratch))
