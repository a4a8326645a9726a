"""Lets the programs for which a case is written read what was written.

Usage: read_case_files.py DIR...

Each folder holds the files of all formats. The first thing that is wrong ends the check with an
error that names the file. What is checked, by which program:

- stix2-validator: both STIX bundles, with all best practices but those named in DISABLED;
- stix2: every object of the standard is parsed, and the ids of observables are computed anew;
- pycti: the ids of all objects in opencti.json are computed anew by OpenCTI's own functions;
- misp-stix: the plain bundle becomes a MISP event (it knows none of OpenCTI's own objects);
- pymisp: misp.json is loaded, held against its schema and its objects against their templates;
- mitreattack: the layers are loaded by the class that reads Navigator layers, strictly;
- csv and openpyxl: no cell of the referral is a formula;
- json: every line of the timeline has Timesketch's fields, and a time that Python reads.
"""

import copy
import csv
import datetime
import io
import json
import pathlib
import sys
import warnings

import jsonschema
import openpyxl
import pycti
import pymisp
import stix2
import stix2validator
from misp_stix_converter import ExternalSTIX2toMISPParser
from misp_stix_converter.misp_stix_mapping import TLP2MarkingDefinitions
from mitreattack.navlayers.core.layer import Layer

# Best practices that cannot hold, each with its reason.
DISABLED = {
    # The same case must give the same ids, so objects have UUIDs of version 5, where 4 is advised;
    # the open vocabulary of account types knows of no platform but two; the page of a technique
    # changes, and is not fetched to be hashed.
    "stix.json": {"103": "uuid-check", "244": "account-type", "302": "extref-hashes"},
    # OpenCTI's own object types and the relationships that it allows between them.
    "opencti.json": {
        "103": "uuid-check",
        "244": "account-type",
        "302": "extref-hashes",
        "101": "custom-prefix",
        "102": "custom-prefix-lax",
        "202": "relationship-types",
    },
}


def fail(path, what):
    sys.exit(f"{path}: {what}")


def check_stix(path):
    """The validator of OASIS, every warning an error."""
    options = stix2validator.ValidationOptions(
        version="2.1",
        strict=True,
        enforce_refs=True,
        disabled=",".join(DISABLED[path.name]),
    )
    result = stix2validator.validate_file(str(path), options)
    if not result.is_valid:
        stix2validator.print_results([result])
        fail(path, "is not valid STIX 2.1")
    objects = json.loads(path.read_text(encoding="utf-8"))["objects"]
    known = {one["id"] for one in objects}
    if len(known) != len(objects):
        fail(path, "has an id twice")
    for one in objects:
        for name, value in one.items():
            refs = value if name.endswith("_refs") else [value] if name.endswith("_ref") else []
            for ref in refs:
                if ref not in known:
                    fail(path, f"{one['id']} names {ref}, which is not there")
        parsed = stix2.parse(one, allow_custom=True, version="2.1")
        if one["type"] in ("user-account", "file"):
            check_observable(path, one, type(parsed))
        if one["type"] == "marking-definition":
            check_marking(path, one)
    return objects


def check_observable(path, one, kind):
    """The id is the one that the library of OASIS computes from the properties."""
    fields = {name: value for name, value in one.items() if name not in ("id", "type")}
    computed = kind(**fields)["id"]
    if computed != one["id"]:
        fail(path, f"{one['id']} should be {computed}")


def check_marking(path, one):
    """The marking is word for word the one that OASIS published."""
    name = one["name"].removeprefix("TLP:").replace("+", "_")
    published = json.loads(getattr(TLP2MarkingDefinitions, f"_TLP_{name}").serialize())
    if published != one:
        fail(path, f"{one['id']} differs from the published marking")


def opencti_id(one):
    """The id that OpenCTI gives an object, by its own functions."""
    kind = one["type"]
    if kind == "note":
        return pycti.Note.generate_id(one["created"], one["content"], one.get("abstract"))
    if kind == "attack-pattern":
        api = pycti.OpenCTIApiClient
        return pycti.AttackPattern.generate_id(
            one["name"], api.get_attribute_in_mitre_extension("id", one)
        )
    if kind == "threat-actor":
        return pycti.ThreatActorGroup.generate_id(one["name"])
    makers = {
        "campaign": pycti.Campaign,
        "channel": pycti.Channel,
        "event": pycti.Event,
        "identity": pycti.Identity,
        "intrusion-set": pycti.IntrusionSet,
        "narrative": pycti.Narrative,
        "opinion": pycti.Opinion,
        "relationship": pycti.StixCoreRelationship,
        "report": pycti.Report,
    }
    return makers[kind].generate_id_from_data(one)


def check_opencti(path, objects):
    """All ids but those of observables and markings, which the standard itself fixes."""
    count = 0
    for one in objects:
        if one["type"] in ("user-account", "file", "marking-definition"):
            continue
        computed = opencti_id(one)
        if computed != one["id"]:
            fail(path, f"{one['id']} is {computed} to OpenCTI")
        count += 1
    return count


def check_misp_stix(path):
    """The bundle becomes a MISP event with something in it."""
    parser = ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(stix2.parse(path.read_text(encoding="utf-8"), allow_custom=True))
    parser.parse_stix_bundle()
    errors = {kind: said for kind, said in parser.errors.items() if said}
    if errors:
        fail(path, f"misp-stix could not convert: {errors}")
    event = parser.misp_event
    if isinstance(event, list):
        event = event[0]
    return len(event.objects) + len(event.attributes)


def check_misp(path):
    """The event is held against its schema, its objects against their templates."""
    document = json.loads(path.read_text(encoding="utf-8"))
    data = pathlib.Path(pymisp.__file__).parent / "data"
    schema = json.loads((data / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(without_newer(document), schema)
    event = pymisp.MISPEvent()
    # Loading takes the document apart, so it gets one of its own.
    event.load(copy.deepcopy(document), validate=True, metadata_only=False)
    types = json.loads((data / "describeTypes.json").read_text(encoding="utf-8"))["result"]
    uuids = set()
    for one in document["Event"]["Object"]:
        check_object(path, data, types, one)
        uuids.add(one["uuid"])
    for one in document["Event"]["Object"]:
        for reference in one["ObjectReference"]:
            if reference["referenced_uuid"] not in uuids:
                fail(path, f"{one['uuid']} refers to an object that is not there")
    everything = json.dumps(document)
    if '"to_ids": true' in everything or '"value": ""' in everything:
        fail(path, "flags something for blocking, or has an empty value")
    return len(event.objects)


def without_newer(document):
    """The event without what is younger than the schema; the values of objects stand alone."""
    event = dict(document["Event"])
    event.pop("EventReport")
    values = list(event["Attribute"])
    for one in event.pop("Object"):
        for attribute in one["Attribute"]:
            values.append({k: v for k, v in attribute.items() if k != "object_relation"})
    event["Attribute"] = values
    return {"Event": event}


def check_object(path, data, types, one):
    template = data / "misp-objects" / "objects" / one["name"] / "definition.json"
    template = json.loads(template.read_text(encoding="utf-8"))
    met = (one["template_uuid"], one["template_version"], one["meta-category"])
    expected = (template["uuid"], str(template["version"]), template["meta-category"])
    if met != expected:
        fail(path, f"{one['name']} has template {met}, expected {expected}")
    relations = set()
    for attribute in one["Attribute"]:
        relation = attribute["object_relation"]
        relations.add(relation)
        if template["attributes"][relation]["misp-attribute"] != attribute["type"]:
            fail(path, f"{one['name']}.{relation} has the type {attribute['type']}")
        if attribute["type"] not in types["category_type_mappings"][attribute["category"]]:
            fail(path, f"{attribute['category']} takes no {attribute['type']}")
    if not relations & set(template["requiredOneOf"]):
        fail(path, f"{one['name']} lacks one of {template['requiredOneOf']}")


def check_layer(path):
    """The layer is read strictly; DISARM's domain is one that only a custom matrix has."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["versions"]["layer"] != "4.5":
        fail(path, "is not of format 4.5")
    gradient = document["gradient"]
    if gradient["minValue"] >= gradient["maxValue"]:
        fail(path, "has a gradient without an extent")
    if "customDataURL" in document:
        # The class knows the three domains of MITRE only; all else is held against it.
        document.pop("customDataURL")
        document["domain"] = "enterprise-attack"
    layer = Layer(strict=True)
    layer.from_dict(document)
    if layer.layer is None:
        fail(path, "is no layer of format 4.5 to mitreattack-python, which says why above")
    back = layer.to_dict()
    for name in ("name", "description", "gradient", "legendItems", "metadata", "versions"):
        if json.dumps(back.get(name), sort_keys=True) != json.dumps(document[name], sort_keys=True):
            if name == "versions" and "attack" not in document["versions"]:
                continue
            fail(path, f"{name} was read as {back.get(name)}")
    if len(back.get("techniques", [])) != len(document["techniques"]):
        fail(path, "lost techniques")
    return len(document["techniques"])


def check_timeline(path):
    last = None
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, text in enumerate(lines, 1):
        line = json.loads(text)
        for name in ("message", "datetime", "timestamp_desc"):
            if not line.get(name):
                fail(path, f"line {number} lacks {name}")
        time = datetime.datetime.fromisoformat(line["datetime"])
        if last and time < last:
            fail(path, f"line {number} is earlier than the one before")
        last = time
    return len(lines)


def check_referral(path):
    """No cell begins as a formula, to a program and to a workbook."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    sheet = openpyxl.Workbook().active
    for row in rows:
        if len(row) != len(rows[0]):
            fail(path, "has rows of different length")
        sheet.append(row)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" or str(cell.value or "")[:1] in "=+-@\t\r" and cell.value:
                fail(path, f"{cell.coordinate} would be run: {cell.value!r}")
    document = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    entries = sum(
        len(account["findings"])
        for group in document["platforms"]
        for account in group["accounts"]
    )
    if entries != len(rows) - 1:
        fail(path, f"has {len(rows) - 1} rows, but referral.json {entries} entries")
    return entries


def check(folder):
    print(f"{folder}:")
    plain = check_stix(folder / "stix.json")
    print(f"  stix.json: valid, {len(plain)} objects")
    objects = check_stix(folder / "opencti.json")
    equal = check_opencti(folder / "opencti.json", objects)
    print(f"  opencti.json: valid, {len(objects)} objects, {equal} ids as pycti gives them")
    made = check_misp_stix(folder / "stix.json")
    print(f"  stix.json: misp-stix made {made} objects and attributes")
    print(f"  misp.json: pymisp loaded {check_misp(folder / 'misp.json')} objects")
    for name in ("navigator-attack.json", "navigator-disarm.json"):
        print(f"  {name}: read with {check_layer(folder / name)} techniques")
    print(f"  timesketch.jsonl: {check_timeline(folder / 'timesketch.jsonl')} lines")
    print(f"  referral.csv: {check_referral(folder / 'referral.csv')} rows, no formula")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        check(pathlib.Path(name))
