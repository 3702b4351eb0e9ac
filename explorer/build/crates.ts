/** The notices of the Rust crates in Oxigraph's WebAssembly, which its package of npm leaves out. */

import listed from "./crates.json";

/** A crate as `docs/make_crates.py` lists it: `copyright` where the licence that is taken asks for it. */
export interface Crate {
  name: string;
  version: string;
  licence: string;
  taken: string;
  authors: string[];
  copyright?: string[];
}

export const crates: { oxigraph: string; crates: Crate[] } = listed;

const HEAD = `The WebAssembly of oxigraph is made of the Rust crates below. Where a crate
offers several licences, it is taken under the one it stands with. Some may be
listed that the compiler left out.
`;

/** Asks for one with the source alone (its third point). */
const NO_NOTICE = ["Zlib"];

/**
 * Write the notices of the crates, by licence, each text once.
 *
 * @param version of the package oxigraph that is in the page
 * @param texts of licences, with the notices of some packages under them
 * @throws if the list is of another version, or the text of a licence is missing
 */
export function crateNotices(version: string, texts: ReadonlyMap<string, string>): string {
  if (crates.oxigraph !== version) {
    throw new Error(
      `build/crates.json is of oxigraph ${crates.oxigraph}, and ${version} is installed: ` +
        "run python docs/make_crates.py",
    );
  }
  const licences = [...new Set(crates.crates.map((crate) => crate.taken))].sort();
  const parts = licences.map((licence) => {
    const members = crates.crates.filter((crate) => crate.taken === licence);
    if (licence === "Apache-2.0") {
      const names = members.map(({ name, version }) => `${name} ${version}`).join(", ");
      const lines = names.replace(/(.{1,75}(?:,|$)) ?/g, "$1\n");
      return `Under Apache-2.0, whose text stands above with oxigraph:\n\n${lines}`;
    }
    const lines = members.map((crate) => `${crate.name} ${crate.version}: ${holders(crate)}`);
    if (NO_NOTICE.includes(licence)) {
      return `Under ${licence}, which asks for no notice with what is compiled:\n\n${lines.join("\n")}\n`;
    }
    return `Under ${licence}:\n\n${lines.join("\n")}\n\n${terms(licence, texts)}`;
  });
  return [HEAD, ...parts].join("\n");
}

/** Who has the rights: the licence's own lines, else the authors. */
function holders({ copyright = [], authors }: Crate): string {
  return (copyright.length ? copyright : authors).join("; ");
}

/** What a licence permits, without whose it is. */
function terms(licence: string, texts: ReadonlyMap<string, string>): string {
  const text = texts.get(licence) ?? "";
  const from = text.search(/^Permission (is hereby granted|to use)/m);
  if (from < 0) throw new Error(`no package in the page has the text of ${licence}, which crates need`);
  return text.slice(from);
}
