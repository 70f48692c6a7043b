/** One finished turn: the question, the answer by its status, its sources, and what can be done with it. */

import type { Announcer } from "./announcer.ts";
import { blocks } from "./blocks.ts";
import { Sources } from "./citations.ts";
import { human } from "./dates.ts";
import { bdi, button, el, heading } from "./dom.ts";
import { feedback } from "./feedback.ts";
import { keeping } from "./keeping.ts";
import { link } from "./links.ts";
import type { Session } from "./session.ts";
import { timelineButton } from "./timeline.ts";
import type { Answer, Site } from "./types.ts";
import { words } from "./words.ts";

const ANSWERED = new Set(["answered", "answered_partly"]);
const HANDED_OVER = new Set(["answered_partly", "no_evidence", "out_of_scope", "blocked_output"]);

export interface Around {
  session: Session;
  announcer: Announcer;
  level: number;
  ask(question: string): void;
}

export interface Turn {
  node: HTMLLIElement;
  /** Adds sources, votes and the rest: a moment after the answer, so that a live region reads out the answer alone. */
  complete(): void;
}

/** The question as it is shown above its answer. */
export function asked(question: string, level: number): HTMLElement {
  return el(
    "div",
    { class: "asked" },
    heading(level, { class: "who" }, words.youAsked),
    el("p", { class: "bubble", part: "question" }, bdi(question)),
  );
}

export function turn(question: string, answer: Answer, around: Around): Turn {
  const { session, announcer, level } = around;
  const answered = ANSWERED.has(answer.status);
  const sources = new Sources(answered ? answer.citations : [], answer.as_of, session.server, level + 1);
  const body = el("div", { class: "prose" });
  const frame = [words.asOf(human(answer.as_of)), answer.area?.name].filter(Boolean).join(" · ");
  body.append(blocks(answer.blocks, sources.mark));
  const rest = el("div", { class: "rest", "aria-live": "off" });
  const reply = el(
    "div",
    { class: `reply ${answered ? "good" : "other"}`, part: "answer" },
    heading(level, { class: "who" }, words.headings[answer.status] ?? words.headings.blocked_output!),
    answered && answer.affected ? el("p", { class: "notice" }, words.affected(human(answer.affected.since))) : null,
    body,
    related(answer, level + 1),
    rest,
  );
  const node = el("li", { class: "turn" }, asked(question, level), reply);
  return {
    node,
    complete(): void {
      if (answer.choices?.length) {
        rest.append(
          el(
            "ul",
            { class: "suggestions" },
            ...answer.choices.map((c) =>
              el("li", {}, button(bdi(c.label), () => around.ask(c.question), { class: "suggestion" })),
            ),
          ),
        );
      }
      if (answered) {
        rest.append(
          ...[
            el("p", { class: "frame" }, bdi(frame)),
            sources.node,
            timelineButton(answer, session),
            keeping(question, answer, session.server, announcer),
            feedback(answer.answer_id, session, announcer),
          ].filter((n) => n !== null),
        );
      }
      if (HANDED_OVER.has(answer.status)) {
        const person = handOver(session.site);
        if (person) rest.append(person);
      }
    },
  };
}

function related(answer: Answer, level: number): HTMLElement | null {
  if (!answer.related?.length) return null;
  return el(
    "div",
    { class: "related" },
    heading(level, {}, words.related),
    el(
      "ul",
      {},
      ...answer.related.map((r) =>
        el("li", {}, link(r.title, r.url), r.section ? el("span", { class: "where" }, bdi(r.section)) : null),
      ),
    ),
  );
}

/** Who can be asked instead; null where the site names nobody. */
function handOver(site: Site | null): HTMLElement | null {
  if (!site?.contact?.text) return null;
  return el(
    "p",
    { class: "next person" },
    el("b", {}, words.person),
    link(site.contact.text, site.contact.url),
  );
}
