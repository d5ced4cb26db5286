"""Turning the screens of a lesson: by the row below, by the list, by key, by finger."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from pages.writing.wording import wording
from tests.e2e.lesson import in_scheme, move, stands

EN, ZH = wording("en"), wording("zh")
PHONE = {"width": 390, "height": 844}
# What is written on the root, the same as before or not, has the styles of all below worked out.
COUNT_WRITINGS = """() => {
    window.writings = 0;
    const count = all => { window.writings += all.length; };
    const watched = { attributeFilter: ["lang", "class", "style"] };
    new MutationObserver(count).observe(document.documentElement, watched);
}"""


def screen(page: Page, name: str) -> Locator:
    return page.locator(f"[data-screen={name}]")


def shows(page: Page, name: str) -> None:
    """Wait until a screen stands, alone, and the address says so."""
    expect(screen(page, name)).to_be_visible()
    expect(page.locator("[data-screen]")).to_have_count(1)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()


def row(page: Page, name: str) -> Locator:
    return page.locator(".turning").get_by_role("button", name=EN(f"turning.{name}"))


def test_back_and_on_by_buttons_and_keys(page: Page) -> None:
    move(page, "/softmax?lang=en&z=1,2,3")
    shows(page, "stages")
    entries = page.evaluate("history.length")
    expect(row(page, "back")).to_be_disabled()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.evaluate(COUNT_WRITINGS)
    row(page, "next").click()
    shows(page, "largest")
    page.wait_for_url(re.compile(r"screen=largest"))
    expect(page).to_have_title(re.compile(re.escape(EN("softmax.screen.largest"))))
    expect(page.locator("[data-screen=largest] h2")).to_be_focused()
    page.keyboard.press("ArrowRight")
    shows(page, "shift")
    expect(page.locator(".turning-place")).to_have_text(EN("turning.place", at=3, of=7))
    page.keyboard.press("ArrowLeft")
    shows(page, "largest")
    # A control keeps its own keys.
    slider = page.get_by_role("slider", name=EN("softmax.largest.slider"))
    slider.press("ArrowRight")
    page.wait_for_url(re.compile(r"k=2"))
    shows(page, "largest")
    assert page.evaluate("history.length") == entries, "Back leaves the page"
    assert page.evaluate("window.writings") == 0


def test_the_list_in_the_sidebar_turns_and_marks(own_page: Page) -> None:
    move(own_page, "/jacobian?lang=en")
    shows(own_page, "matrix")
    contents = own_page.get_by_role("list", name=EN("turning.contents"))
    expect(contents.get_by_role("link")).to_have_count(5)
    above = own_page.get_by_test_id("stSidebarNavLink").filter(has_text=EN("nav.jacobian"))
    assert above.bounding_box()["y"] < contents.bounding_box()["y"]  # type: ignore[index]
    below = own_page.get_by_test_id("stSidebarNavLink").filter(has_text=EN("nav.any_loss"))
    assert contents.bounding_box()["y"] < below.bounding_box()["y"]  # type: ignore[index]
    contents.get_by_role("link", name=EN("jacobian.screen.softmax_jacobian")).click()
    shows(own_page, "softmax_jacobian")
    expect(contents.locator("[aria-current=step]")).to_contain_text(
        EN("jacobian.screen.softmax_jacobian")
    )
    seen = contents.get_by_role("img", name=EN("turning.seen"))
    expect(seen).to_have_count(2)
    # Another lesson's own list takes its place.
    own_page.get_by_test_id("stSidebarNavLink").filter(has_text=EN("nav.softmax")).click()
    shows(own_page, "stages")
    expect(contents.get_by_role("link")).to_have_count(7)
    own_page.get_by_test_id("stSidebarNavLink").filter(has_text=EN("nav.bench")).click()
    expect(own_page.locator("[data-bench]")).to_be_visible()
    expect(contents).to_have_count(0)


def test_the_last_screen_leads_to_the_next_lesson(page: Page) -> None:
    move(page, "/softmax?lang=en&screen=network")
    shows(page, "network")
    row(page, "next_lesson").click()
    shows(page, "matrix")
    page.wait_for_url(re.compile(r"/jacobian\?"))


def test_the_last_lesson_leads_to_the_bench(page: Page) -> None:
    move(page, "/calibration?lang=en&screen=meaning")
    shows(page, "meaning")
    page.locator(".turning").get_by_role("button", name=EN("lesson.to_bench")).click()
    expect(page.locator("[data-bench]")).to_be_visible()


def test_the_list_comes_back_where_streamlit_builds_its_navigation_anew(page: Page) -> None:
    move(page, "/softmax?lang=en")
    listed = page.locator(".screens-list")
    for language, words in (("中文", ZH), ("English", EN)):
        page.get_by_role("button", name=language).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(words("softmax.title"))
        stands(page)
        expect(listed).to_have_count(1)
    listed.evaluate("list => list.remove()")
    expect(listed).to_have_count(1)


def test_on_a_phone_the_menu_closes_once_it_has_led_somewhere(own_page: Page) -> None:
    own_page.set_viewport_size(PHONE)
    move(own_page, "/softmax?lang=zh&screen=shift")
    shows(own_page, "shift")
    sidebar = own_page.get_by_test_id("stSidebar")
    menu = own_page.get_by_test_id("stExpandSidebarButton")
    for name, link in (
        ("temperature", ZH("softmax.screen.temperature")),
        ("matrix", ZH("nav.jacobian")),
    ):
        menu.click()
        expect(sidebar).to_have_attribute("data-collapsed", "false")
        sidebar.get_by_role("link", name=link).click()
        shows(own_page, name)
        expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(own_page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_all_on_one_page_and_back(page: Page) -> None:
    move(page, "/softmax?lang=en&screen=shift")
    shows(page, "shift")
    row(page, "whole").click()
    expect(page.locator("[data-screen]")).to_have_count(7)
    page.wait_for_url(re.compile(r"view=whole"))
    row(page, "screens").click()
    shows(page, "shift")


IN_PRINT = """() => {
  const all = (...names) => names.flatMap((name) => [...document.querySelectorAll(name)]);
  const hosts = all("[data-testid^=stBidiComponent]");
  const films = hosts.map((x) => x.shadowRoot?.querySelector("[data-film]")).filter(Boolean);
  const inFilms = films.flatMap((x) => [...x.querySelectorAll("text, p, li")]);
  const texts = ["p", "td", "text", ".lab-bars span"].map((x) => `[data-screen] ${x}`);
  const shown = all(...texts).concat(inFilms)
    .filter((x) => x.checkVisibility());
  const colours = (text) => (text.match(/\\d+/g) ?? []).map(Number);
  const isWhite = (c) => c === "rgb(255, 255, 255)" || c === "rgba(0, 0, 0, 0)";
  const controls = [".st-key-aside", ".turning", "[data-testid=stSidebar]", ".stButton"];
  return {
    controls: all(...controls).filter((x) => x.checkVisibility()).length,
    charts: [
      ...all(".stPlotlyChart").map((x) => x.querySelectorAll(".main-svg path").length),
      ...all(".lab-bars").map((x) => x.querySelectorAll(".bar").length),
      ...films.map((x) => x.querySelectorAll("path, rect").length),
    ],
    sliders: films.filter((x) => x.querySelector("input, button").checkVisibility()).length,
    dark: all(".main-svg", ".stApp", "[data-testid=stMain]")
      .filter((x) => !isWhite(getComputedStyle(x).backgroundColor)).length,
    covered: all(".main-svg:not(:first-of-type)")
      .filter((x) => getComputedStyle(x).backgroundColor !== "rgba(0, 0, 0, 0)").length,
    pale: shown
      .filter((x) => colours(getComputedStyle(x).color).slice(0, 3).every((c) => c > 150)).length,
    wide: all("[data-screen] table", "[data-screen] .katex", "[data-screen] svg")
      .filter((x) => x.getBoundingClientRect().right > innerWidth).length,
  };
}"""


def test_on_paper_a_lesson_is_a_handout(page: Page) -> None:
    in_scheme(page, "dark")
    move(page, "/softmax?lang=en&z=1,2,3&view=whole")
    expect(page.locator("[data-screen]")).to_have_count(7)
    expect(page.locator(".lab-bars .bar").first).to_be_attached()
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 1000})  # what A4 leaves
    seen = page.evaluate(IN_PRINT)
    assert len(seen["charts"]) > 5, "there are pictures"
    assert seen["sliders"] == 0
    assert all(seen["charts"]), "each is drawn"
    assert [seen[name] for name in ("controls", "dark", "covered", "pale", "wide")] == [0] * 5, seen
    foot = page.locator(".handout-foot")
    expect(foot).to_be_visible()
    expect(foot).to_contain_text("1, 2, 3")
    expect(foot).to_contain_text("/softmax?z=1,2,3&lang=en")
