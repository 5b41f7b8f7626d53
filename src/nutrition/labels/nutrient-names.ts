import type { NutrientField } from "../nutrient-table.ts";
import { foldLetters } from "./plain-text.ts";

/**
 * What a row of a label can be about: a field; salt and polyols, which count towards a field or the energy; `calories`,
 * energy whose name is its unit; and `other`, which is known only so that its amount is not taken for its neighbor's.
 */
export type LabelNutrient = NutrientField | "calories" | "salt" | "polyols" | "other";

/**
 * The words of labels in English, German, French, Spanish, Italian, Portuguese, Dutch, Chinese and Japanese, without
 * regard to case, diacritics and spaces (EU 1169/2011 annex XV in its languages; 21 CFR 101.9; FSANZ 1.2.8; GB 28050;
 * Japan's Food Labelling Standards; ANVISA RDC 429/2020; FSSAI 2020).
 */
const NAMES: Record<LabelNutrient, string> = {
  energy_kcal: `energy|energy value|energie|energiewert|brennwert|valeur énergétique|énergie|valor energético|energía|
    valore energetico|energia|energetische waarde|apport énergétique|能量|热量|熱量|エネルギー`,
  calories: "calories|calorie|calorías|calorias|kalorien|卡路里|カロリー",
  carbohydrate_g: `total carbohydrate|total carbohydrates|total carb|total carbs|carbohydrate total|carbohydrates total|
    carbohydrate|carbohydrates|kohlenhydrate|glucides|hidratos de carbono|carbohidratos|carbohidratos totales|
    carbohidratos disponibles|carboidrati|carboidratos|carboidratos totais|koolhydraten|碳水化合物|总碳水化合物|
    碳水化物|炭水化物`,
  protein_g: `protein|proteins|protein total|eiweiß|eiweiB|eiweif|protéines|protéine|proteínas|proteína|proteine|eiwit|
    eiwitten|蛋白质|蛋白質|たんぱく質|タンパク質|たん白質`,
  fat_total_g: `total fat|total fats|fat total|fat|fats|fett|matières grasses|graisses|lipides|grasas|grasas totales|grasa|
    grasa total|grassi|grassi totali|gorduras|gorduras totais|gordura|lípidos|lipídios|vetten|vet|脂肪|总脂肪|脂質`,
  fat_saturated_g: `saturated fat|saturated fats|saturated fatty acids|saturates|saturated|fat saturated|sat fat|
    gesättigte fettsäuren|gesättigte|gesättigtes fett|acides gras saturés|graisses saturées|saturés|
    ácidos grasos saturados|grasas saturadas|grasa saturada|saturadas|saturados|acidi grassi saturi|grassi saturi|saturi|
    gorduras saturadas|ácidos gordos saturados|verzadigde vetzuren|verzadigd vet|verzadigde|verzadigd|
    饱和脂肪|饱和脂肪酸|飽和脂肪|飽和脂肪酸`,
  fat_polyunsaturated_g: `polyunsaturated fat|polyunsaturated fatty acids|polyunsaturates|polyunsaturated|poly-unsaturates|
    mehrfach ungesättigte fettsäuren|mehrfach ungesättigte|acides gras polyinsaturés|polyinsaturés|
    ácidos grasos poliinsaturados|grasas poliinsaturadas|poliinsaturadas|poliinsaturados|
    acidi grassi polinsaturi|polinsaturi|gorduras poli-insaturadas|polinsaturados|
    meervoudig onverzadigde vetzuren|meervoudig onverzadigd|meervoudig onverzadigde|多不饱和脂肪|多不饱和脂肪酸|
    多価不飽和脂肪酸`,
  fat_monounsaturated_g: `monounsaturated fat|monounsaturated fatty acids|monounsaturates|monounsaturated|mono-unsaturates|
    einfach ungesättigte fettsäuren|einfach ungesättigte|acides gras mono-insaturés|mono-insaturés|
    ácidos grasos monoinsaturados|grasas monoinsaturadas|monoinsaturadas|monoinsaturados|
    acidi grassi monoinsaturi|monoinsaturi|gorduras monoinsaturadas|
    enkelvoudig onverzadigde vetzuren|enkelvoudig onverzadigd|enkelvoudig onverzadigde|单不饱和脂肪|单不饱和脂肪酸|
    一価不飽和脂肪酸`,
  fat_trans_g: `trans fat|trans fats|trans fatty acids|trans|fat trans|trans-fettsäuren|acides gras trans|graisses trans|
    grasas trans|grasa trans|ácidos grasos trans|acidi grassi trans|gorduras trans|transvetten|反式脂肪|反式脂肪酸|
    トランス脂肪酸`,
  sugars_total_g: `total sugars|total sugar|sugars total|sugars|sugar|zucker|sucres|azúcares|azúcares totales|zuccheri|
    açúcares|açúcares totais|agucares|agucares totais|suikers|糖|糖类|糖類`,
  fiber_total_dietary_g: `dietary fiber|dietary fibre|fiber|fibre|fibres|total fibre|dietary fibre total|
    fibres alimentaires|fibra|fibras|fibra alimentaria|fibra dietética|fibra alimentare|fibre alimentari|fibra alimentar|
    fibras alimentares|ballaststoffe|vezels|vezel|voedingsvezel|voedingsvezels|膳食纤维|食物繊維|膳食纖維`,
  cholesterol_mg: "cholesterol|cholesterin|cholestérol|colesterol|colesterolo|胆固醇|コレステロール",
  sodium_mg: "sodium|natrium|sodio|sódio|钠|鈉|ナトリウム",
  potassium_mg: "potassium|kalium|potasio|potassio|potássio|钾|カリウム",
  calcium_mg: "calcium|kalzium|calcio|cálcio|钙|カルシウム",
  iron_mg: "iron|eisen|fer|hierro|ferro|ijzer|铁|鉄",
  magnesium_mg: "magnesium|magnésium|magnesio|magnésio|镁|マグネシウム",
  phosphorus_mg: "phosphorus|phosphor|phosphore|fósforo|fosforo|fosfor|磷|リン",
  zinc_mg: "zinc|zink|zinco|锌|亜鉛",
  vitamin_a_rae_mcg: "vitamin a|vit a|vitamine a|vitamina a|维生素a|ビタミンa",
  vitamin_c_mg: "vitamin c|vit c|vitamine c|vitamina c|维生素c|ビタミンc",
  vitamin_d_mcg: "vitamin d|vit d|vitamine d|vitamina d|vitamin d3|维生素d|ビタミンd",
  vitamin_e_mg: "vitamin e|vit e|vitamine e|vitamina e|维生素e|ビタミンe",
  vitamin_k_mcg: "vitamin k|vit k|vitamine k|vitamina k|vitamin k1|维生素k|ビタミンk",
  thiamin_mg: "thiamin|thiamine|tiamina|vitamin b1|vitamine b1|vitamina b1|维生素b1|ビタミンb1",
  riboflavin_mg: "riboflavin|riboflavine|riboflavina|vitamin b2|vitamine b2|vitamina b2|维生素b2|ビタミンb2",
  niacin_mg: "niacin|niacine|niacina|vitamin b3|vitamin pp|烟酸|ナイアシン",
  vitamin_b6_mg: "vitamin b6|vitamine b6|vitamina b6|维生素b6|ビタミンb6",
  folate_mcg: `folate|folic acid|folsäure|acide folique|ácido fólico|acido folico|foliumzuur|folato|folat|vitamin b9|
    叶酸|葉酸`,
  vitamin_b12_mcg: "vitamin b12|vitamine b12|vitamina b12|维生素b12|ビタミンb12",
  salt: "salt|salt equivalent|salz|sel|sal|sale|zout|食塩相当量|食盐",
  polyols: `polyols|polyol|mehrwertige alkohole|polioli|polioles|polialcoholes|polyolen|polióis|sugar alcohol|
    sugar alcohols|糖醇|糖アルコール`,
  other: `calories from fat|calories from saturated fat|calories per gram|added sugars|added sugar|includes|include|
    includes added sugars|açúcares adicionados|agucares adicionados|azúcares añadidos|sucres ajoutés|zuccheri aggiunti|添加糖|糖質|starch|
    stärke|amidon|almidón|amido|zetmeel|淀粉|omega|erythritol|biotin|biotine|biotina|pantothenic acid|pantothensäure|
    acide pantothénique|ácido pantoténico|acido pantotenico|pantotheenzuur|iodine|iodide|jod|iode|yodo|iodio|jodium|
    selenium|selen|sélénium|selenio|copper|kupfer|cuivre|cobre|rame|koper|manganese|mangan|manganèse|manganeso|mangaan|
    chloride|chlorid|chlorure|chromium|molybdenum|fluoride|fluorid|choline|caffeine|koffein|caféine|taurine|lactose|
    alcohol|alkohol|ingredients|zutaten|ingrédients|ingredientes|ingredienti|ingrediënten|原材料名|配料`,
};

const squeeze = (name: string): string => foldLetters(name).replace(/[^\p{L}\p{N}]+/gu, "");

const entries = Object.entries(NAMES).flatMap(([nutrient, names]) =>
  names.split(/\|\s*/u).map((name) => ({ nutrient: nutrient as LabelNutrient, name })),
);

const isLatin = ({ name }: { name: string }): boolean => /^[\p{Script=Latin}\s\d-]+$/u.test(name);

/** Names in Latin letters, without their spaces: readers of characters split and join words. */
export const LATIN_NAMES: ReadonlyMap<string, LabelNutrient> = new Map(
  entries.filter(isLatin).map(({ nutrient, name }) => [squeeze(name), nutrient]),
);

/** Every word of those names, to correct a misread letter by. */
export const LATIN_WORDS: ReadonlySet<string> = new Set(
  entries.filter(isLatin).flatMap(({ name }) => foldLetters(name).split(/[^\p{L}\p{N}]+/u)),
);

/** Names in scripts that put no spaces between words, longest first. */
export const UNSPACED_NAMES: readonly (readonly [string, LabelNutrient])[] = entries
  .filter((entry) => !isLatin(entry))
  .map(({ nutrient, name }) => [squeeze(name), nutrient] as const)
  .toSorted(([first], [second]) => second.length - first.length);
