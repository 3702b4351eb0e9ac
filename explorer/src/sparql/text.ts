/** Queries as text: their form, their prefixes, their parameters. Pure functions. */

import type { Question } from "../model";

/** Blank out what may hold anything: comments, strings, IRIs. Lengths stay. */
export function skeleton(query: string): string {
  const pattern =
    /<[^<>"{}|^`\\\s]*>|"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|#[^\n\r]*/gs;
  return query.replace(pattern, (found) => found.replace(/[^\n\r]/g, " "));
}

export type Form = "SELECT" | "ASK" | "CONSTRUCT" | "DESCRIBE";

/** The form of a query; null when it has none (a slip, or an update). */
export function form(query: string): Form | null {
  // A prefix may be called "ask:": a form's keyword is not followed by a colon.
  const found = /(?<![\w?$:-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])/i.exec(skeleton(query));
  return found ? (found[1]?.toUpperCase() as Form) : null;
}

/** The media type in which the engine should answer. */
export function resultFormat(kind: Form | null): string {
  return kind === "CONSTRUCT" || kind === "DESCRIBE" ? "text/turtle" : "application/sparql-results+json";
}

/** Put before a query the prefixes that it uses and does not declare, on one line. */
export function withPrefixes(query: string, prefixes: Record<string, string>): { text: string; added: number } {
  const bare = skeleton(query);
  const declared = new Set([...bare.matchAll(/\bPREFIX\s+([\w.-]*):/gi)].map((match) => match[1]));
  const used = new Set([...bare.matchAll(/(?<![\w?$])([A-Za-z][\w.-]*):/g)].map((match) => match[1]));
  const missing = Object.entries(prefixes).filter(([name]) => used.has(name) && !declared.has(name));
  const line = missing.map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join(" ");
  // No line break of ours: the lines of the engine's messages stay the reader's.
  return { text: line ? `${line} ${query}` : query, added: line ? line.length + 1 : 0 };
}

/** Where an engine's message says the fault is, in the reader's own text. */
export function faultAt(message: string, added: number): { line: number; column: number } | null {
  const found = /(?:at |line )(\d+)(?::|,? column )(\d+)/i.exec(message);
  if (!found) return null;
  const line = Number(found[1]);
  const column = Number(found[2]);
  return { line, column: Math.max(1, line === 1 ? column - added : column) };
}

/** A value that a parameter does not take. */
export class ParameterFault extends Error {}

type Parameter = Question["parameters"][number];

/** The SPARQL term of what a reader typed. */
export function term(parameter: Parameter, value: string, resolve: (id: string) => string | null): string {
  const typed = value.trim();
  if (typed === parameter.default) return parameter.term;
  const quoted = JSON.stringify(typed);
  const xsd = (type: string): string => `${quoted}^^<http://www.w3.org/2001/XMLSchema#${type}>`;
  switch (parameter.type) {
    case "iri":
    case "class": {
      const iri = resolve(typed);
      if (!iri || /[\s<>"{}|\\^`]/.test(iri)) throw new ParameterFault(`${parameter.name}: the graph has no “${typed}”`);
      return `<${iri}>`;
    }
    case "date":
      if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) throw new ParameterFault(`${parameter.name}: write a day such as 2021-08-19, not “${typed}”`);
      return xsd("date");
    case "integer":
      if (!/^[+-]?\d+$/.test(typed)) throw new ParameterFault(`${parameter.name}: write a whole number, not “${typed}”`);
      return xsd("integer");
    case "boolean":
      if (typed !== "true" && typed !== "false") throw new ParameterFault(`${parameter.name}: write true or false, not “${typed}”`);
      return xsd("boolean");
    default:
      return quoted;
  }
}

/** A question's text with other values in its `VALUES` lines. */
export function filled(question: Question, values: Record<string, string>, resolve: (id: string, type: string) => string | null): string {
  return question.parameters.reduce((text, parameter) => {
    const value = values[parameter.name];
    if (value === undefined) return text;
    const put = term(parameter, value, (id) => resolve(id, parameter.type));
    return text.replace(new RegExp(`(VALUES\\s+\\?${parameter.name}\\s*\\{)[^}]*(\\})`, "i"), (_all, before: string, after: string) => `${before} ${put} ${after}`);
  }, question.text);
}

/**
 * Whether a query has sums that the page's engine counts otherwise than SPARQL says: up to release
 * 0.5.11 of Oxigraph in WebAssembly, `a - b + c` is read as `a - (b + c)`, and `a / b * c` alike.
 * Operators are seen where spaces stand around them; a path's `/` and a name's `-` have none.
 */
export function misreadSum(query: string): boolean {
  const bare = skeleton(query);
  let ends: RegExpExecArray | null;
  const tokens = /[(){},;]|&&|\|\||[<>!]?=|\s[<>]\s|\sAS\s|\s([-+*/])\s/gi;
  const open: string[] = [""];
  while ((ends = tokens.exec(bare))) {
    const operator = ends[1];
    const top = open.length - 1;
    if (ends[0] === "(" || ends[0] === "{") open.push("");
    else if (ends[0] === ")" || ends[0] === "}") {
      if (top > 0) open.pop();
    } else if (operator === undefined) open[top] = "";
    else {
      const before = open[top] ?? "";
      const added = operator === "+" || operator === "-";
      if ((added && before.includes("-")) || (!added && before.includes("/"))) return true;
      // A product inside a sum ends with it; a sum goes on behind a product.
      open[top] = added ? before.replace("/", "") + operator : before + operator;
    }
  }
  return false;
}
