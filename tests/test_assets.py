from __future__ import annotations

import pytest

from daraa_kg.assets import AssetMissing, asset, default_folder


def test_what_ships_is_there() -> None:
    assert asset("ontology", "daraa-kg.ttl").is_file()
    assert (default_folder() / "article.txt").is_file()


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(
        FileNotFoundError,
        match=r"no\.ttl ships with daraa-kg but is not there: install the package again$",
    ) as caught:
        asset("ontology", "no.ttl")
    assert isinstance(caught.value, AssetMissing)
    assert caught.value.path.name == "no.ttl"
