/** Elements made from data: text stays text, so nothing that an article says can become markup. */

type Child = Node | string | null;
type Attribute = string | number | boolean | null | EventListener;
type Attributes = Record<string, Attribute>;

const SVG = "http://www.w3.org/2000/svg";

function furnish(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null) element.append(child);
}

/** Make an HTML element. A function `onclick` becomes a listener; null and false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  furnish(element, attributes, children);
  return element;
}

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag) as SVGElementTagNameMap[K];
  furnish(element, attributes, children);
  return element;
}

/** Whether the window is as narrow as a phone's, where one view is shown at a time. */
export function phone(): MediaQueryList {
  return matchMedia("screen and (max-width: 760px)");
}

const NUMBERS = new Intl.NumberFormat("en-GB");

/** "1 event", "3 events". */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${NUMBERS.format(number)} ${number === 1 ? noun : plural}`;
}

/** A link out of the page; only http and https become one, whatever the graph says. */
export function outward(href: string, text: string): HTMLElement {
  if (!/^https?:\/\//i.test(href)) return h("span", {}, text);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}
