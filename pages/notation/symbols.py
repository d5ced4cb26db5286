"""What each symbol looks like, and what two libraries, a book and a course call it.

Its name, and the screen that introduces it, are words (pages/text/<language>/terms.toml). A cell
is empty where the sources have no name of their own for it. What looks like code is code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Symbol(NamedTuple):
    """A symbol as HTML, and its name in PyTorch, in TensorFlow and Keras, in d2l and in CS231n."""

    written: str
    pytorch: str = ""
    keras: str = ""
    d2l: str = ""
    cs231n: str = ""


SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {
        "z": Symbol("z", "`input`", "`y_pred`, `from_logits=True`", "o", "f, `scores`"),
        "a": Symbol("a", "`softmax(input)`", "`y_pred`", "ŷ", "p, `probs`"),
        "n": Symbol("n", "C", "`units`", "q", "K"),
        "T": Symbol("T"),
        "m": Symbol("m", "", "", "", "`np.max(f)`"),
        "mask": Symbol("−∞", "`attn_mask`", "`mask`", "`masked_softmax`"),
        "c": Symbol("c", "", "", "", "log C"),
        "sigma": Symbol("σ", "`sigmoid`", "`sigmoid`", "sigmoid", "σ"),
        "y": Symbol("y", "`target`", "`y_true`", "y", "y_i"),
        "L": Symbol("L", "ℓ, `loss`", "`loss`", "l", "L, L_i"),
        "attention": Symbol(
            "Q, K, V, d", "`query`, `key`, `value`, E", "`query`, `key`, `value`", "Q, K, V, d"
        ),
        "jacobian": Symbol("∂a_i/∂z_j"),
        "delta": Symbol("δ_ij", "`torch.eye`", "`tf.eye`", "", "𝟙(y_i = k)"),
        "P": Symbol("P, Q", "`target`, `input`", "`y_true`, `y_pred`", "P, Q", "p, q"),
        "H": Symbol(
            "H(P, Q)", "`cross_entropy`", "`CategoricalCrossentropy`", "H(P, Q)", "H(p, q)"
        ),
        "t": Symbol("t", "y_n", "", "y", "y_i"),
        "N": Symbol("N", "N", "`batch_size`", "n", "N"),
        "dLdz": Symbol("∂L/∂z", "`input.grad`", "`tape.gradient`", "∂l/∂o", "`dscores`"),
        "eta": Symbol("η", "γ, `lr`", "`learning_rate`", "η, `lr`", "`step_size`"),
        "g": Symbol("g, ∂L/∂a", "`grad_output`", "`upstream`"),
        "gamma": Symbol("γ", "`gamma` (torchvision)", "`gamma`"),
        "o": Symbol("o", "x, `input`", "`inputs`", "x", "x_i, X"),
        "w": Symbol("w_kd, W", "A, `weight`", "`kernel`", "W", "W"),
        "b": Symbol("b", "b, `bias`", "`bias`", "b", "b"),
        "h": Symbol("h", "`eps`", "`delta`", "h", "h"),
        "lambda": Symbol("λ", "λ, `weight_decay`", "`l2`", "λ, `lambd`", "λ, `reg`"),
        "e": Symbol("e_i"),
        "epsilon": Symbol("ε", "`torch.finfo(dtype).eps`"),
        "lse": Symbol(
            "ln Σ e^z", "`torch.logsumexp`", "`tf.reduce_logsumexp`", "RealSoftMax", "log Σ e^f"
        ),
        "B": Symbol("B, n_b"),
    }
)

# Where the names were looked up.
SOURCES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PyTorch": {
            "cross_entropy": "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html",
            "CrossEntropyLoss": "https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html",
            "Linear": "https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html",
            "SGD": "https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html",
            "scaled_dot_product_attention": "https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html",
            "gradcheck": "https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html",
        },
        "TensorFlow, Keras": {
            "categorical_crossentropy": "https://www.tensorflow.org/api_docs/python/tf/keras/losses/categorical_crossentropy",
            "Dense": "https://www.tensorflow.org/api_docs/python/tf/keras/layers/Dense",
            "Softmax": "https://www.tensorflow.org/api_docs/python/tf/keras/layers/Softmax",
            "SGD": "https://www.tensorflow.org/api_docs/python/tf/keras/optimizers/SGD",
            "L2": "https://www.tensorflow.org/api_docs/python/tf/keras/regularizers/L2",
            "compute_gradient": "https://www.tensorflow.org/api_docs/python/tf/test/compute_gradient",
        },
        "d2l": {
            "Softmax Regression": "https://d2l.ai/chapter_linear-classification/softmax-regression.html",
            "Attention Scoring Functions": "https://d2l.ai/chapter_attention-mechanisms-and-transformers/attention-scoring-functions.html",
        },
        "CS231n": {
            "Linear Classification": "https://cs231n.github.io/linear-classify/",
            "Case Study": "https://cs231n.github.io/neural-networks-case-study/",
            "Gradient Checks": "https://cs231n.github.io/neural-networks-3/",
        },
    }
)
