import { MAX_PHOTO_BYTES, megabytes, MIN_SIDE_PIXELS } from "../../bounds.ts";
import { TRY_SCRIPT_PATH, TRY_STYLESHEET_PATH } from "../assets/paths.ts";
import { Page } from "../layout.tsx";
import { Prose } from "../prose.tsx";
import { SAMPLE_PHOTOS, SAMPLE_SIZE, samplePath } from "./sample-photos.ts";
import { TroubleTemplate } from "./trouble.tsx";
import { UnderWay } from "./under-way.tsx";
import { UPLOAD_FIELDS } from "./upload-options.ts";
import { NUTRIENT_FIELDS } from "../../nutrition/nutrient-table.ts";

const PhotoForm = () => (
  <form class="drop" method="post" action="/try/photos" enctype="multipart/form-data" data-photo-form>
    {UPLOAD_FIELDS.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <div class="zone">
      <svg class="camera" viewBox="0 0 48 40" width="48" height="40" aria-hidden="true">
        <path d="M4 9h10l4-6h12l4 6h10v28H4Z" />
        <circle cx="24" cy="22" r="8" />
      </svg>
      <label for="photo">Choose a photo of food</label>
      <p id="photo-ways" class="ways">
        or drop it here, or paste it
      </p>
      <input
        id="photo"
        type="file"
        name="image"
        accept="image/jpeg,image/png,image/webp"
        required
        aria-describedby="photo-ways photo-rules"
      />
    </div>
    <label class="button shoot">
      Take a photo
      <input type="file" accept="image/*" capture="environment" class="visually-hidden" />
    </label>
    <button class="scriptless">Analyze it</button>
    <p id="photo-rules" class="quiet">
      JPEG, PNG or WebP, at least {MIN_SIDE_PIXELS}×{MIN_SIDE_PIXELS}, up to {megabytes(MAX_PHOTO_BYTES)}. Location and
      camera metadata are removed before storage, and only this browser can see the photo.
    </p>
  </form>
);

const Samples = () => (
  <section aria-labelledby="samples">
    <h2 id="samples">Or try one of these</h2>
    <ul class="samples">
      {SAMPLE_PHOTOS.map((sample) => (
        <li>
          <form method="post" action={`/try/samples/${sample.id}`} data-sample={samplePath(sample)}>
            <button>
              <img src={samplePath(sample)} alt="" {...SAMPLE_SIZE} />
              {sample.title}
            </button>
          </form>
        </li>
      ))}
    </ul>
  </section>
);

/** The limits of the detector are stated up front. */
const EMBEDDED_ONLY =
  "This installation runs the embedded detector, which knows ten foods: apple, banana, orange, broccoli, carrot, hot dog, pizza, donut, cake and sandwich. Set `LOCAL_VLM_URL` to a vision model of your own for everything else.";

/** Where visitors try the service out. The templates are what the script shows. */
export const FrontPage = ({ embeddedOnly }: { embeddedOnly: boolean }) => (
  <Page title="Try it" place="/" stylesheet={TRY_STYLESHEET_PATH} script={TRY_SCRIPT_PATH}>
    <h1 class="hero">What is on your plate?</h1>
    <p class="lead">
      A photo of food in, nutrition data out: what it is, how much of it, and {NUTRIENT_FIELDS.length} nutrients, each
      with its source.
    </p>
    <PhotoForm />
    <Samples />
    {embeddedOnly && (
      <p class="aside">
        <Prose text={EMBEDDED_ONLY} />
      </p>
    )}
    <section aria-labelledby="behind">
      <h2 id="behind">What this page does</h2>
      <p>
        Nothing that your app could not do too. It uses the public API through the typed client, and each result comes
        with the request, the response and the webhook as they were sent. <a href="/docs">The documentation</a> covers
        every call.
      </p>
    </section>
    <template id="under-way">
      <UnderWay record={null} />
    </template>
    <template id="trouble">
      <TroubleTemplate title="" detail="" code={null} />
    </template>
  </Page>
);

const SIGN_POSTS = [
  { href: "/docs", title: "Documentation", text: "Every call with its fields, examples and `curl` commands." },
  { href: "/problems", title: "Errors", text: "What each error means and what to do about it." },
  { href: "/openapi.json", title: "OpenAPI", text: "The API description for programs, as OpenAPI 3.1." },
];

/** Shown when the demo is disabled. */
export const SwitchedOffPage = () => (
  <Page title="Photos of food in, nutrition data out" place="/" stylesheet={TRY_STYLESHEET_PATH}>
    <h1 class="hero">Photos of food in, nutrition data out</h1>
    <p class="lead">
      An app uploads a photo and gets an id within milliseconds. The analysis runs in the background, and a signed
      webhook delivers the result: ingredients, grams, and {NUTRIENT_FIELDS.length} nutrients with their sources.
    </p>
    <ul class="posts">
      {SIGN_POSTS.map(({ href, title, text }) => (
        <li>
          <a href={href}>{title}</a>
          <p>
            <Prose text={text} />
          </p>
        </li>
      ))}
    </ul>
    <section class="aside" aria-labelledby="switch">
      <h2 id="switch">The demo is disabled here</h2>
      <p>
        <Prose text="The operator of this service can let visitors try it on this page: set `TRY_IT_APPLICATION_ID` in `wrangler.toml` to the id of an application, and deploy. Visitors incur the same cost as that application's users, so use a dedicated application with low limits." />
      </p>
    </section>
  </Page>
);
