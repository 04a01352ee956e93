// The LineModule of the file source, for worker threads: how a line is parsed, and when it needs no parsing.
export { prepare } from "./parse.ts";
export { standing } from "./standing.ts";
