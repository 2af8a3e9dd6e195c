"""The addresses of the library. Rules are for everybody who is signed in; to publish needs the
word over the jurisdiction."""

from collections.abc import Mapping
from typing import Any, Final

from tests.contract.rows import NOT_YOURS, OWN, PUBLIC, Build, page, read, say, send
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

OPERATIONS: Final = ()
