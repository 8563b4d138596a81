#!/usr/bin/env python3
"""Pairwise precision, recall and F1 of `unspool waves` on mails that carry a weak label of their making.

usage: waves.py MANIFEST.csv FOLDER [UNSPOOL]   MANIFEST has the columns path (below FOLDER), label, template; only phishing is scored."""
import csv, io, itertools, os, shutil, subprocess, sys, tempfile

manifest, folder = sys.argv[1:3]
program = sys.argv[3] if len(sys.argv) > 3 else "target/release/unspool"
rows = [r for r in csv.DictReader(open(manifest, newline="")) if r["label"] == "phishing" and r["template"]]
words = ["exact-text", "text-template", "paragraph", "similar-text", "mail-subject"]

with tempfile.TemporaryDirectory() as dir:
    for r in rows:
        shutil.copy(os.path.join(folder, r["path"]), dir)
    label = {os.path.basename(r["path"]): r["template"] for r in rows}
    truth = {p for p in itertools.combinations(sorted(label), 2) if label[p[0]] == label[p[1]]}
    print(f"{len(rows)} mails, {len(truth)} pairs of one label")
    for name, without in [("everything", []), ("without words", words[:4]), ("without words and subjects", words)]:
        command = [program, "waves", dir, "-q", "--format", "csv"] + [x for k in without for x in ("--without", k)]
        out = subprocess.run(command, capture_output=True, text=True).stdout
        groups = {}
        for r in csv.DictReader(io.StringIO(out)):
            groups.setdefault(r["wave"], []).append(os.path.basename(r["evidence"]))
        found = {p for g in groups.values() for p in itertools.combinations(sorted(set(g)), 2)}
        hit = len(found & truth)
        p, r = hit / max(1, len(found)), hit / max(1, len(truth))
        print(f"{name:28} groups {len(groups):4} pairs {len(found):5} precision {p:.3f} recall {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}")
