// Code a reader can paste to read a dataset, in the five languages asked for most; the address is pinned to the edition.

export interface CodeSample {
  readonly language: string;
  readonly code: string;
}

/** @param base address of the dataset's folder for one edition, ending in a slash */
export function codeSamples(dataset: string, base: string): CodeSample[] {
  const parquet = `${base}${dataset}.parquet`;
  const csv = `${base}${dataset}.csv`;
  const json = `${base}${dataset}.json`;
  return [
    { language: "DuckDB", code: `SELECT *\nFROM '${parquet}'\nLIMIT 10;` },
    { language: "Python", code: `import pandas as pd\n\n${dataset} = pd.read_parquet("${parquet}")` },
    { language: "R", code: `${dataset} <- read.csv("${csv}", na.strings = "")` },
    {
      language: "JavaScript",
      code: `const response = await fetch("${json}");\nconst ${camelCase(dataset)} = await response.json();`,
    },
    { language: "curl", code: `curl --fail --remote-name ${parquet}` },
  ];
}

const camelCase = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
