import * as z from 'zod/mini';
import type { Controller, Marketing, Topic } from '../config.js';
import type { Channel, Frequency } from '../opt-in/opt-in.js';
import { controllerShape } from './controller.js';
import { quote, say } from './say.js';
import { TEMPTING_BOXES } from './unknown-boxes.js';
import * as words from './words.js';

const CHANNELS = ['email', 'sms', 'phone'] as const satisfies readonly Channel[];
const FREQUENCIES = ['weekly', 'monthly', 'quarterly'] as const satisfies readonly Frequency[];

function topic() {
  return words.group(
    'A topic',
    {
      id: words.identifier("The topic's id"),
      label: words.localText("The topic's label"),
      frequency: words.localText("The topic's frequency"),
      description: z.exactOptional(words.sentence('The description')),
    } satisfies words.ShapeOf<Topic>,
    'Write {"id": "newsletter", "label": "its newsletter", "frequency": "once a month at most"}.',
    TEMPTING_BOXES,
  );
}

function sender() {
  return words.group(
    'A controller',
    {
      id: words.identifier("The controller's id"),
      ...controllerShape(),
    } satisfies words.ShapeOf<Controller & { id: string }>,
    'Write {"id": "academy", "name": "…", "privacyUrl": "https://…"}.',
    TEMPTING_BOXES,
  );
}

/** The age below which a parent agrees instead: the law of each country sets it, within these bounds (GDPR art. 8). */
function age() {
  const remedy = 'Write a whole number from 13 to 16: 15 in France, 16 in Germany.';
  return z.number({ error: ({ input }) => say(`${quote(input)} is not a number`, remedy) }).check(
    z.multipleOf(1, { error: ({ input }) => say(`${quote(input)} is not a whole age`, remedy) }),
    z.gte(13, {
      error: ({ input }) => say(`No country asks at ${quote(input)} already`, remedy),
    }),
    z.lte(16, {
      error: ({ input }) => say(`No country asks as late as ${quote(input)}`, remedy),
    }),
  );
}

/** What people can be asked to say yes to. The rules that span several keys are in `marketing-rules.ts`. */
export function marketing() {
  return words.group(
    'The marketing',
    {
      topics: words.list(
        'The list of topics',
        topic(),
        'Write [{"id": "newsletter", "label": "its newsletter", "frequency": "once a month at most"}].',
      ),
      channels: words.list(
        'The list of channels',
        words.oneOf('The channel', CHANNELS),
        'Write ["email"].',
      ),
      controllers: z.exactOptional(
        words.list(
          'The list of controllers',
          sender(),
          'Write [{"id": …, "name": …, "privacyUrl": …}].',
        ),
      ),
      frequencies: z.exactOptional(
        words.list(
          'The list of frequencies',
          words.oneOf('The frequency', FREQUENCIES),
          'Write ["weekly", "monthly"].',
        ),
      ),
      minimumAge: z.exactOptional(age()),
      country: z.exactOptional(
        words.word('The country', /^[A-Z]{2}$/, 'Write its two capital letters: "FR", "GB".'),
      ),
      manageUrl: z.exactOptional(words.address("The preference centre's address")),
    } satisfies words.ShapeOf<Marketing>,
    'Write {"topics": […], "channels": ["email"]}.',
    TEMPTING_BOXES,
  );
}
