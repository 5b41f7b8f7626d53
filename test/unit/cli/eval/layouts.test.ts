import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findMeals, findPhotos } from "../../../../src/cli/eval/find-cases.ts";
import { readNutrition5k, toMeals } from "../../../../src/cli/eval/nutrition5k.ts";
import { pickEvenly, parseOptions } from "../../../../src/cli/eval/options.ts";
import { readMealTable, readPhotoTable } from "../../../../src/cli/eval/plain-tables.ts";

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "morsel-eval-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const beside = (file: string): string | null => (file.endsWith(".jpg") ? `/photos/${file}` : null);

describe("a table of photos", () => {
  it("gives labels, and what is known of the meal", () => {
    const read = readPhotoTable('file,labels,grams,kcal\na.jpg,"rice; peas",300,\n\nb.jpg,,,\n', beside);
    expect(read).toMatchObject({
      ok: true,
      value: [
        { file: "/photos/a.jpg", labels: ["rice", "peas"], truth: { grams: 300, kcal: null } },
        { file: "/photos/b.jpg", labels: [], truth: { grams: null, kcal: null } },
      ],
    });
  });

  it.each([
    ["photo,labels\na.jpg,rice", 'line 1: there is no column "file"'],
    ["file,labels", "line 2: there are no rows"],
    ["file,labels,kcal\na.jpg,rice,100\nb.jpg,rice,many", 'line 3: kcal is "many"'],
    ["file,labels,grams\na.jpg,rice,-4", 'line 2: grams is "-4"'],
    ["file,labels\n\na.jpg,rice\nb.gif,rice", 'line 4: there is no file "b.gif"'],
  ])("names the line of what is wrong with %j", (text, sentence) => {
    const read = readPhotoTable(text, beside);
    expect(read.ok ? "" : read.error).toContain(sentence);
  });
});

describe("a table of meals", () => {
  it("adds the ingredients of a meal up, where all are known", () => {
    const read = readMealTable(
      "meal,ingredient,grams,kcal,fat_g\nlunch,rice,200,260,1\nlunch,peas,50,40,\nsnack,apple,100,52,0.2\n",
    );
    expect(read).toMatchObject({
      ok: true,
      value: [
        {
          name: "lunch",
          items: [
            { name: "rice", grams: 200 },
            { name: "peas", grams: 50 },
          ],
          truth: { grams: 250, kcal: 300, fat_g: null },
        },
        { name: "snack", truth: { grams: 100, kcal: 52, fat_g: 0.2 } },
      ],
    });
  });

  it.each([
    ["meal,ingredient\nlunch,rice", 'line 1: there is no column "grams"'],
    ["meal,ingredient,grams\nlunch,rice,0", "line 2: grams must be above zero"],
    ["meal,ingredient,grams\nlunch,,50", "line 2: a meal or an ingredient has no name"],
  ])("names the line of what is wrong with %j", (text, sentence) => {
    const read = readMealTable(text);
    expect(read.ok ? "" : read.error).toContain(sentence);
  });
});

/** Two dishes in the layout of dish_metadata_cafe1.csv, with numbers of our own. */
const DISHES = [
  "dish_1,300.5,200,12,28,18,ingr_0000000001,rice,120,150,0.4,33,3,ingr_0000000002,olive oil,5,44,5,0,0,ingr_0000000003,chicken,75,106.5,2.7,0,23",
  "dish_2,0,0,0,0,0,ingr_0000000004,plate only,10,0,0,0,0",
].join("\n");

describe("Nutrition5k's metadata", () => {
  it("gives dishes with their weighed ingredients and true totals", () => {
    const read = readNutrition5k(DISHES);
    expect(read.ok ? read.value[0] : null).toEqual({
      id: "dish_1",
      truth: { kcal: 300.5, grams: 200, fat_g: 12, carbohydrate_g: 28, protein_g: 18 },
      ingredients: [
        { name: "rice", grams: 120 },
        { name: "olive oil", grams: 5 },
        { name: "chicken", grams: 75 },
      ],
    });
  });

  it("leaves out dishes without food, and says so", () => {
    const read = readNutrition5k(DISHES);
    const meals = toMeals(read.ok ? read.value : []);
    expect(meals.cases.map(({ name }) => name)).toEqual(["dish_1"]);
    expect(meals.notes).toEqual(["1 dishes are skipped: they have no weighed ingredient."]);
  });

  it("may have a head line, and the number of ingredients before them", () => {
    const head = "dish_id,total_calories,total_mass,total_fat,total_carb,total_protein,num_ingrs,ingr_1_id";
    const read = readNutrition5k(`${head}\ndish_1,52,100,0,14,0,1,ingr_0000000001,apple,100,52,0.2,14,0.3\n`);
    expect(read).toMatchObject({ ok: true, value: [{ ingredients: [{ name: "apple", grams: 100 }] }] });
  });

  it.each([
    ["dish_1,300,200,12,28", "line 1: expected dish_id"],
    [`${DISHES}\ndish_3,300,heavy,1,1,1`, "line 3: expected dish_id"],
    ["dish_1,300,200,12,28,18,ingr_1,rice,120", 'line 1: the ingredients of "dish_1"'],
    ["dish_1,300,200,12,28,18,ingr_1,rice,much,1,1,1,1", "line 1: an ingredient"],
    ["", "line 1: there are no dishes"],
  ])("names the line of what is wrong with %j", (text, sentence) => {
    const read = readNutrition5k(text);
    expect(read.ok ? "" : read.error).toContain(sentence);
  });
});

describe("a path", () => {
  it("with a folder for each label is Food-101's layout, with or without its images folder", () => {
    const plain = folderWith({ "apple_pie/1.jpg": "", "apple_pie/notes.txt": "", "non-food/2.png": "" });
    const below = folderWith({ "images/apple_pie/1.jpg": "", "meta/classes.txt": "" });
    expect(findPhotos(plain)).toMatchObject({
      ok: true,
      value: { cases: [{ name: "apple_pie/1.jpg", labels: ["apple_pie"] }, { labels: [] }] },
    });
    expect(findPhotos(below)).toMatchObject({ ok: true, value: { cases: [{ labels: ["apple_pie"] }] } });
  });

  it("with a manifest is read by it", () => {
    const folder = folderWith({ "manifest.csv": "file,label\nx/1.jpg,rice\n", "x/1.jpg": "" });
    expect(findPhotos(folder)).toMatchObject({
      ok: true,
      value: { cases: [{ file: join(folder, "x/1.jpg"), labels: ["rice"] }] },
    });
  });

  it("with Nutrition5k's folders gives photos with what is to be seen on them, and meals", () => {
    const folder = folderWith({
      "metadata/dish_metadata_cafe1.csv": DISHES,
      "imagery/realsense_overhead/dish_1/rgb.png": "",
    });
    const photos = findPhotos(folder);
    expect(photos).toMatchObject({
      ok: true,
      value: {
        cases: [{ name: "dish_1", labels: ["rice", "chicken"], traces: ["olive oil"], truth: { kcal: 300.5 } }],
      },
    });
    expect(findPhotos(join(folder, "metadata/dish_metadata_cafe1.csv"))).toEqual(photos);
    expect(findMeals(folder)).toMatchObject({ ok: true, value: { cases: [{ name: "dish_1" }] } });
  });

  it.each([
    ["that does not exist", {}, "nowhere", "nowhere does not exist"],
    ["without photos", { "a/notes.txt": "" }, ".", "has no labeled photos"],
    ["whose dishes have no photos", { "dish_metadata_cafe1.csv": DISHES }, ".", "no dish has its photo at imagery"],
  ])("%s is refused with what to do", (_what, files, path, sentence) => {
    const found = findPhotos(join(folderWith(files), path));
    expect(found.ok ? "" : found.error).toContain(sentence);
  });
});

describe("the command line", () => {
  it.each([
    [[], "either --photos or --meals"],
    [["--photos", "a", "--meals", "b"], "either --photos or --meals"],
    [["--photos", "a", "--limit", "0"], "--limit must be"],
    [["--photos", "a", "--base-url", "localhost"], "--base-url must be"],
    [["--fotos", "a"], "--fotos"],
  ])("%j is refused", (args, sentence) => {
    const parsed = parseOptions(args);
    expect(parsed.ok ? "" : parsed.error).toContain(sentence);
  });

  it("spreads a limited number of cases evenly", () => {
    const cases = Array.from({ length: 10 }, (_, n) => n);
    expect(pickEvenly(cases, 5)).toEqual([0, 2, 4, 6, 8]);
    expect(pickEvenly(cases, 3)).toHaveLength(3);
    expect(pickEvenly(cases, null)).toEqual(cases);
    expect(pickEvenly(cases, 99)).toEqual(cases);
  });
});
