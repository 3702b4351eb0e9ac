import { describe, expect, it } from "vitest";

import { chartOf, columns, csvOf, parseTable, sortLists, type Table } from "../src/sparql/results";
import { faultAt, filled, form, misreadSum, ParameterFault, skeleton, withPrefixes } from "../src/sparql/text";
import { fixture } from "./fixture";

const question = fixture.questions[0];
if (!question) throw new Error("the fixture has a question");

describe("a query's text", () => {
  it.each([
    ["PREFIX ask: <http://a#select> SELECT * {}", "SELECT"],
    ["# SELECT\nASK { ?s ?p 'CONSTRUCT' }", "ASK"],
    ['DESCRIBE <http://a>', "DESCRIBE"],
    ["construct where { ?select ?p ?o }", "CONSTRUCT"],
    ["INSERT DATA {}", null],
    ["", null],
  ])("has its form: %s", (query, found) => {
    expect(form(query)).toBe(found);
  });

  it("keeps its length and its lines without strings, IRIs and comments", () => {
    const query = "SELECT * # a { b\n{ ?s <http://a> \"\"\"x\ny\"\"\" . FILTER(?a < ?b && ?c > ?d) }";
    const bare = skeleton(query);
    expect(bare).toHaveLength(query.length);
    expect(bare.split("\n")).toHaveLength(query.split("\n").length);
    expect(bare).toContain("?a < ?b && ?c > ?d");
    expect(bare).not.toContain("http");
  });

  it("gets only the prefixes that it uses and lacks, on no line of their own", () => {
    const { text, added } = withPrefixes("PREFIX rdfs: <http://other>\nSELECT * { ?s dkg:kind ?k ; rdfs:label 'foaf:x' }", fixture.prefixes);
    expect(text.startsWith("PREFIX dkg: <https://w3id.org/daraa-kg/ontology#> PREFIX rdfs: <http://other>\n")).toBe(true);
    expect(added).toBe("PREFIX dkg: <https://w3id.org/daraa-kg/ontology#> ".length);
  });

  it("finds a fault at the reader's line and column", () => {
    expect(faultAt("error at 3:14: expected }", 50)).toEqual({ line: 3, column: 14 });
    expect(faultAt("error at 1:60: expected }", 50)).toEqual({ line: 1, column: 10 });
    expect(faultAt("out of memory", 0)).toBeNull();
  });

  it("takes other values for its parameters", () => {
    expect(filled(question, { first: "2030-05-04" }, () => null)).toContain('VALUES ?first { "2030-05-04"^^<http://www.w3.org/2001/XMLSchema#date> }');
    expect(filled(question, {}, () => null)).toBe(question.text);
    expect(() => filled(question, { first: "tomorrow" }, () => null)).toThrow(ParameterFault);
  });

  it("puts no query into a parameter", () => {
    const named = { ...question, parameters: question.parameters.map((one) => ({ ...one, type: "string" })) };
    expect(filled(named, { first: '" } DROP { "' }, () => null)).toContain('VALUES ?first { "\\" } DROP { \\"" }');
    const thing = { ...question, parameters: question.parameters.map((one) => ({ ...one, type: "iri" })) };
    expect(() => filled(thing, { first: "x> } #" }, (id) => id)).toThrow(ParameterFault);
  });
});

describe("results", () => {
  const number = (value: string): Table["rows"][number][string] => ({ type: "literal", value, datatype: "http://www.w3.org/2001/XMLSchema#integer" });
  const text = (value: string): Table["rows"][number][string] => ({ type: "literal", value });

  it("are a table, or yes or no", () => {
    expect(parseTable('{"head":{},"boolean":true}')).toBe(true);
    expect(parseTable('{"head":{"vars":["a"]},"results":{"bindings":[]}}')).toEqual({ vars: ["a"], rows: [] });
  });

  it("show a label in place of its thing", () => {
    expect(columns(["place", "placeLabel", "events", "otherLabel"])).toEqual([
      { name: "place", label: "placeLabel" },
      { name: "events", label: null },
      { name: "otherLabel", label: null },
    ]);
  });

  it("have their lists in order", () => {
    const table = { vars: ["a"], rows: [{ a: text("c; a; b") }] };
    expect(sortLists(table, ["a"]).rows[0]?.["a"]?.value).toBe("a; b; c");
  });

  it("have their lists in order of the ranked words, whatever stands after a colon", () => {
    const told = "wounded; 4 wounded; 5 killed: Rebels; skilled; 11 killed; 2 captured: were killed";
    const table = { vars: ["a", "b"], rows: [{ a: text(told), b: text("wounded; killed") }] };
    const [row] = sortLists(table, ["a"], ["killed", "wounded"]).rows;
    expect(row?.["a"]?.value).toBe("11 killed; 5 killed: Rebels; 4 wounded; wounded; 2 captured: were killed; skilled");
    expect(row?.["b"]?.value).toBe("wounded; killed");
  });

  it("have their lists in order of code points, not of UTF-16 units", () => {
    const table = { vars: ["a"], rows: [{ a: text("\u{1F600}; \uFF5E; \uFF5Eb") }] };
    expect(sortLists(table, ["a"]).rows[0]?.["a"]?.value).toBe("\uFF5E; \uFF5Eb; \u{1F600}");
  });

  it("are drawn where they hold numbers by name or by date", () => {
    const named: Table = { vars: ["k", "n"], rows: [{ k: text("a"), n: number("1") }, { k: text("b"), n: number("2") }] };
    expect(chartOf(named)).toEqual({ kind: "bars", x: "k", y: ["n"] });
    const dated: Table = { vars: ["d", "n"], rows: [{ d: text("2030-05-01"), n: number("1") }, { d: text("2030-05-02"), n: number("2") }] };
    expect(chartOf(dated)).toEqual({ kind: "time", x: "d", y: ["n"] });
    expect(chartOf({ vars: ["k"], rows: [{ k: text("a") }, { k: text("b") }] })).toBeNull();
  });
});

describe("sums that the engine misreads", () => {
  it.each([
    ["SELECT (10 - 3 + 2 AS ?a) {}", true],
    ["SELECT (?a - ?b - ?c AS ?d) {}", true],
    ["SELECT (1 - 2 * 3 + 4 AS ?e) {}", true],
    ["SELECT (100 / 10 * 2 AS ?c) {}", true],
    ["SELECT (10 + (3 - 2) + 1 AS ?f) {}", false],
    ["SELECT (10 + 3 - 2 AS ?f) {}", false],
    ["SELECT ((?a - ?b) + ?c AS ?d) {}", false],
    ["SELECT (?a - 1 AS ?b) (?c + 2 AS ?d) {}", false],
    ["SELECT * { ?a dkg:some-name/dkg:other+ ?b FILTER(?c - 1 > ?d + 2) }", false],
    ['SELECT ("a - b + c" AS ?text) {}', false],
  ])("%s: %s", (query, misread) => {
    expect(misreadSum(query)).toBe(misread);
  });
});

describe("rows as CSV", () => {
  it("are those of SPARQL 1.1: plain values, quoted where they must be, lines that end in CR LF", () => {
    const rows: Table = {
      vars: ["name", "n"],
      rows: [
        { name: { type: "literal", value: 'a "b", c' }, n: { type: "literal", value: "3", datatype: "http://www.w3.org/2001/XMLSchema#integer" } },
        { name: { type: "uri", value: "http://a/b" } },
        { name: { type: "bnode", value: "x" }, n: { type: "literal", value: "=1\n+2" } },
      ],
    };
    expect(csvOf(rows)).toBe('name,n\r\n"a ""b"", c",3\r\nhttp://a/b,\r\n_:x,"=1\n+2"\r\n');
  });
});
