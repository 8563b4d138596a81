#!/usr/bin/env python3
"""Look-alike names: Unspool beside dnstwist, opensquat and twistrs, in one run.

    pip install dnstwist opensquat
    python3 bench/lookalikes.py UNSPOOL PROTECT KNOWN FEED [--sample N] [--outlets N]

PROTECT is a list of outlets, KNOWN a CSV with the columns fake and target, FEED a file of names, one a line. The known names
are put into a copy of the feed; each tool is asked which names it flags. Times are CPU-seconds, user and system.
dnstwist (given all last labels of the feed as suffixes; without those it is what comes out of the box) and twistrs make
permutations that are joined with the feed; twistrs is a program of some lines that is built here, in a temporary folder, from the
registry of Rust packages. opensquat compares every outlet's label with every name: it is asked about the known names and N
others (--sample), and its time is multiplied.
Last, dnstwist's own permutations of --outlets outlets, drawn with seed 7, are given to Unspool as a feed.
"""
import argparse, csv, io, json, os, random, resource, subprocess, sys, tempfile, time

TWISTRS = """
use std::collections::{HashSet, hash_map::DefaultHasher};
use std::hash::{Hash, Hasher};
use std::io::BufRead;
fn hash(name: &str) -> u64 { let mut h = DefaultHasher::new(); name.hash(&mut h); h.finish() }
fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let (mut made, filter) = (HashSet::new(), twistrs::filter::Permissive);
    for outlet in std::fs::read_to_string(&files[0]).unwrap().lines() {
        if let Ok(domain) = twistrs::permutate::Domain::new(outlet) {
            made.extend(domain.all(&filter).map(|p| hash(&p.domain.fqdn)));
        }
    }
    eprintln!("{}", made.len());
    for name in std::io::BufReader::new(std::fs::File::open(&files[1]).unwrap()).lines().map_while(Result::ok) {
        if made.contains(&hash(&name)) { println!("{name}"); }
    }
}
"""

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

def told(label, flagged, seconds, names, ours, said):
    found = len(names & flagged) / len(names)
    print(f"{label:12} {seconds:8.1f} CPU-s  kept {found:.3f}  ratio {seconds / ours:.1f}  {said}", flush=True)

def dnstwist(a, outlets, feed, names, ours):
    """Permutations with all last labels of the feed as its suffixes; without those, as it comes. Returns those of some outlets."""
    from dnstwist import Fuzzer
    tlds = sorted({line.rsplit(".", 1)[-1].strip() for line in open(feed)})
    some = set(random.Random(7).sample(outlets, min(a.outlets, len(outlets))))
    start, plain, swapped, asked = time.process_time(), set(), set(), set()
    for outlet in outlets:
        fuzzer = Fuzzer(outlet, tld_dictionary=tlds)
        fuzzer.generate()
        for made in fuzzer.domains:
            if made["fuzzer"] == "tld-swap":
                swapped.add(made["domain"])
            elif made["fuzzer"] != "*original":
                plain.add(made["domain"])
                if outlet in some:
                    asked.add(made["domain"])
    with open(feed) as lines:
        joined = {name for name in (line.rstrip("\n") for line in lines) if name in plain or name in swapped}
    seconds = time.process_time() - start
    told("dnstwist", joined & plain, seconds, names, ours, f"{len(plain):,} permutations, as it comes")
    told("with TLDs", joined, seconds, names, ours, f"{len(plain | swapped):,} permutations, {len(tlds):,} last labels of the feed")
    return asked - {o.removeprefix("www.") for o in outlets}, len(some)

def twistrs(a, outlets, feed, names, ours):
    where = os.path.join(a.tmp, "twistrs")
    os.makedirs(os.path.join(where, "src"))
    open(os.path.join(where, "src/main.rs"), "w").write(TWISTRS)
    open(os.path.join(where, "Cargo.toml"), "w").write(
        '[package]\nname = "permute"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\ntwistrs = "1"\n[workspace]\n')
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=where, check=True)
    listed = os.path.join(where, "outlets.txt")
    open(listed, "w").write("\n".join(outlets) + "\n")
    program = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(where, "target")), "release/permute")
    seconds, done = run([program, listed, feed], capture_output=True, text=True)
    told("twistrs", set(done.stdout.split()), seconds, names, ours, f"{int(done.stderr):,} permutations")

def opensquat(a, outlets, lines, names, ours):
    from opensquat.squatting_detector import SquattingDetector
    sample = sorted(names) + random.Random(3).sample(lines, a.sample)
    detector, flagged, start = SquattingDetector(confidence_level=2), set(), time.process_time()
    for label in {o.removeprefix("www.").split(".")[0] for o in outlets}:
        flagged.update(detector.check(label, sample, io.StringIO()))
    seconds = (time.process_time() - start) * len(lines) / len(sample)
    others = len(flagged - names) / a.sample
    told("opensquat", flagged, seconds, names, ours, f"by {len(sample):,} names, multiplied; flags {others:.0%} of the others")

def asked_back(a, asked, many):
    """dnstwist's own permutations, given to Unspool."""
    every = os.path.join(a.tmp, "permutations.txt")
    open(every, "w").write("\n".join(sorted(asked)) + "\n")
    out = subprocess.run([a.unspool, "lookalikes", "--protect", a.protect, "--only-list", every, "--format", "jsonl", "--quiet"],
                         capture_output=True, text=True).stdout
    flagged = {json.loads(line)["name"] for line in out.split("\n") if line}
    print(f"of dnstwist's own {len(asked):,} permutations of {many} outlets flagged: {len(asked & flagged) / len(asked):.4f}")

def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("unspool"); p.add_argument("protect"); p.add_argument("known"); p.add_argument("feed")
    p.add_argument("--sample", type=int, default=1000)
    p.add_argument("--outlets", type=int, default=300)
    a = p.parse_args()
    a.tmp = tempfile.mkdtemp()
    outlets = [l.split("|")[0].strip() for l in open(a.protect) if l.strip() and not l.startswith("#")]
    names = [r["fake"].lower() for r in csv.DictReader(open(a.known))]
    feed = os.path.join(a.tmp, "feed.txt")
    lines = open(a.feed).read().split() + names
    random.Random(1).shuffle(lines)
    open(feed, "w").write("\n".join(lines) + "\n")
    print(f"{len(outlets):,} outlets, {len(lines):,} names, {len(names)} known imitations among them")
    ours, _ = unspool(a, feed, names)
    names = set(names)
    opensquat(a, outlets, lines, names, ours)
    del lines
    twistrs(a, outlets, feed, names, ours)
    asked, many = dnstwist(a, outlets, feed, names, ours)
    asked_back(a, asked, many)

if __name__ == "__main__":
    main()
