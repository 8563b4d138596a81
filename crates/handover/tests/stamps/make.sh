#!/usr/bin/env bash
# How the time stamps beside this file were made: by OpenSSL's `ts` (3.0), with authorities that exist for these tests only.
# The keys are thrown away. usage: make.sh   (in this folder)
set -euo pipefail
cd "$(dirname "$0")"; at=$(mktemp -d); trap 'rm -rf "$at"' EXIT
printf 'a list of files\n' > list.txt
printf 'another list\n' > "$at/other.txt"
sub() { openssl req -newkey "$@" -nodes -keyout "$at/$name.key" -out "$at/$name.csr" -subj "/O=Test of Unspool/CN=$name" 2> /dev/null; }
root() { name=$1; openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -keyout "$at/$1.key" -out "$1.pem" \
  -subj "/O=Test of Unspool/CN=$1" -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2> /dev/null; }
# issue NAME ISSUER EXTENSIONS START END
issue() {
  printf '%b' "$3" > "$at/ext"; : > "$at/index"
  printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s\nserial=%s\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\norganizationName=optional\ncommonName=supplied\n' \
    "$at/index" "$at/serial" "$at" > "$at/ca.cnf"
  [ -e "$at/serial" ] || echo 1000 > "$at/serial"
  local pem=$2.pem; [ -e "$pem" ] || pem=$at/$2.pem
  openssl ca -batch -notext -config "$at/ca.cnf" -in "$at/$1.csr" -cert "$pem" -keyfile "$at/$2.key" -extfile "$at/ext" \
    -startdate "$4" -enddate "$5" -out "$at/$1.pem" 2> /dev/null
}
stamping='extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n'
whole=20200101000000Z; end=21200101000000Z
root root; root foreign
name=between; sub ec -pkeyopt ec_paramgen_curve:P-384; issue between root 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' $whole $end
name=ec; sub ec -pkeyopt ec_paramgen_curve:P-256; issue ec root "$stamping" $whole $end
name=rsa; sub rsa:2048; issue rsa between "$stamping" $whole $end
name=past; sub ec -pkeyopt ec_paramgen_curve:P-256; issue past root "$stamping" $whole 20210101000000Z
name=loose; sub ec -pkeyopt ec_paramgen_curve:P-256; issue loose root 'keyUsage=critical,digitalSignature\n' $whole $end
openssl ts -query -data list.txt -sha256 -cert -out list.tsq 2> /dev/null
openssl ts -query -data list.txt -sha256 -cert -out "$at/again.tsq" 2> /dev/null
openssl ts -query -data "$at/other.txt" -sha256 -cert -out "$at/other.tsq" 2> /dev/null
# reply QUERY SIGNER CHAIN DIGEST OUT
reply() {
  printf '[tsa]\ndefault_tsa=t\n[t]\nserial=%s\ncrypto_device=builtin\nsigner_digest=%s\ndefault_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1,millisecs:500\nclock_precision_digits=%s\nordering=no\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n' \
    "$at/ts.serial" "$4" "${digits:-0}" > "$at/ts.cnf"
  openssl ts -reply -config "$at/ts.cnf" -queryfile "$1" -signer "$at/$2.pem" -inkey "$at/$2.key" ${3:+-chain "$at/$3.pem"} -out "$5" 2> /dev/null
}
reply list.tsq ec '' sha256 ec.tsr
digits=3 reply list.tsq rsa between sha512 rsa.tsr
reply "$at/again.tsq" ec '' sha256 again.tsr
reply "$at/other.tsq" ec '' sha256 other.tsr
reply list.tsq past '' sha256 past.tsr
# A request that the authority turns down.
openssl ts -query -data list.txt -sha512 -cert -out "$at/refused.tsq" 2> /dev/null
reply "$at/refused.tsq" ec '' sha256 refused.tsr || true
# OpenSSL stamps with no certificate that is not for stamping alone: the words of a stamp are signed as any other message.
openssl ts -reply -in ec.tsr -token_out -out "$at/token" 2> /dev/null
openssl cms -verify -noverify -inform DER -in "$at/token" -binary -out "$at/words" 2> /dev/null
openssl cms -sign -binary -nodetach -cades -md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4 -outform DER -signer "$at/loose.pem" \
  -inkey "$at/loose.key" -in "$at/words" -out "$at/loose.token"
python3 - "$at/loose.token" loose.tsr <<'END'
import sys
token = open(sys.argv[1], "rb").read(); body = bytes.fromhex("3003020100") + token
open(sys.argv[2], "wb").write(b"\x30\x82" + len(body).to_bytes(2, "big") + body)
END
