"""The lesson on cross-entropy: its numbers against plain formulas, and what is typed stays."""

from __future__ import annotations

import json
import math
import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.blocks.choices import Choices
from pages.blocks.derivation.lines import FAMILY
from pages.blocks.links import LANGUAGES, decode, encode
from pages.blocks.math_colours import coloured
from pages.blocks.numerals import numbers_text
from pages.blocks.pairs import PAIRS
from pages.blocks.samples import Sample
from pages.blocks.wording import TEXT, sections, wording
from tests.pages.reading import CELL, clean, numbers, opened_lesson, passages, tables, visit_of
from tests.pages.test_links import listed

INF = math.inf
SECTIONS = ("pair", "both_ways", "zero", "batch")
START = Choices()
TINY = 1e-300
ODD_PAIRS = {
    "ten": Sample((0.1,) * 10, (0.91, *(0.01,) * 9)),
    "two": Sample((0.3, 0.7), (0.7, 0.3)),
    "nothing_shared": Sample((1.0, 0.0), (0.0, 1.0)),
    "neither": Sample((0.5, 0.5, 0.0), (0.25, 0.75, 0.0)),
    "unneeded": Sample((1.0, 0.0, 0.0), (0.5, 0.3, 0.2)),
    "tiny": Sample((0.5, 0.5), (1.0, TINY)),
    "near": Sample((0.5, 0.3, 0.2), (0.500000001, 0.3, 0.199999999)),
}
pairs = pytest.mark.parametrize("pair", [*PAIRS.values(), *ODD_PAIRS.values()], ids=str)


def opened(pair: Sample | None = None, language: str = "en", **query: str) -> AppTest:
    """The lesson, at a link that holds the pair beside a second sample of class 1."""
    if pair is not None:
        one_hot = ",".join("1" if k == 0 else "0" for k in range(len(pair.p)))
        query["p"] = f"{numbers_text(pair.p, ',')}_{one_hot}"
        query["q"] = f"{numbers_text(pair.q, ',')}_{one_hot}"
    return opened_lesson("cross_entropy", **{"lang": language} | query)


def choices_of(at: AppTest) -> Choices:
    return visit_of(at).choices


def pair_of(at: AppTest) -> Sample:
    return choices_of(at).samples[0]


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [button for button in at.button if button.label == label]
    return clean(button.click().run())


def term(weight: float, value: float) -> float:
    """-weight ln value, with 0 ln 0 = 0."""
    if weight == 0:
        return 0.0
    return INF if value == 0 else -weight * math.log(value)


def cross_entropy(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return math.fsum(term(*both) for both in zip(p, q, strict=True))


def divergence(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return cross_entropy(p, q) - cross_entropy(p, p)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_passage_and_picture_is_there(language: str) -> None:
    at = opened(language=language)
    words = wording(language)
    assert [title.value for title in at.title] == [words("cross_entropy.title")]
    questions = [words(f"cross_entropy.{name}.question") for name in SECTIONS]
    headers = [header.value for header in at.header]
    assert headers[: len(SECTIONS)] == questions
    assert headers[-1] == words("lesson.take_away")
    shown = passages(at)
    for name, text in sections((TEXT / language / "cross_entropy.md").read_text("utf-8")).items():
        if name.removesuffix("_seen") in FAMILY and name.endswith("_seen"):
            continue  # said at the end of its derivation
        assert coloured(text, "light", "cross_entropy") in shown, name
    assert r"\textcolor{#946200}{P_k} \ln \textcolor{#0072B2}{Q_k}" in shown
    assert f"**{words('cross_entropy.pair.picture')}**" in shown
    (chart,) = at.get("plotly_chart")
    assert "1.2535" in chart.proto.alt  # type: ignore[attr-defined]
    assert "{" not in chart.proto.alt  # type: ignore[attr-defined]
    # In order: class by class, the picture's twin, both directions, the batch.
    assert len(tables(at)) == 4


@pairs
def test_each_class_and_the_sums(pair: Sample) -> None:
    at = opened(pair)
    whole = tables(at)[0]
    p, q = pair.p, pair.q
    assert pair_of(at) == pair
    assert numbers(whole, "target") == list(p)
    assert numbers(whole, "probability") == list(q)
    assert numbers(whole, "surprise") == pytest.approx([term(1.0, x) for x in q])
    paid = [term(*both) for both in zip(p, q, strict=True)]
    least = [term(x, x) for x in p]
    extra = [c - h for c, h in zip(paid, least, strict=True)]
    wanted = {"loss": (paid, p, q), "entropy": (least, p, p)}
    for quantity, (each, weights, values) in wanted.items():
        total = cross_entropy(weights, values)
        assert numbers(whole, quantity) == pytest.approx([*each, total], rel=1e-13)
        bits = numbers(whole, f"{quantity}_in_bits")
        assert bits == pytest.approx([total / math.log(2)], rel=1e-13)
    assert numbers(whole, "kl") == pytest.approx([*extra, divergence(p, q)], rel=1e-13, abs=1e-14)
    assert numbers(whole, "kl")[-1] >= 0
    assert "nan" not in "".join(tables(at)).lower()
    assert "inf" not in "".join(text for table in tables(at) for *_, text in CELL.findall(table))
    assert ("∞" in whole) == (0.0 in q)


def test_the_textbook_case() -> None:
    whole = tables(opened(PAIRS["one_hot"]))[0]
    assert numbers(whole, "loss")[-1] == pytest.approx(1.2039728043259361)
    assert numbers(whole, "entropy")[-1] == 0


@pairs
def test_the_pictures_twin_adds_up(pair: Sample) -> None:
    twin = tables(opened(pair))[1]
    for least, extra, paid in zip(
        *(numbers(twin, quantity) for quantity in ("entropy", "kl", "loss")), strict=True
    ):
        assert least + extra == pytest.approx(paid, rel=1e-13, abs=1e-14)


SENTENCES = {
    "equal": "same",
    "right": "back_infinite",
    "missed": "there_infinite",
    "soft": "back_larger",
    "mirrored": "mirrored",
    "two": "mirrored",
    "nothing_shared": "both_infinite",
    "ten": "there_larger",
    "near": "chance",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items())
def test_both_directions_and_which_is_larger(language: str, name: str, sentence: str) -> None:
    pair = (PAIRS | ODD_PAIRS)[name]
    at = opened(pair, language)
    there, back = divergence(pair.p, pair.q), divergence(pair.q, pair.p)
    both = tables(at)[2]
    assert numbers(both, "kl") == pytest.approx([there], rel=1e-13, abs=1e-14)
    assert numbers(both, "kl_back") == pytest.approx([back], rel=1e-13, abs=1e-14)
    label = wording(language).label(f"cross_entropy.both_ways.{sentence}")
    pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
    assert re.search(pattern, passages(at)), sentence
    if sentence.endswith("_larger"):
        assert (there > back) == sentence.startswith("there")


def test_the_class_that_pays_most_is_named() -> None:
    # The terms of KL(P || Q) at the start: 0.5 ln 2.5 and two below 0.
    assert "class 1, where P has more than Q" in passages(opened())
    swapped = Sample(START.samples[0].q, START.samples[0].p)
    # Now the larger is KL(Q || P), which is the same sum.
    assert "class 1, where Q has more than P" in passages(opened(swapped))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("equal", {"none"}),
        ("missed", {"infinite"}),
        ("neither", {"neither"}),
        ("unneeded", {"unneeded"}),
        ("nothing_shared", {"infinite", "unneeded"}),
        ("tiny", {"none"}),
    ],
)
def test_what_a_zero_does_is_said_when_there_is_one(
    language: str, name: str, said: set[str]
) -> None:
    at = opened((PAIRS | ODD_PAIRS)[name], language)
    shown, words = passages(at), wording(language)
    kinds = ("infinite", "neither", "unneeded", "none")
    patterns = {
        kind: re.sub(r"\\{\w+\\}", ".+", re.escape(words.label(f"cross_entropy.zero.{kind}")))
        for kind in kinds
    }
    assert {kind for kind in kinds if re.search(patterns[kind], shown)} == said
    offered = [b for b in at.button if b.label == words("cross_entropy.zero.rule_out", number=1)]
    assert bool(offered) == ("infinite" not in said)


def test_one_click_rules_a_class_out() -> None:
    at = press(opened(), wording("en")("cross_entropy.zero.rule_out", number=1))
    assert pair_of(at) == Sample((0.5, 0.3, 0.2), (0.0, 0.625, 0.375))
    assert numbers(tables(at)[0], "loss")[-1] == INF
    assert numbers(tables(at)[3], "gradient_below")[0] == -INF


@pytest.mark.parametrize("name", PAIRS)
def test_load_an_example(name: str) -> None:
    at = opened()
    at.selectbox(key="pair_example").set_value(name).run()
    assert pair_of(clean(at)) == PAIRS[name]
    assert at.selectbox(key="pair_example").value == name
    assert at.text_input(key="p0_text").value == numbers_text(PAIRS[name].p, ", ")


def test_the_example_is_none_once_the_pair_is_another() -> None:
    at = opened(PAIRS["missed"])
    assert at.selectbox(key="pair_example").value == "missed"
    assert at.slider(key="q_share_0").set_value(0.5).run().selectbox[0].value is None


def test_swap() -> None:
    at = press(opened(PAIRS["soft"]), wording("en")("cross_entropy.pair.swap"))
    assert pair_of(at) == Sample(PAIRS["soft"].q, PAIRS["soft"].p)
    assert at.text_input(key="p0_text").value == "0.7, 0.2, 0.1"


def test_a_slider_moves_one_share_and_the_others_keep_their_proportions() -> None:
    at = opened()
    assert [s.value for s in at.slider] == [0.2, 0.5, 0.3]
    at.slider(key="q_share_0").set_value(0.6).run()
    assert pair_of(clean(at)) == Sample((0.5, 0.3, 0.2), (0.6, 0.25, 0.15))
    assert [s.value for s in at.slider] == [0.6, 0.25, 0.15]
    at.slider(key="q_share_2").set_value(1.0).run()
    assert pair_of(clean(at)).q == (0, 0, 1)
    assert at.text_input(key="q0_text").value == "0, 0, 1"


def test_another_number_of_classes() -> None:
    at = opened()
    at.text_input(key="q0_text").set_value("[0.1; 0.2 0.3, 0.4]").run()
    assert pair_of(clean(at)) == Sample((0.5, 0.3, 0.2, 0.0), (0.1, 0.2, 0.3, 0.4))
    assert at.text_input(key="q0_text").value == "[0.1; 0.2 0.3, 0.4]", "what was typed is gone"
    assert len(at.slider) == 4
    at.text_input(key="p0_text").set_value("0.5, 0.5").run()
    assert len(clean(at).slider) == 2


HOSTILE = [
    "",
    "cat",
    "<img src=x onerror=alert(1)>",
    "$\\frac{1}{2}$, {number}",
    "nan, 1",
    "inf, 0",
    "-inf, 1",
    "-0.1, 1.1",
    "0.5, 0.6",
    "1",
    "0.05, " * 20,
    "0," * 5000 + "1",
    "1e400, 0",
    "0.5, 0.5)); DROP TABLE",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["p0", "q0", "q1"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_bad_text_is_refused_beside_the_field_and_nothing_lost(
    language: str, field: str, text: str
) -> None:
    at = opened(language=language, z="5,6,7")
    key = f"{field}_text"
    at.text_input(key=key).set_value(text).run()
    assert choices_of(clean(at)) == START
    assert at.text_input(key=key).value == text, "what was typed is gone"
    (warning,) = at.warning
    assert warning.value
    assert not re.search(r"(?<!\\)<", warning.value)
    assert numbers(tables(at)[0], "target") == [0.5, 0.3, 0.2]
    at.text_input(key=key).set_value("0.25, 0.25, 0.5").run()
    assert not clean(at).warning
    side, sample = field
    assert getattr(choices_of(at).samples[int(sample)], side) == (0.25, 0.25, 0.5)
    assert visit_of(at).state.logits == (5, 6, 7)


def test_a_refused_text_outlives_edits_elsewhere_but_not_of_the_same_numbers() -> None:
    at = opened()
    at.text_input(key="q0_text").set_value("cat").run()
    at.text_input(key="p0_text").set_value("0.2, 0.2, 0.6").run()
    assert at.text_input(key="q0_text").value == "cat"
    assert len(clean(at).warning) == 1
    press(at, wording("en")("cross_entropy.pair.swap"))
    assert not at.warning
    assert at.text_input(key="q0_text").value == "0.2, 0.2, 0.6"


def test_a_refused_text_is_gone_after_another_page() -> None:
    at = opened()
    at.text_input(key="q0_text").set_value("cat").run()
    at.switch_page("softmax.py").run().switch_page("cross_entropy.py").run()
    assert not clean(at).warning
    assert at.text_input(key="q0_text").value == "0.2, 0.5, 0.3"


@pytest.mark.parametrize("count", [2, 3])
def test_the_batch_is_the_mean(count: int) -> None:
    at = opened()
    at.radio(key="samples").set_value(count).run()
    at.text_input(key="p1_text").set_value("0, 0, 1").run()
    at.text_input(key="q1_text").set_value("0.25, 0.25, 0.5").run()
    samples = choices_of(clean(at)).samples
    assert len(samples) == count
    assert samples[1] == Sample((0, 0, 1), (0.25, 0.25, 0.5))
    batch = tables(at)[3]
    losses = [cross_entropy(s.p, s.q) for s in samples]
    assert numbers(batch, "loss") == pytest.approx(losses)
    assert numbers(batch, "sum_loss") == pytest.approx([math.fsum(losses)])
    assert numbers(batch, "mean_loss") == pytest.approx([math.fsum(losses) / count])
    slopes = [-p / q / count for s in samples for p, q in zip(s.p, s.q, strict=True) if p]
    assert numbers(batch, "gradient_below") == pytest.approx(slopes)
    zeros = [p for s in samples for p in s.p if p == 0]
    assert numbers(batch, "gradient") == zeros
    assert f"1/{count}" in passages(at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_restores_all_samples(language: str) -> None:
    at = opened(language=language, z="5,6", p="0.5,0.5_1,0_0,1", q="0.9,0.1_0.8,0.2_0.3,0.7")
    sides = (((0.5, 0.5), (0.9, 0.1)), ((1, 0), (0.8, 0.2)), ((0, 1), (0.3, 0.7)))
    assert choices_of(at) == Choices(samples=tuple(Sample(p, q) for p, q in sides))
    assert at.radio(key="samples").value == 3
    assert at.text_input(key="q2_text").value == "0.3, 0.7"


def test_the_address_is_a_link_to_what_is_shown() -> None:
    at = opened(z="2,3,4", label="2")
    at.slider(key="q_share_1").set_value(0.1).run()
    at.radio(key="samples").set_value(3).run()
    *_, component = clean(at).get("bidi_component")
    sent = json.loads(component.proto.json)  # type: ignore[attr-defined]
    current = visit_of(at)
    assert sent == {
        "page": "cross-entropy",
        "query": encode(current.state, "en", current.choices),
    }
    state, choices, refusals = decode(listed(sent["query"]))
    assert (state, choices, refusals) == (current.state, current.choices, [])


def test_a_bad_link_is_named_until_the_next_edit() -> None:
    at = opened(q="0.9,0.9_1,0")
    assert choices_of(at) == START
    assert len(at.warning) == 1
    assert not press(at, wording("en")("cross_entropy.pair.swap")).warning


def test_the_language_switch_keeps_the_pair() -> None:
    at = opened(PAIRS["soft"])
    at.button(key="language_zh").click().run()
    assert pair_of(clean(at)) == PAIRS["soft"]
    assert at.title[0].value == wording("zh")("cross_entropy.title")
    assert at.selectbox(key="pair_example").label == wording("zh")("controls.preset")
