"""A number edited as text: what is refused stays beside its reason, and changes nothing."""

from __future__ import annotations

import pytest

from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, opened_lesson, visit_of

REFUSED = [
    *(("network", "step_size", text) for text in ("", "-3", "1e400", "nan", "0", "２００万")),
    *(("network", "l2", text) for text in ("1e-", "-1")),
    *(("gradient_check", "percent", text) for text in ("", "abc", "100.1", "1e400", "nan")),
    *(("training", "rate", text) for text in ("", "0", "1e400", "nan")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "field", "typed"), REFUSED)
def test_what_is_refused_stays_beside_its_reason(
    language: str, page: str, field: str, typed: str
) -> None:
    at = opened_lesson(page, 60, lang=language)
    before = visit_of(at).choices
    clean(at.text_input(key=f"{field}_text").set_value(typed).run())
    assert visit_of(at).choices == before
    assert at.text_input(key=f"{field}_text").value == typed
    refused = visit_of(at).refused[field]
    assert refused.field == field
    said = as_plain_markdown(wording(language).refusal(refused))
    assert [warning.value for warning in at.warning] == [said]
    clean(at.text_input(key=f"{field}_text").set_value("２").run())
    assert not at.warning
    assert visit_of(at).choices != before
