/** Letters that Unicode does not decompose into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ø: "o", æ: "ae", œ: "oe", ß: "ss", ł: "l", đ: "d", ı: "i" };

/** "A glass of milk" names milk. Without "of" the word stays: a rice bowl is a dish. */
const CONTAINER =
  /\b(?:bowl|bottle|can|cup|glass|handful|jar|mug|piece|pint|plate|portion|scoop|serving|side|slice|spoon|strip|wedge)(?:e?s)? of\b/gu;

const ARTICLES: ReadonlySet<string> = new Set(["a", "an", "the", "of", "some"]);

/** Words that join foods but name none. They stay in a key ("chicken and rice" is not "chicken with rice"). */
const CONNECTIVES: ReadonlySet<string> = new Set(["and", "or", "with", "in", "on", "for", "from", "to", "plus"]);

/** Plurals that change their stem. */
const IRREGULAR: Readonly<Record<string, string>> = {
  leaves: "leaf",
  loaves: "loaf",
  halves: "half",
  calves: "calf",
  geese: "goose",
};

/** Regional names and spellings of one food; the right-hand side is what the food table uses. */
const SPELLINGS: Readonly<Record<string, string>> = {
  aubergine: "eggplant",
  beetroot: "beet",
  catsup: "ketchup",
  chile: "chili",
  chilli: "chili",
  courgette: "zucchini",
  doughnut: "donut",
  garbanzo: "chickpea",
  houmous: "hummus",
  omelet: "omelette",
  prawn: "shrimp",
  rocket: "arugula",
  roquette: "arugula",
  yoghurt: "yogurt",
};

/**
 * One form for singular and plural. Not English, but the same for both: berry and berries → "berri", cookie and
 * cookies → "cooki", peach and peaches → "peach", date and dates → "dat". Words of three letters stay ("pie", "rye").
 */
function stem(word: string): string {
  const singular = IRREGULAR[word] ?? (word.length > 3 && /[^s]s$/u.test(word) ? word.slice(0, -1) : word);
  if (singular.length <= 3) return singular;
  return singular.replace(/e$/u, "").replace(/y$/u, "i");
}

const VARIANTS: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLINGS).map(([variant, common]) => [stem(variant), stem(common)]),
);

function canonicalWord(word: string): string {
  const stemmed = stem(word);
  return VARIANTS.get(stemmed) ?? stemmed;
}

/** Lower case without diacritics and apostrophes: "Crème Brûlée" → "creme brulee". */
const plainText = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[øæœßłđı]/gu, (letter) => LETTERS[letter] ?? letter)
    .replace(/['’‘`´]/gu, "")
    .replace(/&/gu, " and ")
    .replace(/\bw\//gu, "with ");

function nameWords(name: string): string[] {
  const words =
    plainText(name)
      .replace(CONTAINER, " ")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !ARTICLES.has(word)).map(canonicalWord);
}

/**
 * The form under which a name is stored and looked up exactly: words in their order, without case, diacritics,
 * punctuation, articles and plural. Empty when the name has no word. Stored keys are made by this very function: a
 * change here needs a migration that writes `food_names.name_key` again.
 */
export const nameKey = (name: string): string => nameWords(name).join(" ");

/** The words that name a food, in the form of `nameKey`. */
export const contentWords = (name: string): string[] => nameWords(name).filter((word) => !CONNECTIVES.has(word));

/** One word in the form that `nameKey` gives it, for tables of words. */
export const canonicalWords = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(canonicalWord));

/** A word in canonical form ("chees") so that making it canonical once more leaves it the same word ("cheese"). */
const unstem = (stemmed: string): string => (canonicalWord(stemmed) === stemmed ? stemmed : `${stemmed}e`);

/** A name with some of its words replaced; `replacement` gets and gives them in the form of `nameKey`, null = stays. */
export const replaceWords = (name: string, replacement: (word: string) => string | null): string =>
  name.replace(/[\p{L}\p{N}]+/gu, (text) => {
    const other = replacement(nameKey(text));
    return other === null ? text : unstem(other);
  });
