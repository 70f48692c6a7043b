/** The form for the question: its length, its errors, Enter and Shift+Enter, and the way to stop. */

import type { Announcer } from "./announcer.ts";
import { button, el, fresh } from "./dom.ts";
import { words } from "./words.ts";

const NEAR = 0.8; // of the limit: from here on the room left is told

export interface Composer {
  node: HTMLFormElement;
  field: HTMLTextAreaElement;
  limit: number;
  text(): string;
  fill(text: string): void;
  error(text: string): void;
  busy(now: boolean): void;
}

export function composer(announcer: Announcer, ask: (text: string) => void, stop: () => void): Composer {
  const id = fresh("question");
  const error = el("p", { class: "error", id: `${id}-error`, role: "alert" });
  const count = el("span", { class: "count", "aria-hidden": "true" });
  const hint = el("span", { class: "hint", id: `${id}-hint` }, `${words.hint} ${words.personal}`);
  const field = el("textarea", {
    id,
    rows: 2,
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-describedby": `${id}-error ${id}-hint`,
  });
  const submit = el("button", { type: "submit", class: "main", part: "ask" }, words.ask);
  const halt = button(words.stop, stop, { class: "main halt", hidden: true });
  const node = el(
    "form",
    { class: "composer", part: "composer", novalidate: true },
    el("label", { for: id }, words.label),
    error,
    el("div", { class: "line ask" }, field, submit, halt),
    el("div", { class: "line under" }, hint, count),
  );
  let busy = false;
  const made: Composer = {
    node,
    field,
    limit: 500,
    text: () => field.value.trim(),
    fill(text) {
      field.value = text;
      measure();
      grow();
    },
    error(text) {
      error.textContent = text;
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    },
    busy(now) {
      const moved = halt.matches(":focus") || submit.matches(":focus");
      busy = now;
      submit.hidden = now;
      halt.hidden = !now;
      if (moved) (now ? halt : field).focus();
    },
  };

  function room(): number {
    return made.limit - [...made.text()].length;
  }

  function measure(): void {
    const left = room();
    const near = left <= made.limit * (1 - NEAR);
    const text = near ? (left < 0 ? words.over(-left) : words.left(left)) : "";
    count.textContent = text;
    count.classList.toggle("over", left < 0);
    if (text) announcer.later(text);
  }

  /** As tall as its text, within reason; where the browser does it by itself, this does nothing. */
  function grow(): void {
    field.rows = Math.min(6, Math.max(2, Math.ceil(field.value.length / 45)));
  }

  function send(): void {
    if (busy) return announcer.say(words.waiting);
    const left = room();
    if (!made.text() || left < 0) {
      made.error(made.text() ? words.tooLong(-left) : words.empty);
      field.focus();
      return;
    }
    ask(made.text());
  }

  field.addEventListener("input", () => {
    if (error.textContent && made.text() && room() >= 0) made.error("");
    measure();
    grow();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return made;
}
