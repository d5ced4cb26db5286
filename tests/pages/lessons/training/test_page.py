"""The training page: one click trains, and every number on it is core's, in both languages."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from core import layer_loss, one_hot
from pages.lessons.training.data_set import made_data
from pages.visit.links import decode
from pages.visit.training_plan import Plan
from pages.writing.numerals import percent_text
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, listed, no_nan, numbers, passages, tables, visit_of
from tests.pages.training import (
    clicked,
    cores,
    headings,
    judged,
    opened,
    plan_of,
    share_right,
    table_of,
    typed,
)

EN = wording("en")
KINDS = ("spiral", "digits")
SHOWN = [str(step) for step in range(0, 201, 10)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_one_click_trains_by_the_sources_setting(kind: str, language: str) -> None:
    at = opened(language, data=kind)
    assert plan_of(at).trained == 0
    assert headings(table_of(at, "training.curves.picture")) == ["0"]
    at = clicked(at, "trained_more")
    assert plan_of(at) == Plan(data=kind, trained=200)
    data = made_data(plan_of(at))
    states = cores(data, 200, Plan())
    curves = table_of(at, "training.curves.picture")
    assert headings(curves) == SHOWN
    every = states[9::10]
    assert numbers(curves, "loss")[1:] == [state.loss for state in every]
    assert numbers(curves, "accuracy")[1:] == [state.accuracy for state in every]
    assert numbers(curves, "held_out")[-1] == share_right(data.test, states[-1])
    assert share_right(data.test, states[-1]) != states[-1].accuracy
    confusion = np.zeros((len(data.classes),) * 2, int)
    for shares, truth in zip(judged(data.test, states[-1]), data.test.labels, strict=True):
        confusion[truth, shares.index(max(shares))] += 1
    assert not np.array_equal(confusion, confusion.T)
    shown = numbers(table_of(at, "training.confusion.picture"), "count")
    assert shown == confusion.ravel().tolist()
    words = wording(language)
    assert at.title[0].value == words("training.title")
    said = words("training.course.fell", steps=200, start="{}", now="{}")
    assert re.search(re.escape(said).replace(r"\{\}", ".+"), passages(at))
    no_nan(at)


@pytest.mark.parametrize("kind", KINDS)
def test_the_worst_mistakes_are_those_held_out_with_the_largest_loss(kind: str) -> None:
    at = opened(data=kind, trained=200)
    data = made_data(plan_of(at))
    model = cores(data, 200, Plan())[-1]
    found = []
    for number, truth, shares in zip(
        data.test.numbers, data.test.labels, judged(data.test, model), strict=True
    ):
        said = shares.index(max(shares))
        if said != truth:
            found.append((-math.log(shares[truth]), str(number), shares[said], shares[truth]))
    found.sort(reverse=True)
    assert len(found) > 10
    shown = table_of(at, "training.mistakes.picture")
    assert headings(shown) == [number for _, number, _, _ in found[:10]]
    pairs = [share for _, _, *both in found[:10] for share in both]
    assert numbers(shown, "probability") == pytest.approx(pairs, rel=1e-9)


def test_the_layer_of_the_spiral_and_the_strongest_weights_of_the_digits() -> None:
    at = opened(trained=50)
    data = made_data(plan_of(at))
    model = cores(data, 50, Plan())[-1]
    shown = table_of(at, "training.regions.picture")
    assert numbers(shown, "weight") == model.weights.ravel().tolist()
    assert numbers(shown, "bias") == model.bias.tolist()
    right = [
        sum(shares.index(max(shares)) == k for shares in judged_of)
        for k in range(3)
        for judged_of in [
            [s for s, y in zip(judged(data.train, model), data.train.labels, strict=True) if y == k]
        ]
    ]
    assert numbers(shown, "count") == [100, 100, 100]
    assert numbers(shown, "right") == right

    at = opened(data="digits", trained=50)
    data = made_data(plan_of(at))
    model = cores(data, 50, Plan())[-1]
    shown = table_of(at, "training.film.weights")
    ends = [(max(row), min(row)) for row in model.weights.tolist()]
    assert numbers(shown, "weight") == [w for pair in ends for w in pair]
    assert numbers(shown, "bias") == model.bias.tolist()
    row, column = divmod(int(model.weights[3].argmax()), 8)
    assert EN("training.pixel", row=row + 1, column=column + 1) in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "sample"), [("spiral", 77), ("digits", 400)])
def test_a_sample_is_followed_by_cores_gradients(kind: str, sample: int, language: str) -> None:
    at = typed(opened(language, data=kind, trained=30), "sample", str(sample))
    data = made_data(plan_of(at))
    model = cores(data, 30, Plan())[-1]
    x, y = data.train.inputs[[sample - 1]], int(data.train.labels[sample - 1])
    result = layer_loss(model.weights, model.bias, x, [y])
    shown = table_of(at, "training.sample.numbers")
    scores = (model.weights @ x[0] + model.bias).tolist()
    assert numbers(shown, "logit") == pytest.approx(scores, rel=1e-12)
    assert numbers(shown, "probability") == pytest.approx(result.probabilities[0], rel=1e-12)
    assert numbers(shown, "target") == one_hot(y, len(data.classes)).tolist()
    assert numbers(shown, "grad_score") == pytest.approx(result.grad_scores[0], rel=1e-12)
    d, other = np.argsort(-np.abs(x[0]), kind="stable")[:2].tolist()
    for to, source in ((y, d), (0, other), (1, len(x[0]))):  # the last is the bias
        if (to, source) != (y, d):
            at.selectbox(key="sample_weight_class").set_value(to).run()
            at = clean(at.selectbox(key="sample_weight_input").set_value(source).run())
        own = [*result.grad_weights[to], result.grad_bias[to]][source]
        chain = table_of(at, "network.chain.table")
        assert numbers(chain, "chain") == pytest.approx([own], rel=1e-12)
        assert numbers(chain, "grad_score") == pytest.approx([result.grad_scores[0, to]], rel=1e-12)
        assert numbers(chain, "pull") == [[*x[0], 1.0][source]]
        assert numbers(chain, "residual")[0] < 1e-8
        assert wording(language).label("network.chain.agree").split("{")[0] in passages(at)
    if kind == "digits":
        pulls = numbers(table_of(at, "training.pull.picture"), "grad_weight")
        assert np.abs(pulls) == pytest.approx(np.abs(result.grad_weights).max(axis=1))
        (ink,) = numbers(table_of(at, "training.image.picture"), "ink")
        assert ink == pytest.approx(x.mean())
        assert headings(table_of(at, "training.image.picture")) == [
            str(data.train.numbers[sample - 1])
        ]


def test_the_sample_with_the_largest_loss_and_the_next_one() -> None:
    at = clicked(opened(trained=30), "sample_worst")
    data = made_data(plan_of(at))
    model = cores(data, 30, Plan())[-1]
    shares = judged(data.train, model)
    truths = [share[y] for share, y in zip(shares, data.train.labels, strict=True)]
    assert plan_of(at).sample == truths.index(min(truths)) + 1
    assert at.text_input(key="sample_text").value == str(plan_of(at).sample)
    at = clicked(typed(at, "sample", "299"), "sample_next")
    assert plan_of(at).sample == 300
    assert plan_of(clicked(at, "sample_next")).sample == 1, "after the last comes the first"


def test_a_sample_that_is_not_there_is_the_last() -> None:
    at = opened(points=20, sample=5000, trained=1)
    shown = numbers(table_of(at, "training.sample.numbers"), "target")
    assert shown == [0, 0, 1]
    assert plan_of(clicked(at, "sample_next")).sample == 1


def test_the_scores_go_to_the_bench() -> None:
    at = clicked(opened(data="digits", trained=20, sample=5), "sample_to_bench")
    scores = numbers(table_of(at, "training.sample.numbers"), "logit")
    assert visit_of(at).state.logits == tuple(scores)
    assert len(scores) == 10
    assert visit_of(at).state.target == made_data(plan_of(at)).train.labels[4]
    assert not at.warning


def test_it_goes_on_and_back_to_the_same_start() -> None:
    at = opened(seed=4)
    start = numbers(table_of(at, "training.curves.picture"), "loss")
    assert at.button(key="trained_again").disabled
    at = clicked(clicked(at, "trained_more"), "trained_more")
    shown = table_of(at, "training.curves.picture")
    assert headings(shown)[-1] == "400"
    last = cores(made_data(plan_of(at)), 400, plan_of(at))[-1]
    assert numbers(shown, "loss")[-1] == last.loss
    at = clicked(at, "trained_again")
    assert plan_of(at).trained == 0
    assert numbers(table_of(at, "training.curves.picture"), "loss") == start
    other = typed(at, "seed", "5")
    assert numbers(table_of(other, "training.curves.picture"), "loss") != start
    assert numbers(table_of(typed(other, "seed", "4"), "training.curves.picture"), "loss") == start


def test_a_click_trains_as_many_steps_as_are_set_and_never_too_many() -> None:
    at = clicked(typed(opened(points=10), "click", "7"), "trained_more")
    assert headings(table_of(at, "training.curves.picture")) == ["0", "7"]
    assert at.button(key="trained_more").label == EN("training.button.trained_more", steps=7)
    at = clicked(opened(points=10, trained=19_999), "trained_more")
    assert plan_of(at).trained == 20_000
    assert at.button(key="trained_more").disabled
    assert len(headings(table_of(at, "training.curves.picture"))) == 101


def test_other_data_begin_at_the_start_and_other_settings_train_as_far() -> None:
    at = opened(trained=40, raced=10)
    before = numbers(table_of(at, "training.curves.picture"), "loss")
    at = typed(at, "rate", "0.5")
    after = numbers(table_of(at, "training.curves.picture"), "loss")
    assert (len(after), after[0]) == (len(before), before[0])
    assert after[-1] > before[-1]
    at = clean(at.slider(key="plan_points").set_value(50).run())
    assert (plan_of(at).points, plan_of(at).trained) == (50, 40)
    at = clean(at.segmented_control(key="plan_data").set_value("digits").run())
    assert (plan_of(at).trained, plan_of(at).raced, plan_of(at).rate) == (0, 0, 0.5)
    at = clean(at.segmented_control(key="plan_features").set_value("raw").run())
    raw = numbers(table_of(at, "training.digits.picture"), "ink")
    assert max(raw) > 3, "from 0 to 16"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("spiral", {"arms": 4, "points": 30, "noise": 0.1, "seed": 9, "decay": 0, "sample": 12}),
        ("digits", {"features": "raw", "rate": 0.01, "seed": 2, "to": 3, "source": 20}),
    ],
)
def test_a_link_restores_every_number(
    kind: str, settings: dict[str, object], language: str
) -> None:
    at = opened(language, data=kind, **settings)
    at = clicked(clicked(typed(at, "click", "15"), "trained_more"), "raced_more")
    query = listed(visit_of(at).link)
    assert decode(query)[1:] == (visit_of(at).choices, [])
    assert query["trained"] == ["15"]
    again = opened(
        **{name: text for name, (text, *_) in query.items() if name != "lang"}
        | {"language": language}
    )
    assert tables(again) == tables(at)
    assert passages(again) == passages(at)
    assert plan_of(again) == plan_of(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_parameters_are_named_and_the_rest_kept(language: str) -> None:
    at = opened(language, data="letters", rate="fast", points="10.5", trained="25", seed="-1")
    assert plan_of(at) == Plan(trained=25)
    said = [warning.value.replace("\\", "") for warning in at.warning]
    for name in ("data", "rate", "points", "seed"):
        assert sum(name in text for text in said) == 1, name
    assert headings(table_of(at, "training.curves.picture"))[-1] == "25"
    assert not typed(at, "rate", "2").warning


REFUSED = [
    ("rate", "1e7", "1,000,000"),
    ("decay", "-1", "100"),
    ("click", "0", "2000"),
    ("click", "1.5", "2000"),
    ("seed", "1e6", "999,999"),
    ("sample", "0", "1"),
    ("sample", "<b>", "1"),
    ("rival_rate", "", "1,000,000"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_stays_beside_its_reason(language: str) -> None:
    at = opened(language, trained=1)
    for field, text, accepted in REFUSED:
        before = plan_of(at)
        at = typed(at, field, text)
        assert plan_of(at) == before
        assert at.text_input(key=f"{field}_text").value == text
        (warning,) = at.warning
        plain = warning.value.replace("\\", "")
        assert plain.startswith(wording(language).field_name(field, {}))
        assert accepted.replace(",", "") in plain.replace(",", "")
        at = typed(at, field, "3")
        assert not at.warning


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "course"),
    [
        ({"rate": 10}, "bumpy"),
        ({"rate": 30}, "grew"),
        ({"rate": 1e6, "decay": 1}, "overflow"),
        ({"data": "digits", "features": "raw", "rate": 1000, "decay": 1}, "overflow"),
    ],
    ids=str,
)
def test_divergence_is_told_in_words(query: dict[str, object], course: str, language: str) -> None:
    at = opened(language, trained=300, raced=300, begin="wrong", **query)
    label = wording(language).label(f"training.course.{course}")
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
    assert re.search(pattern, passages(at))
    assert at.button(key="trained_more").disabled == (course == "overflow")
    assert not at.button(key="trained_again").disabled
    no_nan(at)
    at = clicked(typed(clicked(at, "trained_again"), "rate", "0.1"), "trained_more")
    assert numbers(table_of(at, "training.curves.picture"), "loss")[-1] < 1e3
    no_nan(at)


def test_the_race_is_cores_and_one_may_diverge_alone() -> None:
    at = clicked(typed(opened(points=30, decay=1, rate=0.01), "click", "90"), "raced_more")
    shown = table_of(at, "training.race.picture")
    assert headings(shown) == [str(step) for step in range(0, 91, 10)]
    states = cores(made_data(plan_of(at)), 90, plan_of(at))
    assert numbers(shown, "accuracy")[::2][1:] == [state.accuracy for state in states[9::10]]
    at = typed(at, "rival_rate", "1e6")
    words = visit_of(at).words
    said = words.label("training.race.overflow").format(name=words("training.race.mse"), steps=17)
    assert re.search(re.escape(said).replace("17", r"\d+"), passages(at))
    at = clicked(at, "raced_more")
    assert plan_of(at).raced == 180, "so many steps more than the one that has not diverged"
    assert headings(table_of(at, "training.race.picture"))[-1] == "180"
    no_nan(at)


def test_the_race_may_begin_taught_wrong() -> None:
    at = opened(points=30, trained=200, raced=20)
    before = numbers(table_of(at, "training.race.picture"), "accuracy")
    own = table_of(at, "training.curves.picture")
    at = clean(at.segmented_control(key="plan_begin").set_value("wrong").run())
    after = numbers(table_of(at, "training.race.picture"), "accuracy")
    data = made_data(plan_of(at))
    moved = replace(data.train, labels=(data.train.labels + 1) % 3)
    taught = cores(replace(data, parts=(moved, data.validation, data.test)), 200, Plan())[-1]
    assert after[:2] == [share_right(data.train, taught)] * 2
    assert after != before
    assert table_of(at, "training.curves.picture") == own, "the learner's own model is untouched"
    rights = [percent_text(share) for share in after[-2:]]
    assert all(right in passages(at) for right in rights)


def test_what_was_trained_survives_other_pages_and_the_language() -> None:
    at = clicked(typed(opened(points=30), "seed", "11"), "trained_more")
    kept, shown = plan_of(at), table_of(at, "training.curves.picture")
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/training/page.py").run()
    assert table_of(clean(at), "training.curves.picture") == shown
    at = clicked(at, "language_zh")
    assert plan_of(at) == kept
    assert at.text_input(key="seed_text").value == "11"
    chinese = table_of(at, "training.curves.picture")
    assert numbers(chinese, "loss") == numbers(shown, "loss")


def test_a_sample_beyond_the_last_is_shown_as_the_last_and_refused_when_typed() -> None:
    at = opened(points="10", sample="5000", trained=1)
    assert at.text_input(key="sample_text").value == "30"
    typed(at, "sample", "31")
    (warning,) = at.warning
    assert "30" in warning.value
    assert plan_of(at).sample == 5000
