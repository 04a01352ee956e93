// The warehouse: one DuckDB database that answers in plain JavaScript values. Every table of a run lives in it.
import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Row, Warehouse } from "./types.ts";

export interface WarehouseOptions {
  /** File of the database; absent for one that lives in memory. */
  readonly path?: string;
  readonly threads?: number;
  /** What DuckDB may hold before it spills, such as `900MB`. */
  readonly memoryLimit?: string;
  /** Where it spills. */
  readonly temporary?: string;
  /** Opens the file for questions only. */
  readonly readOnly?: boolean;
}

/** A warehouse that can be written. */
export interface OpenWarehouse extends Warehouse {
  execute(sql: string): Promise<void>;
  /** Rows in batches of 2,048, for results too large to hold. */
  stream<T extends Row = Row>(sql: string): AsyncIterable<T[]>;
  /**
   * Creates or replaces `table` with the given DuckDB column types and fills it. A missing value is null.
   * Throws when a value does not fit its column, naming table, row and column.
   */
  insertRows(table: string, columns: Readonly<Record<string, string>>, rows: readonly Row[]): Promise<void>;
  /** The same database over another connection: it asks and writes at the same time, and sees no temporary table of this one. Closed with it. */
  beside(): Promise<OpenWarehouse>;
  close(): void;
}

/**
 * Opens a database. Extensions are never fetched, the zone is UTC, and a plain scan keeps the order of insertion,
 * so that the same input gives the same answers whatever the machine.
 */
export async function openWarehouse(options: WarehouseOptions = {}): Promise<OpenWarehouse> {
  const instance = await DuckDBInstance.create(options.path ?? ":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(options.threads ? { threads: String(options.threads) } : {}),
    ...(options.memoryLimit ? { memory_limit: options.memoryLimit } : {}),
    ...(options.temporary ? { temp_directory: options.temporary } : {}),
    ...(options.readOnly ? { access_mode: "READ_ONLY" } : {}),
  });
  const warehouse = await connected(instance, () => instance.closeSync());
  // Trying every compression on every column costs more than it saves: FSST alone writes captions a third faster, as small.
  if (options.path && !options.readOnly) await warehouse.execute("PRAGMA force_compression = 'fsst'");
  return warehouse;
}

async function connected(instance: DuckDBInstance, onClose: () => void): Promise<OpenWarehouse> {
  const connection = await instance.connect();
  const others: OpenWarehouse[] = [];
  await connection.run("SET TimeZone = 'UTC'");
  return {
    query: async <T extends Row>(sql: string) =>
      (await (await connection.run(sql)).convertRowObjects(plainValue)) as T[],
    tables: async () => {
      const rows = await (await connection.run(TABLES)).convertRowObjects(plainValue);
      return rows.map((row) => String(row["name"]));
    },
    execute: async (sql) => {
      await connection.run(sql);
    },
    stream: async function* <T extends Row>(sql: string) {
      const result = await connection.stream(sql);
      for await (const rows of result.yieldConvertedRowObjects(plainValue)) yield rows as T[];
    },
    insertRows: (table, columns, rows) => insertRows(connection, table, columns, rows),
    beside: async () => {
      const other = await connected(instance, () => {});
      others.push(other);
      return other;
    },
    close: () => {
      for (const other of others) other.close();
      connection.closeSync();
      onClose();
    },
  };
}

/** Quotes a name of a table or column; `out.trends` is schema and table. */
export const quoted = (name: string): string =>
  name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");

/** A string as an SQL literal. */
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const TABLES = `
  SELECT CASE schema_name WHEN 'main' THEN name ELSE schema_name || '.' || name END AS name
  FROM (SELECT schema_name, table_name AS name FROM duckdb_tables() WHERE NOT internal AND NOT temporary
        UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal AND NOT temporary)
  ORDER BY 1`;

/** BIGINT and DECIMAL become numbers, DATE `YYYY-MM-DD`, TIMESTAMP an ISO instant, lists and structs arrays and objects. */
function plainValue(value: DuckDBValue, type: DuckDBType): unknown {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "bigint":
      return Number(value);
    case "object":
      break;
    default:
      return value;
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue) return new Date(value.days * 86_400_000).toISOString().slice(0, 10);
  if (value instanceof DuckDBTimestampValue) return new Date(Number(value.micros / 1000n)).toISOString();
  if (value instanceof DuckDBListValue) {
    const element = (type as { valueType?: DuckDBType }).valueType as DuckDBType;
    return value.items.map((item) => plainValue(item, element));
  }
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(
      Object.entries(value.entries).map(([key, entry]) => [key, plainValue(entry, type)]),
    );
  return String(value);
}

const ROWS_A_CHUNK = 2048;

async function insertRows(
  connection: DuckDBConnection,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly Row[],
): Promise<void> {
  const names = Object.keys(columns);
  const definitions = names.map((name) => `${quoted(name)} ${columns[name]}`);
  await connection.run(`CREATE OR REPLACE TABLE ${quoted(table)} (${definitions.join(", ")})`);
  if (rows.length === 0) return;
  const [schema, name] = table.includes(".") ? table.split(".", 2) : ["main", table];
  const appender = await connection.createAppender(name as string, schema as string);
  try {
    const types = names.map((_, index) => appender.columnType(index));
    for (let start = 0; start < rows.length; start += ROWS_A_CHUNK)
      appendChunk(appender, table, names, types, rows, start);
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

function appendChunk(
  appender: DuckDBAppender,
  table: string,
  names: readonly string[],
  types: DuckDBType[],
  rows: readonly Row[],
  start: number,
): void {
  const count = Math.min(ROWS_A_CHUNK, rows.length - start);
  const chunk = DuckDBDataChunk.create(types, count);
  names.forEach((name, column) => {
    const type = types[column] as DuckDBType;
    const values = Array.from({ length: count }, (_, offset) => {
      const value = rows[start + offset]?.[name];
      try {
        return duckdbValue(value, type);
      } catch {
        throw new Error(
          `invalid ${table}.${name} in row ${start + offset + 1}: ${JSON.stringify(value)} is no ${type}`,
        );
      }
    });
    chunk.setColumnValues(column, values);
  });
  appender.appendDataChunk(chunk);
}

function duckdbValue(value: unknown, type: DuckDBType): DuckDBValue {
  if (value === null || value === undefined) return null;
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return typeof value === "string" ? value : refuse();
    case DuckDBTypeId.BOOLEAN:
      return typeof value === "boolean" ? value : refuse();
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
      return BigInt(value as number);
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
      return Number.isInteger(value) ? (value as number) : refuse();
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return typeof value === "number" ? value : refuse();
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as unknown as { width: number; scale: number };
      return decimal(value as number, width, scale);
    }
    case DuckDBTypeId.DATE:
      return new DuckDBDateValue(Math.floor(milliseconds(value) / 86_400_000));
    case DuckDBTypeId.TIMESTAMP:
      return new DuckDBTimestampValue(BigInt(milliseconds(value)) * 1000n);
    case DuckDBTypeId.LIST: {
      const { valueType } = type as unknown as { valueType: DuckDBType };
      return new DuckDBListValue((value as unknown[]).map((item) => duckdbValue(item, valueType)));
    }
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as unknown as {
        entryNames: string[];
        entryTypes: DuckDBType[];
      };
      const record = value as Row;
      return new DuckDBStructValue(
        Object.fromEntries(
          entryNames.map((name, index) => [name, duckdbValue(record[name], entryTypes[index] as DuckDBType)]),
        ),
      );
    }
    default:
      return refuse();
  }
}

// Through its decimal digits: multiplying a double by a million would lose the last places of large numbers.
function decimal(value: number, width: number, scale: number): DuckDBDecimalValue {
  if (typeof value !== "number" || !Number.isFinite(value)) refuse();
  return new DuckDBDecimalValue(BigInt(value.toFixed(scale).replace(".", "")), width, scale);
}

function milliseconds(value: unknown): number {
  const instant = value instanceof Date ? value.getTime() : Date.parse(zoned(String(value)));
  return Number.isFinite(instant) ? instant : refuse();
}

// A timestamp without a zone is UTC here, never the zone of the machine.
const zoned = (text: string): string =>
  /T\d/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text;

function refuse(): never {
  throw new Error("refused");
}
