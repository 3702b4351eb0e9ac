from __future__ import annotations

import pytest

from daraa_kg.diagnostics import CheckFailed, Fault, Location, errors, in_order, listing


def test_a_fault_reads_like_a_compilers() -> None:
    place = Location("a/b.yaml", 3, 7)
    assert (
        str(Fault(place, "this is wrong", "write that"))
        == "a/b.yaml:3:7: error: this is wrong; write that"
    )
    assert (
        str(Fault(place, "this is odd", severity="warning")) == "a/b.yaml:3:7: warning: this is odd"
    )
    assert (
        str(Fault(Location("a/b.yaml"), "there is no such file"))
        == "a/b.yaml: error: there is no such file"
    )


def test_faults_are_sorted_by_number_and_given_once() -> None:
    late, early = Fault(Location("f", 10, 1), "b"), Fault(Location("f", 9, 1), "a")
    assert in_order([late, early, late]) == (early, late)


def test_warnings_are_no_errors() -> None:
    warning = Fault(Location("f", 1, 1), "odd", severity="warning")
    error = Fault(Location("f", 1, 1), "wrong")
    assert errors([warning, error]) == [error]


def test_the_error_holds_and_says_all_faults() -> None:
    faults = [Fault(Location("f", 2, 1), "b"), Fault(Location("f", 1, 1), "a")]
    with pytest.raises(ValueError, match=r"^f:1:1: error: a\nf:2:1: error: b$") as caught:
        raise CheckFailed(faults)
    assert isinstance(caught.value, CheckFailed)
    assert caught.value.faults == (faults[1], faults[0])


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_listing(words: list[str], text: str) -> None:
    assert listing(words) == text
