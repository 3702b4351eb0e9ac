"""Whatever is asked, pages and documents answer with a status that says so, and never fail."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from starlette.testclient import TestClient

STARTS = (
    "/id/",
    "/doc/",
    "/download/",
    "/ontology/",
    "/ontology",
    "/questions/",
    "/codes/",
    "/search?q=",
    "/static/",
    "/",
)
IDS = ("place/daraa", "2021-daraa-offensive/text/b051e082", "actor/sohr", "", "rule/kind")
ENDS = ("", ".ttl", ".html", ".rdf", "/", "#x", "%23x", "%", "%zz", "?a=b", ".ttl.ttl", "\\", ";x")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PATHS = st.builds(
    lambda start, name, words, end: start + name + quote(words, safe="") + end,
    st.sampled_from(STARTS),
    st.sampled_from(IDS),
    WORDS,
    st.sampled_from(ENDS),
)
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
ACCEPT = st.one_of(
    ASCII,
    st.lists(st.sampled_from(["text/turtle", "*/*", "text/*;q=.5", "a/b", ";q=1", "q", ","])).map(
        ",".join
    ),
)


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=PATHS, accept=ACCEPT, tag=ASCII, coding=ASCII, method=st.sampled_from(["GET", "HEAD"]))
@example(path="/id/%ff", accept="", tag="", coding="", method="GET")
@example(path="/id/%EF%BF%BD", accept="", tag="", coding="", method="GET")
@example(path="/search?q=%00", accept="", tag="*", coding="*", method="HEAD")
@example(path="/doc//", accept="text/turtle", tag='"', coding="br;q=x", method="GET")
def test_no_request_makes_it_fail(
    pages: TestClient, path: str, accept: str, tag: str, coding: str, method: str
) -> None:
    headers = {"Accept": accept, "If-None-Match": tag, "Accept-Encoding": coding}
    answer = pages.request(method, path, headers=headers)  # raises what the application raises
    assert answer.status_code in (200, 303, 304, 307, 404, 406)
    if answer.status_code in (303, 307):
        place = answer.headers["location"].removeprefix("http://testserver")
        assert place.startswith("/")
        assert not answer.headers["location"].startswith("//")
