// CP949, what Korean spreadsheets write. Node's own decoder knows only its core, EUC-KR, and turns 샾 or 똠 into noise without
// a word. The other 8,822 syllables lie in Unicode order in the gaps that EUC-KR leaves, so the table is computed.

const REPLACEMENT = 0xfffd;
const LEADS = 0xfe - 0x81 + 1;
const TRAILS = 0xfe - 0x41 + 1;

let known: Uint16Array | undefined;

/** Decodes pieces of a stream, as TextDecoder does. */
export function createKoreanDecoder(): {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
} {
  known ??= computeTable();
  const table = known;
  let lead = 0;
  return {
    decode(bytes = new Uint8Array(), { stream = false } = {}) {
      const units = new Uint16Array(bytes.length + 2);
      let length = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] as number;
        if (lead !== 0) {
          const unit =
            byte >= 0x41 && byte <= 0xfe ? (table[(lead - 0x81) * TRAILS + byte - 0x41] as number) : 0;
          lead = 0;
          units[length++] = unit === 0 ? REPLACEMENT : unit;
          // A lead before a character of its own spoils only itself.
          if (unit === 0 && byte < 0x80) units[length++] = byte;
        } else if (byte < 0x80) units[length++] = byte;
        else if (byte >= 0x81 && byte <= 0xfe) lead = byte;
        else units[length++] = REPLACEMENT;
      }
      if (!stream && lead !== 0) {
        units[length++] = REPLACEMENT;
        lead = 0;
      }
      return Buffer.from(units.buffer, 0, length * 2).toString("utf16le");
    },
  };
}

function computeTable(): Uint16Array {
  const table = new Uint16Array(LEADS * TRAILS);
  const core = new TextDecoder("euc-kr");
  const inCore = new Set<number>();
  for (let lead = 0xa1; lead <= 0xfe; lead += 1) {
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) {
      const text = core.decode(new Uint8Array([lead, trail]));
      if (text.length !== 1 || text === "\ufffd") continue;
      const unit = text.charCodeAt(0);
      table[(lead - 0x81) * TRAILS + trail - 0x41] = unit;
      inCore.add(unit);
    }
  }
  let syllable = 0xac00;
  for (let lead = 0x81; lead <= 0xc6; lead += 1) {
    for (let trail = 0x41; trail <= 0xfe; trail += 1) {
      const letter = trail <= 0x5a || (trail >= 0x61 && trail <= 0x7a) || trail >= 0x81;
      if (!letter || (lead >= 0xa1 && trail >= 0xa1)) continue;
      while (inCore.has(syllable)) syllable += 1;
      if (syllable > 0xd7a3) return table;
      table[(lead - 0x81) * TRAILS + trail - 0x41] = syllable;
      syllable += 1;
    }
  }
  return table;
}
