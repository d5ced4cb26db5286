"""A formula at fault is shown with its place marked, and shown harmless."""

from __future__ import annotations

from pages.widgets.typed_fault import marked_html


def test_the_place_of_a_fault_is_marked() -> None:
    assert "*<mark>foo</mark>, k)" in marked_html("sum(a_k*foo, k)", 8)
    assert marked_html("a +", 3).endswith("a +<mark>␣</mark></pre>")
    assert "<mark>&lt;</mark>b&gt;" in marked_html("<b>", 0)
    far = marked_html("x" * 100 + "?" + "y" * 100, 100)
    assert far.count("…") == 2
    assert "\u202e" not in marked_html("\u202ea", 0)
