"""The bench writes numbers as the lessons do: format.js and numerals.py are one."""

from __future__ import annotations

import random

from playwright.sync_api import Page

from pages.bench.numbers import numeral
from pages.writing.numerals import fixed_text, significant_text
from tests.e2e.instrument import open_bench
from tests.number_texts import NUMBER_TEXTS

RUN = """async values => {
    const loaded = performance.getEntriesByType("resource");
    const { name } = loaded.find(e => e.name.endsWith("/format.js"));
    const { fixed, significant } = await import(name);
    return values.map(value => [fixed(value), significant(value)]);
}"""


def test_the_browser_writes_the_same(page: Page) -> None:
    rng = random.Random(3)  # noqa: S311
    values = [value for value, *_ in NUMBER_TEXTS]
    values += [rng.choice([-1, 1]) * 10 ** rng.uniform(-12, 12) for _ in range(2000)]
    values += [rng.randint(-(2**20), 2**20) / 2 ** rng.randint(0, 20) for _ in range(2000)]
    open_bench(page)
    written = page.evaluate(RUN, [numeral(v) for v in values])
    differing = [
        (value, shown, [fixed_text(value), significant_text(value)])
        for value, shown in zip(values, written, strict=True)
        if shown != [fixed_text(value), significant_text(value)]
    ]
    assert not differing
