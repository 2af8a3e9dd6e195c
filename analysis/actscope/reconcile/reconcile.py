"""Names of one column brought together, each merge with its reason, and what is left to decide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.reconcile.links import (
    REASONS,
    Link,
    acronym_links,
    both_named_links,
    link_of,
    open_links,
    same_links,
    spelling_links,
)
from actscope.results import Result

THRESHOLD = 0.9
"""Names this alike are merged if each word is the same or one slip away."""

NEAR = 0.1
"""Names that are less alike by up to this much are shown for decision."""

DEFINITION = Definition(
    en=(
        "Two names are one organisation when they are the same after folding case, width, accents, "
        "punctuation, blanks, short forms and legal forms; when a name gives both; when each word "
        "is the same or one slip away; or when one is the initials of exactly one other. What is "
        "merely alike is listed, never merged."
    ),
    zh=(
        "忽略大小写、全半角、重音、标点、空格、缩略词和组织形式用语后相同，或一个名称同时写有两者，"
        "或逐词相同或仅差一个字母，或一方恰为另一唯一名称的首字母缩写，即视为同一组织；"
        "仅相近者只列出，不合并。"
    ),
    source=(
        "Fellegi & Sunter 1969, JASA 64:1183 (merge, leave open, keep apart); Ratcliff & Metzener "
        "1988, Dr. Dobb's Journal 13:46 (similarity of texts)."
    ),
)


class ThresholdOutOfRangeError(InputError):
    """A similarity that none can have."""

    code = "threshold_out_of_range"
    en = "“{field}” is {value}; it must lie between 0.5 and 1."
    zh = "“{field}”为 {value}，应在 0.5 与 1 之间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Result):
    """A name as written: how often, in how many snapshots, and what it is called from now on.
    ``reason``: why it is not called as written, the weakest where several lead there; ``None``
    where it is."""

    name: str
    canonical: str
    count: int
    snapshots: int | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation(Result):
    """``n`` rows with a name, ``missing`` without. ``names`` (all spellings, by canonical name) is
    the table to edit and to apply; ``merges``: every link that was followed; ``undecided``: links
    that only a person can judge."""

    definition: Definition
    n: int
    missing: int
    spellings: int
    organisations: int
    names: tuple[Name, ...]
    merges: tuple[Link, ...]
    undecided: tuple[Link, ...]


def reconcile(
    names: Sequence[str | None],
    *,
    snapshots: Sequence[str | None] | None = None,
    threshold: float = THRESHOLD,
    decided: Mapping[str, str] | None = None,
) -> Reconciliation:
    """Bring the spellings together.

    ``names``: one for each row, ``None`` where it is missing. ``snapshots``: of each row, to tell
    in how many both names of a merge stand. ``decided``: canonical name by spelling, as a person
    left them: names of one canonical name are merged, names of different ones never are, and new
    names join by the rules. The canonical name of the others is the most frequent spelling, then
    the longest. The order of the rows changes nothing. Raises ``ThresholdOutOfRangeError``.
    """
    if not 0.5 <= threshold <= 1:
        raise ThresholdOutOfRangeError(field="threshold", value=threshold)
    counts = Counter(name for name in names if name is not None)
    told = dict(decided or {})
    clusters = _Clusters(sorted(counts), told)
    for link in _decided_links(counts, told):
        clusters.join(link)
    for link in same_links(counts):
        clusters.join(link)
    for link in both_named_links(counts):
        clusters.join(link)
    for link in spelling_links(counts, threshold):
        clusters.join(link)
    ambiguous = list(_join_acronyms(clusters, counts))
    loose = [*clusters.refused, *ambiguous, *open_links(counts, threshold - NEAR)]
    seen = _seen(names, snapshots)
    return Reconciliation(
        definition=DEFINITION,
        n=counts.total(),
        missing=len(names) - counts.total(),
        spellings=len(counts),
        organisations=len({clusters.root(name) for name in counts}),
        names=_names(clusters, counts, told, seen if snapshots is not None else None),
        merges=tuple(_with_together(link, seen, snapshots) for link in clusters.followed),
        undecided=tuple(
            _with_together(link, seen, snapshots) for link in _still_open(clusters, loose)
        ),
    )


class _Clusters:
    """Names joined one link at a time; a link between names that were told apart is refused."""

    def __init__(self, names: Iterable[str], told: Mapping[str, str]) -> None:
        self._parent = {name: name for name in names}
        self._told = {name: told[name] for name in self._parent if name in told}
        self.followed: list[Link] = []
        self.refused: list[Link] = []

    def root(self, name: str) -> str:
        while self._parent[name] != name:
            name = self._parent[name]
        return name

    def apart(self, one: str, two: str) -> bool:
        """Whether the clusters of the two were told apart."""
        a, b = self._told.get(self.root(one)), self._told.get(self.root(two))
        return a is not None and b is not None and a != b

    def join(self, link: Link) -> None:
        one, two = sorted((self.root(link.one), self.root(link.two)))
        if one == two:
            return
        if self.apart(one, two):
            self.refused.append(replace(link, reason="kept_apart"))
            return
        self._parent[two] = one
        if two in self._told:
            self._told[one] = self._told[two]
        self.followed.append(link)


def _decided_links(counts: Mapping[str, int], told: Mapping[str, str]) -> list[Link]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        if name in told:
            groups[told[name]].append(name)
    return [link_of(group[0], other, "decided") for group in groups.values() for other in group[1:]]


def _join_acronyms(clusters: _Clusters, counts: Mapping[str, int]) -> Iterable[Link]:
    """Join each acronym with the one organisation whose initials it is; gives the links of those
    that could stand for several."""
    found = acronym_links(counts)
    meant = {
        name: {clusters.root(other) for other in others} - {clusters.root(name)}
        for name, others in found.items()
    }
    for name, others in found.items():
        reason = "acronym" if len(meant[name]) <= 1 else "ambiguous"
        for other in others:
            link = link_of(name, other, reason)
            if reason == "acronym":
                clusters.join(link)
            else:
                yield link


def _still_open(clusters: _Clusters, links: Iterable[Link]) -> list[Link]:
    """The links between names that are not merged and were not told apart, the first of each pair
    of clusters, most alike first."""
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        one, two = sorted((clusters.root(link.one), clusters.root(link.two)))
        if one != two and (link.reason == "kept_apart" or not clusters.apart(one, two)):
            best.setdefault((one, two), link)
    return sorted(best.values(), key=lambda link: (-link.similarity, link.one, link.two))


def _names(
    clusters: _Clusters,
    counts: Mapping[str, int],
    told: Mapping[str, str],
    seen: Mapping[str, frozenset[str]] | None,
) -> tuple[Name, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        members[clusters.root(name)].append(name)
    rows = []
    for group in members.values():
        named = sorted({told[name] for name in group if name in told})
        usual = min(group, key=lambda name: (-counts[name], -len(name), name))
        canonical = named[0] if named else usual
        why = _reasons(canonical, clusters.followed) if canonical in counts else {}
        rows += [
            Name(
                name=name,
                canonical=canonical,
                count=counts[name],
                snapshots=None if seen is None else len(seen[name]),
                reason=None if name == canonical else why.get(name, "decided"),
            )
            for name in group
        ]
    return tuple(sorted(rows, key=lambda row: (row.canonical.casefold(), row.canonical, row.name)))


def _reasons(canonical: str, followed: Sequence[Link]) -> dict[str, str]:
    """For each name that is linked to the canonical one, the weakest reason on the way there."""
    beside: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for link in followed:
        beside[link.one].append((link.two, link.reason))
        beside[link.two].append((link.one, link.reason))
    found, waiting = {canonical: "decided"}, [canonical]
    strength = list(REASONS).index
    for name in waiting:
        for other, reason in beside[name]:
            if other not in found:
                found[other] = max(found[name], reason, key=strength)
                waiting.append(other)
    return found


def _seen(
    names: Sequence[str | None], snapshots: Sequence[str | None] | None
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, snapshot in zip(names, snapshots or (), strict=snapshots is not None):
        if name is not None and snapshot is not None:
            found[name].add(snapshot)
    return defaultdict(frozenset, {name: frozenset(held) for name, held in found.items()})


def _with_together(
    link: Link, seen: Mapping[str, frozenset[str]], snapshots: Sequence[str | None] | None
) -> Link:
    if snapshots is None:
        return link
    return replace(link, together=len(seen[link.one] & seen[link.two]))
