from __future__ import annotations

from pathlib import Path

import pytest

from daraa_kg.diagnostics import CheckFailed
from daraa_kg.queries.question import QueryFileError, load_query, parse_query
from daraa_kg.queries.sparql import QueryRefused

HEADER = """\
#+ summary: What happened at a place on a day?
#+ description: |
#+   Two lines
#+   of words.
#+ tags: [events, places]
#+ lists: [names]
#+ params:
#+   place: {type: iri, default: event/offensive, description: the place}
#+   day: {type: date, default: 2021-08-19, description: the day}
#+   many: {type: integer, default: 18, description: how many}
#+   word: {type: string, default: 'a "b"', description: a word}
#+   true_: {type: boolean, default: true, description: whether}
"""
BODY = """\
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT * WHERE {
  VALUES ?place { <https://w3id.org/daraa-kg/id/2021-daraa-offensive/event/offensive> }
  VALUES ?day { "2021-08-19"^^xsd:date }
  VALUES ?many { 18 }
  VALUES ?word { "a \\"b\\"" }
  VALUES ?true_ { true }
}
"""


def faults(text: str, name: str = "a-question") -> list[str]:
    with pytest.raises(QueryFileError) as caught:
        parse_query(text, name, Path(f"{name}.rq"), strict=True)
    assert isinstance(caught.value, CheckFailed)
    return [str(fault) for fault in caught.value.faults]


def header(*lines: str, body: str = "ASK {}\n") -> str:
    return "".join(f"#+ {line}\n" for line in lines) + body


def test_a_header_says_what_a_query_asks_and_takes() -> None:
    query = parse_query(HEADER + BODY, "a-question", strict=True)
    assert query.summary == "What happened at a place on a day?"
    assert query.description == "Two lines\nof words."
    assert query.tags == ("events", "places")
    assert query.lists == ("names",)
    assert query.form == "SELECT"
    assert [(p.name, p.type, p.default) for p in query.parameters] == [
        ("place", "iri", "event/offensive"),
        ("day", "date", "2021-08-19"),
        ("many", "integer", "18"),
        ("word", "string", 'a "b"'),
        ("true_", "boolean", "true"),
    ]
    assert query.parameters[0].description == "the place"


def test_a_query_of_one_s_own_needs_no_header() -> None:
    query = parse_query("ASK {}")
    assert (query.name, query.summary, query.parameters, query.form) == ("", "", (), "ASK")


def test_a_wrong_header_is_wrong_in_a_query_of_one_s_own_too() -> None:
    with pytest.raises(QueryFileError, match=r"^the query:1:4: error: the header has “summry”"):
        parse_query(header("summry: what?"))


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "ASK {}",
            [
                "a-question.rq: error: the query has no header; "
                "start it with #+ summary: and a question"
            ],
        ),
        (
            header("description: words"),
            ["a-question.rq: error: the header has no summary; write #+ summary: and a question"],
        ),
        (
            header("summary: one: two"),
            [
                "a-question.rq:1:16: error: the header is not YAML: mapping values are not allowed in this context"
            ],
        ),
        (
            header("just words"),
            ["a-question.rq:1:4: error: the header has no keys; write #+ summary: and a question"],
        ),
        (
            header("summary: what?", "sumary: what?"),
            [
                "a-question.rq:2:4: error: the header has “sumary”, which means nothing; did you mean summary?"
            ],
        ),
        (
            header("summary: what?", "xyz: what?"),
            [
                "a-question.rq:2:4: error: the header has “xyz”, which means nothing; "
                "it may have summary, description, tags, params, orders, lists and ranks"
            ],
        ),
        (
            header("summary: what?", "summary: what?"),
            ["a-question.rq:2:4: error: the header has “summary” twice"],
        ),
        (
            header("summary: [what]"),
            ["a-question.rq:1:13: error: summary is not a text"],
        ),
        (
            header("summary: what?", "tags: events"),
            ["a-question.rq:2:10: error: tags is not a list of words; write #+ tags: [one, two]"],
        ),
        (
            header("summary: what?", "orders: [first, last]"),
            [
                "a-question.rq:2:12: error: orders are no pairs of parameters; "
                "write #+ orders: [[first, last]]"
            ],
        ),
        (
            header("summary: what?", "params: place"),
            [
                "a-question.rq:2:12: error: params is not a mapping; "
                "write #+   place: {type: iri, default: …}"
            ],
        ),
        (
            header("summary: what?", "params:", "  place: iri"),
            [
                "a-question.rq:3:13: error: the parameter place is not a mapping; "
                "write {type: …, default: …, description: …}"
            ],
        ),
        (
            header("summary: what?", "params:", "  place: {type: iri, default: event/x}"),
            ["a-question.rq:3:13: error: the parameter place has no description"],
        ),
        (
            header("summary: what?", "params:", "  place: {type: uri, default: x, description: y}"),
            [
                "a-question.rq:3:20: error: “uri” is no type of parameter; "
                "write iri, class, string, integer, date or boolean"
            ],
        ),
        (
            header(
                "summary: what?",
                "params:",
                "  day: {type: date, default: 19 August, description: y}",
            ),
            [
                "a-question.rq:3:33: error: day cannot be “19 August”; it is a day, such as 2021-08-19"
            ],
        ),
        (
            header(
                "summary: what?",
                "params:",
                "  from: {type: date, default: 2021-08-19, description: y}",
            ),
            [
                "a-question.rq:3:12: error: “from” is no name for a parameter: Python could not pass it"
            ],
        ),
        (
            header(
                "summary: what?", "params:", "  many: {type: integer, default: 1, description: y}"
            ),
            [
                "a-question.rq: error: the query has no place for the parameter many; "
                'write VALUES ?many { "1"^^xsd:integer }'
            ],
        ),
        (
            header(
                "summary: what?",
                "params:",
                "  many: {type: integer, default: 1, description: y}",
                body="ASK {\n  VALUES ?many { 2 } }\n",
            ),
            [
                "a-question.rq:5:3: error: the query has 2 where the header's default is "
                '"1"^^xsd:integer; write the same in both'
            ],
        ),
        (
            header("summary: what?", body="# nothing\n"),
            ["a-question.rq: error: the file has no SELECT, CONSTRUCT, ASK or DESCRIBE"],
        ),
    ],
)
def test_what_is_wrong_with_a_header_is_said_with_its_line(text: str, messages: list[str]) -> None:
    assert faults(text) == messages


@pytest.mark.parametrize("name", ["AQuestion", "a_question", "a--question", "-a", "frage-ä"])
def test_names_are_kebab_case(name: str) -> None:
    assert faults(header("summary: what?"), name) == [
        f"{name}.rq: error: “{name}” is no name for a query; write it like who-fought-whom"
    ]


def test_all_faults_of_a_header_are_said_at_once() -> None:
    text = header("sumary: what?", "tags: events", "params: place")
    assert len(faults(text, "A")) == 4


def test_an_update_is_refused_when_it_is_read() -> None:
    with pytest.raises(QueryRefused, match=r"^the query:1:1: error: DROP would change"):
        parse_query("DROP ALL")


def test_files_are_read_with_a_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "a-question.rq"
    path.write_bytes(b"\xef\xbb\xbf#+ summary: What?\r\nASK {}\r\n")
    assert load_query(path, strict=True).summary == "What?"


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    path = tmp_path / "a-question.rq"
    with pytest.raises(FileNotFoundError):
        load_query(path)
    path.write_bytes(b"ASK {} # \xff")
    with pytest.raises(QueryFileError) as caught:
        load_query(path)
    assert str(caught.value) == f"{path}: error: the query is not UTF-8; save it as UTF-8"


def test_tolls_go_by_their_outcome_and_then_by_their_letters() -> None:
    ranks = "#+ summary: what?\n#+ ranks: [killed, wounded]\n"
    query = parse_query(f"{ranks}SELECT * {{ ?s ?p ?o }}")
    tolls = ["besieged: “killed”", "wounded: “several”", "12 wounded", "7 killed", "11 killed"]
    assert sorted(tolls, key=query.rank) == [
        "11 killed",
        "7 killed",
        "12 wounded",
        "wounded: “several”",
        "besieged: “killed”",
    ]
