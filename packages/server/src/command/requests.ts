import { DEFAULT_SITE } from '@placet/contract';
import { isAfterwards } from '../rights/requests/items.js';
import type { ChecklistItem, StaffRequest } from '../rights/rights.js';
import type { Environment } from '../settings.js';
import { askServer, type Question } from './ask-server.js';
import { say, UsageError, type Command, type Told } from './command.js';

/** What may be done about a request, and which options each act needs. */
const ACTS: Readonly<Record<string, readonly string[]>> = {
  verify: ['note'],
  settle: [],
  pick: ['note', 'refs'],
  extend: ['reason'],
  doubt: ['reason', 'question'],
  refuse: ['reason'],
  execute: [],
  lift: ['reason'],
};
/** What stands behind these: the line of the checklist, the system. */
const NEEDS_NAME = /^(settle|pick)$/;

/** Lists what is to be answered. Asks a running server, which alone can have its database open. */
export const requestsCommand: Command = {
  usage: '[--site SITE]',
  summary:
    'list the requests that are not answered yet, and those after which something is left to be done; the one that is due first first',
  words: 0,
  options: { site: 'string' },
  async run({ options }, { env, stdout }) {
    const { requests } = (await call(env, 'GET', '', options)) as { requests: StaffRequest[] };
    for (const request of requests) {
      say(stdout, lineOf(request));
      for (const line of request.items)
        if (line.status === 'open' && isAfterwards(line.item)) say(stdout, `    ${itemLine(line)}`);
    }
    if (requests.length === 0) say(stdout, 'There is nothing to be answered.');
    return 0;
  },
};

/** Shows a request with its checklist, or does something about it. */
export const requestCommand: Command = {
  usage:
    'ID | ID verify --note TEXT | ID settle ITEM --how done-here|done-elsewhere|not-needed|kept-by-law [--note TEXT] [--not-applicable] | ID pick SYSTEM --refs A,B --note TEXT | ID extend|lift --reason TEXT | ID refuse --reason TEXT [--ground GROUND] | ID doubt --reason TEXT --question TEXT | ID execute, each with --by NAME',
  summary: 'show a request with its checklist, or do something about it; asks the running server',
  words: 1,
  moreWords: 2,
  options: {
    site: 'string',
    by: 'string',
    how: 'string',
    note: 'string',
    reason: 'string',
    ground: 'string',
    question: 'string',
    refs: 'string',
    'not-applicable': 'boolean',
  },
  async run(told, { env, stdout }) {
    const [id = '', act] = told.words;
    const path = `/${encodeURIComponent(id)}`;
    const request =
      act === undefined
        ? await call(env, 'GET', path, told.options)
        : await call(
            env,
            'POST',
            `${path}/${act === 'doubt' ? act : 'act'}`,
            told.options,
            actOf(told),
          );
    show(request as StaffRequest, (line) => say(stdout, line));
    return 0;
  },
};

/** Enters a request that came otherwise than by the site (000-24…26). */
export const enterCommand: Command = {
  usage:
    '--type TYPE --channel in-person|phone|email|post|agent --received DATE --email ADDRESS | --phone NUMBER [--note TEXT] [--against marketing|other] --by NAME',
  summary: 'enter a request that came by telephone, by post or in person; DATE is when it came',
  words: 0,
  options: {
    site: 'string',
    type: 'string',
    channel: 'string',
    received: 'string',
    email: 'string',
    phone: 'string',
    against: 'string',
    note: 'string',
    language: 'string',
    by: 'string',
  },
  async run({ options }, { env, stdout }) {
    const { site: _, ...said } = options;
    for (const name of ['type', 'channel', 'received', 'by'])
      if (said[name] === undefined) throw new UsageError(`Say --${name}, too.`);
    const request = (await call(env, 'POST', '', options, said)) as StaffRequest;
    show(request, (line) => say(stdout, line));
    return 0;
  },
};

function actOf({ words: [, act = '', name], options }: Told): Record<string, unknown> {
  const needed = Object.hasOwn(ACTS, act) ? ACTS[act]! : undefined;
  if (!needed) throw new UsageError(`There is no act "${act}".`);
  for (const option of [...needed, 'by'])
    if (typeof options[option] !== 'string')
      throw new UsageError(`Say --${option} with "${act}", too.`);
  if (NEEDS_NAME.test(act) !== (name !== undefined))
    throw new UsageError(`Write what "${act}" is about behind it, and nothing else.`);
  const { note, reason, question, by, refs, how, ground } = options;
  if (act === 'settle' && how === undefined && note === undefined)
    throw new UsageError('Say --how with "settle", or --note.');
  // The server has a place of its own for a doubt.
  if (act === 'doubt') return { by, reason, question };
  return {
    act,
    by,
    ...((needed.includes('note') || act === 'settle') && { note }),
    ...(needed.includes('reason') && { reason }),
    ...(act === 'refuse' && { ground }),
    ...(act === 'settle' && {
      item: name,
      status: isNotApplicable(options) ? 'not-applicable' : 'done',
      how,
    }),
    ...(act === 'pick' && { system: name, refs: String(refs).split(',').filter(Boolean) }),
  };
}

function isNotApplicable(options: Told['options']): boolean {
  return options['not-applicable'] === true || options['how'] === 'not-needed';
}

async function call(
  env: Environment,
  method: Question['method'],
  path: string,
  { site }: Told['options'],
  body?: unknown,
): Promise<unknown> {
  const question = { method, path: `/staff/requests${path}`, query: { site }, body };
  return (await askServer(env, question)).json();
}

function lineOf({ id, type, state, due, items, site }: StaffRequest): string {
  const open = items.filter(({ required, status }) => required && status === 'open').length;
  const where = site === DEFAULT_SITE ? '' : ` (${site})`;
  const left = open > 0 ? `, ${open} to settle` : '';
  return `${due.slice(0, 10)}  ${id}${where}  ${type}, ${state}${left}`;
}

function itemLine(line: ChecklistItem): string {
  const { item, label, status, required, actor, at, how, note } = line;
  const mark = status === 'open' ? (required ? '[ ]' : '( )') : '[x]';
  const words = note === undefined ? '' : `: ${note}`;
  const who = actor === undefined ? '' : ` — ${how ?? status}, ${actor}, ${at ?? ''}${words}`;
  return `${mark} ${item}  ${label}${who}`;
}

function show(request: StaffRequest, line: (text: string) => void): void {
  const { contacts, note, corrections = [], matches = [], undoUntil, purgeAt, ground } = request;
  line(lineOf(request));
  line(`Received ${request.receivedAt}, ${request.channel}; to be answered by ${request.due}.`);
  if (undoUntil !== undefined) line(`Not to be executed before ${undoUntil}.`);
  if (purgeAt !== undefined) line(`Purged by ${purgeAt}.`);
  if (ground !== undefined) line(`Refused on the ground ${ground}.`);
  if (contacts) line(`From ${[contacts.email, contacts.phone].filter(Boolean).join(', ')}.`);
  if (note !== undefined) line(`Note: ${note}`);
  for (const { system, category, record, field, value } of corrections)
    line(`Correct ${system}/${category}/${record}, ${field}: ${value}`);
  for (const { system, matches: fitting } of matches)
    for (const { ref, label } of fitting) line(`In ${system}: ${ref} ${label ?? ''}`.trimEnd());
  for (const item of request.items) line(itemLine(item));
  for (const { system, step, status } of request.steps) line(`    ${system}: ${step}, ${status}`);
  for (const { recipient, event, status } of request.recipients)
    line(`    ${recipient}: told of ${event}, ${status}`);
  for (const { at, act, actor, note: said } of request.history)
    line(`    ${at}  ${act}, ${actor}${said === undefined ? '' : `: ${said}`}`);
}
