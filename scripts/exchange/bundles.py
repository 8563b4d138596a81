#!/usr/bin/env python3
"""Writes a table of indicators as STIX 2.1 bundles, one for each operation: bundles.py TABLE.csv FOLDER

Columns: operation, type, value, role, first_seen. Ids are uuid5 over type and value, so the same table gives the same bytes. What STIX has no
observable for (hashtags, phrases, user agents) is left out and counted aloud.
"""
import csv, ipaddress, json, pathlib, re, sys, uuid

SPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")


def pattern(kind, value):
    quoted = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if kind == "domain":
        return f"[domain-name:value = {quoted}]"
    if kind == "ip":
        version = ipaddress.ip_address(value.split("/")[0]).version
        return f"[ipv{version}-addr:value = {quoted}]"
    if kind == "url" or (kind == "social_account" and "://" in value):
        return f"[url:value = {quoted}]"
    if kind == "social_account":
        return f"[user-account:account_login = {quoted}]"
    if kind in ("email", "whois-registrant-email"):
        return f"[email-addr:value = {quoted}]"
    name = {32: "MD5", 40: "SHA-1", 64: "SHA-256"}.get(len(value))
    if kind == "hash" and name:
        return f"[file:hashes.'{name}' = {quoted}]"
    return None


def main(table, folder):
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    bundles, left = {}, 0
    for row in csv.DictReader(open(table, newline="", encoding="utf-8")):
        try:
            found = pattern(row["type"], row["value"].strip())
        except ValueError:
            found = None
        if not found:
            left += 1
            continue
        when = (row.get("first_seen") or "")[:10]
        when = when if re.fullmatch(r"\d{4}-\d\d-\d\d", when) else "2020-01-01"
        id = f"indicator--{uuid.uuid5(SPACE, row['operation'] + found)}"
        bundles.setdefault(row["operation"], {})[id] = {
            "type": "indicator", "spec_version": "2.1", "id": id, "created": f"{when}T00:00:00.000Z",
            "modified": f"{when}T00:00:00.000Z", "valid_from": f"{when}T00:00:00Z", "pattern": found,
            "pattern_type": "stix", "indicator_types": ["unknown"], "description": row.get("role") or "",
        }
    for n, (operation, objects) in enumerate(sorted(bundles.items())):
        bundle = {"type": "bundle", "id": f"bundle--{uuid.uuid5(SPACE, operation)}", "objects": list(objects.values())}
        (out / f"{n:02}.stix.json").write_text(json.dumps(bundle))
    print(f"{len(bundles)} bundles, {sum(map(len, bundles.values()))} indicators, {left} rows without an observable")


if __name__ == "__main__":
    main(*sys.argv[1:])
