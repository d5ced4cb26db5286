"""A learner's own file on the training page: given, refused, kept, replaced."""

from __future__ import annotations

import pytest

from pages.lessons.training import workplace
from pages.visit.training_plan import Plan
from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import LANGUAGES
from tests.pages.csv_files import given
from tests.pages.own_files import data_from, made_file, shows, trained_on
from tests.pages.reading import clean, passages, tables, visit_of
from tests.pages.training import (
    cells,
    clicked,
    cores,
    headings,
    judged,
    opened,
    opened_data,
    plan_of,
    table_of,
    workplace_of,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_read_and_trained_on(language: str) -> None:
    at = opened(language, data="csv")
    assert not [button for button in at.button if "trained" in str(button.key)]
    content = made_file()
    at = given(at, content, "$x$ [a](b) *own*.csv")
    words = visit_of(at).words
    assert not at.warning
    named = as_plain_markdown("$x$ [a](b) *own*.csv")
    assert words("training.upload.read", name=named) in passages(at)
    preview = table_of(at, "training.preview.picture")
    assert headings(preview) == ["2", "3", "4", "5", "6"]
    assert cells(preview)[0][2:] == ["x1", "x2", "x3"]
    assert [row[1] for row in cells(preview)[1:]] == ["kind A", "kind B", "kind C"] * 1 + [
        "kind A",
        "kind B",
    ]
    at = clicked(at, "trained_more")
    data = data_from(content)
    shows(at, data)
    said = words(
        "training.data.parts",
        train=len(data.train),
        test=len(data.test),
        validation=len(data.validation),
    )
    assert said in passages(at)
    weights = table_of(at, "training.film.weights")
    assert headings(weights) == ["kind A", "kind B", "kind C"]
    # The mistakes are named by their lines in the file.
    model = cores(data, 200, Plan())[-1]
    wrong = [
        str(line)
        for line, y, shares in zip(
            data.test.numbers, data.test.labels, judged(data.test, model), strict=True
        )
        if shares.index(max(shares)) != y
    ]
    assert wrong
    assert sorted(headings(table_of(at, "training.mistakes.picture"))) == sorted(wrong)


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 4,
    "text among numbers": b"x,y,kind\n1,2,a\n3,cat,b\n5,6,a\n",
    "missing": b"x,y,kind\n1,2,a\n3,,b\n5,6,a\n",
    "ragged": b"x,y,kind\n1,2,a\n3,4\n5,6,a\n",
    "one class": b"x,y,kind\n1,2,a\n3,4,a\n",
    "hostile": b"x,y,kind\n1,<img src=x onerror=alert(1)>,a\n3,$z$,b\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_leaves_the_last_file_and_its_model(language: str) -> None:
    content = made_file(rows=30)
    at = trained_on(content, language)
    before, shown = plan_of(at), table_of(at, "training.curves.picture")
    for kind, bad in BAD.items():
        at = given(at, bad, "bad.csv")
        refused = workplace_of(at).upload
        assert refused is not None
        assert refused.refused is not None, kind
        (warning,) = at.warning
        if refused.offer is None:
            sentence = visit_of(at).words.refusal(refused.refused)
            assert as_plain_markdown(sentence) in warning.value
        assert as_plain_markdown("“bad.csv”") in warning.value, "which file is refused"
        if kind in ("text among numbers", "missing", "ragged"):
            assert "3" in warning.value, "the line"
        assert plan_of(at) == before
        assert table_of(at, "training.curves.picture") == shown
        named = as_plain_markdown("own.csv")
        assert visit_of(at).words("training.upload.still", name=named) in passages(at)
    at = clean(at.file_uploader(key="csv_upload").set_value(None).run())
    assert not at.warning, "the bad file was taken away"
    assert table_of(at, "training.curves.picture") == shown
    at = given(at, made_file(classes=2, rows=20), "other.csv")
    assert (plan_of(at).trained, headings(table_of(at, "training.curves.picture"))) == (0, ["0"])
    shows(clicked(at, "trained_more"), data_from(made_file(classes=2, rows=20)))


def test_a_bad_file_first_leaves_a_page_without_data() -> None:
    at = given(opened(data="csv"), BAD["missing"])
    assert len(at.warning) == 1
    assert plan_of(at).data == "csv"
    at = clean(at.multiselect(key="csv_left_out").set_value([1]).run())
    assert not at.warning, "without the column at fault it can be read"
    shows(clicked(at, "trained_more"), data_from(BAD["missing"], left_out=frozenset({1})))


def test_which_file_is_in_use_is_never_in_doubt() -> None:
    """A refused file may have the same name, a choice may be refused, a file be taken away."""
    content = made_file(rows=30)
    at = trained_on(content)
    words, name = visit_of(at).words, as_plain_markdown("own.csv")
    read, still = (words(f"training.upload.{key}", name=name) for key in ("read", "still"))
    at = given(at, b"\x00")
    assert still in passages(at)
    assert read not in passages(at)
    assert "csv_label" not in [box.key for box in at.selectbox], "no choices of another file"
    at = given(at, content)
    assert read in passages(at)
    at = clean(at.selectbox(key="csv_label").set_value(0).run())
    assert still in passages(at)
    assert "column 4 “kind”" in passages(at).replace("\\", ""), "what is in use has its own labels"
    at = clean(at.file_uploader(key="csv_upload").set_value(None).run())
    assert read in passages(at)
    assert at.selectbox(key="csv_label").value == 3


@pytest.mark.parametrize("trained", [0, 20])
@pytest.mark.parametrize("language", LANGUAGES)
def test_after_a_session_was_lost_no_link_is_blamed(
    language: str, trained: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workplace, "_follower", lambda: "a-later-session")
    at = opened_data(language, data="csv", trained=trained)
    assert [info.value for info in at.info] == [visit_of(at).words("training.upload.lost")]
    (field,) = at.file_uploader
    assert field.key == "csv_upload_a-later-session", "the browser may show the file in the old one"
    at = clean(field.set_value(("own.csv", made_file(), "text/csv")).run())
    assert not at.info
    assert plan_of(at).trained == trained, "the settings are still here"
    at = opened_data(language)
    clean(at.segmented_control(key="plan_data").set_value("csv").run())
    assert not at.info, "there was no file to lose"


def test_a_file_is_kept_on_other_pages_and_a_link_awaits_it() -> None:
    content = made_file(columns=2)
    at = trained_on(content)
    shown = tables(at)
    at.switch_page("lessons/softmax/page.py").run().switch_page("lessons/training/page.py").run()
    assert tables(clean(at)) == shown
    at = opened(data="csv", trained=30, rate=0.5)
    assert at.info[0].value == visit_of(at).words("training.data.in_link")
    at = given(at, content)
    assert (plan_of(at).trained, plan_of(at).rate) == (30, 0.5), "the settings of the link apply"
    assert headings(table_of(at, "training.curves.picture"))[-1] == "30"
    assert not at.info
    assert table_of(at, "training.regions.picture"), "two columns make a plane"
