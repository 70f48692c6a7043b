/** The sources of an answer: a numbered mark in the text, a card for each, and the way there and back. */

import { bdi, button, el, fresh, heading, unseen } from "./dom.ts";
import { human } from "./dates.ts";
import { link, viewer } from "./links.ts";
import type { Citation, Ground } from "./types.ts";
import { words } from "./words.ts";

const OPEN_UP_TO = 3; // sources that show without being asked for

export class Sources {
  /** Null where nothing is cited. */
  readonly node: HTMLDetailsElement | null;
  #cards = new Map<number, { card: HTMLElement; name: string; first: HTMLElement | null }>();

  constructor(citations: Citation[], asOf: string, server: string, level: number) {
    const list = el("ol", { class: "cards" });
    for (const c of citations ?? []) list.append(this.#card(c, asOf, server, level));
    this.node = citations?.length
      ? el(
          "details",
          { class: "sources", part: "sources", open: citations.length <= OPEN_UP_TO },
          el("summary", {}, words.sources(citations.length)),
          el("p", { class: "caution" }, words.check),
          list,
        )
      : null;
  }

  /** The mark of source n: goes to its card. */
  mark = (n: number): Node | null => {
    const held = this.#cards.get(n);
    if (!held) return null;
    const made = button(String(n), () => this.#show(n), { class: "mark", "aria-label": held.name });
    held.first ??= made;
    return made;
  };

  #show(n: number): void {
    const held = this.#cards.get(n);
    if (!held || !this.node) return;
    this.node.open = true;
    for (const { card } of this.#cards.values()) card.classList.toggle("chosen", card === held.card);
    held.card.focus({ preventScroll: true });
    held.card.scrollIntoView({ block: "nearest" });
  }

  #card(c: Citation, asOf: string, server: string, level: number): HTMLElement {
    const brief = c.kind === "brief";
    const where = place(c);
    const id = fresh("source");
    const text = viewer(server, c.document_id, c.version_id, c.start, c.end);
    const state = standing(c, asOf);
    const back = button(words.back, () => this.#cards.get(c.n)?.first?.focus(), { class: "quiet" });
    const card = el(
      "li",
      { class: "card", tabindex: "-1", "aria-labelledby": id },
      el(
        "div",
        { class: "top" },
        el("span", { class: "number", "aria-hidden": "true" }, String(c.n)),
        el("span", { class: brief ? "kind" : "kind official" }, words.kinds[c.kind] ?? c.kind),
        el("span", { class: `standing ${state.tone}` }, state.text),
      ),
      heading(level, { id }, unseen(`${words.source(c.n, "", "")} `), link(c.title, brief ? text : c.url)),
      el("p", { class: "where" }, bdi([brief ? "" : c.publisher, where].filter(Boolean).join(" · "))),
      brief ? null : el("blockquote", {}, el("p", {}, "“", bdi(c.quote), "”")),
      brief ? el("div", { class: "summary" }, el("p", {}, bdi(c.quote))) : null,
      brief ? grounds(c.rests_on ?? []) : null,
      words.evidence[c.evidence] ? el("p", { class: "where" }, words.evidence[c.evidence]) : null,
      el("p", { class: "where" }, dated(c)),
      el(
        "p",
        { class: "acts" },
        el("span", {}, link(words.inText, text, words.source(c.n, "", "").replace(/:.*/, ""))),
        back,
      ),
    );
    this.#cards.set(c.n, { card, name: words.source(c.n, c.title, where), first: null });
    return card;
  }
}

/** The section and page of a source. */
export function place(c: { section: string | null; page: string | null }): string {
  return [c.section ? words.section(c.section) : "", c.page ? words.page(c.page) : ""].filter(Boolean).join(", ");
}

function grounds(rests: Ground[]): HTMLElement {
  if (!rests.length) return el("p", { class: "where" }, words.oursOnly);
  return el(
    "ul",
    { class: "grounds" },
    ...rests.map((g) => {
      const what = [g.publisher, g.title, place(g)].filter(Boolean).join(", ");
      const [before, after] = words.ours("\u0000").split("\u0000") as [string, string];
      return el("li", {}, before, link(what, g.url), after);
    }),
  );
}

function standing(c: Citation, asOf: string): { text: string; tone: string } {
  const ended = words.ended[c.status];
  if (c.in_force) return { text: words.inForce(human(asOf)), tone: "good" };
  return { text: ended ?? words.notInForce(human(asOf)), tone: ended && c.status !== "draft" ? "past" : "coming" };
}

function dated(c: Citation): string {
  const window = words.between(human(c.valid_from), human(c.valid_to));
  const seen = c.checked_on
    ? words.checked(human(c.checked_on))
    : c.compiled_on
      ? words.compiled(human(c.compiled_on))
      : "";
  return [`Valid: ${window}`, seen].filter(Boolean).join("; ");
}
