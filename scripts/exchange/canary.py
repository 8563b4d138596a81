"""What a hostile case must not do in an export: act, or vanish.  usage: canary.py FILE FORM WORD…   the words must be in the export."""
import json, re, sys

path, form, words = sys.argv[1], sys.argv[2], sys.argv[3:]
raw = open(path, encoding="utf-8").read(); bad = []
strings = []
ACTS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
# Not even inside quoted words may such a character stand as it is: a text viewer would act on it.
if re.search(ACTS, raw): bad.append("the file's own text holds a character that acts")
exact = set()


def walk(x):
    if isinstance(x, str): strings.append(x)
    elif isinstance(x, dict):
        for k, v in x.items():
            strings.append(k)
            n = len(strings)
            walk(v)
            # Our extension keeps exact words for machines to compare; everything that people are shown is made harmless.
            if k == "extensions": exact.update(range(n, len(strings)))
    elif isinstance(x, list):
        for v in x: walk(v)


if form.startswith("csv"):
    import csv
    rows = list(csv.reader(raw.splitlines(keepends=True)))
    strings = [c for r in rows for c in r]
    bad += [f"a cell begins with {c[0]!r}: {c[:60]!r}" for c in strings if c[:1] in ("=", "+", "-", "@", "\t")]
    bad += ["a row of another length"] * (len({len(r) for r in rows}) > 1)
elif path.endswith((".html", ".md", ".txt")):
    strings = [raw]
    shown = "\n".join(l for l in raw.splitlines() if not l.startswith("    ") or not path.endswith(".md"))  # settings are a block of code
    if re.search(r"<script>alert|<img src=x", shown): bad.append("markup gets through")
else:
    walk(json.loads(raw))
for i, s in enumerate(strings):
    hit = re.search(ACTS, s)
    if hit and i not in exact: bad.append(f"a character that acts gets through: {s[max(0, hit.start() - 30):hit.end() + 10]!r}")
lost = [w for w in words if not any(w.lower() in s.lower() for s in strings)]
bad += [f"lost: {w}" for w in lost]
for b in sorted(set(bad))[:20]: print(b)
print(f"{len(strings)} texts, {sum('canary' in s.lower() for s in strings)} with canaries, {len(bad)} remarks")
sys.exit(bool(bad))
