/**
 * The salon's own database, as Placet is told of it: what each table is for, on which ground, for
 * how long, and what the law keeps. This is all that joins the two.
 *
 * @param {ReturnType<import('./customers.mjs').createCustomers>} customers
 * @returns {Promise<import('@placet/server').System[]>}
 */
export async function customerSystems({ query, transaction, now }) {
  // Imported late: who only asks for the pages needs no backend.
  const { manualSystem, sqlSystem } = await import('@placet/server');
  // Not looked through at start: the database opens when it is first needed.
  const { ready: _, ...bookings } = sqlSystem({
    id: 'bookings',
    name: { fr: 'Le carnet de rendez-vous', en: 'The appointment book' },
    query,
    transaction,
    now,
    people: PEOPLE,
    tables: [APPOINTMENTS, MEMBERSHIPS, PURCHASES, NOTES, DOCUMENTS],
    checks: CHECKS,
  });
  return [
    bookings,
    manualSystem({
      id: 'cards',
      name: { fr: 'Les fiches en papier', en: 'The cards on paper' },
      kind: 'paper',
      categories: [
        {
          id: 'health',
          label: {
            fr: 'Ce que vous nous dites de votre santé',
            en: 'What you tell us about your health',
          },
          purpose: { fr: 'Adapter le soin', en: 'To adapt the treatment' },
          basis: 'consent',
          retention: {
            fr: 'Trois ans après votre dernière visite',
            en: 'Three years after your last visit',
          },
        },
      ],
    }),
  ];
}

const THREE_YEARS = {
  fr: 'Trois ans après votre dernière visite',
  en: 'Three years after your last visit',
};

const PEOPLE = {
  category: 'customer',
  label: { fr: 'Votre fiche', en: 'Your file' },
  purpose: { fr: 'Vous recevoir et vous joindre', en: 'To receive you and to reach you' },
  basis: 'contract',
  retention: THREE_YEARS,
  recipients: ['Poste & Papier, routage'],
  automated: false,
  provided: true,
  table: 'customer',
  key: 'id',
  email: 'email',
  phone: 'phone',
  country: 'FR',
  knownBy: ['first_name', 'last_name', 'town'],
  columns: [
    { column: 'first_name', label: { fr: 'Prénom', en: 'First name' }, rectifiable: true },
    { column: 'last_name', label: { fr: 'Nom', en: 'Last name' }, rectifiable: true },
    { column: 'email', label: { fr: 'E-mail', en: 'E-mail' } },
    { column: 'phone', label: { fr: 'Téléphone', en: 'Telephone' }, rectifiable: true },
    { column: 'birth_date', label: { fr: 'Né(e) le', en: 'Born on' }, rectifiable: true },
    { column: 'town', label: { fr: 'Ville', en: 'Town' }, rectifiable: true },
    { column: 'customer_since', label: { fr: 'Client depuis', en: 'Customer since' } },
  ],
  omit: ['restricted_at', 'hidden_at'],
  restricted: 'restricted_at',
  hidden: 'hidden_at',
};

const APPOINTMENTS = {
  category: 'appointments',
  label: { fr: 'Vos rendez-vous', en: 'Your appointments' },
  purpose: { fr: 'Tenir l’agenda', en: 'To keep the diary' },
  basis: 'contract',
  retention: THREE_YEARS,
  recipients: ['Calendly'],
  transfers: [
    {
      country: { fr: 'États-Unis', en: 'United States' },
      safeguard: {
        fr: 'les clauses types de la Commission européenne ; demandez-nous-en une copie',
        en: 'the European Commission’s standard clauses; ask us for a copy',
      },
    },
  ],
  automated: {
    logic: {
      fr: 'Qui a manqué deux rendez-vous en un an se voit demander des arrhes par l’agenda en ligne.',
      en: 'Whoever missed two appointments within a year is asked for a deposit by the online diary.',
    },
    significance: {
      fr: 'Sans elles, le rendez-vous en ligne n’est pas pris.',
      en: 'Without it, nothing is booked online.',
    },
    consequences: {
      fr: 'Vingt euros sont payés d’avance, puis déduits. Appelez-nous : quelqu’un y regarde, et peut vous en dispenser.',
      en: 'Twenty euros are paid ahead, then deducted. Call us: somebody looks at it, and can let you off.',
    },
  },
  provided: true,
  table: 'appointment',
  key: 'id',
  person: 'customer_id',
  omit: ['customer_id'],
  columns: [
    { column: 'starts_at', label: { fr: 'Le', en: 'On' } },
    { column: 'treatment', label: { fr: 'Soin', en: 'Treatment' } },
    { column: 'therapist', label: { fr: 'Avec', en: 'With' } },
    { column: 'status', label: { fr: 'État', en: 'State' } },
  ],
};

const MEMBERSHIPS = {
  category: 'memberships',
  label: { fr: 'Vos cartes et abonnements', en: 'Your cards and memberships' },
  purpose: { fr: 'Compter les soins compris', en: 'To count the treatments included' },
  basis: 'contract',
  retention: THREE_YEARS,
  provided: true,
  table: 'membership',
  key: 'id',
  person: 'customer_id',
  omit: ['customer_id'],
  columns: [
    { column: 'kind', label: { fr: 'Carte', en: 'Card' } },
    { column: 'started_on', label: { fr: 'Depuis', en: 'Since' } },
    { column: 'cancelled_on', label: { fr: 'Résiliée le', en: 'Cancelled on' } },
  ],
};

const PURCHASES = {
  category: 'purchases',
  label: { fr: 'Vos achats et factures', en: 'Your purchases and invoices' },
  purpose: { fr: 'Vendre et facturer', en: 'To sell and to invoice' },
  basis: 'legal-obligation',
  retention: { fr: 'Dix ans après la facture', en: 'Ten years after the invoice' },
  recipients: ['Cabinet Garnier, comptables'],
  provided: true,
  table: 'purchase',
  key: 'id',
  person: 'customer_id',
  omit: ['customer_id'],
  columns: [
    { column: 'ordered_on', label: { fr: 'Le', en: 'On' } },
    { column: 'item', label: { fr: 'Article', en: 'Item' } },
    { column: 'cents', label: { fr: 'Centimes d’euro', en: 'Euro cents' } },
    { column: 'invoice', label: { fr: 'Facture', en: 'Invoice' } },
    { column: 'status', label: { fr: 'État', en: 'State' } },
  ],
  keep: {
    ground: {
      fr: 'Les factures se gardent dix ans (code de commerce, art. L123-22)',
      en: 'Invoices are kept for ten years (French commercial code, art. L123-22)',
    },
    years: 10,
    from: 'ordered_on',
    // An invoice says whom it is to.
    withPerson: ['first_name', 'last_name', 'town'],
  },
  // What was sold stays in the salon's own accounts, without whom it was sold to.
  erase: { set: { customer_id: null } },
};

const NOTES = {
  category: 'notes',
  label: { fr: 'Les notes de l’équipe', en: 'Notes by staff' },
  purpose: { fr: 'Se souvenir de vos préférences', en: 'To remember what you prefer' },
  basis: 'legitimate-interest',
  retention: THREE_YEARS,
  source: { fr: 'Notre équipe', en: 'Our staff' },
  table: 'note',
  key: 'id',
  person: 'customer_id',
  omit: ['customer_id'],
  columns: [
    { column: 'written_on', label: { fr: 'Le', en: 'On' } },
    { column: 'author', label: { fr: 'De', en: 'By' } },
    { column: 'body', label: { fr: 'Note', en: 'Note' } },
  ],
};

const DOCUMENTS = {
  category: 'documents',
  label: { fr: 'Vos documents', en: 'Your documents' },
  purpose: { fr: 'Garder ce que vous nous avez remis', en: 'To keep what you handed to us' },
  basis: 'contract',
  retention: THREE_YEARS,
  provided: true,
  table: 'document',
  key: 'id',
  person: 'customer_id',
  omit: ['customer_id'],
  columns: [
    { column: 'added_on', label: { fr: 'Le', en: 'On' } },
    { column: 'name', label: { fr: 'Document', en: 'Document' } },
    { column: 'content', label: { fr: 'Contenu', en: 'Content' } },
  ],
};

const CHECKS = [
  {
    id: 'future-appointments',
    label: { fr: 'Rendez-vous à venir', en: 'Appointments to come' },
    table: 'appointment',
    person: 'customer_id',
    where: { status: 'booked', starts_at: { after: 'now' } },
  },
  {
    id: 'memberships',
    label: { fr: 'Abonnements en cours', en: 'Running memberships' },
    table: 'membership',
    person: 'customer_id',
    where: { cancelled_on: null },
  },
  {
    id: 'open-orders',
    label: { fr: 'Commandes à régler', en: 'Orders to be settled' },
    table: 'purchase',
    person: 'customer_id',
    where: { status: 'open' },
  },
];
