// Which column of a file holds which field of an account: as a map says, or as exports usually name it. Raw profile fields (username, full
// name, biography, link) are turned into the numbers that are judged, and go no further.
import { LeapError } from "../core/errors.ts";
import type { Row } from "../core/types.ts";
import {
  type Account,
  type AccountField,
  accountFields,
  fullNameFields,
  unknownAccount,
  usernameFields,
} from "./account.ts";
import { type Cell, countIn, flagIn, isBlank, lengthIn, linkIn, shareIn, wordsIn } from "./cells.ts";

/** Columns that are no field themselves but say one. */
const rawFields = ["username", "username_digit_count", "full_name", "biography", "external_url"] as const;
export type RawField = (typeof rawFields)[number];
export type MappedField = AccountField | RawField;
export const mappedFields: readonly MappedField[] = [...accountFields, ...rawFields];

/** Field → column; a `!` before the column turns its yes into a no, as for `!default_profile_image`. */
export type AccountMap = Partial<Record<MappedField, string>>;

/** Names as they remain once case, spaces and punctuation are gone: `nums/length username` is `numslengthusername`. */
const knownNames: Readonly<Record<MappedField, readonly string[]>> = {
  followers: [
    "followers",
    "follower",
    "followerscount",
    "followercount",
    "userfollowercount",
    "userfollowerscount",
    "edgefollowedbycount",
    "edgefollowedby",
    "followedby",
    "followedbycount",
    "numfollowers",
    "nfollowers",
    "nooffollowers",
    "numberoffollowers",
    "totalfollowers",
    "flw",
  ],
  following: [
    "following",
    "followings",
    "follows",
    "followingcount",
    "followscount",
    "userfollowingcount",
    "edgefollowcount",
    "edgefollow",
    "friends",
    "friendscount",
    "numfollowing",
    "nfollowing",
    "nooffollowing",
    "nooffollowings",
    "numberoffollowing",
    "followees",
    "followeescount",
    "totalfollowing",
    "flg",
  ],
  posts: [
    "posts",
    "post",
    "postscount",
    "postcount",
    "mediacount",
    "usermediacount",
    "media",
    "statuses",
    "statusescount",
    "numposts",
    "nposts",
    "noofposts",
    "numberofposts",
    "totalposts",
    "edgeownertotimelinemediacount",
    "edgeownertotimelinemedia",
    "uploads",
    "pos",
  ],
  has_profile_picture: [
    "hasprofilepicture",
    "profilepicture",
    "profilepic",
    "hasprofilepic",
    "userhasprofilepic",
    "userhasprofilpic",
    "picture",
    "haspicture",
    "profileimage",
    "hasprofileimage",
    "pic",
    "!hasanonymousprofilepicture",
    "!defaultprofileimage",
    "!userhasanonymousprofilepicture",
    "!hasdefaultprofilepic",
    "!defaultpic",
  ],
  is_private: [
    "isprivate",
    "private",
    "userisprivate",
    "privateaccount",
    "protected",
    "!ispublic",
    "!public",
  ],
  username_length: [
    "usernamelength",
    "lengthusername",
    "lenusername",
    "lengthofusername",
    "userlen",
    "usernamelen",
  ],
  username_digit_share: [
    "usernamedigitshare",
    "numslengthusername",
    "numlengthusername",
    "usernamedigitratio",
    "ratiodigitsusername",
    "usernamenumsratio",
  ],
  full_name_words: [
    "fullnamewords",
    "fullnamewordcount",
    "wordsfullname",
    "fullnametokens",
    "numwordsfullname",
    "numberofwordsinfullname",
  ],
  full_name_digit_share: [
    "fullnamedigitshare",
    "numslengthfullname",
    "numlengthfullname",
    "fullnamedigitratio",
    "ratiodigitsfullname",
  ],
  name_equals_username: [
    "nameequalsusername",
    "nameusername",
    "nameisusername",
    "fullnameequalsusername",
    "nameequaltousername",
    "sameusernamefullname",
  ],
  bio_length: [
    "biolength",
    "descriptionlength",
    "biographylength",
    "userbiographylength",
    "lengthbio",
    "lenbio",
    "lendesc",
    "lengthofdescription",
    "lengthofbio",
    "deslen",
    "bl",
  ],
  has_external_url: ["hasexternalurl", "userhasexternalurl", "haslink", "hasurl", "haswebsite", "lin"],
  username: ["username", "screenname", "handle", "login", "userusername", "accountname"],
  username_digit_count: ["usernamedigitcount", "usernamedigits", "usernamenumcount", "digitsusername"],
  full_name: ["fullname", "name", "displayname", "userfullname"],
  biography: ["biography", "bio", "userbiography", "description"],
  external_url: ["externalurl", "url", "link", "website", "externallink"],
};

export interface AccountReader {
  /** What each field is read from, for people to see. */
  readonly columns: Readonly<Partial<Record<MappedField, string>>>;
  /** `unread` are values that stand in a mapped column and are no such value: they count as unknown. */
  read(row: Row): {
    readonly account: Account;
    /** Only for telling a repeated account; it goes no further than a keyed hash. */
    readonly username: string | null;
    readonly unread: readonly Unread[];
  };
}

export interface Unread {
  readonly column: string;
  readonly value: string;
  readonly why: string;
}

/**
 * Reads accounts out of the rows of a file with these columns. A map's columns must be there; without a map the usual names are looked for,
 * `except` leaves out the column of the label.
 * Throws LeapError on an unknown field or column, and when no column says anything of an account.
 */
export function accountReader(
  file: string,
  columns: readonly string[],
  map: AccountMap | null,
  except: readonly string[] = [],
): AccountReader {
  const found = map
    ? mapped(file, columns, map)
    : recognised(columns.filter((column) => !except.includes(column)));
  if (!accountFields.some((field) => fieldsBehind(field).some((behind) => found[behind] !== undefined)))
    throw new LeapError(
      `unknown columns: ${columns.join(", ")} in ${file}. None of them is known to say ${accountFields.join(", ")}; name them in a map: --map accounts.yaml with lines such as "followers: Follower Zahl".`,
    );
  return { columns: found, read: (row) => accountIn(row, found) };
}

function mapped(file: string, columns: readonly string[], map: AccountMap): AccountMap {
  const found: AccountMap = {};
  for (const [field, named] of Object.entries(map)) {
    if (!mappedFields.includes(field as MappedField))
      throw new LeapError(`unknown field: ${field} in the map. Fields are ${mappedFields.join(", ")}.`);
    const inverted = named.startsWith("!");
    const wanted = (inverted ? named.slice(1) : named).trim();
    const column =
      columns.find((one) => one === wanted) ??
      columns.find((one) => one.trim().toLowerCase() === wanted.toLowerCase());
    if (column === undefined)
      throw new LeapError(
        `unknown column: ${wanted} in ${file}, named by the map for ${field}. It has ${columns.join(", ")}.`,
      );
    found[field as MappedField] = inverted ? `!${column}` : column;
  }
  return found;
}

function recognised(columns: readonly string[]): AccountMap {
  const bySqueezed = new Map<string, string>();
  for (const column of columns) {
    const squeezed = squeeze(column);
    if (!bySqueezed.has(squeezed)) bySqueezed.set(squeezed, column);
  }
  const found: AccountMap = {};
  for (const field of mappedFields)
    for (const name of knownNames[field]) {
      const column = bySqueezed.get(name.replace("!", ""));
      if (column === undefined || found[field] !== undefined) continue;
      found[field] = name.startsWith("!") ? `!${column}` : column;
    }
  return found;
}

const squeeze = (column: string): string => column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** A field is said by its own column, or by a raw one that it follows from. */
const fieldsBehind = (field: AccountField): readonly MappedField[] =>
  field.startsWith("username")
    ? [field, "username"]
    : field.startsWith("full_name")
      ? [field, "full_name"]
      : field === "bio_length"
        ? [field, "biography"]
        : field === "has_external_url"
          ? [field, "external_url"]
          : [field];

function accountIn(row: Row, map: AccountMap): ReturnType<AccountReader["read"]> {
  const unread: Unread[] = [];
  const cell = <T>(field: MappedField, read: (value: unknown) => Cell<T>): T | null => {
    const named = map[field];
    if (named === undefined) return null;
    const inverted = named.startsWith("!");
    const column = inverted ? named.slice(1) : named;
    const value = row[column];
    if (isBlank(value)) return null;
    const { is, why } = read(value);
    if (why !== undefined) unread.push({ column, value: String(value).slice(0, 40), why });
    return inverted && typeof is === "boolean" ? (!is as T) : is;
  };
  const username = cell("username", wordsIn);
  const fullName = map.full_name === undefined ? null : String(row[map.full_name] ?? "");
  const length = cell("username_length", countIn);
  const digits = cell("username_digit_count", countIn);
  const biography = map.biography === undefined ? null : lengthIn(row[map.biography]);
  const stated: Partial<Record<AccountField, number | boolean | null>> = {
    followers: cell("followers", countIn),
    following: cell("following", countIn),
    posts: cell("posts", countIn),
    has_profile_picture: cell("has_profile_picture", linkIn),
    is_private: cell("is_private", flagIn),
    username_length: length,
    username_digit_share:
      cell("username_digit_share", shareIn) ??
      (digits !== null && length !== null && length > 0 ? Math.min(1, digits / length) : null),
    full_name_words: cell("full_name_words", countIn),
    full_name_digit_share: cell("full_name_digit_share", shareIn),
    name_equals_username: cell("name_equals_username", flagIn),
    bio_length: cell("bio_length", countIn) ?? biography,
    has_external_url:
      cell("has_external_url", linkIn) ??
      (map.external_url === undefined
        ? null
        : isBlank(row[map.external_url])
          ? emptyLink(row[map.external_url])
          : cell("external_url", linkIn)),
  };
  const derived = {
    ...(username === null ? null : usernameFields(username)),
    ...(fullName === null ? null : fullNameFields(fullName, username)),
  };
  return { account: { ...unknownAccount, ...derived, ...known(stated) } as Account, username, unread };
}

// An export that has the column and leaves it empty says that there is no link; one that lacks the value altogether says nothing.
const emptyLink = (value: unknown): boolean | null => (value === "" || value === null ? false : null);

const known = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
