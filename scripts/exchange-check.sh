#!/usr/bin/env bash
# Judges the exchange exports with readers that are not ours: stix2-validator, python-stix2, OpenCTI's splitter, pymisp, case_validate.
# usage: scripts/exchange-check.sh [CASE…]   without a case: the demo, the worked example and a hostile case. The tools come from PyPI
# into $EXCHANGE_HOME (default target/exchange) once; where PyPI cannot be reached and they are not there yet, this fails and says so.
# The OASIS schemas are not in this project: where ../shared/data has none, stix2-validator is skipped, aloud.
set -euo pipefail
cd "$(dirname "$0")/.."
home=${EXCHANGE_HOME:-target/exchange}; mkdir -p "$home"; home=$(cd "$home" && pwd)
unspool=${UNSPOOL:-${CARGO_TARGET_DIR:-target}/release/unspool}; checks=scripts/exchange; passed=0; failed=0; skipped=0
export SOURCE_DATE_EPOCH=1767225600

# venv NAME PACKAGE…: an environment with these packages, made once and whole.
venv() {
  local stamp="$home/$1/made-with-${*:2}"; stamp=${stamp// /-}
  [ -e "$stamp" ] && return
  rm -rf "${home:?}/$1"
  if ! { python3 -m venv "$home/$1" && "$home/$1/bin/pip" install -q --disable-pip-version-check --timeout 30 --retries 2 "${@:2}"; } > "$home/$1.log" 2>&1; then
    tail -n 5 "$home/$1.log"; rm -rf "${home:?}/$1"
    echo "error: cannot install ${*:2} from PyPI, and without them nothing can be judged (log: $home/$1.log)"; exit 1
  fi
  touch "$stamp"
}
venv stix stix2==3.0.2 stix2-validator==3.3.1 pycti==7.261026.0 taxii2-client==2.3.0
venv misp pymisp==2.5.34.4
venv case case-utils==0.18.0

at=$("$home/stix/bin/python" -c 'import stix2validator,os;print(os.path.dirname(stix2validator.__file__))')/schemas-2.1
for schemas in {..,../..}/shared/data/operations-sites/exchange/stix21-json-schemas; do
  if [ ! -d "$at/schemas" ] && [ -d "$schemas" ]; then mkdir -p "$at"; cp -r "$schemas"/{schemas,interop,examples} "$at/"; fi
done

say() { echo "$1  ${*:2}"; case $1 in pass) passed=$((passed + 1)) ;; FAIL) failed=$((failed + 1)) ;; *) skipped=$((skipped + 1)) ;; esac; }
# check NAME COMMAND…: must end with 0.
check() {
  if "${@:2}" > "$work/log" 2>&1; then say pass "$1: $(tail -n 1 "$work/log" | cut -c1-140)"
  else say FAIL "$1"; tail -n 15 "$work/log" | cut -c1-300; fi
}
# Exit code 3 says that some evidence was not read whole: the demo and the hostile case are made so.
ours() { local rc=0; "$unspool" -q "$@" > /dev/null 2> "$home/ours.log" || rc=$?; if [ $rc != 0 ] && [ $rc != 3 ]; then cat "$home/ours.log"; echo "error: unspool $* ended with $rc"; exit 1; fi; }

judge() {
  local name=$1 case=$2 f; work="$home/work/$name"; mkdir -p "$work"
  for f in stix stix-fimi misp disarm-layer attack-layer case-uco csv-indicators; do
    ours report "$case" --format $f -o "$work/$f.json"; ours report "$case" --format $f -o "$work/$f.again"
    check "$name $f same bytes" cmp "$work/$f.json" "$work/$f.again"
  done
  for f in stix stix-fimi; do
    if [ -d "$at/schemas" ]; then check "$name $f stix2-validator" "$home/stix/bin/stix2_validator" --strict --enforce-refs -d 103,302,202 "$work/$f.json"
    else say SKIPPED "$name $f stix2-validator: the OASIS schemas are not here (../shared/data)"; fi
  done
  check "$name stix second opinions" "$home/stix/bin/python" $checks/stix.py "$work/stix.json" core
  check "$name stix-fimi second opinions" "$home/stix/bin/python" $checks/stix.py "$work/stix-fimi.json" fimi
  check "$name misp" "$home/misp/bin/python" $checks/misp.py "$work/misp.json"
  cp "$work/case-uco.json" "$work/case-uco.jsonld"
  check "$name case-uco" "$home/case/bin/case_validate" "$work/case-uco.jsonld"
}
# canaries NAME CASE: what was planted in every field neither acts nor vanishes.
canaries() {
  local case=$2 f form people; work="$home/work/$1"
  people=$(grep -o 'CANARY-[a-z0-9-]*[a-z0-9]' $checks/hostile.toml | sort -u)
  for form in html md json jsonl csv csv-actors csv-links csv-evidence; do ours report "$case" --format $form -o "$work/$form.${form%%-*}"; done
  for f in stix stix-fimi; do check "$1 $f canaries" python3 $checks/canary.py "$work/$f.json" $f $people CANARY-account CANARY-post CANARY-file; done
  # What MISP cannot say stands in its loss report: who judged, whose clock, when it was said in words.
  check "$1 misp canaries" python3 $checks/canary.py "$work/misp.json" misp $(grep -vxE 'CANARY-(by|clock|said)' <<< "$people") CANARY-account CANARY-post
  check "$1 case-uco canaries" python3 $checks/canary.py "$work/case-uco.json" case-uco CANARY-file CANARY-by
  for f in disarm-layer attack-layer; do check "$1 $f canaries" python3 $checks/canary.py "$work/$f.json" $f; done
  check "$1 csv-indicators canaries" python3 $checks/canary.py "$work/csv-indicators.json" csv CANARY-account
  for f in html md csv csv-actors csv-links csv-evidence; do check "$1 $f canaries" python3 $checks/canary.py "$work/$f.${f%%-*}" $f; done
}

page() ( tool=$(realpath "$unspool"); unspool() { "$tool" -q "$@"; }; export -f unspool; export tool; cd "$made/page" && bash -e commands.sh && grep -c . commands.sh )

if [ $# -gt 0 ]; then for case in "$@"; do judge "$(basename "$case")" "$case"; done; else
  made="$home/made"; rm -rf "$made"; mkdir -p "$made"
  ours demo "$made/demo"
  judge demo "$made/demo/case"
  # The worked example's own commands, as its page writes them.
  mkdir -p "$made/page"; work="$made/page"; ln -s "$PWD/docs" "$made/page/docs"
  awk '/^```/ { on = !on; next } on' docs/worked-example.md > "$made/page/commands.sh"
  check "worked commands" page
  judge worked "$made/page/worked"
  python3 $checks/hostile.py "$made/demo/evidence" "$made/hostile-evidence"
  ours investigate "$made/hostile-evidence" -o "$made/hostile" --title $'CANARY-case \e[31m<script>alert(1)</script>'
  ours judge "$made/hostile" $checks/hostile.toml
  judge hostile "$made/hostile"
  canaries hostile "$made/hostile"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
