// A trie over code units: holds needles, finds the longest that starts at a place of a line.

export interface Found<Value> {
  readonly end: number;
  readonly value: Value;
}

/** Nodes are rows of plain arrays, children a chain of siblings: tens of thousands of needles fit in a few megabytes. */
export class Trie<Value> {
  /** First code unit → node, as a table: most places of a line start nothing, and must cost nothing. */
  readonly #roots = new Int32Array(65_536);
  readonly #code: number[] = [0];
  readonly #child: number[] = [0];
  readonly #sibling: number[] = [0];
  readonly #value: (Value | undefined)[] = [undefined];

  get(needle: readonly number[]): Value | undefined {
    let node = this.#roots[needle[0] ?? 0] as number;
    for (let i = 1; i < needle.length && node !== 0; i++) node = this.#next(node, needle[i] as number);
    return this.#value[node];
  }

  set(needle: readonly number[], value: Value): void {
    const first = needle[0];
    if (first === undefined) return;
    let node = this.#roots[first] as number;
    if (node === 0) {
      node = this.#grow(first, 0);
      this.#roots[first] = node;
    }
    for (let i = 1; i < needle.length; i++) {
      const code = needle[i] as number;
      let child = this.#next(node, code);
      if (child === 0) {
        child = this.#grow(code, this.#child[node] as number);
        this.#child[node] = child;
      }
      node = child;
    }
    this.#value[node] = value;
  }

  /** The longest needle at `from` that `fits` its surroundings, or null. */
  longest(
    codes: Uint16Array,
    length: number,
    from: number,
    fits: (codes: Uint16Array, from: number, end: number) => boolean,
  ): Found<Value> | null {
    let node = this.#roots[codes[from] as number] as number;
    let best: Value | undefined;
    let bestEnd = 0;
    let at = from + 1;
    while (node !== 0) {
      const value = this.#value[node];
      if (value !== undefined && fits(codes, from, at)) {
        best = value;
        bestEnd = at;
      }
      if (at >= length) break;
      node = this.#next(node, codes[at] as number);
      at++;
    }
    return best === undefined ? null : { end: bestEnd, value: best };
  }

  #next(node: number, code: number): number {
    let child = this.#child[node] as number;
    while (child !== 0 && this.#code[child] !== code) child = this.#sibling[child] as number;
    return child;
  }

  #grow(code: number, sibling: number): number {
    this.#code.push(code);
    this.#child.push(0);
    this.#sibling.push(sibling);
    return this.#value.push(undefined) - 1;
  }
}
