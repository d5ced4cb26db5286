"""The files that the bench's front end loads from the app."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request

from pages.blocks.assets import ROUTES
from pages.blocks.links import LANGUAGES
from pages.blocks.wording import wording


def served(file: str) -> str:
    (route,) = ROUTES
    request = Request({"type": "http", "path_params": {"digest": "any", "file": file}})
    # In a thread of its own: the browser of the other tests runs a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, route.endpoint(request)).result()
    return bytes(answer.body).decode() if answer.status_code == 200 else ""


def test_the_bench_has_its_words_in_every_language() -> None:
    module = served("words.js")
    start = "export const WORDS = "
    assert module.startswith(start)
    words = json.loads(module.removeprefix(start).rstrip(";\n"))
    assert set(words) == set(LANGUAGES)
    for language in LANGUAGES:
        assert words[language]["undo"] == wording(language)("bench.undo")
        assert "{number}" in words[language]["class_name"]


def test_only_what_lies_there_is_served() -> None:
    assert served("bench.js")
    assert not served("../numbers.py")
