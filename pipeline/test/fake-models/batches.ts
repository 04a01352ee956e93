// Batches of both protocols: questions are taken, worked on for as many polls as the plan says, and given back in another order.

import type { IncomingHttpHeaders } from "node:http";
import type { Call, Reaction } from "./server.ts";
import type { Endpoint } from "./wires.ts";
import { errorBody } from "./wires.ts";

/** What becomes of one question of a batch, beside the fault that it meets anyway. */
export type RowFate =
  | "answered"
  | "expired"
  | "cancelled"
  /** No line at all. */
  | "lost"
  /** Half a line. */
  | "broken"
  /** Its line, and another with the same id. */
  | "twice"
  /** A line that bears an id that nobody sent. */
  | "strange";

export interface BatchPlan {
  /** How many polls find the batch at work; none when absent. */
  readonly polls?: number;
  readonly end?: "completed" | "expired" | "failed" | "cancelled";
  readonly row?: (id: string, place: number) => RowFate;
  /** Where Anthropic's results are said to stand; on this server when absent. */
  readonly resultsUrl?: string | null;
  /** The server knows no batches. */
  readonly absent?: boolean;
}

type React = (
  endpoint: Endpoint,
  body: Readonly<Record<string, unknown>>,
  headers: IncomingHttpHeaders,
  batched: boolean,
) => Reaction;

interface Standing {
  readonly id: string;
  /** At OpenAI the file that it came in. */
  readonly input: string | null;
  readonly metadata: unknown;
  readonly createdAt: string;
  readonly rows: readonly { readonly id: string; readonly body: Readonly<Record<string, unknown>> }[];
  polls: number;
  cancelled: boolean;
  results: Results | null;
}

interface Results {
  readonly output: string;
  readonly errors: string;
}

/** Answers calls to the batch endpoints of both providers; null for calls to others. */
export function fakeBatches(react: React, plan: () => BatchPlan) {
  const files = new Map<string, string>();
  const batches = new Map<string, Standing>();
  let count = 0;

  const known = (id: string | undefined): Standing | undefined =>
    id === undefined ? undefined : batches.get(id);

  const endOf = (batch: Standing): string => (batch.cancelled ? "cancelled" : (plan().end ?? "completed"));

  return async (call: Call, body: Buffer, host: string): Promise<Reaction | null> => {
    if (plan().absent) return null;
    const [path = ""] = call.path.split("?");
    return call.path.startsWith("/v1/messages/") ? anthropic(call, path, host) : openai(call, path, body);
  };

  async function openai(call: Call, path: string, body: Buffer): Promise<Reaction | null> {
    if (path === "/v1/files" && call.method === "POST") return upload(call, body);
    const file = /^\/v1\/files\/([^/]+)(\/content)?$/.exec(path);
    if (file?.[1] !== undefined) {
      const text = files.get(file[1]);
      if (text === undefined) return missing("openai");
      if (call.method === "DELETE") {
        files.delete(file[1]);
        return fine({ id: file[1], object: "file", deleted: true });
      }
      return file[2]
        ? { status: 200, headers: {}, raw: { type: "application/octet-stream", body: text } }
        : fine({ id: file[1] });
    }
    if (path === "/v1/batches" && call.method === "POST") {
      const wanted = JSON.parse(call.body) as {
        input_file_id: string;
        endpoint: string;
        metadata?: unknown;
      };
      const text = files.get(wanted.input_file_id);
      if (text === undefined || wanted.endpoint !== "/v1/responses") return missing("openai");
      const rows = text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as { custom_id: string; body: Readonly<Record<string, unknown>> })
        .map((line) => ({ id: line.custom_id, body: line.body }));
      return fine(openaiBatch(begin(`batch_${++count}`, rows, wanted.input_file_id, wanted.metadata)));
    }
    if (path === "/v1/batches")
      return fine({
        object: "list",
        data: [...batches.values()].filter(({ input }) => input !== null).map(openaiBatch),
        has_more: false,
      });
    const batch = known(/^\/v1\/batches\/([^/]+)(?:\/cancel)?$/.exec(path)?.[1]);
    if (batch === undefined) return path.startsWith("/v1/batches") ? missing("openai") : null;
    if (path.endsWith("/cancel")) batch.cancelled = true;
    else poll(batch, "responses", call.headers);
    return fine(openaiBatch(batch));
  }

  async function upload(call: Call, body: Buffer): Promise<Reaction> {
    const type = String(call.headers["content-type"]);
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    const file = form.get("file");
    if (!(file instanceof File) || form.get("purpose") !== "batch")
      return { ...missing("openai"), status: 400 };
    const id = `file-${++count}`;
    files.set(id, await file.text());
    return fine({ id, object: "file", purpose: "batch", status: "processed", bytes: file.size });
  }

  function openaiBatch(batch: Standing): unknown {
    const end = endOf(batch);
    const results = batch.results;
    const name = (kind: "output" | "errors") => {
      const text = results?.[kind] ?? "";
      if (text === "" || end === "failed") return {};
      const id = `file-${batch.id}-${kind}`;
      files.set(id, text);
      return { [kind === "output" ? "output_file_id" : "error_file_id"]: id };
    };
    return {
      id: batch.id,
      object: "batch",
      endpoint: "/v1/responses",
      input_file_id: batch.input,
      metadata: batch.metadata ?? null,
      status: results === null ? (batch.cancelled ? "cancelling" : "in_progress") : end,
      ...name("output"),
      ...name("errors"),
      ...(end === "failed" && results
        ? { errors: { data: [{ code: "invalid_json_line", message: "line 1" }] } }
        : {}),
      request_counts: { total: batch.rows.length, completed: 0, failed: 0 },
    };
  }

  function anthropic(call: Call, path: string, host: string): Reaction | null {
    if (path === "/v1/messages/batches" && call.method === "POST") {
      const wanted = JSON.parse(call.body) as {
        requests: readonly { custom_id: string; params: Readonly<Record<string, unknown>> }[];
      };
      const rows = wanted.requests.map((one) => ({ id: one.custom_id, body: one.params }));
      return fine(anthropicBatch(begin(`msgbatch_${++count}`, rows), host));
    }
    if (path === "/v1/messages/batches") {
      const own = [...batches.values()].filter(({ input }) => input === null).toReversed();
      return fine({ data: own.map((each) => anthropicBatch(each, host)), has_more: false });
    }
    const batch = known(/^\/v1\/messages\/batches\/([^/]+)/.exec(path)?.[1]);
    if (batch === undefined) return path.startsWith("/v1/messages/batches/") ? missing("anthropic") : null;
    if (path.endsWith("/results"))
      return batch.results === null
        ? missing("anthropic")
        : { status: 200, headers: {}, raw: { type: "application/x-jsonl", body: batch.results.output } };
    if (path.endsWith("/cancel")) batch.cancelled = true;
    else poll(batch, "messages", call.headers);
    return fine(anthropicBatch(batch, host));
  }

  function anthropicBatch(batch: Standing, host: string): unknown {
    const stated = plan().resultsUrl;
    const own = `${host}/v1/messages/batches/${batch.id}/results`;
    return {
      id: batch.id,
      type: "message_batch",
      created_at: batch.createdAt,
      processing_status: batch.results === null ? (batch.cancelled ? "canceling" : "in_progress") : "ended",
      results_url: batch.results === null ? null : stated === undefined ? own : stated,
      request_counts: { processing: batch.rows.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    };
  }

  function begin(
    id: string,
    rows: Standing["rows"],
    input: string | null = null,
    metadata?: unknown,
  ): Standing {
    const batch: Standing = {
      id,
      input,
      metadata,
      createdAt: new Date().toISOString(),
      rows,
      polls: 0,
      cancelled: false,
      results: null,
    };
    batches.set(id, batch);
    return batch;
  }

  function poll(batch: Standing, endpoint: Endpoint, headers: IncomingHttpHeaders): void {
    if (batch.results !== null || batch.polls++ < (plan().polls ?? 0)) return;
    const end = endOf(batch);
    const lines = { output: [] as string[], errors: [] as string[] };
    const taken = end === "failed" ? [] : [...batch.rows.entries()].toReversed();
    for (const [place, row] of taken) {
      const fate =
        plan().row?.(row.id, place) ?? (end === "expired" || end === "cancelled" ? end : "answered");
      if (fate === "lost") continue;
      const unasked = fate === "expired" || fate === "cancelled";
      const reaction = unasked ? null : react(endpoint, row.body, headers, true);
      const id = fate === "strange" ? `${row.id}-strange` : row.id;
      const line =
        endpoint === "messages" ? messageLine(id, reaction, fate) : responseLine(id, reaction, fate);
      // Errors have a file of their own at OpenAI alone.
      const file = endpoint === "responses" && reaction?.status !== 200 ? lines.errors : lines.output;
      file.push(fate === "broken" ? line.slice(0, line.length / 2) : line);
      if (fate === "twice") file.push(line.replaceAll(/_\d+"/g, '_again"'));
    }
    const text = (of: readonly string[]) => of.map((line) => `${line}\n`).join("");
    batch.results = { output: text(lines.output), errors: text(lines.errors) };
  }
}

const fine = (body: unknown): Reaction => ({ status: 200, headers: {}, body });

const missing = (provider: "openai" | "anthropic"): Reaction => ({
  status: 404,
  headers: {},
  body: errorBody(provider, "not_found_error", "no such thing"),
});

function responseLine(id: string, reaction: Reaction | null, fate: RowFate): string {
  if (reaction === null)
    return JSON.stringify({
      custom_id: id,
      response: null,
      error: { code: `batch_${fate}`, message: "not run" },
    });
  const response = {
    status_code: reaction.status,
    request_id: `req_batch_${id}`,
    body: reaction.body ?? null,
  };
  return JSON.stringify({ id: `batch_req_${id}`, custom_id: id, response, error: null });
}

function messageLine(id: string, reaction: Reaction | null, fate: RowFate): string {
  if (reaction === null)
    return JSON.stringify({ custom_id: id, result: { type: fate === "expired" ? "expired" : "canceled" } });
  const result =
    reaction.status === 200
      ? { type: "succeeded", message: reaction.body ?? null }
      : { type: "errored", error: reaction.body ?? null };
  return JSON.stringify({ custom_id: id, result });
}
