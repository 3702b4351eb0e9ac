from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.assets import asset
from daraa_kg.namespaces import DKG, EDTF, RDFS, XSD
from daraa_kg.ontology.vocabulary import Vocabulary, VocabularyError, load_vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def test_classes_know_what_is_above_them(vocabulary: Vocabulary) -> None:
    assert vocabulary.classes["Ambush"].supers == (DKG + "Attack",)
    above = vocabulary.ancestors(DKG + "Ambush")
    assert {DKG + n for n in ("Ambush", "Attack", "ViolentEvent", "Event", "Happening")} <= above
    assert DKG + "Actor" not in above
    assert "Ambush" in [c.name for c in vocabulary.subclasses(DKG + "Event")]


def test_properties_know_their_values(vocabulary: Vocabulary) -> None:
    properties = vocabulary.properties
    assert properties["place"].coercion == "reference"
    assert properties["outcome"].coercion == "term"
    assert properties["when"].datatype == EDTF
    assert properties["count"].datatype == XSD + "integer"
    assert (properties["label"].iri, properties["label"].language) == (RDFS + "label", "en")
    assert (properties["wording"].coercion, properties["wording"].datatype) == ("text", None)
    assert properties["casualties"].node_key == ("outcome", "unit", "side", "sufferedBy")
    assert {p.name for p in properties.values() if p.editorial} == {"label", "altLabel", "note"}
    assert properties["participant"].inferred
    assert not properties["perpetrator"].inferred


def test_coded_values_belong_to_schemes(vocabulary: Vocabulary) -> None:
    assert {"killed", "wounded"} <= set(vocabulary.values_of(vocabulary.properties["outcome"]))
    assert "families" not in vocabulary.values_of(vocabulary.properties["outcome"])
    assert "families" in vocabulary.values_of(vocabulary.properties["unit"])
    assert "Withdrawal" in vocabulary.values_of(vocabulary.properties["ofKind"])


def test_a_class_is_implied_only_where_there_is_one(vocabulary: Vocabulary) -> None:
    properties = vocabulary.properties
    assert vocabulary.implied_class(properties["casualties"]) == "Casualties"
    assert vocabulary.implied_class(properties["figure"]) == "Figure"
    assert vocabulary.implied_class(properties["content"]) is None
    assert vocabulary.implied_class(properties["place"]) is None


def test_direct_properties_stand_in_for_inferred_ones(vocabulary: Vocabulary) -> None:
    assert vocabulary.direct_of(vocabulary.properties["inside"]) == ["within"]
    assert "perpetrator" in vocabulary.direct_of(vocabulary.properties["participant"])


def test_the_named_part_of_the_ontology_is_kept_without_blank_nodes(vocabulary: Vocabulary) -> None:
    assert list(vocabulary.triples) == sorted(vocabulary.triples, key=str)
    for triple in vocabulary.triples:
        assert isinstance(triple.subject, ox.NamedNode)
        assert not isinstance(triple.object, ox.BlankNode)


def _copy(folder: Path) -> None:
    for name in ("daraa-kg.ttl", "context.jsonld"):
        (folder / name).write_bytes(asset("ontology", name).read_bytes())


def test_a_term_that_the_ontology_lacks_is_refused(tmp_path: Path) -> None:
    _copy(tmp_path)
    path = tmp_path / "context.jsonld"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["@context"]["colour"] = {"@id": "dkg:colour"}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(
        VocabularyError, match=r"“colour” is .*#colour, which the ontology does not declare$"
    ):
        load_vocabulary(tmp_path)


def test_broken_files_are_named(tmp_path: Path) -> None:
    _copy(tmp_path)
    (tmp_path / "context.jsonld").write_text("{}", encoding="utf-8")
    with pytest.raises(
        VocabularyError, match=r"context\.jsonld: this is not a JSON-LD context \('@context'\)$"
    ):
        load_vocabulary(tmp_path)
    (tmp_path / "daraa-kg.ttl").write_text("nonsense", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"daraa-kg\.ttl: this cannot be read as Turtle"):
        load_vocabulary(tmp_path)
