"""Questions for numbers against oracles of their own: plain Python, and differences of the loss."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import pytest

from pages.practice.number_judging import judged
from pages.practice.number_questions import TOPICS, UNIT, NumberQuestion, number_question, topic_of
from pages.writing.wording import LANGUAGES, wording

VARIANTS = range(1, 8 * len(TOPICS))
STEP = 1e-5


def listed(text: object) -> list[float]:
    return [float(x) for x in str(text).replace("−", "-").split(",")]


def softmax(z: Sequence[float], temperature: float = 1.0) -> list[float]:
    powers = [math.exp(x / temperature) for x in z]
    return [x / sum(powers) for x in powers]


def slopes(f: Callable[[list[float]], float], at: Sequence[float]) -> list[float]:
    """Central differences of a function of a list, one for each of its numbers."""
    found = []
    for k in range(len(at)):
        up, down = list(at), list(at)
        up[k] += STEP
        down[k] -= STEP
        found.append((f(up) - f(down)) / (2 * STEP))
    return found


def cross_entropy(z: Sequence[float], t: int) -> float:
    return -math.log(softmax(z)[t])


def squared_error(z: Sequence[float], t: int) -> float:
    a = softmax(z)
    return sum((p - (k == t)) ** 2 for k, p in enumerate(a)) / len(a)


def expected(question: NumberQuestion) -> list[float]:  # noqa: PLR0911 (one for each topic)
    given = question.given
    # A layer's question gives the probabilities; their logarithms are logits with the same ones.
    z = listed(given["z"]) if "z" in given else [math.log(p) for p in listed(given["a"])]
    t = int(str(given.get("t", 1))) - 1
    match question.topic:
        case "probabilities":
            return softmax(z, float(str(given["T"])))
        case "loss":
            return [cross_entropy(z, t)]
        case "gradient":
            return slopes(lambda x: cross_entropy(x, t), z)
        case "squared_gradient":
            return slopes(lambda x: squared_error(x, t), z)
        case "batch_gradient":
            samples = int(str(given["N"]))
            return slopes(lambda x: cross_entropy(x, t) / samples, z)
        case "jacobian":
            i, j = int(str(given["i"])) - 1, int(str(given["j"])) - 1
            return [slopes(lambda x: softmax(x)[i], z)[j]]
        case "product":
            g = listed(given["g"])
            return slopes(lambda x: sum(p * q for p, q in zip(g, softmax(x), strict=True)), z)
        case "weight":
            k, d = int(str(given["k"])) - 1, int(str(given["d"])) - 1
            o = listed(given["o"])

            def with_weight(w: list[float]) -> float:
                moved = [x + w[0] * o[d] * (q == k) for q, x in enumerate(z)]
                return cross_entropy(moved, t)

            return slopes(with_weight, [0.0])
        case "inputs":
            numbers = re.findall(r"−?\d+", str(given["w"]))
            w = [float(x.replace("−", "-")) for x in numbers]

            def with_inputs(o: list[float]) -> float:
                moved = [x + w[2 * k] * o[0] + w[2 * k + 1] * o[1] for k, x in enumerate(z)]
                return cross_entropy(moved, t)

            return slopes(with_inputs, [0.0, 0.0])
    raise AssertionError(question.topic)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_answer_is_right(variant: int) -> None:
    question = number_question(variant)
    assert question.right.tolist() == pytest.approx(expected(question), abs=0.6 * UNIT)
    if question.zero:
        assert sum(question.right) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_answer_is_told_from_every_other(variant: int) -> None:
    question = number_question(variant)
    answers = {None: question.right} | dict(question.slips)
    for slip, values in answers.items():
        for typed in (values, [round(float(x), 3) for x in values]):
            verdict = judged(question, list(typed))
            assert (verdict.ok, verdict.slip) == (slip is None, slip)
    for near in (question.right + 0.003, question.right - 0.003):
        assert judged(question, near.tolist()).finding != "right"
    assert judged(question, [*question.right, 0.0]).finding == "count"


def test_what_is_wrong_is_said() -> None:
    question = number_question(8)
    assert question.topic == "gradient"
    first, second, third = question.right.tolist()
    verdict = judged(question, [first, -second, third])
    assert (verdict.finding, verdict.wrong) == ("entries", (2,))
    assert verdict.total == pytest.approx(-2 * second)
    assert judged(question, [second, first, third]).finding == "order"
    assert judged(question, [round(x, 2) for x in (first, second, third)]).finding == "coarse"
    assert judged(question, [5.0, 5.0, 5.0]).finding == "wrong"


def test_a_variant_is_the_same_for_all_and_unlike_the_next() -> None:
    # Links hold variants: these must not change.
    assert number_question(1).given == {"z": "3, 1, −2", "T": "2"}
    assert number_question(8).given["z"] == "1, −1, 2"
    whole = {(number_question(v).topic, *number_question(v).given.values()) for v in VARIANTS}
    assert len(whole) > 0.9 * len(VARIANTS)


def test_every_topic_has_its_turn() -> None:
    for start in (0, len(TOPICS), 9999 * len(TOPICS)):
        found = {topic_of(v) for v in range(start, start + len(TOPICS))}
        assert found == set(TOPICS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_everything_has_its_words(language: str, topic: str) -> None:
    words = wording(language)
    question = next(q for q in map(number_question, VARIANTS) if q.topic == topic)
    asked = words(f"practice.numbers.{topic}", **question.given)
    assert all(str(x) in asked for x in question.given.values())
    for name in (f"numbers_hint.{topic}", f"numbers_look.{topic}", f"numbers_heading.{topic}"):
        assert words.label(f"practice.{name}")
    for slip in question.slips:
        assert words(f"practice.slip.{slip}.name")
        assert words.label(f"practice.slip.{slip}.said")
