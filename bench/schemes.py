#!/usr/bin/env python3
"""Naming schemes: a tenth of a network's names as seeds, its rest hidden in a feed; how many are told, and how many others.

    python3 bench/schemes.py UNSPOOL SITES FEED

SITES is a CSV with the columns domain, label and operation; networks are the operations of those labelled pink_slime or fabricated, the
four largest are tried. FEED is a file of names, one a line.
"""
import collections, csv, json, os, random, subprocess, sys, tempfile

def main():
    unspool, sites, feed = sys.argv[1:4]
    networks = collections.defaultdict(list)
    for row in csv.DictReader(open(sites)):
        if row["label"] in ("pink_slime", "fabricated"):
            networks[row["operation"] or row["label"]].append(row["domain"].lower())
    names = set(open(feed).read().split())
    for network in sorted(networks.values(), key=lambda n: -len(n))[:4]:
        random.Random(1).shuffle(network)
        cut = max(8, len(network) // 10)
        seeds, rest = network[:cut], set(network[cut:])
        with tempfile.TemporaryDirectory() as tmp:
            path = lambda name: os.path.join(tmp, name)
            open(path("seeds"), "w").write("\n".join(seeds) + "\n")
            open(path("feed"), "w").write("\n".join(sorted((names | rest) - set(seeds))) + "\n")
            out = subprocess.run([unspool, "lookalikes", "--seed-list", path("seeds"), path("feed"), "--format", "jsonl", "--least", "12"],
                                 capture_output=True, text=True).stdout
        told = [json.loads(line) for line in out.splitlines()]
        for least in (12, 16, 20):
            hits = {t["name"] for t in told if t["surprise"] >= least}
            print(f"{len(network)} sites, {cut} seeds, {least} bits: {len(hits & rest) / len(rest):.2f} of the rest, {len(hits - rest)} others")

if __name__ == "__main__":
    main()
