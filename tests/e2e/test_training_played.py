"""The course of a training under the hand: at each stop core's numbers, and nobody is asked."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import softmax
from pages.lessons.training.data_set import made_data
from pages.lessons.training.run import Run, finished
from pages.lessons.training.workplace import settings_of
from pages.visit.training_plan import Plan
from pages.writing.wording import Wording, wording
from tests.e2e.course import FRAMES, opened, scrubber
from tests.e2e.lesson import move, turn
from tests.e2e.messages import messages
from tests.e2e.uploads import give
from tests.pages.training import cores, judged

PLANS = {"spiral": Plan(trained=200), "digits": Plan(data="digits", trained=200)}

# The marks of the film two frames after each input of its scrubber: in the first it may be drawn.
WATCH = """film => {
    window.seen = [];
    film.querySelector("input[type=range]").addEventListener("input", () => {
        requestAnimationFrame(() => requestAnimationFrame(() => window.seen.push(
            [Number(film.dataset.stop), ...[...film.querySelectorAll("circle[data-quantity]")]
                .map(mark => [mark.dataset.quantity, mark.dataset.value])])));
    });
}"""

RUN = """async ([parameters, n, side]) => {
    const { regions } = await moduleOf("course_mirror.js");
    const best = new Uint8Array(side * side), share = new Float64Array(side * side);
    regions(Float32Array.from(parameters), n, side, best, share);
    return [[...best], [...share]];
}"""


def assert_cores(seen: list[list[object]], plan: Plan) -> None:
    """Hold what was seen, stop by stop, to core."""
    data = made_data(plan)
    states = cores(data, 200, plan)
    for stop, *marks in seen:
        assert isinstance(stop, int)
        state = states[stop - 1]
        said = np.argmax(judged(data.test, state), axis=1)
        values = {
            "loss": state.loss,
            "accuracy": state.accuracy,
            "held_out": float((said == data.test.labels).mean()),
        }
        assert {name: float(value) for name, value in marks} == values, stop  # type: ignore[misc]


def by_pointer(page: Page, film: Locator, still: Callable[[], None]) -> None:
    """Drag the scrubber from its end to a quarter, and hold it there."""
    box = scrubber(film).bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    for share in (0.8, 0.5, 0.25):
        page.mouse.move(box["x"] + share * box["width"], y)
        page.evaluate(FRAMES, 25)  # more than a hand's rest takes: it is held all the same
    still()
    page.mouse.up()


def by_key(page: Page, film: Locator, _still: Callable[[], None]) -> None:
    scrubber(film).focus()
    for count, key in enumerate(("ArrowLeft", "ArrowLeft", "PageDown", "ArrowRight"), 1):
        page.keyboard.press(key)
        page.wait_for_function("count => window.seen.length === count", arg=count)


@pytest.mark.parametrize(
    ("kind", "hand", "language"), [("spiral", by_pointer, "en"), ("digits", by_key, "zh")]
)
def test_the_hand_moves_the_course_and_the_server_hears_where_it_rests(
    page: Page,
    kind: str,
    hand: Callable[[Page, Locator, Callable[[], None]], None],
    language: str,
) -> None:
    plan = PLANS[kind]
    film, words = opened(page, f"data={kind}&trained=200&screen=train", language)
    assert film.get_attribute("data-stop") == "200", "it does not play by itself"
    film.evaluate(WATCH)
    with messages(page) as sent:

        def still() -> None:
            assert not sent, "nothing is sent while the hand holds it"

        hand(page, film, still)
        seen = page.evaluate("window.seen")
        stop = seen[-1][0]
        page.wait_for_url(re.compile(rf"\bat={stop}\b"))
        assert sent
    assert len({stop for stop, *_ in seen}) >= 3
    assert_cores(seen, plan)
    expect(film).to_have_attribute("data-stop", str(stop))
    expect(page.get_by_text(words("training.at.last", step=200))).to_be_visible()
    text = scrubber(film).get_attribute("aria-valuetext") or ""
    assert text.startswith(words.label("training.film.step").format(step=stop, last=200))
    expect(scrubber(film)).to_have_accessible_name(words("training.film.scrubber"))


def test_it_plays_until_it_is_stopped_and_all_screens_speak_of_that_step(page: Page) -> None:
    film, words = opened(page, "trained=200&screen=train")
    play = film.get_by_role("button", name=words("training.film.play"))
    film.get_by_label(words("training.film.speed")).select_option("4")
    with messages(page) as sent:
        play.click()
        film.evaluate("film => { film.stops = new Set(); }")
        page.wait_for_function(
            """() => {
                const film = document.querySelector("[data-film]");
                const stop = Number(film.dataset.stop);
                film.stops.add(stop);
                return film.stops.size > 4 && stop > 5 && stop < 195;
            }"""
        )
        assert not sent
        film.get_by_role("button", name=words("training.film.pause")).click()
        page.wait_for_url("**at=*")
        assert sent
    film.get_by_role("button", name=words("training.film.back", steps=1)).click()
    stop = int(film.get_attribute("data-stop") or "")
    page.wait_for_url(re.compile(rf"at={stop}\b"))
    turn(page, "confusion")
    expect(page.get_by_text(f"You are looking at step {stop} of 200")).to_be_visible()
    page.get_by_text(words("training.mistakes.picture")).click()
    table = page.locator(".lab-table", has_text=words("training.mistakes.picture"))
    data = made_data(Plan())
    shares = judged(data.test, cores(data, 200, Plan())[stop - 1])
    wrong = [
        (share[y], max(share))
        for share, y in zip(shares, data.test.labels, strict=True)
        if max(share) != share[y]
    ]
    worst, sure = min(wrong)
    cells = table.locator("[data-quantity=probability]")
    expect(cells.first).to_be_visible()
    found = [float(cells.nth(k).get_attribute("data-value") or "") for k in (0, 1)]
    assert found == pytest.approx([sure, worst], rel=1e-9)


def test_a_race_plays_both(page: Page) -> None:
    film, words = opened(page, "raced=60&rival_rate=5&screen=race")
    start = film.get_by_role("button", name=words("training.film.back", steps=1))
    for _ in range(3):
        start.click()
    page.wait_for_url("**race_at=57*")
    plan = Plan()
    data = made_data(plan)
    for index, (loss, rate) in enumerate((("cross_entropy", 1.0), ("mean_squared_error", 5.0)), 1):
        settings = type(settings_of(plan))(rate, plan.decay, plan.seed, loss)
        run = finished(Run(data, settings), 57)
        for quantity, value in (
            ("accuracy", run.accuracies[57]),
            ("loss_left", run.losses[57] / run.losses[0]),
        ):
            mark = film.locator(f"circle[data-quantity={quantity}][data-index='{index}']")
            assert float(mark.get_attribute("data-value") or "") == value
    expect(film.locator(".course-map")).to_have_count(2)


def test_the_regions_are_cores_softmax(page: Page) -> None:
    opened(page, "trained=1&screen=train")
    rng, side = np.random.default_rng(5), 24
    for n, size in ((2, 1.0), (3, 30.0), (20, 5.0), (4, 1e30)):
        parameters = (size * rng.normal(size=(n, 3))).astype(np.float32)
        parameters[:, 0] = -parameters[:, 1:].sum(axis=1) / 2  # they meet in the middle
        best, share = page.evaluate(RUN, [parameters.ravel().tolist(), n, side])
        middle = (np.arange(side) + 0.5) / side
        across, up = np.meshgrid(middle, 1 - middle)
        places = np.stack([np.ones_like(across), across, up], axis=-1).reshape(-1, 3)
        wanted = softmax(places @ parameters.astype(float).T)
        assert np.allclose(share, wanted.max(axis=1), rtol=0, atol=1e-9)
        clear = np.diff(np.sort(wanted, axis=1)[:, -2:])[:, 0] > 1e-9
        assert np.array_equal(np.array(best)[clear], wanted.argmax(axis=1)[clear])
        assert len({*best}) > 1


def test_names_of_a_file_are_text_in_the_film(page: Page) -> None:
    film, words = opened_file(page, "<img src=x onerror=alert(1)>")
    for place in (".course-legend", ".course-up .axis"):
        expect(film.locator(place)).to_contain_text("<img src=")
    expect(film.locator("img")).to_have_count(0)
    assert words("training.regions.picture") in (film.inner_text())


def opened_file(page: Page, name: str) -> tuple[Locator, Wording]:
    move(page, "/training?lang=en&data=csv")
    rows = [f"{k % 7},{k % 5},{name if k % 2 else 'other'}" for k in range(40)]
    give(page, "\n".join([f"u,{name},kind", *rows]).encode())
    page.get_by_role("button", name=wording("en")("training.button.trained", steps=200)).click()
    turn(page, "train")
    film = page.locator("[data-film]")
    expect(film).to_have_attribute("data-stop", "200")
    return film, wording("en")
