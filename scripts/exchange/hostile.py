"""Makes the demo's evidence hostile: every word that evidence may choose carries a canary that would act where it is not made harmless.
usage: hostile.py DEMO_EVIDENCE OUT"""
import csv, gzip, json, pathlib, re, sys

frm, to = map(pathlib.Path, sys.argv[1:3])
ACT = "CANARY-%s <script>alert(1)</script>\u202e\u200b \" ' | ]]> --> =HYPERLINK(\"http://canary.example\") {{7*7}} \\ %%00 \x1b[31m"
act = lambda what: ACT % what


def posts(rows):
    for row in rows:
        for key in ("text", "message"):
            if row.get(key):
                row[key] = row[key] + " " + act("post")
        for key in ("username", "name"):
            if row.get(key):
                row[key] = "=" + row[key] + "|CANARY-account"
        if isinstance(row.get("author"), dict):
            row["author"]["username"] = "=" + row["author"]["username"] + "|CANARY-account"
        if row.get("urls"):
            row["urls"] = row["urls"] + "?CANARY-url='><script>"
        yield row


def one(path, out):
    name = path.name
    if name.endswith(".csv"):
        with open(path, newline="") as f, open(out, "w", newline="") as g:
            rows = csv.DictReader(f)
            w = csv.DictWriter(g, rows.fieldnames)
            w.writeheader()
            w.writerows(posts(rows))
    elif name.endswith(".jsonl.gz"):
        rows = (json.loads(l) for l in gzip.open(path, "rt"))
        with open(out, "wb") as f, gzip.GzipFile("", "wb", fileobj=f, mtime=0) as g:
            g.write("".join(json.dumps(r) + "\n" for r in posts(rows)).encode())
    elif name.endswith((".mbox", ".eml")):
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        text = re.sub(r"(?m)^Subject: (.*)$", lambda m: "Subject: " + m[1] + " " + act("subject").replace("\x1b", ""), text)
        text = re.sub(r"(?m)^From: (\w)", lambda m: "From: CANARY-from|<script> " + m[1], text)
        out.write_bytes(text.encode("utf-8", "surrogateescape"))
    elif name.endswith(".html"):
        text = path.read_text().replace("<title>", "<title>CANARY-title &lt;script&gt;\u202e ", 1).replace("</p>", " CANARY-page &lt;img src=x onerror=alert(1)&gt;</p>")
        out.write_text(text)
    else:
        out.write_bytes(path.read_bytes())


for path in sorted(p for p in frm.rglob("*") if p.is_file()):
    parts = path.relative_to(frm).parts
    out = to.joinpath(*parts[:-1], "CANARY-file=" + parts[-1])
    out.parent.mkdir(parents=True, exist_ok=True)
    one(path, out)
