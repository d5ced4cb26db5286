"""What each symbol looks like, and what two libraries, a book and a course call it.

What it means, and the screen that introduces it, are words (pages/text/<language>/terms.toml).
A name is empty where the source has none of its own; what stands between backticks is code, and
what follows a `_` is an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Symbol(NamedTuple):
    """A symbol, and its name in PyTorch, in TensorFlow and Keras, in d2l and in CS231n."""

    written: str
    pytorch: str = ""
    keras: str = ""
    d2l: str = ""
    cs231n: str = ""


# In the order of the lessons.
SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {
        "z": Symbol("z", "`input`", "`y_pred`, `from_logits=True`", "o", "f, `scores`"),
        "a": Symbol("a", "`softmax(input)`", "`y_pred`", "ŷ", "p, `probs`"),
        "n": Symbol("n", "C", "`units`", "q", "K"),
        "T": Symbol("T"),
        "m": Symbol("m", d2l="ō"),
        "mask": Symbol("−∞", "`attn_mask`", "`mask`", "`masked_softmax`"),
        "c": Symbol("c", cs231n="log C"),
        "sigma": Symbol("σ", "`sigmoid`", "`sigmoid`", "sigmoid", "σ"),
        "y": Symbol("y", "`target`", "`y_true`", "y", "y_i"),
        "L": Symbol("L", "ℓ", "`loss`", "l", "L, L_i"),
        "o": Symbol("o", "x", "`inputs`", "x", "x_i, `X`"),
        "w": Symbol("W, w_kd", "A, `weight`", "`kernel`", "W", "W"),
        "b": Symbol("b", "b, `bias`", "`bias`", "b", "b"),
        "attention": Symbol(
            "Q, K, V, d", "`query`, `key`, `value`", "`query`, `key`, `value`", "Q, K, V, d"
        ),
        "jacobian": Symbol("∂a_i/∂z_j"),
        "delta": Symbol("δ_ij", "`torch.eye`", "`tf.eye`", "", "𝟙(y_i = k)"),
        "P": Symbol("P, Q", "`target`, `softmax(input)`", "`y_true`, `y_pred`", "P, Q", "p, q"),
        "H": Symbol(
            "H(P, Q)", "`cross_entropy`", "`categorical_crossentropy`", "H(P, Q)", "H(p, q)"
        ),
        "t": Symbol("t", "y_n", "", "y", "y_i"),
        "N": Symbol("N", "N", "`batch_size`", "n", "N"),
        "dLdz": Symbol("∂L/∂z", "`input.grad`", "`tape.gradient`", "∂_oⱼ l", "`dscores`"),
        "eta": Symbol("η", "γ, `lr`", "`learning_rate`", "η, `lr`", "`step_size`"),
        "g": Symbol("g, ∂L/∂a", "`grad_output`", "`upstream`"),
        "gamma": Symbol("γ", "", "`gamma`"),
        "h": Symbol("h", "`gradcheck(eps)`", "`compute_gradient(delta)`", "h", "h"),
        "lambda": Symbol("λ", "λ, `weight_decay`", "2 · `l2`", "λ", "λ, `reg`"),
        "e": Symbol("e_i"),
        "epsilon": Symbol("ε", "`torch.finfo(dtype).eps`"),
        "lse": Symbol(
            "ln Σ e^z", "`torch.logsumexp`", "`tf.reduce_logsumexp`", "log Σ exp(o)", "log Σ e^f"
        ),
        "B": Symbol("B, n_b"),
    }
)

_PYTORCH = "https://docs.pytorch.org/docs/stable/generated/torch"
_TENSORFLOW = "https://www.tensorflow.org/api_docs/python/tf"
_D2L = "https://d2l.ai/chapter_"
_CS231N = "https://cs231n.github.io"
# Where the names were looked up.
SOURCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PyTorch": {
            "cross_entropy": f"{_PYTORCH}.nn.functional.cross_entropy.html",
            "CrossEntropyLoss": f"{_PYTORCH}.nn.CrossEntropyLoss.html",
            "Linear": f"{_PYTORCH}.nn.Linear.html",
            "SGD": f"{_PYTORCH}.optim.SGD.html",
            "attention": f"{_PYTORCH}.nn.functional.scaled_dot_product_attention.html",
            "gradcheck": f"{_PYTORCH}.autograd.gradcheck.gradcheck.html",
            "Extending PyTorch": "https://docs.pytorch.org/docs/stable/notes/extending.html",
        },
        "TensorFlow, Keras": {
            "categorical_crossentropy": f"{_TENSORFLOW}/keras/losses/categorical_crossentropy",
            "categorical_focal_crossentropy": (
                f"{_TENSORFLOW}/keras/losses/categorical_focal_crossentropy"
            ),
            "Dense": f"{_TENSORFLOW}/keras/layers/Dense",
            "Softmax": f"{_TENSORFLOW}/keras/layers/Softmax",
            "SGD": f"{_TENSORFLOW}/keras/optimizers/SGD",
            "L2": f"{_TENSORFLOW}/keras/regularizers/L2",
            "compute_gradient": f"{_TENSORFLOW}/test/compute_gradient",
            "custom_gradient": f"{_TENSORFLOW}/custom_gradient",
        },
        "d2l": {
            "Calculus": f"{_D2L}preliminaries/calculus.html",
            "Linear Regression": f"{_D2L}linear-regression/linear-regression.html",
            "Weight Decay": f"{_D2L}linear-regression/weight-decay.html",
            "Softmax Regression": f"{_D2L}linear-classification/softmax-regression.html",
            "Concise Softmax Regression": (
                f"{_D2L}linear-classification/softmax-regression-concise.html"
            ),
            "Attention Scoring Functions": (
                f"{_D2L}attention-mechanisms-and-transformers/attention-scoring-functions.html"
            ),
        },
        "CS231n": {
            "Linear Classification": f"{_CS231N}/linear-classify/",
            "Case Study": f"{_CS231N}/neural-networks-case-study/",
            "Gradient Checks": f"{_CS231N}/neural-networks-3/",
        },
    }
)
