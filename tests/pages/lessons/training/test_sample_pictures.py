"""The sample that is followed: its gradient, and the layer drawn around it."""

from __future__ import annotations

import re
from html import unescape

import numpy as np

from core import layer_loss
from pages.lessons.network.graph_figure import graph_svg, symbol
from pages.lessons.training.sample import sample_of
from pages.lessons.training.sample_pictures import pull_picture
from pages.visit.training_plan import Plan
from pages.writing.palette import fill
from tests.pages.figures import WORDS, own_file, trained

RUN = trained(Plan(points=30), 100)


def test_what_a_sample_pulls_on_is_its_gradient() -> None:
    model = own_file().model
    seen = sample_of(model, 4)
    figure = pull_picture(seen, model, WORDS, "light").figure
    part = model.data.train
    result = layer_loss(model.weights, model.bias, part.inputs[[4]], part.labels[[4]])
    assert np.allclose(figure["data"][0]["z"], result.grad_weights)
    assert [place[0] for place in figure["data"][0]["colorscale"]] == [0, 0.5, 1]
    assert figure["data"][0]["colorscale"][2][1] == fill("gradient_above", "light")


def test_the_drawn_layer_names_its_classes() -> None:
    seen = sample_of(RUN.model, 4)
    names = ["6", "a long name & more", "<b>x</b>"]
    svg = graph_svg(seen, (0, 0), WORDS, "light", names)
    found = re.findall(r'<text class="name" x="(\d+)" y="([\d.]+)"[^>]*>(.*?)</text>', svg)
    shown = [unescape(name) for _, _, name in found]
    assert shown == ["6", "2 · a long …", "<b>x</b>"]
    assert "<b>" not in svg
    # Each stands above the probability of its own class.
    nodes = [re.escape(symbol("a", seen.node(k))) for k in range(3)]
    for (_, y, _), node in zip(found, nodes, strict=True):
        (below,) = re.findall(rf'y="([\d.]+)"[^>]*>{node}<', svg)
        assert 0 < float(below) - float(y) < 40
    assert 'class="name"' not in graph_svg(seen, (0, 0), WORDS, "light", ())
