// Jetstream, the public stream of Bluesky, in its first and second version: what was posted, what was deleted, which accounts are gone.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { cidOf, didOf, recordOf, rkeyOf } from "./bluesky.ts";
import { type Account, day, lettersOf, type Post, shareOf } from "./universe.ts";
import { iso, type Stage } from "./wire.ts";

/** Older events cannot be had any more. */
const kept = 2 * day;
const collection = "app.bsky.feed.post";
const year2026 = Date.UTC(2026, 0, 1);

interface Event {
  readonly at: number;
  readonly account: Account;
  readonly post: Post | null;
  readonly does: "create" | "delete" | "account" | "identity";
}

const microseconds = (event: Event): number =>
  event.at * 1_000 +
  Math.floor(1_000 * shareOf(`${event.does} ${event.post?.label ?? event.account.label}`, "us"));
/** Of the second version: counts on, and stays far below what would be read as microseconds. */
const sequence = (event: Event): number => microseconds(event) - year2026 * 1_000;
const revision = (event: Event): string =>
  `3m${lettersOf(`${event.does} ${event.at}`, 11, "abcdefghijklmnop234567")}`;

/** Says to the ledger that a stream was opened. */
export type Opened = (endpoint: string, status: number, frames: number) => void;

export function jetstream(stage: Stage, now: () => number, opened: Opened) {
  const server = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has("xrpc.v1.json") ? "xrpc.v1.json" : false),
  });

  function events(from: number, until: number): Event[] {
    const { universe } = stage;
    const posts = universe.born("bluesky", from - 21 * day, until);
    const accounts = universe.scene.markets.flatMap((market) => [...universe.accounts("bluesky", market)]);
    const all: Event[] = [
      ...posts.map((post) => ({ at: post.bornAt, account: post.author, post, does: "create" as const })),
      ...posts.flatMap((post) => {
        const at = universe.goneAt(post);
        // Who loses the account deletes nothing one by one.
        return at === null || at === universe.accountGoneAt(post.author)
          ? []
          : [{ at, account: post.author, post, does: "delete" as const }];
      }),
      ...accounts.flatMap((account) => {
        const at = universe.accountGoneAt(account);
        return at === null ? [] : [{ at, account, post: null, does: "account" as const }];
      }),
      // A change of a handle every ten minutes or so, of nobody in particular.
      ...posts
        .filter(({ label }) => shareOf(label, "identity") < 0.04)
        .map((post) => ({
          at: post.bornAt + 500,
          account: post.author,
          post: null,
          does: "identity" as const,
        })),
    ];
    return all.filter(({ at }) => at > from && at <= until).sort((a, b) => microseconds(a) - microseconds(b));
  }

  function upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    path: string,
    query: URLSearchParams,
  ): void {
    const second = path.endsWith("/xrpc/network.bsky.jetstream.subscribeEvents");
    const endpoint = second ? "jetstream v2" : "jetstream v1";
    if (!second && !path.endsWith("/subscribe")) {
      socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
      opened(endpoint, 404, 0);
      return;
    }
    const given = query.get("cursor");
    const start = given === null ? now() : instantOf(Number(given), second);
    if (second && start < now() - 30 * day) {
      const body = JSON.stringify({ error: "CursorTooOld", message: "cursor is older than what is kept" });
      socket.end(
        `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      opened(endpoint, 400, 0);
      return;
    }
    server.handleUpgrade(request, socket, head, (client) => {
      const filter = {
        collections: query.getAll(second ? "collections" : "wantedCollections"),
        dids: query.getAll(second ? "dids" : "wantedDids"),
        kinds: query.getAll("kinds"),
      };
      const write = second ? secondFrame : firstFrame;
      let sent = 0;
      const say = (frame: object) => {
        sent += 1;
        client.send(JSON.stringify(frame));
      };
      const info = (name: string, message: string) =>
        say({ $type: "message", payload: { $type: `${lexicon}#info`, name, message } });
      if (second && start < now() - kept)
        info("OutdatedCursor", "The cursor is older than what is kept; the stream begins with the oldest.");
      if (second && start > now()) info("FutureCursor", "The cursor is ahead of the stream; it begins now.");
      // The cursor is inclusive; the first event again does no harm to who counts ids.
      let upTo = Math.min(now(), Math.max(start, now() - kept)) - 1;
      const advance = () => {
        const until = now();
        for (const event of events(upTo, until)) if (passes(event, filter, second)) say(write(event));
        upTo = until;
      };
      advance();
      const timer = setInterval(advance, 200);
      timer.unref();
      client.on("close", () => {
        clearInterval(timer);
        opened(endpoint, 101, sent);
      });
      client.on("error", () => client.terminate());
    });
  }

  return {
    upgrade,
    close(): void {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function instantOf(cursor: number, second: boolean): number {
  return second && cursor < 1e15 ? cursor / 1_000 + year2026 : cursor / 1_000;
}

interface Filter {
  readonly collections: readonly string[];
  readonly dids: readonly string[];
  readonly kinds: readonly string[];
}

/** What is no commit passes the filter of collections. */
function passes(event: Event, { collections, dids, kinds }: Filter, second: boolean): boolean {
  if (dids.length > 0 && !dids.includes(didOf(event.account))) return false;
  if (second && kinds.length > 0 && !kinds.includes(event.post === null ? event.does : "commit"))
    return false;
  return (
    event.post === null ||
    collections.length === 0 ||
    collections.includes(collection) ||
    collections.includes("app.bsky.feed.*")
  );
}

const bodyOf = (event: Event): object => ({
  rev: revision(event),
  operation: event.does,
  collection,
  rkey: rkeyOf(event.post as Post),
  ...(event.does === "create"
    ? { record: recordOf(event.post as Post), cid: cidOf(event.post as Post) }
    : {}),
});

const aboutAccount = (event: Event): object =>
  event.does === "account"
    ? {
        account: {
          active: false,
          did: didOf(event.account),
          seq: sequence(event),
          status: "deleted",
          time: iso(event.at),
        },
      }
    : {
        identity: {
          did: didOf(event.account),
          handle: event.account.handle,
          seq: sequence(event),
          time: iso(event.at),
        },
      };

const firstFrame = (event: Event): object => ({
  did: didOf(event.account),
  time_us: microseconds(event),
  ...(event.post === null
    ? { kind: event.does, ...aboutAccount(event) }
    : { kind: "commit", commit: bodyOf(event) }),
});

const lexicon = "network.bsky.jetstream.subscribeEvents";

const secondFrame = (event: Event): object => ({
  $type: "message",
  payload: {
    $type: `${lexicon}#${event.post === null ? event.does : "commit"}`,
    seq: sequence(event),
    did: didOf(event.account),
    time: iso(event.at),
    ...(event.post === null ? aboutAccount(event) : bodyOf(event)),
  },
});
