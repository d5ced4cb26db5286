"""The learner's numbers that the lab is tried at."""

from __future__ import annotations

import math
from dataclasses import replace

from pages.visit.presets import PRESETS
from pages.visit.state import LabState

INF = math.inf
SQUARED = PRESETS["squared"]
ODD = {
    "huge": LabState((1e4, -1e4, 0.0)),
    "huge_wrong": LabState((1e4, -1e4, 0.0), 1),
    "huge_masked": LabState((-INF, 1e4, -1e4), 2),
    "cold": LabState((2.0, 3.0, 4.0), 1, temperature=0.3),
    "hot_squared": replace(SQUARED, temperature=2.5),
    "focal": LabState((1.0, -0.5, 0.3, 2.0), 2, "focal", 1.7, ("",) * 4),
    "smoothed": LabState((0.2, 0.1), (0.25, 0.75), "label_smoothed_cross_entropy", 3.0, ("", "")),
    "needed_masked": LabState((-INF, 0.0, 1.0), 0),
    "vast": LabState((1e6, -1e6, 0.0), 1),
}
STATES = dict(PRESETS) | ODD
