/** The body of an answer from its blocks: paragraphs, lists, notes and next steps, with the marks of its sources. */

import { el } from "./dom.ts";
import { linked } from "./links.ts";
import type { Block, Statement } from "./types.ts";
import { words } from "./words.ts";

/** Makes the mark of a source; null where there is no such source, so that no mark leads nowhere. */
export type Marker = (n: number) => Node | null;

/** One statement with its marks. */
export function statement(said: Statement, mark: Marker): HTMLElement {
  const made = el("span", { class: "statement" }, el("bdi", {}, said.text));
  for (const n of said.citations ?? []) {
    const node = mark(n);
    if (node) made.append(node);
  }
  return made;
}

/** All blocks; one of a kind that is not known is left out. */
export function blocks(given: Block[], mark: Marker): DocumentFragment {
  const made = document.createDocumentFragment();
  for (const block of given ?? []) {
    if (block.type === "paragraph") {
      const p = el("p");
      for (const said of block.statements) p.append(statement(said, mark), " ");
      made.append(p);
    } else if (block.type === "list") {
      if (block.lead) made.append(el("p", { class: "lead" }, statement(block.lead, mark)));
      made.append(el("ul", {}, ...block.items.map((item) => el("li", {}, statement(item, mark)))));
    } else if (block.type === "note") {
      made.append(el("p", { class: "note" }, linked(block.text)));
    } else if (block.type === "next_step") {
      made.append(el("p", { class: "next" }, el("b", {}, words.nextStep), linked(block.text)));
    }
  }
  return made;
}
