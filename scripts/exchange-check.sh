#!/usr/bin/env bash
# Judges the exchange exports with readers that are not ours: stix2-validator, python-stix2, OpenCTI's splitter, pymisp, case_validate, networkx.
# and TAXII, handovers and imports with clients and tools that are not ours (taxii2-client, ssh-keygen, openssl, plain Python).
# usage: scripts/exchange-check.sh [CASE…]   without a case: the demo, both worked examples and a hostile case. The tools come from PyPI
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
venv graphs networkx==3.6.1

at=$("$home/stix/bin/python" -c 'import stix2validator,os;print(os.path.dirname(stix2validator.__file__))')/schemas-2.1
for schemas in {..,../..}/shared/data/operations-sites/exchange/stix21-json-schemas; do
  if [ ! -d "$at/schemas" ] && [ -d "$schemas" ]; then mkdir -p "$at"; cp -r "$schemas"/{schemas,interop,examples} "$at/"; fi
done

say() { echo "$1  ${*:2}"; case $1 in pass) passed=$((passed + 1)) ;; FAIL) failed=$((failed + 1)) ;; *) skipped=$((skipped + 1)) ;; esac; }
# check NAME COMMAND…: must end with 0.
check() {
  local rc=0
  set +e; ( set -e; "${@:2}" ) > "$work/log" 2>&1; rc=$?; set -e
  if [ $rc = 0 ]; then say pass "$1: $(tail -n 1 "$work/log" | cut -c1-140)"
  else say FAIL "$1"; tail -n 15 "$work/log" | cut -c1-300; fi
}
# Exit code 3 says that some evidence was not read whole: the demo and the hostile case are made so.
ours() { local rc=0; "$unspool" -q "$@" > /dev/null 2> "$home/ours.log" || rc=$?; if [ $rc != 0 ] && [ $rc != 3 ]; then cat "$home/ours.log"; echo "error: unspool $* ended with $rc"; exit 1; fi; }

judge() {
  local name=$1 case=$2 f; work="$home/work/$name"; mkdir -p "$work"
  for f in stix stix-fimi misp disarm-layer attack-layer case-uco csv-indicators gexf graphml; do
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
  check "$name gexf and graphml in networkx" "$home/graphs/bin/python" $checks/graphs.py "$work/gexf.json" "$work/graphml.json"
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

# served CASE BUNDLE: a client reads the case from our server, on this machine, for as long as the client runs.
served() {
  local case=$1 bundle=$2 pid rc=0
  echo "a token for the check alone" > "$home/token"
  "$unspool" serve "$case" --taxii --listen 127.0.0.1:0 --token-file "$home/token" 2> "$home/serve.log" & pid=$!
  for _ in $(seq 100); do grep -q Discovery "$home/serve.log" && break; sleep 0.1; done
  "$home/stix/bin/python" $checks/taxii.py "$(grep -o 'http://[0-9.:]*' "$home/serve.log" | head -n 1)" "a token for the check alone" "$bundle" || rc=$?
  kill $pid; wait $pid 2> /dev/null || true
  return $rc
}
# refuses COMMAND…: must fail (`!` alone does not end a script that goes on).
refuses() { if "$@"; then echo "taken although it should not be: $*"; return 1; fi; }
# authority FOLDER NAME, issued FOLDER NAME ISSUER rsa|ec EXTENSIONS: certificates for these checks alone.
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$2" -addext basicConstraints=critical,CA:TRUE \
    -keyout "$1/$2.key" -out "$1/$2.pem" 2>> "$1/openssl.log"
}
issued() {
  local kind=(rsa:2048); [ "$4" = rsa ] || kind=(ec -pkeyopt ec_paramgen_curve:P-256)
  openssl req -newkey "${kind[@]}" -nodes -subj "/CN=$2" -keyout "$1/$2.key" -out "$1/$2.csr" 2>> "$1/openssl.log"
  openssl x509 -req -in "$1/$2.csr" -CA "$1/$3.pem" -CAkey "$1/$3.key" -days 2 -extfile <(printf "$5") -out "$1/$2.pem" 2>> "$1/openssl.log"
}
# fetched DEMO: what one case serves, another fetches: in the open on this machine, and by TLS with an authority of our own.
fetched() {
  local demo=$1 out="$home/fetched" plain tls
  rm -rf "$out"; mkdir -p "$out"; trap 'kill $(jobs -p)' EXIT
  echo "a token for the check alone" > "$out/token"
  authority "$out" root; issued "$out" tls root ec 'subjectAltName=IP:127.0.0.1\n'
  python3 $checks/tls.py "$out/port" "$out/tls.pem" "$out/tls.key" > "$out/tls.port" 2> "$out/tls.log" &
  for _ in $(seq 100); do [ -s "$out/tls.port" ] && break; sleep 0.1; done
  tls="https://127.0.0.1:$(cat "$out/tls.port")"
  "$unspool" serve "$demo/case" --taxii --listen 127.0.0.1:0 --address "$tls" --token-file "$out/token" 2> "$out/serve.log" &
  for _ in $(seq 100); do grep -q Discovery "$out/serve.log" && break; sleep 0.1; done
  plain=$(grep -o 'http://[0-9.:]*' "$out/serve.log" | head -n 1); echo "${plain##*:}" > "$out/port"
  fetching "$demo" "$out" "$plain" "$tls"
}
fetching() {
  local demo=$1 out=$2 plain=$3 tls=$4 id
  "$unspool" -q import taxii "$plain/api/" --token-file "$out/token" > "$out/offered"
  id=$(awk '/STIX 2.1$/ { print $1 }' "$out/offered")
  "$unspool" -q investigate "$demo/evidence/mail" "$demo/evidence/posts" -o "$out/case" > /dev/null || [ $? = 3 ]
  # A wrong token and an authority that nobody trusts: nothing is taken in.
  refuses env UNSPOOL_TAXII_TOKEN=wrong "$unspool" -q import taxii "$plain/api/" "$out/case" 2> "$out/said"; grep -q "answers 401" "$out/said"
  # Discovery in the open names a root elsewhere.
  refuses "$unspool" -q import taxii "$plain" "$out/case" --token-file "$out/token" 2> "$out/said"; grep -q "only the address that was asked for" "$out/said"
  refuses "$unspool" -q import taxii "$tls" "$out/case" --token-file "$out/token" 2> "$out/said"; grep -qi "certificate" "$out/said"
  "$unspool" -q verify "$out/case" > /dev/null
  "$unspool" -q import taxii "$tls" "$out/case" --collection "$id" --token-file "$out/token" --ca-file "$out/root.pem" > "$out/said" || [ $? = 3 ]
  grep -q "published list" "$out/said"
  # Sealed is every object as it was served, and where it is from.
  ours report "$demo/case" --format stix -o "$out/stix.json"
  python3 - "$out/case" "$out/stix.json" "$tls/taxii2/" <<'END'
import json, pathlib, sys
case, bundle, server = sys.argv[1:]
mine = [json.loads(f.read_bytes()) for f in pathlib.Path(case, "evidence").glob("*/*") if b"x_unspool_taxii" in f.read_bytes()]
assert len(mine) == 1 and mine[0]["x_unspool_taxii"]["server"] == server, [m["x_unspool_taxii"] for m in mine]
by_id = lambda objects: sorted(objects, key=lambda o: o["id"])
assert by_id(mine[0]["objects"]) == by_id(json.loads(pathlib.Path(bundle).read_bytes())["objects"])
print(len(mine[0]["objects"]), "objects fetched by TLS,", len(mine[0]["x_unspool_taxii"]["pages"]), "pages")
END
}
# handed CASE: packed, signed and checked, by us and by ssh-keygen; the same twice; altered, it is refused.
handed() {
  local case=$1 out="$home/handed"
  rm -rf "$out"; mkdir -p "$out"
  ssh-keygen -q -t ed25519 -N '' -C sender -f "$out/key"
  "$unspool" -q package "$case" --for "a newsroom" --tlp green --sign "$out/key" -o "$out/one.zip"
  "$unspool" -q package "$case" --for "a newsroom" --tlp green --sign "$out/key" -o "$out/two.zip"
  cmp "$out/one.zip" "$out/two.zip"
  "$unspool" -q verify "$out/one.zip" --signers "$out/key.pub"
  python3 -c 'import sys,zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$out/one.zip" "$out/open"
  echo "sender $(cat "$out/key.pub")" > "$out/signers"
  ssh-keygen -q -Y verify -f "$out/signers" -I sender -n unspool-handover -s "$out/open/manifest.json.sig" < "$out/open/manifest.json"
  python3 - "$out/open" <<'END'
import hashlib, json, pathlib, sys
top = pathlib.Path(sys.argv[1]); manifest = json.loads((top / "manifest.json").read_text())
for f in manifest["files"]: assert hashlib.sha256((top / f["path"]).read_bytes()).hexdigest() == f["sha256"], f["path"]
here = {str(p.relative_to(top)) for p in top.rglob("*") if p.is_file()} - {"manifest.json", "manifest.json.sig"}
assert here == {f["path"] for f in manifest["files"]}
last = ""
for row in (top / "ledger.jsonl").read_text().splitlines():
    line = json.loads(row); said = line.pop("hash"); number = line.pop("line"); when = line.pop("when")
    words = json.dumps([number, when, line], ensure_ascii=False, separators=(",", ":"))
    last = hashlib.sha256((last + words).encode()).hexdigest(); assert last == said, number
leaf = lambda p: hashlib.sha256(b"\0" + bytes.fromhex(p["sha256"]) + p["bytes"].to_bytes(8, "big")).digest()
def root(l):
    if len(l) == 1: return l[0]
    k = 1 << (len(l) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(l[:k]) + root(l[k:])).digest()
assert root([leaf(json.loads(r)) for r in (top / "evidence.jsonl").read_text().splitlines()]).hex() == manifest["evidence"]["root"]
END
  "$unspool" -q verify "$out/open"
  "$unspool" -q package "$case" --redact mailboxes,accounts -o "$out/redacted.zip"
  ssh-keygen -q -Y sign -n unspool-handover -f "$out/key" "$out/redacted.zip"
  "$unspool" -q verify "$out/redacted.zip" --signers "$out/key.pub"
  python3 -c 'import sys; p=sys.argv[1]; b=bytearray(open(p,"rb").read()); b[len(b)//2]^=1; open(p,"wb").write(b)' "$out/one.zip"
  ! "$unspool" -q verify "$out/one.zip" --signers "$out/key.pub"
}
# stamped CASE: a request of ours, answered by an authority made with openssl; checked by us and by openssl.
stamped() {
  local case=$1 out="$home/stamped"
  rm -rf "$out"; mkdir -p "$out"
  authority "$out" root; authority "$out" foreign
  issued "$out" tsa root rsa 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n'
  printf '%s\n' '[tsa]' default_tsa=t '[t]' "serial=$out/serial" crypto_device=builtin signer_digest=sha256 default_policy=1.2.3.4 digests=sha256 > "$out/tsa.cnf"
  "$unspool" -q package "$case" --hashes-only --stamp -o "$out/one.zip"
  cp "$out/one.zip" "$out/plain.zip"
  openssl ts -reply -config "$out/tsa.cnf" -queryfile "$out/one.zip.tsq" -signer "$out/tsa.pem" -inkey "$out/tsa.key" -out "$out/one.zip.tsr" 2>> "$out/openssl.log"
  "$unspool" -q stamp "$out/one.zip" "$out/one.zip.tsr"
  "$unspool" -q verify "$out/one.zip" --authorities "$out/root.pem" > "$out/said"
  grep -q "The list existed at .* by the word of CN=tsa" "$out/said"
  "$unspool" -q verify "$out/one.zip" > "$out/said"; grep -q "anyone can make such a certificate" "$out/said"
  refuses "$unspool" -q verify "$out/one.zip" --authorities "$out/foreign.pem" > "$out/said"; grep -q "WRONG  the time stamp: it leads to no authority" "$out/said"
  refuses "$unspool" -q verify "$out/plain.zip" --authorities "$out/root.pem" > "$out/said"; grep -q "WRONG  the time stamp: there is none" "$out/said"
  python3 -c 'import sys,zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])' "$out/one.zip" "$out/open"
  openssl ts -verify -data "$out/open/manifest.json" -in "$out/open/manifest.json.tsr" -CAfile "$out/root.pem" 2>> "$out/openssl.log"
  openssl ts -verify -queryfile "$out/open/manifest.json.tsq" -in "$out/open/manifest.json.tsr" -CAfile "$out/root.pem" 2>> "$out/openssl.log"
  # An answer to another request is not put in, and one put in by other means is named.
  "$unspool" -q package "$case" --hashes-only --for "somebody else" --stamp -o "$out/two.zip"
  refuses "$unspool" -q stamp "$out/two.zip" "$out/one.zip.tsr" 2> "$out/said"; grep -q "about other bytes" "$out/said"
  "$unspool" -q stamp "$out/plain.zip"
  refuses "$unspool" -q stamp "$out/plain.zip" "$out/one.zip.tsr" 2> "$out/said"; grep -q "number used once" "$out/said"
  echo "stamped, taken in and verified by us and by openssl"
}
# imported: what one case exports, another takes in and joins with its own.
imported() {
  local demo=$1 out="$home/imported" f
  rm -rf "$out"; mkdir -p "$out"
  for f in stix misp csv-indicators; do "$unspool" -q report "$demo/case" --format $f -o "$out/$f.${f%%-*}" || [ $? = 3 ]; done
  cp "$out/csv-indicators.csv" "$out/indicators.csv"
  for f in stix.stix misp.misp indicators.csv; do
    "$unspool" -q investigate "$demo/evidence/mail" "$demo/evidence/posts" -o "$out/case-$f" > /dev/null || [ $? = 3 ]
    "$unspool" -q import "$out/case-$f" "$out/$f" > "$out/said" || [ $? = 3 ]
    cat "$out/said"
    grep -q "published list" "$out/said"
  done
}
page() ( tool=$(realpath "$unspool"); unspool() { "$tool" -q "$@"; }; export -f unspool; export tool; cd "$made/page" && bash -e commands.sh && grep -c . commands.sh )

if [ $# -gt 0 ]; then for case in "$@"; do judge "$(basename "$case")" "$case"; done; else
  made="$home/made"; rm -rf "$made"; mkdir -p "$made"
  ours demo "$made/demo"
  judge demo "$made/demo/case"
  check "demo taxii2-client" served "$made/demo/case" "$work/stix.json"
  check "demo import taxii" fetched "$made/demo"
  check "demo handover" handed "$made/demo/case"
  check "demo time stamp" stamped "$made/demo/case"
  check "demo import" imported "$made/demo"
  # The worked example's own commands, as its page writes them.
  mkdir -p "$made/page"; work="$made/page"; ln -s "$PWD/docs" "$made/page/docs"
  awk '/^```/ { on = !on; next } on' docs/worked-example.md > "$made/page/commands.sh"
  check "worked commands" page
  judge worked "$made/page/worked"
  # Worked example 2: published lists, one bundle an operation; the script says aloud what data is not here.
  work="$made"; mkdir -p "$made/lists"
  check "worked lists" env UNSPOOL="$(realpath "$unspool")" scripts/worked-lists.sh "$made/lists"
  while read -r line; do echo "      $line"; done < "$work/log"
  judge lists "$made/lists/control"
  python3 $checks/hostile.py "$made/demo/evidence" "$made/hostile-evidence"
  ours investigate "$made/hostile-evidence" -o "$made/hostile" --title $'CANARY-case \e[31m<script>alert(1)</script>'
  ours judge "$made/hostile" $checks/hostile.toml
  judge hostile "$made/hostile"
  canaries hostile "$made/hostile"
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
