"""A client that Python's standard library makes of /openapi.json, as a generator for Python would: a method for each
operation, named in Python's way, and answers that are held against their schemas. It runs a batch to its end.

    python3 test/openapi/client.py http://localhost:8787 sk_demo_localhost AGENT NUMBER
"""

import json
import keyword
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

BASE, KEY, AGENT, NUMBER = sys.argv[1:5]
with urllib.request.urlopen(BASE + "/openapi.json") as answer:
    DOCUMENT = json.load(answer)

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def resolved(schema):
    while "$ref" in schema:
        place = DOCUMENT
        for part in schema["$ref"].removeprefix("#/").split("/"):
            place = place[part.replace("~1", "/").replace("~0", "~")]
        schema = place
    return schema


def is_type(value, name):
    if name in ("integer", "number"):
        is_number = isinstance(value, int if name == "integer" else (int, float))
        return is_number and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults(value, schema, path="answer"):
    """What in the value is not as the schema says."""
    schema = resolved(schema)
    for word in ("anyOf", "oneOf"):
        if word in schema and all(faults(value, one, path) for one in schema[word]):
            return [f"{path} is none of {word}"]
    names = schema.get("type", [])
    names = names if isinstance(names, list) else [names]
    if names and not any(is_type(value, name) for name in names):
        return [f"{path} is no {names}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path} is none of {schema['enum']}: {value!r}"]
    if "const" in schema and value != schema["const"]:
        return [f"{path} is not {schema['const']!r}: {value!r}"]
    found = []
    if isinstance(value, dict):
        found += [f"{path}.{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                found += faults(value[name], inner, f"{path}.{name}")
    if isinstance(value, list) and "items" in schema:
        for index, one in enumerate(value):
            found += faults(one, schema["items"], f"{path}[{index}]")
    return found


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


def method(path, verb, operation):
    def call(*ids, body=None, **query):
        rest = iter(ids)
        url = BASE + re.sub(r"\{\w+\}", lambda _: urllib.parse.quote(next(rest), safe=""), path)
        if query:
            url += "?" + urllib.parse.urlencode(query)
        data = None if body is None else json.dumps(body).encode()
        headers = {"X-API-Key": KEY, "Cartesia-Version": "2026-03-01", "Content-Type": "application/json"}
        request = urllib.request.Request(url, data, headers, method=verb.upper())
        try:
            with urllib.request.urlopen(request) as response:
                status, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        said = json.loads(text) if text else None
        described = resolved(operation["responses"][str(status)])
        content = described.get("content", {}).get("application/json")
        wrong = faults(said, content["schema"]) if content else ([] if said is None else ["no body is described"])
        assert not wrong, (operation["operationId"], wrong)
        if status >= 400:
            raise Refused(status, said)
        return said

    return call


OPERATIONS = [
    (path, verb, operation)
    for path, verbs in DOCUMENT["paths"].items()
    for verb, operation in verbs.items()
    if verb in ("get", "post", "patch", "delete")
]
names = [snake(operation["operationId"]) for _, _, operation in OPERATIONS]
assert len(set(names)) == len(names), "two operations have one name"
for name in names:
    assert name.isidentifier() and not keyword.iskeyword(name), name
classes = [re.sub(r"\W", "", name).lower() for name in DOCUMENT["components"]["schemas"]]
assert len(set(classes)) == len(classes), "two schemas have one name"
for schema in DOCUMENT["components"]["schemas"].values():
    properties = resolved(schema).get("properties", {})
    assert len({snake(name) for name in properties}) == len(properties), "two fields have one name"

client = type("Client", (), {name: staticmethod(method(*one)) for name, one in zip(names, OPERATIONS)})

person = {"to_number": "+12125550100", "metadata": {"first_name": "Ada", "visits": [1, 2]}}
order = {"name": "From Python", "agent_id": AGENT, "from_number_id": NUMBER, "recipients": [person]}
batch = client.create_batch(body=order)
while batch["total_calls_finished"] < batch["total_calls_scheduled"]:
    time.sleep(0.2)
    batch = client.get_batch(batch["id"])
[call] = client.list_calls(batch_id=batch["id"], limit=5)["data"]
assert client.get_call(call["id"])["metadata"] == person["metadata"]
assert client.list_batches(limit=1)["data"][0]["id"] == batch["id"]
for list_all in (client.list_agents, client.list_phone_numbers, client.list_providers, client.list_webhooks):
    list_all()
try:
    client.create_batch(body={**order, "recipients": []})
    raise AssertionError("it was not refused")
except Refused as refused:
    assert refused.status == 400 and refused.body["issues"][0]["path"] == "recipients", refused
print(f"{len(names)} operations, {batch['status']}, {call['end_reason']}")
