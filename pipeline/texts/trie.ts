// A trie over code units: holds needles, finds the longest that starts at a place of a line.

export interface Found<Value> {
  readonly end: number;
  readonly value: Value;
}

export class Trie<Value> {
  /** First code unit → node, as a table: most places of a line start nothing, and must cost nothing. */
  readonly #roots = new Int32Array(65_536);
  readonly #children: Map<number, number>[] = [new Map()];
  readonly #values: (Value | undefined)[] = [undefined];

  get(needle: readonly number[]): Value | undefined {
    let node = this.#roots[needle[0] ?? 0] as number;
    for (let i = 1; i < needle.length && node !== 0; i++) {
      node = (this.#children[node] as Map<number, number>).get(needle[i] as number) ?? 0;
    }
    return node === 0 ? undefined : this.#values[node];
  }

  set(needle: readonly number[], value: Value): void {
    const [first, ...rest] = needle;
    if (first === undefined) return;
    let node = this.#roots[first] as number;
    if (node === 0) {
      node = this.#grow();
      this.#roots[first] = node;
    }
    for (const code of rest) {
      const children = this.#children[node] as Map<number, number>;
      let child = children.get(code);
      if (child === undefined) {
        child = this.#grow();
        children.set(code, child);
      }
      node = child;
    }
    this.#values[node] = value;
  }

  /** The longest needle at `from` that `fits` its surroundings, or null. */
  longest(
    codes: Uint16Array,
    length: number,
    from: number,
    fits: (from: number, end: number, value: Value) => boolean,
  ): Found<Value> | null {
    let node = this.#roots[codes[from] as number] as number;
    let found: Found<Value> | null = null;
    let at = from + 1;
    while (node !== 0) {
      const value = this.#values[node];
      if (value !== undefined && fits(from, at, value)) found = { end: at, value };
      if (at >= length) break;
      node = (this.#children[node] as Map<number, number>).get(codes[at] as number) ?? 0;
      at++;
    }
    return found;
  }

  #grow(): number {
    this.#children.push(new Map());
    this.#values.push(undefined);
    return this.#children.length - 1;
  }
}
