"""The softmax lesson in both languages: all of it is there, and the learner's state stays."""

from __future__ import annotations

import math
import re

import pytest

from core import softmax
from pages.visit.links import encode
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from pages.writing.math_colours import coloured
from pages.writing.wording import LANGUAGES, TEXT, sections, wording
from tests.pages.film import alts, release
from tests.pages.lessons.softmax.opening import (
    PICTURES,
    SCREENS,
    opened,
    opened_at,
)
from tests.pages.reading import address, clean, numbers, passages, table_of, tables, visit_of
from tests.pages.strategies import HOSTILE_NAMES

INF = math.inf


def test_every_passage_and_picture_is_there(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        with subtests.test(language=language):
            # A state to which each conditional passage applies.
            at = opened(lang=language, z="1000,-inf,-5")
            words = wording(language)
            assert [title.value for title in at.title] == [words("softmax.title")]
            questions = [words(f"softmax.{name}.question") for name in SCREENS]
            # A derivation has a header of its own.
            expected = [*questions, words("lesson.take_away")]
            assert [h.value for h in at.header if h.value in expected] == expected
            lesson_text = passages(at)
            for name, text in sections((TEXT / language / "softmax.md").read_text("utf-8")).items():
                if name.startswith(("temperature_gradient", "temperature_sensitivity")):
                    continue  # derivations of the next lesson
                assert coloured(text, "light") in lesson_text, name
            assert all(f"**{words(f'softmax.{name}.picture')}**" in lesson_text for name in SCREENS)
            assert len(alts(at)) == PICTURES
            for name in SCREENS[:-1]:
                assert table_of(at, words(f"softmax.{name}.picture"))


def test_each_picture_says_in_words_what_it_shows(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        with subtests.test(language=language):
            at = opened(lang=language, z="2,3,4")
            shown = alts(at)
            assert len(shown) == len(set(shown)) == len(SCREENS) - 1
            assert "0.6652" in shown[0]
            assert "10" in shown[1]
            assert "{" not in "".join(shown)


def test_every_preset_comes_along(subtests: pytest.Subtests) -> None:
    for name in PRESETS:
        with subtests.test(name=name):
            at = opened_at(PRESETS[name], "zh")
            z = list(map(float, PRESETS[name].logits))
            assert numbers(tables(at)[0], "logit") == z
            assert visit_of(at).state == PRESETS[name]


def test_edits_come_along_to_the_bench_and_back() -> None:
    at = opened(z="2,3,4", label="2", temperature="0.5", names="cat,dog,owl", lang="zh")
    assert at.text_input(key="logits_text").value == "2, 3, 4"
    at.text_input(key="logits_text").set_value("1, -inf, 0.5").run()
    clean(at)
    expected = LabState((1.0, -INF, 0.5), target=1, temperature=0.5, names=("cat", "dog", "owl"))
    assert visit_of(at).state == expected
    clean(at.switch_page("bench/page.py").run())
    assert visit_of(at).state == expected
    assert visit_of(at).language == "zh"
    at.text_input(key="logits_text").set_value("7, 8").run()
    clean(at.switch_page("lessons/softmax/page.py").run())
    assert numbers(tables(at)[0], "logit") == [7, 8]
    assert "cat" in tables(at)[0]
    assert [title.value for title in at.title] == [wording("zh")("softmax.title")]


def test_the_address_is_a_link_to_what_is_shown() -> None:
    at = opened(z="2,3,4", label="2")
    at.text_input(key="logits_text").set_value("5 6 7").run()
    lesson, query = address(at)
    state = LabState((5.0, 6.0, 7.0), target=1)
    assert (lesson, query) == ("softmax", encode(state, "en", visit_of(at).choices))
    assert query == "z=5,6,7&lang=en&view=whole&label=2"


def test_bad_input_is_named_and_the_rest_stays(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        with subtests.test(language=language):
            at = opened(z="2,3,4", lang=language)
            at.text_input(key="logits_text").set_value("2, x").run()
            assert len(clean(at).warning) == 1
            assert "“x”" in at.warning[0].value.replace("\\", "")
            assert numbers(tables(at)[0], "logit") == [2, 3, 4]
            at.text_input(key="logits_text").set_value("2, 1").run()
            assert not clean(at).warning
            assert numbers(tables(at)[0], "logit") == [2, 1]


def test_extreme_states_give_a_sensible_page(subtests: pytest.Subtests) -> None:
    for temperature in ["0.01", "1", "100"]:
        for z in [
            "1000000,-1000000",
            "-1000000,-1000000,-1000000",
            "-inf,-inf,0,-inf",
            "-inf,1000000,-inf,999999.5,-inf,0,1,2,3,-inf",
            "0,0,0,0,0,0,0,0,0,0",
            "1e-300,-1e-300",
        ]:
            with subtests.test(temperature=temperature, z=z):
                at = opened(z=z, temperature=temperature)
                logits = [float(text) for text in z.split(",")]
                a = softmax(logits, temperature=float(temperature))
                assert numbers(tables(at)[0], "probability") == a.tolist()
                assert len(alts(at)) == PICTURES
                assert not re.search(r"nan", "".join(tables(at)), re.IGNORECASE)
                for slider in at.slider:
                    clean(slider.set_value(slider.min).run())
                release(at, "shift", -10)


def test_names_are_shown_as_plain_text_and_never_as_markdown(subtests: pytest.Subtests) -> None:
    for name in HOSTILE_NAMES:
        with subtests.test(name=name):
            at = opened_at(LabState((2.0, 3.0), names=(name, "\u2622")))
            written = [e.value for kind in (at.markdown, at.header, at.caption) for e in kind]
            assert not any(name in text or "\u2622" in text for text in written)
            assert "\u2622" in tables(at)[0]
            assert "<img" not in "".join(tables(at))
            drawn = "".join(chart.proto.spec for chart in at.get("plotly_chart"))  # type: ignore[attr-defined]
            drawn += "".join(html.proto.body for html in at.get("html"))  # type: ignore[attr-defined]
            bars = drawn[drawn.index('<div class="lab-bars"') :]
            assert "\u2622" in bars[: bars.index('class="bar-title"')]
            assert "<img" not in drawn
            assert "\\u003cimg" not in drawn
