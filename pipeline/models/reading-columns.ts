// The table of what models read: one row a text.

export const readingColumns = {
  text_key: "UBIGINT",
  /** Why it was asked about: `unsure`, or `sample`. */
  asked: "VARCHAR",
  offline: "VARCHAR",
  polarity: "VARCHAR",
  irony: "BOOLEAN",
  model: "VARCHAR",
  prompt_version: "VARCHAR",
  answered_on: "DATE",
};
