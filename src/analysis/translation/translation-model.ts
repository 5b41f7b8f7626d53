import { z } from "zod";

/** The request of a translation model, in the format of Workers AI's m2m100. */
export type TranslationInput = { text: string; source_lang: string; target_lang: string };

/**
 * The languages of Meta's M2M100 that have a code of two letters (facebook/m2m100_1.2B, model card), by the scripts
 * that they are written in. Output in another script is none: the model then echoes, or mistakes the language.
 */
const LANGUAGES_BY_SCRIPT: Readonly<Record<string, string>> = {
  Latin: `af az br bs ca cs cy da de es et ff fi fr fy ga gd gl ha hr ht hu id ig is it jv lb lg ln lt lv mg ms nl no ns oc
    pl pt ro sk sl so sq ss su sv sw tl tn tr uz vi wo xh yo zu`,
  Cyrillic: "ba be bg kk mk mn ru sr uk",
  Arabic: "ar fa ps sd ur",
  Hebrew: "he yi",
  Devanagari: "hi mr ne",
  Han: "ja zh",
  Hiragana: "ja",
  Katakana: "ja",
  Hangul: "ko",
  Greek: "el",
  Armenian: "hy",
  Bengali: "bn",
  Ethiopic: "am",
  Georgian: "ka",
  Gujarati: "gu",
  Gurmukhi: "pa",
  Kannada: "kn",
  Khmer: "km",
  Lao: "lo",
  Malayalam: "ml",
  Myanmar: "my",
  Oriya: "or",
  Sinhala: "si",
  Tamil: "ta",
  Thai: "th",
};

/** Norwegian Bokmål has a code of its own, which the model does not know. */
const MODEL_CODES: Readonly<Record<string, string>> = { nb: "no" };

const modelCode = (language: string): string => MODEL_CODES[language] ?? language;

const scriptsOf = (language: string): string[] =>
  Object.entries(LANGUAGES_BY_SCRIPT).flatMap(([script, codes]) =>
    codes.split(/\s+/u).includes(modelCode(language)) ? [script] : [],
  );

/** Whether the model knows a language at all. */
export const isModelLanguage = (language: string): boolean => scriptsOf(language).length > 0;

export const buildTranslation = (text: string, language: string): TranslationInput => ({
  text,
  source_lang: "en",
  target_lang: modelCode(language),
});

const answerSchema = z.object({ translated_text: z.string() });

/** Translations of a short name run longer than it, but no language needs more than this many characters for one. */
const LONGEST_GROWTH = 3;
const SHORT_NAME_LENGTH = 30;

/** Markup, addresses, lines, placeholders: nothing of this is in the name of a dish or in a sentence about one. */
const FOREIGN = /[<>{}[\]|\\^~*_=#@\p{Cc}\p{Co}\p{Cn}]|https?:|www\./u;
/** What ends a sentence in prose. A name has none of it, unless it was there before: "Dr. Pepper". */
const SENTENCE_END = /[.!?:。！？：](?:\s|$)/u;

/**
 * Reads what the model answered for `text`; null when it is no translation: empty, too long, with markup, prose about a
 * name, or in another script than the language is written in.
 */
export function readTranslation(answer: unknown, text: string, language: string): string | null {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return null;
  const translated = parsed.data.translated_text.trim();
  const isTooLong = translated.length > Math.max(text.length, SHORT_NAME_LENGTH) * LONGEST_GROWTH;
  if (translated === "" || isTooLong || FOREIGN.test(translated)) return null;
  if (SENTENCE_END.test(translated) && !SENTENCE_END.test(text)) return null;
  const isWritten = scriptsOf(language).some((script) => new RegExp(`\\p{Script=${script}}`, "u").test(translated));
  return isWritten ? translated : null;
}
