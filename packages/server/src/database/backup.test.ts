import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { deriveKeys } from '../keys.js';
import { describeWithPostgres } from '../testing/both.js';
import { testDatabase, testSeed } from '../testing/database.js';
import { evidenceRow, recordRow } from '../testing/rows.js';
import { openStream } from './backup-seal.js';
import { backup, restore } from './backup.js';
import type { Database } from './database.js';
import type { FolderOptions } from './folder.js';
import { openDatabase } from './open.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'placet-backup-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const keys = deriveKeys('a secret for tests');

/** A backup as older releases wrote them. */
async function plain(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of openStream(keys.backup, createReadStream(path))) pieces.push(piece);
  return Buffer.concat(pieces);
}

const bytes = (length: number) => new Uint8Array(randomBytes(length));

/** Rows in every table, more than fit in one piece, with values that are easily lost on the way. */
async function fill({ sql: db }: Database): Promise<void> {
  const at = new Date('2026-03-29T01:30:00.001Z');
  const text = 'é\\n"\\\\x00 \u2028☃ \t\r\n{},NULL';
  for (const site of ['default', 'Ünï-code', 'z']) {
    const records = Array.from({ length: 420 }, () => recordRow({ site, body: text }));
    await db.insertInto('record').values(records).execute();
    const evidence = records.map(({ id }) => ({ ...evidenceRow(id), site }));
    await db.insertInto('evidence').values(evidence).execute();
    await db
      .updateTable('record')
      .set({ leaf_index: 2 ** 52 + 1 })
      .where('id', '=', records[0]!.id)
      .where('site', '=', site)
      .execute();
    await db
      .insertInto('config_version')
      .values({ site, hash: bytes(32), notice: '', config: text, first_seen: at })
      .execute();
    const notice = { site, hash: bytes(32), version: '1', language: 'fr', text };
    await db
      .insertInto('notice')
      .values({ ...notice, source: 'browser', first_seen: at })
      .execute();
    await db
      .insertInto('log_head')
      .values({ site, size: 3, frontier: bytes(64) })
      .execute();
    const nodes = [0, 1, 2].map((index) => ({ site, level: 1, index, hash: bytes(32) }));
    await db.insertInto('log_node').values(nodes).execute();
    const checkpoint = { site, size: 3, root: bytes(32), frontier: bytes(0), note: text, at };
    await db
      .insertInto('log_checkpoint')
      .values({ ...checkpoint, leaves: bytes(300_000) })
      .execute();
    await db.insertInto('log_witnessed').values({ site, size: 3, witness: 'w', at }).execute();
  }
}

const TABLES = [
  ...['config_version', 'notice', 'record', 'evidence'],
  ...['log_head', 'log_node', 'log_checkpoint', 'log_witnessed'],
  ...['contact', 'pending_opt_in', 'token', 'subscription', 'suppression'],
  ...['contact_entry', 'sent_message', 'job', 'tool_delivery'],
  ...['identity_challenge', 'identity_session', 'request', 'request_contact', 'request_event'],
  ...['request_item', 'request_step', 'package_part', 'kept_record', 'kept_opening'],
  ...['restricted_contact', 'recipient_notice', 'certificate'],
] as const;

/** Everything in a database, in an order that does not depend on the kind. */
async function contents({ sql: db }: Database): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db);
    all[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return all;
}

describe('backup', () => {
  let source: Database;
  let file: string;
  before(async () => {
    source = await testDatabase();
    await fill(source);
    file = join(folder, 'backup.gz');
    await backup(source, file, { keys, now: () => new Date('2026-11-22T00:00:00Z') });
  });
  after(() => source.close());

  it('writes one file for its user alone, with the rows of every table counted at its end', async () => {
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(folder), ['backup.gz']);
    const lines = gunzipSync(await plain(file))
      .toString()
      .trim()
      .split('\n');
    assert.deepEqual(JSON.parse(lines[0]!), {
      placet: 'backup',
      format: 1,
      schema: '0004_rights',
      at: '2026-11-22T00:00:00.000Z',
    });
    const { end } = JSON.parse(lines.at(-1)!) as { end: Record<string, number> };
    assert.deepEqual(Object.keys(end), [...TABLES]);
    assert.deepEqual([end['record'], end['log_node'], end['notice']], [1260, 9, 3]);
  });

  it('is restored into a folder, which then has the same rows', async () => {
    const where = { folder: join(folder, 'restored') };
    const options: FolderOptions = { seed: await testSeed() };
    const counts = await restore(file, where, { keys, ...options });
    assert.equal(counts['record'], 1260);
    const restored = await openDatabase(where);
    assert.deepEqual(await contents(restored), await contents(source));
    await restored.close();
    await assert.rejects(restore(file, where, { keys }), /request\/invalid: .* not empty/);
    await rm(where.folder, { recursive: true });
  });

  it('is encrypted (003-18): no other secret opens it, and nobody is in it to be read', async () => {
    const sealed = await readFile(file);
    assert.equal(sealed.subarray(0, 16).toString(), 'placet-backup-2\n');
    assert.throws(() => gunzipSync(sealed));
    const other = { keys: deriveKeys('another secret for tests') };
    const where = { url: 'postgres://x@127.0.0.1:1/x' };
    await assert.rejects(restore(file, where, other), /encrypted with another secret/);
  });

  it('of an older release, not encrypted and with fewer tables, is restored, too', async () => {
    const lines = gunzipSync(await plain(file))
      .toString()
      .trim()
      .split('\n');
    const known = new Set<string>(TABLES.slice(0, TABLES.indexOf('identity_challenge')));
    let isKnown = true;
    const older = lines.filter((line, number) => {
      const { table } = JSON.parse(line) as { table?: string };
      if (table !== undefined) isKnown = known.has(table);
      return isKnown && number < lines.length - 1;
    });
    const header = { ...(JSON.parse(lines[0]!) as object), schema: '0003_jobs' };
    const { end } = JSON.parse(lines.at(-1)!) as { end: Record<string, number> };
    const counts = Object.fromEntries(Object.entries(end).filter(([name]) => known.has(name)));
    const text = [JSON.stringify(header), ...older.slice(1), JSON.stringify({ end: counts })];
    const path = join(folder, 'older.gz');
    await writeFile(path, gzipSync(`${text.join('\n')}\n`));
    const where = { folder: join(folder, 'from-older') };
    assert.equal((await restore(path, where, { keys }))['record'], 1260);
    const restored = await openDatabase(where);
    assert.deepEqual(await contents(restored), await contents(source));
    await restored.close();
  });

  describeWithPostgres('of PostgreSQL', (make) => {
    it('moves from embedded to PostgreSQL and on to another, with the same rows', async () => {
      const first = await make();
      await restore(file, first, { keys });
      const restored = await openDatabase(first);
      assert.deepEqual(await contents(restored), await contents(source));

      const copy = join(folder, 'copy.gz');
      await backup(restored, copy, { keys });
      await restored.close();
      const second = await make();
      await restore(copy, second, { keys });
      const again = await openDatabase(second);
      assert.deepEqual(await contents(again), await contents(source));
      await again.close();
      await assert.rejects(restore(file, second, { keys }), /request\/invalid: .* not empty/);
    });

    it('is of one moment, however much is written meanwhile', async () => {
      const where = await make();
      const database = await openDatabase(where);
      await fill(database);
      const before = await contents(database);
      const copy = join(folder, 'moment.gz');
      const writing = async () => {
        for (let count = 0; count < 50; count += 1) {
          await database.sql.insertInto('record').values(recordRow()).execute();
        }
      };
      // The moment is that of the first read, so writing begins with it.
      const [counts] = await Promise.all([backup(database, copy, { keys }), writing()]);
      await database.close();
      const target = await make();
      assert.deepEqual(await restore(copy, target, { keys }), counts);
      const restored = await openDatabase(target);
      const rows = await contents(restored);
      await restored.close();
      for (const table of TABLES) {
        if (table !== 'record') assert.deepEqual(rows[table], before[table]);
      }
      assert.ok(before['record']!.every((row) => rows['record']!.includes(row)));
    });

    it('leaves nothing behind of a file that is damaged, cut off or changed', async () => {
      const where = await make();
      const whole = await plain(file);
      const lines = gunzipSync(whole).toString().split('\n');
      const packed = (some: string[]) => gzipSync(some.join('\n'));
      const flipped = Buffer.from(whole);
      flipped[Math.floor(whole.length / 2)]! ^= 0xff;
      const bad: Record<string, Uint8Array> = {
        'cut off': whole.subarray(0, Math.floor(whole.length * 0.9)),
        'a byte changed': flipped,
        'no end': packed(lines.slice(0, -2)),
        'a row missing': packed(lines.filter((_, index) => index !== 100)),
        'a row twice': packed([...lines.slice(0, 100), lines[100]!, ...lines.slice(100)]),
        'a value missing': packed(lines.map((line, n) => (n === 900 ? '["default"]' : line))),
        'no JSON': packed(lines.map((line, n) => (n === 900 ? '{' : line))),
        'rows after the end': packed([...lines.slice(0, -1), lines[100]!]),
        'a table of a newer release': packed(
          lines.map((line) => line.replace('"table":"log_node"', '"table":"log_tree"')),
        ),
      };
      for (const [name, content] of Object.entries(bad)) {
        const path = join(folder, 'bad.gz');
        await writeFile(path, content);
        await assert.rejects(restore(path, where, { keys }), (error: Error) => {
          // A row twice is told by the database, which has a key; what a changed byte unpacks to,
          // by whichever meets it first; everything else by the file.
          const words =
            name === 'a row twice' ? /duplicate key/ : /request\/invalid: .*bad\.gz|release/;
          if (name !== 'a byte changed') assert.match(error.message, words, name);
          return true;
        });
      }
      const database = await openDatabase(where);
      assert.ok(Object.values(await contents(database)).every((rows) => rows.length === 0));
      await database.close();
    });

    it('refuses what is no backup, or one of a newer release, before it touches the database', async () => {
      const path = join(folder, 'other.gz');
      const header = { placet: 'backup', format: 1, schema: '9999_later' };
      for (const [content, words] of [
        ['hello', /damaged/],
        [gzipSync('{"hello":1}\n'), /does not begin as a backup/],
        [gzipSync(''), /does not begin as a backup/],
        [gzipSync(JSON.stringify(header)), /newer release \(9999_later\)/],
      ] as const) {
        await writeFile(path, content);
        await assert.rejects(restore(path, { url: 'postgres://x@127.0.0.1:1/x' }, { keys }), words);
      }
    });
  });
});
