"""Everything that the core refuses, with a message that names the argument and what is accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from refusal_cases import TABLE

import core

NAN, INF = np.nan, np.inf

FUNCTIONS = sorted({function for function, *_ in TABLE})


@pytest.mark.parametrize("function", FUNCTIONS)
def test_is_refused_and_the_message_names_the_argument(
    function: str, subtests: pytest.Subtests
) -> None:
    cases = [
        (argument, what, call, value)
        for name, argument, call, bad_values in TABLE
        if name == function
        for what, value in bad_values.items()
    ]

    for argument, what, call, value in cases:
        with subtests.test(argument=argument, what=what):
            message = rf"^{argument}\b.*: .+; accepted: .+"
            with pytest.raises(core.InvalidInput, match=message) as caught:
                call(value)
            assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: core.softmax([[0.0, 1.0], [NAN, 2]]),
            r"logits: \[1, 0\] is nan; accepted: finite",
        ),
        (lambda: core.softmax([0, INF]), r"logits: \[1\] is inf; accepted: finite"),
        (lambda: core.softmax([[0.0, 1.0], [-INF, -INF]]), r"logits: \[1, 0\] is -inf; .* masked"),
        (lambda: core.softmax([[NAN, 1], [0.0, 2.0]], axis=0), r"logits: \[0, 0\] is nan"),
        (
            lambda: core.softmax_loss([1, 2, 3], 3),
            r"targets: it is 3.0; .* whole numbers from 0 to 2",
        ),
        (lambda: core.softmax_loss([[1, 2]], [1.5]), r"targets: \[0\] is 1.5; .* whole numbers"),
        (
            lambda: core.softmax_loss([1, 2], [0.5, 0.6]),
            r"targets \(sum\): it is 1.1; .* sum to 1 within 1e-06",
        ),
        (lambda: core.softmax_loss([1, 2], 0, loss="mse"), r"loss: 'mse' .*: cross_entropy, mean"),
        (lambda: core.softmax([1, 2], temperature=0), r"temperature: it is 0; .* above 0"),
        (lambda: core.top_k([1, 2], 3), r"k: it is 3; accepted: a whole number from 1 to 2"),
    ],
    ids=lambda part: part if isinstance(part, str) else "call",
)
def test_the_message_says_where_what_and_what_is_accepted(
    call: Callable[[], Any], message: str
) -> None:
    with pytest.raises(core.InvalidInput, match=message):
        call()


def total(a: Any, _: Any) -> Any:
    return a.sum()


@pytest.mark.parametrize(
    ("loss", "message"),
    [
        (core.Loss(np.subtract, np.subtract), "value has shape"),
        (core.Loss(total, total), "gradient has shape"),
        (
            core.Loss(core.LOSSES["cross_entropy"].value, core.LOSSES["cross_entropy"].gradient),
            "gradient in the probabilities is not finite; accepted: .* log_gradient",
        ),
    ],
    ids=["a value for each class", "one slope in all", "an infinite slope"],
)
def test_a_loss_of_ones_own_that_cannot_be_used_is_refused(loss: core.Loss, message: str) -> None:
    with pytest.raises(core.InvalidInput, match=rf"^loss.*{message}"):
        core.softmax_loss([1e4, -1e4, 0], 1, loss=loss)
