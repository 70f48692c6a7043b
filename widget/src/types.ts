/** The answer and the other shapes of the service, as far as they are shown. Names are those of its OpenAPI document. */

export type Status =
  | "answered"
  | "answered_partly"
  | "clarify"
  | "no_evidence"
  | "out_of_scope"
  | "blocked_input"
  | "blocked_output"
  | "busy"
  | "failed";

export interface Statement {
  text: string;
  citations: number[];
}

export type Block =
  | { type: "paragraph"; statements: Statement[] }
  | { type: "list"; lead: Statement | null; items: Statement[] }
  | { type: "note"; text: string }
  | { type: "next_step"; text: string };

export interface Ground {
  title: string;
  publisher: string;
  url: string | null;
  section: string | null;
  page: string | null;
}

export interface Citation extends Ground {
  n: number;
  kind: string;
  quote: string;
  document_id: string;
  version_id: string;
  start: number;
  end: number;
  status: string;
  in_force: boolean;
  valid_from: string | null;
  valid_to: string | null;
  compiled_on: string | null;
  checked_on: string | null;
  evidence: string;
  rests_on: Ground[];
}

export interface Area {
  id: string;
  name: string;
  erb?: { name: string; url: string | null } | null;
}

export interface Finding {
  engine?: string;
  events?: { id: string }[];
}

export interface Answer {
  status: Status;
  text: string;
  blocks: Block[];
  as_of: string;
  area: Area | null;
  choices: { label: string; question: string }[];
  related: { title: string; url: string | null; section: string | null }[];
  findings: Finding[];
  citations: Citation[];
  conversation_id: string;
  answer_id: string;
  affected?: { since?: string } | null;
}

export interface Site {
  id: string;
  name: string;
  area: { id: string; name: string } | null;
  contact: { text: string; url: string | null } | null;
  theme: Record<string, string>;
  suggestions: string[];
  max_question: number;
}

export interface FoundAreas {
  status: "found" | "ambiguous" | "not_england" | "unknown";
  areas: Area[];
  choices: { label: string; area: string | null }[];
  notes: string[];
}

export interface TimelineEvent {
  id: string;
  title: string;
  start: string;
  end: string;
  state: "past" | "open" | "upcoming" | "unconfirmed";
  when: string;
}

export interface Fact {
  fact: string;
  question: string;
  help: string;
  type: string;
  unit: string;
  values: { value: string; label: string }[];
}

export interface Check {
  id: string;
  title: string;
  question: string;
  about: string;
  facts: Fact[];
}

export interface Reason {
  text: string;
  citation: number;
}

export interface CheckReport {
  title: string;
  outcome: "eligible" | "partly" | "not_eligible" | "not_enough_information" | "no_rule_in_force";
  said: string;
  as_of: string;
  missing: Fact[];
  reasons: Reason[];
  turns_on: Reason[];
  closed: { text?: string; citation: number } | null;
  next: string | null;
  citations: Citation[];
}
