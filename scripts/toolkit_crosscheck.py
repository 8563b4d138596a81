#!/usr/bin/env python3
"""Random small inputs of hostile shapes through coordination-network-toolkit 1.5.2 and `unspool coordinate --method qut`:
are the edges the same, in every network?

    python3 scripts/toolkit_crosscheck.py [UNSPOOL] [ROUNDS] [SEED]

The toolkit is installed from PyPI into a folder of its own. Inputs are made here, of invented accounts: message ids that
come again, texts of nothing but mentions or white space, no URLs and the same URL twice, reposts of oneself and of messages
not there, the same second, halves and tenths of seconds (unspool keeps microseconds, the toolkit doubles), times before 1970, mail addresses, scripts of many kinds, quotes and line
breaks. Exits 1 at the first difference and says where the input lies.
"""

import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "unspool-bench-coordinate"
TOOLKIT = "coordination-network-toolkit==1.5.2"
NETWORKS = {
    "co_retweet": "repost",
    "co_tweet": "text",
    "co_similar_tweet": "similar-text",
    "co_link": "url",
    "co_reply": "reply",
    "co_post": "post",
}

# One process for all rounds: starting Python anew for each network would take most of the time.
PEER = """
import concurrent.futures, contextlib, io, json, pathlib, sqlite3, sys
from coordination_network_toolkit import compute_networks as c
from coordination_network_toolkit.preprocess import preprocess_csv_files

class Here:
    def __init__(self, **_): pass
    def submit(self, f, *a):
        done = concurrent.futures.Future()
        try: done.set_result(f(*a))
        except Exception as e: done.set_exception(e)
        return done
class Lock:
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def acquire(self): pass
    def release(self): pass
class Manager:
    def Lock(self): return Lock()
stopped = False
def similarity(x, y):
    "The toolkit's own, but two texts without any word are like nothing instead of a division by zero."
    global stopped
    if x.split() or y.split():
        return c.similarity(x, y)
    stopped = True
    return 0.0
c.ProcessPoolExecutor = Here
c.mp = type("mp", (), {"Manager": Manager})
RUN = {"co_retweet": c.compute_co_retweet_parallel, "co_tweet": c.compute_co_tweet_network, "co_link": c.compute_co_link_network,
       "co_reply": c.compute_co_reply_network, "co_post": c.compute_co_post_network}
for line in sys.stdin:
    job = json.loads(line)
    db, out = job["db"], {}
    with contextlib.redirect_stdout(io.StringIO()):
        preprocess_csv_files(db, [job["csv"]])
        for network in job["networks"]:
            if network == "co_similar_tweet":
                c.compute_co_similar_tweet(db, job["window"], similarity_threshold=0.8, min_edge_weight=job["min"],
                                           similarity_function=similarity)
            else:
                RUN[network](db, job["window"], min_edge_weight=job["min"])
            rows = sqlite3.connect(db).execute(f"select user_1, user_2, weight from {network}_network where user_1 != user_2")
            out[network] = sorted([str(a), str(b), int(w)] for a, b, w in rows)
    print(json.dumps([out, stopped]), flush=True)
    stopped = False
"""


def python():
    """The interpreter that has the toolkit."""
    binary = CACHE / "bin" / "python"
    if not binary.exists():
        subprocess.run([sys.executable, "-m", "venv", CACHE], check=True)
        subprocess.run([binary, "-m", "pip", "install", "-q", TOOLKIT], check=True)
    return binary


WORDS = ["vote", "now", "Today", "#tag", "hello", "МИР", "日本語", "e\u0301t", "it's", "3,4", "a.b", "👍🏽", "x_y", ":", "…", "ß", "İ"]
TEXTS = ["", " ", "@ann", "@ann @bob", "@", "\t\n", "info@one.example now", "@a@b c", "vote\u00a0now", "vote  now", "VOTE now",
         "'vote' now", "\"quoted\", text", "a\u001cb", "=1+1", "\ufeffvote now", "vote now\u200b"]
URLS = ["", " ", "https://one.example/a", "https://one.example/A", "https://two.example", "one.example", "https://one.example/a#x"]


def text(dice):
    if dice.random() < 0.4:
        return dice.choice(TEXTS)
    words = [dice.choice(WORDS) for _ in range(dice.randint(1, 6))]
    if dice.random() < 0.3:
        words.insert(dice.randint(0, len(words)), "@" + dice.choice(["ann", "bob", "", "c.d"]))
    return dice.choice([" ", "  ", "\n"]).join(words)


def rows(dice):
    """The eight columns; `urls` last."""
    count, accounts = dice.randint(2, 60), dice.randint(2, 9)
    ids = [f"m{n}" for n in range(count)]
    span = dice.choice([0, 3, 30, 300])
    out = []
    for at in range(count):
        time = dice.randint(0, span) + dice.choice([0, 0, 0, 0.5, 0.1]) + dice.choice([1_600_000_000, 1_600_000_000, 0, -5])
        repost = dice.choice(["", "", "", dice.choice(ids), "elsewhere"])
        reply = dice.choice(["", "", "", dice.choice(ids), "elsewhere"])
        urls = " ".join(dice.choice(URLS) for _ in range(dice.choice([0, 1, 1, 2, 3])))
        user = f"u{dice.randrange(accounts)}"
        out.append([dice.choice(ids[: at + 1]) if dice.random() < 0.15 else ids[at], user, "@" + user.upper(), repost, reply,
                    text(dice), f"{time:.6f}".rstrip("0").rstrip("."), urls])
    return out


def ours(unspool, path, kind, window, least, out):
    command = [unspool, "coordinate", path, "--method", "qut", "--kind", kind, "--window", f"{window}s", "--min", least, "-o", out, "-q"]
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in (0, 3), done.stderr.decode()
    with open(out, encoding="utf-8", newline="") as edges:
        return sorted([a, b, int(float(w))] for a, b, w, *_ in list(csv.reader(edges))[1:])


def main():
    binary = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "target/release/unspool"
    rounds, seed = (int(sys.argv[n]) if len(sys.argv) > n else default for n, default in ((2, 300), (3, 1)))
    peer = subprocess.Popen([python(), "-c", PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    compared = dict.fromkeys(NETWORKS, 0)
    edges = refused = 0
    scratch = pathlib.Path(tempfile.mkdtemp())
    for turn in range(rounds):
        dice = random.Random(seed * 1_000_003 + turn)
        path, db = scratch / f"{turn}.csv", scratch / f"{turn}.db"
        with open(path, "w", encoding="utf-8", newline="") as to:
            writer = csv.writer(to)
            writer.writerow("message_id user_id username repost_id reply_id message timestamp urls".split())
            writer.writerows(rows(dice))
        window, least = dice.choice([0, 1, 5, 60]), dice.choice([1, 1, 2])
        peer.stdin.write(json.dumps({"csv": str(path), "db": str(db), "networks": list(NETWORKS), "window": window, "min": least}) + "\n")
        peer.stdin.flush()
        theirs, stopped = json.loads(peer.stdout.readline())
        refused += stopped
        for network, kind in NETWORKS.items():
            mine = ours(binary, path, kind, window, least, scratch / "edges.csv")
            if mine != theirs[network]:
                missing = [e for e in theirs[network] if e not in mine]
                extra = [e for e in mine if e not in theirs[network]]
                print(f"{path}: {network} {window} s min {least}: missing {missing[:5]}, too many {extra[:5]}")
                return 1
            compared[network] += 1
            edges += len(mine)
        path.unlink()
        db.unlink()
    peer.stdin.close()
    counts = ", ".join(f"{n} {c}" for n, c in compared.items())
    print(f"equal in {sum(compared.values())} networks of {rounds} inputs ({counts}), {edges} edges; the toolkit itself would stop at texts without words in {refused} inputs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
