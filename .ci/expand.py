"""Expands templates as CloudFormation's SAM transform does, and checks what `sam validate` does not see.

usage: expand.py DIRECTORY TEMPLATE...

Writes each expanded template to DIRECTORY, as JSON for cfn-lint. Fails on a local path that does not exist, on a stack
with more than 400 resources (CloudFormation refuses 500) and on a template that the transform refuses.
"""

import json
import logging
import os
import sys
from pathlib import Path

from samcli.yamlhelper import yaml_parse
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform

RESOURCES_MAX = 400

# Where a property holds a path to something on disk until `sam package` uploads it.
LOCAL_PATHS = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
    "AWS::Serverless::HttpApi": "DefinitionUri",
    "AWS::Serverless::Application": "Location",
}


class NoManagedPolicies:
    """Stands in for the list of AWS's policies by name: our roles name none, and fetching it takes an account."""

    def load(self):
        return {}


def take_local_paths(path, template):
    """Replaces each local path by an address such as an upload would give it; returns those that lead nowhere."""
    missing = []
    for name, resource in template["Resources"].items():
        field = LOCAL_PATHS.get(resource["Type"])
        properties = resource.get("Properties", {})
        local = properties.get(field)
        if resource["Type"] == "AWS::Serverless::Function" and local is None:
            missing.append(f"{path}: {name} has no {field} of its own")
        if not isinstance(local, str):
            continue
        if not (path.parent / local).is_file():
            missing.append(f"{path}: {name}.{field} does not exist: {local}")
        is_nested = resource["Type"] == "AWS::Serverless::Application"
        scheme = "https://bucket.s3.amazonaws.com" if is_nested else "s3://bucket"
        properties[field] = f"{scheme}/{Path(local).name}"
    return missing


def expand(path, directory):
    """Expands one template, writes the outcome and prints its size; returns what is wrong with it."""
    template = yaml_parse(path.read_text(encoding="utf-8"))
    problems = take_local_paths(path, template)
    try:
        expanded = transform(template, {}, NoManagedPolicies())
    except InvalidDocumentException as refused:
        return problems + [f"{path}: {cause.message}" for cause in refused.causes]
    written = directory / ("-".join(path.with_suffix("").parts) + ".json")
    written.write_text(json.dumps(expanded, indent=2), encoding="utf-8")
    count = len(expanded["Resources"])
    print(f"{path}: {count} resources")
    if count > RESOURCES_MAX:
        problems.append(f"{path}: {count} resources, more than {RESOURCES_MAX}; split the stack")
    return problems


def main():
    # The transform asks for a region to write ARNs with; none of them is looked at.
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    # It also tells at its end that nobody collected its metrics.
    logging.getLogger("samtranslator.metrics").setLevel(logging.ERROR)
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    problems = [problem for path in sys.argv[2:] for problem in expand(Path(path), directory)]
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
