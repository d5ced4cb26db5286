"""Lines are judged in another process: as here, beside all others, and after it was lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from derivations import DERIVATIONS, ParseError, judge
from pages.derivation.lines import FAMILY
from pages.practice.judging import judged
from pages.visit import judge_process as module
from pages.visit.judge_process import JudgeProcess, NotJudgedError
from pages.visit.turns import EDITS, turn
from pages.writing.wording import LANGUAGES, wording
from tests.derivations.judged_lines import judged_lines
from tests.pages.practice.opening import check, opened
from tests.pages.reading import passages
from tests.pages.visit.test_turns import begun, joined, short_turn

# Says what it is asked as soon as a file is there; dies over a text that is "die".
STAND_IN = """
import json, pathlib, sys, time
for question in sys.stdin:
    text = json.loads(question)[2]
    if text == "die":
        sys.exit(1)
    while text == "wait" and not pathlib.Path(sys.argv[1]).exists():
        time.sleep(0.001)
    print(json.dumps({"text": text}), flush=True)
"""


@pytest.fixture
def stand_in(tmp_path: object) -> Iterator[JudgeProcess]:
    process = JudgeProcess(sys.executable, "-c", STAND_IN, f"{tmp_path}/go")
    yield process
    process.close()


def test_the_verdict_is_that_of_judge() -> None:
    rows = list(judged_lines())[::25]
    assert len(rows) > 10
    for row in rows:
        one = FAMILY[row.derivation]
        try:
            expected = judge(one, row.line, row.text)
        except ParseError:
            with pytest.raises(ParseError):
                judged(one, row.line, row.text)
        else:
            assert judged(one, row.line, row.text) == expected, row


def test_each_line_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = DERIVATIONS["softmax_jacobian"]
    first = judged(one, -1, "a_i*(delta_ij - 2*a_j)")
    monkeypatch.setattr("pages.practice.judging.judge_process", None)
    for text in ("a_i*(delta_ij - 2*a_j)", "(a_i)*(delta_ij-2*a_j)", "a_i · (delta_ij - 2·a_j)"):
        assert judged(one, -1, text) == first


def test_an_edit_goes_on_while_a_line_is_judged(stand_in: JudgeProcess, tmp_path: object) -> None:
    """Another learner's check waits, and their edit does not."""
    answers: list[object] = []
    asked = Event()

    def learner(text: str) -> None:
        with turn(EDITS):
            asked.set()
            answers.append(stand_in.ask("any", -1, text)["text"])

    def checks(text: str) -> Thread:
        asked.clear()
        thread = begun(lambda: learner(text))
        assert asked.wait(20)
        return thread

    threads = [checks("wait"), checks("the next line")]
    joined(begun(lambda: short_turn(EDITS)))
    assert answers == []
    with open(f"{tmp_path}/go", "w"):  # noqa: PTH123
        pass
    joined(*threads)
    assert sorted(map(str, answers)) == ["the next line", "wait"]
    assert not EDITS._taken


def test_a_process_that_is_lost_is_begun_again(stand_in: JudgeProcess) -> None:
    assert stand_in.ask("any", -1, "a line") == {"text": "a line"}
    with pytest.raises(NotJudgedError):
        stand_in.ask("any", -1, "die")
    assert stand_in.ask("any", -1, "a line") == {"text": "a line"}
    stand_in.close()
    stand_in._process.wait()  # type: ignore[union-attr]
    assert stand_in.ask("any", -1, "another") == {"text": "another"}


def test_a_line_that_does_not_end_is_given_up(
    stand_in: JudgeProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LIMIT", 0.05)
    with pytest.raises(NotJudgedError):
        stand_in.ask("any", -1, "wait")
    monkeypatch.undo()
    assert stand_in.ask("any", -1, "a line") == {"text": "a line"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_learner_keeps_a_line_that_was_not_judged(
    stand_in: JudgeProcess, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def lost(*_: object) -> None:
        raise NotJudgedError

    line = f"a_i*(delta_ij - a_j) + 0*a_i*{[*LANGUAGES].index(language) + 2}"
    at = opened(kind="derive", derivation="softmax_jacobian", lang=language)
    with monkeypatch.context() as patch:
        patch.setattr(module.judge_process, "ask", lost)
        outcome = check(at, line).outcome
    assert outcome is not None
    assert outcome.finding == "undecided"
    assert wording(language)("practice.line.not_judged") in passages(at)
    assert at.text_input(key="answer").value == line
    assert check(at, line).outcome.ends  # type: ignore[union-attr]


def test_it_ends_where_its_input_does() -> None:
    process = JudgeProcess(sys.executable, "-m", "derivations.judging")
    assert process.ask("softmax_jacobian", -1, "a_i")["ok"] is False
    running = process._process
    assert running is not None
    assert running.stdin is not None
    running.stdin.close()
    assert running.wait(20) == 0
