/** The play button: a day at a time through the conflict; all views follow `state.day`. */

import { dayAfter, daysBetween, dayText } from "../days";
import { h } from "../dom";
import type { Day } from "../model";
import type { State } from "../state";
import type { Context } from "../view";

/** Milliseconds for a day: time to read a line, and a month in half a minute. */
const PACE = 900;

export function makePlayer(
  context: Context,
  [from, to]: [Day, Day],
  days: HTMLElement,
): { root: HTMLElement; update(state: State): void } {
  const { store } = context;
  const button = h("button", { class: "button", type: "button", onclick: turn });
  const slider = h("input", {
    type: "range",
    class: "timeline-slider",
    min: 0,
    max: daysBetween(from, to),
    step: 1,
    "aria-label": "Day",
    oninput: () => store.set({ day: dayAfter(from, Number(slider.value)), days: null, playing: false }),
  });
  const shown = h("output", { class: "timeline-now" });
  const all = h("button", { class: "button", type: "button", onclick: () => store.set({ day: null, playing: false }) }, "All days");
  const root = h("span", { class: "timeline-player" }, days, button, slider, shown, all);
  let timer: ReturnType<typeof setInterval> | undefined;

  function turn(): void {
    const { playing, day } = store.state;
    if (playing) return store.set({ playing: false });
    store.set({ playing: true, days: null, day: day && day < to ? day : from, selected: null, passage: null });
  }

  function step(): void {
    const { day } = store.state;
    if (!day || day >= to) return store.set({ playing: false });
    store.set({ day: dayAfter(day) });
  }

  function update(state: State): void {
    button.textContent = state.playing ? "❚❚ Pause" : "▶ Play";
    button.setAttribute("aria-label", state.playing ? "Pause" : "Play the days one by one");
    slider.value = String(state.day ? daysBetween(from, state.day) : 0);
    slider.setAttribute("aria-valuetext", state.day ? dayText(state.day) : "all days");
    shown.textContent = state.day ? dayText(state.day) : "";
    slider.hidden = shown.hidden = all.hidden = state.day === null;
    days.hidden = state.day !== null;
    if (state.playing && timer === undefined) timer = setInterval(step, PACE);
    else if (!state.playing && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  return { root, update };
}
