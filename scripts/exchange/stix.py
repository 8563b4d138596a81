"""Second opinions on a STIX 2.1 bundle: OASIS's python-stix2, its rule for ids of observables, OpenCTI's splitter, references."""
import json, sys, uuid
import stix2
from stix2.canonicalization.Canonicalize import canonicalize
from stix2.v21 import observables
from pycti import OpenCTIStix2Splitter

path, profile = sys.argv[1], sys.argv[2]
bundle = json.load(open(path)); objects = bundle["objects"]; bad = []
kinds = {c._type: c for c in vars(observables).values() if hasattr(c, "_id_contributing_properties")}
space = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
refused = 0
for o in objects:
    try:
        stix2.parse(o, allow_custom=profile != "core", version="2.1")
    except Exception as e:
        refused += 1; bad.append(f"{o['id']}: {type(e).__name__} {str(e)[:120]}")
for o in objects:
    names = kinds[o["type"]]._id_contributing_properties if o["type"] in kinds else []
    if names:
        said = {k: o[k] for k in names if k in o}
        if "hashes" in said:
            first = next((h for h in ("MD5", "SHA-1", "SHA-256", "SHA-512") if h in said["hashes"]), None)
            said["hashes"] = {first: said["hashes"][first]} if first else said["hashes"]
        if o["id"] != f"{o['type']}--{uuid.uuid5(space, canonicalize(said, utf8=False))}": bad.append(f"{o['id']}: not the standard's id")
ids = [o["id"] for o in objects]
if len(ids) != len(set(ids)): bad.append("an id is there twice")
for o in objects:
    for k, v in o.items():
        if k.endswith(("_ref", "_refs")):
            bad += [f"{o['id']}: {k} dangles" for r in ([v] if isinstance(v, str) else v) if r not in set(ids)]
_, left, _ = OpenCTIStix2Splitter().split_bundle_with_expectations(json.dumps(bundle), True, None, True)
bad += [f"{i['id']}: OpenCTI does not take it" for i in left if not i["id"].startswith("extension-definition")]
for b in bad: print(b)
print(f"{len(objects)} objects, {refused} refused, {len(bad)} remarks")
sys.exit(bool(bad))
