// What a published dataset is, and what follows from its zod columns: DuckDB types, JSON Schema, the data dictionary.
import { z } from "zod";

export interface Dataset<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Table name, folder name and address: /data/<id>/. */
  readonly id: string;
  readonly title: string;
  /** One line a stranger understands. */
  readonly description: string;
  /** What one row is. */
  readonly grain: string;
  /** Columns that identify a row; also the total sort order of every file, so that bytes repeat. */
  readonly key: readonly (keyof Shape & string)[];
  readonly columns: z.ZodObject<Shape>;
  /** Semver of the schema: major = breaking schema or definition, minor = new columns, patch = corrections. */
  readonly version: string;
  /** What a reader must know before using it. */
  readonly limits: readonly string[];
}

export type Row<D extends Dataset> = z.output<D["columns"]>;

export function defineDataset<Shape extends z.ZodRawShape>(
  id: string,
  dataset: Omit<Dataset<Shape>, "id" | "columns"> & { columns: Shape },
): Dataset<Shape> {
  return { ...dataset, id, columns: z.strictObject(dataset.columns) as unknown as z.ZodObject<Shape> };
}

export interface Column {
  readonly name: string;
  /** DuckDB type in the warehouse. */
  readonly type: string;
  /** Type in the published files, where DECIMAL has become DOUBLE. */
  readonly published_type: string;
  readonly nullable: boolean;
  readonly description: string;
  readonly unit: string | null;
  readonly metric: string | null;
  readonly since: string;
  readonly allowed: readonly string[] | null;
}

/** The data dictionary of a dataset, in column order. Throws when a column lacks a description. */
export function columnsOf(dataset: Dataset): Column[] {
  return Object.entries(dataset.columns.shape).map(([name, type]) => {
    const meta = metaOf(type as z.ZodType);
    if (!meta.description) throw new Error(`missing description: ${dataset.id}.${name}`);
    return {
      name,
      type: duckdbType(type as z.ZodType),
      published_type: duckdbType(type as z.ZodType).replaceAll("DECIMAL(18,6)", "DOUBLE"),
      nullable: (type as z.ZodType).safeParse(null).success,
      description: meta.description,
      unit: meta.unit ?? null,
      metric: meta.metric ?? null,
      since: meta.since ?? "1.0.0",
      allowed: allowedOf(type as z.ZodType),
    };
  });
}

/** JSON Schema (2020-12) of the dataset's JSON file: an array of rows. */
export function jsonSchemaOf(dataset: Dataset): Record<string, unknown> {
  const schema = z.toJSONSchema(z.array(dataset.columns)) as {
    items: { properties: Record<string, object> };
  };
  const { properties } = schema.items;
  // A nullable column keeps its words on the inner type; readers of a schema look for them on the column.
  for (const [name, type] of Object.entries(dataset.columns.shape))
    properties[name] = { ...metaOf(type as z.ZodType), ...properties[name] };
  return {
    ...schema,
    $id: `https://globalleap.example/schemas/${dataset.id}/${dataset.version}.json`,
    title: dataset.title,
    description: dataset.description,
  };
}

/**
 * The DuckDB type that holds a zod type. Numbers become DECIMAL(18,6), because sums of doubles depend on the number of threads.
 * Throws on a zod type that has no counterpart.
 */
export function duckdbType(type: z.ZodType): string {
  const definition = type.def as {
    type: string;
    innerType?: z.ZodType;
    element?: z.ZodType;
    format?: string;
  };
  const format = (type as { format?: string | null }).format ?? definition.format;
  switch (definition.type) {
    case "nullable":
    case "optional":
    case "default":
    case "prefault":
    case "readonly":
      return duckdbType(definition.innerType as z.ZodType);
    case "string":
      return format === "date" ? "DATE" : format === "datetime" ? "TIMESTAMP" : "VARCHAR";
    case "enum":
    case "literal":
      return "VARCHAR";
    case "boolean":
      return "BOOLEAN";
    case "number":
      return format === "safeint" ? "BIGINT" : "DECIMAL(18,6)";
    case "array":
      return `${duckdbType(definition.element as z.ZodType)}[]`;
    case "object": {
      const shape = (type as z.ZodObject).shape;
      const fields = Object.entries(shape).map(
        ([name, field]) => `"${name}" ${duckdbType(field as z.ZodType)}`,
      );
      return `STRUCT(${fields.join(", ")})`;
    }
    default:
      throw new Error(`unknown column type: ${definition.type}`);
  }
}

interface ColumnMeta {
  description?: string;
  unit?: string;
  metric?: string;
  since?: string;
}

function metaOf(type: z.ZodType): ColumnMeta {
  const own = (type.meta() ?? {}) as ColumnMeta;
  const inner = (type.def as { innerType?: z.ZodType }).innerType;
  return inner ? { ...metaOf(inner), ...own } : own;
}

function allowedOf(type: z.ZodType): string[] | null {
  const inner = (type.def as { innerType?: z.ZodType }).innerType;
  if (inner) return allowedOf(inner);
  const element = (type.def as { element?: z.ZodType }).element;
  if (element) return allowedOf(element);
  return type instanceof z.ZodEnum ? type.options.map(String) : null;
}
