/** What is said to screen readers outside the log: one polite voice and one for errors, both sparing. */

import { el } from "./dom.ts";

const PAUSE = 5000; // between two words on progress

export class Announcer {
  /** The polite region; stands in the same root as all it speaks of. */
  readonly status = el("div", { class: "unseen", role: "status" });
  #progressAt = -PAUSE;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says a thing at once. */
  say(text: string): void {
    clearTimeout(this.#timer);
    this.status.textContent = text;
  }

  /** Says how work goes on, at most once in five seconds, and never the same twice. */
  progress(text: string): void {
    const now = performance.now();
    if (now - this.#progressAt < PAUSE || this.status.textContent === text) return;
    this.#progressAt = now;
    this.say(text);
  }

  /** Says a thing once the person has paused; a newer one takes its place. */
  later(text: string, delay = 1000): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.say(text), delay);
  }

  /** A new question: its first word on progress need not wait. */
  restart(): void {
    this.#progressAt = -PAUSE;
    this.say("");
  }
}
