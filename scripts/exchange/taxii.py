"""A TAXII 2.1 client that is not ours against `unspool serve --taxii`.  usage: taxii.py ADDRESS TOKEN BUNDLE.json"""
import json, sys
import requests
from taxii2client.common import TokenAuth
from taxii2client.v21 import Server, as_pages

address, token, path = sys.argv[1:4]
bad = []
must = lambda what, holds: holds or bad.append(what)
want = {o["id"]: o for o in json.load(open(path))["objects"]}
server = Server(f"{address}/taxii2/", auth=TokenAuth(token))
root = server.default
must("versions", root.versions == ["application/taxii+json;version=2.1"])
core = next(c for c in root.collections if c.custom_properties.get("alias", getattr(c, "alias", "")) == "stix" or "FIMI" not in c.title)
must("read-only", core.can_read and not core.can_write)
got, pages = [], 0
for envelope in as_pages(core.get_objects, per_request=50):
    got += envelope.get("objects", []); pages += 1
must("every object once", sorted(o["id"] for o in got) == sorted(want))
must("unchanged", all(want[o["id"]] == o for o in got))
must("one with its own version", any("version" in o for o in got))
kinds = core.get_objects(type="indicator").get("objects", [])
must("filter by type", {o["id"] for o in kinds} == {i for i, o in want.items() if o["type"] == "indicator"})
must("added after", not core.get_objects(added_after="2099-01-01T00:00:00Z").get("objects"))
one = next(iter(want))
must("one object", core.get_object(one)["objects"] == [want[one]])
must("versions of one", len(core.object_versions(one)["versions"]) == 1)
manifest = [m for page in as_pages(core.get_manifest, per_request=100) for m in page.get("objects", [])]
must("manifest", {m["id"] for m in manifest} == set(want) and all({"date_added", "version", "media_type"} <= set(m) for m in manifest))
accept = {"Accept": "application/taxii+json;version=2.1"}
for status, method, url, headers in [
    (401, "GET", "/taxii2/", accept),
    (401, "GET", "/taxii2/", {**accept, "Authorization": "Bearer wrong"}),
    (200, "GET", "/taxii2/", {**accept, "Authorization": f"Bearer {token}"}),
    (406, "GET", "/taxii2/", {"Accept": "text/html", "Authorization": f"Bearer {token}"}),
    (404, "GET", "/api/collections/none/objects/", {**accept, "Authorization": f"Bearer {token}"}),
    (400, "GET", f"/api/collections/{core.id}/objects/?limit=0", {**accept, "Authorization": f"Bearer {token}"}),
    (403, "POST", f"/api/collections/{core.id}/objects/", {**accept, "Authorization": f"Bearer {token}"}),
]:
    said = requests.request(method, address + url, headers=headers, data=b"x" * 100000 if method == "POST" else None)
    must(f"{method} {url} is {status}, not {said.status_code}", said.status_code == status)
    must(f"{url} content type", said.headers["content-type"] == "application/taxii+json;version=2.1")
for b in bad: print(b)
print(f"{len(got)} objects in {pages} pages, {len(manifest)} in the manifest, {len(bad)} remarks")
sys.exit(bool(bad))
