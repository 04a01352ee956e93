// Where a source is asked: its own addresses, what publication.yaml says instead, and above both what the environment says.
import { LeapError } from "../core/errors.ts";
import type { LiveConfig, LiveSource } from "./types.ts";

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Addresses by name. Throws a LeapError for one that is no address, or that would send what it says in the clear over a network:
 * https and wss alone, http and ws on loopback.
 */
export function addressesOf<Config extends LiveConfig>(
  source: Pick<LiveSource<Config>, "id" | "live">,
  config: Config,
  variables: Variables,
): ReadonlyMap<string, URL> {
  // Other addresses may stand beside the one that was given, such as the instances of a network under a test server.
  const standsIn = variables[variableOf(source.id, "main")]?.trim();
  const main = standsIn || config.base_url;
  const told = main ? { ...config, base_url: main } : config;
  return new Map(
    Object.entries(source.live.addresses(told, Boolean(standsIn))).map(([name, own]) => {
      const variable = variableOf(source.id, name);
      const given = variables[variable]?.trim();
      if (given) return [name, checked(given, variable)];
      if (name === "main" && config.base_url) return [name, checked(config.base_url, "base_url")];
      return [name, checked(own, `the address ${name} of ${source.id}`)];
    }),
  );
}

/** `LEAP_BLUESKY_BASE_URL`, `LEAP_BLUESKY_JETSTREAM_BASE_URL`. */
const variableOf = (source: string, name: string): string => {
  const words = [source, ...(name === "main" ? [] : [name])].join("_");
  return `LEAP_${words.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}_BASE_URL`;
};

function checked(text: string, named: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new LeapError(`invalid ${named}: ${shown(text)}. Give an address such as https://api.example.com.`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    throw new LeapError(
      `invalid ${named}: an address has no name, password, question mark or fragment. Give credentials in the environment.`,
    );
  const open = url.protocol === "http:" || url.protocol === "ws:";
  if (open && !isLoopback(url.hostname))
    throw new LeapError(
      `invalid ${named}: ${shown(text)}. Plain ${url.protocol.slice(0, -1)} would send secrets in the clear; give https or wss.`,
    );
  if (!open && url.protocol !== "https:" && url.protocol !== "wss:")
    throw new LeapError(`invalid ${named}: ${shown(text)}. Give an address that begins with https.`);
  return url;
}

// A name that resolves to loopback today may not tomorrow, so only addresses and the one reserved name count.
const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

const shown = (text: string): string => text.replace(/\/\/[^/@]*@/, "//").slice(0, 200);
