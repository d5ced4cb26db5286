"""Streamlit drops the bench where one run comes close upon another, and mounts it anew."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.instrument import handle, open_bench, root

# From here on the test is the server of the page's bench: `answer(more)` mounts it in the place
# where it stands, `sent` holds its messages, `drop()` drops it, `move()` puts it in another place.
TAKE_OVER = """async () => {
    const mount = (await moduleOf("bench.js")).default;
    const benched = node => node.shadowRoot?.querySelector("[data-bench]");
    let parentElement = [...document.querySelectorAll("*")].find(benched);
    const own = parentElement.bench;
    const latest = own.latest;
    const setStateValue = (_, edit) => sent.push(edit);
    window.sent = [];
    window.answer = more => {
        const json = JSON.stringify({ ...latest, ...more });
        return mount({ data: { json }, parentElement, setStateValue });
    };
    const unmount = answer({});
    window.drop = () => {
        own.root.remove();
        unmount();
    };
    window.move = () => {
        parentElement = document.body.appendChild(document.createElement("div"));
        answer({});
    };
}"""


def test_the_pending_edit_and_the_focus_come_back(page: Page) -> None:
    open_bench(page)
    page.evaluate(TAKE_OVER)
    handle(page, 1).focus()
    handle(page, 1).press("ArrowRight")
    handle(page, 1).press("ArrowRight")
    page.evaluate("drop()")
    page.evaluate("move()")
    expect(root(page)).to_have_count(1)
    expect(handle(page, 1)).to_be_focused()
    expect(handle(page, 1)).to_have_attribute("data-value", "2.2")
    assert page.evaluate("sent.map(({ patches }) => patches[0].value)") == [2.1]
    page.evaluate(
        "answer({ sequence: sent[0].sequence })"
    )  # the other one goes when that is answered
    assert page.evaluate("sent.map(({ patches }) => patches[0].value)") == [2.1, 2.2]
    page.evaluate("answer({ sequence: sent[1].sequence })")
    expect(root(page)).to_have_attribute("data-busy", "false")


def test_a_bench_comes_back_as_long_as_the_run_goes_on(own_page: Page) -> None:
    open_bench(own_page)
    own_page.evaluate(TAKE_OVER)
    own_page.clock.install()
    handle(own_page, 1).press("ArrowRight")
    handle(own_page, 1).press("ArrowRight")
    app = own_page.get_by_test_id("stApp")
    app.evaluate("app => app.dataset.testScriptState = 'running'")
    own_page.evaluate("drop()")
    own_page.clock.run_for(10_000)
    own_page.evaluate("move()")
    expect(handle(own_page, 1)).to_have_attribute("data-value", "2.2")
    expect(root(own_page)).to_have_attribute("data-busy", "true")


def test_a_bench_that_is_left_sends_nothing_more(own_page: Page) -> None:
    open_bench(own_page)
    own_page.evaluate(TAKE_OVER)
    own_page.clock.install()
    handle(own_page, 1).press("ArrowRight")
    own_page.evaluate("drop()")
    own_page.clock.run_for(60_000)
    assert len(own_page.evaluate("sent")) == 1
