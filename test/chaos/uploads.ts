import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dice } from "./dice.ts";
import { type Call, JSON_TYPE } from "./http.ts";

/** The ways to ask for a record, and how often the load takes each. */
export const FORMS = {
  text: 40,
  "text for models": 0,
  manual: 18,
  "image raw": 12,
  "image multipart": 6,
  "image base64": 6,
  "image by url": 3,
  "label waiting": 3,
  "label later": 4,
} as const;
export type Form = keyof typeof FORMS;

const SAMPLES = join(import.meta.dirname, "../samples");
const sample = (name: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(join(SAMPLES, name)));
export const PHOTOS = (["orange", "apple", "banana", "pizza", "still-life"] as const).map((name) =>
  sample(`${name}.jpg`),
);
const LABELS = ["us-cereal--arimo--phone", "uk-soup--roboto-condensed--phone"].map((name) =>
  sample(`labels/${name}.jpg`),
);

const SENTENCES = [
  "two eggs and a slice of toast with butter",
  "150 g of rice and a banana",
  "a bowl of oatmeal with milk",
  "an apple",
  "200 g of potatoes, 100 g of broccoli",
  // A model is asked about these.
  "xyzzy plugh",
  "brumbly stew of the frobnitz",
  "two eggs and a slice of grumpkin",
] as const;
const ONLY_FOR_MODELS = "a plate of grumpkin with frobnitz";

type Options = Record<string, unknown>;

/** An option as a form field or a query has it. */
const asText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function json(name: string, path: string, body: Options): Call {
  const text = JSON.stringify(body);
  return { name, method: "POST", path, headers: { ...JSON_TYPE }, body: () => text };
}

function inQuery(path: string, options: Options): string {
  const query = Object.entries(options).map(([key, value]) => [key, asText(value)]);
  return `${path}?${new URLSearchParams(query).toString()}`;
}

const raw = (name: string, path: string, options: Options, photo: Uint8Array<ArrayBuffer>): Call => ({
  name,
  method: "POST",
  path: inQuery(path, options),
  headers: { "content-type": "image/jpeg" },
  body: () => photo,
});

function multipart(path: string, options: Options, photo: Uint8Array<ArrayBuffer>): Call {
  const body = (): FormData => {
    const form = new FormData();
    form.set("image", new Blob([photo], { type: "image/jpeg" }), "meal.jpg");
    for (const [key, value] of Object.entries(options)) form.set(key, asText(value));
    return form;
  };
  return { name: "image multipart", method: "POST", path, body };
}

const typed = (dice: Dice): Options => ({
  dish_name: dice.pick(["lentil soup", "bread and butter", "salad"]),
  serving_size: Math.round(dice.between(20, 500)),
  unit: "g",
  nutritional_fields: { energy_kcal: Math.round(dice.between(50, 900)), protein_g: 12, fat_total_g: 6 },
});

/** The content of a record that is typed in, at once or later. */
export const typedMeal = typed;

/** The request that asks for a record; `mark` goes into its metadata. */
export function orderUpload(form: Form, mark: string, dice: Dice, photoUrl: string): Call {
  const options: Options = { metadata: { mark }, include_ingredients: true };
  const ofPhotos: Options = { ...options, ignore_cache: dice.chance(0.5) };
  const photo = dice.pick(PHOTOS);
  const [image, label] = ["/nutrition_records/image", "/nutrition_records/ingredients/label"];
  switch (form) {
    case "text":
      return json(form, "/nutrition_records/text", { ...options, text: dice.pick(SENTENCES) });
    case "text for models":
      return json(form, "/nutrition_records/text", { ...options, text: ONLY_FOR_MODELS });
    case "manual":
      return json(form, "/nutrition_records/manual", { ...typed(dice), metadata: { mark } });
    case "image raw":
      return raw(form, image, ofPhotos, photo);
    case "image multipart":
      return multipart(image, ofPhotos, photo);
    case "image base64":
      return json(form, image, { ...ofPhotos, body: Buffer.from(photo).toString("base64") });
    case "image by url":
      return json(form, image, { ...ofPhotos, body_url: photoUrl });
    case "label waiting":
      return raw(form, label, { metadata: { mark }, create_record: true }, dice.pick(LABELS));
    case "label later":
      return raw(form, label, { metadata: { mark }, wait_on_process: false }, dice.pick(LABELS));
  }
}
