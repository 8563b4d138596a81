#!/usr/bin/env python3
"""Scores `unspool owners` against a table of sites with a column that names each site's operator.

    python3 bench/owners.py TABLE.csv [--unspool target/release/unspool] [--site domain] [--truth operator]

The tool gets a copy of the table with infrastructure columns only: the truth, names, titles and accounts are withheld. Pairs of
sites whose operators are both known are counted: precision = pairs of one operator among pairs put together, recall = pairs put
together among pairs of one operator. Notes behind an operator's name (` - https://…`) are cut off.
"""
import argparse, collections, csv, io, itertools, resource, subprocess, sys, tempfile, os

KEEP = {"aws_ip", "root_a", "registered", "registrar", "nameservers", "mx", "ssl_names", "ssl_expires", "whois_email"}


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("table")
    ask.add_argument("--unspool", default="target/release/unspool")
    ask.add_argument("--site", default="domain")
    ask.add_argument("--truth", default="operator")
    a = ask.parse_args()
    rows = list(csv.DictReader(open(a.table, newline="")))
    truth = {r[a.site]: r[a.truth].split(" - ")[0].strip() for r in rows if r[a.truth].strip()}
    columns = [a.site] + [c for c in rows[0] if c in KEEP]
    with tempfile.TemporaryDirectory() as d:
        table = os.path.join(d, "table.csv")
        with open(table, "w", newline="") as f:
            w = csv.DictWriter(f, columns, extrasaction="ignore")
            w.writeheader()
            w.writerows(rows)
        run = subprocess.run([a.unspool, "-q", "owners", table, "--format", "csv"], capture_output=True, text=True)
    if run.returncode not in (0, 3):
        sys.exit(run.stderr)
    cluster = {r["site"]: r["cluster"] for r in csv.DictReader(io.StringIO(run.stdout))}
    known = [s for s in truth if s in cluster]
    same = pairs(collections.Counter(truth[s] for s in truth).values())
    put = pairs(collections.Counter(cluster[s] for s in known).values())
    right = pairs(collections.Counter((truth[s], cluster[s]) for s in known).values())
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{len(rows)} rows, {len(truth)} sites with a known operator, {len(set(truth.values()))} operators")
    print(f"pairs of one operator {same}, pairs put together {put}, of these right {right}")
    print(f"precision {right / max(put, 1):.4f}  recall {right / max(same, 1):.4f}")
    print(f"{cpu.ru_utime + cpu.ru_stime:.2f} CPU-seconds, {cpu.ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
