import { nutrientOf, UNIT_SYMBOLS, type NutrientField } from "../../nutrition/nutrient-table.ts";
import type { Nutrients } from "../../nutrition/nutrients.ts";
import { NUTRIENT_GROUPS } from "./nutrient-groups.ts";
import { shownNumber } from "./shown-number.ts";

/** A share of a day as a bar. The number beside it says the same in words. */
const Bar = ({ percent }: { percent: number }) => (
  <svg class={percent > 100 ? "bar over" : "bar"} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="4" />
    <rect class="filled" width={Math.min(percent, 100)} height="4" />
  </svg>
);

interface RowProps {
  field: NutrientField;
  amount: number | undefined;
}

const Row = ({ field, amount }: RowProps) => {
  const { name, unit, isPart, dailyValue } = nutrientOf(field);
  const percent = amount === undefined || dailyValue === null ? null : Math.round((amount / dailyValue) * 100);
  return (
    <tr {...(isPart === true && { class: "part" })}>
      <th scope="row">{name}</th>
      <td class="amount">
        {amount === undefined ? <span class="quiet">unknown</span> : `${shownNumber(amount)} ${UNIT_SYMBOLS[unit]}`}
      </td>
      <td class="share">
        {percent !== null && <Bar percent={percent} />}
        {percent === null ? (
          <span class="quiet">{dailyValue === null ? "no daily value" : ""}</span>
        ) : (
          <span>{percent} %</span>
        )}
      </td>
    </tr>
  );
};

/** All nutrients of the dish against what a day is reckoned with. */
export const NutrientTable = ({ nutrients, size }: { nutrients: Nutrients; size: string }) => (
  <section class="nutrients" aria-labelledby="nutrients">
    <h2 id="nutrients">Nutrients</h2>
    <p class="quiet">
      For {size}. Percentages are of the FDA's Daily Values for 2,000 kcal; for sugars, of the EU's reference intake.
      Values missing from the food table are unknown, never zero.
    </p>
    <table>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Nutrient</th>
          <th scope="col">Amount</th>
          <th scope="col">Share of the daily value</th>
        </tr>
      </thead>
      {NUTRIENT_GROUPS.map(([heading, fields]) => (
        <tbody>
          <tr class="group">
            <th scope="rowgroup" colspan={3}>
              {heading}
            </th>
          </tr>
          {fields.map((field) => (
            <Row field={field} amount={nutrients[field]} />
          ))}
        </tbody>
      ))}
    </table>
  </section>
);
