import { DAILY_VALUES } from "../../nutrition/daily-values.ts";
import type { NutrientField, Nutrients } from "../../nutrition/nutrients.ts";
import { NUTRIENT_GROUPS, shownNumber, unitOf } from "./nutrient-names.ts";

/** A share of a day as a bar. The number beside it says the same in words. */
const Bar = ({ percent }: { percent: number }) => (
  <svg class={percent > 100 ? "bar over" : "bar"} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="4" />
    <rect class="filled" width={Math.min(percent, 100)} height="4" />
  </svg>
);

interface RowProps {
  field: NutrientField;
  name: string;
  isPart: boolean;
  amount: number | undefined;
}

const Row = ({ field, name, isPart, amount }: RowProps) => {
  const daily = DAILY_VALUES[field];
  const percent = amount === undefined || daily === undefined ? null : Math.round((amount / daily) * 100);
  return (
    <tr {...(isPart && { class: "part" })}>
      <th scope="row">{name}</th>
      <td class="amount">
        {amount === undefined ? <span class="quiet">unknown</span> : `${shownNumber(amount)} ${unitOf(field)}`}
      </td>
      <td class="share">
        {percent !== null && <Bar percent={percent} />}
        {percent === null ? (
          <span class="quiet">{daily === undefined ? "no daily value" : ""}</span>
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
      {NUTRIENT_GROUPS.map(([group, rows]) => (
        <tbody>
          <tr class="group">
            <th scope="rowgroup" colspan={3}>
              {group}
            </th>
          </tr>
          {rows.map(([field, name, part]) => (
            <Row field={field} name={name} isPart={part !== undefined} amount={nutrients[field]} />
          ))}
        </tbody>
      ))}
    </table>
  </section>
);
