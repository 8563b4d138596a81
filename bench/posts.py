#!/usr/bin/env python3
"""End to end on one file of posts: ours and coordination-network-toolkit 1.5.2, CPU-seconds in one run.

    python3 bench/posts.py FILE.csv[.zst] [UNSPOOL]

FILE is in the toolkit's eight-column layout. The toolkit is installed from PyPI into a throw-away environment. It
reads only plain CSV, so a .zst is unpacked for it beforehand (not counted); ours reads the file as it is. The floor is
one pass of SHA-256 over the same plain bytes.
"""

import hashlib
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import venv

PEER = "coordination-network-toolkit==1.5.2"


def run(command):
    """CPU-seconds and peak memory in MiB of one command."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def floor(path):
    start = resource.getrusage(resource.RUSAGE_SELF)
    with open(path, "rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    end = resource.getrusage(resource.RUSAGE_SELF)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def main():
    given = pathlib.Path(sys.argv[1])
    ours = sys.argv[2] if len(sys.argv) > 2 else "target/release/unspool"
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        plain = given
        if given.suffix == ".zst":
            plain = work / given.stem
            subprocess.run(["zstd", "-dq", given, "-o", plain], check=True)
        venv.create(work / "peer", with_pip=True)
        subprocess.run([work / "peer/bin/pip", "install", "-q", PEER], check=True)
        peer = work / "peer/bin/compute_networks"
        database = work / "peer.db"
        ingest, _ = run([peer, database, "preprocess", "--format", "csv", plain])
        network, memory = run([peer, database, "compute", "co_retweet", "--time_window", "60", "--min_edge_weight", "2"])
        mine, mine_memory = run([ours, "investigate", "-q", given, "-o", work / "case"])
        least = floor(plain)
        print(f"{'what':<44}{'CPU-seconds':>12}{'peak MiB':>10}")
        print(f"{'toolkit: ingest + one co_retweet network':<44}{ingest + network:>12.2f}{memory:>10.0f}")
        print(f"{'unspool: sealed, traced, linked, reported':<44}{mine:>12.2f}{mine_memory:>10.0f}")
        print(f"{'floor: one SHA-256 over the plain bytes':<44}{least:>12.2f}")
        print(f"toolkit / unspool = {(ingest + network) / mine:.1f}   unspool / floor = {mine / least:.1f}")
        shutil.rmtree(work / "case")


if __name__ == "__main__":
    main()
