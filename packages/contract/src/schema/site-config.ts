import * as z from 'zod/mini';
import type {
  CookieDeclaration,
  Platform,
  Purpose,
  Service,
  Signal,
  SiteConfig,
} from '../config.js';
import { MAX_MONTHS } from '../decision.js';
import { controllerShape } from './controller.js';
import { marketing } from './marketing.js';
import { rights } from './rights.js';
import { crossRules, textRules } from './rules.js';
import { quote, say } from './say.js';
import * as words from './words.js';

const SIGNALS = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
] as const satisfies readonly Signal[];

const PLATFORMS = ['microsoft-uet', 'clarity', 'matomo'] as const satisfies readonly Platform[];

function months() {
  const remedy = `Write a whole number from 1 to ${MAX_MONTHS}.`;
  return z.number({ error: ({ input }) => say(`${quote(input)} is not a number`, remedy) }).check(
    z.multipleOf(1, {
      error: ({ input }) => say(`A choice lasts whole months, not ${quote(input)}`, remedy),
    }),
    z.gte(1, {
      error: ({ input }) => say(`A choice lasts a month at least, not ${quote(input)}`, remedy),
    }),
    z.lte(MAX_MONTHS, {
      error: say(`A choice may last ${MAX_MONTHS} months at most (002-09)`, 'Write 13 or less.'),
    }),
  );
}

function controller() {
  return words.group(
    'The controller',
    controllerShape(),
    'Write who answers for the data: {"name": "…", "privacyUrl": "/privacy"}.',
  );
}

function cookieDeclaration() {
  return words.group(
    'A cookie',
    {
      name: words.word(
        "The cookie's name",
        /^(?=[^*]+$|.*[^*].*[^*])[^\s;,="\u0000-\u001f\u007f]{1,128}$/,
        'Write it as the browser shows it, with * for the part that changes: "_pk_*".',
      ),
      duration: words.localText("The cookie's duration"),
    } satisfies words.ShapeOf<CookieDeclaration>,
    'Write {"name": "_pk_*", "duration": "13 months"}.',
  );
}

function service() {
  return words.group(
    'A service',
    {
      id: words.identifier("The service's id"),
      name: words.word("The service's name", /\S/, 'Write the name that visitors know: "YouTube".'),
      owner: words.word(
        'The owner',
        /\S/,
        'Write the company behind the service: "Google Ireland".',
      ),
      privacyUrl: z.exactOptional(words.address("The service's privacy policy")),
      cookies: z.exactOptional(
        words.list(
          'The list of cookies',
          cookieDeclaration(),
          'Write [{"name": …, "duration": …}].',
        ),
      ),
    } satisfies words.ShapeOf<Service>,
    'Write {"id": "youtube", "name": "YouTube", "owner": "Google Ireland"}.',
  );
}

function purpose() {
  return words.group(
    'A purpose',
    {
      id: words.identifier("The purpose's id"),
      necessary: z.exactOptional(
        z.literal(true, {
          error: ({ input }) =>
            say(
              `\`necessary\` cannot be ${quote(input)}`,
              'Write true for what the site cannot work without, or delete the key: every other purpose is off until the visitor turns it on.',
            ),
        }),
      ),
      label: z.exactOptional(words.localText('The label')),
      description: z.exactOptional(words.sentence('The description')),
      signals: z.exactOptional(
        words.list(
          'The list of signals',
          words.oneOf('The signal', SIGNALS),
          'Write ["analytics_storage"].',
        ),
      ),
      services: z.exactOptional(
        words.list('The list of services', service(), 'Write [{"id": …, "name": …, "owner": …}].'),
      ),
    } satisfies words.ShapeOf<Purpose>,
    'Write {"id": "analytics"}.',
  );
}

function cookie() {
  return words.group(
    'The cookie',
    {
      name: z.exactOptional(
        words.word(
          "The cookie's name",
          /^[A-Za-z0-9_.-]{1,64}$/,
          'Write letters, digits, hyphens, dots and underscores only: "placet".',
        ),
      ),
      domain: z.exactOptional(
        words.word(
          "The cookie's domain",
          /^\.?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/,
          'Write the domain alone, without https:// and path: ".example.com". Or delete it, when one host is all there is.',
        ),
      ),
    } satisfies words.ShapeOf<NonNullable<SiteConfig['cookie']>>,
    'Write {"name": "placet"} or delete the key.',
  );
}

function texts() {
  const remedy = 'Write own wording by language: {"fr": {"bannerTitle": "…"}}.';
  return words.byLanguage(
    'The texts',
    z
      .record(
        z.string().check(z.regex(/^[a-zA-Z][a-zA-Z0-9]*$/)),
        words.word('The text', /\S/, remedy),
        {
          error: (issue) =>
            issue.code === 'invalid_key'
              ? say(
                  `${quote(issue.input)} is not the name of a text`,
                  'Text names are letters and digits: "bannerTitle".',
                )
              : say(`The texts of a language cannot be ${quote(issue.input)}`, remedy),
        },
      )
      .check(z.superRefine(textRules, { when: () => true })),
    remedy,
  );
}

/**
 * What a site owner may say, and nothing else.
 *
 * There is no word for a purpose that is on before the visitor turns it on
 * (DP-10), for a missing, hidden or lesser refusal (DP-03…07), or for a choice
 * of more than 13 months (002-09): such keys are refused as unknown, with the
 * reason. Objects are strict at every level.
 */
export const siteConfigSchema = /* @__PURE__ */ (() =>
  words
    .group(
      'The configuration',
      {
        $schema: z.exactOptional(
          words.word('`$schema`', /\S/, "Write the schema's address, or delete the key."),
        ),
        controller: controller(),
        notice: words.word(
          'The version of the notice',
          words.VERSION,
          'Write 1 to 64 letters, digits and signs without quotes, such as the month: "2026-11".',
        ),
        purposes: words.list('The list of purposes', purpose(), 'Write [{"id": "analytics"}].'),
        site: z.exactOptional(
          words.word(
            'The site',
            words.SITE,
            'Write lower-case letters, digits and hyphens, starting with a letter or digit, 64 at most: "shop-paris". Or delete the key, when there is one site.',
          ),
        ),
        months: z.exactOptional(months()),
        language: z.exactOptional(words.language()),
        regime: z.exactOptional(words.oneOf('The regime', ['opt-in', 'opt-out', 'notice'])),
        layout: z.exactOptional(words.oneOf('The layout', ['box', 'bar'])),
        cookie: z.exactOptional(cookie()),
        onWithdraw: z.exactOptional(words.oneOf('`onWithdraw`', ['reload', 'keep'])),
        reopen: z.exactOptional(words.oneOf('`reopen`', ['button', 'none'])),
        marketing: z.exactOptional(marketing()),
        rights: z.exactOptional(rights()),
        platforms: z.exactOptional(
          words.list(
            'The list of platforms',
            words.oneOf('The platform', PLATFORMS),
            'Write ["matomo"].',
          ),
        ),
        texts: z.exactOptional(texts()),
      } satisfies words.ShapeOf<SiteConfig & { $schema?: string }>,
      'Write one JSON object: {"controller": …, "notice": …, "purposes": […]}.',
    )
    .check(z.superRefine(crossRules, { when: () => true })))();
