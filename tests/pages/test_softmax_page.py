"""The softmax lesson in both languages: its numbers are core's, and the learner's state stays."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import exponentials, softmax
from pages.blocks.derivation.lines import FAMILY
from pages.blocks.links import LANGUAGES, encode
from pages.blocks.math_colours import coloured
from pages.blocks.presets import PRESETS, TEN_ACTIONS
from pages.blocks.state import LabState
from pages.blocks.wording import TEXT, sections, wording
from tests.pages.reading import ROUTER, clean, numbers, opened_lesson, passages, tables, visit_of
from tests.pages.strategies import HOSTILE_NAMES

INF = math.inf
SECTIONS = ("stages", "largest", "shift", "temperature", "sigmoid", "looks", "network")
PICTURES = [f"{name}-picture" for name in SECTIONS[:-1]]  # the last one is a diagram


def opened(**query: str) -> AppTest:
    """The lesson with all its pictures, reached from the bench by a link that holds a state."""
    return with_pictures(opened_lesson("softmax", **{"lang": "en"} | query))


def with_pictures(at: AppTest) -> AppTest:
    """Draw the page as it is when the reader is near every picture."""
    at.session_state["pictures_near"] = PICTURES
    return clean(at.run())


def opened_at(state: LabState, language: str = "en") -> AppTest:
    at = AppTest.from_file(ROUTER, default_timeout=30).run()
    at.session_state["visit"].state = state
    at.session_state["visit"].language = language
    return with_pictures(clean(at.switch_page("softmax.py").run()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_and_picture_is_there(language: str) -> None:
    at = opened(
        lang=language, z="1000,-inf,-5"
    )  # a state to which each conditional passage applies
    words = wording(language)
    assert [title.value for title in at.title] == [words("softmax.title")]
    questions = [words(f"softmax.{name}.question") for name in SECTIONS]
    expected = [*questions, words("lesson.take_away")]  # a derivation has a header of its own
    assert [h.value for h in at.header if h.value in expected] == expected
    shown = passages(at)
    for name, text in sections((TEXT / language / "softmax.md").read_text("utf-8")).items():
        if name.removesuffix("_seen") in FAMILY and name.endswith("_seen"):
            continue  # said at the end of its derivation
        assert coloured(text, "light") in shown, name
    assert all(f"**{words(f'softmax.{name}.picture')}**" in shown for name in SECTIONS)
    assert len(at.get("plotly_chart")) == len(PICTURES)
    twins = [e for e in at.expander if e.label == words("lesson.as_table")]
    assert len(twins) == len(SECTIONS) - 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_says_in_words_what_it_shows(language: str) -> None:
    at = opened(lang=language, z="2,3,4")
    alts = [chart.proto.alt for chart in at.get("plotly_chart")]  # type: ignore[attr-defined]
    assert len(alts) == len(set(alts)) == len(SECTIONS) - 1
    assert "0.6652" in alts[0]
    assert "10" in alts[1]
    assert "{" not in "".join(alts)


@pytest.mark.parametrize(
    ("z", "temperature"), [("2,3,4", 1.0), ("3,1,-3", 0.5), ("-inf,0,1,0.25", 2.0)]
)
def test_the_stages_are_cores(z: str, temperature: float) -> None:
    at = opened(z=z, temperature=str(temperature))
    logits = [float(text) for text in z.split(",")]
    stages = tables(at)[0]
    assert numbers(stages, "logit") == logits
    e = exponentials(logits, temperature=temperature)
    assert numbers(stages, "exponential") == e.tolist()
    assert numbers(stages, "sum_exponential") == pytest.approx([e.sum()], rel=1e-15)
    a = softmax(logits, temperature=temperature).tolist()
    assert numbers(stages, "probability") == a
    assert numbers(tables(at)[1], "probability") == a
    scaled = [value / temperature for value in logits] if temperature != 1 else []
    assert numbers(stages, "scaled") == scaled
    assert ("z / T" in stages) == (temperature != 1)
    assert numbers(stages, "shifted_exponential") == []


@pytest.mark.parametrize("z", ["1000,999,998", "-1000,-1001,-inf", "709.5,709.5"])
def test_overflow_and_underflow_show_what_softmax_uses(z: str) -> None:
    at = opened(z=z)
    logits = np.array([float(text) for text in z.split(",")])
    stages = tables(at)[0]
    assert numbers(stages, "exponential") == exponentials(logits).tolist()
    assert not 0 < numbers(stages, "sum_exponential")[0] < INF
    shifted = exponentials(logits - logits.max())
    assert numbers(stages, "shifted_exponential") == shifted.tolist()
    assert numbers(stages, "sum_shifted_exponential") == [shifted.sum()]
    assert coloured(wording("en").prose("softmax", "stages_shifted"), "light") in passages(at)


@pytest.mark.parametrize(
    ("z", "said"),
    [
        ("2,3,4", set()),
        ("2,-inf,4", {"masked"}),
        ("0,40", {"rounded"}),
        ("0,-800", {"rounded"}),
        ("0,-inf", {"masked"}),  # the 1 of the only class left is exact
        ("1000,0,-inf", {"shifted", "masked", "rounded"}),
    ],
)
def test_remarks_come_when_they_are_true(z: str, said: set[str]) -> None:
    shown = passages(opened(z=z))
    words = wording("en")
    conditional = {"shifted", "masked", "rounded"}
    prose = {n: coloured(words.prose("softmax", f"stages_{n}"), "light") for n in conditional}
    assert {n for n, text in prose.items() if text in shown} == said


def test_k_chooses_the_largest_actions() -> None:
    at = opened(z="2,3,4")
    at.slider(key="k").set_value(3).run()
    ranks = re.findall(r"<td>(\d+|–)</td>", tables(clean(at))[2])
    assert ranks == ["2", "–", "–", "–", "3", "–", "–", "–", "–", "1"]
    assert numbers(tables(at)[2], "probability") == list(TEN_ACTIONS)
    assert "10, 1, 5" in passages(at)
    assert "0.63" in passages(at)


def test_the_ten_actions_become_the_learners_and_can_be_undone() -> None:
    at = opened(z="2,3,4")
    at.button[0].click().run()
    assert visit_of(clean(at)).state == PRESETS["actions"]
    assert numbers(tables(at)[0], "probability") == pytest.approx(list(TEN_ACTIONS), rel=1e-14)
    visit_of(at).undo()
    assert visit_of(at).state.logits == (2, 3, 4)


def test_a_shift_changes_the_logits_and_not_the_probabilities() -> None:
    at = opened(z="0.1,-2,3.7", temperature="0.7")
    at.slider(key="c").set_value(-7.5).run()
    shift = tables(clean(at))[3]
    z = np.array([0.1, -2, 3.7])
    logits = numbers(shift, "logit")
    assert logits[0::2] == z.tolist()
    assert logits[1::2] == (z - 7.5).tolist()
    a = numbers(shift, "probability")
    before, after = softmax(z, temperature=0.7), softmax(z - 7.5, temperature=0.7)
    assert a[0::2] == before.tolist()
    assert a[1::2] == after.tolist()
    assert visit_of(at).state.logits == tuple(z), "the slider must leave the learner's logits"


def test_sweep_and_temperature_slider() -> None:
    at = opened(z="2,3,4", temperature="0.8")
    assert at.select_slider(key="temperature_slider").value == 0.8
    at.select_slider(key="temperature_slider").set_value(2).run()
    assert visit_of(clean(at)).state.temperature == 2
    assert at.text_input(key="temperature_text").value == "2"
    assert numbers(tables(at)[0], "probability") == softmax([2, 3, 4], temperature=2).tolist()
    at.text_input(key="temperature_text").set_value("5.0").run()
    assert at.select_slider(key="temperature_slider").value == 5
    sweep = tables(clean(at))[4]
    shown = [float(t) for t in re.findall(r">T = ([\d.]+)<", sweep)]
    expected = np.array([softmax([2, 3, 4], temperature=t) for t in shown])
    assert 5 in shown
    assert numbers(sweep, "probability") == expected.T.ravel().tolist()


def test_sigmoid_and_softmax_agree() -> None:
    both = tables(opened(z="2,-0.5,9", temperature="3"))[5]
    assert numbers(both, "probability") == [softmax([2, -0.5])[0]]
    assert numbers(both, "sigmoid") == pytest.approx([1 / (1 + math.exp(-2.5))], rel=1e-15)


@pytest.mark.parametrize(
    ("z", "said", "pair"),
    [
        ("2,3", [], "1 and 2"),
        ("-inf,1,2", ["skipped"], "2 and 3"),
        ("0,-inf", ["masked"], "1 and 2"),
        ("-inf,0", ["skipped", "masked"], "2 and 1"),
    ],
)
def test_masked_classes_in_the_two_class_case(z: str, said: list[str], pair: str) -> None:
    at = opened(z=z)
    remarks = {n: wording("en")(f"softmax.sigmoid.{n}") for n in ("skipped", "masked")}
    assert [n for n, text in remarks.items() if text in passages(at)] == said
    assert f"Classes {pair} alone" in tables(at)[5]


def test_the_other_logit_moves_softmax_alone() -> None:
    at = opened(z="2,3,4")
    slider = next(s for s in at.slider if s.key is None)
    slider.set_value(slider.max).run()
    looks = tables(clean(at))[7]
    places = [float(t.replace("−", "-")) for t in re.findall(r"<bdi>([^<]+)</bdi>", looks)]
    assert places[-1] == pytest.approx(slider.max, abs=1e-4)
    a = numbers(looks, "softmax")
    assert a == sorted(a, reverse=True)
    assert a[0] > 0.1
    assert a[-1] < 1e-3
    assert set(numbers(looks, "relu")) == set(numbers(looks, "leaky_relu")) == {2.0}
    assert set(numbers(looks, "sigmoid")) == {1 / (1 + exponentials([0.0, -2.0])[1])}


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_comes_along(name: str) -> None:
    at = opened_at(PRESETS[name], "zh")
    z = list(map(float, PRESETS[name].logits))
    assert numbers(tables(at)[0], "logit") == z
    assert visit_of(at).state == PRESETS[name]


def test_only_the_pictures_that_the_reader_is_near_are_drawn() -> None:
    at = opened_lesson("softmax", lang="en")
    assert len(at.get("plotly_chart")) == 1
    at.session_state["pictures_near"] = ["shift-picture", "sigmoid-picture"]
    assert len(clean(at.run()).get("plotly_chart")) == 3
    assert len(tables(at)) == len(tables(with_pictures(at)))


def test_edits_come_along_to_the_bench_and_back() -> None:
    at = opened(z="2,3,4", label="2", temperature="0.5", names="cat,dog,owl", lang="zh")
    assert at.text_input(key="logits_text").value == "2, 3, 4"
    at.text_input(key="logits_text").set_value("1, -inf, 0.5").run()
    clean(at)
    expected = LabState((1.0, -INF, 0.5), target=1, temperature=0.5, names=("cat", "dog", "owl"))
    assert visit_of(at).state == expected
    clean(at.switch_page("bench.py").run())
    assert visit_of(at).state == expected
    assert visit_of(at).language == "zh"
    at.text_input(key="logits_text").set_value("7, 8").run()
    clean(at.switch_page("softmax.py").run())
    assert numbers(tables(at)[0], "logit") == [7, 8]
    assert "cat" in tables(at)[0]
    assert [title.value for title in at.title] == [wording("zh")("softmax.title")]


def test_the_address_is_a_link_to_what_is_shown() -> None:
    at = opened(z="2,3,4", label="2")
    at.text_input(key="logits_text").set_value("5 6 7").run()
    *_, component = at.get("bidi_component")
    sent = json.loads(component.proto.json)  # type: ignore[attr-defined]
    state = LabState((5.0, 6.0, 7.0), target=1)
    assert sent == {"page": "softmax", "query": encode(state, "en")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_input_is_named_and_the_rest_stays(language: str) -> None:
    at = opened(z="2,3,4", lang=language)
    at.text_input(key="logits_text").set_value("2, x").run()
    assert len(clean(at).warning) == 1
    assert "“x”" in at.warning[0].value.replace("\\", "")
    assert numbers(tables(at)[0], "logit") == [2, 3, 4]
    at.text_input(key="logits_text").set_value("2, 1").run()
    assert not clean(at).warning
    assert numbers(tables(at)[0], "logit") == [2, 1]


@pytest.mark.parametrize("temperature", ["0.01", "1", "100"])
@pytest.mark.parametrize(
    "z",
    [
        "1000000,-1000000",
        "-1000000,-1000000,-1000000",
        "-inf,-inf,0,-inf",
        "-inf,1000000,-inf,999999.5,-inf,0,1,2,3,-inf",
        "0,0,0,0,0,0,0,0,0,0",
        "1e-300,-1e-300",
    ],
)
def test_extreme_states_give_a_sensible_page(z: str, temperature: str) -> None:
    at = opened(z=z, temperature=temperature)
    logits = [float(text) for text in z.split(",")]
    a = softmax(logits, temperature=float(temperature))
    assert numbers(tables(at)[0], "probability") == a.tolist()
    assert len(at.get("plotly_chart")) == len(PICTURES)
    assert not re.search(r"nan", "".join(tables(at)), re.IGNORECASE)
    for slider in at.slider:
        clean(slider.set_value(slider.min).run())


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_names_are_shown_as_plain_text_and_never_as_markdown(name: str) -> None:
    at = opened_at(LabState((2.0, 3.0), names=(name, "\u2622")))
    written = [e.value for kind in (at.markdown, at.header, at.caption) for e in kind]
    assert not any(name in text or "\u2622" in text for text in written)
    assert "\u2622" in tables(at)[0]
    assert "<img" not in "".join(tables(at))
    specs = "".join(chart.proto.spec for chart in at.get("plotly_chart"))  # type: ignore[attr-defined]
    assert "\u2622" in specs or "\\u2622" in specs
    assert "<img" not in specs
    assert "\\u003cimg" not in specs
