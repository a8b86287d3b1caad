import { describe, expect, it } from 'vitest';
import { CHANGE_DOCUMENTS } from '../../bot/domain/change/change-wire.ts';
import { readChangeOutput } from '../../bot/domain/change/parse-change.ts';
import { GVLKS } from '../../bot/domain/gvlk.ts';
import { seededKeys } from '../lab/world/key-book.ts';
import { byModel, byTranscript, runCase } from './change-both-ways.ts';
import { allChangeCases } from './change-cases.ts';
import { documentOf, readChangeRecordings } from './change-recordings.ts';
import { NOBODY_S_KEY, STORED_TEXTS } from './change-secrets.ts';
import { documentScripts, scriptHash } from './recordings.ts';

const hashes = Object.fromEntries(Object.entries(documentScripts()).map(([name, text]) => [name, scriptHash(text)]));
const current = readChangeRecordings().filter(({ document, sha256 }) => hashes[document] === sha256);
const cases = new Map(allChangeCases().map((one) => [one.name, one]));

describe('recordings of changing documents in real PowerShell', () => {
  it('have a name for every case, and no two alike', () => {
    expect(cases.size).toBe(allChangeCases().length);
  });

  describe.each(current)('of $document ($powershell)', ({ document, runs }) => {
    it('hold every case of the document', () => {
      const own = [...cases.values()].filter((one) => documentOf(one) === document);

      expect(runs.map(({ name }) => name)).toEqual(own.map(({ name }) => name));
      expect(runs.length).toBeGreaterThan(100);
    });

    it('are what the model asks, question by question, and prints, byte by byte', () => {
      for (const { name, steps } of runs) {
        const one = cases.get(name);
        for (const [index, step] of steps.entries()) {
          const { exitCode, stdout, seconds } = step;
          const call = one?.steps[index];
          if (call === undefined) throw new Error(`${name} has no step ${index + 1}`);

          expect(byTranscript(call, step), name).toEqual({ exitCode, stdout, seconds, unasked: 0 });
        }
      }
    });
  });
});

describe('what the models of the changing documents print', () => {
  it.each(CHANGE_DOCUMENTS)(
    '%s: nothing, or one line of ASCII within 2,400 bytes that the bot reads',
    async (document) => {
      for (const one of [...cases.values()].filter((each) => documentOf(each) === document)) {
        const { steps } = await runCase(one, byModel);
        for (const { exitCode, stdout, seconds } of steps) {
          if (exitCode !== 0) {
            expect([one.name, stdout]).toEqual([one.name, '']);
            continue;
          }
          expect(stdout, one.name).toMatch(/^KMSBOT1 [ -~]+\r\n$/);
          expect(stdout.length, one.name).toBeLessThanOrEqual(2400);
          expect(readChangeOutput(stdout), one.name).toMatchObject({
            kind: 'record',
            record: { document: expect.any(String) },
          });
          expect(seconds, one.name).toBeLessThan(290);
        }
      }
    },
  );

  it('never holds a key, nor more of it than its end', async () => {
    // The beginnings of made-up keys are all alike.
    const endings = seededKeys().map(({ key }) => key.slice(18));
    const pairs = [
      ...GVLKS.flatMap(({ key }) => [key.slice(0, 11), key.slice(6, 17), key.slice(12, 23), key.slice(18)]),
      ...['MMMMM-KKKKK', 'HHHHH-KKKKK', 'KKKKK-22222', ...endings],
    ];
    for (const one of cases.values()) {
      const { steps, memory } = await runCase(one, byModel);
      const written = JSON.stringify([steps.map(({ stdout }) => stdout), memory]);
      expect(pairs.filter((pair) => written.includes(pair))).toEqual([]);
    }
  });

  it('never holds what else was stored in place of a key', async () => {
    const texts = STORED_TEXTS.filter((text) => text.length > 10).map((text) => JSON.stringify(text).slice(1, -1));
    for (const one of [...cases.values()].filter((each) => documentOf(each) === 'KmsBot-InstallStoredKey')) {
      const { steps, memory } = await runCase(one, byModel);
      const written = JSON.stringify([steps.map(({ stdout }) => stdout), memory]);
      expect(texts.filter((text) => written.includes(text))).toEqual([]);
    }
  });
});

describe('recordings', () => {
  it('know no product key but public ones and those that are made up', () => {
    const known = new Set([...GVLKS, ...seededKeys()].map(({ key }) => key));
    const form = /[BCDFGHJKMNPQRTVWXY2346789]{5}(?:-[BCDFGHJKMNPQRTVWXY2346789]{5}){4}/g;
    const found = readChangeRecordings().flatMap((recording) => JSON.stringify(recording).match(form) ?? []);

    expect([...new Set(found)].filter((key) => !known.has(key) && key !== NOBODY_S_KEY)).toEqual([]);
  });
});
