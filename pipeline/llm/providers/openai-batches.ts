// OpenAI's batches: a file of questions goes up, a file of answers and a file of errors come back within a day, at half the price.
import type OpenAI from "openai";
import { toFile } from "openai";
import { z } from "zod";
import {
  type BatchedRequest,
  type Batches,
  type BatchResult,
  type BatchState,
  ProviderFailure,
} from "../types.ts";
import { attempt, idOf, type Line } from "./attempt.ts";
import { checkBatch, resultsOf } from "./batch-results.ts";
import { failure, judged } from "./failure.ts";
import { responsesBody, responsesReply } from "./openai-wire.ts";
import { ANY_CALL } from "./usage.ts";

const MOST_REQUESTS = 50_000;
const MOST_BYTES = 200_000_000;
/** Files with captions are not left with the provider for longer than a run may want them. */
const KEPT_SECONDS = 7 * 86_400;

export function openaiBatches(client: OpenAI, on: Line): Batches {
  const once = <T>(signal: AbortSignal, call: (stop: AbortSignal) => Promise<T>) =>
    attempt(on, { signal, withinMs: on.batchMs }, call);
  return {
    async submit(requests, signal, mark) {
      checkBatch(requests);
      const file = Buffer.from(requests.map(requestLine).join(""));
      if (requests.length > MOST_REQUESTS || file.byteLength > MOST_BYTES)
        throw failure("openai", "too_long");
      const expires = { anchor: "created_at", seconds: KEPT_SECONDS } as const;
      return orWithoutBatches(async () => {
        const uploaded = await once(signal, async (stop) =>
          client.files.create(
            {
              file: await toFile(file, "questions.jsonl", { type: "application/jsonl" }),
              purpose: "batch",
              expires_after: expires,
            },
            { signal: stop },
          ),
        );
        const input = idIn(uploaded);
        try {
          const batch = await once(signal, (stop) =>
            client.batches.create(
              {
                input_file_id: input,
                endpoint: "/v1/responses",
                completion_window: "24h",
                ...(mark === undefined ? {} : { metadata: { leap: mark } }),
                output_expires_after: expires,
              },
              { signal: stop },
            ),
          );
          return idIn(batch);
        } catch (error) {
          // An answer that was lost on its way may have been a yes: a batch that stands is not paid twice.
          const listed = await once(signal, (stop) => client.batches.list({ limit: 100 }, { signal: stop }))
            .then((page) => Listed.parse(page.data))
            .catch(() => null);
          const mine = listed?.find((batch) => batch.input_file_id === input);
          if (mine !== undefined) return idIn(mine);
          // The questions are not left behind; that they are deleted is a wish, the error is what counts.
          if (listed !== null)
            await once(signal, (stop) => client.files.delete(input, { signal: stop })).catch(() => undefined);
          throw error;
        }
      });
    },
    async find({ mark }, signal) {
      const page = await once(signal, (stop) => client.batches.list({ limit: 100 }, { signal: stop })).catch(
        unknownAsNull,
      );
      const listed = page === null ? null : Marked.safeParse(page.data);
      if (listed?.success === false) throw failure("openai", "server_error");
      const mine = listed?.data.find(({ metadata }) => metadata?.["leap"] === mark);
      return mine === undefined ? null : idIn(mine);
    },
    async poll(id, signal) {
      const answer = await once(signal, (stop) => client.batches.retrieve(id, { signal: stop })).catch(
        unknownAsNull,
      );
      if (answer === null) return { state: "lost", reason: "the provider does not know the batch" };
      const batch = Batch.safeParse(answer);
      if (!batch.success) throw failure("openai", "server_error");
      return standing(batch.data, (file) =>
        once(signal, async (stop) => (await client.files.content(file, { signal: stop })).text()).catch(
          unknownAsNull,
        ),
      );
    },
    async cancel(id, signal) {
      await once(signal, (stop) => client.batches.cancel(id, { signal: stop }));
    },
  };
}

function requestLine({ id, request }: BatchedRequest): string {
  const line = { custom_id: id, method: "POST", url: "/v1/responses", body: responsesBody(request) };
  return `${JSON.stringify(line)}\n`;
}

/** A compatible server that has no batches answers 404: then this batch will never be taken, though single calls may well be. */
async function orWithoutBatches<T>(submit: () => Promise<T>): Promise<T> {
  return submit().catch((error: unknown) => {
    const absent = error instanceof ProviderFailure && (error.status === 404 || error.status === 405);
    throw absent ? failure("openai", "invalid_request", { status: error.status }) : error;
  });
}

function unknownAsNull(error: unknown): null {
  if (error instanceof ProviderFailure && error.status === 404) return null;
  throw error;
}

function idIn(answer: unknown): string {
  const id = idOf((answer as { readonly id?: unknown } | null)?.id);
  if (id === null) throw failure("openai", "server_error");
  return id;
}

const fileId = z
  .string()
  .regex(/^[\w.:-]{1,128}$/)
  .nullish();
const Batch = z.object({ status: z.string(), output_file_id: fileId, error_file_id: fileId });

const Marked = z.array(z.object({ id: z.string(), metadata: z.record(z.string(), z.unknown()).nullish() }));

const Listed = z.array(z.object({ id: z.string(), input_file_id: z.string() }));

async function standing(
  batch: z.infer<typeof Batch>,
  download: (file: string) => Promise<string | null>,
): Promise<BatchState> {
  if (batch.status === "failed") return { state: "lost", reason: "the provider did not take the batch" };
  if (!["completed", "expired", "cancelled"].includes(batch.status)) return { state: "working" };
  const files: string[] = [];
  for (const id of [batch.output_file_id, batch.error_file_id]) {
    const file = id == null ? null : await download(id);
    if (file !== null) files.push(file);
  }
  if (files.length === 0) return { state: "lost", reason: `the batch is ${batch.status}, without results` };
  return { state: "ended", results: resultsOf(files, resultOf) };
}

const ResultLine = z.object({
  response: z
    .object({ status_code: z.int(), request_id: z.unknown().optional(), body: z.unknown().optional() })
    .nullish(),
  error: z.object({ code: z.unknown().optional(), message: z.unknown().optional() }).nullish(),
});

function resultOf(line: Readonly<Record<string, unknown>>, id: string): BatchResult | null {
  const result = ResultLine.safeParse(line);
  if (!result.success) return null;
  const { response, error } = result.data;
  // Rows that ran out of the day or were cancelled with the batch were not answered and may be asked again.
  if (error) return { id, failure: rowFailure(error.code, error.message) };
  if (!response) return null;
  if (response.status_code < 200 || response.status_code >= 300) {
    const said = RowError.safeParse(response.body).data?.error;
    const refusal = {
      status: response.status_code,
      codes: [said?.code, said?.type],
      said: said?.message,
      headers: undefined,
    };
    return { id, failure: judged("openai", refusal, 0) };
  }
  try {
    return { id, reply: responsesReply(response.body, ANY_CALL, response.request_id) };
  } catch (error) {
    if (error instanceof ProviderFailure) return { id, failure: error };
    throw error;
  }
}

const RowError = z.object({
  error: z.object({
    code: z.unknown().optional(),
    type: z.unknown().optional(),
    message: z.unknown().optional(),
  }),
});

function rowFailure(code: unknown, said: unknown): ProviderFailure {
  if (code === "batch_expired" || code === "batch_cancelled") return failure("openai", "timeout");
  return judged("openai", { status: 500, codes: [code], said, headers: undefined }, 0);
}
