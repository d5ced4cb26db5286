"""The training page as one: its settings, what its link restores, and what it refuses."""

from __future__ import annotations

import pytest

from pages.visit.links import decode
from pages.visit.training_plan import Plan
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, listed, numbers, passages, tables, visit_of
from tests.pages.training import clicked, headings, opened, plan_of, table_of, typed


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
