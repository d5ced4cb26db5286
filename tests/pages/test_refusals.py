"""Every refusal names its field as the screen does, what is wrong with which value, and what to do.

The words are in pages/text/<language>/refusals.toml, formula.toml and csv.toml.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from itertools import cycle

import pytest

from derivations import REASONS
from pages.lessons.training.csv.faults import DOUBTFUL, MENDABLE, Faults
from pages.visit.lessons import LESSONS
from pages.visit.links import PARAMETERS, decode
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, Wording, wording
from tests.pages.reading import clean, opened_lesson, visit_of
from tests.pages.used_words import calls, labels, placeholders, used_in_scripts

# Whose reasons are in variables: `faults_of_rows` and REASONS list them.
BY_VARIABLE = ("lessons/training/csv/faults.py", "lessons/any_loss/own.py")
# A sentence that tells the learner what to do.
DO = "Enter|Choose|Write|Use|Keep|Put|Add|Save|Give|Fill|Do not|try again|target counts"
ASKS = {"en": re.compile(rf"\b(?:{DO})\b"), "zh": re.compile("请|为准")}
HINT = re.compile("[:：(（]")
PARSERS = ("parse_number", "parse_numbers", "whole_number", "checked_word", "one_of")
# A refusal whose reason comes from data: of which file it is, and what it is given.
WHOLE = ("csv", "formula")  # tables of sentences that share no reason
FORMULA = frozenset({"position", "piece", "limit"})


def tables(language: str) -> dict[str, dict[str, str]]:
    """What is said of each field."""
    found: dict[str, dict[str, str]] = {}
    for name, text in wording(language).group("refused").items():
        field, dot, key = name.partition(".")
        if dot and field not in ("any", "wrong"):
            found.setdefault(field, {})[key] = text
    return found


def faults_of_rows() -> Iterator[tuple[str, str, frozenset[str]]]:
    for fault in (DOUBTFUL, *MENDABLE):
        faults = Faults(("x",))
        faults.note(fault, 1, 0, "1,250")
        refused = faults.earliest()
        assert refused is not None
        yield refused.field, refused.reason, frozenset(refused.details)


def raised() -> set[tuple[str | None, str, frozenset[str]]]:
    """Every `Refused(field, reason, ...)` in the pages; None for a field in a variable."""
    found: set[tuple[str | None, str, frozenset[str]]] = {*faults_of_rows()}
    found |= {("formula", reason, FORMULA) for reason in REASONS}
    for name, call in calls(but=BY_VARIABLE):
        if name != "Refused":
            continue
        field, reason = [a.value if isinstance(a, ast.Constant) else None for a in call.args][:2]
        given = frozenset(k.arg for k in call.keywords if k.arg)
        assert isinstance(reason, str), f"{ast.unparse(call)}: a reason that is no constant"
        found.add((field if isinstance(field, str) else None, reason, given))
    return found


def fields_in_scripts() -> set[str]:
    """Every field that the pages read or refuse by a name."""
    named = {field for field, *_ in raised() if field}
    for name, call in calls():
        if name in PARSERS:
            named |= {
                a.value
                for a in call.args[:3]
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            }
    return named


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence(language: str, subtests: pytest.Subtests) -> None:
    own, known = tables(language), labels(language)
    for field, reason, given in sorted(raised(), key=str):
        with subtests.test(field=field, reason=reason):
            texts = [
                words[reason]
                for name, words in own.items()
                if field is None and name not in WHOLE and reason in words
            ]
            texts += [own[field][reason]] if field and reason in own[field] else []
            for group in ("wrong", "any"):
                texts += [known[name] for name in [f"refused.{group}.{reason}"] if name in known]
            assert texts
            assert placeholders(texts[0]) <= given
    for field in sorted(fields_in_scripts()):
        with subtests.test(field=field):
            words = own[field]
            assert ("name" in words) != ("label" in words), "one of the two"
            assert words.get("label", "app") in known, "no such label"


def test_the_search_for_refusals_finds_them() -> None:
    pairs = {(field, reason) for field, reason, _ in raised()}
    assert {("logits", "all_masked"), ("bench", "malformed"), (None, "not_a_number")} <= pairs
    assert {("csv", "doubtful"), ("csv", "ragged"), ("formula", "unknown_name")} <= pairs
    assert {"logits", "kept", "temperature", "method", "view", "upstream"} <= fields_in_scripts()


def test_a_field_is_called_by_a_label_that_a_page_shows() -> None:
    shown = used_in_scripts() | {"nav.*"}
    ids = {words["label"] for words in tables("en").values() if "label" in words}
    loose = {
        label
        for label in ids
        if not any(
            label == one or (one.endswith("*") and label.startswith(one[:-1])) for one in shown
        )
    }
    # These the front end shows.
    assert {label.partition(".")[0] for label in loose} <= {"bench", "turning"}, loose


# What no parameter takes, and what is wrong with it is the whole text.
NO_VALUE = "1e999?"
# Free texts, or what is read by the page.
FREE = {"names", "formula", "screen", "guess", "z", "p", "q", "g", "o", "w", "b", "target"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_parameter_is_refused_by_name_with_its_value_and_a_way_on(
    language: str, subtests: pytest.Subtests
) -> None:
    words = wording(language)
    for parameter in sorted(PARAMETERS):
        for text in (NO_VALUE, "1e12", "-1e12"):
            _, _, refusals = decode({parameter: [text]})
            if not refusals and parameter in FREE | {"seed", "moved", "divisor"}:
                continue
            with subtests.test(parameter=parameter, text=text):
                ((named, refused),) = refusals
                said = words.refusal(refused)
                assert named == parameter
                assert said.startswith(called(refused, words))
                assert text in said or parameter in FREE or parameter == "eta"
                assert ASKS[language].search(said), said


def called(refused: Refused, words: Wording) -> str:
    """What the screen calls the field of a refusal, computed apart from the wording."""
    own = tables(words.language)[refused.field]
    if "name" in own:
        return own["name"]
    label = HINT.split(words.label(own["label"]))[0].strip()
    filled = {key: str(value) for key, value in refused.details.items()}
    for place in placeholders(label):
        label = label.replace(f"{{{place}}}", filled.get(place, ""))
    return label.strip()


# A range as it is said in words.
FROM_TO = {
    "en": re.compile(r"from ([−\d.,e-]*\d) to ([−\d.,e-]*\d)"),
    "zh": re.compile(r"([−\d.,e-]*\d) 到 ([−\d.,e-]*\d) (?:之间的数|的整数)"),
}


def ends(text: str, language: str) -> tuple[float, float] | None:
    found = FROM_TO[language].search(text)
    return found and tuple(float(x.replace(",", "").replace("−", "-")) for x in found.groups())  # type: ignore[return-value]


def test_a_range_is_said_as_it_is(subtests: pytest.Subtests) -> None:
    """The two ends that are said are taken, what is beyond them is not; both languages agree."""
    tried = 0
    unread = {"names", "formula", "screen", "guess", "places", "corners", "tour", "weight"}
    for parameter in sorted(PARAMETERS - unread):
        _, _, refusals = decode({parameter: [NO_VALUE]})
        field = refusals[0][1].field
        texts = {language: tables(language)[field]["accepted"] for language in LANGUAGES}
        if (found := ends(texts["en"], "en")) is None or parameter in ("p", "q", "target"):
            continue
        with subtests.test(parameter=parameter):
            assert ends(texts["zh"], "zh") == found
            least, most = found
            for value in found:
                assert not decode({parameter: [repr(value)]})[2], f"{value} is refused"
            for value in (math.nextafter(least, -math.inf), math.nextafter(most, math.inf)):
                assert decode({parameter: [repr(value)]})[2], f"{value} is taken"
            tried += 1
    assert tried >= 15


def test_a_fields_refusal_begins_with_the_label_above_it(subtests: pytest.Subtests) -> None:
    """Each text field of each lesson, with a text that none of them takes."""
    for lesson, language in zip(("bench", *LESSONS), cycle(LANGUAGES), strict=False):
        at = opened_lesson(lesson, lang=language)
        for key in [field.key for field in at.text_input]:
            with subtests.test(lesson=lesson, field=key):
                before = at.text_input(key=key).value
                clean(at.text_input(key=key).set_value("?!").run())
                (warning,) = at.warning
                label = HINT.split(at.text_input(key=key).label)[0].strip()
                plain = warning.value.replace("\\", "")
                assert plain.startswith(label + {"en": ": ", "zh": "："}[language]), (label, plain)
                assert "?" in plain
                assert ASKS[language].search(plain)
                clean(at.text_input(key=key).set_value(before).run())
        assert not visit_of(at).refused


def test_a_number_is_repeated_as_it_was_typed() -> None:
    for parameter, text in {"temperature": "1e3", "percent": "１５０％", "z": "1, 2e7, 3"}.items():
        ((_, refused),) = decode({parameter: [text]})[2]
        typed = text.split(", ")[1] if "," in text else text
        assert typed in wording("en").refusal(refused)


def test_every_sentence_says_what_to_do(subtests: pytest.Subtests) -> None:
    for language in LANGUAGES:
        for field, words in tables(language).items():
            for reason, sentence in words.items():
                if reason in ("name", "label", "accepted", "within"):
                    continue
                with subtests.test(language=language, field=field, reason=reason):
                    assert ASKS[language].search(sentence), sentence
                    assert not re.search("[Aa]ccepted|可接受", sentence)
