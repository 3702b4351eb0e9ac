/** What the map cannot show: counted beside it, and listed when asked for. */

import { counted, h } from "../dom";
import type { Id } from "../model";
import { thing } from "../pieces";
import { popover } from "../popover";
import type { Context } from "../view";

/** `points` are the places that the map has. */
export function makeElsewhere(context: Context, points: ReadonlySet<Id>): { root: HTMLElement; update(): void } {
  const list = popover("", update);
  list.root.classList.add("map-elsewhere");
  list.body.classList.add("map-list");

  function update(): void {
    const { shown, current } = context.scene();
    const here = current ?? shown;
    const without = context.index.model.incidents.filter((one) => here.has(one.id) && !one.places.some((place) => points.has(place)));
    const none = without.filter((one) => one.places.length === 0);
    list.root.hidden = without.length === 0;
    list.summary.textContent = `${without.length} not on the map`;
    if (!list.root.open) return;
    list.body.replaceChildren(
      h("p", { class: "soft" }, `${counted(none.length, "event")} with no place stated, ${without.length - none.length} at places without a coordinate.`),
      h("ul", {}, ...without.map((one) => h("li", {}, thing(context, one.id), h("span", { class: "soft" }, ` ${one.placesText.join(", ") || "no place"}`)))),
    );
  }

  update();
  return { root: list.root, update };
}
