"""Where a learner is, and was: the page, the screen, and what they said to its question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pages.visit import links
from pages.visit.choices import Choices
from pages.visit.place import Place
from pages.writing.refusal import Refused


@dataclass(kw_only=True)
class Whereabouts:
    """A visit's place in the lessons, and what is remembered of the places before it."""

    choices: Choices = field(default_factory=Choices)
    # Of the link that was read last: what was not taken, and what had to be mended, as it was read.
    link_refusals: list[links.LinkRefusal] = field(default_factory=list)
    link_mended: dict[str, str] = field(default_factory=dict)
    page: str = ""  # the address of the page that is open
    link_is_news: bool = False  # whether a link was read since a page was opened
    left: dict[str, Place] = field(default_factory=dict)  # by page: where it was left
    # By `page/screen`: how it was left, which have been seen, and where a question was passed over.
    places: dict[str, Place] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    passed_over: set[str] = field(default_factory=set)
    veiled: bool = False  # whether what was seen is hidden on the screen, until there is a guess

    def pass_over(self) -> None:
        """Pass the screen's question over: whoever moves something wants to see, not to guess."""
        self.passed_over.add(self._screen)

    @property
    def question_is_open(self) -> bool:
        """Whether the screen's question has neither been answered nor passed over."""
        return not (self.choices.place.guess or self._screen in self.passed_over)

    @property
    def _screen(self) -> str:
        return f"{self.page}/{self.choices.place.screen}"

    def open_page(self, page: str) -> None:
        """Go to a page: to where the link says, or to where the learner left it."""
        if page != self.page:
            if not self.link_is_news:  # else the place is the link's already
                self.left[self.page] = self.choices.place
                self._go_to(self.left.get(page, Place()))
            self.page = page
        self.link_is_news = False

    def check_screen(self, screens: Sequence[str]) -> None:
        """Go to a lesson's first screen where the one that is asked for is none of its own."""
        place = self.choices.place
        if place.screen and place.screen not in screens:
            self._refuse("screen", place.screen, screens)
            self._go_to(replace(place, screen=""))
        elif place.screen == screens[0]:
            self._go_to(replace(place, screen=""))

    def check_guess(self, answers: Sequence[str]) -> None:
        """Leave a screen's question open where a link answers it with what is no answer."""
        place = self.choices.place
        if place.guess and place.guess not in answers:
            self._refuse("guess", place.guess, answers)
            self._go_to(replace(place, guess=""))

    def _refuse(self, parameter: str, value: str, accepted: Sequence[str]) -> None:
        refused = Refused(parameter, "unknown", value=value, words=", ".join(accepted))
        self.link_refusals = [*self.link_refusals, (parameter, refused)]

    def turn_to(self, screen: str, *, whole: bool = False) -> None:
        """Turn to a screen of the lesson; "" is its first."""
        self.places[self._screen] = self.choices.place
        left = self.places.get(f"{self.page}/{screen}", Place())
        self._leave_link()
        self._go_to(replace(left, screen=screen, whole=whole))

    def _go_to(self, place: Place) -> None:
        self.choices = replace(self.choices, place=place)

    @property
    def notices_due(self) -> int:
        """How many things of the link that was read last were not taken, or not as they stood."""
        return len(self.link_refusals) + len(self.link_mended)

    def _leave_link(self) -> None:
        self.link_refusals, self.link_mended = [], {}
