import type { Command } from './command.js';

const SETTINGS = `Settings, from the environment:
  PLACET_CONFIG     the site’s public configuration: a JSON file, or JSON; also {"config": …, and server options}
  PORT, HOST        where to listen (8080 on 127.0.0.1)
  PLACET_DATA       folder of the embedded database (./placet-data): one process, small sites
  DATABASE_URL      a PostgreSQL database instead: postgres://user@host/name
  PLACET_SECRET     the root of all keys; kept in the folder, needed with DATABASE_URL
  PLACET_ORIGINS    other origins whose pages may call, with spaces between them
  PLACET_RATE       public calls a minute and address (60; 0 for no limit)
  PLACET_PROXIES    reverse proxies in front whose X-Forwarded-For is believed (0)
  PLACET_SCRIPT     folder with the script tag’s files, to be served too
  PLACET_STAFF_KEY  keys for /staff, 32 characters or more, with spaces between them
  PLACET_API_KEY    keys of the host’s own programs (may-send, withdrawals), likewise
  PLACET_URL        the site’s address as people reach it, for links in messages: https://www.example.com
  PLACET_SMS        demo senders of SMS: file:///path/of/a/file, or console:
  PLACET_ERASURE_JOURNAL  file, outside the database and its backups, that restore replays
  PLACET_SERVER     the running server that commands about requests, proofs and kept records ask (http://127.0.0.1:8080/placet)
  PLACET_WITNESS    who gets copies of checkpoints: https:, mailto: or file: addresses
  PLACET_SMTP_URL   the mail server: smtps://user:password@host?from=address`;

/** What `--help` says. */
export function usage(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(
    ([name, { usage: words, summary }]) => `  ${`${name} ${words}`.trimEnd()}\n      ${summary}`,
  );
  return `Usage: placet-server <command>\n\n${lines.join('\n')}\n\n${SETTINGS}`;
}
