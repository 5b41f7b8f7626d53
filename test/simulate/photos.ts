/** Photos of this world: valid JPEGs of a few hundred bytes that carry the name of their record in the picture's data. */

const WIDTH = 600;
const HEIGHT = 600;
/** A byte for a thousand pixels is the least that a photo has. */
const DATA_BYTES = 400;
/** A quarter turn: such a photo goes through the Images binding. */
const TURNED = 6;
const TABLE_VALUES = 64;

const text = (value: string): number[] => [...Buffer.from(value, "latin1")];
const word = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (marker: number, payload: readonly number[]): number[] => [
  0xff,
  marker,
  ...word(payload.length + 2),
  ...payload,
];

const BEFORE_ORIENTATION = [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1];
const AFTER_ORIENTATION = [0, 0, 0, 0, 0, 0];
const START_OF_IMAGE = [0xff, 0xd8];
const END_OF_IMAGE = [0xff, 0xd9];

/** An Exif block that says nothing but the orientation (EXIF 2.32). */
const exif = (orientation: number): number[] =>
  segment(0xe1, [
    ...text("Exif\0\0MM\0*"),
    // One entry: tag 0x0112, one SHORT.
    ...BEFORE_ORIENTATION,
    ...word(orientation),
    ...AFTER_ORIENTATION,
  ]);

/** A photo marked as `mark`; a turned one does not stand upright. */
export function photoOf(mark: string, isTurned = false): Uint8Array<ArrayBuffer> {
  const components = [1, 2, 3];
  return Uint8Array.from([
    ...START_OF_IMAGE,
    ...(isTurned ? exif(TURNED) : []),
    ...segment(0xdb, [0, ...Array.from({ length: TABLE_VALUES }, () => 1)]),
    ...segment(0xc0, [8, ...word(HEIGHT), ...word(WIDTH), 3, ...components.flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xda, [3, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    ...text(`MARK<${mark}>`.padEnd(DATA_BYTES, "a")),
    ...END_OF_IMAGE,
  ]);
}

const BOUNDARY = "----morsel-simulated-form";

/** A form with a photo and fields. */
export function formOf(photo: Uint8Array, fields: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const head = (disposition: string): string => `--${BOUNDARY}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
  const parts = Object.entries(fields).map(([name, value]) => `${head(`name="${name}"`)}\r\n${value}\r\n`);
  const file = `${head('name="image"; filename="photo.jpg"')}content-type: image/jpeg\r\n\r\n`;
  return Uint8Array.from(
    Buffer.concat([Buffer.from(parts.join("") + file), photo, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  );
}

export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
