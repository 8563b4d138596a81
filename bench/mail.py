#!/usr/bin/env python3
"""Mails a CPU-second, end to end, beside Python's own mailbox and email modules in the same run.

    python3 bench/mail.py FOLDER_OF_MAILS [UNSPOOL]

The mails of the folder are put into one mbox twenty times over (message ids made different), so that starting up does
not count. The peer only parses and decodes text parts; ours seals, parses, takes traces, links, judges and reports.
"""

import email
import email.policy
import mailbox
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

TIMES = 20


def gather(folder, to):
    count = 0
    files = sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file() and p.stat().st_size > 200)
    with open(to, "wb") as out:
        for turn in range(TIMES):
            for path in files:
                mail = path.read_bytes()
                if not re.match(rb"(From |[A-Za-z-]+:)", mail):
                    continue
                mail = mail.split(b"\n", 1)[1] if mail.startswith(b"From ") else mail
                mail = re.sub(rb"(?im)^(message-id:\s*<)", rb"\g<1>%d." % turn, mail, count=1)
                out.write(b"From bench@example.test Thu Jan  1 00:00:00 2026\n")
                out.write(re.sub(rb"(?m)^From ", b">From ", mail).rstrip(b"\n") + b"\n\n")
                count += 1
    return count


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peer(path):
    start = cpu()
    for message in mailbox.mbox(path, factory=lambda f: email.message_from_binary_file(f, policy=email.policy.compat32)):
        for part in message.walk():
            if part.get_content_maintype() == "text":
                part.get_payload(decode=True)
    return cpu() - start


def main():
    ours = sys.argv[2] if len(sys.argv) > 2 else "target/release/unspool"
    with tempfile.TemporaryDirectory() as work:
        box = pathlib.Path(work) / "bench.mbox"
        count = gather(sys.argv[1], box)
        process = subprocess.Popen([ours, "investigate", "-q", box, "-o", pathlib.Path(work) / "case"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 3):
            sys.exit("failed")
        mine = usage.ru_utime + usage.ru_stime
        theirs = peer(box)
        size = box.stat().st_size / 1e6
        print(f"{count} mails, {size:.0f} MB")
        print(f"{'python mailbox + email':<28}{count / theirs:>9.0f} mails a CPU-second")
        print(f"{'unspool, end to end':<28}{count / mine:>9.0f} mails a CPU-second, peak {usage.ru_maxrss / 1024:.0f} MiB")
        print(f"unspool / python = {theirs / mine:.1f}")


if __name__ == "__main__":
    main()
