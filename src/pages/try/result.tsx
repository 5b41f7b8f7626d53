import type { AnalysisResponse, RecordResponse } from "../../records/responses.ts";
import type { Ingredient, StoredPhoto } from "../../records/record.ts";
import { FoundBoxes } from "./boxes.tsx";
import { shownNumber } from "./shown-number.ts";
import { NutriScoreCard } from "./nutri-score.tsx";
import { FAILURE_HELP, sureness, type ToldIngredient } from "./words.ts";

interface PlateProps {
  recordId: string;
  alt: string;
  photo: StoredPhoto | null;
  boxes: AnalysisResponse["boxes"];
}

/** The photo, in a frame that is as large before it is there, with what the model saw in it. */
export const Plate = ({ recordId, alt, photo, boxes }: PlateProps) => (
  <div class="plate">
    <img src={`/try/records/${recordId}/image`} alt={alt} />
    {photo !== null && boxes !== undefined && <FoundBoxes boxes={boxes} photo={photo} />}
  </div>
);

/** The energy's range on a line from zero, with the value in it. */
const RangeLine = ({ energy, range: [low, high] }: { energy: number; range: readonly [number, number] }) => {
  const end = Math.max(high, energy) * 1.15;
  const at = (value: number) => (value / end) * 100;
  return (
    <svg class="range" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="4" />
      <rect class="span" x={at(low)} width={at(high) - at(low)} height="4" />
      <rect class="value" x={at(energy) - 0.4} width="0.8" height="4" />
    </svg>
  );
};

interface EnergyProps {
  energy: number | undefined;
  range: AnalysisResponse["energy_kcal_range"];
  /** Whether a user has said every amount, and every food is known. */
  isMeasured: boolean;
}

function rangeText(low: number, high: number, isMeasured: boolean): string {
  if (isMeasured) return "for the amounts that you entered";
  return low === high
    ? `probably about ${shownNumber(low)} kcal`
    : `probably ${shownNumber(low)} to ${shownNumber(high)} kcal`;
}

const Energy = ({ energy, range, isMeasured }: EnergyProps) => {
  if (energy === undefined) return <p class="energy quiet">Energy unknown</p>;
  const [low, high] = range ?? [];
  return (
    <div class="energy">
      <p>
        <strong data-energy>{shownNumber(energy)}</strong> kcal
      </p>
      {low !== undefined && high !== undefined && (
        <>
          <RangeLine energy={energy} range={[low, high]} />
          <p class="quiet">{rangeText(low, high, isMeasured)}</p>
        </>
      )}
    </div>
  );
};

const Macros = ({ nutrients }: { nutrients: NonNullable<RecordResponse["nutritional_fields"]> }) => (
  <dl class="macros">
    {(
      [
        ["Protein", nutrients.protein_g],
        ["Carbohydrate", nutrients.carbohydrate_g],
        ["Fat", nutrients.fat_total_g],
      ] as const
    ).map(([name, grams]) => (
      <div>
        <dt>{name}</dt>
        <dd>{grams === undefined ? "unknown" : `${shownNumber(grams)} g`}</dd>
      </div>
    ))}
  </dl>
);

const Provenance = ({ analysis, told }: { analysis: AnalysisResponse; told: readonly ToldIngredient[] }) => (
  <p class="quiet">
    Recognized by <code>{analysis.models.join(", ")}</code>
    {analysis.cached && ", reused from an earlier analysis of this photo"}. {sureness(told)}
  </p>
);

const Warnings = ({ warnings }: { warnings: readonly string[] }) =>
  warnings.length === 0 ? null : (
    <section class="warnings" aria-labelledby="warnings">
      <h2 id="warnings">Before you rely on this</h2>
      <ul>
        {warnings.map((warning) => (
          <li>{warning}</li>
        ))}
      </ul>
    </section>
  );

/** Whether a user has said how much there is of a known food. */
const isMeasured = ({ nutrients, setServingSize }: Ingredient): boolean =>
  nutrients !== null && setServingSize !== undefined;

const tellIngredient = ({ confidence, nutrients, servingSize, setServingSize }: Ingredient): ToldIngredient => ({
  confidence,
  isKnown: nutrients !== null,
  size: setServingSize ?? servingSize,
});

/** What a dish is, how much energy it has, and how sure that is. */
export const Headline = ({ record, ingredients }: { record: RecordResponse; ingredients: readonly Ingredient[] }) => (
  <div class="headline">
    <h1 tabindex={-1}>{record.dish_name}</h1>
    {record.dish_description && <p class="lead">{record.dish_description}</p>}
    <div class="figures">
      <Energy
        energy={record.nutritional_fields?.energy_kcal}
        range={record.analysis?.energy_kcal_range ?? null}
        isMeasured={ingredients.every(isMeasured)}
      />
      {record.nutri_score && <NutriScoreCard grade={record.nutri_score} />}
    </div>
    <Macros nutrients={record.nutritional_fields ?? {}} />
    {record.analysis && <Provenance analysis={record.analysis} told={ingredients.map(tellIngredient)} />}
    <Warnings warnings={record.analysis?.warnings ?? []} />
  </div>
);

/** Why there is no result, and what to do. */
export const Failed = ({ record }: { record: RecordResponse }) => (
  <div class="headline">
    <h1 tabindex={-1}>{record.status === "canceled" ? "The analysis was canceled" : "The analysis failed"}</h1>
    <p class="lead">{record.failure_reason ?? "The analysis was stopped before it finished."}</p>
    <h2>What you can do</h2>
    <ul>
      {FAILURE_HELP[record.failure_code ?? "canceled"].map((step) => (
        <li>{step}</li>
      ))}
    </ul>
  </div>
);
