"""Sets: what their items are, and the answer sheets."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from derivations import latex
from pages.practice.exercises import Exercise, at_item, exercise_of, upcoming
from pages.practice.number_questions import number_question
from pages.practice.number_texts import shown
from pages.practice.sheet import ENDINGS, sheet
from pages.practice.slipped_lines import slipped_line
from pages.visit.choices import Choices
from pages.visit.links import decode, encode
from pages.visit.practice import DERIVATIONS, KINDS, MOST_ITEMS, MOST_SEATS, MOST_VARIANTS, Practice
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.derivations.typesetting import typeset
from tests.pages.reading import listed

SET = Practice(
    kinds=KINDS,
    derivations=("softmax_jacobian", "upstream_gradient"),
    variant=7,
    items=8,
    hints=False,
)
SEATS = 3


def items(practice: Practice) -> list[Exercise]:
    return [exercise_of(at_item(practice, k)) for k in range(1, practice.items + 1)]


def test_a_set_survives_its_link() -> None:
    practice = replace(SET, seat=2, item=5)
    query = listed(encode(LabState(), "en", Choices(practice=practice)))
    _, choices, refusals = decode(query)
    assert (choices.practice, refusals) == (practice, [])


def test_kinds_and_derivations_take_turns() -> None:
    found = items(SET)
    assert [x.kind for x in found] == [*KINDS, *KINDS]
    for kind in KINDS[1:]:
        assert {x.derivation for x in found if x.kind == kind} == set(SET.derivations)
    assert {x.derivation for x in found if x.kind == "numbers"} == {""}


def test_each_seat_has_variants_of_its_own() -> None:
    seats = [items(replace(SET, seat=seat)) for seat in range(1, MOST_SEATS + 1)]
    variants = {x.variant for seat in seats for x in seat}
    assert len(variants) == MOST_SEATS * SET.items
    # The seed is that of the first seat: another set begins where its seats do.
    assert items(replace(SET, variant=8)) == items(replace(SET, seat=2))


def test_variants_go_on_to_the_last_and_begin_again() -> None:
    assert upcoming(Practice(variant=1))[:2] == [2, 3]
    ahead = upcoming(Practice(variant=MOST_VARIANTS - 1))
    assert ahead[:3] == [MOST_VARIANTS, 1, 2]


def test_an_item_stays_within_the_set() -> None:
    assert at_item(SET, 99).item == SET.items
    assert at_item(SET, 0).item == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notation", ENDINGS)
def test_a_sheet_has_every_answer_of_every_seat(language: str, notation: str) -> None:
    whole = sheet(SET, SEATS, notation, language)
    words = wording(language)
    flat = whole.replace("−", "-")
    for seat in range(1, SEATS + 1):
        assert words("practice.sheet.seat", seat=seat) in whole
        for exercise in items(replace(SET, seat=seat)):
            if exercise.kind == "numbers":
                right = number_question(exercise.variant).right
                values = shown(right, 3).replace("−", "-")
                assert f"{values if len(right) == 1 else f'({values})'}$" in flat
            elif exercise.kind == "slip":
                slipped = slipped_line(exercise)
                assert latex(slipped.line) in whole
                assert latex(slipped.derivation.lines[slipped.wrong]) in whole
    answers = whole.count(f"**{words('practice.sheet.answer')}**")
    answers += whole.count(rf"\textbf{{{words('practice.sheet.answer')}}}")
    assert answers == SEATS * SET.items
    assert whole.count("$") % 2 == 0


def test_a_class_of_thirty_has_a_sheet_of_every_kind_and_derivation() -> None:
    practice = Practice(kinds=KINDS, derivations=DERIVATIONS, items=8)
    whole = sheet(practice, 30, "markdown", "en")
    assert whole.count(f"**{wording('en')('practice.sheet.answer')}**") == 30 * practice.items
    found = {x.derivation for seat in range(1, 31) for x in items(replace(practice, seat=seat))}
    assert found == {"", *DERIVATIONS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_latex_sheet_is_a_document(language: str) -> None:
    whole = sheet(SET, SEATS, "latex", language)
    engine = {"en": "pdflatex", "zh": "xelatex"}[language]
    assert whole.startswith(f"% compile with {engine}\n")
    assert whole.endswith("\\end{document}\n")
    # What pdflatex does not know, and Markdown's marks, are gone.
    assert not re.search(r"[−∂Σδ]|\*\*", whole)
    for opening, closing in (("{", "}"), (r"\left", r"\right"), (r"\begin{", r"\end{")):
        bare = whole.replace(r"\{", "").replace(r"\}", "")
        assert bare.count(opening) == bare.count(closing), opening
    typeset(whole)


def test_the_same_set_has_the_same_sheet() -> None:
    assert sheet(SET, 2, "markdown", "en") == sheet(replace(SET, item=3), 2, "markdown", "en")
    assert sheet(SET, 2, "markdown", "en") != sheet(replace(SET, variant=9), 2, "markdown", "en")
    assert SET.items <= MOST_ITEMS
