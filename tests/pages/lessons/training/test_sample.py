"""One training sample followed through, by core's gradients."""

from __future__ import annotations

import numpy as np
import pytest

from core import layer_loss, one_hot
from pages.lessons.training.data_set import made_data
from pages.visit.training_plan import Plan
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, numbers, passages, visit_of
from tests.pages.training import clicked, cores, headings, judged, opened, plan_of, table_of, typed


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


def test_a_sample_beyond_the_last_is_shown_as_the_last_and_refused_when_typed() -> None:
    at = opened(points="10", sample="5000", trained=1)
    assert at.text_input(key="sample_text").value == "30"
    typed(at, "sample", "31")
    (warning,) = at.warning
    assert "30" in warning.value
    assert plan_of(at).sample == 5000
