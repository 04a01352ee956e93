// Latin letters without their marks: by this the pipeline folds posts, and the claims rules, which browsers run too, fold copy.

const apart: Readonly<Record<string, string>> = {
  ß: "ss",
  œ: "oe",
  æ: "ae",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
};

/** A letter in lower case, without its marks; ligatures give two, a mark alone gives none. */
export const unmarked = (letter: string): string =>
  apart[letter] ?? letter.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
