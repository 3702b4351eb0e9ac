"""What the shell completes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.shell_completion import ShellComplete

from daraa_kg.cli.program import program

if TYPE_CHECKING:
    import pytest


def complete(*words: str) -> list[str]:
    shell = ShellComplete(program, {}, "daraa-kg", "_DARAA_KG_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


def test_the_shell_completes_verbs_ids_properties_and_questions() -> None:
    assert complete("q") == ["queries", "query"]
    assert complete("show", "event/al-sh") == ["event/al-shabrouq-ied"]
    assert "kg:place/daraa-al-balad" in complete("why", "kg:place/daraa")
    assert complete("why", "event/al-shabrouq-ied", "wea") == ["weapon"]
    assert "timeline" in complete("query", "time")
    assert complete("export", "j") == ["jsonld"]
    assert complete("export", "csv", "--table", "p") == ["participations", "places"]
    assert complete("export", "dot", "--view", "e") == ["events", "everything"]
    assert complete("network", "u") == ["units"]
    assert complete("plot", "") == ["timeline", "casualties", "map"]


def test_the_shell_completes_parameters_and_their_values() -> None:
    assert complete("query", "speech-acts", "--set", "") == ["act="]
    assert complete("query", "speech-acts", "--set", "act=Thr") == ["act=Threat"]
    assert complete("query", "speech-acts", "--set", "act=dkg:Thr") == ["act=dkg:Threat"]
    assert complete("query", "speech-acts", "--set", "act=event/") == []
    assert complete("query", "events-inside", "--set", "place=kg:place/taf") == [
        "place=kg:place/tafas"
    ]
    assert complete("query", "events-between", "--set", "first=2") == []
    assert complete("query", "nonsense", "--set", "a") == []


def test_completion_that_fails_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("daraa_kg.graph.cache.load", fail)
    assert complete("show", "event/") == []
