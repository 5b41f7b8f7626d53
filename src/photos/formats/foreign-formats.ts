import { ascii, view } from "./image-header.ts";

/** So many of a file's first bytes are enough to name its format: an SVG may begin with a comment. */
export const TELLING_BYTES = 512;

/** A format that is not read here: what a file of it is, after "The file is", and what its sender can do. */
interface ForeignFormat {
  name: string;
  wayOut: string;
}

const SAVE_AS = "Save it as a JPEG, PNG or WebP, and send that.";
const EXPORT = "Export the photo as a JPEG, and send that.";
const ONE_FRAME = "Send a still picture, such as one of its frames as a JPEG.";
const UNPACK = "Send the photo that is in it.";
const PHOTO_ITSELF =
  "Send the bytes of the photo itself; behind a URL there must be the photo, not a page that shows it.";

const HEIC: ForeignFormat = {
  name: "HEIC (HEIF), the format of iPhones",
  wayOut: `${EXPORT} On an iPhone, Settings › Camera › Formats › Most Compatible takes JPEGs.`,
};
const AVIF: ForeignFormat = { name: "AVIF", wayOut: SAVE_AS };
const RAW: ForeignFormat = { name: "a camera's raw file", wayOut: EXPORT };
const TIFF: ForeignFormat = { name: "TIFF, or a camera's raw file", wayOut: EXPORT };
const VIDEO: ForeignFormat = { name: "a video", wayOut: ONE_FRAME };
const GIF: ForeignFormat = { name: "GIF", wayOut: SAVE_AS };
const PDF: ForeignFormat = { name: "PDF", wayOut: "Send a photo, or the page exported as a JPEG." };
const JPEG_2000: ForeignFormat = { name: "JPEG 2000", wayOut: SAVE_AS };
const JPEG_XL: ForeignFormat = { name: "JPEG XL", wayOut: SAVE_AS };

/** Where a format's signature stands, and its bytes as Latin-1. More telling ones come first. */
const SIGNATURES: readonly (readonly [at: number, signature: string, format: ForeignFormat])[] = [
  [0, "GIF87a", GIF],
  [0, "GIF89a", GIF],
  [0, "%PDF-", PDF],
  // ISO/IEC 15444-1, annex I and A; ISO/IEC 18181-2.
  [0, "\0\0\0\x0cjP  \r\n\x87\n", JPEG_2000],
  [0, "\xff\x4f\xff\x51", JPEG_2000],
  [0, "\0\0\0\x0cJXL \r\n\x87\n", JPEG_XL],
  [0, "\xff\x0a", JPEG_XL],
  // Raw files that are no TIFF, or one with a mark of its own: Fujifilm, Olympus, Panasonic, Sigma, Minolta, Canon.
  [0, "FUJIFILMCCD-RAW", RAW],
  [0, "IIRO", RAW],
  [0, "IIRS", RAW],
  [0, "MMOR", RAW],
  [0, "IIU\0", RAW],
  [0, "FOVb", RAW],
  [0, "\0MRM", RAW],
  [8, "CR\x02\0", RAW],
  [0, "II\xbc", { name: "JPEG XR", wayOut: SAVE_AS }],
  // TIFF 6.0, section 2, and its form with 64-bit offsets.
  [0, "II*\0", TIFF],
  [0, "MM\0*", TIFF],
  [0, "II+\0", TIFF],
  [0, "MM\0+", TIFF],
  [0, "8BPS", { name: "a Photoshop document", wayOut: EXPORT }],
  [0, "\0\0\x01\0", { name: "an icon (ICO)", wayOut: SAVE_AS }],
  [0, "\x76\x2f\x31\x01", { name: "OpenEXR", wayOut: EXPORT }],
  [0, "qoif", { name: "QOI", wayOut: SAVE_AS }],
  [0, "\x1a\x45\xdf\xa3", VIDEO],
  [8, "AVI ", VIDEO],
  [8, "WAVE", { name: "a sound (WAV)", wayOut: "Send a photo." }],
  [0, "\0\0\x01\xba", VIDEO],
  [0, "\0\0\x01\xb3", VIDEO],
  [0, "FLV\x01", VIDEO],
  // Atoms that QuickTime movies without a brand begin with.
  [4, "moov", VIDEO],
  [4, "mdat", VIDEO],
  [4, "wide", VIDEO],
  [0, "PK\x03\x04", { name: "a ZIP archive", wayOut: UNPACK }],
  [0, "\x1f\x8b", { name: "compressed with gzip", wayOut: UNPACK }],
  // After everything that begins alike by chance with fewer letters.
  [0, "BM", { name: "BMP", wayOut: SAVE_AS }],
];

/** The brands of a file in the ISO base media format (ISO/IEC 14496-12, section 4.3): its own, then the compatible ones. */
function brandsOf(head: Uint8Array): string[] | null {
  if (head.length < 12 || ascii(head.subarray(4, 8)) !== "ftyp") return null;
  const end = Math.min(view(head).getUint32(0), head.length);
  const brands = [ascii(head.subarray(8, 12))];
  // The minor version, between them, is no brand.
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(head.subarray(at, at + 4)));
  return brands;
}

const HEVC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);
/** Pictures of any codec (ISO/IEC 23008-12, section 10); the compatible brands name it. */
const PICTURE_BRANDS = new Set(["mif1", "mif2", "msf1", "miaf", "avci", "avcs", "vvic", "jpeg", "jpgs"]);

function fromBrands(brands: readonly string[]): ForeignFormat {
  const major = brands[0] ?? "";
  if (major === "crx ") return RAW;
  if (major === "avif" || major === "avis") return AVIF;
  if (HEVC_BRANDS.has(major)) return HEIC;
  if (!PICTURE_BRANDS.has(major)) return { ...VIDEO, name: "a video (MP4 or MOV)" };
  return brands.includes("avif") || brands.includes("avis") ? AVIF : HEIC;
}

/** What base64 makes of the signatures of JPEG, PNG and WebP. */
const BASE64_STARTS = ["data:", "/9j/", "iVBORw0KGgo", "UklGR"];

/** Control characters that no text has. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** The beginning of a text in UTF-8, whose last character may be cut off; null for anything else. */
function textOf(head: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(head, { stream: true }).trimStart();
    return text === "" || NO_TEXT.test(text) ? null : text;
  } catch {
    return null;
  }
}

const JSON_START = /^(?:\{\s*["}]|\[\s*["{[\]\d])/;

function fromText(head: Uint8Array): ForeignFormat | null {
  const text = textOf(head);
  if (text === null) return null;
  if (BASE64_STARTS.some((start) => text.startsWith(start))) {
    return { name: "base64 text", wayOut: "Send its decoded bytes, or the text as `body` in JSON." };
  }
  if (text.startsWith("<")) {
    if (/<svg[\s>]/i.test(text)) return { name: "SVG, a drawing", wayOut: SAVE_AS };
    const isPage = /<(?:!doctype\s+html|html|head|body|title)[\s>]/i.test(text);
    return { name: isPage ? "an HTML page" : "XML or HTML", wayOut: PHOTO_ITSELF };
  }
  if (text.startsWith("--") && /content-disposition/i.test(text)) {
    return { name: "a multipart form", wayOut: "Send it with its own `Content-Type`, which names its boundary." };
  }
  if (JSON_START.test(text))
    return { name: "JSON", wayOut: "Send JSON as `application/json`, with the photo in `body`." };
  return { name: "text", wayOut: PHOTO_ITSELF };
}

const startsAt = (head: Uint8Array, at: number, signature: string): boolean =>
  ascii(head.subarray(at, at + signature.length)) === signature;

/**
 * What a file is that is no JPEG, PNG or WebP, in two sentences for its sender, by its first `TELLING_BYTES` bytes or
 * all of them. Null when they are those of no format that is known here.
 */
export function foreignFormat(head: Uint8Array): string | null {
  const brands = brandsOf(head);
  const format =
    brands === null
      ? (SIGNATURES.find(([at, signature]) => startsAt(head, at, signature))?.[2] ?? fromText(head))
      : fromBrands(brands);
  return format === null ? null : `The file is ${format.name}, not a JPEG, PNG or WebP. ${format.wayOut}`;
}
