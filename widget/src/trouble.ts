/** What can keep an answer from being made, told apart by what a person can do about it. */

export type Kind = "offline" | "busy" | "limited" | "failed" | "refused" | "pending" | "invalid" | "stopped";

export class Trouble extends Error {
  constructor(
    readonly kind: Kind,
    readonly detail = "",
    readonly retryAfter = 0,
    readonly status = 0,
  ) {
    super(kind);
  }
}

const KINDS: Record<number, Kind> = {
  401: "refused",
  403: "refused",
  409: "pending",
  413: "invalid",
  422: "invalid",
  429: "limited",
  503: "busy",
};

/** The trouble that a response is. Only a refused question is told in the service's words: they say what to mend. */
export async function ofResponse(response: Response): Promise<Trouble> {
  let detail = "";
  try {
    const problem = (await response.json()) as { detail?: unknown };
    if (typeof problem.detail === "string") detail = problem.detail.slice(0, 600);
  } catch {
    // no problem document: the status says enough
  }
  const wait = Number(response.headers.get("Retry-After"));
  const seconds = Number.isFinite(wait) && wait > 0 ? Math.min(Math.ceil(wait), 86400) : 0;
  return new Trouble(KINDS[response.status] ?? "failed", detail, seconds, response.status);
}

/** Whatever was thrown, as trouble: a fetch that fails is a missing connection. */
export function ofError(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  if (error instanceof DOMException && error.name === "AbortError") return new Trouble("stopped");
  return new Trouble(error instanceof TypeError ? "offline" : "failed");
}
