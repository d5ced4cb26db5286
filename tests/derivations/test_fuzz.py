"""A few seconds of the fuzzer, in which every kind of answer comes up; by hand it runs longer."""

import random
from collections import Counter
from itertools import islice

from derivations import REASONS, parse

from .fuzz_parse import CHAIN_LIMIT, PARSE_LIMIT, Slowest, answer, texts


def test_nothing_typed_crashes_or_takes_long() -> None:
    rng = random.Random(5)  # noqa: S311
    reading, chain = Slowest("parse", PARSE_LIMIT), Slowest("whole chain", CHAIN_LIMIT)
    found: Counter[str] = Counter()
    for text in islice(texts(rng), 800):
        reading.time(parse, text)
        chain.time(lambda x: found.update(answer(x)), text)
    assert not reading.over, reading
    assert not chain.over, chain
    assert found["losses"] > 80
    assert found["repaired"] > 5
    assert len(set(found) & set(REASONS)) > 15


def test_what_takes_too_long_is_noticed() -> None:
    slow = Slowest("", 0.0)
    slow.time(lambda x: sum(range(len(x))), "a" * 100_000)
    assert slow.over
