import { LOST, lostConnection, untilReached } from "./connection.ts";

type OnPhoto = (photo: Blob) => void;

const firstPhoto = (files: FileList | null | undefined): File | undefined =>
  [...(files ?? [])].find(({ type }) => type.startsWith("image/")) ?? files?.[0];

function listenForDrops(onPhoto: OnPhoto): void {
  const isFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
  document.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dragging");
  });
  document.addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    document.body.classList.remove("dragging");
    const photo = firstPhoto(event.dataTransfer?.files);
    if (photo !== undefined) onPhoto(photo);
  });
}

async function loadSample(path: string): Promise<Blob> {
  const response = await fetch(path).catch((error: unknown) => {
    throw lostConnection(error);
  });
  return response.blob();
}

async function useSample(form: HTMLFormElement, onPhoto: OnPhoto): Promise<void> {
  form.setAttribute("aria-busy", "true");
  const note = document.createElement("p");
  note.className = "complaint";
  note.setAttribute("role", "alert");
  const onLost = (): void => {
    note.textContent = LOST;
    form.after(note);
  };
  const photo = await untilReached(() => loadSample(form.dataset["sample"] ?? ""), onLost);
  note.remove();
  onPhoto(photo);
}

/** Takes photos that are chosen, shot, dropped anywhere, pasted, or clicked on among the samples. */
export function listenForPhotos(onPhoto: OnPhoto): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const photo = input.type === "file" ? firstPhoto(input.files) : undefined;
    if (photo !== undefined) onPhoto(photo);
  });
  document.addEventListener("paste", (event) => {
    const photo = firstPhoto(event.clipboardData?.files);
    if (photo !== undefined) onPhoto(photo);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!("sample" in form.dataset)) return;
    event.preventDefault();
    // Without the sample's file, the form does what it does without a script.
    useSample(form, onPhoto).catch(() => form.submit());
  });
  listenForDrops(onPhoto);
}
