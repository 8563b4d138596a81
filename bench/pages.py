#!/usr/bin/env python3
"""How many saved pages a CPU-second: reading out of a web archive, traces and ties, beside selectolax on the same pages.

    python3 bench/pages.py [UNSPOOL] [--pages 2000] [--sites 10000]

Pages are made here: an outlet's menu, an article, teasers, scripts with ids, styles, a footer; 10 to 120 KB, half of it markup. They are kept
as gzip members of one WARC file. `unspool owners` reads them all (unpacking, headers, words, links, ids, classes, paths), takes every
trace and ties sites, in one thread. selectolax (lexbor; `pip install selectolax`) is given the pages already unpacked and asked for words
without scripts, links and meta tags. Then a table of so many invented sites with their addresses, registrars, minutes and ids is tied.
"""
import argparse, gzip, os, random, resource, subprocess, sys, tempfile, time

WORDS = [a + b for a in "ka lo mi re su ta vo ne pi du sha tre gol bin".split() for b in "r n l m s t nd rk st".split()]


def text(dice, n):
    return " ".join(dice.choice(WORDS) for _ in range(n)).capitalize() + "."


def page(dice, site):
    section = lambda k: f'<li class="menu-item menu-item-{k} item-{dice.randrange(9)}"><a class="link" href="/{dice.choice(WORDS)}/{k}">{text(dice, 2)}</a></li>'
    menu = "".join(section(k) for k in range(dice.randrange(20, 80)))
    body = "".join(f"<p>{text(dice, dice.randrange(30, 90))} <a href='https://{dice.choice(WORDS)}.example/{k}'>{text(dice, 3)}</a></p>" for k in range(dice.randrange(6, 25)))
    tease = "".join(
        f'<div class="card card--{k % 7} col-md-4"><a href="https://{site}/story/{k}"><img class="thumb lazy" data-src="/i/{k}.jpg" alt="{text(dice, 4)}">'
        f'<h3 class="card-title">{text(dice, 8)}</h3></a><span class="date">1 May</span></div>' for k in range(dice.randrange(10, 90)))
    script = "".join(f"<script>window.d=window.d||[];function f{k}(x){{d.push(x)}};{'var a=1;' * dice.randrange(20, 400)}</script>" for k in range(6))
    ids = f"<script>gtag('config','G-{dice.randrange(10**9):010d}');</script>"
    style = "<style>" + "".join(f".c{k}{{color:#{k:03d};margin:{k}px}}" for k in range(dice.randrange(50, 500))) + "</style>"
    return (f"<!DOCTYPE html><html><head><title>{text(dice, 6)} | {site}</title><meta property='og:site_name' content='{site}'>"
            f"<meta property='article:published_time' content='2026-05-01T10:00:00Z'>{style}{ids}</head><body><header><ul>{menu}</ul></header>"
            f"<main><article><h1>{text(dice, 7)}</h1>{body}</article></main><aside>{tease}</aside>{script}<footer><p>{text(dice, 20)}</p></footer></body></html>")


def archive(path, pages):
    with open(path, "wb") as f:
        for n, (site, html) in enumerate(pages):
            body = b"HTTP/1.1 200 OK\r\nServer: desk\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
            head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://{site}/story/{n}\r\nWARC-Date: 2026-05-02T10:00:00Z\r\n"
                    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n").encode()
            f.write(gzip.compress(head + body + b"\r\n\r\n", 6))


def cpu(command):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.time() - began, done.stdout


PEER = """
import sys, time, pickle
from selectolax.lexbor import LexborHTMLParser as P
pages = pickle.load(open(sys.argv[1], 'rb')); began = time.process_time(); n = 0
for html in pages:
    tree = P(html)
    links = [a.attributes.get('href') for a in tree.css('a[href]')]
    meta = [(m.attributes.get('property') or m.attributes.get('name'), m.attributes.get('content')) for m in tree.css('meta')]
    tree.strip_tags(['script', 'style', 'noscript'])
    n += len(links) + len(meta) + len(tree.body.text(separator='\\n'))
print(time.process_time() - began)
"""


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("unspool", nargs="?", default="target/release/unspool")
    ask.add_argument("--pages", type=int, default=2000)
    ask.add_argument("--sites", type=int, default=10000)
    a = ask.parse_args()
    dice = random.Random(7)
    with tempfile.TemporaryDirectory() as d:
        pages = [(f"paper{n % 200}.example", page(dice, f"paper{n % 200}.example")) for n in range(a.pages)]
        size = sum(len(html) for _, html in pages)
        warc = os.path.join(d, "kept.warc.gz")
        archive(warc, pages)
        print(f"{a.pages} pages, {size / a.pages / 1024:.0f} KB on average, {os.path.getsize(warc) / 2**20:.1f} MiB packed")
        empty = os.path.join(d, "empty.txt")
        open(empty, "w").write("one.example\n")
        nothing, _, _ = cpu([a.unspool, "-q", "--threads", "1", "owners", empty, "--format", "csv"])
        used, _, _ = cpu([a.unspool, "-q", "--threads", "1", "owners", warc, "--format", "csv"])
        print(f"unspool: {a.pages / (used - nothing):.0f} pages a CPU-second ({used:.2f} s, {nothing:.2f} s of it for nothing)")
        import pickle
        where = os.path.join(d, "pages.pickle")
        pickle.dump([html for _, html in pages], open(where, "wb"))
        try:
            peer = float(subprocess.run([sys.executable, "-c", PEER, where], capture_output=True, text=True, check=True).stdout)
            print(f"selectolax: {a.pages / peer:.0f} pages a CPU-second; ratio {peer / (used - nothing):.2f}")
        except (subprocess.CalledProcessError, ValueError):
            print("selectolax is not here: pip install selectolax")
        began = time.process_time()
        for member in gzip.open(warc):
            pass
        print(f"floor: unpacking alone (Python's zlib, by lines) {a.pages / (time.process_time() - began):.0f} pages a CPU-second")
        table = os.path.join(d, "sites.csv")
        with open(table, "w") as f:
            f.write("domain,ip,registered,registrar,nameservers\n")
            for n in range(a.sites):
                desk = n // 10
                f.write(f"site{n}.example,198.51.{desk % 250}.{n % 250},2026-01-{desk % 28 + 1:02d}T{desk % 24:02d}:{desk % 60:02d}:00Z,Register {n % 40},ns1.host{n % 300}.example\n")
        used, wall, _ = cpu([a.unspool, "-q", "--threads", "1", "owners", table, "--format", "csv"])
        print(f"{a.sites} sites of a table tied: {used:.2f} CPU-seconds, {wall:.2f} s")


if __name__ == "__main__":
    main()
