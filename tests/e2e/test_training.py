"""Training in a browser: a newcomer trains, stops, follows a point, brings a file, comes back."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from pages.lessons.training.data_set import DataSet, given_data, made_data
from pages.lessons.training.progress import run_status
from pages.lessons.training.run import Run, finished
from pages.lessons.training.workplace import settings_of
from pages.visit.training_plan import Plan
from pages.writing.wording import LANGUAGES, Wording, wording
from tests.e2e.lesson import move
from tests.e2e.uploads import give, own_csv
from tests.e2e.widths import resize, widest
from tests.pages.csv_files import read_csv

EN = wording("en")


def of_a_file(content: bytes) -> DataSet:
    file = read_csv(content)
    names = file.features, file.classes
    return given_data(file.inputs, file.labels, file.rows, names, Plan().seed, "scaled")


def status(data: DataSet, steps: int, words: Wording) -> str:
    """What the bar says after so many steps by the source's setting."""
    return run_status(finished(Run(data, settings_of(Plan())), steps), words)


def opened(page: Page, query: str) -> Wording:
    move(page, f"/training?{query}")
    words = wording("zh" if "lang=zh" in query else "en")
    expect(page.get_by_role("heading", name=words("training.title"), exact=True)).to_be_visible()
    if "trained" not in query and "raced" not in query:
        page.wait_for_url("**z=2,3,4&**")  # the whole page is there, its address written
    return words


def bar(page: Page, goal: str = "trained") -> Locator:
    """The bar of the training, or of the race, which is the last."""
    bars = page.get_by_test_id("stProgress")
    return bars.first if goal == "trained" else bars.last


def button(page: Page, words: Wording, label: str, **values: object) -> Locator:
    return page.get_by_role("button", name=words(f"training.button.{label}", **values), exact=True)


def choose(page: Page, words: Wording, data: str) -> None:
    page.get_by_role("radio", name=words(f"training.data.{data}"), exact=True).click()


def step_of(page: Page, goal: str = "trained") -> int:
    found = re.search(r"\d+", bar(page, goal).inner_text())
    return int(found[0]) if found else -1


def test_a_newcomer_trains_on_all_three_data(page: Page) -> None:
    words = opened(page, "lang=zh")
    button(page, words, "trained", steps=200).click()
    expect(bar(page)).to_have_text(status(made_data(Plan()), 200, words))
    page.wait_for_url("**trained=200**")
    choose(page, words, "digits")
    expect(page).not_to_have_url(re.compile("trained="))
    button(page, words, "trained", steps=200).click()
    expect(bar(page)).to_have_text(status(made_data(Plan(data="digits")), 200, words))
    choose(page, words, "csv")
    page.wait_for_url("**data=csv**")
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    content = own_csv()
    give(page, content)
    expect(page.get_by_text(words("training.upload.read", name="own.csv"))).to_be_visible()
    button(page, words, "trained", steps=200).click()
    expect(bar(page)).to_have_text(status(of_a_file(content), 200, words))
    expect(page.locator(".katex-error")).to_have_count(0)
    assert "NaN" not in page.get_by_test_id("stMain").inner_text()


SEEN_TEXTS = """box => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const own = walker.currentNode.parentElement;
        if (own.offsetParent && getComputedStyle(own).fontSize !== "0px" && own.closest("section")
                && own.dataset.testid !== "stIconMaterial")
            found.push(walker.currentNode.textContent.trim());
    }
    const label = box.querySelector("section button p");
    found.push(getComputedStyle(label, "::after").content.replaceAll('"', ""));
    return found.filter(text => text).join(" ");
}"""


def uploaders_words(page: Page, language: str) -> str:
    """What can be read in the field for a file, beside its label."""
    expect(page.locator(".st-key-csv_upload section button")).to_be_visible()
    text: str = page.locator(".st-key-csv_upload").evaluate(SEEN_TEXTS)
    if language == "zh":
        assert not re.search("[A-Za-z]", text.replace("CSV", "")), text
    return text


def test_stop_is_heard_and_it_goes_on(own_page: Page) -> None:
    words = opened(own_page, "lang=en&screen=train&data=digits&trained=20000&click=7")
    expect(bar(own_page)).to_contain_text(re.compile(r"\b[1-9]\d*\b"))
    stop = button(own_page, words, "stop").first
    stop.click()
    expect(stop).to_be_disabled()
    own_page.wait_for_url(lambda url: "trained=" in url and "trained=20000" not in url)
    stopped = int(re.findall(r"trained=(\d+)", own_page.url)[0])
    assert 0 < stopped < 20_000
    assert step_of(own_page) == stopped
    button(own_page, words, "trained_more", steps=7).first.click()
    own_page.wait_for_url(f"**trained={stopped + 7}**")
    expect(stop).to_be_disabled()
    assert step_of(own_page) == stopped + 7
    button(own_page, words, "again").first.click()
    expect(bar(own_page)).to_have_text(status(made_data(Plan(data="digits")), 0, words))


def test_a_race_is_stopped_where_it_is(own_page: Page) -> None:
    words = opened(own_page, "lang=en&screen=race&data=digits&raced=20000")
    stop = button(own_page, words, "stop")
    expect(stop).to_have_count(1)
    expect(stop).to_be_enabled()
    own_page.wait_for_function(
        """() => {
            const bars = document.querySelectorAll("[data-testid=stProgress]");
            return Number((bars[bars.length - 1]?.innerText.match(/\\d+/) ?? [0])[0]) > 200;
        }"""
    )
    stop.click()
    expect(stop).to_be_disabled()
    own_page.wait_for_url(lambda url: "raced=" in url and "raced=20000" not in url)
    stopped = int(re.findall(r"raced=(\d+)", own_page.url)[0])
    assert 200 < stopped < 20_000
    expect(bar(own_page, "raced")).to_contain_text(str(stopped))


def test_a_point_that_is_clicked_is_followed(page: Page) -> None:
    words = opened(page, "lang=en&screen=train&trained=200")
    follow = page.locator(".st-key-follow_sample button")
    expect(follow).to_have_text(re.compile(re.escape(words("training.regions.follow", sample=50))))
    inputs = made_data(Plan()).train.inputs
    across, up = inputs[299] / np.abs(inputs).max() / 1.08 / 2 + 0.5
    square = page.locator(".course-square")
    square.scroll_into_view_if_needed()
    box = square.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])
    page.wait_for_url("**sample=300**")
    expect(follow).to_have_text(re.compile(re.escape(words("training.regions.follow", sample=300))))
    follow.click()
    page.wait_for_url("**screen=sample**")
    expect(page.get_by_label(words("training.field.sample", most=300))).to_have_value("300")


def test_a_bad_file_is_refused_and_what_was_trained_stays(page: Page) -> None:
    words = opened(page, "lang=zh&data=csv")
    content = own_csv()
    give(page, content)
    button(page, words, "trained", steps=200).click()
    trained = status(of_a_file(content), 200, words)
    expect(bar(page)).to_have_text(trained)
    give(page, b"x,y,kind\n1,2,a\n3,<b>cat</b>,b\n", "bad.csv")
    alert = page.locator("[data-testid=stAlert]", has_text="<b>cat</b>")
    expect(alert).to_be_visible()
    expect(page.get_by_text(words("training.upload.still", name="own.csv"))).to_be_visible()
    expect(bar(page)).to_have_text(trained)


def test_a_file_that_could_not_be_sent_is_said_in_the_field(context: BrowserContext) -> None:
    page = context.new_page()  # Streamlit's uploader has an error of its own as well
    words = opened(page, "lang=zh&data=csv")
    page.route("**/_stcore/upload_file/**", lambda route: route.fulfill(status=500))
    give(page, own_csv())
    box = page.locator(".st-key-csv_upload [data-testid=stFileUploader]:has([aria-invalid=true])")
    expect(box).to_have_css("content", f'"{words("training.upload.failed")}"', pseudo="after")
    page.close()


def test_a_reload_restores_what_was_trained(page: Page) -> None:
    words = opened(page, "lang=en&arms=4&points=30&seed=8")
    button(page, words, "trained", steps=200).click()
    wanted = run_status(
        finished(Run(made_data(Plan(arms=4, points=30, seed=8)), settings_of(Plan(seed=8))), 200),
        words,
    )
    expect(bar(page)).to_have_text(wanted)
    page.wait_for_url("**trained=200**")
    before = page.url
    page.reload()
    expect(bar(page)).to_have_text(wanted)
    assert page.url == before
    page.get_by_role("link", name=EN("nav.softmax")).first.click()
    expect(page.get_by_role("heading", name=EN("softmax.title"), exact=True)).to_be_visible()
    page.go_back()
    expect(bar(page)).to_have_text(wanted)


def test_long_labels_leave_the_numbers_of_a_mistake_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    words = opened(page, "lang=en&view=whole&data=csv&trained=20")
    give(
        page,
        own_csv().replace(b"kind ", b"a label of sixty characters that begins like all others "),
    )
    expect(bar(page)).to_contain_text("20")
    table = page.locator(".lab-table", has_text=words("training.mistakes.picture"))
    table.scroll_into_view_if_needed()
    expect(table.locator("td").first).to_have_text(re.compile(r"^\d · a label of"))
    assert table.evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize("data", ["spiral", "digits", "csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways(
    page: Page, language: str, data: str, subtests: pytest.Subtests
) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    query = f"view=whole&data={data}&trained=20&raced=20&rate=100&decay=0.1"
    words = opened(page, f"lang={language}&{query}")
    if data == "csv":
        assert uploaders_words(page, language) == words("training.upload.button")
        give(page, own_csv(columns=12), "n" * 80 + ".csv")
    expect(bar(page)).to_contain_text("20")
    expect(page.locator(".course-curves path").first).to_be_visible()
    expect(page.get_by_role("heading", name=words("lesson.take_away"))).to_be_attached()
    for width in (390, 1280):
        with subtests.test(width=width):
            resize(page, width)
            for plot in page.locator(".js-plotly-plot").all():
                expect(plot.locator(".main-svg").first).to_be_visible()
            assert widest(page) <= width
    expect(page.locator(".katex-error")).to_have_count(0)


def test_settings_map_and_curves_are_in_view_together(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    words = opened(page, "lang=en&screen=train")
    shown = (
        button(page, words, "trained", steps=200),
        page.get_by_label(words("training.field.rate")),
        page.locator(".course-map"),
        page.locator(".course-curves"),
        page.locator(".course-row"),
    )
    for one in shown:
        expect(one).to_be_visible()
        box = one.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800


def test_every_screen_trains_and_none_speaks_of_a_model_that_is_not(page: Page) -> None:
    words = wording("en")
    for screen in ("learnt", "confusion", "sample"):
        opened(page, f"lang=en&screen={screen}")
        expect(page.get_by_text(words("training.untrained.said"))).to_be_visible()
        expect(page.locator(".js-plotly-plot, .lab-layer svg")).to_have_count(0)
    page.get_by_role("button", name=words("training.untrained.lead")).click()
    page.wait_for_url("**screen=train**")
    opened(page, "lang=en&screen=sample")
    button(page, words, "trained", steps=200).click()
    expect(page.locator(".lab-layer svg")).to_be_visible()
    expect(page.get_by_text(words("training.untrained.said"))).to_have_count(0)
