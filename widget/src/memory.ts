/** What the tab remembers: nothing before the first question, and then only for as long as the tab is open. */

export interface Remembered {
  token?: string;
  expires?: string;
  conversation?: string;
  pending?: { question: string; answer: string };
  area?: { id: string; name: string };
  asOf?: string;
  atOnce?: boolean;
}

export class Memory {
  #key: string;
  #allowed = false;
  #held: Remembered = {};

  constructor(site: string) {
    this.#key = `lsip:${site}`;
    try {
      const text = sessionStorage.getItem(this.#key);
      const held: unknown = text ? JSON.parse(text) : null;
      if (held && typeof held === "object") {
        this.#held = held as Remembered;
        this.#allowed = true;
      }
    } catch {
      // storage is switched off, or holds what is not ours: the widget works without it
    }
  }

  get held(): Readonly<Remembered> {
    return this.#held;
  }

  /** From the first question on, what is remembered is kept in the tab's storage. */
  allow(): void {
    this.#allowed = true;
    this.#save();
  }

  set(change: Remembered): void {
    Object.assign(this.#held, change);
    this.#save();
  }

  clear(): void {
    const { token, expires } = this.#held;
    this.#held = { token, expires };
    this.#allowed = false;
    try {
      sessionStorage.removeItem(this.#key);
    } catch {
      // nothing was kept
    }
  }

  #save(): void {
    if (!this.#allowed) return;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#held));
    } catch {
      // full or switched off: what is held lives as long as the page
    }
  }
}
