#!/usr/bin/env python3
"""Published vectors against `unspool mail --dns`: DKIM and ARC (keys above each mail), and an SPF test suite.

Usage: bench/mail_dns.py [--data ../shared/data] [--unspool target/release/unspool]
A definite answer (anything but `cannot-verify`) must be the expected one; what the archive lacks must stay open.
"""
import argparse
import collections
import ipaddress
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def checks(unspool, mail, archive, tmp):
    (tmp / "mail.eml").write_bytes(mail)
    (tmp / "dns.txt").write_text(archive)
    args = [unspool, "mail", "-q", "--format", "json", "--dns", tmp / "dns.txt", tmp / "mail.eml"]
    done = subprocess.run(args, capture_output=True, check=False)
    sheets = [json.loads(line) for line in done.stdout.splitlines()]
    if not sheets:
        sys.exit(f"no sheet: {done.stderr.decode()}")
    return [(c["method"], c["result"]) for c in sheets[0]["checks"] if c["according_to"] == "dns-archive"]


def documents(text):
    """Records and tests of each part of a suite."""
    for part in re.split(r"^---.*$|^  - (?=name:)", text, flags=re.M):
        records, tests, now = [], [], None
        for line in part.splitlines():
            found = re.match(r"\s*(?:-\s*)?(\w+):\s*(.*?)\s*$", line)
            if not found or line.startswith("#"):
                continue
            key, value = found.groups()
            if key in ("spf", "a", "aaaa", "mx", "exp"):
                records.append((key, value))
            elif key in ("domain", "sender", "ip", "expect"):
                # A value goes on to hold for the tests after it until it is given anew.
                now = dict(now or {}, **{key: value})
                if key == "expect":
                    tests.append(now)
                    now = {k: v for k, v in now.items() if k in ("domain", "sender", "ip")}
        yield records, tests


def archive(records):
    out = []
    for key, value in records:
        name, _, rest = value.partition(" ")
        if key in ("spf", "exp"):
            out.append(f'{name} TXT "{rest}"')
        elif key in ("a", "aaaa"):
            out += [f"{name} {key.upper()} {ip.strip()}" for ip in rest.split(",")]
        else:
            for n, ip in enumerate(rest.split(",")):
                kind = "AAAA" if ":" in ip else "A"
                out += [f"{name} MX 10 mx{n}.{name}", f"mx{n}.{name} {kind} {ip.strip()}"]
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default="../shared/data", type=pathlib.Path)
    parser.add_argument("--unspool", default="target/release/unspool")
    asked = parser.parse_args()
    vectors = asked.data / "mail-dev/mail/stalwart-mail-auth/resources"
    if not vectors.exists():
        sys.exit(f"SKIPPED: {vectors} is not there")
    with tempfile.TemporaryDirectory() as folder:
        tmp = pathlib.Path(folder)
        for kind in ("dkim", "arc"):
            told = collections.Counter()
            for path in sorted((vectors / kind).iterdir()):
                keys, _, mail = path.read_bytes().partition(b"\n\n")
                found = [r for m, r in checks(asked.unspool, mail, keys.decode() + "\n", tmp) if m == kind]
                told.update(found)
            print(f"{kind}: {dict(sorted(told.items()))}")
        agree, open_, wrong = 0, collections.Counter(), []
        for path in sorted((vectors / "spf").glob("*.yml")):
            for records, tests in documents(path.read_text()):
                for test in tests:
                    if "ip" not in test or not ("domain" in test or "sender" in test):
                        continue
                    ip = ipaddress.ip_address(test["ip"])
                    helo = test.get("domain") or test["sender"].rpartition("@")[2]
                    sender = test.get("sender") or f"postmaster@{helo}"
                    mail = (
                        f"Return-Path: <{sender}>\nDelivered-To: x@house.test\n"
                        f"Received: from {helo} ({helo} [{'IPv6:' if ip.version == 6 else ''}{ip}]) by mx.house.test; "
                        f"Thu, 3 Nov 2016 14:05:11 +0100\nFrom: <{sender}>\nTo: x@house.test\nSubject: x\n\nx\n"
                    )
                    expect = test["expect"].split()[0]
                    got = dict(checks(asked.unspool, mail.encode(), archive(records), tmp)).get("spf", "not asked")
                    if got in ("cannot-verify", "not asked"):
                        open_[expect] += 1
                    elif got == expect:
                        agree += 1
                    else:
                        wrong.append((path.name, test, got))
        print(f"spf: {agree} agree, {sum(open_.values())} left open (expected {dict(open_)}), {len(wrong)} differ")
        for name, test, got in wrong:
            print(f"  {name}: {got} for {test}")


main()
