"""The addresses of the library. Rules are for everybody who is signed in; to publish needs the
word over the jurisdiction."""

from collections.abc import Mapping
from typing import Any, Final

from tests.contract.rows import NOT_YOURS, OWN, PUBLIC, Build, operation, page, read, say, send
from tests.contract.world import World

_GUIDANCE = {"kind": "guidance", "key": "regulation-2003", "jurisdiction": "cn"}


def _one(**more: Any) -> Build:
    return lambda world: _GUIDANCE | more


def _edited(world: World) -> Mapping[str, Any]:
    text = {"zh": "变", "en": "Changed"}
    item = {f"body/items/0/{name}/{tongue}": words for name in ("title", "text")
            for tongue, words in text.items()}  # fmt: skip
    return {
        "title_zh": "变", "title_en": "Changed", "valid_from": "2026-01-01", "valid_to": "",
        "legal_force": "regulation", "source_text": "Gazette", "source_url": "",
        "confidence": "m", "reason": "Read again", "body/items/0/key": "one",
        "body/issuer/zh": "委", "body/issuer/en": "Commission", **item,
    }  # fmt: skip


# fmt: off
PAGES: Final = (
    page("library", read(**OWN)),
    page("library", read(**OWN), query="?on=2020-02-01&jurisdiction=all&show=all&q=law",
         note="past"),
    page("library-export", read(**OWN)),
    page("library-template", read(**OWN), args=_one()),
    page("library-template", read(**OWN), args=_one(), query="?on=1999-01-01", note="past"),
    page("library-compare", read(**OWN), args=_one(key="emergency-response-law")),
    page("library-file", read(**OWN), args=_one(number=1)),
    page("library-edit", read(**NOT_YOURS), send(body=_edited, **NOT_YOURS), args=_one()),
    page("library-edit", read(**NOT_YOURS), args=_one(), query="?as=text", note="as text"),
    page("library-import", read(**NOT_YOURS),
         send(422, body=say(reason="x"), **NOT_YOURS)),
    page("library-profile", read(**OWN),
         send(body=say(profile="int", reason="A visit"), **NOT_YOURS)),
    page("glossary", read(**PUBLIC)),
)

_DOCUMENT = {
    "kind": "practice", "key": "night-desk", "jurisdiction": "33",
    "title": {"zh": "夜间值班台", "en": "Night desk"}, "valid_from": "2026-01-01",
    "legal_force": "practice", "source": {"text": "Minutes"}, "confidence": "m",
    "body": {"context": {"zh": "试行", "en": "Tried"}},
}
_FILES = [{"name": "night.yaml", "content": "kind: practice"}]

OPERATIONS: Final = (
    operation("library_templates", "GET", 200, 200),
    operation("library_templates", "GET", 200, 200, note="past",
              query="?on=2020-02-01&jurisdiction=all&ended=true&limit=1"),
    operation("library_publish", "POST", 201, 403,
              body=say(document=_DOCUMENT, reason="Tried")),
    operation("library_template", "GET", 200, 200, args=_one(), query="?on=2020-02-01"),
    operation("library_in_force", "GET", 200, 200, query="?area=3301&on=2020-02-20",
              args=say(kind="risk_area", key="epidemic-risk")),
    operation("library_version", "GET", 404, 404,
              args=say(id="6d5c9b1e-0d0b-5b7e-9d0c-2f6d0b1a7a10")),
    operation("library_kinds", "GET", 200, 200),
    operation("library_bring_in", "POST", 200, 403, body=say(files=_FILES, reason="Tried")),
    operation("library_profile", "GET", 200, 200),
    operation("library_choose", "POST", 200, 403, body=say(profile="int", reason="A visit")),
)
