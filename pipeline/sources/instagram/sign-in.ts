// Signing in with Facebook Login: dialog → code → a token of an hour → one of about sixty days, and the Instagram account behind its Page.
import { z } from "zod";
import type { Held, SignIn, SignInStep } from "../../collecting/sign-in.ts";

const GRAPH = "https://graph.facebook.com";
const DIALOG = "https://www.facebook.com";
/** Hashtags, discovery of professional accounts, insights of the operator's own. */
const SCOPES = "instagram_basic,instagram_manage_insights,pages_show_list,pages_read_engagement";

const Settings = z.looseObject({ version: z.string().default("v26.0"), base_url: z.string().optional() });
const versionOf = (config: unknown): string => Settings.parse(config ?? {}).version;

const Given = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
});
const Checked = z.looseObject({
  data: z.looseObject({ is_valid: z.boolean(), expires_at: z.number().optional() }),
});
const Pages = z.looseObject({
  data: z.array(
    z.looseObject({
      name: z.string().optional(),
      instagram_business_account: z
        .looseObject({ id: z.string(), username: z.string().optional() })
        .optional(),
    }),
  ),
});

const exchanged = (
  title: string,
  query: (held: Held) => Readonly<Record<string, string>>,
  of: string,
  name: string,
): SignInStep => ({
  title,
  ask: (config, held) => ({
    path: `/${versionOf(config)}/oauth/access_token`,
    query: { client_id: held["app_id"] ?? "", ...query(held) },
    secrets: [
      { of: "app_secret", in: "query", name: "client_secret" },
      { of, in: "query", name },
    ],
    costs: [],
    expect: "json",
  }),
  read({ json }, _, now) {
    const given = Given.safeParse(json);
    if (!given.success) return null;
    const { access_token: secret, expires_in } = given.data;
    // A token of the second exchange without an end is told its end by debug_token.
    return expires_in === undefined
      ? { secret, expires_at: "" }
      : { secret, expires_at: new Date(now.getTime() + expires_in * 1000).toISOString() };
  },
});

const code = exchanged(
  "exchange the code",
  ({ redirect }) => ({ redirect_uri: redirect ?? "" }),
  "code",
  "code",
);
const longer = exchanged(
  "get a token that lasts",
  () => ({ grant_type: "fb_exchange_token" }),
  "secret",
  "fb_exchange_token",
);

/** Asks when the token ends where the exchange did not say; 0 means never. */
const end: SignInStep = {
  title: "ask when the token ends",
  optional: true,
  ask: (config) => ({
    path: `/${versionOf(config)}/debug_token`,
    secrets: [
      { of: "secret", in: "query", name: "input_token" },
      { of: "secret", in: "query", name: "access_token" },
    ],
    costs: [],
    expect: "json",
  }),
  read({ json }, held) {
    const checked = Checked.safeParse(json);
    if (held["expires_at"] || !checked.success) return null;
    const { expires_at } = checked.data.data;
    if (expires_at === undefined) return null;
    return { expires_at: expires_at === 0 ? "never" : new Date(expires_at * 1000).toISOString() };
  },
};

const account: SignInStep = {
  title: "find the Instagram account",
  optional: true,
  ask: (config) => ({
    path: `/${versionOf(config)}/me/accounts`,
    query: { fields: "name,instagram_business_account{id,username}" },
    secrets: [{ of: "secret", in: "query", name: "access_token" }],
    costs: [],
    expect: "json",
  }),
  read({ json }) {
    const pages = Pages.safeParse(json);
    const found = pages.success
      ? pages.data.data.flatMap((page) => page.instagram_business_account ?? [])
      : [];
    const [first] = found;
    if (!first) return null;
    const accounts = found.map(({ id, username }) => (username ? `${id} (${username})` : id)).join(", ");
    return { user_id: first.id, accounts };
  },
};

export const signIn: SignIn = {
  credential: "token",
  app: [
    { name: "app_id", variable: "LEAP_INSTAGRAM_APP_ID", secret: false, required: true },
    { name: "app_secret", variable: "LEAP_INSTAGRAM_APP_SECRET", secret: true, required: true },
  ],
  addresses: (config) => ({ main: Settings.parse(config ?? {}).base_url ?? GRAPH, dialog: DIALOG }),
  dialog(config, { app_id }, redirect, state) {
    const query = new URLSearchParams({
      ...{ client_id: app_id ?? "", redirect_uri: redirect, state, scope: SCOPES },
      response_type: "code",
    });
    return `/${versionOf(config)}/dialog/oauth?${query}`;
  },
  steps: [code, longer, end, account],
  renewal: { after_hours: 24, within_days: 30, steps: [longer, end] },
};
