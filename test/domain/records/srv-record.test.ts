import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAnswers, formatSrv, parseSrv, sameAnswer, srvFields } from '../../../bot/domain/records/srv-record.ts';
import { escapedName } from '../../lab/aws/route53/names.ts';
import { answer as answers } from './sample-records.ts';

const target = (text: string) => parseSrv(text)?.target;

describe('parseSrv', () => {
  it.each([
    ['as hosts publish it', '0 0 1688 kms-01.corp.example.'],
    ['without trailing dot', '0 0 1688 kms-01.corp.example'],
    ['in capitals', '0 0 1688 KMS-01.Corp.EXAMPLE.'],
    ['with tabs and more blanks', ' 0\t0   1688 kms-01.corp.example. '],
    ['with leading zeros', '00 0000 01688 kms-01.corp.example.'],
    ['with letters in octal', '0 0 1688 \\153ms-01.corp.example.'],
  ])('reads a value %s', (_, text) => {
    expect(parseSrv(text)).toEqual({ priority: 0, weight: 0, port: 1688, target: 'kms-01.corp.example' });
  });

  it('reads the largest numbers of 16 bits', () => {
    expect(parseSrv('65535 65535 65535 a.b.')).toEqual({ priority: 65535, weight: 65535, port: 65535, target: 'a.b' });
  });

  it.each([
    ['as Route 53 gives it back', '0 0 1688 b\\303\\274cher.example.'],
    ['as it is typed', '0 0 1688 BÜCHER.example.'],
    ['as xn--', '0 0 1688 xn--bcher-kva.example.'],
  ])('reads a name beyond ASCII %s', (_, text) => {
    expect(target(text)).toBe('xn--bcher-kva.example');
  });

  it.each(['0x7f.1', 'kms.localhost', 'kms.invalid', '_vlmcs._tcp.corp.example'])(
    'reads %s where it stands, though nobody may add it',
    (name) => {
      expect(target(`0 0 1688 ${name}.`)).toBe(name);
    },
  );

  it.each([
    ['', 'nothing'],
    ['0 0 1688', 'three fields'],
    ['0 0 1688 kms.corp.example. x', 'five fields'],
    ['0 0 0 .', '"no such service"'],
    ['0 0 1688 .', 'the root as target'],
    ['0 0 0 kms.corp.example.', 'port 0'],
    ['65536 0 1688 kms.corp.example.', 'a priority of 17 bits'],
    ['0 65536 1688 kms.corp.example.', 'a weight of 17 bits'],
    ['0 0 65536 kms.corp.example.', 'a port of 17 bits'],
    ['-1 0 1688 kms.corp.example.', 'a negative number'],
    ['0x10 0 1688 kms.corp.example.', 'hexadecimal digits'],
    ['1e2 0 1688 kms.corp.example.', 'an exponent'],
    ['0 ٣ 1688 kms.corp.example.', 'digits of another script'],
    ['0 0 1688 10.0.0.1.', 'an address as target'],
    ['0 0 1688 KMS01.', 'a single label'],
    ['0 0 1688 *.corp.example.', 'a wildcard'],
    ['0 0 1688 kms\\056corp.example.', 'a dot inside a label'],
    [`0 0 1688 ${'long.'.repeat(51)}`, 'a name of more than 253 characters'],
  ])('reads nothing in %j: %s', (text) => {
    expect(parseSrv(text)).toBeUndefined();
  });

  it('reads back what formatSrv writes', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        expect(parseSrv(formatSrv(answer))).toEqual(answer);
      }),
    );
  });

  it('reads what Route 53 makes of it', () => {
    fc.assert(
      fc.property(answers, ({ target: name, ...numbers }) => {
        const given = `${numbers.priority} ${numbers.weight} ${numbers.port} ${escapedName(name.toUpperCase())}`;
        expect(parseSrv(given)).toEqual({ target: name, ...numbers });
      }),
    );
  });

  it('makes of any text nothing, or an answer that can be written', () => {
    const words = fc.array(fc.oneof(fc.nat(70_000).map(String), fc.string(), fc.constant('kms.corp.example.')));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map((each) => each.join(' ')),
        ),
        (text) => {
          const answer = parseSrv(text);
          expect(answer && parseSrv(formatSrv(answer))).toEqual(answer);
        },
      ),
    );
  });
});

describe('srvFields', () => {
  it.each([
    ['0 0 1688 10.0.0.1.', '10.0.0.1'],
    ['0 0 1688 KMS01', 'kms01'],
    ['0 0 0 kms.corp.example.', 'kms.corp.example'],
  ])('of %j names %s: a mistake of somebody that a diagnosis has to see', (text, expected) => {
    expect(srvFields(text)?.target).toBe(expected);
  });
});

describe('sameAnswer', () => {
  it('tells answers apart by every field', () => {
    const texts = ['0 0 1688 a.b.', '1 0 1688 a.b.', '0 1 1688 a.b.', '0 0 1689 a.b.', '0 0 1688 c.b.'];
    const [first, ...others] = texts.flatMap((text) => parseSrv(text) ?? []);
    expect(first && others.map((other) => sameAnswer(first, other))).toEqual([false, false, false, false]);
    expect(first && sameAnswer(first, { ...first })).toBe(true);
  });
});

describe('compareAnswers', () => {
  it('puts the lowest priority first, then the larger weight, then names', () => {
    const order = ['0 50 1688 z.x.', '0 10 1688 a.x.', '0 10 1688 b.x.', '0 10 1689 b.x.', '5 90 1688 a.x.'];
    const shuffled = order.toReversed().flatMap((text) => parseSrv(text) ?? []);
    expect(shuffled.sort(compareAnswers).map(formatSrv)).toEqual(order);
  });
});
