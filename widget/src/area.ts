/** The area that questions are about: the site's, or one found by a postcode, town or council. */

import type { Announcer } from "./announcer.ts";
import { bdi, button, el, fresh } from "./dom.ts";
import type { Session } from "./session.ts";
import type { Area, FoundAreas } from "./types.ts";
import { ofError } from "./trouble.ts";
import { words } from "./words.ts";

export interface AreaChoice {
  node: HTMLElement;
  value(): Area | null;
  set(area: Area | null): void;
  /** Sets it without telling anyone. */
  start(area: Area | null): void;
}

export function areaChoice(
  session: () => Session,
  announcer: Announcer,
  changed: (area: Area | null) => void,
): AreaChoice {
  let area: Area | null = null;
  const id = fresh("area");
  const field = el("input", {
    id,
    type: "text",
    maxlength: 100,
    autocomplete: "off",
    "aria-describedby": `${id}-hint ${id}-error`,
  });
  const error = el("p", { class: "error", id: `${id}-error`, role: "alert" });
  const found = el("div", { class: "found" });
  const now = el("span", {});
  const clear = button(words.clearArea, () => choose(null, words.areaCleared), { class: "quiet" });
  const current = el("div", { class: "line", hidden: true }, now, clear);
  const node = el(
    "form",
    { class: "field", novalidate: true },
    el("label", { for: id }, words.areaLabel),
    el("span", { class: "hint", id: `${id}-hint` }, words.areaHint),
    el("div", { class: "line" }, field, el("button", { type: "submit" }, words.find)),
    error,
    found,
    current,
  );

  function start(chosen: Area | null): void {
    area = chosen;
    current.hidden = !area;
    now.replaceChildren(area ? bdi(words.areaNow(area.name)) : "");
  }

  function set(chosen: Area | null): void {
    start(chosen);
    changed(area);
  }

  function choose(chosen: Area | null, said: string): void {
    set(chosen);
    found.replaceChildren();
    field.value = "";
    field.focus();
    announcer.say(said);
  }

  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = field.value.trim();
    error.textContent = "";
    found.replaceChildren();
    field.removeAttribute("aria-invalid");
    if (!place) return wrong(words.areaEmpty);
    announcer.say(words.finding);
    try {
      show(await session().get<FoundAreas>(`/v1/areas?q=${encodeURIComponent(place)}`));
    } catch (caught) {
      const trouble = ofError(caught);
      wrong(words.error((words.troubles[trouble.kind] ?? words.troubles.failed)![1].replace(/; your.*|Your.*/, ".")));
    }
  });

  function wrong(text: string): void {
    announcer.say("");
    field.setAttribute("aria-invalid", "true");
    error.textContent = text;
  }

  function show(report: FoundAreas): void {
    const only = report.status === "found" && report.areas.length === 1 ? report.areas[0] : undefined;
    if (only) return choose(only, words.areaSet(only.name));
    const options = report.areas.length
      ? report.areas.map((a) => ({ label: a.name, area: a }))
      : report.choices.map((c) => ({ label: c.label, area: c.area ? { id: c.area, name: c.label } : null }));
    const usable = options.filter((o) => o.area);
    if (!usable.length) return wrong(report.notes[0] ? words.error(report.notes[0]) : words.areaUnknown);
    found.append(
      el("p", {}, words.areaWhich),
      ...usable.map((o) => button(bdi(o.label), () => choose(o.area, words.areaSet(o.label)), { class: "suggestion" })),
    );
    announcer.say(words.areaWhich);
  }

  return { node, value: () => area, set, start };
}
