// A small S3 in this process that honours If-Match and If-None-Match on writes, as AWS, R2 and MinIO do and s3rver does not, with faults on demand.
import { createHash, createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Kept {
  readonly body: Buffer;
  readonly etag: string;
  readonly changed: string;
  readonly writer: string | undefined;
}

/** What to do with a request instead of, or after, answering it; null lets it be. */
export type Fault = (request: {
  method: string;
  key: string;
  nth: number;
}) => "error" | "truncate" | "lose-answer" | "corrupt" | null;

export interface ConditionalS3 {
  readonly endpoint: string;
  readonly bucket: string;
  readonly objects: Map<string, Kept>;
  /** `METHOD key` of each request. */
  readonly asked: string[];
  fault: Fault;
  close(): Promise<void>;
}

/** Serves one bucket, `pages` names a page of a listing, until closed. */
export async function conditionalS3({ pages = 1000 } = {}): Promise<ConditionalS3> {
  const objects = new Map<string, Kept>();
  const asked: string[] = [];
  const bucket = "conditional";
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  const world: ConditionalS3 = {
    get endpoint() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    bucket,
    objects,
    asked,
    fault: () => null,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
    const method = request.method ?? "GET";
    asked.push(`${method} ${key}`);
    const fault = world.fault({
      method,
      key,
      nth: asked.filter((line) => line === `${method} ${key}`).length,
    });
    if (!signedRight(request, url, body)) return refuse(response, 403, "SignatureDoesNotMatch");
    if (!url.pathname.startsWith(`/${bucket}`)) return refuse(response, 404, "NoSuchBucket");
    if (fault === "error") return refuse(response, 503, "SlowDown");
    if (key === "") return list(response, url);
    const kept = objects.get(key);
    if (method === "PUT") {
      const [match, none] = [request.headers["if-match"], request.headers["if-none-match"]];
      if ((none === "*" && kept) || (match !== undefined && match !== kept?.etag))
        return refuse(response, 412, "PreconditionFailed");
      const etag = `"${createHash("md5").update(body).update(randomUUID()).digest("hex")}"`;
      const writer = request.headers["x-amz-meta-writer"];
      objects.set(key, {
        body,
        etag,
        changed: new Date().toISOString(),
        writer: typeof writer === "string" ? writer : undefined,
      });
      if (fault === "lose-answer") return void response.destroy();
      return void response.writeHead(200, { etag }).end();
    }
    if (method === "DELETE") {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (!kept) return refuse(response, 404, "NoSuchKey");
    response.writeHead(200, {
      etag: kept.etag,
      "content-length": kept.body.length,
      ...(kept.writer ? { "x-amz-meta-writer": kept.writer } : {}),
    });
    if (method === "HEAD") return void response.end();
    if (fault === "truncate") {
      response.write(kept.body.subarray(0, Math.floor(kept.body.length / 2)));
      setTimeout(() => response.destroy(), 5);
      return;
    }
    response.end(fault === "corrupt" ? Buffer.from(kept.body).fill(0) : kept.body);
  }

  function list(response: ServerResponse, url: URL): void {
    const prefix = url.searchParams.get("prefix") ?? "";
    const after = url.searchParams.get("marker") ?? "";
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after).sort();
    const page = names.slice(0, pages);
    const more = names.length > page.length;
    const contents = page.map(
      (name) =>
        `<Contents><Key>${name}</Key><LastModified>${objects.get(name)?.changed}</LastModified></Contents>`,
    );
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${contents.join("")}</ListBucketResult>`,
    );
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return world;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  // A careless server repeats what it was sent.
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<Error><Code>${code}</Code><StringToSign>canary-secret</StringToSign></Error>`);
}

/** Signature version 4 of a request with the secret `S3RVER`, computed anew as Amazon's reference tells it. */
function signedRight(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const [, day = "", region = "", names = "", signature = ""] =
    /^AWS4-HMAC-SHA256 Credential=S3RVER\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    ) ?? [];
  const hash = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  const said = String(request.headers["x-amz-content-sha256"]);
  if (said !== "UNSIGNED-PAYLOAD" && said !== hash(body)) return false;
  const escaped = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const canonical = [
    request.method,
    url.pathname
      .split("/")
      .map((part) => escaped(decodeURIComponent(part)))
      .join("/"),
    [...url.searchParams]
      .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
      .sort()
      .join("&"),
    ...names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}`),
    "",
    names,
    said,
  ].join("\n");
  const at = String(request.headers["x-amz-date"]);
  const key = hmac(hmac(hmac(hmac("AWS4S3RVER", day), region), "s3"), "aws4_request");
  return (
    hmac(
      key,
      ["AWS4-HMAC-SHA256", at, `${day}/${region}/s3/aws4_request`, hash(canonical)].join("\n"),
    ).toString("hex") === signature
  );
}
