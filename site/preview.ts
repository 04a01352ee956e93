// Shows a rendered site on this machine: `npm run preview`, `npm run preview -- --publication NAME --port N`. Reads dist/<publication>/ and
// nothing outside it; listens on 127.0.0.1 only.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { LeapError } from "./lib/errors.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".parquet": "application/vnd.apache.parquet",
};

/** A static file server over `folder`. Folders need their slash, as on the published site; what is not there is answered by 404.html. */
export function serve(folder: string): Server {
  const root = resolve(folder);
  return createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://127.0.0.1");
    const file = fileAt(root, address.pathname);
    if (file === "folder") {
      response.writeHead(301, { location: `${address.pathname}/${address.search}` }).end();
      return;
    }
    const found = file ?? join(root, "404.html");
    if (!existsSync(found)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("404");
      return;
    }
    response.writeHead(file ? 200 : 404, {
      "content-type": mediaTypes[extname(found)] ?? "application/octet-stream",
      "content-length": statSync(found).size,
      "x-content-type-options": "nosniff",
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(found).pipe(response);
  });
}

/** The file of an address; "folder" when only its slash is missing; null when there is none or it lies outside the site. */
function fileAt(root: string, pathname: string): string | "folder" | null {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  const file = resolve(root, `.${path}`);
  if (path.includes("\0") || (file !== root && !file.startsWith(root + sep)) || !existsSync(file))
    return null;
  if (statSync(file).isFile()) return file;
  if (!path.endsWith("/")) return "folder";
  const index = join(file, "index.html");
  return existsSync(index) ? index : null;
}

function main(): void {
  const { values } = parseArgs({
    options: { publication: { type: "string" }, port: { type: "string", default: "4321" } },
  });
  const built = existsSync("dist")
    ? readdirSync("dist").filter((name) => existsSync(join("dist", name, "index.html")))
    : [];
  const publication = values.publication ?? (built.includes("kbeauty") ? "kbeauty" : (built[0] ?? "kbeauty"));
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new LeapError(
      `invalid port: ${values.port}. Name one from 1 to 65535: npm run preview -- --port 4321`,
    );
  if (!built.includes(publication))
    throw new LeapError(
      `missing site: dist/${publication}. Rendered so far: ${built.join(", ") || "none"}. Make it: npm run leap -- run --publication ${publication}`,
    );
  const server = serve(join("dist", publication));
  server.on("error", (error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    console.error(
      taken ? `invalid port: ${port} is in use. Name another: npm run preview -- --port ${port + 1}` : error,
    );
    process.exitCode = 1;
  });
  server.listen(port, "127.0.0.1", () =>
    console.log(`dist/${publication} at http://127.0.0.1:${port}/ (end with Ctrl+C)`),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    main();
  } catch (error) {
    if (!(error instanceof LeapError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
