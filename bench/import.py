"""What taking in a published list costs: a STIX bundle of so many indicators into a small case.

usage: python3 bench/import.py UNSPOOL [N…]     (default 100000 1000000)
"""
import json
import pathlib
import resource
import subprocess
import sys
import tempfile

PRODUCER = "identity--00000000-0000-4000-8000-000000000001"
TIMES = dict.fromkeys(("created", "modified", "valid_from"), "2026-10-01T08:00:00.000Z")


def pattern(n):
    """Domains, URLs, mailboxes and addresses in turn."""
    return [
        f"[domain-name:value = 'd{n}.example']",
        f"[url:value = 'https://d{n // 7}.example/p/{n}']",
        f"[email-addr:value = 'u{n}@m{n % 5000}.example']",
        f"[ipv4-addr:value = '10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}']",
    ][n % 4]


def bundle(path, count):
    with open(path, "w") as f:
        f.write('{"type":"bundle","id":"bundle--1","objects":[\n')
        f.write(json.dumps({"type": "identity", "spec_version": "2.1", "id": PRODUCER, "name": "A Platform"}))
        for n in range(count):
            one = {"type": "indicator", "spec_version": "2.1", "id": f"indicator--{n:08x}-0000-4000-8000-000000000000",
                   "created_by_ref": PRODUCER, "name": f"relay {n}", "pattern": pattern(n), "pattern_type": "stix", **TIMES}
            f.write(",\n" + json.dumps(one))
        f.write("]}\n")


def main(unspool, *counts):
    for count in map(int, counts or (100_000, 1_000_000)):
        with tempfile.TemporaryDirectory() as at:
            at = pathlib.Path(at)
            (at / "posts.csv").write_text("object_id,account_id,content_id,timestamp_share\n" + "".join(
                f"https://d{n * 70}.example/p/{n * 490},a{n},c{n},{1790000000 + n * 60}\n" for n in range(1000)))
            bundle(at / "list.json", count)
            run = lambda *a: subprocess.run([unspool, "-q", "--threads", "1", *a], cwd=at, capture_output=True, check=True)
            run("investigate", "posts.csv", "-o", "case")
            # Only this child is measured: peaks of children are not added up, and this is the larger.
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            said = run("import", "case", "list.json").stdout.decode()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            size = (at / "list.json").stat().st_size >> 20
            print(f"{count} indicators, {size} MiB: {cpu:.1f} CPU-seconds, peak {after.ru_maxrss >> 10} MiB; {said.splitlines()[0]}", flush=True)


main(*sys.argv[1:])
