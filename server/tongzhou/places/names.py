"""Names of areas as they are searched for."""


def search_text(name_zh: str, name_en: str) -> str:
    """What a search box is compared with: both names in lower case, the Latin one also
    written in one piece, because few people type the apostrophe of "Chun'an"."""
    latin = name_en.lower()
    joined = "".join(c for c in latin if c.isalnum())
    return " ".join(dict.fromkeys(part for part in (name_zh.lower(), latin, joined) if part))
