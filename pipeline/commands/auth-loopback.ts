// The one request that a browser brings back from a sign-in dialog: a server on loopback that waits for it, answers in words, and stops.
import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LeapError } from "../core/errors.ts";

export interface Callback {
  /** `http://localhost:<port>/callback`, which must be registered with the app. */
  readonly redirect: string;
  /** The code. Rejects with a LeapError when the person refused, or nobody came in time. */
  readonly code: Promise<string>;
  close(): void;
}

/** Listens on loopback; `port` 0 takes any. A callback with another `state` is somebody else's, and is answered but not taken. */
export async function awaitCallback(state: string, port: number, patience_ms: number): Promise<Callback> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  // Whoever closes before a callback came waits for no code.
  code.catch(() => {});
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const answer = (status: number, says: string) =>
      response
        .writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" })
        .end(`${says}\n`);
    if (url.pathname !== "/callback") return answer(404, "Nothing here.");
    if (!same(url.searchParams.get("state") ?? "", state))
      return answer(
        400,
        "This is not the answer to the sign-in that is under way. Open the printed address again.",
      );
    const refused = url.searchParams.get("error");
    const found = url.searchParams.get("code")?.replace(/#_$/, "");
    if (found) {
      answer(200, "Signed in. You may close this page; the terminal goes on.");
      return resolve(found);
    }
    answer(200, "Not signed in. You may close this page.");
    return reject(
      new LeapError(
        `missing permission: the dialog was left without one (${words(refused ?? "no code")}). Run the command again and allow what it asks for.`,
      ),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      failed(
        error.code === "EADDRINUSE"
          ? new LeapError(
              `invalid port: ${port} is taken. Give another with --port, registered with the app.`,
            )
          : error,
      ),
    );
    server.listen(port, "127.0.0.1", listening);
  });
  const timer = setTimeout(
    () => reject(new LeapError("missing answer: nobody came back from the dialog. Run the command again.")),
    patience_ms,
  );
  return {
    redirect: `http://localhost:${(server.address() as AddressInfo).port}/callback`,
    code,
    close() {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const words = (text: string): string => text.replaceAll(/[^\w -]/g, "").slice(0, 80);
