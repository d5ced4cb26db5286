"""Every derivation has its place; it can be walked forward, back and whole, in both languages."""

from __future__ import annotations

import pytest

from derivations import Verdict
from pages.derivation import lines
from pages.derivation.lines import FAMILY, WRITERS, marked_step
from pages.derivation.step_words import step_sentences
from pages.visit.lessons import LESSONS
from pages.writing.math_colours import coloured
from pages.writing.wording import LANGUAGES, TEXT, sections, wording
from tests.pages.derived import PLACES, SHARED, STEPS_BEFORE, opened
from tests.pages.reading import clean, passages, visit_of

everywhere = pytest.mark.parametrize(
    ("page", "name"), [(page, name) for page, names in PLACES.items() for name in names]
)


def test_every_derivation_has_its_place() -> None:
    assert sorted(name for names in PLACES.values() for name in names) == sorted(FAMILY)
    assert set(PLACES) <= set(LESSONS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PLACES)
def test_a_lesson_says_all_that_it_has_to_say(page: str, language: str) -> None:
    at = opened(page, lang=language)
    words = wording(language)
    assert [title.value for title in at.title] == [words(f"{page}.title")]
    assert at.header[-1].value == words("lesson.take_away")
    questions = [
        coloured(words.label(f"derivation.{name}.question"), "light") for name in PLACES[page]
    ]
    found = [header.value for header in at.header]
    found += [header.value for header in at.subheader]
    assert sorted(value for value in found if value in questions) == sorted(questions)
    shown = passages(at)
    unsaid = {
        name
        for name, text in sections((TEXT / language / f"{page}.md").read_text("utf-8")).items()
        if coloured(text, "light", page) not in shown
    }
    # Of two cases one is said; of numbers that overflow, only where they do.
    assert unsaid <= {
        *("same", "different", "zero", "stages_shifted", "stages_masked", "stages_rounded"),
        "steps_masked",
    }
    for name in PLACES[page]:
        for part in ("opening", "seen"):
            text = words.label(f"derivation.{name}.{part}")
            assert coloured(text, "light", page).strip() in shown


@everywhere
def test_one_step_at_a_time(page: str, name: str) -> None:
    first = 2 if name in SHARED else 1  # a link to a later step opens what is folded, too
    before = STEPS_BEFORE.get(name, 0)
    at = opened(page, screen=SHARED.get(name, name), step=str(before + first))
    words, last = wording("en"), len(FAMILY[name].steps)
    for step in range(first, last + 1):
        shown = passages(at)
        assert words("derivation_ui.step", number=step, total=last) in shown
        assert all(line in shown for line in marked_step(name, step - 1, "light"))
        assert words("derivation_ui.boxed") in shown
        rule = words.label(f"rule.{FAMILY[name].steps[step - 1].rule}")
        assert coloured(rule, "light") in shown
        assert at.button(key=f"back-step-{name}").disabled == (step == 1)
        if step == 3:
            clean(at.button(key=f"back-step-{name}").click().run())
            assert words("derivation_ui.step", number=2, total=last) in passages(at)
            clean(at.button(key=f"on-step-{name}").click().run())
        if step in (2, last):
            assert at.button(key=f"on-step-{name}").label == words(
                "derivation_ui.next" if step < last else "derivation_ui.again"
            )
        if step > 1:
            assert f"step={before + step}" in visit_of(at).link
        clean(at.button(key=f"on-step-{name}").click().run())
    assert visit_of(at).choices.place.step == before + 1


@pytest.mark.parametrize("ok", [False, None])
def test_what_is_not_proved_is_not_called_proved(
    ok: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is any sentence said that only a proof would allow."""
    verdict = Verdict(ok=ok, method="counterexample" if ok is False else "undecided")
    monkeypatch.setattr(lines, "step_proof", lambda *_: verdict)
    concluded = "cross_entropy_convexity"
    monkeypatch.setattr(
        lines, "end_proofs", lambda name: (verdict, verdict if name == concluded else None)
    )
    at = opened("cross_entropy")
    shown, words = passages(at), wording("en")
    steps = len(FAMILY["cross_entropy_convexity"].steps)
    said = "refuted" if ok is False else "undecided"
    assert shown.count(words(f"derivation_ui.{said}")) >= steps + 2
    assert words("derivation_ui.result") not in shown
    assert words.label("derivation.cross_entropy_convexity.conclusion") not in shown
    assert words("derivation_ui.proved_every_n") not in shown


@pytest.mark.parametrize("page", PLACES)
def test_each_can_be_taken_home(page: str) -> None:
    """Companions and what is folded, too: in each format, with what is said on the page."""
    at = opened(page)
    for name in PLACES[page]:
        at.session_state[f"download-{name}"] = True
    clean(at.run())
    offered = [one.proto.id for one in at.get("download_button")]
    for name in PLACES[page]:
        for kind in WRITERS:
            assert any(f"{kind}-{name}" in one for one in offered), (name, kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [{"numbers": "no"}, {"walk": "whole"}, {"places": "i0"}, {"places": "x2"}, {"places": "2"}],
)
def test_a_bad_choice_is_refused_in_words(query: dict[str, str], language: str) -> None:
    at = opened("any_loss", screen="upstream_gradient", lang=language, **query)
    (parameter,) = query
    told = " ".join(one.value for one in [*at.warning, *at.error])
    assert {"numbers": "yes", "walk": "all", "places": "i2,j3"}[parameter] in told.replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_is_left_to_its_rule_where_that_tells_nothing(language: str) -> None:
    """Where one rule makes several steps, each says what it does of its own, and no two alike."""
    words = wording(language)
    general = {"definition", "cancel", "chain_rule", "derivative_of_sum", "distribute", "put_back"}
    general |= {"factor_out", "pull_out_of_sum", "sum_over_delta", "as_probability"}
    for one in FAMILY.values():
        said = [step_sentences(one, k, words) for k in range(len(one.steps))]
        rules = [words.label(f"rule.{step.rule}") for step in one.steps]
        for step, sentences, rule in zip(one.steps, said, rules, strict=True):
            assert sentences.endswith(rule)
            assert (sentences != rule) or step.rule not in general, (one.id, step.rule)
        assert len(set(said)) == len(said)
        # A sentence for a step that is none would never be read.
        own = words.group(f"derivation.{one.id}.step")
        assert all(1 <= int(step) <= len(one.steps) for step in own)


def test_a_definition_names_what_is_replaced_and_by_what() -> None:
    said = step_sentences(FAMILY["layer_gradient"], 1, wording("en"))
    assert said.startswith(
        r"$z_m$ is replaced by its definition, $\sum_{r=1}^{D} w_{mr} o_r + b_m$."
    )
    said = step_sentences(FAMILY["batch_mean_gradient"], 3, wording("en"))
    assert "$m = k$ is left of the sum over $m$" in said
    assert "$r = d$ is left of the sum over $r$" in said


def test_the_last_step_has_no_key_on() -> None:
    """One N too many would throw the reader back to the first step."""
    at = opened("jacobian", screen="softmax_jacobian", step="12")
    assert at.button(key="on-step-softmax_jacobian").proto.shortcut
    at.query_params["step"] = "13"
    clean(at.run())
    assert not at.button(key="on-step-softmax_jacobian").proto.shortcut
    assert at.button(key="back-step-softmax_jacobian").proto.shortcut


def test_what_was_seen_at_the_end_is_veiled_until_there_is_a_guess() -> None:
    last = {"screen": "softmax_jacobian", "step": "13", "lang": "en"}
    veil = wording("en")("predict.veiled")
    at = opened("jacobian", **last | {"step": "12"})
    assert veil not in [caption.value for caption in at.caption]
    clean(at.button(key="on-step-softmax_jacobian").click().run())
    assert veil in [caption.value for caption in at.caption], "a step answers no question"
    at.radio(key="guess").set_value("both")
    clean(at.run())
    assert veil not in [caption.value for caption in at.caption]
    assert visit_of(at).choices.walk.numbers, "the lines are written out with the learner's numbers"
    assert visit_of(at).choices.place.step == 13
    whole = opened("jacobian", lang="en", view="whole")
    assert veil not in [caption.value for caption in whole.caption]
