// Korean glues particles to words; the index holds words as written. A query is tried again without them.
const particles =
  /(?<=[\uac00-\ud7a3]{2})(?:에서는|으로는|에서|에게|으로|까지|부터|이나|은|는|이|가|을|를|의|에|로|와|과|도|만)$/u;

/** `세럼을 추천` → `세럼 추천`. Words of other scripts, and words too short to carry a particle, stay. */
export function withoutParticles(words: string): string {
  return words
    .split(/\s+/)
    .map((word) => word.replace(particles, ""))
    .join(" ");
}
