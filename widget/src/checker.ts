/** `<lsip-checker>`: one check of a duty or a fund as a form. Facts are sent, answered and kept by nobody. */

import { Announcer } from "./announcer.ts";
import { Sources } from "./citations.ts";
import { human } from "./dates.ts";
import { bdi, button, el, fresh, heading } from "./dom.ts";
import { link, linked, webAddress } from "./links.ts";
import { Memory } from "./memory.ts";
import { Session, serverOf } from "./session.ts";
import { rootOf } from "./sheet.ts";
import { notice } from "./states.ts";
import { Theme } from "./theme.ts";
import { Trouble, ofError } from "./trouble.ts";
import type { Check, CheckReport, Fact, Reason } from "./types.ts";
import { words } from "./words.ts";

const TONES: Record<string, string> = { eligible: "good", not_eligible: "past", no_rule_in_force: "past" };

export class LsipChecker extends HTMLElement {
  #announcer = new Announcer();
  #place = el("div", {});
  #trouble = el("div", { class: "trouble" });
  #result = el("div", {});
  #session: Session | null = null;
  #theme: Theme | null = null;
  #level = 2;

  connectedCallback(): void {
    if (!this.#session) this.#build();
    this.#theme?.start();
  }

  disconnectedCallback(): void {
    this.#theme?.stop();
  }

  #build(): void {
    const root = rootOf(this, "inline");
    const site = this.getAttribute("site") ?? "";
    this.#session = new Session(serverOf(this.getAttribute("server"), import.meta.url), site, new Memory(site));
    this.#theme = new Theme(this, root);
    this.#level = Math.min(4, Math.max(1, Math.round(Number(this.getAttribute("level")) || 2)));
    const id = fresh("check");
    const title = this.getAttribute("heading") || words.checker.title;
    const start = button(words.checker.start, () => this.#load(), { class: "main" });
    this.#place.append(start);
    root.append(
      el(
        "section",
        { class: "panel checker", part: "panel", "aria-labelledby": id },
        el(
          "div",
          { class: "intro" },
          heading(this.#level, { id, class: "title", part: "title" }, title),
          el("p", {}, `${words.about} ${words.checker.kept}`),
        ),
        this.#place,
        this.#trouble,
        this.#result,
        el(
          "div",
          { class: "foot" },
          link(words.privacy, `${this.#session.server}/about#privacy`),
          link(words.accessibility, `${this.#session.server}/about#accessibility`),
        ),
        this.#announcer.status,
      ),
    );
  }

  async #load(): Promise<void> {
    this.#trouble.replaceChildren();
    this.#announcer.say(words.checker.loading);
    try {
      const session = this.#session!;
      await session.open();
      if (session.site) this.#theme?.ofSite(session.site.theme);
      const { checks } = await session.get<{ checks: Check[] }>("/v1/checks");
      const check = checks.find((c) => c.id === this.getAttribute("check"));
      if (!check) throw new Trouble("refused");
      this.#announcer.say("");
      this.#form(check);
    } catch (error) {
      this.#fail(error, () => this.#load());
    }
  }

  #fail(error: unknown, retry: () => void): void {
    this.#announcer.say("");
    const fallback = webAddress(this.querySelector("a")?.href);
    this.#trouble.replaceChildren(notice(ofError(error), { retry, fallback }));
  }

  #form(check: Check): void {
    const fields = check.facts.map(field);
    const error = el("p", { class: "error", role: "alert" });
    const lead = heading(this.#level + 1, { tabindex: "-1" }, bdi(check.question));
    const form = el(
      "form",
      { class: "facts", novalidate: true },
      lead,
      el("p", { class: "hint" }, bdi(check.about)),
      ...fields.map((f) => f.node),
      error,
      el("div", { class: "line" }, el("button", { type: "submit", class: "main" }, words.checker.check)),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const facts: Record<string, string> = {};
      for (const { name, value } of fields) if (value()) facts[name] = value();
      error.textContent = Object.keys(facts).length ? "" : words.checker.nothing;
      if (!error.textContent) void this.#run(check.id, facts, error);
    });
    this.#place.replaceChildren(form);
    lead.focus();
  }

  async #run(id: string, facts: Record<string, string>, wrong: HTMLElement): Promise<void> {
    this.#trouble.replaceChildren();
    try {
      const path = `/v1/checks/${encodeURIComponent(id)}`;
      const report = await this.#session!.send<CheckReport>("POST", path, { facts });
      this.#show(report);
    } catch (caught) {
      const trouble = ofError(caught);
      if (trouble.kind === "invalid") wrong.textContent = words.error(trouble.detail);
      else this.#fail(trouble, () => void this.#run(id, facts, wrong));
    }
  }

  #show(report: CheckReport): void {
    const { checker: own } = words;
    const level = this.#level + 1;
    const sources = new Sources(report.citations, report.as_of, this.#session!.server, level + 1);
    const reasons = (title: string, rows: Reason[]): (Node | null)[] =>
      rows.length
        ? [
            heading(level + 1, {}, title),
            el("ul", {}, ...rows.map((r) => el("li", {}, bdi(r.text), sources.mark(r.citation)))),
          ]
        : [];
    const lead = heading(
      level,
      { tabindex: "-1" },
      `${own.result}: `,
      el("span", { class: `standing ${TONES[report.outcome] ?? "coming"}` }, own.outcomes[report.outcome] ?? ""),
    );
    const closing = report.closed ? sources.mark(report.closed.citation) : null;
    const missing = report.missing.length
      ? [
          heading(level + 1, {}, own.missing),
          el("ul", {}, ...report.missing.map((m) => el("li", {}, bdi(m.question)))),
        ]
      : [];
    this.#result.replaceChildren(
      el(
        "div",
        { class: "reply good prose" },
        lead,
        el("p", {}, bdi(report.said), closing),
        ...reasons(own.because, report.reasons),
        ...reasons(own.turnsOn, report.turns_on),
        ...missing,
        report.next ? el("p", { class: "next" }, el("b", {}, words.nextStep), linked(report.next)) : null,
        el("p", { class: "frame" }, words.asOf(human(report.as_of))),
        sources.node,
      ),
    );
    lead.focus();
    lead.scrollIntoView({ block: "nearest" });
  }
}

/** A fact to give: choices as radio buttons while they are few, else a list; numbers and days as fields. */
function field(fact: Fact): { name: string; node: HTMLElement; value: () => string } {
  const id = fresh("fact");
  const label = fact.unit ? `${fact.question} (${fact.unit})` : fact.question;
  const hint = fact.help ? el("span", { class: "hint", id: `${id}-hint` }, bdi(fact.help)) : null;
  const described = hint ? `${id}-hint` : null;
  const values = [...fact.values, { value: "unknown", label: words.checker.unknown }];
  if (fact.values.length && fact.values.length <= 4) {
    const boxes = values.map((v) => {
      const box = el("input", { type: "radio", name: id, value: v.value, id: fresh("value") });
      return { box, row: el("div", { class: "choice" }, box, el("label", { for: box.id }, bdi(v.label))) };
    });
    const node = el(
      "fieldset",
      { "aria-describedby": described },
      el("legend", {}, bdi(label)),
      hint,
      ...boxes.map((b) => b.row),
    );
    return { name: fact.fact, node, value: () => boxes.find((b) => b.box.checked)?.box.value ?? "" };
  }
  const input = fact.values.length
    ? el(
        "select",
        { id, "aria-describedby": described },
        el("option", { value: "" }, words.checker.choose),
        ...values.map((v) => el("option", { value: v.value }, v.label)),
      )
    : el("input", {
        id,
        type: fact.type === "date" ? "date" : "text",
        inputmode: fact.type === "number" ? "decimal" : null,
        maxlength: 100,
        autocomplete: "off",
        "aria-describedby": described,
      });
  const node = el("div", { class: "field" }, el("label", { for: id }, bdi(label)), hint, input);
  return { name: fact.fact, node, value: () => input.value.trim() };
}
