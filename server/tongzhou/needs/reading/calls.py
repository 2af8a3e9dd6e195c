"""A call for help in running text → what it may ask for, each with the words it came from.

A phrase of the lexicon or of the catalogue is found, the longest first; the amount that belongs
to it stands behind it in the same clause, or before it. What is told as being in stock is no
request, unless it is told as used up.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from tongzhou.needs.reading.amounts import OPEN_ENDED, Amount, amounts
from tongzhou.needs.reading.folding import fold
from tongzhou.needs.reading.lexicon import N95, WORDS, Word

#: No call is longer; what is behind is not read.
LONGEST: Final = 20_000
#: Ends a clause: an amount beyond it belongs to something else.
_CLAUSE: Final = re.compile(r"[,，、/;；。\n!！]|\.(?!\d)")
_STOCK: Final = re.compile(r"库存|还剩|只剩下?|仅剩|剩余|现有|in stock|we have")
#: What is told of one thing, up to the end of the sentence.
_COMING: Final = re.compile(r"已收到|已到|目前只有|购买的")
_STOCK_BEHIND: Final = re.compile(r"\s*(?:库存|还剩|只?剩|仅剩|在路上|在途|已发)")
_ASKING: Final = re.compile(r"需要|急需|缺少|急缺|最缺|缺|仍需|所需|求助|需求|need|short of|lack")
_ASKED_BEHIND: Final = re.compile(rf"(?:{_ASKING.pattern})[\s:：(]*(?=\d|[一二两三四五六七八九十])")
_NONE_LEFT: Final = re.compile(r"零库存|无库存|告急|用完|耗尽|已无")
#: A list that a spreadsheet has counted up: N95, N96, N97 …
_COUNTED_UP: Final = re.compile(r"(?<![a-z0-9])n(9[6-9]|1[0-3]\d)(?!\d)")
_PLACE: Final = re.compile(
    r"[\u4e00-\u9fff()]{2,24}?(?:医院|卫生院|卫生服务中心|防治院|保健院|社区|街道|红十字会|"
    r"慈善总会|敬老院|养老院|学校)(?:[\u4e00-\u9fff]{1,4}院区)?"
)
_HOW_NEAR: Final = 6
_DROP: Final = 0.15


@dataclass(frozen=True)
class Mention:
    """Something that seems to be asked for. ``name``: as the catalogue knows it; ``start`` and
    ``end``: where the original text says so (with the amount); ``quantity``: None where the
    amount is not said; ``most``: the end of a range; ``unit``: as typed; ``sure``: 0 to 1;
    ``doubts``: codes of what a person should look at."""

    name: str
    start: int
    end: int
    said: str
    quantity: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    sure: float = 0.0
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was found in a text, in its order; ``place``: who seems to ask, as written."""

    text: str
    mentions: tuple[Mention, ...]
    place: str = ""


def read_call(text: str, *, names: Mapping[str, str] | None = None) -> Reading:
    """Reads a call for help. ``names``: further phrases (of the catalogue) and what they are
    called there. One mention for each thing: the one that says most about it."""
    text = text[:LONGEST]
    folded = fold(text)
    words = _words(names or {})
    found = list(_phrases(folded.text, words))
    taken = [(start, end) for start, end, _word, _doubts in found]
    numbers = [n for n in amounts(folded.text) if not _inside(n.start, n.end, taken)]
    best: dict[str, Mention] = {}
    for place, (start, end, word, doubts) in enumerate(found):
        after = found[place + 1][0] if place + 1 < len(found) else len(folded.text)
        before = found[place - 1][1] if place else 0
        if not word.name:
            continue
        if _in_stock(folded.text, start, end, after):
            there = _amount(folded.text, start, end, before, after, numbers)
            numbers = [n for n in numbers if n is not there]
            continue
        amount = _amount(folded.text, start, end, before, after, numbers)
        first, last = start, end
        if amount is not None:
            first, last = min(start, amount.start), max(end, amount.end)
            numbers = [n for n in numbers if n is not amount]
        begin, finish = folded.span(first, last)
        if amount is None and not OPEN_ENDED.search(folded.text[end:after]):
            doubts = (*doubts, "amount-unknown")
        mention = Mention(
            name=word.name,
            start=begin,
            end=finish,
            said=text[begin:finish],
            quantity=amount.quantity if amount else None,
            most=amount.most if amount else None,
            unit=amount.unit if amount else "",
            sure=round(max(word.sure - (_DROP if doubts[:1] == ("counted-up",) else 0), 0.05), 2),
            doubts=doubts if word.sure > 0.6 else (*doubts, "which-kind"),
        )
        best[word.name] = _better(best.get(word.name), mention)
    ordered = sorted(best.values(), key=lambda one: one.start)
    return Reading(text, tuple(ordered), _place(text))


def _words(names: Mapping[str, str]) -> dict[str, Word]:
    given = {fold(phrase.strip()).text: Word(name) for phrase, name in names.items()}
    found = {phrase: word for phrase, word in given.items() if len(phrase) > 1}
    return found | dict(WORDS)


def _phrases(
    text: str, words: Mapping[str, Word]
) -> Iterator[tuple[int, int, Word, tuple[str, ...]]]:
    """Phrases from the left, the longest at each place, none within another."""
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(words, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(phrase)
    counted = {match.start(): match.end() for match in _COUNTED_UP.finditer(text)}
    here = 0
    while here < len(text):
        if here in counted:
            end = counted[here] + (2 if text.startswith("口罩", counted[here]) else 0)
            yield here, end, Word(N95), ("counted-up",)
            here = end
            continue
        hit = next((p for p in by_first.get(text[here], ()) if _fits(text, here, p)), None)
        if hit is None:
            here += 1
            continue
        yield here, here + len(hit), words[hit], ()
        here += len(hit)


def _fits(text: str, start: int, phrase: str) -> bool:
    """Latin words end where words end; "n95" is not found in "n950"."""
    if not text.startswith(phrase, start):
        return False
    end = start + len(phrase)
    if phrase[-1].isascii() and end < len(text) and text[end].isascii() and text[end].isalnum():
        return False
    before = text[start - 1] if start else " "
    return not (phrase[0].isascii() and phrase[0].isalpha() and before.isascii()
                and before.isalpha())  # fmt: skip


def _inside(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < last and first < end for first, last in taken)


def _in_stock(text: str, start: int, end: int, after: int) -> bool:
    """True where the last word before says what there is, and nothing says that it is gone or
    asked for all the same."""
    if _NONE_LEFT.search(text[start : after + 8]) or _ASKED_BEHIND.search(text[end:after]):
        return False
    if _STOCK_BEHIND.match(text, end):
        return True
    ahead = text[max(0, start - 300) : start]
    sentence = re.split(r"[。!！\n]", ahead)[-1]
    stock = [match.end() for match in _STOCK.finditer(ahead)]
    coming = [match.end() for match in _COMING.finditer(sentence)]
    stock += [len(ahead) - len(sentence) + end for end in coming]
    asking = [match.end() for match in _ASKING.finditer(ahead)]
    if not stock or (asking and asking[-1] > max(stock)):
        return False
    return "\n" not in ahead[max(stock) :]


def _amount(
    text: str, start: int, end: int, before: int, after: int, numbers: list[Amount]
) -> Amount | None:
    """The amount that belongs to the phrase: behind it before the next clause or thing, also in
    brackets; else directly before it."""
    asked = _ASKED_BEHIND.search(text[end:after])
    begin = end + asked.end() if asked else end
    behind = [n for n in numbers if begin <= n.start < after]
    if behind and not _CLAUSE.search(text[begin : behind[0].start]):
        near = behind[0].start - begin <= 24
        if near and not _leads_on(text, behind[0], after):
            return behind[0]
    ahead = [n for n in numbers if before <= n.start and n.end <= start]
    if not ahead or start - ahead[-1].end > _HOW_NEAR:
        return None
    return None if _CLAUSE.search(text[ahead[-1].end : start]) else ahead[-1]


def _leads_on(text: str, amount: Amount, after: int) -> bool:
    """True when the number is glued to the thing behind it and apart from the one before:
    "masks, 100 goggles"."""
    glued = amount.end == after and after < len(text)
    apart = text[amount.start - 1 : amount.start] in {" ", "，", ","}
    return glued and apart


def _better(known: Mention | None, other: Mention) -> Mention:
    """The one that says an amount, else the first."""
    if known is None:
        return other
    if known.quantity is None and other.quantity is not None:
        return replace(other, sure=max(known.sure, other.sure))
    if other.sure > known.sure:
        return replace(known, sure=other.sure, doubts=other.doubts)
    return known


def _place(text: str) -> str:
    match = _PLACE.search(text)
    return match[0] if match else ""
