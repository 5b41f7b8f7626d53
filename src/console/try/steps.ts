/** What happens to a photo, in its order: the first is the browser's own, the others are the stages of the record. */
export const STEPS = [
  ["uploading", "Upload"],
  ["queued", "Wait for a free hand"],
  ["reading", "Read the photo"],
  ["recognising", "Recognise the food"],
  ["computing", "Compute the nutrients"],
] as const;
