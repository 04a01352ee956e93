// The small part of GitHub's expression language that our workflows use: paths, literals, ==, !=, !, &&, || and six functions. Anything else is an
// error, so that a workflow which outgrows it is noticed here and not taken for something it does not say.
import { LeapError } from "../core/errors.ts";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** What paths lead to, and how the job stands. */
export interface Contexts {
  readonly values: Readonly<Record<string, Value>>;
  readonly failed: boolean;
}

/** Text with every `${{ … }}` put in. */
export const filled = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{(.*?)\}\}/gs, (_, inner: string) => asText(evaluated(inner, contexts)));

/** Whether a step or job runs: without a condition, when nothing has failed. */
export function holds(condition: string | undefined, contexts: Contexts): boolean {
  if (condition === undefined) return !contexts.failed;
  const inner = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition;
  const about = /\b(success|failure|always|cancelled)\s*\(/.test(inner);
  return (about || !contexts.failed) && isTrue(evaluated(inner, contexts));
}

/** The value of one expression. Throws LeapError on what is not understood. */
export function evaluated(text: string, contexts: Contexts): Value {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = () => tokens[at];
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const refuse = (): never => {
    throw new LeapError(
      `unknown expression: ${text.trim()}. It is understood up to ${JSON.stringify(tokens.slice(0, at).join(" "))}.`,
    );
  };
  const or = (): Value => {
    let left = and();
    while (take("||")) {
      const right = and();
      left = isTrue(left) ? left : right;
    }
    return left;
  };
  const and = (): Value => {
    let left = equal();
    while (take("&&")) {
      const right = equal();
      left = isTrue(left) ? right : left;
    }
    return left;
  };
  const equal = (): Value => {
    const left = not();
    if (take("==")) return same(left, not());
    if (take("!=")) return !same(left, not());
    return left;
  };
  const not = (): Value => (take("!") ? !isTrue(not()) : single());
  const single = (): Value => {
    const token = peek() ?? refuse();
    at += 1;
    if (token === "(") {
      const inner = or();
      return take(")") ? inner : refuse();
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    if (!/^[A-Za-z_]/.test(token)) return refuse();
    if (!take("(")) return reached(token, contexts.values);
    const given: Value[] = [];
    while (!take(")")) {
      given.push(or());
      if (!take(",") && peek() !== ")") return refuse();
    }
    const result = called(token, given, contexts);
    return result === undefined ? refuse() : result;
  };
  const value = or();
  return at === tokens.length ? value : refuse();
}

const TOKEN =
  /\s*('(?:[^']|'')*'|\d+(?:\.\d+)?|[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\*))*|==|!=|&&|\|\||[!(),])/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = TOKEN.lastIndex) {
    TOKEN.lastIndex = end;
    const found = TOKEN.exec(text)?.[1];
    if (found === undefined)
      throw new LeapError(
        `unknown expression: ${text.trim()}. Signs that are understood: == != && || ! ( ) , and paths.`,
      );
    tokens.push(found);
  }
  return tokens;
}

/** What a path leads to; null where there is nothing, as GitHub has it. `*` goes into each entry of a list. */
function reached(path: string, values: Value): Value {
  let found: Value = values;
  const steps = path.split(".");
  for (const [index, step] of steps.entries()) {
    if (step === "*") {
      const rest = steps.slice(index + 1).join(".");
      return Array.isArray(found) ? found.map((one) => (rest === "" ? one : reached(rest, one))) : [];
    }
    if (found === null || typeof found !== "object" || Array.isArray(found)) return null;
    found = (found as Record<string, Value>)[step] ?? null;
  }
  return found;
}

function called(name: string, given: readonly Value[], { failed }: Contexts): Value | undefined {
  if (name === "always") return true;
  if (name === "success") return !failed;
  if (name === "failure") return failed;
  if (name === "cancelled") return false;
  if (name === "fromJSON") return parsed(asText(given[0] ?? null));
  if (name === "format")
    return asText(given[0] ?? null).replace(/\{(\d+)\}/g, (_, index: string) =>
      asText(given[Number(index) + 1] ?? null),
    );
  if (name === "contains") {
    const [where, what] = [given[0] ?? null, given[1] ?? null];
    return Array.isArray(where)
      ? where.some((one) => same(one, what))
      : asText(where).toLowerCase().includes(asText(what).toLowerCase());
  }
  return undefined;
}

/** Null for what is no JSON: in a dry run, nothing has said anything yet. */
function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

const isTrue = (value: Value): boolean => value !== null && value !== false && value !== 0 && value !== "";

// Words are compared without case, as GitHub does.
const same = (one: Value, other: Value): boolean =>
  typeof one === "string" && typeof other === "string"
    ? one.toLowerCase() === other.toLowerCase()
    : one === other || (isNothing(one) && isNothing(other));
const isNothing = (value: Value): boolean => value === null || value === "" || value === false || value === 0;

export const asText = (value: Value): string =>
  value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
