/** Rows of the timeline that are out of sight: they fade out, and a button counts them and goes there. */

import { counted, h } from "../dom";

export interface Cut {
  button: HTMLElement;
  /** Look again; `bottoms` are the pixels at which the rows end, from the top of what is scrolled. */
  update(bottoms: readonly number[]): void;
}

/** Pixels of a row that may be hidden unsaid: what is empty around its symbols. */
const UNSAID = 2;

export function makeCut(frame: HTMLElement, scroll: HTMLElement): Cut {
  // Below the last row it leads back, so that it keeps the focus of who pressed it.
  const button = h("button", { class: "button timeline-more", type: "button", hidden: true, onclick: () => scroll.scrollBy({ top: rowsBelow() ? scroll.clientHeight - 40 : -scroll.scrollHeight }) });
  let bottoms: readonly number[] = [];

  function rowsBelow(): number {
    const seen = scroll.scrollTop + scroll.clientHeight + UNSAID;
    return bottoms.filter((bottom) => bottom > seen).length;
  }

  function look(): void {
    const below = rowsBelow();
    const above = scroll.scrollTop > UNSAID ? bottoms.filter((bottom) => bottom < scroll.scrollTop + UNSAID).length : 0;
    frame.classList.toggle("cut-below", below > 0);
    frame.classList.toggle("cut-above", scroll.scrollTop > UNSAID);
    button.hidden = below === 0 && scroll.scrollTop <= UNSAID;
    button.textContent = below ? `▾ ${counted(below, "more row")}` : above ? `▴ ${counted(above, "row")} above` : "▴ To the top";
  }

  scroll.addEventListener("scroll", look, { passive: true });
  return {
    button,
    update(found) {
      bottoms = found;
      look();
    },
  };
}
