// `expect: "frames"`: opens a WebSocket, gathers what comes, closes when there is enough, when it falls silent, or when the time is over.
import { type Attempt, headersOf, type Outcome, type Outside, urlOf } from "./ask.ts";

export async function gather(request: Attempt, outside: Outside): Promise<Outcome> {
  const until = request.ask.until ?? { frames: 1000, idle_ms: 5000, total_ms: 30_000 };
  const url = urlOf(request);
  url.protocol = url.protocol.replace(/^http/, "ws");
  const frames: string[] = [];
  let bytes = 0;
  const failure = await new Promise<string | null>((resolve) => {
    let socket: WebSocket;
    let idle: NodeJS.Timeout | undefined;
    let open = false;
    let over = false;
    const end = (said: string | null) => {
      over = true;
      clearTimeout(idle);
      clearTimeout(total);
      try {
        socket?.close();
      } catch {
        // It never opened.
      }
      resolve(said);
    };
    const total = setTimeout(() => end(open ? null : "no connection in time"), until.total_ms);
    const quiet = () => {
      clearTimeout(idle);
      idle = setTimeout(() => end(null), until.idle_ms);
    };
    try {
      socket = outside.socket(url.href, {
        headers: headersOf(request),
        protocols: request.ask.protocols ?? [],
      });
    } catch {
      end("the address is none for a stream");
      return;
    }
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      open = true;
      quiet();
    });
    socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      // What still comes while the stream closes is for the next run.
      if (over) return;
      const text = typeof data === "string" ? data : decoded(data);
      bytes += text.length;
      if (bytes > request.mostBytes) return end(null);
      frames.push(text);
      if (frames.length >= until.frames) return end(null);
      quiet();
    });
    socket.addEventListener("error", () =>
      end(open && frames.length > 0 ? null : "the stream cannot be opened"),
    );
    socket.addEventListener("close", () => end(open ? null : "the stream was closed before it opened"));
  });
  if (failure !== null) return { failure, bytes };
  const at = outside.now().toISOString();
  return { answer: { status: 0, headers: {}, text: "", frames, unchanged: false, at }, broken: null, bytes };
}

const decoded = (data: unknown): string =>
  data instanceof ArrayBuffer ? new TextDecoder().decode(data) : "";
