/** The root of an element. Its style sheet is made once and adopted, so hosts need not allow inline styles. */

import { el } from "./dom.ts";
import text from "./style.css";

let made: CSSStyleSheet | null = null;

/** An open shadow root with the sheet and one wrapper, from which all else hangs. */
export function rootOf(host: HTMLElement, kind: string): HTMLElement {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(text);
  }
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [made];
  const root = el("div", { class: `root ${kind}`, lang: "en-GB" });
  root.addEventListener("keydown", (event) => event.stopPropagation()); // shortcuts of the page are not for us
  shadow.replaceChildren(root);
  return root;
}
