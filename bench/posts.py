#!/usr/bin/env python3
"""End to end on one file of posts: ours and coordination-network-toolkit 1.5.2, CPU-seconds in one run.

    python3 bench/posts.py FILE.csv[.zst] [UNSPOOL]
    python3 bench/posts.py --growth [UNSPOOL]

The second form needs no file: it makes posts of invented accounts and tells how the cost grows with their number, with
the window and with how popular the reposted posts are.

FILE is in the toolkit's eight-column layout. The toolkit is installed from PyPI into a throw-away environment. It
reads only plain CSV, so a .zst is unpacked beforehand (not counted) and both read the same plain file. The floor is
one pass of SHA-256 over the same bytes.
"""

import csv
import hashlib
import os
import pathlib
import random
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


# Rows, window of co-reposting in seconds, reposts of one post: one of them changed at a time.
GROWTH = [
    (100_000, 60, 20),
    (200_000, 60, 20),
    (400_000, 60, 20),
    (800_000, 60, 20),
    (200_000, 600, 20),
    (200_000, 3_600, 20),
    (200_000, 86_400, 20),
    (200_000, 60, 200),
    (200_000, 60, 2_000),
    (200_000, 60, 20_000),
]
HEADER = ["message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls"]


def invented(path, rows, popular):
    """Reposts over 30 days, by one account for every 50 of them, each post reposted within about a day."""
    dice = random.Random(rows * 31 + popular)
    begins = [dice.randrange(1_700_000_000, 1_702_592_000) for _ in range(max(rows // popular, 1))]
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for row in range(rows):
            who, post = dice.randrange(rows // 50), dice.randrange(len(begins))
            when = begins[post] + int(dice.expovariate(1 / 20_000))
            words = f"RT @source{post % 97}: word{post} and word{post * 7} of the day"
            out.writerow([row, who, f"account{who}", f"p{post}", "", words, when, ""])


def growth(ours):
    print("| rows | window | reposts of one post | CPU-seconds | microseconds a row | peak MiB |")
    print("|---|---|---|---|---|---|")
    for rows, window, popular in GROWTH:
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work)
            invented(work / "posts.csv", rows, popular)
            (work / "first.txt").write_text("A file to make a case with, before its settings are changed.")
            run([ours, "investigate", "-q", work / "first.txt", "-o", work / "case"])
            settings = work / "case/case.toml"
            text = settings.read_text().replace("[links.windows]\n", f'[links.windows]\nrepost = "{window}s"\n')
            settings.write_text(text)
            cpu, memory = run([ours, "investigate", "-q", work / "posts.csv", "-o", work / "case"])
            each = cpu / rows * 1e6
            print(f"| {rows:,} | {window} s | {popular:,} | {cpu:.2f} | {each:.1f} | {memory:.0f} |", flush=True)


def main():
    if sys.argv[1] == "--growth":
        return growth(sys.argv[2] if len(sys.argv) > 2 else "target/release/unspool")
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
        mine, mine_memory = run([ours, "investigate", "-q", plain, "-o", work / "case"])
        least = floor(plain)
        print(f"{'what':<44}{'CPU-seconds':>12}{'peak MiB':>10}")
        print(f"{'toolkit: ingest + one co_retweet network':<44}{ingest + network:>12.2f}{memory:>10.0f}")
        print(f"{'unspool: sealed, traced, linked, reported':<44}{mine:>12.2f}{mine_memory:>10.0f}")
        print(f"{'floor: one SHA-256 over the same bytes':<44}{least:>12.2f}")
        print(f"toolkit / unspool = {(ingest + network) / mine:.1f}   unspool / floor = {mine / least:.1f}")
        shutil.rmtree(work / "case")


if __name__ == "__main__":
    main()
