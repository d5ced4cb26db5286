"""One learner's visit: the state they see, what they may undo, and what was refused.

Session state owns the truth; widgets and the bench only propose edits. The address is read when a
visit begins and when it becomes another reader's link, never over newer edits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import local
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.visit import links
from pages.visit.choices import Choices
from pages.visit.example_names import example_names, renamed
from pages.visit.exchange import Exchange
from pages.visit.history import History
from pages.visit.link_repair import mended
from pages.visit.state import LabState
from pages.visit.whereabouts import Whereabouts
from pages.writing.refusal import Refused
from pages.writing.wording import LANGUAGES, Wording, language_of, wording

MOST_LINKS = 200
_told = local()  # the run of this thread, and its visit


@dataclass
class Visit(Whereabouts):
    """What is kept for one learner while their session lasts."""

    state: LabState = field(default_factory=LabState)
    opening: LabState = field(default_factory=LabState)  # what Reset brings back
    names_given: bool = False  # by a link: they stay as they are in any language
    language: str = "en"
    history: History[LabState] = field(default_factory=History)
    read: int | None = None  # the mark of the link that was read last
    # The marks of the links that this visit gave out itself.
    given: deque[int] = field(default_factory=lambda: deque(maxlen=MOST_LINKS))
    link_read: dict[str, list[str]] = field(default_factory=dict)  # the link that was read last
    notices_shown: int = 0  # how many the page as it stands shows of a link
    refused: dict[str, Refused] = field(default_factory=dict)  # by field, until the next edit
    # By field: the classes before and now, and whether the label was among those left out.
    resized: dict[str, tuple[int, int, bool]] = field(default_factory=dict)
    exchange: Exchange = field(default_factory=Exchange)
    standing: str | None = None  # Streamlit's name for the page that was run last as a whole

    @property
    def words(self) -> Wording:
        """The texts in the visit's language."""
        return wording(self.language)

    @property
    def link(self) -> str:
        """The query string that restores what is on the screen."""
        return links.encode(self.state, self.language, self.choices)

    def speak(self, language: str) -> None:
        """Go on in another language; the example's names of classes are said in it, too."""
        before, self.language = self.words, language
        self.opening = renamed(self.opening, before, self.words)
        if not self.names_given:
            self.state = renamed(self.state, before, self.words)
            self.history.replace_each(lambda state: renamed(state, before, self.words))

    def give_link(self) -> str:
        """Return the link for the address bar, and remember it as our own."""
        link = self.link
        mark = _mark(parse_qs(link, keep_blank_values=True))
        if mark not in self.given:
            self.given.append(mark)
        return link

    def offer(self, choices: Choices) -> dict[str, str]:
        """Return the link that leads to choices, to be read when it comes even if it was before."""
        query = parse_qs(links.encode(self.state, self.language, choices))
        mark = _mark(query)
        if mark in self.given:
            self.given.remove(mark)
        if self.read == mark:
            self.read = None
        return {name: values[0] for name, values in query.items()}

    def edit(
        self, name: str, change: Callable[[LabState], LabState], gesture: int | None = None
    ) -> bool:
        """Apply a change made in the field `name`; what is refused is remembered beside it.

        All changes of one gesture (a drag) are one step for undo.
        """
        self.refused.pop(name, None)
        self.resized = {}
        try:
            state = change(self.history.start_of(gesture, self.state))
        except Refused as refused:
            self.refused[name] = refused
            return False
        if state != self.state:
            self._enter(state, gesture)
            self._leave_link()
            self.pass_over()
        return True

    def choose(self, name: str, change: Callable[[Choices], Choices]) -> None:
        """Apply a choice made in the field `name`; what is refused is remembered beside it."""
        self.refused.pop(name, None)
        self.resized = {}
        try:
            choices = change(self.choices)
        except Refused as refused:
            self.refused[name] = refused
            return
        if choices != self.choices:
            # Whoever walks through a derivation has moved nothing that its question is about.
            walk = replace(self.choices.walk, at=choices.walk.at)
            has_moved = replace(choices, place=self.choices.place, walk=walk) != self.choices
            self.choices = choices
            self._leave_link()
            if has_moved:
                self.pass_over()

    def _enter(self, state: LabState, gesture: int | None = None) -> None:
        """Make a new state the current one, with a way back to the one before."""
        self.history.note(self.state, gesture)
        self.state = state
        # What was refused was said of numbers, names and places that may be others now.
        self.refused = {}

    def note_resized(self, name: str, before: int, now: int, *, label_lost: bool = False) -> None:
        """Note that a list typed into the field `name` has changed the number of classes."""
        if now != before:
            self.resized[name] = before, now, label_lost

    def undo(self) -> None:
        """Go back to the state before the last edit."""
        self._return_to(self.history.undone(self.state))

    def redo(self) -> None:
        """Take the last undo back."""
        self._return_to(self.history.redone(self.state))

    def _return_to(self, state: LabState | None) -> None:
        if state is not None:
            self.state = state
            self.refused, self.resized = {}, {}

    def read_address(self, query: dict[str, list[str]]) -> None:
        """Take over what a link says, if it is news.

        An address without parameters says nothing. The one that was read last, and those
        that this visit gave out itself, are not read over newer edits: Streamlit sends them again
        with later runs, and the browser's Back button comes by them.
        """
        mark = _mark(query)
        if not query or mark == self.read or mark in self.given:
            return
        first = self.read is None and not self.history.past and not self.history.future
        self.read = mark
        self.link_is_news = True
        whole, changed = mended(query, links.PARAMETERS)
        self._take_link(whole, first=first)
        not_taken = {parameter for parameter, _ in self.link_refusals}
        self.link_mended = {n: text for n, text in changed.items() if n not in not_taken}

    def read_link_as(self, parameter: str, refused: Refused, reading: str) -> None:
        """Read the last link anew, with one of its readings for what can be read in two ways."""
        if (parameter, refused) in self.link_refusals:  # or it has been edited since
            text = self.link_read[parameter][0].replace(str(refused.details["value"]), reading, 1)
            self._take_link({**self.link_read, parameter: [text]}, first=False)

    def _take_link(self, query: dict[str, list[str]], *, first: bool) -> None:
        self.link_read = query
        language = query.get("lang", [self.language])[0]
        if language in LANGUAGES:
            self.speak(language)
        state, self.choices, self.link_refusals = links.decode(query)
        self.names_given = "names" in query
        if not query.keys() & {"z", "names"}:  # a link that leaves the classes as they open
            state = replace(state, names=self.opening.names)
        self.refused = {}
        if first:
            self.state = state
        elif state != self.state:
            self._enter(state)


def _mark(query: Mapping[str, Sequence[str]]) -> int:
    """Return a number that tells links apart, so that a visit need not keep them all."""
    return hash(tuple(sorted((name, tuple(values)) for name, values in query.items())))


def visit() -> Visit:
    """Return the current learner's visit, begun on the first call of a session.

    A run asks two dozen times, and a look into the session state costs as much as a small table:
    the thread of a run, which serves one session, keeps what it was told.
    """
    run = get_script_run_ctx()
    if run is not None and getattr(_told, "run", None) is run:
        told: Visit = _told.visit
        return told
    current: Visit | None = st.session_state.get("visit")
    if current is None:
        language = language_of(st.context.locale or "")
        opening = LabState(names=example_names(wording(language)))
        current = st.session_state.visit = Visit(opening, opening, language=language)
    _told.run, _told.visit = run, current
    return current


def stands() -> bool:
    """Whether the page of this run stands already: an edit has it run again, nobody opens it."""
    run = get_script_run_ctx()
    return run is not None and run.page_script_hash == visit().standing


def note_standing() -> None:
    """Note which page will stand after this run: what `st.navigation` has resolved."""
    run = get_script_run_ctx()
    visit().standing = run.page_script_hash if run is not None else None


def begin() -> Visit:
    """Start a run of the whole app: read the address if it is a new one."""
    current = visit()
    current.read_address({name: st.query_params.get_all(name) for name in st.query_params})
    return current
