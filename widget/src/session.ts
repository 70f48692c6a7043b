/** Calls to the service: a token for this site, renewed when it runs out; no cookies, no other host. */

import type { Memory } from "./memory.ts";
import { Trouble, ofError, ofResponse } from "./trouble.ts";
import type { Site } from "./types.ts";

const EARLY = 60_000; // renew this long before the end

export class Session {
  /** What the service says of the site; null until opened, and where no site is named. */
  site: Site | null = null;

  constructor(
    readonly server: string,
    readonly name: string,
    readonly memory: Memory,
  ) {}

  /** Gets or renews the token. Without a site the service is asked as anyone may ask it. */
  async open(): Promise<void> {
    if (!this.name) return;
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (this.memory.held.token) headers.Authorization = `Bearer ${this.memory.held.token}`;
    const body = JSON.stringify({ site: this.name });
    let response = await this.#fetch("/v1/widget/sessions", { method: "POST", headers, body });
    if (response.status === 401 && headers.Authorization) {
      delete headers.Authorization;
      response = await this.#fetch("/v1/widget/sessions", { method: "POST", headers, body });
    }
    if (!response.ok) throw await ofResponse(response);
    const given = (await response.json()) as { token: string; expires_at: string; site: Site };
    this.site = given.site;
    this.memory.set({ token: given.token, expires: given.expires_at });
  }

  /** A call with the token; one that is no longer good is renewed once. Raises Trouble for any status but 2xx. */
  async call(path: string, init: RequestInit = {}): Promise<Response> {
    if (this.name && (!this.site || this.#runsOut())) await this.open();
    let response = await this.#send(path, init);
    if (response.status === 401 && this.name) {
      await this.open();
      response = await this.#send(path, init);
    }
    if (!response.ok) throw await ofResponse(response);
    return response;
  }

  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await this.call(path, { signal, headers: { Accept: "application/json" } })).json() as Promise<T>;
  }

  async send<T>(method: "POST" | "PUT", path: string, body: unknown): Promise<T> {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    return (await this.call(path, { method, headers, body: JSON.stringify(body) })).json() as Promise<T>;
  }

  #runsOut(): boolean {
    const end = Date.parse(this.memory.held.expires ?? "");
    return Number.isFinite(end) && end - Date.now() < EARLY;
  }

  #send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.name && this.memory.held.token) headers.set("Authorization", `Bearer ${this.memory.held.token}`);
    return this.#fetch(path, { ...init, headers });
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.server + path, {
        ...init,
        mode: "cors",
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
    } catch (error) {
      throw ofError(error);
    }
  }
}

/** The origin to talk to: the one named, or the one the script came from. Raises Trouble for anything else. */
export function serverOf(named: string | null, script: string): string {
  try {
    const url = new URL(named || script);
    if (url.protocol === "https:" || url.protocol === "http:") return url.origin;
  } catch {
    // falls through
  }
  throw new Trouble("refused");
}
