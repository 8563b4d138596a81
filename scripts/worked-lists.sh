#!/usr/bin/env bash
# Worked example 2: published lists of indicators, one bundle an operation, bridged to the demo and to a folder of mails.
# usage: scripts/worked-lists.sh   needs `unspool` (target/release or $UNSPOOL) and python3. Where ../shared/data is absent only the invented
# lists are run, and this is said aloud. Prints counts, never names.
set -euo pipefail
cd "$(dirname "$0")/.."
unspool=${UNSPOOL:-${CARGO_TARGET_DIR:-target}/release/unspool}
work=${1:-$(mktemp -d)}; mkdir -p "$work"; failed=0
data=; for d in {..,../..}/shared/data; do if [ -z "$data" ] && [ -d "$d/operations-sites/eval-operations" ]; then data=$d; fi; done
# Exit code 3 says that some evidence was not read whole.
ours() { local rc=0; "$unspool" -q "$@" > "$work/said" || rc=$?; if [ $rc != 0 ] && [ $rc != 3 ]; then cat "$work/said"; echo "error: unspool $* ended with $rc"; exit 1; fi; }
# joined NAME EVIDENCE BUNDLES: a case of the evidence, the lists put in, what joins.
joined() {
  rm -rf "$work/$1"; ours investigate "$2" -o "$work/$1"; ours import "$work/$1" "$3"/*.stix.json
  ours report "$work/$1" --format json -o "$work/$1.json"
  echo "$1: $(python3 scripts/exchange/joined.py "$work/$1.json" "$3" "$2" || echo "FAIL")" | tee "$work/$1.txt"
  if grep -q FAIL "$work/$1.txt"; then failed=1; fi
}

rm -rf "$work/demo"; ours demo "$work/demo"
# An invented list of three of the demo's own sites and mailboxes: must join, or nothing below means anything.
python3 - "$work" <<'END'
import json, pathlib, re, sys
work = pathlib.Path(sys.argv[1]); (work / "control-list").mkdir(exist_ok=True)
text = " ".join(p.read_text("utf-8", "replace") for p in sorted((work / "demo/evidence").rglob("*")) if p.suffix in (".eml", ".mbox", ".html"))
hosts = sorted(set(re.findall(r"https?://([a-z0-9.-]+\.example)", text)))[:3]
rows = "".join(f"invented,domain,{h},,2026-10-01\n" for h in hosts)
(work / "control.csv").write_text("operation,type,value,role,first_seen\n" + rows)
END
python3 scripts/exchange/bundles.py "$work/control.csv" "$work/control-list"
joined control "$work/demo/evidence" "$work/control-list"
grep -q " 0 lists join" "$work/control.txt" && { echo "FAIL: a planted list does not join"; failed=1; }

if [ -z "$data" ]; then echo "SKIPPED: ../shared/data/operations-sites/eval-operations is not here"; else
  rm -rf "$work/lists"; python3 scripts/exchange/bundles.py "$data/operations-sites/eval-operations/indicators_dev.csv" "$work/lists"
  joined demo-lists "$work/demo/evidence" "$work/lists"
  if [ -d "$data/mail-dev/mail" ]; then joined mail-lists "$data/mail-dev/mail" "$work/lists"; else echo "SKIPPED: ../shared/data/mail-dev is not here"; fi
fi
exit $failed
