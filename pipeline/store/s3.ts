// A store in S3-compatible storage: the system of record for what is private, because objects there can be erased. Requests are signed by aws4fetch
// and sent by fetch; nothing of the secret stands in a message.
import { setTimeout as wait } from "node:timers/promises";
import { AwsClient } from "aws4fetch";
import { LeapError } from "../core/errors.ts";

export interface S3About {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Before every name, without slashes at its ends; empty for none. */
  readonly prefix: string;
}

const VARIABLES = {
  endpoint: "LEAP_S3_ENDPOINT",
  bucket: "LEAP_S3_BUCKET",
  region: "LEAP_S3_REGION",
  accessKeyId: "LEAP_S3_ACCESS_KEY_ID",
  secretAccessKey: "LEAP_S3_SECRET_ACCESS_KEY",
} as const;

/** Reads the five variables. Throws LeapError on a missing one, and on plain http anywhere but on loopback. */
export function s3FromEnvironment(
  prefix: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): S3About {
  const read = (key: keyof typeof VARIABLES): string => {
    const value = env[VARIABLES[key]]?.trim();
    if (!value)
      throw new LeapError(
        `missing ${VARIABLES[key]}: an S3 store needs ${Object.values(VARIABLES).join(", ")}. Set them in the environment.`,
      );
    return value;
  };
  const bucket = read("bucket");
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new LeapError(
      `invalid ${VARIABLES.bucket}: ${JSON.stringify(bucket)}. A bucket has 3 to 63 small letters, digits and hyphens.`,
    );
  if (!/^([a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*)?$/.test(prefix))
    throw new LeapError(`invalid prefix: ${JSON.stringify(prefix)}. Write s3: or s3:some/prefix.`);
  return {
    endpoint: checkedEndpoint(read("endpoint")),
    bucket,
    region: env[VARIABLES.region]?.trim() || "auto",
    accessKeyId: read("accessKeyId"),
    secretAccessKey: read("secretAccessKey"),
    prefix,
  };
}

function checkedEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (
    url === null ||
    !(url.protocol === "https:" || (url.protocol === "http:" && loopback)) ||
    url.username !== "" ||
    url.search !== ""
  )
    throw new LeapError(
      `invalid ${VARIABLES.endpoint}: ${url === null ? "no address" : `${url.protocol}//${url.host}`}. Give an https address without user or query; plain http only on loopback.`,
    );
  return url.href.replace(/\/$/, "");
}

export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** How often it was asked before this answer came: a write that was refused may have been done by an earlier try. */
  readonly retried: number;
}

export interface S3Ask {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  /** Name in the store; empty for the bucket. */
  readonly name: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const TRIES = 6;
const PATIENCE_MS = 120_000;

/** Asks the bucket, and asks again where that helps. Other answers than 5xx, 429 and 409 are the caller's to read. */
export function s3Client(about: S3About, waitMs: (tried: number) => number = backoff) {
  const client = new AwsClient({
    accessKeyId: about.accessKeyId,
    secretAccessKey: about.secretAccessKey,
    service: "s3",
    region: about.region,
    retries: 0,
  });
  const title = `s3:${about.bucket}${about.prefix === "" ? "" : `/${about.prefix}`}`;
  const key = (name: string) => [about.prefix, name].filter(Boolean).join("/");

  async function once(ask: S3Ask): Promise<Omit<S3Answer, "retried">> {
    const url = new URL(`${about.endpoint}/${about.bucket}${ask.name === "" ? "" : `/${key(ask.name)}`}`);
    for (const [word, value] of Object.entries(ask.query ?? {})) url.searchParams.set(word, value);
    const signed = await client.sign(url.href, {
      method: ask.method,
      ...(ask.headers ? { headers: { ...ask.headers } } : {}),
      ...(ask.body ? { body: new Uint8Array(ask.body) } : {}),
    });
    // A redirect would take the signature elsewhere.
    const answer = await fetch(signed, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    const body = new Uint8Array(await answer.arrayBuffer());
    const promised = answer.headers.get("content-length");
    if (
      ask.method !== "HEAD" &&
      promised !== null &&
      answer.status === 200 &&
      !answer.headers.has("content-encoding") &&
      Number(promised) !== body.length
    )
      throw new Error(`${body.length} of ${promised} bytes came`);
    return { status: answer.status, headers: answer.headers, body };
  }

  return {
    title,
    key,
    async ask(ask: S3Ask, isWhole: (body: Uint8Array) => boolean = () => true): Promise<S3Answer> {
      let last = "";
      for (let tried = 0; tried < TRIES; tried++) {
        if (tried > 0) await wait(waitMs(tried));
        try {
          const answer = await once(ask);
          const again = answer.status >= 500 || [408, 409, 429].includes(answer.status);
          const cut = answer.status === 200 && !isWhole(answer.body);
          if (answer.status === 501 || !(again || cut)) return { ...answer, retried: tried };
          last = cut
            ? `${answer.body.length} bytes came that are not what the name promises`
            : `${answer.status} ${codeOf(answer.body)}`;
        } catch (error) {
          last = reasonOf(error);
        }
      }
      throw new LeapError(
        `${title}: ${ask.method} ${ask.name || "of the bucket"} failed ${TRIES} times, last with: ${last}. Try again later; what was there before still stands.`,
      );
    },
    /** A missing bucket looks like a missing object but for its code; taken for one, it would make an empty record of a misspelt name. */
    lacksBucket: ({ status, body }: Pick<S3Answer, "status" | "body">): boolean =>
      status === 404 && codeOf(body) === "NoSuchBucket",
    /** For an answer that nothing here expected. The server's own words are left out but for its code: some repeat the signed request. */
    refusal(ask: S3Ask, { status, body }: Pick<S3Answer, "status" | "body">): LeapError {
      const rights = status === 403 ? " Check LEAP_S3_ACCESS_KEY_ID, its secret and what they may do." : "";
      const bucket = status === 404 ? ` Is ${about.bucket} the bucket?` : "";
      return new LeapError(
        `${title}: ${ask.method} ${ask.name || "of the bucket"} was answered ${status} ${codeOf(body)}.${rights}${bucket}`,
      );
    },
  };
}

export type S3Client = ReturnType<typeof s3Client>;

const backoff = (tried: number): number => Math.random() * Math.min(8_000, 200 * 2 ** tried);

/** `<Code>` of an S3 error, where it is a plain word. */
const codeOf = (body: Uint8Array): string =>
  /<Code>([A-Za-z]{1,60})<\/Code>/.exec(new TextDecoder().decode(body.subarray(0, 4_000)))?.[1] ??
  "without a code";

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return [error.name === "TimeoutError" ? `no answer in ${PATIENCE_MS / 1000} s` : error.message, cause?.code]
    .filter(Boolean)
    .join(", ");
}
