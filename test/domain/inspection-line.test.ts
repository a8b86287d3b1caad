import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOutput } from '../../bot/domain/inspection-line.ts';
import { AT_SECONDS, wireRecord } from './sample-record.ts';

const unpack = (base64: string): string | undefined => {
  try {
    return gunzipSync(Buffer.from(base64, 'base64')).toString('latin1');
  } catch {
    return undefined;
  }
};

const json = JSON.stringify(wireRecord());
const line = `KMSBOT1 ${json}\r\n`;
const packed = `KMSBOT1Z ${gzipSync(json).toString('base64')}\r\n`;

describe('readOutput', () => {
  it.each([
    ['the line alone', line],
    ['without line end', line.trimEnd()],
    ['a byte order mark in front', `\uFEFF${line}`],
    ['compressed', packed],
    ['warnings around it', `WARNING: slow\r\n${line}\r\nmore`],
    ['error text after it', `${line}\n----------ERROR-------\nGet-CimInstance : 拒否されました`],
    ['cut error text after it', `${line}\n----------ERROR-------\nlong\n---Error truncated----`],
    ['a garbled line of ours before it', `KMSBOT1 {"v":1\r\n${line}`],
    ['bytes of UTF-16', [...line].join('\0')],
  ])('reads %s', (_what, text) => {
    const reading = readOutput(text, unpack);

    expect(reading).toMatchObject({ kind: 'record', json, record: { atMs: AT_SECONDS * 1000 } });
  });

  it.each([
    ['nothing', '', { kind: 'empty' }],
    ['blank lines', ' \r\n\r\n', { kind: 'empty' }],
    ['a separator only', '\n----------ERROR-------\n', { kind: 'empty' }],
    [
      'a skipped step',
      'Step execution skipped due to unsatisfied preconditions: \'"StringEquals": [platformType, Windows]\'.',
      { kind: 'not-ours' },
    ],
    ['an error message', '----------ERROR-------\nParserError', { kind: 'not-ours' }],
    ['a line cut by the agent', `${line.slice(0, 300)}\n---Output truncated---`, { kind: 'truncated' }],
    ['a line cut elsewhere', `${line.slice(0, 300)}--output truncated--`, { kind: 'truncated' }],
    ['a line that just ends', line.slice(0, 300), { kind: 'truncated' }],
    ['a packed line cut by the agent', `${packed.slice(0, 200)}\n---Output truncated---`, { kind: 'truncated' }],
    ['output cut before our line', 'noise\n---Output truncated---', { kind: 'truncated' }],
    ['something else than JSON', 'KMSBOT1 hello}\r\n', { kind: 'garbled', at: 'json' }],
    ['a broken package', 'KMSBOT1Z !!!!\r\n', { kind: 'garbled', at: 'base64' }],
    ['characters that are not ours', `KMSBOT1 {"v":1,"\u00e4":1}\r\n`, { kind: 'garbled', at: 'character 9' }],
    ['a record without time', 'KMSBOT1 {"v":1}\r\n', { kind: 'garbled', at: 'at' }],
    ['a later prefix', 'KMSBOT2 whatever it says', { kind: 'newer-version', version: 2 }],
    ['a later compressed prefix', 'KMSBOT12Z AAAA', { kind: 'newer-version', version: 12 }],
    ['a later record under our prefix', 'KMSBOT1 {"v":3}', { kind: 'newer-version', version: 3 }],
  ])('says what %s is', (_what, text, why) => {
    expect(readOutput(text, unpack)).toEqual({ kind: 'unreadable', why });
  });

  it('never throws, whatever was printed', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.constantFrom('KMSBOT1 ', 'KMSBOT1Z ', line, packed, '---Output truncated---'),
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 5 }), (parts) => {
        expect(readOutput(parts.join(''), unpack)).toHaveProperty('kind');
      }),
    );
  });

  it('reads the record wherever the line stands among others', () => {
    const other = fc.string().filter((text) => !/[\r\n]|KMSBOT/.test(text));
    fc.assert(
      fc.property(fc.array(other), fc.array(other), fc.constantFrom('\n', '\r\n'), (before, after, end) => {
        const text = [...before, line.trimEnd(), ...after].join(end);
        expect(readOutput(text, unpack).kind).toBe('record');
      }),
    );
  });

  it('calls a line cut anywhere truncated, never a record', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: line.trimEnd().length - 1 }), (length) => {
        const reading = readOutput(line.slice(0, length), unpack);
        expect(reading).toEqual({ kind: 'unreadable', why: expect.objectContaining({ kind: expect.any(String) }) });
      }),
    );
  });
});
