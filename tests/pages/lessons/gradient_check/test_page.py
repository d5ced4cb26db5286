"""The lab on checking a gradient as a page: all of it is there, and what links keep."""

from __future__ import annotations

import math
import re
from itertools import cycle

import pytest

from pages.visit.choices import Choices
from pages.visit.difference_check import DifferenceCheck
from pages.visit.links import decode
from pages.visit.place import Place
from pages.writing.math_colours import coloured
from pages.writing.wording import LANGUAGES, TEXT, sections, wording
from tests.pages.film import alts, films
from tests.pages.lessons.gradient_check.opening import opened
from tests.pages.reading import CELL, clean, listed, passages, tables, visit_of

SECTIONS = ("sweep", "slips", "percent", "recipe")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_and_picture_is_there(language: str) -> None:
    at = opened(language)
    words = wording(language)
    assert [title.value for title in at.title] == [words("gradient_check.title")]
    questions = [words(f"gradient_check.{name}.question") for name in SECTIONS]
    assert [h.value for h in at.header] == [*questions, words("lesson.take_away")]
    shown = passages(at)
    for name, text in sections((TEXT / language / "gradient_check.md").read_text("utf-8")).items():
        expected = not name.startswith("slip_") or name == "slip_diagonal_only"
        assert (coloured(text, "light", "gradient_check") in shown) == expected, name
    (alt,) = alts(at)
    assert "1.5·10⁻⁵" in alt
    assert "{" not in alt
    assert len(tables(at)) == 5
    assert not at.warning


def test_no_nan_on_the_screen(subtests: pytest.Subtests) -> None:
    queries: tuple[dict[str, str], ...] = (
        {"z": "-inf,0,1", "label": "3"},
        {"z": "-inf,0,1", "label": "1", "loss": "mean_squared_error"},
        {"z": "10000,-10000,0", "label": "1"},
        {"z": "10000,-10000,0", "label": "2", "loss": "focal", "precision": "float32"},
        {"z": "-inf,10000,-10000", "label": "3", "method": "forward", "precision": "float32"},
        {"z": "1000000,-1000000", "label": "2", "precision": "float32"},
        {"z": "1,1,1,1", "slip": "double_softmax"},
    )
    for query, language in zip(queries, cycle(LANGUAGES), strict=False):
        with subtests.test(query=query, language=language):
            at = opened(language, **query)
            said = [text for film in films(at) for text in (*film["says"], film["alt"])]
            shown = [*tables(at), passages(at), *said]
            assert not [text for text in shown if re.search(r"\bnan\b", text, re.IGNORECASE)]
            for *_, value, text in (cell for table in tables(at) for cell in CELL.findall(table)):
                assert not math.isnan(float(value))
                assert "inf" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_restores_the_choices_and_other_pages_keep_them(language: str) -> None:
    query = {
        "method": "complex",
        "precision": "float32",
        "slip": "own_path_only",
        "percent": "-2.5",
    }
    at = opened(language, z="5,6", label="2", **query)
    check = DifferenceCheck("complex", "float32", "own_path_only", -2.5)
    choices = Choices(check=check, place=Place(whole=True))
    assert visit_of(at).choices == choices
    at.switch_page("lessons/softmax/page.py").run().switch_page(
        "lessons/gradient_check/page.py"
    ).run()
    assert visit_of(clean(at)).choices == choices
    assert at.radio(key="check_method").value == "complex"
    assert at.selectbox(key="check_slip").value == "own_path_only"
    assert at.text_input(key="percent_text").value == "-2.5"
    assert decode(listed(visit_of(at).link))[1] == choices


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_parameters_are_named_and_the_rest_kept(language: str) -> None:
    at = opened(language, z="5,6,7", method="<b>", slip="none", percent="1e9", precision="float32")
    assert len(at.warning) == 3
    assert visit_of(at).state.logits == (5, 6, 7)
    check = DifferenceCheck(precision="float32")
    assert visit_of(at).choices == Choices(check=check, place=Place(whole=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_logits_are_refused_beside_the_field(language: str, subtests: pytest.Subtests) -> None:
    at = opened(language, z="5,6,7")
    for text in ("", "cat", "nan, 1", "1"):
        with subtests.test(text=text):
            at.text_input(key="logits_text").set_value(text).run()
            assert len(clean(at).warning) == 1
            assert at.text_input(key="logits_text").value == text
            assert visit_of(at).state.logits == (5, 6, 7)
