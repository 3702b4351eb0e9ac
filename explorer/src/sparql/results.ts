/** SPARQL results (JSON, W3C Recommendation 2013) as columns that a reader can use. */

export interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

export interface Table {
  vars: string[];
  rows: Record<string, Term>[];
}

export function parseTable(text: string): Table | boolean {
  const parsed = JSON.parse(text) as {
    boolean?: boolean;
    head: { vars?: string[] };
    results?: { bindings: Record<string, Term>[] };
  };
  if (parsed.boolean !== undefined) return parsed.boolean;
  return { vars: parsed.head.vars ?? [], rows: parsed.results?.bindings ?? [] };
}

/** By code points, which `<` does not give: it compares UTF-16 units. */
function byCodePoint(a: string, b: string): number {
  const [one, other] = [[...a], [...b]];
  const at = one.findIndex((letter, place) => letter !== other[place]);
  if (at < 0) return one.length - other.length;
  return (one[at]?.codePointAt(0) ?? -1) - (other[at]?.codePointAt(0) ?? -1);
}

/**
 * Columns that list values with "; " between them come in no order of their own: sort them as the command
 * line does (`Query.rank`). A value goes by the first of the ranked words that it ends with, what stands
 * after a colon left out; then by code point.
 */
export function sortLists(table: Table, lists: readonly string[], ranks: readonly string[] = []): Table {
  if (!lists.length) return table;
  const rank = (value: string): number => {
    const head = ` ${value.split(": ", 1)[0]}`;
    const place = ranks.findIndex((word) => head.endsWith(` ${word}`));
    return place < 0 ? ranks.length : place;
  };
  const inOrder = (a: string, b: string): number => rank(a) - rank(b) || byCodePoint(a, b);
  const rows = table.rows.map((row) => {
    const copy = { ...row };
    for (const name of lists) {
      const term = copy[name];
      if (term) copy[name] = { ...term, value: term.value.split("; ").sort(inOrder).join("; ") };
    }
    return copy;
  });
  return { vars: table.vars, rows };
}

/**
 * The rows as SPARQL 1.1 CSV (W3C Recommendation 2013), as the command line writes them: values without
 * their types, so with no guard against what a spreadsheet takes for a formula.
 */
export function csvOf(table: Table): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const value = (term: Term | undefined): string => (term ? cell(term.type === "bnode" ? `_:${term.value}` : term.value) : "");
  const lines = [table.vars.map(cell), ...table.rows.map((row) => table.vars.map((name) => value(row[name])))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

/** Columns to show: `placeLabel` is the words of `place`, not a column of its own. */
export function columns(vars: readonly string[]): { name: string; label: string | null }[] {
  return vars
    .filter((name) => !(name.endsWith("Label") && vars.includes(name.slice(0, -5))))
    .map((name) => ({ name, label: vars.includes(`${name}Label`) ? `${name}Label` : null }));
}

const NUMERIC = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;

export function isNumber(term: Term | undefined): boolean {
  return term?.type === "literal" && NUMERIC.test(term.datatype ?? "") && Number.isFinite(Number(term.value));
}

const ISO = /^-?\d{4}(-\d{2}(-\d{2})?)?$/;

export interface Chart {
  /** A bar for each row, or a column for each date. */
  kind: "bars" | "time";
  x: string;
  y: string[];
}

/** What can be drawn of a table: numbers by date, or numbers by name; null when neither is there. */
export function chartOf(table: Table): Chart | null {
  if (table.rows.length < 2) return null;
  const shown = columns(table.vars);
  const full = (name: string, holds: (term: Term | undefined) => boolean): boolean => {
    const bound = table.rows.map((row) => row[name]).filter((term) => term !== undefined);
    return bound.length > 0 && bound.every(holds);
  };
  const y = shown.map(({ name }) => name).filter((name) => full(name, isNumber));
  if (!y.length) return null;
  const date = shown.find(({ name }) => !y.includes(name) && full(name, (term) => ISO.test(term?.value ?? "")));
  if (date) return { kind: "time", x: date.name, y };
  const name = shown.find((column) => !y.includes(column.name));
  return name ? { kind: "bars", x: name.label ?? name.name, y } : null;
}
