import { localText, type LocalText, type RefusalGround, type RequestType } from '@placet/contract';

/** What the law accepts as a reason to refuse, for which requests, and how people are told. */
const GROUNDS: Readonly<
  Record<
    RefusalGround,
    { /** @default every one */ types?: readonly RequestType[]; text: LocalText }
  >
> = {
  'manifestly-unfounded': {
    text: {
      en: 'The request has plainly no ground (GDPR art. 12(5)).',
      fr: 'La demande est manifestement infondée (RGPD, art. 12, par. 5).',
    },
  },
  excessive: {
    text: {
      en: 'The same was asked for too often (GDPR art. 12(5)).',
      fr: 'La même demande revient trop souvent (RGPD, art. 12, par. 5).',
    },
  },
  'not-identified': {
    text: {
      en: 'We could not find out that it is you (GDPR art. 11(2) and 12(2)).',
      fr: 'Nous n’avons pas pu établir que c’est vous (RGPD, art. 11, par. 2, et art. 12, par. 2).',
    },
  },
  'no-such-case': {
    types: ['portability', 'rectification', 'erasure', 'restriction', 'objection'],
    text: {
      en: 'The law gives this right in certain cases, and this is none of them (GDPR art. 16 to 21).',
      fr: 'La loi donne ce droit dans certains cas, et celui-ci n’en est pas (RGPD, art. 16 à 21).',
    },
  },
  'others-rights': {
    types: ['access', 'portability'],
    text: {
      en: 'It would harm the rights of others (GDPR art. 15(4) and 20(4)).',
      fr: 'Elle porterait atteinte aux droits d’autres personnes (RGPD, art. 15, par. 4, et art. 20, par. 4).',
    },
  },
  expression: {
    types: ['erasure'],
    text: {
      en: 'The data is needed for the freedom of expression and information (GDPR art. 17(3)(a)).',
      fr: 'Les données sont nécessaires à la liberté d’expression et d’information (RGPD, art. 17, par. 3, a).',
    },
  },
  'legal-obligation': {
    types: ['erasure'],
    text: {
      en: 'The law obliges us to keep the data (GDPR art. 17(3)(b)).',
      fr: 'La loi nous oblige à conserver les données (RGPD, art. 17, par. 3, b).',
    },
  },
  'public-health': {
    types: ['erasure'],
    text: {
      en: 'The data is needed for public health (GDPR art. 17(3)(c)).',
      fr: 'Les données sont nécessaires à la santé publique (RGPD, art. 17, par. 3, c).',
    },
  },
  archiving: {
    types: ['erasure'],
    text: {
      en: 'The data is needed for archives, research or statistics in the public interest (GDPR art. 17(3)(d)).',
      fr: 'Les données sont nécessaires aux archives, à la recherche ou aux statistiques d’intérêt public (RGPD, art. 17, par. 3, d).',
    },
  },
  'legal-claims': {
    types: ['erasure', 'objection'],
    text: {
      en: 'The data is needed for legal claims (GDPR art. 17(3)(e) and 21(1)).',
      fr: 'Les données sont nécessaires à des droits en justice (RGPD, art. 17, par. 3, e, et art. 21, par. 1).',
    },
  },
  'compelling-grounds': {
    types: ['objection'],
    text: {
      en: 'Compelling legitimate grounds weigh more than the objection (GDPR art. 21(1)).',
      fr: 'Des motifs légitimes et impérieux l’emportent sur l’opposition (RGPD, art. 21, par. 1).',
    },
  },
};

/** Whether the law knows this ground against such a request. */
export function isGroundOf(type: RequestType, ground: RefusalGround): boolean {
  return GROUNDS[ground].types?.includes(type) ?? true;
}

/**
 * Whether a request may be refused so. A no to advertising is absolute: only for what the law says of
 * every request, and in its words.
 */
export function mayRefuse(
  type: RequestType,
  ground: RefusalGround | undefined,
  isMarketing: boolean,
): boolean {
  if (ground === undefined) return !isMarketing;
  return isMarketing ? GROUNDS[ground].types === undefined : isGroundOf(type, ground);
}

/** Why it was refused, as the person is told: what the law says, then the reason in this case. */
export function refusalText(
  ground: RefusalGround | null | undefined,
  reason: string,
  language: string,
): string {
  return ground ? `${localText(GROUNDS[ground].text, language) ?? ''} ${reason}`.trim() : reason;
}
