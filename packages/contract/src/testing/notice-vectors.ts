import type { NoticePart } from '../notice.js';

/**
 * Golden vectors of the notice's hash. Written out by hand and hashed with
 * another program, so that a change of the canonical text cannot pass unseen:
 * every hash in a register depends on them.
 */
export const NOTICE_VECTORS: readonly {
  name: string;
  parts: readonly NoticePart[];
  text: string;
  hash: string;
}[] = [
  {
    name: 'nothing shown',
    parts: [],
    text: 'placet-notice/1\n',
    hash: 'f78e0b15b2feacb93b69e2e2729118b0456d757978f208cd870c2d92991b4901',
  },
  {
    name: 'English',
    parts: [
      ['language', 'en'],
      ['title', 'Your choices'],
      ['text', 'We use cookies only as you choose.'],
      ['purpose', 'analytics', 'Audience measurement', 'We count visits.'],
      ['choice', 'refuse', 'Refuse all'],
      ['choice', 'accept', 'Accept all'],
    ],
    text: 'placet-notice/1\nlanguage\ten\ntitle\tYour choices\ntext\tWe use cookies only as you choose.\npurpose\tanalytics\tAudience measurement\tWe count visits.\nchoice\trefuse\tRefuse all\nchoice\taccept\tAccept all\n',
    hash: '0cd4da7a57c836bd6394c7d1afdd919c8ca37b2ed80bb69e7ad227b31415d6d1',
  },
  {
    name: 'French, decomposed and with no-break spaces',
    parts: [
      ['title', '  Vos choix\u00a0: cookies de l\u2019e\u0301te\u0301 '],
      ['choice', 'refuse', 'Tout\n refuser'],
    ],
    text: 'placet-notice/1\ntitle\tVos choix : cookies de l\u2019\u00e9t\u00e9\nchoice\trefuse\tTout refuser\n',
    hash: '98bef4d4e5e214791e8575d63b0755475cd1a87638045b16e12825688c886286',
  },
  {
    name: 'Arabic and emoji',
    parts: [
      ['title', '\u062e\u064a\u0627\u0631\u0627\u062a\u0643'],
      ['text', '\u{1f469}\u200d\u{1f469}\u200d\u{1f467} ok'],
    ],
    text: 'placet-notice/1\ntitle\t\u062e\u064a\u0627\u0631\u0627\u062a\u0643\ntext\t\u{1f469}\u200d\u{1f469}\u200d\u{1f467} ok\n',
    hash: '9ecf715c9fd99c0d58286a510e2708f54099f13ce5ad99cd550cc3ba266f548c',
  },
  {
    name: 'forgery by tab and line end',
    parts: [['title', 'A\nchoice\trefuse\tX']],
    text: 'placet-notice/1\ntitle\tA choice refuse X\n',
    hash: '09a14f061c048204fdd20e525604e2118b4d655e6182322328a3b1e35745645e',
  },
  {
    name: 'an empty text is a column',
    parts: [['text', '']],
    text: 'placet-notice/1\ntext\t\n',
    hash: '570a618a4ffa155eea44063bb4dce81adde5232ec3d8b90454e306c41295ed54',
  },
];
