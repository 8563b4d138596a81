"""Loads a MISP event in pymisp, strictly, and counts what came through."""
import json, sys
from pymisp import MISPEvent, MISPObject
raw = json.load(open(sys.argv[1])); e = MISPEvent()
e.load_file(sys.argv[1])
r = raw["Event"]; n = lambda objs: sum(len(o["ObjectReference"]) for o in objs)
bad = []
if len(e.objects) != len(r["Object"]): bad.append("objects")
refs = sum(len(o.references) for o in e.objects)
if refs != n(r["Object"]) or refs == 0 and r["Object"] and n(r["Object"]): bad.append("references")
ids = {o.uuid for o in e.objects}
if any(x.referenced_uuid not in ids for o in e.objects for x in o.references): bad.append("dangling references")
for o in e.objects:
    s = MISPObject(o.name, strict=True)
    if s.template_uuid != o.template_uuid: bad.append(f"template of {o.name}")
    for a in o.attributes:
        if s._definition["attributes"].get(a.object_relation, {}).get("misp-attribute") != a.type: bad.append(f"{o.name}/{a.object_relation} {a.type}")
    req = s._definition.get("requiredOneOf") or []
    if req and not {a.object_relation for a in o.attributes} & set(req): bad.append(f"{o.name} lacks {req[:3]}")
print("objects", len(e.objects), "references", refs, "attributes", sum(len(o.attributes) for o in e.objects), "tags", len(e.tags), "bad", sorted(set(bad)))
sys.exit(bool(bad))
