#!/usr/bin/env bash
# Judges the exchange exports with readers that are not ours: stix2-validator, python-stix2, OpenCTI's splitter, pymisp, case_validate.
# usage: scripts/exchange-check.sh [CASE…]   without a case: the demo and the worked example. Tools come from PyPI into $EXCHANGE_HOME
# (default target/exchange). The OASIS schemas are not in this project: where ../shared/data has none, that check is skipped, aloud.
set -euo pipefail
cd "$(dirname "$0")/.."
home=${EXCHANGE_HOME:-target/exchange}; mkdir -p "$home"; home=$(cd "$home" && pwd)
unspool=${UNSPOOL:-target/release/unspool}; checks=scripts/exchange; bad=0
venv() { [ -d "$home/$1" ] || { python3 -m venv "$home/$1"; "$home/$1/bin/pip" install -q "${@:2}"; }; }
venv stix stix2==3.0.2 stix2-validator==3.3.1 pycti==7.261026.0
venv misp pymisp
venv case case-utils
schemas=../shared/data/operations-sites/exchange/stix21-json-schemas
at=$("$home/stix/bin/python" -c 'import stix2validator,os;print(os.path.dirname(stix2validator.__file__))')/schemas-2.1
[ -d "$at/schemas" ] || { [ -d "$schemas" ] && mkdir -p "$at" && cp -r "$schemas"/{schemas,interop,examples} "$at/"; } || true

report() { local rc=0; "$unspool" report "$1" --format "$2" -o "$3" || rc=$?; [ $rc = 0 ] || [ $rc = 3 ]; }
check() { if "${@:2}" > "$work/log" 2>&1; then echo "pass  $1: $(tail -n 1 "$work/log" | cut -c1-140)"; else echo "FAIL  $1"; tail -n 15 "$work/log" | cut -c1-300; bad=1; fi; }
judge() {
  local name=$1 case=$2; work="$home/work/$name"; mkdir -p "$work"
  for f in stix stix-fimi misp disarm-layer attack-layer case-uco csv-indicators; do report "$case" $f "$work/$f.json"; report "$case" $f "$work/$f.again"; check "$name $f same bytes" cmp "$work/$f.json" "$work/$f.again"; done
  if [ -d "$at/schemas" ]; then
    for f in stix stix-fimi; do check "$name $f stix2-validator" "$home/stix/bin/stix2_validator" --strict --enforce-refs -d 103,302,202 "$work/$f.json"; done
  else echo "SKIPPED: the OASIS schemas are not here (../shared/data): stix2-validator was not run"; fi
  check "$name stix second opinions" "$home/stix/bin/python" $checks/stix.py "$work/stix.json" core
  check "$name stix-fimi second opinions" "$home/stix/bin/python" $checks/stix.py "$work/stix-fimi.json" fimi
  check "$name misp" "$home/misp/bin/python" $checks/misp.py "$work/misp.json"
  cp "$work/case-uco.json" "$work/case-uco.jsonld"
  check "$name case-uco" "$home/case/bin/case_validate" "$work/case-uco.jsonld"
}
if [ $# -gt 0 ]; then for case in "$@"; do judge "$(basename "$case")" "$case"; done; else
  made="$home/made"; rm -rf "$made"; mkdir -p "$made"
  "$unspool" demo "$made/demo" > /dev/null || [ $? = 3 ]
  judge demo "$made/demo/case"
  "$unspool" investigate -o "$made/worked" --title "The 2024 hack-and-leak, as published" > /dev/null
  "$unspool" judge "$made/worked" docs/worked-example/judgement.toml
  judge worked "$made/worked"
  "$unspool" investigate -o "$made/hostile" --title $'CANARY \e[31m<script>alert(1)</script>' > /dev/null
  "$unspool" judge "$made/hostile" scripts/exchange/hostile.toml
  judge hostile "$made/hostile"
fi
[ $bad = 0 ] && echo "RESULT PASS" || echo "RESULT FAIL"; exit $bad
