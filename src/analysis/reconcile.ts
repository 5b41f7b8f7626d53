import { weighSeenName, type WeighedName } from "../nutrition/name-words.ts";
import { canonicalWords } from "../nutrition/normalize-name.ts";
import type { SeenFood, Recognition } from "./recognizers/recognizer.ts";

/** What one model saw. */
export interface ModelRecognition {
  model: string;
  recognition: Recognition;
}

/** Two names of the same thing mean one food when one has this share of the other's words, by weight. */
const SAME_FOOD = 0.5;
const CUTS = canonicalWords("breast thigh leg wing drumstick fillet steak chop loin rib belly shoulder".split(" "));
/** A food with less than this share of the total confidence is omitted: one unsure model out of several. */
const MIN_SUPPORT = 0.2;

interface Cluster {
  /** What the models called it, in their order; at most one food a model. */
  foods: { modelIndex: number; food: SeenFood }[];
  name: WeighedName;
}

function coveredShare(name: WeighedName, other: WeighedName): number {
  let covered = 0;
  let total = 0;
  for (const [word, weight] of name.weights) {
    total += weight;
    if (other.weights.has(word)) covered += weight;
  }
  return total === 0 ? 0 : covered / total;
}

/** "Chicken breast" is a cut of chicken: the animal says what it is as well as the cut does. */
const isCutOf = (cut: WeighedName, whole: WeighedName): boolean =>
  cut.head !== null && CUTS.has(cut.head) && whole.head !== null && cut.weights.has(whole.head);

/** How well two names agree, 0–1: when they name the same thing, the better of both directions. */
function agreement(a: WeighedName, b: WeighedName): number {
  if (a.head === null || b.head === null) return a.key === b.key ? 1 : 0;
  const isSame = a.head === b.head || isCutOf(a, b) || isCutOf(b, a);
  return isSame ? Math.max(coveredShare(a, b), coveredShare(b, a)) : 0;
}

/** Matches each model's foods with those of the models before it, best pairs first. */
function cluster(modelRecognitions: readonly ModelRecognition[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const [modelIndex, { recognition }] of modelRecognitions.entries()) {
    const pairs = recognition.foods.flatMap((food) => {
      const name = weighSeenName(food.name);
      return clusters.map((known) => ({ food, known, fit: agreement(name, known.name) }));
    });
    const placed = new Set<SeenFood>();
    const taken = new Set<Cluster>();
    for (const { food, known, fit } of pairs.toSorted((a, b) => b.fit - a.fit)) {
      if (fit < SAME_FOOD || placed.has(food) || taken.has(known)) continue;
      known.foods.push({ modelIndex, food });
      placed.add(food);
      taken.add(known);
    }
    for (const food of recognition.foods) {
      if (!placed.has(food)) clusters.push({ foods: [{ modelIndex, food }], name: weighSeenName(food.name) });
    }
  }
  return clusters;
}

/** The middle of some numbers; of two, their geometric mean: grams are judged by factors. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return Math.sqrt(upper * lower);
}

/**
 * One food out of what the models say of it: grams are the median, the range reaches over every model's own value, and
 * the confidence is the mean over all models, those that did not see it counting as zero.
 */
function merge({ foods }: Cluster, witnesses: number): SeenFood | null {
  const [first] = foods;
  if (first === undefined) return null;
  const confidence = foods.reduce((sum, { food }) => sum + food.confidence, 0) / witnesses;
  if (witnesses > 1 && confidence < MIN_SUPPORT) return null;
  const grams = foods.map(({ food }) => food.grams);
  const low = median(foods.map(({ food }) => food.sizeRange[0]));
  const high = median(foods.map(({ food }) => food.sizeRange[1]));
  return {
    name: first.food.name,
    grams: median(grams),
    sizeRange: [Math.min(low, ...grams), Math.max(high, ...grams)],
    confidence,
    boxes: foods.find(({ food }) => food.boxes.length > 0)?.food.boxes ?? [],
  };
}

const shareWord = (a: string, b: string): boolean => agreement(weighSeenName(a), weighSeenName(b)) > 0;

function dishWarnings(names: readonly string[]): string[] {
  const [first, ...others] = names;
  const other = first === undefined ? undefined : others.find((name) => !shareWord(first, name));
  return other === undefined ? [] : [`The models do not agree on the dish: "${first}" or "${other}".`];
}

function foodWarnings(clusters: readonly Cluster[], witnesses: number): string[] {
  const disputed = clusters.filter(({ foods }) => foods.length * 2 <= witnesses && witnesses > 1);
  return disputed.length === 0
    ? []
    : [`Not every model recognized: ${disputed.map(({ foods }) => `"${foods[0]?.food.name ?? ""}"`).join(", ")}.`];
}

/**
 * One sighting out of several models' of the same photo. Names, dish and description are those of the model that is
 * listed first, where it has them; foods that only some models recognized have lower confidence, and are omitted if
 * almost none did.
 */
export function reconcile(modelRecognitions: readonly ModelRecognition[]): Recognition {
  const [first] = modelRecognitions;
  if (first !== undefined && modelRecognitions.length === 1) return first.recognition;
  const recognitions = modelRecognitions.map(({ recognition }) => recognition);
  const clusters = cluster(modelRecognitions)
    .map((known) => ({ known, food: merge(known, modelRecognitions.length) }))
    .filter((entry): entry is { known: Cluster; food: SeenFood } => entry.food !== null);
  const dishes = recognitions.map(({ dishName }) => dishName).filter((name) => name !== null);
  return {
    dishName: dishes[0] ?? null,
    description: recognitions.find(({ description }) => description !== null)?.description ?? null,
    foods: clusters.map(({ food }) => food),
    foodPresent: recognitions.some(({ foodPresent }) => foodPresent),
    warnings: [
      ...new Set(recognitions.flatMap(({ warnings }) => warnings)),
      ...dishWarnings(dishes),
      ...foodWarnings(
        clusters.map(({ known }) => known),
        modelRecognitions.length,
      ),
    ],
  };
}
