"""Modules joined into one file export to each other what they did apart."""

from __future__ import annotations

import pytest

from pages.browser.joined import joined


def test_imports_and_exports_become_a_functions() -> None:
    a = """import "./c.js";
import {
  one as first,
  Two,
} from "./b.js"; // both
export default function a() {}
"""
    b = """export const one = 1;
export class Two {}
export async function three() {}
"""
    source = joined({"a.js": a, "b.js": b})
    a, b = source.partition("'b.js'() {")[::2]
    assert 'moduleOf("c.js");\nconst {\n  one: first,\n  Two,\n} = moduleOf("b.js"); // both' in a
    assert "\nfunction a() {}\n\nreturn { default: a };\n" in a
    assert "\nconst one = 1;\nclass Two {}\nasync function three() {}\n" in b
    assert "return { one, Two, three };\n" in b


@pytest.mark.parametrize(
    "other",
    [
        'import all from "./b.js";',
        'import * as all from "./b.js";',
        'import { a } from "elsewhere";',
        'export { a } from "./b.js";',
        "export let changed = 1;",
        "export default 1;",
    ],
)
def test_what_is_written_in_another_way_is_refused(other: str) -> None:
    with pytest.raises(ValueError, match=r"a\.js"):
        joined({"a.js": f"const a = 1;\n{other}\n"})
