"""Links as mail and chat leave them are read as they were meant, and the reader is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.visit.link_repair import mended
from pages.visit.links import PARAMETERS, decode, encode
from pages.visit.session import Visit
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import LIMIT, ROUTER, clean, listed, visit_of
from tests.pages.strategies import choices, states

MEANT = LabState((2.0, 3.0, 4.0), 1, "mean_squared_error", 0.5, ("", "", ""))
WHOLE = "z=2,3,4&loss=mean_squared_error&temperature=0.5&label=2&lang=zh"
TAILS = [
    *(
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        ").",
        "]",
        ">",
        '"',
        "'",
        "*",
        "**",
        "~~",
        "`",
        "...",
        "-",
    ),
    *("。", "，", "；", "！", "？", "）", "】", "》", "」", "”", "…", "——", "👍", "\u200b", "\xa0"),
    *(
        "</a>",
        "](https",
        "%23:~:text=x",
        "，快看",
        "。快看这个！",
        "快看",
        "（见第2页）",
        "）这是第 2 题",
        "를 보세요",
        "をご覧ください",
    ),
]
BROKEN = {
    "escaped for a page": WHOLE.replace("&", "&amp;"),
    "escaped twice": WHOLE.replace("&", "&amp;amp;"),
    "escaped, then encoded": WHOLE.replace("&", "%26amp%3B"),
    "its ampersands encoded": WHOLE.replace("&", "%26"),
    "encoded as a whole": WHOLE.replace("=", "%3D").replace("&", "%26"),
    "numbers encoded twice": WHOLE.replace(",", "%252C"),
    "full-width signs": WHOLE.replace("&", "＆").replace("=", "＝").replace("＝", "=", 1),
    "semicolons": WHOLE.replace("&", ";"),
    "quoted-printable": WHOLE.replace("=", "=3D"),
    "a soft line end within a name": WHOLE.replace("temperature", "tempera%0Ature"),
    "a soft line end within a value": WHOLE.replace("mean_", "mean_%0D%0A"),
    "a soft line end among numbers": WHOLE.replace("3,", "3,%0A"),
    "a soft line end within a number": WHOLE.replace("0.5", "0.%0A5"),
    "a quoted-printable line end": WHOLE.replace("3,", "3,=%0D%0A"),
    "underscores escaped": WHOLE.replace("_", "%5C_"),
    "zero-width spaces": WHOLE.replace("squared", "%E2%80%8Bsquared"),
    "spaces after the ampersands": WHOLE.replace("&", "&%20"),
    "names that begin with a capital": WHOLE.replace("label", "Label").replace("z=", "Z="),
}


def meant(query: str) -> tuple[LabState, str, dict[str, str]]:
    current = Visit()
    current.read_address(listed(query))
    assert not current.link_refusals, current.link_refusals
    return current.state, current.language, current.link_mended


@pytest.mark.parametrize("query", BROKEN.values(), ids=BROKEN)
def test_a_broken_link_is_read_as_meant(query: str) -> None:
    state, language, changed = meant(query)
    assert (state, language) == (MEANT, "zh")
    assert changed


@pytest.mark.parametrize("order", ["lang last", "as we write it", "target last"])
def test_the_sentence_after_a_link_is_cut(order: str, subtests: pytest.Subtests) -> None:
    for tail in TAILS:
        with subtests.test(tail=tail):
            if order == "lang last":
                assert meant(WHOLE + tail)[:2] == (MEANT, "zh")
                continue
            state = (
                MEANT if order == "as we write it" else LabState(MEANT.logits, (0.25, 0.5, 0.25))
            )
            link = encode(state, "zh")
            assert "lang=zh" in link
            assert not link.endswith("lang=zh")
            assert meant(link + tail)[:2] == (state, "zh")


@given(state=states(), data=st.data())
def test_a_whole_link_is_left_alone(state: LabState, data: st.DataObject) -> None:
    query = listed(encode(state, "zh", data.draw(choices(state.classes))))
    assert mended(query, PARAMETERS) == (query, {})


def test_what_a_name_says_is_no_damage() -> None:
    query = {"z": ["2,3,4"], "names": ["3Dcat,a&label=2,c.)"], "label": ["3"]}
    assert mended(query, PARAMETERS) == (query, {})


def test_lines_of_numbers_are_no_damage() -> None:
    assert decode(mended({"z": ["2\n3\n4"]}, PARAMETERS)[0])[0].logits == (2, 3, 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_is_told(language: str) -> None:
    at = AppTest.from_file(ROUTER, default_timeout=LIMIT)
    for name, text in {"z": "5,6,7", "amp;label": "2", "amp;lang": f"{language}."}.items():
        at.query_params[name] = text
    clean(at.run())
    (told,) = at.info
    read = wording(language)("refused.mended", read=f"label=2, lang={language}")
    assert told.value.replace("\\", "") == read
    assert (visit_of(at).state.target, visit_of(at).language) == (1, language)
    clean(at.text_input(key="temperature_text").set_value("2").run())
    assert not at.info


def test_what_is_refused_is_not_said_to_be_mended() -> None:
    current = Visit()
    current.read_address({"z": ["2,3,4"], "lang": ["fr."]})
    assert [name for name, _ in current.link_refusals] == ["lang"]
    assert current.link_mended == {}
