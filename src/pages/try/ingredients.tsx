import type { Child } from "hono/jsx";
import type { AnalysisResponse, IngredientResponse } from "../../records/responses.ts";
import { foodValue } from "./correction.ts";
import { shownNumber } from "./shown-number.ts";
import { asPercent, tableName } from "./words.ts";

type Provenance = AnalysisResponse["ingredients"][number];

/** How far a step of the buttons goes, grams. */
const STEP = 10;

interface IngredientProps {
  recordId: string;
  /** The version that is corrected: what someone else has changed meanwhile is not overwritten. */
  etag: string;
  n: number;
  ingredient: IngredientResponse;
  provenance: Provenance | undefined;
  isOnly: boolean;
}

const Correction = ({
  recordId,
  etag,
  n,
  children,
}: Pick<IngredientProps, "recordId" | "etag" | "n"> & { children: Child }) => (
  <form method="post" action={`/try/records/${recordId}/ingredients/${n}`} data-correction={n}>
    <input type="hidden" name="version" value={etag} />
    {children}
  </form>
);

const Source = ({ ingredient, provenance }: Pick<IngredientProps, "ingredient" | "provenance">) => {
  const { food_source: source = null, confidence = null } = provenance ?? {};
  const energy = ingredient.nutritional_fields.energy_kcal;
  return (
    <p class="source">
      {energy !== undefined && <strong>{shownNumber(energy)} kcal</strong>}
      {source === null ? (
        <span>No food in the table matches this name, so it is counted without nutrients.</span>
      ) : (
        <span>
          from {tableName(source.table)}, food {source.id}, name match {asPercent(source.match)}
        </span>
      )}
      {confidence !== null && <span>recognized with {asPercent(confidence)} confidence</span>}
    </p>
  );
};

const Grams = ({ n, ingredient: { name, serving_size: size, unit } }: Pick<IngredientProps, "n" | "ingredient">) => (
  <div class="grams">
    <button type="button" class="scripted" data-step={-STEP} aria-label={`${STEP} ${unit} less of ${name}`}>
      −
    </button>
    <label>
      <span class="visually-hidden">
        Amount of {name} in {unit}
      </span>
      <input
        id={`amount-${n}`}
        type="number"
        name="serving_size"
        value={size}
        min="0.1"
        step="any"
        inputmode="decimal"
        required
      />
    </label>
    <span aria-hidden="true">{unit}</span>
    <button type="button" class="scripted" data-step={STEP} aria-label={`${STEP} ${unit} more of ${name}`}>
      +
    </button>
    <button class="scriptless">Change</button>
  </div>
);

const Alternatives = (props: IngredientProps) => (
  <details id={`other-${props.n}`}>
    <summary>Something else?</summary>
    {(props.provenance?.alternatives.length ?? 0) > 0 && (
      <Correction {...props}>
        <ul class="alternatives">
          {props.provenance?.alternatives.map((food) => (
            <li>
              <button name="food_source" value={foodValue(food)}>
                {food.name} <span class="quiet">{asPercent(food.match)} match</span>
              </button>
            </li>
          ))}
        </ul>
      </Correction>
    )}
    <div class="other">
      <Correction {...props}>
        <label for={`name-${props.n}`}>A different name</label>
        <input id={`name-${props.n}`} name="name" required maxlength={200} autocomplete="off" />
        <button>Look up</button>
      </Correction>
      {!props.isOnly && (
        <Correction {...props}>
          <button name="remove" value="true" class="danger">
            Remove this ingredient
          </button>
        </Correction>
      )}
    </div>
  </details>
);

const IngredientItem = (props: IngredientProps) => (
  <li class="ingredient">
    <div class="ingredient-head">
      <h3>{props.ingredient.name}</h3>
      <Correction {...props}>
        <Grams {...props} />
      </Correction>
    </div>
    <Source {...props} />
    <Alternatives {...props} />
  </li>
);

interface IngredientsProps {
  recordId: string;
  etag: string;
  ingredients: readonly IngredientResponse[];
  provenance: readonly Provenance[];
}

/** The ingredients, each with its source and what a user may say about it. */
export const Ingredients = ({ ingredients, provenance, ...record }: IngredientsProps) => (
  <section aria-labelledby="ingredients">
    <h2 id="ingredients">Ingredients</h2>
    <ul class="ingredients">
      {ingredients.map((ingredient, n) => (
        <IngredientItem
          {...record}
          n={n}
          ingredient={ingredient}
          provenance={provenance[n]}
          isOnly={ingredients.length === 1}
        />
      ))}
    </ul>
  </section>
);
