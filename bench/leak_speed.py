#!/usr/bin/env python3
"""How fast leak seals are made and checked against 10,000 sealed documents, beside SHA-256 over the same bytes.

usage: leak_speed.py UNSPOOL DATA [DOCUMENTS]      DATA is ../shared/data/leak-dev/eval-leak

Documents are made up from the words of DATA's library, two by two (what follows a word there follows it here), with a
fixed seed: 700 words each. Checked are other such texts, one in ten with a passage of a sealed one. Speeds are of text in
MB for each second of user time, on one thread, reading included.
"""
import collections, hashlib, pathlib, random, resource, subprocess, sys, tempfile, time

unspool, data = sys.argv[1], pathlib.Path(sys.argv[2])
documents = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
if not data.exists():
    sys.exit(f"SKIPPED: {data} is not there")
rng = random.Random(7)


def follow(words):
    after = collections.defaultdict(list)
    for one, next_ in zip(words, words[1:]):
        after[one].append(next_)
    return after


def text(words, after, length):
    word, out, line = rng.choice(words), [], 0
    for _ in range(length):
        out.append(word)
        line += len(word) + 1
        if line > 90:
            out.append("\n\n" if rng.random() < 0.15 else "\n")
            line = 0
        word = rng.choice(after.get(word) or words)
    return " ".join(out)


def seconds(*args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([unspool, "--threads", "1", "leak", *map(str, args)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, after.ru_maxrss, done.stdout


def size(folder):
    return sum(f.stat().st_size for f in folder.iterdir()) / 1e6


words = " ".join(f.read_text(errors="replace") for f in sorted((data / "library").iterdir())).split()
after = follow(words)
with tempfile.TemporaryDirectory() as tmp:
    tmp = pathlib.Path(tmp)
    for name in ("docs", "mails"):
        (tmp / name).mkdir()
    sealed = []
    for n in range(documents):
        sealed.append(text(words, after, 700))
        (tmp / f"docs/{n:06}.txt").write_text(sealed[-1])
    for n in range(documents // 4):
        body = text(words, after, 700)
        if n % 10 == 0:
            of = rng.choice(sealed)
            body += "\n" + of[200:900]
        (tmp / f"mails/{n:06}.txt").write_text(body)
    whole = b"".join(f.read_bytes() for f in sorted((tmp / "docs").iterdir()))
    start = time.process_time()
    hashlib.sha256(whole).digest()
    floor = len(whole) / 1e6 / (time.process_time() - start)
    seconds("key", "new", "-o", tmp / "k")
    made, memory, _ = seconds("seal", tmp / "docs", "--key", tmp / "k", "-o", tmp / "s")
    opened, _, _ = seconds("check", tmp / "k", "--seal", tmp / "s", "--key", tmp / "k")
    checked, memory2, out = seconds("check", tmp / "mails", "--seal", tmp / "s", "--key", tmp / "k", "--format", "jsonl")
    docs, mails = size(tmp / "docs"), size(tmp / "mails")
    print(f"{documents} documents, {docs:.0f} MB; {documents // 4} texts checked, {mails:.1f} MB, {len(out.splitlines())} passages")
    print(f"floor, SHA-256: {floor:.0f} MB a second")
    print(f"seal:  {docs / made:.1f} MB a CPU-second ({docs / made / floor:.3f} of the floor), {memory // 1024} MiB, "
          f"{(tmp / 's').stat().st_size / docs / 1e6:.2f} times the text")
    print(f"check: {mails / (checked - opened):.1f} MB a CPU-second ({mails / (checked - opened) / floor:.3f} of the floor) "
          f"after {opened:.2f} s to open the seal, {memory2 // 1024} MiB")
