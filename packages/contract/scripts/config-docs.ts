import * as z from 'zod/mini';
import { siteConfigSchema } from '../src/schema/site-config.js';

/** What an editor shows about a key. */
export interface KeyDocs {
  title: string;
  description: string;
  default?: unknown;
  examples?: readonly unknown[];
  [key: string]: unknown;
}

/** The docs of every key, for the JSON Schema: kept out of the schema itself, which browsers load in development. */
export function configDocs() {
  const docs = z.registry<KeyDocs>();
  const add = (key: z.ZodMiniType, title: string, description: string, more?: Partial<KeyDocs>) =>
    void docs.add(key, { title, description, ...more });

  add(
    siteConfigSchema,
    'Placet configuration',
    'What a site owner says about the site. There is no word for a purpose that is on before the visitor turns it on, for a missing or lesser refusal, or for a choice of more than 13 months.',
  );
  const site = siteConfigSchema.shape;
  add(site.$schema, 'Schema', 'Where this file is described, so that editors can help.', {
    examples: ['./node_modules/@placet/contract/schema/config.schema.json'],
  });
  add(site.controller, 'Controller', 'Who answers for the data: the site’s owner.', {
    examples: [{ name: 'Maison Tilleul', privacyUrl: '/confidentialite' }],
  });
  add(
    site.notice,
    'Notice version',
    'Version of what is shown. Another one asks every visitor again.',
    {
      examples: ['2026-11'],
    },
  );
  add(
    site.purposes,
    'Purposes',
    'What trackers are for, in the order shown. At least one is not necessary. All are off until the visitor turns them on.',
    { examples: [[{ id: 'necessary', necessary: true }, { id: 'analytics' }]] },
  );
  add(
    site.site,
    'Site',
    'Which of the controller’s sites this is, where one backend keeps the registers of several.',
    { default: 'default', examples: ['shop-paris'] },
  );
  add(
    site.months,
    'Months',
    'Calendar months that a choice lasts, for accepting and refusing alike. A choice already made keeps the months it was promised.',
    { default: 13, examples: [6, 13] },
  );
  add(
    site.language,
    'Language',
    'Language of the widgets. Without it, the page’s <html lang> decides, else English.',
    {
      examples: ['fr', 'en'],
    },
  );
  add(
    site.regime,
    'Regime',
    'opt-in asks first and is the strictest. opt-out runs until refused. notice only informs. The law where the visitors are decides which may be used.',
    { default: 'opt-in', examples: ['opt-in'] },
  );
  add(site.layout, 'Layout', 'A box in the corner or a bar along the edge.', {
    default: 'box',
    examples: ['bar'],
  });
  add(site.cookie, 'Cookie', 'The cookie that holds the visitor’s choice.', {
    default: { name: 'placet' },
    examples: [{ name: 'placet', domain: '.example.com' }],
  });
  add(
    site.onWithdraw,
    'On withdrawal',
    'Whether the page reloads once when something that already ran is no longer allowed, or keeps what ran until the next page.',
    { default: 'reload', examples: ['keep'] },
  );
  add(
    site.reopen,
    'Reopen',
    'button shows a small button on every page that opens the choices. none is for sites where every page has a data-placet-open element of its own.',
    { default: 'button', examples: ['none'] },
  );
  add(site.platforms, 'Platforms', 'Who is told of the choice besides Google Consent Mode.', {
    default: [],
    examples: [['matomo'], ['microsoft-uet', 'clarity']],
  });
  add(
    site.texts,
    'Own wording',
    'Own wording by language and text name. It changes the notice’s hash. Buttons keep saying what they do.',
    { default: {}, examples: [{ fr: { bannerTitle: 'Vos choix' } }] },
  );

  marketingDocs(site.marketing, add);
  rightsDocs(site.rights, add);

  const controller = inner(site.controller);
  add(controller.name, 'Name', 'The shop’s or company’s name.', { examples: ['Maison Tilleul'] });
  add(
    controller.privacyUrl,
    'Privacy policy',
    'The privacy policy’s address: https://… or a path on this site.',
    {
      examples: ['/confidentialite', 'https://example.com/privacy'],
    },
  );
  add(controller.contact, 'Contact', 'An e-mail address or page for questions about data.', {
    examples: ['donnees@maison-tilleul.example'],
  });

  const cookie = inner(site.cookie);
  add(cookie.name, 'Name', 'The cookie’s name.', { default: 'placet', examples: ['placet'] });
  add(
    cookie.domain,
    'Domain',
    'Set it to share the choice among subdomains. Without it the cookie stays on one host.',
    {
      examples: ['.maison-tilleul.example'],
    },
  );

  const purpose = items(site.purposes);
  add(
    purpose.id,
    'Id',
    'The word used in markup, as in data-placet="analytics". necessary, preferences, analytics and marketing bring texts and signals of their own; others need a label.',
    { examples: ['analytics', 'marketing'] },
  );
  add(
    purpose.necessary,
    'Necessary',
    'Strictly necessary for what the visitor asked for: always on, never asked. Trackers cannot be.',
    { examples: [true] },
  );
  add(purpose.label, 'Label', 'The purpose’s name: a text, or one per language.', {
    examples: [{ fr: 'Mesure d’audience', en: 'Audience measurement' }],
  });
  add(
    purpose.description,
    'Description',
    'One plain sentence of 25 words at most: a text, or one per language.',
    {
      examples: ['We count visits to see which pages are read.'],
    },
  );
  add(
    purpose.signals,
    'Signals',
    'Google Consent Mode signals that follow this purpose. The four usual ids have a default.',
    {
      examples: [['analytics_storage']],
    },
  );
  add(purpose.services, 'Services', 'The tools that serve this purpose, each with its cookies.', {
    default: [],
    examples: [[{ id: 'matomo', name: 'Matomo', owner: 'InnoCraft' }]],
  });

  const service = items(purpose.services);
  add(service.id, 'Id', 'The word used in markup, as in data-placet-service="youtube".', {
    examples: ['youtube'],
  });
  add(service.name, 'Name', 'The name that visitors know.', { examples: ['YouTube'] });
  add(service.owner, 'Owner', 'The company behind the service.', { examples: ['Google Ireland'] });
  add(service.privacyUrl, 'Privacy policy', 'The address of the service’s own privacy policy.', {
    examples: ['https://matomo.org/privacy-policy/'],
  });
  add(
    service.cookies,
    'Cookies',
    'The cookies that the service sets. Those on this site are deleted on withdrawal.',
    {
      default: [],
      examples: [[{ name: '_pk_*', duration: '13 months' }]],
    },
  );

  const declared = items(service.cookies);
  add(declared.name, 'Name', 'As the browser shows it, with * for the part that changes.', {
    examples: ['_pk_*'],
  });
  add(
    declared.duration,
    'Duration',
    'How long it lives, as the visitor reads it: a text, or one per language.',
    {
      examples: ['13 months', { fr: '13 mois', en: '13 months' }],
    },
  );
  return docs;
}

type Add = (
  key: z.ZodMiniType,
  title: string,
  description: string,
  more?: Partial<KeyDocs>,
) => void;

function rightsDocs(schema: (typeof siteConfigSchema.shape)['rights'], add: Add): void {
  add(
    schema,
    'Rights',
    'What is held about people, and what they can do about it, for placet-my-data. There is no word for switching a right off.',
    { examples: [{ url: '/my-data/' }] },
  );
  const rights = inner(schema);
  add(rights.url, 'My data', 'The page with placet-my-data, to which mailed links lead.', {
    examples: ['/my-data/'],
  });
  add(
    rights.erasure,
    'Erasure',
    'Whether people delete their account themselves, or are shown whom to ask.',
    { default: 'self-service', examples: ['on-request'] },
  );
  add(
    rights.dpo,
    'Data protection officer',
    'Where the data protection officer is reached, if there is one: an e-mail address or a page. Stands in every answer.',
    { examples: ['dpo@example.com'] },
  );
  add(
    rights.authority,
    'Authority',
    'The data protection authority with which people can complain about this site’s owner. Stands in every answer.',
    { examples: [{ name: 'CNIL', url: 'https://www.cnil.fr/' }] },
  );
  const authority = inner(rights.authority);
  add(authority.name, 'Name', 'As people know it.', { examples: ['CNIL'] });
  add(authority.url, 'Address', 'Its site, or its page for complaints.', {
    examples: ['https://www.cnil.fr/fr/adresser-une-plainte'],
  });
}

function marketingDocs(schema: (typeof siteConfigSchema.shape)['marketing'], add: Add): void {
  const topicExample = {
    id: 'newsletter',
    label: { fr: 'sa lettre d’information', en: 'its newsletter' },
    frequency: { fr: 'une fois par mois au plus', en: 'once a month at most' },
  };
  add(
    schema,
    'Marketing',
    'What people can say yes to, for placet-opt-in: one empty box per topic, channel and controller. There is no word for a box that is ticked, hidden or required.',
    { examples: [{ topics: [topicExample], channels: ['email'] }] },
  );
  const marketing = inner(schema);
  add(marketing.topics, 'Topics', 'What messages are about, in the order shown.', {
    examples: [[topicExample]],
  });
  add(marketing.channels, 'Channels', 'By which ways messages come. phone is a person calling.', {
    examples: [['email'], ['email', 'sms']],
  });
  add(
    marketing.controllers,
    'Controllers',
    'Who sends, where it is not only the site’s own controller. Each is asked for apart. default is the id of the site’s own.',
    { examples: [[{ id: 'academy', name: 'Tilleul Académie', privacyUrl: '/academie' }]] },
  );
  add(
    marketing.frequencies,
    'Frequencies',
    'How often people may choose to be written to. Without it there is no such choice.',
    { examples: [['weekly', 'monthly']] },
  );
  add(
    marketing.minimumAge,
    'Minimum age',
    'The age, 13 to 16, below which a parent agrees instead. Without it nobody is asked.',
    { examples: [15] },
  );
  add(
    marketing.country,
    'Country',
    'ISO 3166 code of the country whose telephone numbers may be written without +.',
    { examples: ['FR'] },
  );
  add(
    marketing.manageUrl,
    'Preference centre',
    'The page with placet-subscriptions, to which messages link. Without it, a page of the backend’s own.',
    { examples: ['/mes-messages'] },
  );

  const topic = items(marketing.topics);
  add(topic.id, 'Id', 'The word used in the register and by tools that send.', {
    examples: ['newsletter'],
  });
  add(
    topic.label,
    'Label',
    'What is sent, so that it fits in “I would like … to send me … by e-mail”: a text, or one per language.',
    { examples: [topicExample.label] },
  );
  add(
    topic.frequency,
    'Frequency',
    'How often at most, so that it ends that sentence: a text, or one per language.',
    { examples: [topicExample.frequency] },
  );
  add(
    topic.description,
    'Description',
    'One plain sentence of 25 words at most, under the box: a text, or one per language.',
    { examples: ['Recipes, and what is new in the shop.'] },
  );

  const controller = items(marketing.controllers);
  add(controller.id, 'Id', 'The word used in the register. default is the site’s own.', {
    examples: ['academy'],
  });
  add(controller.name, 'Name', 'The name that people know the sender by.', {
    examples: ['Tilleul Académie'],
  });
  add(controller.privacyUrl, 'Privacy policy', 'The address of the sender’s own privacy policy.', {
    examples: ['https://academie.example/confidentialite'],
  });
  add(controller.contact, 'Contact', 'An e-mail address or page to write to in order to stop.', {
    examples: ['bonjour@academie.example'],
  });
}

type Loose = Record<string, z.ZodMiniType>;

type Unwrapped<Schema> = Schema extends z.ZodMiniExactOptional<infer Inner> ? Inner : Schema;
type ShapeOf<Schema> =
  Unwrapped<Schema> extends z.ZodMiniObject<infer Shape> ? Shape & Loose : never;
type ItemOf<Schema> = Unwrapped<Schema> extends z.ZodMiniArray<infer Item> ? Item : never;

function unwrap<Schema extends z.ZodMiniType>(schema: Schema): Unwrapped<Schema> {
  return (
    schema instanceof z.ZodMiniExactOptional ? schema.def.innerType : schema
  ) as Unwrapped<Schema>;
}

function inner<Schema extends z.ZodMiniType>(schema: Schema): ShapeOf<Schema> {
  return (unwrap(schema) as unknown as { shape: ShapeOf<Schema> }).shape;
}

function items<Schema extends z.ZodMiniType>(schema: Schema): ShapeOf<ItemOf<Schema>> {
  return inner(
    (unwrap(schema) as unknown as { def: { element: ItemOf<Schema> & z.ZodMiniType } }).def.element,
  );
}
