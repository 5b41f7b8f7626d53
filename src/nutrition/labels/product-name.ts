import type { LabelText } from "./label.ts";
import type { Segmented } from "./segments.ts";

/** The titles of nutrition tables; what stands above one belongs to the product. */
const TITLE =
  /nutrition(?:al)? (?:facts|information)|valeur nutritive|nahrwert|valeurs? nutritionnelles?|informacion nutricional|informacao nutricional|dichiarazione nutrizionale|valori nutrizionali|voedingswaarde|营养成分表|栄養成分表示/u;

const MAX_NAME_LENGTH = 80;

/** What a product is called whose name is not known: every record of a meal has a name. */
export const UNNAMED_PRODUCT = "packaged food";

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
