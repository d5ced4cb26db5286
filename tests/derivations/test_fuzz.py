"""A few seconds of the fuzzer, in which every kind of answer comes up; by hand it runs longer."""

import random
from collections import Counter
from itertools import islice

from derivations import REASONS, parse

from .fuzz_parse import CHAIN_LIMIT, PARSE_LIMIT, Dearest, answer, texts


def test_nothing_typed_crashes_or_takes_much() -> None:
    rng = random.Random(5)  # noqa: S311
    reading, chain = Dearest("parse", PARSE_LIMIT), Dearest("whole chain", CHAIN_LIMIT)
    found: Counter[str] = Counter()
    for text in islice(texts(rng), 800):
        reading.count(parse, text)
        chain.count(lambda x: found.update(answer(x)), text)
    assert not reading.over, reading
    assert not chain.over, chain
    assert found["losses"] > 80
    assert found["repaired"] > 5
    assert len(set(found) & set(REASONS)) > 15


def test_what_takes_too_much_is_noticed() -> None:
    dear = Dearest("", 100)
    for text in ("a" * 10, "a" * 1000):
        dear.count(lambda x: [len(a) for a in x], text)
    assert dear.over == ["a" * 1000]
