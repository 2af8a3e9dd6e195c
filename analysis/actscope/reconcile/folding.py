"""Names as keys: what is left of a name when what people write differently is taken away."""

import re
import unicodedata

_STOP = (
    "a al and da das de del den der des di die do dos du e el en et for für la las le les los of "
    "on para por pour the und with y 的"
)
STOP = frozenset(_STOP.split())
"""Words that acronyms often leave out."""

SHORT = {
    "int": "international",
    "intl": "international",
    "gvt": "government",
    "govt": "government",
    "gov": "government",
    "dept": "department",
    "min": "ministry",
    "moh": "ministry of health",
    "org": "organization",
    "organisation": "organization",
    "assoc": "association",
    "assn": "association",
    "univ": "university",
    "natl": "national",
    "programme": "program",
    "centre": "center",
    "comm": "committee",
    "inst": "institute",
    "st": "saint",
}
"""Usual short forms and the two spellings of English."""

_LEGAL = (
    "ag asbl bv co company corp corporation ev gmbh inc incorporated limited llc ltd ngo nv oy plc "
    "pvt sa sarl srl"
)
LEGAL = frozenset(_LEGAL.split())
LEGAL_ZH = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团)$")
"""What says how a body is registered, not who it is."""

HAN = re.compile(r"[\u3400-\u9fff]")
ALIAS = re.compile(
    r"^(?P<one>[^()]+?)\s*\(\s*(?:aka|a\.k\.a\.|formerly|简称)?\s*(?P<two>[^()]+?)\s*\)$", re.I
)
DASHED = re.compile(r"^(?P<one>.+?)\s+[-–—/]\s+(?P<two>.+)$")


def folded(name: str) -> str:
    """Without case, width, accents, punctuation and doubled blanks."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.sub(r"['’`´]", "", bare)
    return " ".join(re.sub(r"[\W_]+", " ", words).split())


def squeezed(fold: str) -> str:
    """Without blanks: “action aid” is “actionaid”."""
    return fold.replace(" ", "")


def spelled_out(fold: str) -> str:
    """With usual short forms written out and one spelling of English."""
    return " ".join(SHORT.get(word, word) for word in fold.split())


def unregistered(fold: str) -> str:
    """Without the words of the legal form, unless nothing else is left."""
    words = LEGAL_ZH.sub("", fold).split()
    kept = [word for word in words if word not in LEGAL]
    return " ".join(kept or words)


def looks_like_acronym(name: str) -> bool:
    """Three to eight letters, all but one of them capitals, perhaps with dots or dashes."""
    letters = [sign for sign in name if sign.isalpha()]
    capitals = sum(sign.isupper() for sign in letters)
    return (
        3 <= len(letters) <= 8
        and capitals >= max(len(letters) - 1, 3)
        and not HAN.search(name)
        and not re.search(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}", name)
    )


def acronyms(name: str) -> frozenset[str]:
    """What the initials of a name of several words spell, with and without the small words, and
    without what stands in brackets."""
    found = set()
    for form in {name, re.sub(r"\([^()]*\)", " ", name)}:
        words = folded(form).split()
        content = [word for word in words if word not in STOP]
        if len(content) >= 2:
            found |= {"".join(w[0] for w in words), "".join(w[0] for w in content)}
    return frozenset(one for one in found if len(one) >= 3)


def two_names(name: str) -> tuple[str, str] | None:
    """“A (aka B)”, “A (B)” or “A - B” as its two parts."""
    if match := ALIAS.match(name) or DASHED.match(name):
        return match["one"].strip(), match["two"].strip()
    return None


def one_slip(one: str, two: str) -> bool:
    """Whether two words of five letters or more differ by one letter added, left out, changed, or
    swapped with its neighbour. Figures are never slips."""
    if one == two:
        return True
    if min(len(one), len(two)) < 5 or abs(len(one) - len(two)) > 1 or HAN.search(one + two):
        return False
    if any(sign.isdigit() for sign in one + two):
        return False
    pairs = zip(one, two, strict=False)
    shorter = min(len(one), len(two))
    start = next((i for i, (a, b) in enumerate(pairs) if a != b), shorter)
    rest_one, rest_two = one[start:], two[start:]
    return (
        rest_one[1:] == rest_two[1:]
        or rest_one[1:] == rest_two
        or rest_one == rest_two[1:]
        or (rest_one[:2] == rest_two[1::-1] and rest_one[2:] == rest_two[2:])
    )
