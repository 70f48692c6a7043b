/** The conversation: asks, shows what is verified as it comes, keeps the log, and says what goes wrong. */

import { Announcer } from "./announcer.ts";
import { statement } from "./blocks.ts";
import { composer } from "./composer.ts";
import { bdi, button, el, fresh, heading } from "./dom.ts";
import { link } from "./links.ts";
import { Options } from "./options.ts";
import type { Session } from "./session.ts";
import { notice } from "./states.ts";
import { ask, poll } from "./stream.ts";
import { asked, turn } from "./turn.ts";
import { Trouble, ofError } from "./trouble.ts";
import type { Answer } from "./types.ts";
import { words } from "./words.ts";

export interface Host {
  title: string;
  level: number;
  /** Whether answers scroll in a region of their own. */
  pinned(): boolean;
  fallback: string | null;
  /** Tells the page of something, without any words of the person. */
  tell(event: string, detail?: Record<string, unknown>): void;
  ofSite(theme: Record<string, string>): void;
}

export class Chat {
  readonly node: HTMLElement;
  readonly titleId = fresh("title");
  readonly #announcer = new Announcer();
  readonly #log = el("div", { class: "log", role: "log", "aria-label": words.log });
  readonly #pending = el("div", { class: "pending", "aria-hidden": "true" });
  readonly #trouble = el("div", { class: "trouble" });
  readonly #upper = el("div", { class: "upper", role: "group", "aria-label": words.conversation });
  readonly #suggestions = el("div", { class: "suggested" });
  readonly #contact = el("span", { class: "contact" });
  readonly #restart = button(words.startAgain, () => this.clear(true), { class: "quiet", hidden: true });
  readonly #options: Options;
  readonly #composer = composer(this.#announcer, (text) => this.ask(text), () => this.stop());
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)");
  #opened: Promise<void> | null = null;
  #work: AbortController | null = null;

  constructor(
    readonly session: Session,
    readonly host: Host,
  ) {
    const { level } = host;
    this.#options = new Options(
      session,
      this.#announcer,
      (area) => this.#suggest(area ? words.ofArea(area.name) : words.builtIn),
      () => void this.#erase(),
    );
    this.#upper.append(
      el(
        "div",
        { class: "intro" },
        heading(level, { id: this.titleId, class: "title", part: "title" }, host.title),
        el("p", {}, words.about),
      ),
      this.#log,
      this.#pending,
      this.#trouble,
    );
    this.node = el(
      "div",
      { class: "chat" },
      this.#upper,
      el("div", { class: "bottom" }, this.#composer.node, this.#suggestions, el("div", { class: "more" }, this.#options.node, this.#restart)),
      el(
        "div",
        { class: "foot" },
        this.#contact,
        link(words.privacy, `${session.server}/about#privacy`),
        link(words.accessibility, `${session.server}/about#accessibility`),
      ),
      this.#announcer.status,
    );
    this.#suggest(this.#options.area ? words.ofArea(this.#options.area.name) : words.builtIn);
  }

  /** The first use: the site's settings are fetched, and what this tab asked before is shown again. */
  open(): Promise<void> {
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = null;
      const trouble = ofError(error);
      if (trouble.kind === "refused") this.#show(trouble, "");
    });
    return this.#opened;
  }

  /** The room for the panel has changed. */
  fit(): void {
    this.#begun(this.#log.childElementCount > 0);
  }

  focus(): void {
    this.#composer.field.focus();
  }

  /** Asks; does nothing while an answer is being made. */
  async ask(question: string): Promise<void> {
    if (this.#work) return;
    const work = this.#begin(question);
    const memory = this.session.memory;
    this.#composer.fill("");
    try {
      memory.allow();
      await this.open();
      this.#finish(question, await this.#answer(question, work.signal));
    } catch (error) {
      this.#fail(question, error);
    } finally {
      this.#end(work);
    }
  }

  /** The answer; in a new conversation where the old one is no longer this person's to go on with. */
  async #answer(question: string, signal: AbortSignal): Promise<Answer> {
    const { memory } = this.session;
    const conversation_id = memory.held.conversation || undefined;
    const body = { question, conversation_id, area: this.#options.area?.id, as_of: this.#options.asOf || undefined };
    try {
      return await ask(this.session, body, signal, {
        accepted: (conversation, id) => memory.set({ conversation, pending: { question, answer: id } }),
        step: (step) => words.steps[step] && this.#progress(words.steps[step]),
        sentence: (said) => this.#stream(said),
      });
    } catch (error) {
      if (!conversation_id || ofError(error).kind !== "refused") throw error;
      memory.set({ conversation: undefined });
      return this.#answer(question, signal);
    }
  }

  stop(): void {
    this.#work?.abort();
  }

  /** Forgets the conversation, here and in the tab's storage. */
  clear(byHand = false): void {
    this.stop();
    this.#log.replaceChildren();
    this.#trouble.replaceChildren();
    this.session.memory.clear();
    this.#begun(false);
    this.#suggestions.hidden = false;
    this.#composer.error("");
    if (byHand) {
      this.focus();
      this.#announcer.say(words.startedAgain);
    }
  }

  /** Has the service delete the conversation, then forgets it here. */
  async #erase(): Promise<void> {
    const { conversation } = this.session.memory.held;
    this.#options.wrong("");
    try {
      const path = `/v1/conversations/${encodeURIComponent(conversation ?? "")}`;
      if (conversation) await this.session.call(path, { method: "DELETE" });
      this.clear(true);
      this.#announcer.say(words.erased);
    } catch (error) {
      if (ofError(error).status === 404) this.clear(true);
      else this.#options.wrong(words.notErased);
    }
  }

  async #open(): Promise<void> {
    const { session, host } = this;
    await session.open();
    const site = session.site;
    if (site) {
      host.ofSite(site.theme);
      this.#composer.limit = site.max_question || 500;
      if (site.contact?.text) {
        this.#contact.replaceChildren(`${words.contact}: `, link(site.contact.text, site.contact.url));
      }
      if (!session.memory.held.area && site.area) this.#options.area = site.area;
      if (site.suggestions?.length) this.#suggest(site.suggestions);
    }
    await this.#restore();
  }

  /** Shows the earlier turns of this tab, and takes up an answer that was being made. */
  async #restore(): Promise<void> {
    const { conversation, pending } = this.session.memory.held;
    if (!conversation || this.#log.childElementCount || this.#work) return;
    let again = false;
    try {
      const path = `/v1/conversations/${encodeURIComponent(conversation)}?limit=50`;
      const held = await this.session.get<{ answers: { question: string; answer: Answer }[] }>(path);
      for (const { question, answer } of held.answers) {
        if (answer && question) this.#append(question, answer);
        again = true;
      }
    } catch {
      // purged, or of another session: the person begins anew
    }
    if (pending?.answer && !this.#work) {
      const work = this.#begin(pending.question);
      try {
        this.#finish(pending.question, await poll(this.session, pending.answer, work.signal));
      } catch (error) {
        this.#fail(pending.question, error);
      } finally {
        this.#end(work);
      }
    } else if (again) this.#announcer.say(words.restored);
  }

  #begin(question: string): AbortController {
    const work = new AbortController();
    this.#work = work;
    this.#composer.error("");
    this.#trouble.replaceChildren();
    this.#suggestions.hidden = true;
    this.#composer.busy(true);
    this.#pending.replaceChildren(
      asked(question, this.host.level + 1),
      el("div", { class: "reply" }, el("p", { class: "progress" }, words.asking), el("div", { class: "prose" })),
    );
    this.#pending.scrollIntoView({ block: "nearest" });
    this.#announcer.restart();
    this.#announcer.progress(words.asking);
    return work;
  }

  #end(work: AbortController): void {
    if (this.#work === work) this.#work = null;
    this.#pending.replaceChildren();
    this.#composer.busy(false);
    this.session.memory.set({ pending: undefined });
  }

  #progress(text: string): void {
    const line = this.#pending.querySelector(".progress");
    if (line) line.textContent = text;
    this.#announcer.progress(text);
  }

  /** A verified sentence, shown at once to those who see it move; its marks come with the whole answer. */
  #stream(said: Parameters<typeof statement>[0]): void {
    if (this.#options.atOnce || this.#still.matches) return;
    const mark = (n: number): Node => el("span", { class: "mark" }, String(n));
    this.#pending.querySelector(".prose")?.append(statement(said, mark), " ");
  }

  #finish(question: string, answer: Answer): void {
    if (answer.status === "blocked_input") {
      const note = answer.blocks.map((b) => ("text" in b ? b.text : "")).join(" ");
      throw new Trouble("invalid", note.trim());
    }
    if (answer.status === "busy" || answer.status === "failed") throw new Trouble(answer.status);
    this.session.memory.set({ conversation: answer.conversation_id });
    const node = this.#append(question, answer);
    this.#announcer.later(words.ready(answer.citations.length), 100);
    node.scrollIntoView({ block: "start" });
    this.host.tell("answer", { status: answer.status, sources: answer.citations.length });
  }

  #append(question: string, answer: Answer): HTMLElement {
    const made = turn(question, answer, {
      session: this.session,
      announcer: this.#announcer,
      level: this.host.level + 1,
      ask: (text) => this.ask(text),
    });
    const list = this.#log.firstElementChild;
    if (list) list.append(made.node);
    else this.#log.append(el("ol", { class: "turns" }, made.node)); // in one step, so that nothing is said twice
    setTimeout(() => made.complete(), 50);
    this.#begun(true);
    this.#suggestions.hidden = true;
    return made.node;
  }

  /** With answers there, the panel scrolls them apart from the question; what scrolls can be reached by Tab. */
  #begun(now: boolean): void {
    this.#restart.hidden = !now;
    this.#options.begun(now);
    this.node.classList.toggle("begun", now);
    if (now && this.host.pinned()) this.#upper.setAttribute("tabindex", "0");
    else this.#upper.removeAttribute("tabindex");
  }

  #fail(question: string, error: unknown): void {
    const trouble = ofError(error);
    if (!this.#composer.text()) this.#composer.fill(question);
    if (!this.#log.childElementCount) this.#suggestions.hidden = false;
    if (trouble.kind === "stopped") return this.#announcer.say(words.stopped);
    this.#announcer.say("");
    this.host.tell("error", { kind: trouble.kind });
    if (trouble.kind === "invalid") {
      this.#composer.error(words.error(trouble.detail || words.troubles.failed![1]));
    } else this.#show(trouble, question);
  }

  #show(trouble: Trouble, question: string): void {
    const retry = (): void => {
      this.focus();
      if (question) {
        this.#composer.fill("");
        void this.ask(question);
      } else void this.open();
    };
    this.#trouble.replaceChildren(notice(trouble, { retry, fallback: this.host.fallback }));
    this.#trouble.scrollIntoView({ block: "nearest" });
  }

  #suggest(questions: string[]): void {
    this.#suggestions.replaceChildren(
      heading(this.host.level + 1, {}, words.suggestions),
      el(
        "ul",
        { class: "suggestions" },
        ...questions.slice(0, 4).map((q) => {
          const act = (): void => {
            this.focus();
            void this.ask(q);
          };
          return el("li", {}, button(bdi(q), act, { class: "suggestion" }));
        }),
      ),
    );
  }
}
