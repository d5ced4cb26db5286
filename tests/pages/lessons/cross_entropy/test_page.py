"""The lesson on cross-entropy as a page: passages, fields, links; what is typed stays."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from urllib.parse import parse_qs

import pytest

from pages.lessons.cross_entropy.side import PAIRS
from pages.visit.choices import Choices
from pages.visit.links import decode, encode
from pages.visit.place import Place
from pages.visit.samples import Sample
from pages.writing.math_colours import coloured
from pages.writing.wording import LANGUAGES, TEXT, sections, wording
from tests.pages.film import alts
from tests.pages.lessons.cross_entropy.opening import START, choices_of, opened, pair_of
from tests.pages.reading import address, clean, passages, press, tables, visit_of

SCREENS = ("pair", "both_ways", "zero", "batch")
HOSTILE = [
    "",
    "cat",
    "<img src=x onerror=alert(1)>",
    "$\\frac{1}{2}$, {number}",
    "nan, 1",
    "inf, 0",
    "-inf, 1",
    "-0.1, 1.1",
    "0.5, 0.6",
    "1",
    "0.05, " * 20,
    "0," * 5000 + "1",
    "1e400, 0",
    "0.5, 0.5)); DROP TABLE",
]


def test_every_passage_and_picture_is_there(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        with subtests.test(language=language):
            at = opened(language=language)
            words = wording(language)
            assert [title.value for title in at.title] == [words("cross_entropy.title")]
            questions = [words(f"cross_entropy.{name}.question") for name in SCREENS]
            headers = [header.value for header in at.header]
            assert [header for header in headers if header in questions] == questions
            assert headers[-1] == words("lesson.take_away")
            lesson_text = passages(at)
            for name, text in sections(
                (TEXT / language / "cross_entropy.md").read_text("utf-8")
            ).items():
                assert coloured(text, "light", "cross_entropy") in lesson_text, name
            assert r"\textcolor{#946200}{P_k} \ln \textcolor{#0072B2}{Q_k}" in lesson_text
            assert f"**{words('cross_entropy.pair.picture')}**" in lesson_text
            (alt,) = alts(at)
            assert "1.2535" in alt
            assert "{" not in alt
            # In order: class by class, both directions, zeros, the batch.
            captions = [
                words("cross_entropy.pair.picture"),
                *(words(f"cross_entropy.{name}.table") for name in SCREENS[1:]),
            ]
            shown = "".join(tables(at))
            places = [shown.index(f"<caption>{escape(text)}<") for text in captions]
            assert places == sorted(places)


# What is refused does not depend on the language; that it is refused in words does.
@pytest.mark.parametrize(
    ("language", "field"), [("en", "p0"), ("en", "q0"), ("en", "q1"), ("zh", "q0")]
)
def test_bad_text_is_refused_beside_the_field_and_nothing_lost(
    subtests: pytest.Subtests, language: str, field: str
) -> None:
    key, (side, sample) = f"{field}_text", field
    for text in HOSTILE:
        with subtests.test(text=text[:12]):
            at = opened(language=language, z="5,6,7", screen="batch")
            at.text_input(key=key).set_value(text).run()
            assert choices_of(clean(at)) == replace(START, place=Place("batch"))
            assert at.text_input(key=key).value == text, "what was typed is gone"
            (warning,) = at.warning
            assert warning.value
            assert not re.search(r"(?<!\\)<", warning.value)
            assert pair_of(at).p == (0.5, 0.3, 0.2)
            at.text_input(key=key).set_value("0.25, 0.25, 0.5").run()
            assert not clean(at).warning
            assert getattr(choices_of(at).samples[int(sample)], side) == (0.25, 0.25, 0.5)
            assert visit_of(at).state.logits == (5, 6, 7)


def test_a_refused_text_outlives_edits_elsewhere_but_not_of_the_same_numbers() -> None:
    at = opened(screen="pair")
    at.text_input(key="q0_text").set_value("cat").run()
    at.text_input(key="p0_text").set_value("0.2, 0.2, 0.6").run()
    assert at.text_input(key="q0_text").value == "cat"
    assert len(clean(at).warning) == 1
    press(at, wording("en")("cross_entropy.pair.swap"))
    assert not at.warning
    assert at.text_input(key="q0_text").value == "0.2, 0.2, 0.6"


def test_a_refused_text_is_gone_after_another_page() -> None:
    at = opened(screen="pair")
    at.text_input(key="q0_text").set_value("cat").run()
    at.switch_page("lessons/softmax/page.py").run().switch_page(
        "lessons/cross_entropy/page.py"
    ).run()
    assert not clean(at).warning
    assert at.text_input(key="q0_text").value == "0.2, 0.5, 0.3"


def test_a_link_restores_all_samples(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        with subtests.test(language=language):
            at = opened(
                language=language,
                screen="batch",
                z="5,6",
                p="0.5,0.5_1,0_0,1",
                q="0.9,0.1_0.8,0.2_0.3,0.7",
            )
            sides = (((0.5, 0.5), (0.9, 0.1)), ((1, 0), (0.8, 0.2)), ((0, 1), (0.3, 0.7)))
            samples = tuple(Sample(p, q) for p, q in sides)
            assert choices_of(at) == Choices(samples=samples, place=Place("batch"))
            assert at.radio(key="samples").value == 3
            assert at.text_input(key="q2_text").value == "0.3, 0.7"


def test_the_address_is_a_link_to_what_is_shown() -> None:
    at = opened(z="2,3,4", label="2", screen="batch")
    at.text_input(key="q0_text").set_value("0.36, 0.1, 0.54").run()
    at.radio(key="samples").set_value(3).run()
    lesson, query = address(at)
    current = visit_of(at)
    assert (lesson, query) == ("cross-entropy", encode(current.state, "en", current.choices))
    state, choices, refusals = decode(parse_qs(query, keep_blank_values=True))
    assert (state, choices, refusals) == (current.state, current.choices, [])


def test_a_bad_link_is_named_until_the_next_edit() -> None:
    at = opened(q="0.9,0.9_1,0", screen="pair")
    assert choices_of(at) == START
    assert len(at.warning) == 1
    assert not press(at, wording("en")("cross_entropy.pair.swap")).warning


def test_the_language_switch_keeps_the_pair() -> None:
    at = opened(PAIRS["soft"], screen="pair")
    at.button(key="language_zh").click().run()
    assert pair_of(clean(at)) == PAIRS["soft"]
    assert at.title[0].value == wording("zh")("cross_entropy.title")
    assert at.selectbox(key="pair_example").label == wording("zh")("controls.preset")
