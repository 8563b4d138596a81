#!/usr/bin/env python3
"""The table of docs/real-cases.md: every research data set as a case of its own, with default settings.

    python3 bench/real_cases.py ../shared/data [UNSPOOL]

CPU is user + system seconds of the whole run, report included.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

CASES = [
    ["coordination-parity/ira_500k_qut.csv.zst"],
    ["mail-dev/mail/phishing_pot", "mail-dev/mail/spamassassin"],
    ["mail-dev/mail/mimekit", "mail-dev/mail/other", "mail-dev/mail/stalwart-mail-auth", "mail-dev/mail/stalwart-mail-parser"],
    ["leak-dev/eval-leak"],
    ["coordination-dev/eval-planted/U_dev_posts.parquet"],
    ["coordination-dev/eval-planted/G_dev_posts.parquet"],
    ["coordination-dev/eval-coordination/posts_dev.parquet"],
    ["coordination-dev/coortweet/german_elections.parquet"],
    ["coordination-dev/coortweet/russian_coord_tweets.parquet"],
    ["cascades-organic/twitter15-16"],
    ["crossplatform"],
    ["operations-sites"],
    ["media-dev"],
]


def row(ours, data, paths, case):
    command = [ours, "investigate", "-q", "-o", case, *(data / p for p in paths)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"failed: {paths}")
    dossier = json.loads((case / "derived" / "dossier.json").read_text())
    method, found = dossier["method"], dossier["findings"]
    how = Counter(f["confidence"].lower() for f in found)
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(Counter(f["kind"] for f in found).items()))
    cells = [
        " and ".join(f"`{p}`" for p in paths),
        f"{method['records']:,}",
        f"{method['traces']:,}",
        f"{usage.ru_utime + usage.ru_stime:.1f}",
        f"{usage.ru_maxrss / 1024:.0f}",
        f"{method['links']:,} / {method['pairs']:,}",
        str(len(dossier["networks"])),
        f"{how['high']}, {how['moderate']}, {how['low']}",
        kinds or "none",
    ]
    return "| " + " | ".join(cells) + " |"


def main():
    data = pathlib.Path(sys.argv[1])
    ours = sys.argv[2] if len(sys.argv) > 2 else "target/release/unspool"
    print("| data | records | traces | CPU s | peak MiB | links kept / pairs tested | networks | high, moderate, low | findings |")
    print("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work:
        for at, paths in enumerate(CASES):
            print(row(ours, data, paths, pathlib.Path(work) / str(at)), flush=True)


if __name__ == "__main__":
    main()
