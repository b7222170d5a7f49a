import { TREATMENTS } from '../site/treatments.mjs';

const FIRST =
  'Camille Pierre Inès Hugo Léa Jules Manon Paul Chloé Louis Sarah Adam Alice Noé Zoé Émile Rose Marius Jeanne Karim Anaïs Yann Lucie Omar Nora Simon Élise Rémi Agathe Théo'.split(
    ' ',
  );
const LAST =
  'Roy Martin Bernard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia Roux Fournier Girard Bonnet Lambert Fontaine Rousseau Vincent Muller Faure Blanc Guérin Boyer Garnier Chevalier Perrin Morin Masson Benali Nguyen Lopez Colin Renard Picard'.split(
    ' ',
  );
const TOWNS = ['Beaune', 'Dijon', 'Nuits-Saint-Georges', 'Meursault', 'Chagny', 'Savigny'];
const THERAPISTS = ['Claire', 'Naïma', 'Solène'];
const MEMBERSHIPS = ['Carte de douze soins', 'Abonnement mensuel'];
const ITEMS = ['Bon cadeau', 'Huile de tilleul', 'Baume pour les mains', 'Carte de douze soins'];
const NOTES = [
  'Préfère la fin de journée.',
  'Vient avec sa sœur, deux cabines côte à côte.',
  'N’aime pas la musique.',
  'Huile sans parfum, s’il vous plaît.',
  '=SOMME(A1:A9) : copié par erreur de la feuille des stocks.',
];
const DOCUMENTS = ['Bon cadeau scanné', 'Accord pour la photo du vestiaire', 'Devis de groupe'];

const DAY = 86_400_000;

/**
 * A few thousand rows about people who do not exist: the same ones at every call, with dates that
 * follow the clock. The first two share a name, and nothing else.
 *
 * @param {Date} now
 * @param {number} [count] customers
 */
export function makePeople(now, count = 2400) {
  const random = createRandom(20_261_122);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const day = (offset) => new Date(now.getTime() + offset * DAY).toISOString().slice(0, 10);
  const at = (offset, hour) => `${day(offset)}T${String(hour).padStart(2, '0')}:00:00Z`;
  const rows = {
    customer: [],
    appointment: [],
    membership: [],
    purchase: [],
    note: [],
    document: [],
  };
  const add = (table, row) => rows[table].push({ id: rows[table].length + 1, ...row });

  for (let index = 0; index < count; index += 1) {
    const isKnown = index < KNOWN.length;
    const [first_name, last_name] = isKnown ? KNOWN[index] : [pick(FIRST), pick(LAST)];
    add('customer', {
      first_name,
      last_name,
      email: isKnown ? KNOWN[index][2] : addressOf(first_name, last_name, index),
      phone: `+336${String(10_000_000 + Math.floor(random() * 89_999_999))}`,
      birth_date: day(-Math.floor(7000 + random() * 18_000)),
      town: pick(TOWNS),
      customer_since: day(-Math.floor(30 + random() * 2400)),
    });
  }
  for (const { id } of rows.customer) {
    const isKnown = id <= KNOWN.length;
    for (let left = isKnown ? 6 : Math.floor(random() * 6); left > 0; left -= 1)
      add('appointment', {
        customer_id: id,
        treatment: pick(Object.keys(TREATMENTS)),
        starts_at: at(-Math.floor(10 + random() * 900), 9 + Math.floor(random() * 9)),
        therapist: pick(THERAPISTS),
        status: random() < 0.9 ? 'done' : 'cancelled',
      });
    if (isKnown || random() < 0.15)
      add('appointment', {
        customer_id: id,
        treatment: pick(Object.keys(TREATMENTS)),
        starts_at: at(Math.floor(3 + random() * 40), 9 + Math.floor(random() * 9)),
        therapist: pick(THERAPISTS),
        status: 'booked',
      });
    if (isKnown || random() < 0.12)
      add('membership', {
        customer_id: id,
        kind: pick(MEMBERSHIPS),
        started_on: day(-Math.floor(20 + random() * 300)),
        cancelled_on: isKnown || random() < 0.6 ? null : day(-Math.floor(random() * 20)),
      });
    for (let left = isKnown ? 3 : Math.floor(random() * 2.5); left > 0; left -= 1)
      add('purchase', {
        customer_id: id,
        item: pick(ITEMS),
        cents: 1200 + Math.floor(random() * 18_000),
        ordered_on: day(-Math.floor(5 + random() * 700)),
        invoice: `F-${String(rows.purchase.length + 1).padStart(6, '0')}`,
        status: isKnown && left === 1 ? 'open' : 'paid',
      });
    if (isKnown || random() < 0.5)
      add('note', {
        customer_id: id,
        written_on: day(-Math.floor(random() * 700)),
        author: pick(THERAPISTS),
        body: isKnown ? NOTES.at(-1) : pick(NOTES),
      });
    if (isKnown || random() < 0.15)
      add('document', {
        customer_id: id,
        added_on: day(-Math.floor(random() * 700)),
        name: pick(DOCUMENTS),
        content: `Numérisé au comptoir, dossier ${id}.`,
      });
  }
  return rows;
}

/** Those whom the demonstration and its tests call by their addresses. */
const KNOWN = [
  ['Camille', 'Roy', 'camille.roy@example.org'],
  ['Camille', 'Roy', 'camille.roy@example.net'],
  ['Pierre', 'Martin', 'pierre.martin@example.org'],
];

function addressOf(first, last, number) {
  const plain = `${first}.${last}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return `${plain}.${number}@exemple.example`;
}

/** The same numbers at every call: Mulberry32. */
function createRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
