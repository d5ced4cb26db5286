"""What others put into a link or a file is shown as text on every page: no link, image or markup.

`EVIL` stands within each piece of markup, so that whatever came alive holds it.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from playwright.sync_api import Page, expect

from pages.visit.lessons import LESSONS
from pages.writing.wording import wording
from tests.e2e.instrument import open_bench
from tests.e2e.lesson import all_drawn, at_rest, move, open_whole, row, screens_of
from tests.pages.hostile import CSV_NAMES, MARKUP

EN = wording("en")
SETTINGS = ("label", "loss", "temperature", "target", "i", "p", "method", "slip", "percent")
SETTINGS += ("dtype", "o", "weight", "eta", "g", "gamma", "data", "rate", "bins")
EXERCISE = ("kind", "variant", "derivation", "kinds", "derivations", "items", "seat", "item")
LIVE = """() => {
  const found = [];
  const say = (node, what) => found.push(`${what}: ${node.outerHTML.slice(0, 300)}`);
  const roots = [document];
  for (const root of roots)
    for (const node of root.querySelectorAll("*")) if (node.shadowRoot) roots.push(node.shadowRoot);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  for (const node of all("[href*=evil],[src*=evil],[srcset*=evil],[style*=evil],[action*=evil]"))
    say(node, "leads away");
  for (const box of all("[data-testid=stMarkdownContainer]")) {
    if (!box.textContent.includes("EVIL")) continue;
    for (const node of box.querySelectorAll(":not(p,strong,ul,li)")) say(node, "markup");
    for (const node of box.querySelectorAll("strong"))
      if (node.textContent.includes("EVIL")) say(node, "bold");
  }
  const drawn = "a,b,i,em,strong,del,s,sub,sup,code,img,iframe,[style*=bold],[style*=italic]";
  for (const node of all(drawn))
    if (node.textContent.includes("EVIL") && !node.closest("[data-testid=stMarkdownContainer]"))
      say(node, "drawn");
  for (const node of all(".katex,.katex-error"))
    if (node.textContent.includes("EVIL")) say(node, "formula");
  return found;
}"""


def shown(page: Page) -> str:
    """All that is written in Markdown, without the joiners that keep it from coming alive."""
    said: str = page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stMarkdownContainer]")]
            .map((box) => box.textContent).join("\\n").replaceAll("\\u2060", "")"""
    )
    return said


def test_what_others_wrote_is_text_on_every_page(page: Page) -> None:
    names = ",".join(quote(MARKUP.replace(",", "%2C"), safe="") for _ in range(3))
    query = f"z=2,3,4&names={names}&{urlencode(dict.fromkeys(SETTINGS, MARKUP))}"
    query += f"&{urlencode({'formula': MARKUP})}"
    for name in ("bench", *LESSONS):
        if name == "bench":
            open_bench(page, f"{query}&lang=en")
        else:
            open_whole(page, name, f"{query}&lang=en")
            all_drawn(page)
        expect(page.get_by_role("heading", name=EN(f"{name}.title"), exact=True)).to_be_visible()
        expect(page.get_by_role("alert").filter(has_text="bins")).to_be_visible()
        # Of a value as much is shown as tells what it is; of a name all.
        assert MARKUP[:40] in shown(page), name
        assert page.evaluate(LIVE) == [], name
        if name == "gradient_check":
            assert "The error is largest at " + MARKUP in shown(page)


def test_what_a_link_and_an_answer_bring_to_an_exercise_is_text(page: Page) -> None:
    fields = dict.fromkeys((*EXERCISE, *SETTINGS), MARKUP)
    for path, query in (
        ("notation", fields),
        ("practice", fields),
        ("practice", {"kind": "numbers"}),
        ("practice", {"kind": "gap"}),
        ("practice", {"kind": "derive"}),
    ):
        move(page, f"/{path}?{urlencode(query | {'lang': 'en'})}")
        expect(page.get_by_role("heading", name=EN(f"{path}.title"), exact=True)).to_be_visible()
        at_rest(page)
        if query is fields:
            assert MARKUP[:40] in shown(page)
        else:
            answer = page.locator(".st-key-answer input, .st-key-answer textarea")
            answer.fill(MARKUP)
            answer.press("Enter")
            expect(page.locator(".st-key-verdict")).to_contain_text("<b>EVIL</b>")
            at_rest(page)
        assert page.evaluate(LIVE) == []


def test_what_a_file_brings_is_text(own_page: Page) -> None:
    open_whole(own_page, "training", "lang=en&data=csv&model=own")
    own_page.wait_for_url("**z=2,3,4&**")  # the whole page is there, its address written
    rows = [f"{k % 3}.{k % 7},{k * k % 5},{CSV_NAMES[k % 3]}" for k in range(30)]
    head = f"{CSV_NAMES[3]},{CSV_NAMES[4]},kind"
    own = {"mimeType": "text/csv", "buffer": "\n".join([head, *rows]).encode()}
    own_page.locator("input[type=file]").set_input_files([{"name": f"{CSV_NAMES[5]}.csv", **own}])
    train = EN("training.button.trained", steps=200)
    own_page.get_by_role("button", name=train, exact=True).first.click()
    expect(own_page.get_by_test_id("stProgress").first).to_contain_text("200")
    at_rest(own_page)
    assert CSV_NAMES[5] in shown(own_page)
    assert own_page.evaluate(LIVE) == []
    own_page.get_by_role("link", name=EN("nav.calibration")).first.click()
    expect(
        own_page.get_by_role("heading", name=EN("calibration.title"), exact=True)
    ).to_be_visible()
    row(own_page, "whole").click()
    expect(own_page.locator("[data-screen]")).to_have_count(len(screens_of("calibration")))
    at_rest(own_page)
    all_drawn(own_page)
    assert own_page.evaluate(LIVE) == []
    own_page.get_by_role("link", name=EN("nav.training"), exact=True).first.click()
    expect(own_page.get_by_role("heading", name=EN("training.title"), exact=True)).to_be_visible()
    at_rest(own_page)
    bad = {"mimeType": "text/csv", "buffer": f"x,y,kind\n1,2,a\n3,{CSV_NAMES[0]},b\n".encode()}
    own_page.locator("input[type=file]").set_input_files([{"name": f"{CSV_NAMES[5]}.csv", **bad}])
    expect(own_page.get_by_role("alert").filter(has_text="EVIL")).to_be_visible()
    at_rest(own_page)
    assert own_page.evaluate(LIVE) == []
