import type { LabelText } from "./label.ts";
import type { Segmented } from "./segments.ts";

/** The titles of nutrition tables; what stands above one belongs to the product. */
const TITLE =
  /nutrition(?:al)? (?:facts|information)|valeur nutritive|nahrwert|valeurs? nutritionnelles?|informacion nutricional|informacao nutricional|dichiarazione nutrizionale|valori nutrizionali|voedingswaarde|营养成分表|栄養成分表示/u;

const MAX_NAME_LENGTH = 80;

/**
 * The product's name: as transcribed, else the row right above the table's title, when it reads as words. Null when
 * neither is there; most photos show the table alone.
 */
export function productNameOf(label: LabelText, { rows }: Segmented): string | null {
  if (label.productName !== null) return label.productName;
  const texts = label.rows
    .map((cells) =>
      cells
        .map(({ text }) => text.trim())
        .join(" ")
        .trim(),
    )
    .filter((text) => text !== "");
  const title = rows.findIndex(({ text }) => TITLE.test(text));
  const above = texts[title - 1];
  return above !== undefined && /^[\p{L}\s'&.,-]{4,}$/u.test(above) && above.length <= MAX_NAME_LENGTH ? above : null;
}
