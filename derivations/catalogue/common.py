"""What several derivations share: the sum of exponentials, and the definition of softmax."""

from __future__ import annotations

from derivations.symbols import Partial, a, g, i, k, loss, z
from derivations.writing import e_to, equation, frac, total

EXPONENTIALS = total(e_to(z[k]), k)
SOFTMAX = equation(a[i], frac(e_to(z[i]), EXPONENTIALS))
UPSTREAM = equation(g[k], Partial(loss, a[k]))
