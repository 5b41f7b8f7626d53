import { wordsOfFood, preparationWords, splitSides } from "./name-words.ts";
import { nameKey } from "./normalize-name.ts";

/**
 * What a bare class of foods means where nothing says which one: the form that is eaten most, under its name in the food
 * table. Without it "fish" would be the fish whose name happens to be shortest, and "berries" none at all.
 */
export const COMMON_FORMS: Readonly<Record<string, string>> = {
  berries: "blueberries",
  chocolate: "milk chocolate",
  "cold cut": "ham",
  cutlet: "schnitzel",
  "deli meat": "ham",
  drumsticks: "chicken drumstick",
  fish: "white fish",
  fruit: "fruit salad",
  greens: "lettuce",
  herbs: "fresh parsley",
  legumes: "lentils",
  meat: "roast beef",
  melon: "cantaloupe melon",
  oil: "olive oil",
  patty: "ground beef patty",
  peppers: "bell pepper",
  pie: "apple pie",
  poultry: "roast chicken",
  pulses: "lentils",
  ribs: "baby back ribs",
  roll: "dinner roll",
  seafood: "shrimp",
  shellfish: "shrimp",
  soup: "vegetable soup",
  vegetables: "mixed vegetables",
  veggies: "mixed vegetables",
  wings: "chicken wings",
};

const FORM_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(COMMON_FORMS).map(([name, form]) => [nameKey(name), form]),
);

/**
 * The name of the usual member of a class, for a name that says no more than the class and how it was prepared: "baked
 * fish" → "baked white fish". Null for every other name.
 */
export function commonForm(name: string): string | null {
  const { main, sides } = splitSides(name);
  const form = FORM_OF.get(wordsOfFood(main).join(" ") || nameKey(main));
  return form === undefined ? null : [...preparationWords(main), form, sides].join(" ").trim();
}
