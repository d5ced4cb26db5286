"""A typed loss: understood, differentiated, confirmed or not, and refused with its place."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from core import softmax_loss
from derivations import ParseError
from pages.lessons.any_loss.own import EXAMPLES, typeset
from pages.writing.wording import LANGUAGES, wording
from tests.derivations.typed import ATTACKS, REFUSED, REFUSED_LOSSES, REPAIRS
from tests.pages.any_loss import gradient, opened, shares, through_jacobian, type_formula
from tests.pages.reading import clean, no_nan, numbers, passages, table_of, tables

EN = wording("en")


def own_table(at: AppTest, language: str = "en") -> str:
    return table_of(at, wording(language)("any_loss.own.table"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_understood_and_confirmed(language: str) -> None:
    at = opened(screen="own", lang=language, z="0.5,-1,2,0", label="2")
    a = shares((0.5, -1, 2, 0))
    for name, text in EXAMPLES.items():
        field = at.selectbox[-1]
        clean(field.set_value(name).run() if field.value != name else at)
        assert at.selectbox[-1].value == name
        assert at.text_input(key="formula_text").value == text
        assert not at.warning
        shown = own_table(at, language)
        g = numbers(shown, "upstream")
        assert gradient(shown) == pytest.approx(through_jacobian(a, g), abs=1e-15), name
        assert numbers(shown, "difference") == pytest.approx(gradient(shown), abs=1e-8), name
        assert r"\frac{\partial \textcolor{#A3487D}{L}}{\partial" in passages(at)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_back_from_all_that_the_page_shows_of_it(name: str) -> None:
    from derivations import latex, parse, text  # noqa: PLC0415 (SymPy only where it is needed)

    expression = parse(EXAMPLES[name])
    row, _ = typeset(EXAMPLES[name], "light")
    for shown in (text(expression), latex(expression), row, f"${latex(expression)}$"):
        at_once = shown.startswith(("-", "Σ", "(", "\\"))
        try:
            found = parse(shown)
        except ParseError as error:  # 1 - a_t behind L = shows nothing of LaTeX
            assert not at_once
            found = parse(str(error.instead))
        assert found == expression


@pytest.mark.parametrize("language", LANGUAGES)
def test_latex_is_understood_as_it_is_pasted(language: str) -> None:
    at = opened(screen="own", lang=language, z="0.5,-1,2", label="3")
    clean(type_formula(at, EXAMPLES["focal"]))
    expected = gradient(own_table(at, language))
    pasted = r"L = -\sum_{k=1}^{n} y_k \left(1 - a_k\right)^{2} \ln a_k"
    type_formula(at, pasted)
    assert not at.warning
    assert at.text_input(key="formula_text").value == pasted
    assert gradient(own_table(at, language)) == expected


TWINS = {
    "squared": "mean_squared_error",
    "cross_entropy": "cross_entropy",
    "label_only": "cross_entropy",
    "focal": "focal",
    "divergence": "kl_divergence",
}


@pytest.mark.parametrize(("example", "loss"), TWINS.items())
def test_a_typed_loss_is_cores(example: str, loss: str) -> None:
    at = opened(screen="own", formula=EXAMPLES[example], z="0.5,-1,2", label="3")
    found = softmax_loss([0.5, -1, 2], 2, loss=loss)
    assert gradient(own_table(at)) == pytest.approx(found.grad_logits.tolist(), rel=1e-12)
    assert f"= {found.value:.4f}" in passages(at)


def test_a_slightly_wrong_derivative_is_not_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivations import TypedLoss  # noqa: PLC0415 (SymPy only where it is needed)

    right = TypedLoss.gradient
    monkeypatch.setattr(
        TypedLoss, "gradient", lambda self, a, y: tuple(1.0005 * g for g in right(self, a, y))
    )
    at = opened(screen="own")
    assert EN.label("any_loss.check.disagree").split("{")[0] in passages(at)
    assert "do not confirm" in passages(at)


ISSUE = [
    "9**9**9**9",
    "((((9**6)**6)**6)**6)**6",
    "a_k + " * 17_000,
    "a.__class__",
    "__import__('os')",
    "lambda x: x",
    "().__class__.__bases__",
    "аlog(a_t)",
    "eval('1')",
    "<img src=x onerror=alert(1)>",
    "$\\frac{1}{2}$ {text}",
    "\u202ea_t\x00",
    "",
    *[text for text, *_ in (*REFUSED, *REFUSED_LOSSES)][::4],
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_is_said_and_kept(language: str) -> None:
    at = opened(screen="own", lang=language)
    for text in ISSUE:
        type_formula(at, text)
        assert at.text_input(key="formula_text").value == text, "what was typed is gone"
        (warning,) = at.warning
        assert warning.value
        assert not re.search(r"(?<!\\)[<$]", warning.value)
        assert wording(language)("any_loss.own.table") not in "".join(tables(at))
        marked = [h.proto.body for h in at.get("html") if "<mark>" in h.proto.body]  # type: ignore[attr-defined]
        assert len(marked) == bool(text)
        assert all("<img" not in body and len(body) < 2000 for body in marked)
    for text in ATTACKS[::3]:  # refused or not
        no_nan(type_formula(at, text))
        assert at.text_input(key="formula_text").value == text
    type_formula(at, "1 - a_t")
    assert not at.warning


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("ｓｕｍ（（ａ＿ｋ－ｙ＿ｋ）^2，ｋ）／ｎ", "sum((a_k-y_k)**2,k)/n"),
        ("sum（（a_k-y_k）^2，k）/n", "sum((a_k-y_k)**2,k)/n"),
        ("a_t^2", "a_t**2"),
    ],
)
def test_one_click_takes_the_form_to_use(language: str, typed: str, instead: str) -> None:
    at = type_formula(opened(screen="own", lang=language), typed)
    assert len(at.warning) == 1
    assert [code.value for code in at.code] == [instead]
    clean(at.button(key="formula_instead").click().run())
    assert not at.warning
    assert at.text_input(key="formula_text").value == instead
    assert len(gradient(own_table(at, language))) == 3


def test_every_form_that_can_be_repaired_for_a_loss_is_offered() -> None:
    at = opened(screen="own", z="1,2,3,4")
    for typed, instead in REPAIRS[::3]:
        type_formula(at, typed)
        assert [code.value for code in at.code] == [instead] * (instead is not None), typed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("formula", "query", "trouble"),
    [
        ("-log(a_2)", {"z": "0,-inf,1"}, "log_of_zero"),
        ("1/(a_1 - a_1)", {}, "division_by_zero"),
        ("1/a_2", {"z": "0,-inf,1"}, "division_by_zero"),
        ("log(a_1 - 2)", {}, "log_of_negative"),
        ("sqrt(a_1 - 2)", {}, "root_of_negative"),
        ("exp(1000*a_3 + 1000)", {}, "overflow"),
        ("a_5", {}, "no_such_class"),
        ("-log(a_t)", {"target": "0.5,0.5,0"}, "target_not_one_class"),
        ("sqrt(a_2)", {"z": "0,-inf,1"}, "division_by_zero"),
    ],
)
def test_what_has_no_value_is_said_in_words(
    language: str, formula: str, query: dict[str, str], trouble: str
) -> None:
    at = opened(screen="own", lang=language, formula=formula, **query)
    no_nan(at)
    (warning,) = at.warning
    plain = warning.value.replace("\\", "")
    assert wording(language)(f"formula.trouble.{trouble}") in plain
    assert wording(language)("any_loss.own.table") not in "".join(tables(at))
