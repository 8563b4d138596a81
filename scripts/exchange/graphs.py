"""Reads GEXF and GraphML with networkx, holds GEXF against the rules of its schema (1.3), and compares what both say.

usage: graphs.py FILE.gexf FILE.graphml
"""
import re
import sys
import tempfile
import xml.etree.ElementTree as tree
from datetime import datetime

import networkx as nx

NS = "{http://gexf.net/1.3}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
# Element: attributes it must have, attributes it may have, elements in it. GEXF 1.3, gexf.rnc and dynamics.rnc, as far as used here.
LIFE = {"start", "end"}
SHAPE = {
    "gexf": ({"version"}, set(), ["meta", "graph"]),
    "meta": (set(), set(), ["creator", "description"]),
    "creator": (set(), set(), []),
    "description": (set(), set(), []),
    "graph": ({"mode", "defaultedgetype"}, LIFE | {"timeformat", "timerepresentation"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class"}, {"mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, set(), []),
    "nodes": (set(), set(), ["node"]),
    "node": ({"id", "label"}, LIFE, ["attvalues", "spells"]),
    "edges": (set(), set(), ["edge"]),
    "edge": ({"id", "source", "target", "weight"}, LIFE, ["attvalues", "spells"]),
    "attvalues": (set(), set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, set(), []),
    "spells": (set(), set(), ["spell"]),
    "spell": (LIFE, set(), []),
}
TYPES = {"string": str, "double": float, "integer": int, "long": int}


def moment(words):
    return datetime.fromisoformat(words.replace("Z", "+00:00"))


def shaped(e):
    name = e.tag.removeprefix(NS)
    must, may, inside = SHAPE[name]
    assert must <= set(e.attrib) <= must | may, (name, e.attrib)
    places = [inside.index(c.tag.removeprefix(NS)) for c in e]
    assert places == sorted(places), (name, "order")
    for child in e:
        shaped(child)


def stretches(e):
    """Stretches of a node or an edge."""
    own = [e] if "start" in e.attrib else []
    spells = e.findall(f"{NS}spells/{NS}spell")
    assert not (own and spells), "either start and end, or spells"
    out = [(s.get("start"), s.get("end")) for s in own + spells]
    assert all(TIME.fullmatch(t) for s in out for t in s), out
    flat = [moment(t) for s in out for t in s]
    assert flat == sorted(flat), out
    return out


def valued(top):
    """Every value has the type that its attribute is declared with."""
    for of in ("node", "edge"):
        declared = {a.get("id"): TYPES[a.get("type")] for a in top.iterfind(f".//{NS}attributes[@class='{of}']/{NS}attribute")}
        for v in top.iterfind(f".//{NS}{of}/{NS}attvalues/{NS}attvalue"):
            declared[v.get("for")](v.get("value").replace("INF", "inf"))


def main(gexf, graphml):
    top = tree.parse(gexf).getroot()
    shaped(top)
    valued(top)
    graph = top.find(f"{NS}graph")
    ids = [n.get("id") for n in top.iter(f"{NS}node")]
    assert len(ids) == len(set(ids))
    life = {n.get("id"): stretches(n) for n in top.iter(f"{NS}node")}
    met = {(e.get("source"), e.get("target")): stretches(e) for e in top.iter(f"{NS}edge")}
    assert all(x in life and y in life for x, y in met)
    every = [s for all in (life, met) for ss in all.values() for s in ss]
    if graph.get("mode") == "dynamic":
        assert (graph.get("timeformat"), graph.get("timerepresentation")) == ("dateTime", "interval")
        assert (graph.get("start"), graph.get("end")) == (min((a for a, _ in every), key=moment), max((b for _, b in every), key=moment))
    else:
        assert graph.get("mode") == "static" and not every
    # Whoever meets is there, as far as it is said when.
    for ends, spells in met.items():
        for end in ends:
            assert all(any(moment(a) <= moment(x) and moment(y) <= moment(b) for a, b in life[end]) for x, y in spells), (ends, spells)
    # networkx knows the time format `date` and takes it for words; `dateTime`, which the schema has as well, it does not know.
    with tempfile.NamedTemporaryFile("w", suffix=".gexf") as f:
        f.write(open(gexf, encoding="utf-8").read().replace('timeformat="dateTime"', 'timeformat="date"', 1))
        f.flush()
        one = nx.read_gexf(f.name)
    two = nx.read_graphml(graphml)
    assert set(one.nodes) == set(two.nodes) == set(life)
    assert {frozenset(e) for e in one.edges} == {frozenset(e) for e in two.edges} == {frozenset(e) for e in met}
    for read, stands in ((one.nodes, life), (one.edges, met)):
        for key, spells in stands.items():
            known = read[key].get("spells") or ([(read[key]["start"], read[key]["end"])] if "start" in read[key] else [])
            assert known == spells, (key, known, spells)
    for read, stands in ((two.nodes, life), (two.edges, met)):
        for key, spells in stands.items():
            assert read[key].get("spells", "") == " ".join("/".join(s) for s in spells), key
            assert (read[key].get("start"), read[key].get("end")) == ((spells[0][0], spells[-1][1]) if spells else (None, None))
    timed = sum(1 for s in met.values() if s)
    print(f"{len(life)} nodes, {len(met)} edges, {timed} with times, {graph.get('mode')}")


main(*sys.argv[1:])
