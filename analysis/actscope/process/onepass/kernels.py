"""The compiled loops. Each takes up the batch at row ``start`` and gives the row at which it
stopped: the end, a row for which there is no room, or one whose time goes back (then ``fault``
is set)."""

import numpy as np
from numba import njit

from actscope.process.onepass.buckets import bucket_of
from actscope.process.onepass.cells import COUNT, KEY, NUMBER, SUM, first_place, place_of
from actscope.process.onepass.names import coded_word

NO_TIME = np.iinfo(np.int64).min

# What is kept of a case, 64 bytes: a line of the processor's cache.
FIRST, LAST, UNIT_AT, UNIT, BEFORE, KIND_AT, KIND, FLAGS = range(8)
CASE_WIDTH = 8
HANDED_OVER, RETURNED = 1, 2

# What is counted of the log.
ROWS, SET_ASIDE, NO_CASE, WITHOUT_TIME, EVENTS, NO_UNIT, NO_KIND, CASES = range(8)
TIE_ACTS, TIE_NO_UNIT, NO_PARTNER = range(8, 11)
COUNTERS = 11

CASE_BITS = 40
"""The kind of a case stands above these bits of its key, its name in them."""

UNIT_BITS = 24
"""The units of a tie take these bits each; the phase stands above."""


@njit(cache=True, nogil=True)
def number_cases(  # type: ignore[no-untyped-def]
    start, case, kind, met_case, met_kind,
    index, offsets, words, memo, heads, hashes, ends, data, used_names,
    first_case, ids, number, others, used_others,
):  # fmt: skip
    """The number of the case of each row, −1 where there is none; a case without a kind is one
    all the same. ``met_case`` and ``met_kind`` remember per word of the batch the case that it was
    last, ``first_case`` per name its first case: nearly always it is that again. Cases of one name
    and several kinds are found in the table ``others``."""
    for i in range(start, len(index)):
        word = index[i]
        case[i] = -1
        if word < 0:
            continue
        k = kind[i]
        if met_case[word] >= 0 and met_kind[word] == k:
            case[i] = met_case[word]
            continue
        if number[0] == len(ids) or 2 * used_others[0] >= len(others):
            return i
        name = coded_word(word, offsets, words, memo, heads, hashes, ends, data, used_names)
        if name < 0:
            continue
        found = np.int64(first_case[name])
        if found < 0:
            found = number[0]
            first_case[name] = found
        elif ids[found, 1] != k:
            before = used_others[0]
            key = (np.int64(k + 1) << CASE_BITS) | np.int64(name)
            place = place_of(key, others, used_others)
            if used_others[0] > before:
                others[place, COUNT] = number[0]
            found = others[place, COUNT]
        if found == number[0]:
            ids[found, 0] = name
            ids[found, 1] = k
            number[0] += 1
        case[i] = found
        met_case[word] = found
        met_kind[word] = k
    return len(index)


@njit(cache=True, nogil=True)
def walk(  # type: ignore[no-untyped-def]
    start, case, at, unit, kind, kinds_only, hand, follow, cases, counters, fault,
    hands, hand_sums, hand_used, hand_waits, nexts, next_sums, next_used, next_waits,
):  # fmt: skip
    """Hand-overs, ping-pong, directly-follows pairs and spans of the events of a batch."""
    # Counted here and written once: the compiler cannot know that the arrays are apart.
    events = no_case = without_time = no_unit = no_kind = new = 0
    stopped = len(case)
    for i in range(start, len(case)):
        if 2 * hand_used[0] >= len(hands) or next_used[0] >= len(next_waits):
            stopped = i
            break
        k = kind[i]
        if kinds_only and k < 0:
            continue
        if case[i] < 0:
            no_case += 1
            continue
        now = at[i]
        if now == NO_TIME:
            without_time += 1
            continue
        c = np.uint64(case[i])  # unsigned: an index that cannot count from the end
        before = cases[c, LAST]
        if now < before:
            fault[0] = 1
            stopped = i
            break
        if before == NO_TIME:
            cases[c, FIRST] = now
            new += 1
        cases[c, LAST] = now
        events += 1
        u = np.int64(unit[i])
        if u < 0:
            no_unit += 1
        elif hand:
            held = cases[c, UNIT]
            if held >= 0 and held != u:
                key = (held << 32) | u
                place = first_place(key, len(hands))
                if hands[place, KEY] != key:
                    place = place_of(key, hands, hand_used)
                wait = now - cases[c, UNIT_AT]
                hands[place, COUNT] += 1
                hand_sums[place, SUM] += wait
                hand_waits[bucket_of(wait)] += 1
                # No branch: whether work comes back is what a processor guesses worst.
                cases[c, FLAGS] |= HANDED_OVER | (RETURNED * np.int64(cases[c, BEFORE] == u))
                cases[c, BEFORE] = held
            cases[c, UNIT] = u
            cases[c, UNIT_AT] = now
        if k < 0:
            no_kind += 1
        elif follow:
            held = cases[c, KIND]
            if held >= 0:
                key = (held << 32) | np.int64(k)
                place = first_place(key, len(nexts))
                if nexts[place, KEY] != key:
                    place = place_of(key, nexts, next_used)
                wait = now - cases[c, KIND_AT]
                nexts[place, COUNT] += 1
                next_sums[place, SUM] += wait
                next_waits[np.uint64(nexts[place, NUMBER]), bucket_of(wait)] += 1
            cases[c, KIND] = k
            cases[c, KIND_AT] = now
    counters[EVENTS] += events
    counters[NO_CASE] += no_case
    counters[WITHOUT_TIME] += without_time
    counters[NO_UNIT] += no_unit
    counters[NO_KIND] += no_kind
    counters[CASES] += new
    return stopped


@njit(cache=True, nogil=True)
def code_units(  # type: ignore[no-untyped-def]
    unit, partner, starts,
    index, offsets, words, memo,
    partner_index, partner_offsets, partner_words, partner_memo,
    heads, hashes, ends, data, used,
):  # fmt: skip
    """The codes of the acting unit and of the partners of each act, in order of the acts: a name
    is new where it first stands, however the log is cut into batches."""
    for i in range(len(index)):
        word = index[i]
        unit[i] = memo[word] if word >= 0 else -1
        if unit[i] == -2:
            unit[i] = coded_word(word, offsets, words, memo, heads, hashes, ends, data, used)
        for j in range(starts[i], starts[i + 1]):
            word = partner_index[j]
            partner[j] = partner_memo[word] if word >= 0 else -1
            if partner[j] == -2:
                partner[j] = coded_word(
                    word, partner_offsets, partner_words, partner_memo,
                    heads, hashes, ends, data, used,
                )  # fmt: skip


@njit(cache=True, nogil=True)
def tie(  # type: ignore[no-untyped-def]
    start, unit, partner, starts, phase, kind, kinds_only, seen, counters,
    table, weights, used,
):  # fmt: skip
    """The weights of the ties of each phase: 1/|V| from the unit to each of its distinct other
    partners V."""
    for i in range(start, len(unit)):
        if kinds_only and kind[i] < 0:
            continue
        u = unit[i]
        if u < 0:
            counters[TIE_NO_UNIT] += 1
            continue
        if 2 * (used[0] + starts[i + 1] - starts[i]) > len(table):
            return i
        act = counters[TIE_ACTS] + counters[NO_PARTNER] + 1
        seen[u] = act
        number = 0
        for j in range(starts[i], starts[i + 1]):
            v = partner[j]
            if v >= 0 and seen[v] != act:
                seen[v] = act
                partner[starts[i] + number] = v  # the distinct ones, moved to the front
                number += 1
        if not number:
            counters[NO_PARTNER] += 1
            continue
        counters[TIE_ACTS] += 1
        above = ((np.int64(phase[i]) + 1) << (2 * UNIT_BITS)) | (np.int64(u) << UNIT_BITS)
        for j in range(starts[i], starts[i] + number):
            key = above | np.int64(partner[j])
            place = first_place(key, len(table))
            if table[place, KEY] != key:
                place = place_of(key, table, used)
            table[place, COUNT] += 1
            weights[place, SUM] += 1.0 / number
    return len(unit)
