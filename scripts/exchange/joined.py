#!/usr/bin/env python3
"""Which things of some bundles occur in evidence, by our findings and by a plain search: joined.py CASE.json BUNDLES EVIDENCE…

CASE.json is `unspool report --format json` of a case with the bundles imported. The plain search decodes mails with Python's own reader and
looks for every listed domain, mailbox, address and URL between characters that cannot be part of one. Names are never printed, only counts.
Ends with 1 where a listed thing that the plain search found in a link or an address is missing from the findings.
"""
import email, email.policy, json, mailbox, pathlib, re, sys


def listed(folder):
    lists = {}
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        values = {re.search(r"= '(.*)'\]$", o["pattern"]).group(1).lower() for o in json.loads(path.read_text())["objects"] if "pattern" in o}
        lists[path.name] = values
    return lists


def texts(path):
    raw = path.read_bytes()
    yield raw.decode("utf-8", "replace")
    if path.suffix == ".mbox" or raw.startswith(b"From "):
        mails = [m.as_bytes() for m in mailbox.mbox(path)]
    else:
        mails = [raw]
    for mail in mails:
        for part in email.message_from_bytes(mail, policy=email.policy.compat32).walk():
            if not part.is_multipart():
                try:
                    yield (part.get_payload(decode=True) or b"").decode(part.get_content_charset() or "utf-8", "replace")
                except LookupError:
                    yield (part.get_payload(decode=True) or b"").decode("latin-1")


def main(case, bundles, *evidence):
    lists = listed(bundles)
    every = {v for values in lists.values() for v in values if len(v) > 3}
    word = re.compile(r"[\w@:/.%+?=&#~-]+")
    seen, files = set(), 0
    for top in evidence:
        for path in sorted(p for p in pathlib.Path(top).rglob("*") if p.is_file() and not p.name.endswith(".stix.json")):
            files += 1
            for text in texts(path):
                for token in word.findall(text.lower()):
                    for piece in {token, token.strip("."), *re.split(r"[/@:?=&#]+", token)}:
                        piece = piece.strip(".")
                        labels = piece.split(".")
                        seen.update(v for n in range(len(labels)) if (v := ".".join(labels[n:])) in every)
    dossier = json.loads(pathlib.Path(case).read_text())
    findings = [f for f in dossier["findings"] if f["kind"] == "published-list"]
    told = json.dumps(findings).lower()
    plain = {v for v in seen if "." in v}
    missing = sum(v not in told for v in plain)
    print(f"{files} files, {len(lists)} lists, {len(every)} things: {len(findings)} lists join; plain search finds {len(plain)} things, {missing} of them in no finding")
    for f in findings:
        c = f["chance"]
        p = "no probability" if c.get("p") is None else f"p = {c['p']:.2g}"
        print(f"  {f['confidence']}: {f['title']}; {c['observed']:.0f} seen, {c['expected']:.2g} expected, {p}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
