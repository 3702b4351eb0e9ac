/** What the page says of itself: its keys, its sources, the files beside it. */

import { h, outward } from "./dom";
import type { Model } from "./model";
import { attributed } from "./pieces";

function dialog(title: string, ...children: (Node | string | null)[]): HTMLDialogElement {
  const id = `dialog-${title.toLowerCase().replace(/\W+/g, "-")}`;
  const box = h("dialog", { class: "dialog", "aria-labelledby": id });
  box.append(
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id }, title),
      h("button", { class: "button", type: "button", "aria-label": "Close", onclick: () => box.close() }, "×"),
    ),
    ...children.filter((child): child is Node | string => child !== null),
  );
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  return box;
}

const KEYS: readonly [string, string][] = [
  ["/", "search"],
  ["1 to 7", "overview, timeline, map, network, article, SPARQL, analysis"],
  ["Tab", "from one part to the next; each view is one stop"],
  ["Arrows", "from mark to mark inside a view"],
  ["+ − 0", "in the map and the network: nearer, farther, the whole"],
  ["Shift + arrows", "move the map or the network"],
  ["Enter", "open the card of a mark"],
  ["Esc", "close what is open, then the card"],
  ["?", "this list"],
];

export function keysDialog(): HTMLDialogElement {
  return dialog(
    "Keys",
    h("dl", { class: "keys" }, ...KEYS.flatMap(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])),
    h("label", { class: "check" }, h("input", { type: "checkbox", checked: true }), h("span", {}, "Single keys (/, ?, 1 to 7) are in use")),
  );
}

/** A licence by its name, or by its address where it has no other. */
function licence(name: string): HTMLElement | null {
  if (!name) return null;
  return h("span", {}, /^https?:/.test(name) ? outward(name, "Licence") : name, ". ");
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function aboutDialog(model: Model): HTMLDialogElement {
  const { article } = model;
  const licences = document.getElementById("daraa-kg-licences")?.textContent?.trim();
  const attributions = [...new Set(model.boundaries.map((one) => one.attribution))];
  return dialog(
    "About and files",
    h(
      "p",
      {},
      "Every fact on this page has its sentence or its source. It says what one revision of one article says, not what happened.",
    ),
    h("h3", {}, "The article"),
    h("p", {}, outward(article.url, article.title), article.revision ? `, revision ${article.revision}` : null, ". ", ...attributed(article), "."),
    model.downloads.length ? h("h3", {}, "Files beside this page") : null,
    model.downloads.length
      ? h(
          "ul",
          { class: "files" },
          ...model.downloads.map((one) =>
            h("li", {}, h("a", { href: encodeURIComponent(one.file), download: "" }, one.file), h("span", { class: "soft" }, ` ${one.label}, ${size(one.bytes)}`)),
          ),
        )
      : null,
    h("h3", {}, "Sources"),
    h(
      "ul",
      {},
      ...model.sources.map((one) => h("li", {}, one.link ? outward(one.link, one.name) : one.name, h("span", { class: "soft" }, " ", licence(one.license), one.attribution))),
      ...attributions.map((text) => h("li", {}, text)),
    ),
    licences
      ? h(
          "details",
          {},
          h("summary", {}, "Licences of the software in this page"),
          h("p", {}, "Packages of npm; at the end, the Rust crates of which Oxigraph, the store in this page, is made."),
          h("pre", { class: "licences", tabindex: 0 }, licences),
        )
      : null,
    h("p", { class: "soft" }, `Made by ${model.generator}.`),
  );
}
