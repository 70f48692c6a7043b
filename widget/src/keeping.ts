/** Taking an answer away: as plain text with its sources, and on paper. */

import type { Announcer } from "./announcer.ts";
import { place } from "./citations.ts";
import { button, el } from "./dom.ts";
import { human } from "./dates.ts";
import { viewer, webAddress } from "./links.ts";
import type { Answer } from "./types.ts";
import { words } from "./words.ts";

/** The answer with its numbered sources and their addresses. */
export function asText(question: string, answer: Answer, server: string): string {
  const sources = answer.citations.map((c) => {
    const brief = c.kind === "brief";
    const what = [brief ? words.kinds.brief : c.publisher, c.title, place(c)].filter(Boolean).join(", ");
    const address = webAddress(brief ? null : c.url) ?? viewer(server, c.document_id, c.version_id, c.start, c.end);
    return `[${c.n}] ${what}\n    ${brief ? c.quote : `“${c.quote}”`}\n    ${address}`;
  });
  const parts = [question, answer.text, words.asOf(human(answer.as_of)), ...sources, words.check];
  return parts.filter(Boolean).join("\n\n");
}

/** The two buttons; what cannot be copied is shown to be copied by hand. */
export function keeping(question: string, answer: Answer, server: string, announcer: Announcer): HTMLElement {
  const text = (): string => asText(question, answer, server);
  const node = el("div", { class: "keeping line" });
  const copy = button(words.copy, async () => {
    try {
      await navigator.clipboard.writeText(text());
      announcer.say("");
      announcer.say(words.copied);
    } catch {
      const field = el("textarea", { "aria-label": words.copyByHand, readonly: true, rows: 6 });
      field.value = text();
      node.append(field);
      field.focus();
      field.select();
    }
  });
  node.append(
    copy,
    button(words.print, () => print(question, text())),
  );
  return node;
}

/** Prints the one answer, not the page it stands in; where no window may be opened, the page. */
function print(title: string, text: string): void {
  const paper = window.open("", "_blank", "width=800,height=900");
  if (!paper) {
    window.print();
    return;
  }
  const { document: page } = paper;
  page.title = title;
  for (const part of text.split("\n\n")) {
    const p = page.createElement(page.body.childElementCount ? "p" : "h1");
    p.textContent = part;
    p.style.cssText = "font-family: Georgia, serif; white-space: pre-line; overflow-wrap: anywhere; max-width: 40em";
    page.body.append(p);
  }
  paper.opener = null;
  paper.print();
}
