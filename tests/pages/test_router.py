"""The app around the bench: widgets, wording and links. The bench itself is tested in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from core import LOSSES
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import LIMIT, ROUTER, sent, visit_of

START = LabState(names=("cat", "dog", "owl"))  # a visit that no link begins
IN_CHINESE = ("猫", "狗", "猫头鹰")


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(ROUTER, default_timeout=LIMIT)
    for name, text in ({"lang": "en"} | query).items():
        at.query_params[name] = text
    return at.run()


def state_of(at: AppTest) -> LabState:
    """The state, after a look at what the bench was sent for it."""
    assert not at.exception, at.exception
    current = visit_of(at)
    data = bench_data(at)
    assert data | sent(current.state) == data
    assert data["names"] == list(current.state.names)
    assert data["query"] == current.link
    assert data["lang"] == current.language
    return current.state


def bench_data(at: AppTest) -> dict[str, Any]:
    (component,) = at.get("bidi_component")
    envelope = json.loads(component.proto.json)
    return json.loads(envelope["json"])  # type: ignore[no-any-return]


@pytest.mark.parametrize("language", LANGUAGES)
def test_loads(language: str) -> None:
    at = opened(lang=language)
    words = wording(language)
    names = {"en": START.names, "zh": IN_CHINESE}[language]
    assert state_of(at) == replace(START, names=names)
    assert [title.value for title in at.title] == [words("bench.title")]
    assert at.selectbox(key="loss").label == words("controls.loss")
    assert bench_data(at)["lang"] == language
    assert not at.warning


def test_a_link_is_restored() -> None:
    at = opened(z="1,2,-inf", label="2", loss="focal", temperature="2.5", names="a,b,<i>")
    assert state_of(at) == LabState((1, 2, -float("inf")), 1, "focal", 2.5, ("a", "b", "<i>"))
    assert at.selectbox(key="loss").value == "focal"
    assert at.text_input(key="temperature_text").value == "2.5"
    assert at.text_input(key="logits_text").value == "1, 2, -inf"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("z", "1," * 10_000),
        ("z", "NaN,1,2"),
        ("z", "cat"),
        ("label", "9"),
        ("target", "1,1,1"),
        ("loss", "hinge"),
        ("temperature", "0"),
        ("names", "a,b"),
    ],
    ids=lambda text: text[:12],
)
def test_a_bad_link_is_named_and_the_rest_kept(language: str, parameter: str, text: str) -> None:
    good = {"z": "5,6,7", "temperature": "2"} | {parameter: text}
    at = opened(lang=language, **good)
    kept = state_of(at)
    (warning,) = at.warning
    assert parameter in warning.value
    assert kept.temperature == (1 if parameter == "temperature" else 2)
    assert kept.logits == (START.logits if parameter == "z" else (5, 6, 7))


def test_an_unknown_language_is_named() -> None:
    (warning,) = opened(lang="fr").warning
    assert "lang" in warning.value


@pytest.mark.parametrize("text", ["**b**", "[a](http://b)", "![a](b.png)", "$\\frac12$", ":red[x]"])
def test_a_warning_shows_the_links_text_as_text(text: str) -> None:
    """Markdown's own characters come escaped, or stand in a form that Markdown leaves alone."""
    (warning,) = opened(loss=text).warning
    assert text not in warning.value


def test_the_language_switch_keeps_the_state() -> None:
    at = opened(z="5,6,7", temperature="2")
    before = state_of(at)
    at.button(key="language_zh").click().run()
    assert state_of(at) == before
    assert visit_of(at).language == "zh"
    assert at.title[0].value == wording("zh")("bench.title")
    at.button(key="language_en").click().run()
    assert at.title[0].value == wording("en")("bench.title")


def test_the_names_that_everyone_meets_first_follow_the_language() -> None:
    at = opened()
    at.text_input(key="logits_text").set_value("1, 2, 3, 4").run()
    at.button(key="language_zh").click().run()
    assert state_of(at).names == (*IN_CHINESE, "")
    current = visit_of(at)
    assert [state.names for state in current.history.past] == [IN_CHINESE]
    current.undo()
    assert state_of(at.run()) == replace(START, names=IN_CHINESE)
    shared = {name: values[0] for name, values in parse_qs(current.link).items()}
    assert state_of(opened(**shared)) == current.state
    assert state_of(opened(temperature="2")).names == START.names


def test_the_names_that_a_link_gives_stay_in_any_language() -> None:
    at = opened(z="1,2,3", names="cat,dog,owl", lang="zh")
    assert state_of(at).names == START.names
    at.button(key="language_en").click().run()
    at.button(key="language_zh").click().run()
    assert state_of(at).names == START.names
    assert state_of(opened(z="1,2,3")).names == ("", "", "")


def test_the_first_lesson_is_one_step_away(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        with subtests.test(language):
            links = opened(lang=language).get("page_link")
            label = wording(language)("bench.new_here")
            first = links[0].proto
            assert (first.label, first.page) == (label, "softmax")


@pytest.mark.parametrize("loss", LOSSES)
def test_choose_a_loss(loss: str) -> None:
    at = opened()
    at.selectbox(key="loss").set_value(loss).run()
    assert state_of(at) == replace(START, loss=loss)


def test_set_the_temperature() -> None:
    at = opened()
    at.text_input(key="temperature_text").set_value("2.5").run()
    assert state_of(at) == replace(START, temperature=2.5)
    assert "temperature=2.5" in bench_data(at)["query"]


@pytest.mark.parametrize("name", PRESETS)
def test_load_an_example(name: str) -> None:
    at = opened(names="cat,dog,owl")
    at.selectbox(key="preset").set_value(name).run()
    assert state_of(at) == PRESETS[name]
    assert at.selectbox(key="loss").value == PRESETS[name].loss


def test_type_the_logits() -> None:
    at = opened(names="cat,dog,owl")
    at.text_input(key="logits_text").set_value("np.array([1., -2., -inf, 4])").run()
    state = state_of(at)
    assert state.logits == (1, -2, -float("inf"), 4)
    assert state.names == ("cat", "dog", "owl", "")
    assert at.text_input(key="logits_text").value == "np.array([1., -2., -inf, 4])"


@pytest.mark.parametrize("text", ["cat", "", "1", "1,nan", "1," * 11, "-inf -inf", "1e9, 1"])
def test_bad_logits_are_refused_beside_the_field(text: str) -> None:
    at = opened(z="5,6,7", label="2")
    before = state_of(at)
    at.text_input(key="logits_text").set_value(text).run()
    assert state_of(at) == before
    (warning,) = at.warning
    assert warning.value
    assert at.text_input(key="logits_text").value == text, "what was typed is gone"
    at.text_input(key="logits_text").set_value("1, 2, 3").run()
    assert state_of(at).logits == (1, 2, 3)
    assert not at.warning


def test_two_visits_do_not_meet() -> None:
    one, other = opened(z="5,6,7"), opened()
    one.text_input(key="temperature_text").set_value("2.5").run()
    assert state_of(other.run()) == START


def test_the_bench_does_without_sympy() -> None:
    """SymPy costs half a second, which no one who only visits the bench should wait for."""
    script = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"at = AppTest.from_file({ROUTER!r}, default_timeout=60).run()\n"
        "assert not at.exception\n"
        "assert at.get('bidi_component')\n"
        "print(sorted({'sympy', 'mpmath', 'derivations'} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(ROUTER).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip().splitlines()[-1] == "[]"
