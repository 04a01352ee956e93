// The store on top of S3: blobs by hash, pointers by conditional writes, or under a lock where the server has none.
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { LeapError } from "../core/errors.ts";
import type { S3Answer, S3Ask, S3Client } from "./s3.ts";
import {
  checkBody,
  checkedBlob,
  checkMove,
  checkName,
  hashOf,
  isSha256,
  pointerBytes,
  readPointer,
  type Store,
  sha256,
} from "./store.ts";

/** A claim on the lock is void after so long, by the server's clock, whatever became of its owner. */
const CLAIM_MS = 60_000;
/** An owner that has held its claim for so long, by its own clock, does not write any more. */
const TRUST_MS = 20_000;
const WRITER = "x-amz-meta-writer";

/**
 * A store in a bucket. Where the server honours If-Match and If-None-Match on writes (asked once, before the first move of a pointer), a
 * pointer moves by one conditional write. Elsewhere it moves under a lock: each writer puts a claim, lists the claims, and goes on only when
 * its own is the only one. As listings show every finished write, two writers cannot both be alone; what remains is a writer that sleeps
 * between its last look at the clock and its write for longer than a claim lives, which conditional writes alone exclude.
 */
export function s3Store(client: S3Client): Store & { conditional(): Promise<boolean> } {
  const { title } = client;
  let honoured: Promise<boolean> | null = null;

  async function ask(
    request: S3Ask,
    fine: readonly number[],
    isWhole?: (body: Uint8Array) => boolean,
  ): Promise<S3Answer> {
    const answer = await client.ask(request, isWhole);
    if (!fine.includes(answer.status) || client.lacksBucket(answer)) throw client.refusal(request, answer);
    return answer;
  }

  /** Writes twice where only the first may succeed, then over a version that is not there: a server that allows either does not hold conditions. */
  async function probe(): Promise<boolean> {
    const name = `probes/${randomUUID()}`;
    const put = async (condition: Record<string, string>, words: string) =>
      client.ask({ method: "PUT", name, headers: condition, body: new TextEncoder().encode(words) });
    try {
      const first = await put({ "if-none-match": "*" }, "one");
      if (first.status !== 200) return false;
      const second = await put({ "if-none-match": "*" }, "two");
      if (second.status !== 412 && !(second.status === 409)) return false;
      if ((await put({ "if-match": '"00000000000000000000000000000000"' }, "three")).status !== 412)
        return false;
      const { headers } = await ask({ method: "GET", name }, [200]);
      const etag = headers.get("etag");
      return etag !== null && (await put({ "if-match": etag }, "four")).status === 200;
    } finally {
      await client.ask({ method: "DELETE", name });
    }
  }

  async function pointer(
    name: string,
  ): Promise<{ hash: string; etag: string; writer: string | null } | null> {
    const answer = await ask(
      { method: "GET", name },
      [200, 404],
      (body) => isSha256(new TextDecoder().decode(body).trimEnd()) && body.length === 65,
    );
    if (answer.status === 404) return null;
    return {
      hash: readPointer(title, name, answer.body),
      etag: answer.headers.get("etag") ?? "",
      writer: answer.headers.get(WRITER),
    };
  }

  async function moveConditionally(name: string, expected: string | null, next: string): Promise<boolean> {
    const now = await pointer(name);
    if ((now?.hash ?? null) !== expected) return false;
    const writer = randomUUID();
    const condition: Record<string, string> =
      now === null ? { "if-none-match": "*" } : { "if-match": now.etag };
    const request: S3Ask = {
      method: "PUT",
      name,
      headers: { ...condition, [WRITER]: writer },
      body: pointerBytes(next),
    };
    const answer = await client.ask(request);
    if (answer.status === 200) return true;
    if (answer.status !== 412 && answer.status !== 404) throw client.refusal(request, answer);
    // An earlier try of ours may have been done and its answer lost: then the pointer bears our mark.
    return answer.retried > 0 && (await pointer(name))?.writer === writer;
  }

  async function moveUnderLock(name: string, expected: string | null, next: string): Promise<boolean> {
    for (let tried = 0; tried < 60; tried++) {
      if (((await pointer(name))?.hash ?? null) !== expected) return false;
      const since = performance.now();
      const claim = `locks/${sha256(name).slice(0, 16)}/${randomUUID()}`;
      await ask({ method: "PUT", name: claim, body: new TextEncoder().encode(title) }, [200]);
      try {
        if (await isAlone(claim)) {
          if (((await pointer(name))?.hash ?? null) !== expected) return false;
          if (performance.now() - since < TRUST_MS) {
            await ask({ method: "PUT", name, body: pointerBytes(next) }, [200]);
            return true;
          }
        }
      } finally {
        await ask({ method: "DELETE", name: claim }, [200, 204, 404]);
      }
      await wait(Math.random() * Math.min(4_000, 30 * 2 ** Math.min(tried, 7)));
    }
    throw new LeapError(
      `busy store: others held the lock on ${name} of ${title} all the time. Try again in a minute.`,
    );
  }

  async function isAlone(claim: string): Promise<boolean> {
    const folder = claim.slice(0, claim.lastIndexOf("/") + 1);
    const { entries, now } = await listed(folder);
    const others = entries.filter(({ name }) => name !== claim);
    for (const { name, changed } of others)
      if (now - changed > CLAIM_MS) await ask({ method: "DELETE", name }, [200, 204, 404]);
    return entries.length > others.length && others.every(({ changed }) => now - changed > CLAIM_MS);
  }

  /**
   * Every object under a prefix, page after page, and what the server's clock says. The first form of listing, because it goes on from a name:
   * it needs no token that a server would have to make and understand again.
   */
  async function listed(
    prefix: string,
  ): Promise<{ entries: { name: string; changed: number }[]; now: number }> {
    const entries: { name: string; changed: number }[] = [];
    const whole = client.key(prefix);
    let last = "";
    for (;;) {
      const answer = await ask(
        {
          method: "GET",
          name: "",
          query: { prefix: whole, "max-keys": "1000", ...(last === "" ? {} : { marker: last }) },
        },
        [200],
        (body) => new TextDecoder().decode(body).includes("</ListBucketResult>"),
      );
      const text = new TextDecoder().decode(answer.body);
      const now = Date.parse(answer.headers.get("date") ?? "") || Date.now();
      const before = last;
      for (const [, content = ""] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const found = inside(content, "Key") ?? "";
        if (found > last) last = found;
        if (found.startsWith(whole))
          entries.push({
            name: prefix + found.slice(whole.length),
            changed: Date.parse(inside(content, "LastModified") ?? "") || now,
          });
      }
      if (inside(text, "IsTruncated") !== "true") return { entries, now };
      if (last === before)
        throw new LeapError(
          `${title}: a listing says there is more and does not go on. It cannot be trusted; use another server.`,
        );
    }
  }

  const conditional = () => {
    honoured ??= probe();
    return honoured;
  };

  return {
    title,
    conditional,
    async get(name) {
      checkName(name);
      const hash = hashOf(name);
      if (hash === null) {
        const found = await pointer(name);
        return found === null ? null : new TextEncoder().encode(found.hash);
      }
      // A body that was cut off is asked for again; one that stays wrong is damaged.
      let last: Uint8Array = new Uint8Array();
      const answer = await ask({ method: "GET", name }, [200, 404], (body) => {
        last = body;
        return sha256(body) === hash;
      }).catch((error: unknown) => {
        if (last.length > 0) checkedBlob(title, name, last);
        throw error;
      });
      return answer.status === 404 ? null : answer.body;
    },
    async putIfAbsent(name, body) {
      checkBody(name, body);
      const head = await client.ask({ method: "HEAD", name });
      if (head.status === 200 && Number(head.headers.get("content-length") ?? body.length) === body.length)
        return "present";
      if (head.status !== 200 && head.status !== 404) throw client.refusal({ method: "HEAD", name }, head);
      // The same name is always the same bytes, so writing over a half-written one is no harm.
      await ask(
        { method: "PUT", name, body, headers: { "content-type": "application/octet-stream" } },
        [200],
      );
      return "written";
    },
    async casPointer(name, expected, next) {
      checkMove(name, expected, next);
      return (await conditional())
        ? moveConditionally(name, expected, next)
        : moveUnderLock(name, expected, next);
    },
    async list(prefix) {
      return (await listed(prefix)).entries
        .map(({ name }) => name)
        .filter((name) => hashOf(name) !== null || /^(private|public)\/[^/]+\/pointers\/[^/]+$/.test(name))
        .sort();
    },
    async delete(names) {
      for (const name of names) checkName(name, "blob");
      for (const name of names) await ask({ method: "DELETE", name }, [200, 204, 404]);
    },
  };
}

/** Text of the first element called so, with the five entities of XML put back. */
function inside(xml: string, element: string): string | null {
  const [, text] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? [];
  return (
    text
      ?.replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replace(/&#(?:39|x27);|&apos;/g, "'")
      .replaceAll("&amp;", "&") ?? null
  );
}
