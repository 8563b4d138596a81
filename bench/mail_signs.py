#!/usr/bin/env python3
"""How often `unspool mail` sees at least one strong named sign, per set and per sign, and what it says of leak-like mails.

Usage: bench/mail_signs.py [--data ../shared/data] [--unspool target/release/unspool]
Before phishing is judged, every header that a receiving provider wrote as its verdict is taken off. Phishing is of 2021-26 and
ham of 2002-05: any header separates them, so figures of the two sets must not be read as one classifier's.
"""
import argparse
import collections
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

VERDICTS = (
    "authentication-results", "received-spf", "arc-", "x-ms-", "x-microsoft", "x-forefront", "x-sid", "x-sender-ip",
    "x-message-delivery", "x-message-info", "x-eop", "x-incoming", "x-spam", "x-exchange",
)


def stripped(mail):
    """The mail without the fields that a receiving provider adds."""
    out, keep, lines = [], True, mail.splitlines(True)
    for n, line in enumerate(lines):
        if not line.strip():
            return b"".join(out + lines[n:])
        if line[:1] not in b" \t":
            keep = not line.split(b":")[0].decode("latin-1").lower().startswith(VERDICTS)
        if keep:
            out.append(line)
    return b"".join(out)


def sheets(unspool, paths):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([unspool, "mail", "-q", "--format", "json", *map(str, paths)], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [json.loads(line) for line in run.stdout.splitlines()], cost


def strong_signs(root):
    texts = (p.read_text() for p in (root / "crates/triage/src/signs").glob("*.rs"))
    return {re.search(r'id: "([^"]+)"', t).group(1) for t in texts if "strong: true" in t}


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", default=str(root.parent / "shared/data"))
    ask.add_argument("--unspool", default=str(root / "target/release/unspool"))
    asked = ask.parse_args()
    mail = pathlib.Path(asked.data) / "mail-dev/mail"
    if not mail.exists():
        sys.exit("SKIPPED: ../shared/data is not here")
    strong = strong_signs(root)
    with tempfile.TemporaryDirectory() as folder:
        for source in (mail / "phishing_pot/email").glob("*.eml"):
            (pathlib.Path(folder) / source.name).write_bytes(stripped(source.read_bytes()))
        sets = {
            "phishing": [folder],
            "ham": [mail / "spamassassin" / d for d in ("easy-ham-1", "easy-ham-2", "hard-ham-1")],
            "spam": [mail / "spamassassin" / d for d in ("spam-1", "spam-2")],
            "leak-like": [pathlib.Path(asked.data) / "leak-dev/eval-leak/mails/dev"],
        }
        judged = {name: sheets(asked.unspool, paths) for name, paths in sets.items()}
    table = {}
    for name, (all_, cost) in judged.items():
        firm = [
            {line["sign"] for line in s["lines"] + s["against"] if line["grade"] in ("supported", "established")} & strong
            for s in all_
        ]
        hit = sum(bool(f) for f in firm)
        print(f"{name}: {len(all_)} mails, {hit} with a strong sign ({100 * hit / len(all_):.1f} %), {len(all_) / cost:.0f} mails a CPU-second")
        table[name] = collections.Counter(sign for f in firm for sign in f)
        purposes = collections.Counter(f"{s['purpose']} ({s['grade']})" for s in all_)
        print("   ", ", ".join(f"{p} {n}" for p, n in purposes.most_common()))
    print("\n| sign | " + " | ".join(judged) + " |\n|---|" + "---|" * len(judged))
    for sign in sorted(strong, key=lambda s: -table["phishing"][s]):
        print(f"| {sign} | " + " | ".join(str(table[name][sign]) for name in judged) + " |")


if __name__ == "__main__":
    main()
