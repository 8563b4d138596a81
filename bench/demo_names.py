#!/usr/bin/env python3
"""Look-alike names in the demo: which clones' names are told, and which others.

    python3 bench/demo_names.py UNSPOOL FIRST LAST

Clones are the hosts of saved pages that are neither in the list of outlets nor the press agency's. Each seed from FIRST to LAST gives a case.
"""
import json, os, re, subprocess, sys, tempfile

def case(unspool, seed):
    with tempfile.TemporaryDirectory() as tmp:
        where = os.path.join(tmp, "demo")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([unspool, "demo", where, "--seed", str(seed), "--quiet"], check=True, **quiet)
        outlets = set(re.findall(r'"([a-z0-9.-]+) \|', open(os.path.join(where, "case/case.toml")).read()))
        hosts = os.listdir(os.path.join(where, "evidence/pages"))
        clones = {h for h in hosts if h not in outlets and "pressservice" not in h}
        # The demo carries files broken on purpose: exit code 3.
        report = subprocess.run([unspool, "report", os.path.join(where, "case"), "--format", "json"], capture_output=True)
        found = [f for f in json.loads(report.stdout)["findings"] if f["kind"] == "look-alike-domain"]
        return clones, {f["tables"][0]["rows"][0][0]: f["confidence"] for f in found}

def main():
    unspool, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    clones = told = firm = others = 0
    for seed in range(first, last + 1):
        there, found = case(unspool, seed)
        clones += len(there)
        told += len(there & set(found))
        firm += sum(found[name] != "low" for name in there & set(found))
        others += len(set(found) - there)
        if set(found) != there:
            print(f"seed {seed}: not told {sorted(there - set(found))}, others told {sorted(set(found) - there)}")
    print(f"{clones} clones' names: {told} told, {firm} of them moderate or more; {others} other names told")

if __name__ == "__main__":
    main()
