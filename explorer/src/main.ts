/** Start: read the graph from its slot, make the state from the hash, draw, follow the hash. */

import "./style/tokens.css";
import "./style/base.css";
import "./style/filters.css";
import "./style/shell.css";
import "./style/print.css";
import "./style/card.css";

import { h } from "./dom";
import { makeScene } from "./facets";
import { decode, encode } from "./hash";
import { makeIndex } from "./index";
import type { Model } from "./model";
import { makeShell } from "./shell";
import type { State } from "./state";
import { unpacked } from "./slots";
import { Store } from "./state";
import type { Context, Scene } from "./view";
import { analysis } from "./views/analysis";
import { article } from "./views/article";
import { map } from "./views/map";
import { network } from "./views/network";
import { sparql } from "./views/sparql";
import { timeline } from "./views/timeline";

/** What is wrong is known, and said in the page. */
class Unreadable extends Error {}

async function readModel(): Promise<Model> {
  const slot = document.getElementById("daraa-kg-model")?.textContent?.trim();
  if (!slot) throw new Unreadable("It holds no graph; write it with “daraa-kg site”.");
  if (typeof DecompressionStream === "undefined")
    throw new Unreadable("This browser is too old for it: it has no DecompressionStream. Firefox 113, Chrome 80 and Safari 16.4 have it. The article follows.");
  return JSON.parse(await unpacked(slot)) as Model;
}

/** A scene is made once for a state, however many views ask; hovering does not make another. */
function makeContext(store: Store, model: Model): Context {
  const index = makeIndex(model);
  let made: { key: string; scene: Scene } | null = null;
  return {
    index,
    store,
    scene(): Scene {
      const { selected, passage, search, families, kinds, sides, actor, place, voice, days, day } = store.state;
      const key = JSON.stringify([selected, passage, search, families, kinds, sides, actor, place, voice, days, day]);
      if (made?.key !== key) made = { key, scene: makeScene(index, store.state) };
      return made.scene;
    },
  };
}

/** What makes a step of its own for the browser's way back. */
const STEPS: readonly (keyof State)[] = ["selected", "passage", "focus", "question"];

function followHash(store: Store, model: Model): void {
  let written = location.hash.replace(/^#/, "");
  store.subscribe((state, before) => {
    const hash = encode(state);
    if (hash === written) return;
    written = hash;
    const step = STEPS.some((key) => state[key] !== before[key]);
    const url = hash ? `#${hash}` : location.href.replace(/#.*$/, "");
    if (step) history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  });
  addEventListener("popstate", () => {
    written = location.hash.replace(/^#/, "");
    const { state, unknown } = decode(location.hash, model);
    const { theme } = store.state;
    store.set({ ...state, theme });
    tellUnknown(unknown);
  });
}

function tellUnknown(unknown: string[]): void {
  document.querySelector(".notice")?.remove();
  if (!unknown.length) return;
  const notice = h(
    "div",
    { class: "notice", role: "alert" },
    h("p", {}, `The link names what this graph does not have: ${unknown.join(", ")}. The rest of it is shown.`),
    h("button", { class: "button", type: "button", onclick: () => notice.remove() }, "Close"),
  );
  document.getElementById("page")?.prepend(notice);
}

/** What stands in the page when it cannot be drawn: why, and the article as plain text. */
function giveUp(root: HTMLElement, words: string): void {
  const plain = document.getElementById("daraa-kg-plain");
  root.replaceChildren(h("p", { class: "empty", role: "alert" }, `This page could not be drawn. ${words}`));
  document.documentElement.classList.add("plain");
  if (plain) plain.hidden = false;
}

async function start(): Promise<void> {
  const root = document.getElementById("page");
  if (!root) return;
  try {
    const model = await readModel();
    const { state, unknown } = decode(location.hash, model);
    const store = new Store(state);
    document.title = model.title;
    document.documentElement.lang = model.language;
    const context = makeContext(store, model);
    makeShell(root, context, { timeline, map, network, article, sparql, analysis });
    followHash(store, model);
    tellUnknown(unknown);
    requestAnimationFrame(() => performance.mark("daraa-kg:first-view"));
  } catch (error) {
    if (!(error instanceof Unreadable)) console.error(error);
    giveUp(root, error instanceof Error ? error.message : String(error));
  }
}

void start();
