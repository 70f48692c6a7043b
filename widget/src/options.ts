/** What questions are about and how answers are shown: area, date, all at once; and the way to have all of it deleted. */

import type { Announcer } from "./announcer.ts";
import { areaChoice } from "./area.ts";
import { dateChoice, human } from "./dates.ts";
import { bdi, button, el, fresh } from "./dom.ts";
import type { Session } from "./session.ts";
import type { Area } from "./types.ts";
import { words } from "./words.ts";

export class Options {
  readonly node: HTMLDetailsElement;
  readonly #session: Session;
  readonly #chosen = el("span", { class: "chosen" });
  readonly #atOnce = el("input", { type: "checkbox", id: fresh("once") });
  readonly #erase: HTMLButtonElement;
  readonly #error = el("p", { class: "error", role: "alert" });
  readonly #date = dateChoice(() => this.#remember());
  readonly #area: ReturnType<typeof areaChoice>;

  constructor(session: Session, announcer: Announcer, areaChanged: (area: Area | null) => void, erase: () => void) {
    const held = { ...session.memory.held };
    this.#session = session;
    this.#erase = button(words.erase, erase, { hidden: true });
    this.#area = areaChoice(
      () => session,
      announcer,
      (area) => {
        this.#remember();
        areaChanged(area);
      },
    );
    this.node = el(
      "details",
      { class: "options" },
      el("summary", {}, words.options, this.#chosen),
      this.#area.node,
      this.#date.node,
      el("div", { class: "choice" }, this.#atOnce, el("label", { for: this.#atOnce.id }, words.atOnce)),
      this.#erase,
      this.#error,
    );
    this.#atOnce.checked = held.atOnce ?? false;
    this.#atOnce.addEventListener("change", () => this.#remember());
    this.#area.start(held.area ?? null);
    if (held.asOf) this.#date.set(held.asOf);
    this.#remember();
  }

  get area(): Area | null {
    return this.#area.value();
  }

  set area(area: Area | null) {
    this.#area.set(area);
  }

  get asOf(): string {
    return this.#date.value();
  }

  get atOnce(): boolean {
    return this.#atOnce.checked;
  }

  /** With answers there, they can be deleted. */
  begun(now: boolean): void {
    this.#erase.hidden = !now;
  }

  wrong(text: string): void {
    this.#error.textContent = text;
  }

  #remember(): void {
    const { area, asOf } = this;
    this.#chosen.replaceChildren(bdi(`${area?.name ?? words.anyArea} · ${asOf ? human(asOf) : words.today}`));
    const kept = area ? { id: area.id, name: area.name } : undefined;
    this.#session.memory.set({ area: kept, asOf: asOf || undefined, atOnce: this.atOnce || undefined });
  }
}
