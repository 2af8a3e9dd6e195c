"""``permissions.md``: every permission word, and the roles that hold it."""

from tongzhou.actors.vocabulary import ROLES, Role, Word, words
from tongzhou.cli.reference.bilingual import both
from tongzhou.cli.reference.markdown import code, codes, page, table
from tongzhou.cli.reference.rooms import load_all


def text() -> str:
    """The page."""
    load_all()
    declared = sorted(words().values(), key=lambda word: word.name)
    return page(
        "Permissions",
        f"{len(declared)} words. A post may do what its role holds, provided that its unit stands "
        "to the object in one of the relations named (none named: whoever may see the object). "
        "An object to which the unit stands in no relation at all answers 404, as if it were "
        "not there. An API token can narrow the words further and never widens them.",
        "## Words",
        table(
            ["word", "allows", "含义", "relations"],
            [[code(w.name), w.en, w.zh, codes(sorted(w.relations))] for w in declared],
        ),
        "## Roles",
        table(["role", "name", "名称", "words held"], [_role(role) for role in Role]),
        "## Words by role",
        _matrix(declared),
    )


def _role(role: Role) -> list[str]:
    en, zh = both(role.label)
    return [code(role.value), en, zh, str(len(ROLES[role]))]


def _matrix(declared: list[Word]) -> str:
    rows = [
        [code(word.name), *("●" if word in ROLES[role] else "" for role in Role)]
        for word in declared
    ]
    return table(["word", *(role.value.replace("_", " ") for role in Role)], rows)
