/** Dates as people read them, and the choice of a day that is not today. */

import { button, el, fresh } from "./dom.ts";
import { words } from "./words.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FORMAT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** `2025-11-18` as 18 November 2025; anything else is empty. */
export function human(day: string | null | undefined): string {
  if (!day || !DAY.test(day)) return "";
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? "" : FORMAT.format(date);
}

export interface DateChoice {
  node: HTMLElement;
  value(): string;
  set(day: string): void;
}

/** A field for the day asked about; empty means today. */
export function dateChoice(changed: () => void): DateChoice {
  const id = fresh("date");
  const field = el("input", { id, type: "date", "aria-describedby": `${id}-hint`, autocomplete: "off" });
  const clear = button(words.clearDate, () => set(""), { class: "quiet" });
  const node = el(
    "div",
    { class: "field" },
    el("label", { for: id }, words.dateLabel),
    el("span", { class: "hint", id: `${id}-hint` }, words.dateHint),
    el("div", { class: "line" }, field, clear),
  );
  function set(day: string): void {
    const away = node.ownerDocument.activeElement !== null && clear.matches(":focus");
    field.value = human(day) ? day : "";
    clear.hidden = !field.value;
    if (away && clear.hidden) field.focus();
    changed();
  }
  field.addEventListener("change", () => set(field.value));
  clear.hidden = true;
  return { node, value: () => (human(field.value) ? field.value : ""), set };
}
