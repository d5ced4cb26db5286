"""Texts within every limit that cost the most: long products, deep nests, sums within sums."""

from __future__ import annotations

from collections.abc import Callable


def _nested(times: int, wrap: Callable[[str], str], inner: str) -> str:
    for _ in range(times):
        inner = wrap(inner)
    return f"sum(sum({inner}, k), m)"


def _product(factors: list[str]) -> str:
    return f"sum(sum({'*'.join(factors)}, k), m)"


WORST = {
    "equal factors": _product(["(a_k+a_m)"] * 26),
    "distinct factors": _product([f"(a_k+{x})" for x in range(1, 32)]),
    "distinct entries": _product([f"(a_{1 + x % 9}+{x})" for x in range(31)]),
    "few factors": _product([f"(a_k+{x})" for x in range(1, 13)]),
    "two letters": "*".join(["a_1*y_2"] * 49),
    "powers": _product([f"(a_k+{x})**{x + 1}*a_m" for x in range(1, 14)]),
    "exponentials": _nested(13, lambda x: f"exp(a_k*{x})", "a_m"),
    "exponentials of fractions": _nested(10, lambda x: f"exp(a_k/a_m-{x})", "a_m"),
    "logarithms": _nested(13, lambda x: f"log({x}*a_k/a_m)", "a_m"),
    "logarithms of sums": _nested(13, lambda x: f"log({x}+a_k/a_m)", "a_m"),
    "towers": _nested(12, lambda x: f"({x}*a_k)**a_m", "a_m"),
    "short towers": _nested(6, lambda x: f"({x}*a_k)**a_m", "a_m"),
    "towers of sums": _nested(12, lambda x: f"({x}+a_k)**a_m", "a_m"),
    "short towers of sums": _nested(5, lambda x: f"({x}+a_k)**a_m", "a_m"),
    "fractions": _nested(13, lambda x: f"a_k/(a_m+{x})", "a_m"),
    "fractions of products": _nested(10, lambda x: f"(a_k*a_m*y_1)/({x}+a_1*a_2)", "a_m"),
    "absolute roots": _nested(6, lambda x: f"abs(sqrt({x}*a_m-a_k))", "a_k"),
    "roots": _nested(13, lambda x: f"sqrt({x}*a_m)", "a_k"),
    "sums": "*".join(f"sum(a_k**{x}, k)" for x in range(2, 20)),
    "double sums": "*".join(["sum(sum(a_k*a_m, k), m)"] * 12),
    "double sums divided": "/".join(f"sum(sum(a_k/(a_m+{x}), k), m)" for x in range(1, 10)),
    "exponents on exponents": _nested(12, lambda x: f"(a_k*a_m)**({x})", "a_1"),
    "all functions": _product(["exp(a_k)*log(a_m)*(a_k-a_m)"] * 11),
    "logarithm of a product": f"log({_product([f'(a_k+{x})' for x in range(1, 30)])})",
    "long numbers": _product(["(a_k*123456789012345678)"] * 20),
    "long decimals": _product(["(a_k+0.123456789012345)"] * 20),
    "different decimals": f"sum({'+'.join(f'a_k*{x}.12345e-{x}' for x in range(1, 25))}, k)",
    "high powers": f"({_product(['(123456789*a_k+3)'] * 20)})**99",
    "all deltas": _product([f"delta_{x}{y}" for x in "km12t" for y in "km345t6789"][:45]),
}
