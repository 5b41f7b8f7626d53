import type { RecordContent } from "./record.ts";
import type { UploadOptions } from "./upload-options.ts";

/** The language that names are in from the start. */
const NATIVE_LANGUAGE = "en";

/** The language of a record's translated names, ISO 639-1; null when the upload asks for none, or for English. */
export const translationLanguage = ({ language_code: code }: Pick<UploadOptions, "language_code">): string | null =>
  code === undefined || code === NATIVE_LANGUAGE ? null : code;

/** What a record's translations are made for. */
type TranslatedOptions = Pick<UploadOptions, "language_code" | "include_dish_description">;

/**
 * Which translations a record ought to have and has not, as warnings. They follow from the content alone, so that a
 * change of it can tell which ones are outdated.
 */
export function missingTranslations(content: RecordContent, options: TranslatedOptions): string[] {
  const language = translationLanguage(options);
  if (language === null) return [];
  const named = [
    { name: content.dishName, translated: content.dishNameTranslated },
    ...content.ingredients.map(({ name, nameTranslated }) => ({ name, translated: nameTranslated })),
  ];
  const missing = new Set(named.filter(({ translated }) => translated === undefined).map(({ name }) => name));
  const isDescriptionMissing =
    options.include_dish_description &&
    content.dishDescription !== null &&
    content.dishDescriptionTranslated === undefined;
  return [
    ...(missing.size > 0 ? [`No name in "${language}" was found for: ${[...missing].join(", ")}.`] : []),
    ...(isDescriptionMissing ? [`The description could not be translated into "${language}".`] : []),
  ];
}
