import type { Child } from "hono/jsx";
import { CONSOLE_SCRIPT_PATH, CONSOLE_STYLESHEET_PATH } from "../assets/paths.ts";
import { Form, type ConsoleSession } from "../form.tsx";
import { ACCESS_SIGN_OUT, SIGN_OUT } from "./session/sign-out.ts";
import { Page } from "../layout.tsx";

/** The parts of the console. */
const PLACES = [
  { href: "/console", name: "Applications" },
  { href: "/console/records", name: "Records" },
  { href: "/console/deliveries", name: "Deliveries" },
  { href: "/console/usage", name: "Usage" },
  { href: "/console/operations", name: "Operations" },
  { href: "/console/audit", name: "Audit log" },
] as const;

/** A part of the console, by its path. */
export type ConsolePlace = (typeof PLACES)[number]["href"];

/**
 * Who is signed in, and the way out. That of Cloudflare Access leads to another site, where our policy lets no form go,
 * so it is a link.
 */
const Account = ({ session }: { session: ConsoleSession }) => {
  const { name, via } = session.administrator;
  const about = (
    <>
      <a href="/docs">Documentation</a>
      <span title="Signed in as">{name}</span>
    </>
  );
  return via === "access" ? (
    <div class="sign-out">
      {about}
      <a href={ACCESS_SIGN_OUT}>Sign out</a>
    </div>
  ) : (
    <Form session={session} action={SIGN_OUT} class="sign-out">
      {about}
      <button class="plain">Sign out</button>
    </Form>
  );
};

const Navigation = ({ session, place }: { session: ConsoleSession; place: ConsolePlace | undefined }) => (
  <>
    <nav aria-label="Console">
      {PLACES.map(({ href, name }) => (
        <a href={href} {...(href === place && { "aria-current": "page" })}>
          {name}
        </a>
      ))}
    </nav>
    <Account session={session} />
  </>
);

interface ConsolePageContent {
  title: string;
  /** Null if no one is signed in: there is no navigation then. */
  session: ConsoleSession | null;
  place?: ConsolePlace;
  children: Child;
}

/** The frame of every page of the console. */
export const ConsolePage = ({ title, session, place, children }: ConsolePageContent) => (
  <Page
    title={title}
    home="/console"
    stylesheet={CONSOLE_STYLESHEET_PATH}
    script={CONSOLE_SCRIPT_PATH}
    {...(session !== null && { nav: <Navigation session={session} place={place} /> })}
    frame={session === null ? "narrow" : "wide"}
  >
    {children}
  </Page>
);
