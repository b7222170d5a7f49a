import { escape } from '../site/html.mjs';
import { COUNTER } from '../site/pages.mjs';

const WORDS = {
  fr: {
    none: 'Aucune demande ouverte.',
    due: 'À répondre avant le',
    undo: 'Peut être reprise par la personne jusqu’au',
    purge: 'Effacement définitif au plus tard le',
    type: {
      access: 'Voir ses données',
      portability: 'Emporter ses données',
      rectification: 'Corriger',
      erasure: 'Effacer',
      restriction: 'Limiter',
      objection: 'S’opposer',
    },
    state: {
      unverified: 'identité à vérifier',
      open: 'ouverte',
      'in-progress': 'en cours',
      extended: 'prolongée',
      executed: 'exécutée, tout est caché',
    },
    note: 'Comment c’est réglé',
    settle: 'C’est réglé',
    none_of_it: 'Sans objet',
    execute: 'Exécuter l’effacement',
    done: 'réglé',
    required: 'obligatoire',
    refused: 'Pas encore possible',
  },
  en: {
    none: 'No open request.',
    due: 'To be answered by',
    undo: 'Can be taken back by the person until',
    purge: 'Gone for good at the latest on',
    type: {
      access: 'See their data',
      portability: 'Take their data away',
      rectification: 'Correct',
      erasure: 'Delete',
      restriction: 'Restrict',
      objection: 'Object',
    },
    state: {
      unverified: 'identity to be checked',
      open: 'open',
      'in-progress': 'in progress',
      extended: 'extended',
      executed: 'executed, everything is hidden',
    },
    note: 'How it was settled',
    settle: 'It is settled',
    none_of_it: 'Does not apply',
    execute: 'Execute the erasure',
    done: 'settled',
    required: 'required',
    refused: 'Not possible yet',
  },
};

const ACTOR = 'Claire';

/**
 * Of the demonstration: what staff do about requests, until there is a console for it. Nobody signs
 * in here, so it is no part of a real site.
 *
 * @param {() => import('@placet/server').StaffRights} staff
 */
export function createCounter(staff) {
  const site = 'default';
  let problem;
  return {
    /** The page's content: every open request with its checklist. */
    async page(language) {
      const words = WORDS[language];
      const requests = await staff().due(site);
      const said = problem;
      problem = undefined;
      const alert = said
        ? `<p role="alert"><strong>${words.refused}</strong> (${escape(said)})</p>`
        : '';
      if (requests.length === 0) return `${alert}<p>${words.none}</p>`;
      return `${alert}<ul class="inbox">${requests
        .map((request) => `<li>${requestOf(request, words, COUNTER.path[language], language)}</li>`)
        .join('\n')}</ul>`;
    },

    /** Settles an item, or executes. What is refused is said on the page. */
    async act(form) {
      const [id = '', item = '', note] = ['id', 'item', 'note'].map((name) => form.get(name) ?? '');
      try {
        if (form.get('do') === 'execute') await staff().execute(site, id, { actor: ACTOR });
        else
          await staff().settle(site, id, item, {
            actor: ACTOR,
            status: form.get('do') === 'none' ? 'not-applicable' : 'done',
            note: note.trim() || '–',
          });
      } catch (error) {
        problem = error.code ?? error.message;
      }
    },
  };
}

function requestOf(request, words, path, language) {
  const { id, type, state, due, undoUntil, purgeAt, contacts = {}, items } = request;
  const when = (at) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(at));
  const who = Object.values(contacts).map(escape).join(', ');
  return `<h2>${words.type[type]}</h2>
  <p>${who} · ${words.state[state] ?? escape(state)}<br>${words.due} ${when(due)}${
    undoUntil && state !== 'executed' ? `<br>${words.undo} ${when(undoUntil)}` : ''
  }${purgeAt ? `<br>${words.purge} ${when(purgeAt)}` : ''}</p>
  ${items.length > 0 ? `<ul>${items.map((each) => `<li>${itemOf(each, id, words, path)}</li>`).join('')}</ul>` : ''}
  ${
    type === 'erasure' && state !== 'executed'
      ? `<form class="form" method="post" action="${path}"><input type="hidden" name="id" value="${escape(id)}"><p><button class="button" name="do" value="execute">${words.execute}</button></p></form>`
      : ''
  }`;
}

function itemOf({ item, label, required, status, note }, id, words, path) {
  if (status !== 'open')
    return `${escape(label)}: ${words.done}${note ? ` (${escape(note)})` : ''}`;
  return `<form class="form" method="post" action="${path}">
    <input type="hidden" name="id" value="${escape(id)}"><input type="hidden" name="item" value="${escape(item)}">
    <p><label>${escape(label)}${required ? ` (${words.required})` : ''}<br><input name="note" placeholder="${words.note}" autocomplete="off"></label></p>
    <p><button class="button" name="do" value="settle">${words.settle}</button> <button class="button" name="do" value="none">${words.none_of_it}</button></p>
  </form>`;
}
