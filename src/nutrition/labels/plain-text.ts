/** Units and words of Chinese and Japanese labels in the form that the parser knows; longer ones first. */
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/千焦耳?/gu, "kj"],
  [/千卡|大卡|キロカロリー/gu, "kcal"],
  [/微克|µg|μg|(?<=\d\s?)ug(?![a-z])/gu, "mcg"],
  [/毫克|ミリグラム/gu, "mg"],
  [/毫升|ミリリットル/gu, "ml"],
  [/公克|克|グラム/gu, "g"],
  [/未満|以下/gu, " less than "],
];

/** What stands between cells or marks a footnote, and is never part of a name or an amount. */
const NOISE = /[|¦£$~*°•·†‡“”"«»_=—–]/gu;

/** Letters that a reader of characters takes for digits, where only a digit can stand; and what it takes a "g" for. */
const MISREAD_DIGITS: readonly (readonly [RegExp, string])[] = [
  [/(?<![a-z\d])o(?=\s?(?:m?c?g(?![a-z])|%|[.,]\d))/gu, "0"],
  [/(?<=\d|[.,])o(?=\d|\s?m?c?g(?![a-z])|\s?%)/gu, "0"],
  [/(?<![a-z])[li](?=\d|[.,]\d|g(?![a-z])|mg(?![a-z]))/gu, "1"],
  [/(?<=\d)[li](?=\d)/gu, "1"],
  [/(?<=\d\s?)[¢€]\s?g?(?![a-z\d])/gu, "g"],
];

/** Lower case, full-width characters narrowed, diacritics dropped: "Énergie １００ｇ" → "energie 100g". Kana keep theirs. */
export const foldLetters = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/gu, "")
    .normalize("NFC")
    .replace(/ß/gu, "ss");

/** One cell's text in the form that names and amounts are looked for in. */
export function toPlainText(text: string): string {
  let plain = foldLetters(text).replace(NOISE, " ");
  for (const [pattern, replacement] of [...SPELLED, ...MISREAD_DIGITS]) plain = plain.replace(pattern, replacement);
  return plain.replace(/\s+/gu, " ").trim();
}
