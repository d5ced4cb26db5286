"""Pictures that move under the hand: every stop of a slider is sent before the hand asks.

The numbers of all stops come from core, once; the browser shows the stop that the hand is at, and
the server hears of it on release.
"""

from pages.film.component import Film, film
from pages.film.parts import Axis, Bar, Curve, Panel, Point, Region

__all__ = ["Axis", "Bar", "Curve", "Film", "Panel", "Point", "Region", "film"]
