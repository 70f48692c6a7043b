/** Elements made one by one. Text only ever becomes text; nothing here parses markup. */

export type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | null | undefined;

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes; true is an empty attribute, false and null are none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
export function svg(tag: string, attributes: Record<string, Value> = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS(SVG, tag) as SVGElement, attributes, children);
}

/** A button that is no submit button. */
export function button(
  label: Child | Child[],
  act: (event: Event) => void,
  attributes: Record<string, Value> = {},
): HTMLButtonElement {
  const made = el("button", { type: "button", ...attributes }, ...(Array.isArray(label) ? label : [label]));
  made.addEventListener("click", act);
  return made;
}

/** A heading whose level may go down to 6. */
export function heading(level: number, attributes: Record<string, Value>, ...children: Child[]): HTMLHeadingElement {
  const tag = `h${Math.min(6, Math.max(1, level))}` as "h2";
  return el(tag, attributes, ...children);
}

/** Text for screen readers only. */
export function unseen(text: string): HTMLSpanElement {
  return el("span", { class: "unseen" }, text);
}

/** Text of others, kept from turning the direction of what stands around it. */
export function bdi(text: string): HTMLElement {
  return el("bdi", {}, text);
}

let count = 0;

/** An id that is used once within the page. */
export function fresh(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}

function fill<T extends Element>(node: T, attributes: Record<string, Value>, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (/^(on|style$|href$|src)/i.test(name)) throw new Error(`${name} is not set here`);
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) node.append(child);
  return node;
}
