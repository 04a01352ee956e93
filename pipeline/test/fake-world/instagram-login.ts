// How an operator logs in to Instagram with Facebook: the dialog, the exchange of its code, long-lived tokens, and what debug_token says of one.
import { metaError } from "./meta.ts";
import { day, digitsOf } from "./universe.ts";
import type { Asked, Reply, Stage } from "./wire.ts";

const scopes = ["instagram_basic", "instagram_manage_insights", "pages_read_engagement", "pages_show_list"];

interface Issued {
  readonly at: number;
  readonly expiresAt: number;
}

export function loginAt({ secrets }: Stage) {
  const issued = new Map<string, Issued>();
  const codes = new Map<string, string>();
  let serial = 0;
  const issue = (kind: string, at: number, seconds: number): Reply => {
    serial += 1;
    const token = `${secrets.instagramToken}-${kind}-${serial}`;
    issued.set(token, { at, expiresAt: at + seconds * 1_000 });
    return {
      status: 200,
      body: { access_token: token, token_type: "bearer", expires_in: seconds },
      endpoint: "oauth/access_token",
      key: kind,
    };
  };
  const refused = (message: string): Reply => ({
    ...metaError({ code: 100, message }),
    endpoint: "oauth/access_token",
  });

  const knows = (token: string): boolean => token === secrets.instagramToken || issued.has(token);

  return {
    knows,
    expired: (token: string, now: number): boolean =>
      (issued.get(token)?.expiresAt ?? Number.POSITIVE_INFINITY) <= now,

    /** What needs no token; null for everything else. */
    open(asked: Asked, path: string): Reply | null {
      const { query, now } = asked;
      if (path === "/dialog/oauth") {
        const code = `code${digitsOf(`${now} ${serial}`, 10)}`;
        const back = query.get("redirect_uri") ?? "";
        codes.set(code, back);
        const separator = back.includes("?") ? "&" : "?";
        const state = query.get("state");
        // The fragment belongs to the address, and some clients take it for a part of the code.
        const location = `${back}${separator}code=${code}${state === null ? "" : `&state=${encodeURIComponent(state)}`}#_`;
        return {
          status: 302,
          headers: { location },
          text: { type: "text/html", body: "" },
          endpoint: "dialog/oauth",
        };
      }
      if (path === "/oauth/access_token") {
        if (query.get("client_id") !== secrets.appId || query.get("client_secret") !== secrets.appSecret)
          return refused("Error validating client secret.");
        const long = query.get("fb_exchange_token");
        if (query.get("grant_type") === "fb_exchange_token")
          return long !== null && knows(long)
            ? issue("long", now, (60 * day) / 1_000)
            : refused("The access token could not be decrypted");
        const code = query.get("code") ?? "";
        if (codes.get(code) === undefined || codes.get(code) !== query.get("redirect_uri"))
          return refused(
            "Error validating verification code. Please make sure your redirect_uri is identical.",
          );
        codes.delete(code);
        return issue("short", now, 3_600);
      }
      if (path === "/refresh_access_token") {
        const old = query.get("access_token") ?? "";
        const age = now - (issued.get(old)?.at ?? now - 10 * day);
        if (!knows(old)) return refused("The access token could not be decrypted");
        if (age < day)
          return {
            ...refused("The token is too young to be refreshed"),
            violation: "refreshed a token within its first 24 hours",
          };
        return issue("refreshed", now, (60 * day) / 1_000);
      }
      return null;
    },

    /** What is said of tokens and of the user; null for everything else. */
    account(asked: Asked, path: string): Reply | null {
      if (path === "/debug_token") {
        const token = asked.query.get("input_token") ?? "";
        const one = issued.get(token);
        const valid = knows(token) && (one?.expiresAt ?? asked.now + 1) > asked.now;
        const seconds = (at: number) => Math.floor(at / 1_000);
        return {
          status: 200,
          body: {
            data: {
              app_id: secrets.appId,
              type: "USER",
              is_valid: valid,
              expires_at: one ? seconds(one.expiresAt) : 0,
              data_access_expires_at: one ? seconds(one.at + 90 * day) : 0,
              scopes,
              user_id: "1000000001",
              ...(valid ? {} : { error: { code: 190, message: "Invalid OAuth access token." } }),
            },
          },
          endpoint: "debug_token",
        };
      }
      if (path === "/me/accounts") {
        const page = {
          id: "1000000002",
          name: "The operator's page",
          instagram_business_account: { id: secrets.instagramUser },
        };
        return {
          status: 200,
          body: { data: [{ ...page, access_token: `${secrets.instagramToken}-page` }] },
          endpoint: "accounts",
        };
      }
      return null;
    },
  };
}
