import { followAnalysis, follow } from "./analysis.ts";
import { listenForCopies } from "./copy.ts";
import { listenForCorrections } from "./corrections.ts";
import { listenForPhotos } from "./photo-input.ts";
import { awaitWebhook } from "./webhook.ts";

listenForCorrections();
listenForCopies();
if (document.querySelector("[data-photo-form]") !== null) listenForPhotos((photo) => void followAnalysis(photo));

const underWay = document.querySelector<HTMLElement>("main > [data-under-way]");
if (underWay !== null) void follow(underWay, underWay.dataset["record"] ?? "");

const shown = document.querySelector<HTMLElement>("[data-result]")?.dataset["record"];
if (shown !== undefined) void awaitWebhook(shown);

// Back and forward lead to addresses, and the service knows what is there.
addEventListener("popstate", () => location.reload());
