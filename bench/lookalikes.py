#!/usr/bin/env python3
"""Look-alike names: Unspool beside dnstwist and twistrs, in one run.

    python3 bench/lookalikes.py UNSPOOL PROTECT KNOWN FEED [--twistrs BINARY]

PROTECT is a list of outlets, KNOWN a CSV with the columns fake and target, FEED a file of names, one a line. The known names
are put into a copy of the feed; each tool is asked which names it flags. dnstwist (and twistrs, where a binary is given that
prints the permutations of its argument one a line) make permutations that are joined with the feed. Times are CPU-seconds, user
and system. dnstwist: `pip install dnstwist`. opensquat compares every outlet with every name and is not run here.
"""
import argparse, csv, json, os, random, resource, subprocess, sys, tempfile, time

def cpu():
    r = resource.getrusage(resource.RUSAGE_CHILDREN)
    return r.ru_utime + r.ru_stime

def run(command, **more):
    before = cpu()
    done = subprocess.run(command, check=True, **more)
    return cpu() - before, done

def unspool(a, feed, names):
    out = os.path.join(a.tmp, "hits.jsonl")
    with open(out, "w") as to:
        # GNU time, because a child of this process counts this process's own memory until it is replaced.
        command = ["/usr/bin/time", "-f", "%M", a.unspool, "lookalikes", "--protect", a.protect, feed, "--format", "jsonl", "--quiet"]
        seconds, done = run(command, stdout=to, stderr=subprocess.PIPE, text=True)
    peak = int(done.stderr.split()[-1]) / 1024
    rank = {json.loads(line)["name"]: n for n, line in enumerate(open(out), 1)}
    kept = sum(k in rank for k in names) / len(names)
    print(f"unspool      {seconds:8.1f} CPU-s  {peak:6.0f} MB  kept {kept:.3f}  of {len(rank):,} told", flush=True)
    for budget in (500, 2000, 5000):
        print(f"             found in {budget:5}: {sum(rank.get(k, 1e9) <= budget for k in names) / len(names):.3f}")
    return seconds, set(rank)

def joined(label, make, outlets, feed, names, ours):
    """A tool that permutes: its names joined with the feed."""
    before, start = cpu(), time.process_time()
    made = set()
    for outlet in outlets:
        made.update(make(outlet))
    with open(feed) as lines:
        flagged = {l.rstrip("\n") for l in lines} & made
    seconds = cpu() - before + time.process_time() - start
    found = sum(k in flagged for k in names) / len(names)
    print(f"{label:12} {seconds:8.1f} CPU-s  {len(made):,} permutations  kept {found:.3f}  ratio {seconds / ours:.1f}", flush=True)
    return made

def by_dnstwist(outlet):
    import dnstwist
    fuzzer = dnstwist.Fuzzer(outlet)
    fuzzer.generate()
    return {d["domain"] for d in fuzzer.domains if d["fuzzer"] != "*original"}

def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("unspool"); p.add_argument("protect"); p.add_argument("known"); p.add_argument("feed")
    p.add_argument("--twistrs")
    a = p.parse_args()
    a.tmp = tempfile.mkdtemp()
    outlets = [l.split("|")[0].strip() for l in open(a.protect) if l.strip() and not l.startswith("#")]
    names = [r["fake"].lower() for r in csv.DictReader(open(a.known))]
    feed = os.path.join(a.tmp, "feed.txt")
    lines = open(a.feed).read().split() + names
    random.Random(1).shuffle(lines)
    open(feed, "w").write("\n".join(lines) + "\n")
    print(f"{len(outlets):,} outlets, {len(lines):,} names, {len(names)} known imitations among them")
    del lines
    ours, _ = unspool(a, feed, names)
    made = joined("dnstwist", by_dnstwist, outlets, feed, names, ours)
    if a.twistrs:
        by = lambda o: subprocess.run([a.twistrs, o], capture_output=True, text=True).stdout.split()
        joined("twistrs", by, outlets, feed, names, ours)
    every = os.path.join(a.tmp, "permutations.txt")
    open(every, "w").write("\n".join(sorted(made)) + "\n")
    own = {o.removeprefix("www.") for o in outlets}
    out = subprocess.run([a.unspool, "lookalikes", "--protect", a.protect, "--only-list", every, "--format", "jsonl", "--quiet"],
                         capture_output=True, text=True).stdout
    told = {json.loads(l)["name"] for l in out.split("\n") if l}
    asked = made - own
    print(f"of dnstwist's own {len(asked):,} permutations flagged: {len(asked & told) / len(asked):.4f}")

if __name__ == "__main__":
    main()
