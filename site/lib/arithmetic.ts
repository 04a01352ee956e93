// The sums of the metric register, done before the reader's eyes: an expression over the columns of published rows, its value, and the expression
// with the numbers put in.
import { LeapError } from "./errors.ts";

/** A row of numbers by column; a column that is no number is missing. */
export type NumberRow = Readonly<Record<string, unknown>>;

type Tree =
  | { readonly kind: "number"; readonly value: number; readonly text: string }
  | { readonly kind: "column"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly parts: readonly Tree[] }
  | { readonly kind: "operation"; readonly sign: string; readonly left: Tree; readonly right: Tree }
  | { readonly kind: "brackets"; readonly inner: Tree };

export interface Expression {
  /** Columns it names, in order of appearance. */
  readonly columns: readonly string[];
  /** Null where a column is missing or the result is no number. `sum`, `mean` and `max` of one argument go over all rows, the rest takes the first. */
  value(rows: readonly NumberRow[]): number | null;
  /** The expression with each column, and each total over rows, as its number in the given form. */
  filled(rows: readonly NumberRow[], form: (value: number) => string): string;
}

const strengths: Readonly<Record<string, number>> = { "+": 1, "−": 1, "×": 2, "÷": 2, "^": 3 };
const spellings: Readonly<Record<string, string>> = { "-": "−", "*": "×", "·": "×", "/": "÷" };
const totals = ["sum", "mean", "max"];
const functions = [...totals, "min", "sqrt"];

/** Numbers, columns, + − × ÷ ^, brackets, sum(), mean(), max(), min(a, b), sqrt(). Throws a LeapError on anything else. */
export function parseExpression(text: string): Expression {
  const tree = parse(text);
  return {
    columns: [...new Set(columnsOf(tree))],
    value: (rows) => {
      const value = computed(tree, rows);
      return Number.isFinite(value) ? value : null;
    },
    filled: (rows, form) => written(tree, rows, form),
  };
}

function parse(text: string): Tree {
  const tokens = [...text.matchAll(/\s*(?:(\d+(?:\.\d+)?)|([a-z_][a-z0-9_]*)|(.))/gu)].map((match) => ({
    number: match[1],
    name: match[2],
    sign: match[3] && (spellings[match[3]] ?? match[3]),
  }));
  let at = 0;
  const refuse = (): never => {
    const { number, name, sign } = tokens[at] ?? {};
    throw new LeapError(`invalid expression: ${text}: unexpected ${number ?? name ?? sign ?? "end"}.`);
  };
  const expect = (sign: string): void => {
    if (tokens[at]?.sign !== sign) refuse();
    at++;
  };
  const operand = (): Tree => {
    const token = tokens[at++];
    if (token?.number !== undefined)
      return { kind: "number", value: Number(token.number), text: token.number };
    if (token?.sign === "(") {
      const inner = operation(0);
      expect(")");
      return { kind: "brackets", inner };
    }
    if (token?.name === undefined) {
      at--;
      return refuse();
    }
    if (tokens[at]?.sign !== "(") return { kind: "column", name: token.name };
    if (!functions.includes(token.name)) return refuse();
    at++;
    const parts = [operation(0)];
    for (; tokens[at]?.sign === ","; ) {
      at++;
      parts.push(operation(0));
    }
    expect(")");
    return { kind: "call", name: token.name, parts };
  };
  const operation = (least: number): Tree => {
    let left = operand();
    for (;;) {
      const sign = tokens[at]?.sign ?? "";
      const strength = strengths[sign] ?? 0;
      if (strength <= least) return left;
      at++;
      left = { kind: "operation", sign, left, right: operation(strength) };
    }
  };
  const tree = operation(0);
  if (at < tokens.length) refuse();
  return tree;
}

function columnsOf(tree: Tree): string[] {
  if (tree.kind === "column") return [tree.name];
  if (tree.kind === "brackets") return columnsOf(tree.inner);
  if (tree.kind === "operation") return [...columnsOf(tree.left), ...columnsOf(tree.right)];
  return tree.kind === "call" ? tree.parts.flatMap(columnsOf) : [];
}

function computed(tree: Tree, rows: readonly NumberRow[]): number {
  switch (tree.kind) {
    case "number":
      return tree.value;
    case "brackets":
      return computed(tree.inner, rows);
    case "column": {
      const value = rows[0]?.[tree.name];
      return typeof value === "number" ? value : Number.NaN;
    }
    case "operation":
      return operated(tree.sign, computed(tree.left, rows), computed(tree.right, rows));
    case "call":
      return called(tree.name, tree.parts, rows);
  }
}

function operated(sign: string, left: number, right: number): number {
  if (sign === "+") return left + right;
  if (sign === "−") return left - right;
  if (sign === "×") return left * right;
  return sign === "÷" ? left / right : left ** right;
}

function called(name: string, parts: readonly Tree[], rows: readonly NumberRow[]): number {
  const [part] = parts;
  if (part && parts.length === 1 && totals.includes(name)) {
    // A row without the number takes no part, as a week that was not collected.
    const values = rows.map((row) => computed(part, [row])).filter((value) => !Number.isNaN(value));
    if (values.length === 0) return Number.NaN;
    if (name === "max") return Math.max(...values);
    const sum = values.reduce((total, value) => total + value, 0);
    return name === "sum" ? sum : sum / values.length;
  }
  const values = parts.map((one) => computed(one, rows));
  if (name === "sqrt") return Math.sqrt(values[0] as number);
  return name === "min" ? Math.min(...values) : Math.max(...values);
}

function written(tree: Tree, rows: readonly NumberRow[], form: (value: number) => string): string {
  const again = (part: Tree): string => written(part, rows, form);
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "brackets":
      return `(${again(tree.inner)})`;
    case "operation":
      return `${again(tree.left)} ${tree.sign} ${again(tree.right)}`;
    case "column":
      return form(computed(tree, rows));
    case "call":
      return tree.parts.length === 1 && totals.includes(tree.name)
        ? form(computed(tree, rows))
        : `${tree.name}(${tree.parts.map(again).join(", ")})`;
  }
}
