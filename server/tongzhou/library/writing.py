"""A version as the YAML file that would be read as it: for export, and as text to edit."""

from collections.abc import Mapping
from typing import Any

import yaml

from tongzhou.library.versions import Version


def plain(version: Version) -> dict[str, Any]:
    """The version as plain data, in the order in which a file has it, without what says
    nothing."""
    found: dict[str, Any] = {
        "kind": version.kind,
        "key": version.key,
        "jurisdiction": version.jurisdiction,
        "title": {"zh": version.title.zh, "en": version.title.en},
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "legal_force": version.legal_force,
        "source": {
            "text": version.source.text,
            "url": version.source.url and str(version.source.url),
        },
        "confidence": version.confidence,
        "marks": dict(version.marks),
        "body": version.body.model_dump(mode="json", exclude_defaults=True),
    }
    return {name: value for name, value in found.items() if value not in (None, {})}


def as_yaml(found: Mapping[str, Any]) -> str:
    """Plain data as a file: fields in their order, Chinese as it is, long lines wrapped."""
    text: str = yaml.dump(
        dict(found), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=96
    )
    return text


def file_name(version: Version) -> str:
    """A name for the file of a version."""
    return f"{version.kind}-{version.key}-{version.jurisdiction}-{version.number}.yaml"


class _Dumper(yaml.SafeDumper):
    """Writes without anchors, since files with them are not read; short texts in both
    languages on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _mapping(dumper: yaml.SafeDumper, data: dict[str, Any]) -> yaml.Node:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", data.items())
    node.flow_style = set(data) == {"zh", "en"} and sum(map(len, data.values())) < 80
    return node


_Dumper.add_representer(dict, _mapping)
