#!/usr/bin/env python3
"""Prints the leak tables of docs/accuracy.md.

usage: leak.py UNSPOOL DATA      DATA is ../shared/data/leak-dev/eval-leak
"""
import collections, json, os, pathlib, resource, statistics, subprocess, sys, tempfile

unspool, data = sys.argv[1], pathlib.Path(sys.argv[2])
if not data.exists():
    sys.exit(f"SKIPPED: {data} is not there")


def run(*args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([unspool, "leak", *map(str, args)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    return done, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


with tempfile.TemporaryDirectory() as tmp:
    key, seal = f"{tmp}/k", f"{tmp}/s"
    run("key", "new", "-o", key)
    made, cpu = run("seal", data / "library", "--key", key, "-o", seal)
    text = sum(f.stat().st_size for f in (data / "library").iterdir())
    print(made.stderr.strip())
    print(f"seal: {os.path.getsize(seal) / text:.2f} times the text, {text / 1e6 / cpu:.1f} MB a CPU-second")
    checked, cpu = run("check", data / "mails", "--seal", seal, "--key", key, "--format", "jsonl")

found = collections.defaultdict(list)
for line in checked.stdout.splitlines():
    passage = json.loads(line)
    found[pathlib.Path(passage["evidence"]).name].append(passage)

rows = collections.defaultdict(list)
for line in open(data / "truth_dev.jsonl", encoding="utf-8"):
    truth = json.loads(line)
    rows[truth["transform"], truth["where"]].append((truth, found[os.path.basename(truth["mail"])]))


def overlap(plant, passage):
    both = min(plant["end"], passage["doc_end"]) - max(plant["start"], passage["doc_start"])
    return max(0, both) / (max(plant["end"], passage["doc_end"]) - min(plant["start"], passage["doc_start"]))


def table(title, group):
    groups = collections.defaultdict(list)
    for key, mails in rows.items():
        groups[group(key)].extend(mails)
    print(f"\n| {title} | mails | found | of its passages | right document | median overlap |\n|---|---|---|---|---|---|")
    for name, mails in sorted(groups.items()):
        if not mails[0][0]["label"]:
            print(f"| {name} | {len(mails)} | {sum(bool(f) for _, f in mails) / len(mails):.3f} | | | |")
            continue
        docs = [{p["doc"] for p in t["planted"]} for t, _ in mails]
        hit = [any(p["document"] in d for p in f) for d, (_, f) in zip(docs, mails)]
        plants = [(p, [x for x in f if x["document"] == p["doc"]]) for t, f in mails for p in t["planted"]]
        right = [p["document"] in d for d, (_, f) in zip(docs, mails) for p in f]
        spans = [max(overlap(p, x) for x in f) for p, f in plants if f]
        print(f"| {name} | {len(mails)} | {sum(hit) / len(mails):.3f} | {sum(bool(f) for _, f in plants) / len(plants):.3f} "
              f"| {sum(right) / max(1, len(right)):.3f} | {statistics.median(spans):.3f} |")


table("what was done", lambda k: k[0])
table("carrier", lambda k: k[1] if not k[0].startswith("neg") else f"none planted: {k[0]}")
