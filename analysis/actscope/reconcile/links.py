"""Which two names could be one, by which rule."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from actscope.reconcile import folding
from actscope.results import Result

COMMON = 30
"""A word that more names have than this brings nobody together."""

REASONS = {
    "decided": ("told by the applied table", "按已应用的对照表"),
    "folded": (
        "the same without case, width, accents and punctuation",
        "忽略大小写、全半角、重音与标点后相同",
    ),
    "blanks": ("the same without blanks", "忽略空格后相同"),
    "short_form": ("the same with short forms written out", "展开缩略词后相同"),
    "legal_form": ("the same without the legal form", "去掉组织形式用语后相同"),
    "both_named": ("one name gives both", "一个名称中同时写有两者"),
    "spelling": ("each word the same or one slip away", "逐词相同或仅差一个字母"),
    "acronym": ("one is the initials of the other", "一方是另一方的首字母缩写"),
    "ambiguous": ("initials of several", "可能是多个名称的首字母缩写"),
    "similar": ("alike as text", "文字相近"),
    "contained": ("one name holds all words of the other", "一个名称包含另一个的全部词"),
    "initials_begin": ("begins with the same initials", "首字母缩写的开头相同"),
    "kept_apart": (
        "a rule would merge them, the applied table does not",
        "规则会合并，但对照表要求分开",
    ),
}
"""Every reason in English and Chinese; those from ``ambiguous`` on leave the decision open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Result):
    """Two names and why they might be one; ``similarity``: 2 × signs in common ÷ signs of both,
    after folding (Ratcliff & Obershelp 1988). ``together``: snapshots in which both stand."""

    one: str
    two: str
    reason: str
    similarity: float
    together: int | None = None


def similarity(one: str, two: str) -> float:
    """The share of signs in common, whichever name comes first."""
    a, b = sorted((folding.folded(one), folding.folded(two)))
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def same_links(names: Iterable[str]) -> Iterator[Link]:
    """Names that become the same by one of the rules that need no judgement, strongest first."""
    names = sorted(names)
    folds = {name: folding.folded(name) for name in names}
    spelled = {name: folding.spelled_out(fold) for name, fold in folds.items()}
    rules: dict[str, Callable[[str], Hashable]] = {
        "folded": lambda name: folds[name],
        "blanks": lambda name: folding.squeezed(folds[name]),
        "short_form": lambda name: spelled[name],
        "legal_form": lambda name: folding.unregistered(spelled[name]),
    }
    for reason, key in rules.items():
        groups: dict[Hashable, list[str]] = defaultdict(list)
        for name in names:
            groups[key(name)].append(name)
        for held, group in groups.items():
            # A name of signs alone folds to nothing, which says nothing.
            for other in group[1:] if held else ():
                yield link_of(group[0], other, reason)


def both_named_links(names: Iterable[str]) -> Iterator[Link]:
    """“A (aka B)” is A and is B; “A (B)” and “A - B” only where one is the initials of the
    other."""
    names = sorted(names)
    by_fold = {folding.folded(name): name for name in reversed(names)}
    for name in names:
        parts = folding.two_names(name)
        if parts is None:
            continue
        one, two = parts
        aka = " aka " in f" {folding.folded(name)} "
        told = _initials_of(one, two) or _initials_of(two, one)
        for part in parts if aka or told else ():
            other = by_fold.get(folding.folded(part))
            if other is not None and other != name:
                yield link_of(name, other, "both_named")


def _initials_of(short: str, long: str) -> bool:
    return folding.folded(short) in folding.acronyms(long)


def spelling_links(names: Iterable[str], threshold: float) -> Iterator[Link]:
    """Names of the same number of words, each the same or one slip away, and alike enough."""
    for one, two in neighbours(names):
        words, others = folding.folded(one).split(), folding.folded(two).split()
        if len(words) == len(others) and all(map(folding.one_slip, words, others)):
            link = link_of(one, two, "spelling")
            if words and link.similarity >= threshold:
                yield link


def acronym_links(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each name that looks like an acronym, and the names whose initials it is."""
    names = sorted(names)
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for initials in sorted(folding.acronyms(name)):
            spelled[initials].append(name)
    return {
        name: tuple(found)
        for name in names
        if folding.looks_like_acronym(name)
        and (found := spelled.get(folding.squeezed(folding.folded(name))))
    }


def open_links(names: Iterable[str], threshold: float) -> Iterator[Link]:
    """Names that only a person can judge: alike, one within the other, or initials that begin the
    same."""
    names = sorted(names)
    for one, two in neighbours(names):
        words, others = (_content(name) for name in (one, two))
        if words and others and (words < others or others < words):
            yield link_of(one, two, "contained")
        elif (link := link_of(one, two, "similar")).similarity >= threshold:
            yield link
    for name in filter(folding.looks_like_acronym, names):
        short = folding.squeezed(folding.folded(name))
        for other in names:
            if any(len(a) > len(short) and a.startswith(short) for a in folding.acronyms(other)):
                yield link_of(name, other, "initials_begin")


def neighbours(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that share a rarer word (or one a letter short of it) or the first four signs; for
    Chinese, two signs that follow each other."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        for key in _keys(folding.folded(name)):
            holders[key].append(name)
    pairs = {
        pair for held in holders.values() if len(held) <= COMMON for pair in combinations(held, 2)
    }
    yield from sorted(pairs)


def _keys(fold: str) -> frozenset[str]:
    keys = {"^" + folding.squeezed(fold)[:4]}
    for word in fold.split():
        if folding.HAN.search(word):
            keys |= {word[i : i + 2] for i in range(len(word) - 1)}
        elif word not in folding.STOP:
            keys.add(word)
            if len(word) >= 5:
                keys |= {word[:i] + word[i + 1 :] for i in range(len(word))}
    return frozenset(keys)


def _content(name: str) -> frozenset[str]:
    words = folding.spelled_out(folding.folded(name)).split()
    return frozenset(word for word in words if word not in folding.STOP)


def link_of(one: str, two: str, reason: str) -> Link:
    """The link, whichever name comes first."""
    a, b = sorted((one, two))
    return Link(one=a, two=b, reason=reason, similarity=round(similarity(a, b), 4))
