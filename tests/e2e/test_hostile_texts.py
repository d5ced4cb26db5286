"""What others put into a link or a file is shown as text on every page: no link, image or markup.

`EVIL` stands within each piece of markup, so that whatever came alive holds it.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from playwright.sync_api import Page, expect

from pages.visit.lessons import LESSONS
from pages.writing.wording import wording
from tests.pages.hostile import CSV_NAMES, MARKUP

EN = wording("en")
SETTINGS = ("label", "loss", "temperature", "target", "i", "p", "method", "slip", "percent")
SETTINGS += ("dtype", "o", "weight", "eta", "g", "gamma", "data", "rate", "bins")
# A tall window: every picture is near, and drawn at once.
TALL = {"width": 1280, "height": 14_000}
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


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def shown(page: Page) -> str:
    """All that is written in Markdown, without the joiners that keep it from coming alive."""
    said: str = page.evaluate(
        """() => [...document.querySelectorAll("[data-testid=stMarkdownContainer]")]
            .map((box) => box.textContent).join("\\n").replaceAll("\\u2060", "")"""
    )
    return said


def test_what_others_wrote_is_text_on_every_page(page: Page) -> None:
    page.set_viewport_size(TALL)
    names = ",".join(quote(MARKUP.replace(",", "%2C"), safe="") for _ in range(3))
    query = f"z=2,3,4&names={names}&{urlencode(dict.fromkeys(SETTINGS, MARKUP))}"
    query += f"&{urlencode({'formula': MARKUP})}"
    page.goto(f"/?{query}&lang=en")
    for name in ("bench", *LESSONS):
        page.get_by_role("link", name=EN(f"nav.{name}"), exact=True).first.click()
        expect(page.get_by_role("heading", name=EN(f"{name}.title"), exact=True)).to_be_visible()
        settled(page)
        expect(page.get_by_role("alert").filter(has_text="bins")).to_be_visible()
        # Of a value as much is shown as tells what it is; of a name all.
        assert MARKUP[:40] in shown(page), name
        assert page.evaluate(LIVE) == [], name
        if name == "gradient_check":
            assert "It is worst at " + MARKUP in shown(page)


def test_what_a_file_brings_is_text(page: Page) -> None:
    page.set_viewport_size(TALL)
    page.goto("/training?lang=en&view=whole&data=csv&model=own")
    page.wait_for_url("**z=2,3,4&**")  # the whole page is there, its address written
    settled(page)
    rows = [f"{k % 3}.{k % 7},{k * k % 5},{CSV_NAMES[k % 3]}" for k in range(30)]
    head = f"{CSV_NAMES[3]},{CSV_NAMES[4]},kind"
    own = {"mimeType": "text/csv", "buffer": "\n".join([head, *rows]).encode()}
    page.locator("input[type=file]").set_input_files([{"name": f"{CSV_NAMES[5]}.csv", **own}])
    train = EN("training.button.trained", steps=200)
    page.get_by_role("button", name=train, exact=True).first.click()
    expect(page.get_by_test_id("stProgress").first).to_contain_text("200")
    settled(page)
    assert CSV_NAMES[5] in shown(page)
    assert page.evaluate(LIVE) == []
    page.get_by_role("link", name=EN("nav.calibration")).first.click()
    expect(page.get_by_role("heading", name=EN("calibration.title"), exact=True)).to_be_visible()
    page.get_by_text(EN("turning.whole")).click()
    page.wait_for_url("**view=whole**")
    settled(page)
    assert page.evaluate(LIVE) == []
    page.get_by_role("link", name=EN("nav.training"), exact=True).first.click()
    expect(page.get_by_role("heading", name=EN("training.title"), exact=True)).to_be_visible()
    settled(page)
    bad = {"mimeType": "text/csv", "buffer": f"x,y,kind\n1,2,a\n3,{CSV_NAMES[0]},b\n".encode()}
    page.locator("input[type=file]").set_input_files([{"name": f"{CSV_NAMES[5]}.csv", **bad}])
    expect(page.get_by_role("alert").filter(has_text="EVIL")).to_be_visible()
    settled(page)
    assert page.evaluate(LIVE) == []
