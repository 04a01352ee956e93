// How a command speaks while it works: lines for people, nothing beside --json, or one JSON object a line where --log or LEAP_LOG says so.
import { randomBytes } from "node:crypto";
import { LeapError } from "../core/errors.ts";
import { jsonLog, logLine, silentLog, terminalLog } from "../core/log.ts";
import { runId } from "../core/run-record.ts";
import type { Log } from "../core/types.ts";

export interface LogOptions {
  readonly json?: boolean;
  readonly log?: "text" | "json";
  /** Id of the run and its verb, as the command line gives them. */
  readonly runId?: string;
  readonly verb?: string;
}

const now = () => new Date();

/** An id for a run that begins now. */
export const newRunId = (verb: string): string => runId(verb, now(), randomBytes(3).toString("hex"));

/** Whether lines are JSON: the option goes before the variable. Throws a LeapError for a form that is neither. */
export function logsJson(options: Pick<LogOptions, "log">, variables = process.env): boolean {
  const form = options.log ?? variables["LEAP_LOG"] ?? "text";
  if (form !== "text" && form !== "json")
    throw new LeapError(`invalid LEAP_LOG: ${form}. Give text or json.`);
  return form === "json";
}

export function logFor(options: LogOptions): Log {
  if (logsJson(options)) return jsonLog(originOf(options));
  return options.json ? silentLog : terminalLog();
}

/** The last words of a command that was refused, in the form of its other words. */
export const errorLine = (options: LogOptions, message: string): string =>
  logsJson(options) ? logLine(originOf(options), "error", message) : message;

const originOf = ({ runId: run, verb }: LogOptions) => ({ run: run ?? "none", verb: verb ?? "leap", now });
