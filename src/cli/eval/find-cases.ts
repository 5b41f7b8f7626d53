import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fail, ok, type Result } from "../../result.ts";
import { UNKNOWN_TRUTH, type Cases, type MealCase, type PhotoCase } from "./cases.ts";
import { readNutrition5k, toMeals, toPhotos, type WeighedDish } from "./nutrition5k.ts";
import { readMealTable, readPhotoTable } from "./plain-tables.ts";

const PHOTO_ENDINGS: ReadonlySet<string> = new Set([".jpg", ".jpeg", ".png", ".webp"]);
/** Folders whose photos show no food. */
const NO_FOOD_FOLDER = /^(?:no|non|not)[-_ ]?food$/iu;
const MANIFESTS = ["manifest.csv", "labels.csv", "photos.csv"];
const NUTRITION5K_METADATA = /^dish_metadata_.*\.csv$/u;

const LAYOUTS =
  "pass a CSV file (file,labels,grams,kcal), a folder with such a manifest.csv, a folder with one folder of photos per label (Food-101), or Nutrition5k's folder";

const isPhoto = (name: string): boolean => PHOTO_ENDINGS.has(extname(name).toLowerCase());
const isFolder = (path: string): boolean => statSync(path).isDirectory();
const foldersIn = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => isFolder(join(path, name)))
    .sort();

const inFile = <Value>(file: string, result: Result<Value, string>): Result<Value, string> =>
  result.ok ? result : fail(`${file}, ${result.error}`);

/** Nutrition5k's dishes by their first cell: the metadata has no head line. */
const isNutrition5k = (text: string): boolean => /^(?:dish_id,total_calories|dish_\d+,)/u.test(text);

/** The photos lie in imagery/realsense_overhead/<dish_id>/rgb.png, beside or below the folder of the metadata. */
function locateOverhead(metadataFile: string): (dishId: string) => string | null {
  const folder = dirname(resolve(metadataFile));
  const roots = [folder, dirname(folder)].map((root) => join(root, "imagery/realsense_overhead"));
  return (dishId) => roots.map((root) => join(root, dishId, "rgb.png")).find((path) => existsSync(path)) ?? null;
}

function readDishes(files: readonly string[]): Result<WeighedDish[], string> {
  const dishes: WeighedDish[] = [];
  for (const file of files) {
    const read = inFile(file, readNutrition5k(readFileSync(file, "utf8")));
    if (!read.ok) return read;
    dishes.push(...read.value);
  }
  return ok(dishes);
}

function metadataIn(folder: string): string[] {
  const inner = join(folder, "metadata");
  const place = existsSync(inner) ? inner : folder;
  return readdirSync(place)
    .filter((name) => NUTRITION5K_METADATA.test(name))
    .sort()
    .map((name) => join(place, name));
}

function readNutrition5kPhotos(files: readonly string[]): Result<Cases<PhotoCase>, string> {
  const dishes = readDishes(files);
  if (!dishes.ok) return dishes;
  const photos = toPhotos(dishes.value, locateOverhead(files[0] ?? ""));
  if (photos.cases.length > 0) return ok(photos);
  return fail(
    `${files[0]}: no dish has its photo at imagery/realsense_overhead/<dish_id>/rgb.png beside the metadata.`,
  );
}

function readPhotoFile(file: string): Result<Cases<PhotoCase>, string> {
  const text = readFileSync(file, "utf8");
  if (isNutrition5k(text)) return readNutrition5kPhotos([file]);
  const locate = (name: string): string | null => {
    const path = resolve(dirname(file), name);
    return name !== "" && existsSync(path) ? path : null;
  };
  const read = inFile(file, readPhotoTable(text, locate));
  return read.ok ? ok({ cases: read.value, notes: [] }) : read;
}

/** One folder a label; Food-101 has them below `images`. */
function readLabelFolders(folder: string): Result<Cases<PhotoCase>, string> {
  const below = join(folder, "images");
  const root = existsSync(below) && isFolder(below) ? below : folder;
  const cases = foldersIn(root).flatMap((label) =>
    readdirSync(join(root, label))
      .filter(isPhoto)
      .sort()
      .map((name): PhotoCase => {
        const labels = NO_FOOD_FOLDER.test(label) ? [] : [label];
        return { name: `${label}/${name}`, file: join(root, label, name), labels, traces: [], truth: UNKNOWN_TRUTH };
      }),
  );
  return cases.length > 0 ? ok({ cases, notes: [] }) : fail(`${folder} has no labeled photos: ${LAYOUTS}.`);
}

/** The photos of a path in any of the layouts; a sentence that says what to do when it has none. */
export function findPhotos(path: string): Result<Cases<PhotoCase>, string> {
  if (!existsSync(path)) return fail(`${path} does not exist: ${LAYOUTS}.`);
  if (!isFolder(path)) return readPhotoFile(path);
  const manifest = MANIFESTS.map((name) => join(path, name)).find((file) => existsSync(file));
  if (manifest !== undefined) return readPhotoFile(manifest);
  const metadata = metadataIn(path);
  return metadata.length > 0 ? readNutrition5kPhotos(metadata) : readLabelFolders(path);
}

/** The meals of a file, or of Nutrition5k's folder; a sentence that says what to do when it has none. */
export function findMeals(path: string): Result<Cases<MealCase>, string> {
  if (!existsSync(path)) {
    return fail(`${path} does not exist: pass a CSV file (meal,ingredient,grams,kcal) or Nutrition5k's metadata.`);
  }
  const files = isFolder(path) ? metadataIn(path) : [path];
  const [first] = files;
  if (first === undefined) return fail(`${path} has no dish_metadata_….csv: pass that file, or a CSV of meals.`);
  const text = readFileSync(first, "utf8");
  if (isNutrition5k(text) || NUTRITION5K_METADATA.test(basename(first))) {
    const dishes = readDishes(files);
    return dishes.ok ? ok(toMeals(dishes.value)) : dishes;
  }
  const meals = inFile(first, readMealTable(text));
  return meals.ok ? ok({ cases: meals.value, notes: [] }) : meals;
}
