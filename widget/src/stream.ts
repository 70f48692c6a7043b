/** One question to its answer: server-sent events read from a POST; polling where the stream breaks. */

import type { Session } from "./session.ts";
import { Trouble, ofError } from "./trouble.ts";
import type { Answer, Statement } from "./types.ts";

const LONGEST = 4_000_000; // characters of one event
const PATIENCE = 120_000; // of polling, in ms
const A_MOMENT = 6_000; // in which what was stopped before has ended, in ms

export interface Ask {
  question: string;
  as_of?: string;
  area?: string;
  conversation_id?: string;
}

export interface Hearing {
  accepted(conversation: string, answer: string): void;
  step(step: string): void;
  sentence(statement: Statement): void;
}

interface Message {
  event: string;
  data: string;
}

/** The events of a stream as they come. */
export async function* messages(body: ReadableStream<Uint8Array>): AsyncGenerator<Message> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      text += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const parts = text.split(/\r?\n\r?\n/);
      text = parts.pop() ?? "";
      for (const part of parts) {
        const found = parsed(part);
        if (found) yield found;
      }
      if (text.length > LONGEST) throw new Trouble("failed");
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parsed(part: string): Message | null {
  let event = "message";
  const data: string[] = [];
  for (const line of part.split(/\r?\n/)) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return data.length ? { event, data: data.join("\n") } : null;
}

/** Asks, and tells `hear` of what comes before the answer. Raises Trouble. */
export async function ask(session: Session, body: Ask, signal: AbortSignal, hear: Hearing): Promise<Answer> {
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  let answerId = "";
  let begun = false;
  try {
    const accept = "text/event-stream, application/json;q=0.5";
    const response = await patiently(A_MOMENT, signal, () => post(session, body, key, signal, accept));
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream") || !response.body) {
      return (await response.json()) as Answer;
    }
    begun = true;
    for await (const { event, data } of messages(response.body)) {
      const value = JSON.parse(data);
      if (event === "accepted") {
        answerId = String(value.answer_id ?? "");
        hear.accepted(String(value.conversation_id ?? ""), answerId);
      } else if (event === "step") hear.step(String(value.step));
      else if (event === "sentence") hear.sentence(value as Statement);
      else if (event === "done") return value as Answer;
      else if (event === "failed") throw new Trouble(value.status === 503 ? "busy" : "failed");
    }
  } catch (error) {
    const trouble = signal.aborted ? new Trouble("stopped") : ofError(error);
    if (!begun || trouble.kind !== "offline") throw trouble;
  }
  if (signal.aborted) throw new Trouble("stopped");
  if (answerId) return poll(session, answerId, signal);
  // Nobody said which answer it will be: the same request gets it when it is there.
  const response = await patiently(PATIENCE, signal, () => post(session, body, key, signal, "application/json"));
  return response.json() as Promise<Answer>;
}

/** What `call` gives, tried again for so many ms while the service says that it is at it. Raises Trouble. */
async function patiently(most: number, signal: AbortSignal, call: () => Promise<Response>): Promise<Response> {
  const end = Date.now() + most;
  for (let pause = 500; ; pause = Math.min(3000, pause * 1.5)) {
    try {
      return await call();
    } catch (error) {
      const trouble = signal.aborted ? new Trouble("stopped") : ofError(error);
      if (trouble.kind !== "pending" || Date.now() + pause > end) throw trouble;
    }
    await sleep(pause, signal);
  }
}

/** Fetches an answer that is being made, until it is there. Raises Trouble. */
export async function poll(session: Session, answerId: string, signal: AbortSignal): Promise<Answer> {
  const end = Date.now() + PATIENCE;
  let pause = 500;
  for (;;) {
    try {
      const response = await session.call(`/v1/answers/${encodeURIComponent(answerId)}`, { signal });
      if (response.status !== 202) return (await response.json()) as Answer;
    } catch (error) {
      const trouble = signal.aborted ? new Trouble("stopped") : ofError(error);
      if (trouble.kind !== "offline" && trouble.kind !== "busy") throw trouble;
      if (Date.now() > end - PATIENCE * 0.75) throw trouble; // half a minute without a word
    }
    if (Date.now() > end) throw new Trouble("failed");
    await sleep(pause, signal);
    pause = Math.min(3000, pause * 1.5);
  }
}

async function post(session: Session, body: Ask, key: string, signal: AbortSignal, accept: string): Promise<Response> {
  const headers = { "Content-Type": "application/json", Accept: accept, "Idempotency-Key": key };
  return session.call("/v1/questions", { method: "POST", headers, body: JSON.stringify(body), signal });
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, stop) => {
    const timer = setTimeout(done, ms);
    const stopped = (): void => {
      clearTimeout(timer);
      stop(new Trouble("stopped"));
    };
    signal.addEventListener("abort", stopped, { once: true });
  });
}
