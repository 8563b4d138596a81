#!/usr/bin/env python3
"""How often the default method reports a network where nobody planned anything.

Takes the posts of eval-planted without the planted accounts (organic bursts stay) and shuffles them: accounts dealt
anew over the posts; times dealt anew over all posts; and times dealt anew within each object (the post reposted, else
the first address, the first tag, else all other posts). Each is repeated with 20 seeds; a shuffle with any network
counts as false. The last leaves who shares what as it is, and the times of what was only shared within an hour.

    python3 bench/nulls.py target/release/unspool ../shared/data/coordination-dev/eval-planted [--shuffles 20]

Needs pyarrow. Without the data it says that it skipped.
"""
import argparse, csv, pathlib, random, subprocess, sys, tempfile


def background(folder, name):
    import pyarrow.parquet as pq

    posts = pq.read_table(folder / f"{name}_dev_posts.parquet").to_pylist()
    with open(folder / f"{name}_dev_labels.csv") as f:
        planted = {row["account_id"] for row in csv.DictReader(f) if row["label"] == "1"}
    return [p for p in posts if p["account_id"] not in planted]


def object_of(post):
    if post["retweeted_id"]:
        return "post", post["retweeted_id"]
    for column in ("urls", "hashtags"):
        if len(post[column] or []):
            return column, post[column][0]
    return "other", ""


def deal(posts, column, groups, seed):
    """A copy in which the values of a column are dealt anew within each group."""
    dice, out = random.Random(seed), [dict(p) for p in posts]
    for group in groups:
        values = [posts[at][column] for at in group]
        dice.shuffle(values)
        for at, value in zip(group, values):
            out[at][column] = value
    return out


def networks(tool, posts, folder):
    import pyarrow as pa, pyarrow.parquet as pq

    at = pathlib.Path(folder)
    pq.write_table(pa.Table.from_pylist(posts), at / "posts.parquet")
    run = [tool, "coordinate", "-q", at / "posts.parquet", "--accounts", at / "a.csv", "-o", at / "e.csv"]
    subprocess.run([str(x) for x in run], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(at / "a.csv") as f:
        return len({row["network"] for row in csv.DictReader(f)} - {""})


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("tool")
    ask.add_argument("data", type=pathlib.Path)
    ask.add_argument("--shuffles", type=int, default=20)
    asked = ask.parse_args()
    if not asked.data.exists():
        sys.exit(f"SKIPPED: {asked.data} is not there")
    print("posts,shuffled,shuffles with a network,of,networks in all")
    for name in "GU":
        posts = background(asked.data, name)
        by_object = {}
        for at, post in enumerate(posts):
            by_object.setdefault(object_of(post), []).append(at)
        for what, column, groups in (
            ("accounts", "account_id", [range(len(posts))]),
            ("times over all posts", "timestamp", [range(len(posts))]),
            ("times within objects", "timestamp", list(by_object.values())),
        ):
            with tempfile.TemporaryDirectory() as folder:
                shuffled = (deal(posts, column, groups, seed) for seed in range(asked.shuffles))
                found = [networks(asked.tool, s, folder) for s in shuffled]
            print(f"{name},{what},{sum(n > 0 for n in found)},{asked.shuffles},{sum(found)}", flush=True)


main()
