import type { Child } from "hono/jsx";
import { ICON_PATH, STYLESHEET_PATH } from "./assets/paths.ts";

/** The pages that every page leads to. */
const PLACES = [
  { href: "/", name: "Try it" },
  { href: "/docs", name: "Documentation" },
  { href: "/problems", name: "Errors" },
  { href: "/openapi.json", name: "OpenAPI" },
];

interface PageContent {
  title: string;
  /** Which of `PLACES` this page belongs to. */
  place?: string;
  /** A script of our own, by its path; pages work without. */
  script?: string;
  /** A stylesheet for these pages alone, by its path. */
  stylesheet?: string;
  /** Where the name of the service leads. */
  home?: string;
  /** Replaces the links to `PLACES` in the header. */
  nav?: Child;
  /** How much room the content has; `narrow` is for reading. */
  frame?: "narrow" | "wide";
  /** More for the head. */
  head?: Child;
  /** Shown beside the content on wide screens, and above it on narrow ones. */
  aside?: Child;
  children: Child;
}

const PublicPlaces = ({ place }: { place: string | undefined }) => (
  <nav aria-label="Pages">
    {PLACES.map(({ href, name }) => (
      <a href={href} {...(href === place && { "aria-current": "page" })}>
        {name}
      </a>
    ))}
  </nav>
);

const frameClass = (frame: "narrow" | "wide", aside: Child): string => {
  if (aside !== undefined) return "frame with-aside";
  return frame === "wide" ? "frame wide" : "frame";
};

/** The frame of every page: head, skip link, header with the way to the other pages, content. */
export const Page = ({
  title,
  place,
  script,
  stylesheet,
  head,
  home = "/",
  nav = <PublicPlaces place={place} />,
  frame = "narrow",
  aside,
  children,
}: PageContent) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · Morsel`}</title>
      <link rel="icon" href={ICON_PATH} type="image/svg+xml" />
      <link rel="stylesheet" href={STYLESHEET_PATH} />
      {stylesheet !== undefined && <link rel="stylesheet" href={stylesheet} />}
      {head}
      {script !== undefined && <script src={script} defer />}
    </head>
    <body>
      <a class="skip" href="#content">
        Skip to content
      </a>
      <header class="masthead">
        <a class="brand" href={home}>
          <img src={ICON_PATH} width="24" height="24" alt="" />
          Morsel
        </a>
        {nav}
      </header>
      <div class={frameClass(frame, aside)}>
        {aside}
        <main id="content" tabindex={-1}>
          {children}
        </main>
      </div>
    </body>
  </html>
);
