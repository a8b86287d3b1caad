import { describe, expect, it } from 'vitest';
import { brokenRule } from '../../../bot/domain/records/hard-rules.ts';
import type { RecordEdit } from '../../../bot/domain/records/record-plan.ts';
import { parseSrv } from '../../../bot/domain/records/srv-record.ts';
import { mark, OTHER, OURS, state } from './zone-file.ts';

const A = '300 SRV 0 0 1688 a.x.';
const B = '300 SRV 0 0 1688 b.x.';
const BROKEN = '300 SRV nonsense';
const SPF = '300 TXT "v=spf1 -all"';

const broken = (
  before: readonly string[],
  after: readonly string[],
  mayVanish = false,
  edits: readonly RecordEdit[] = [],
) => brokenRule({ before: state(...before), after: state(...after), edits }, OURS, mayVanish)?.rule;

/** Plans that the planner does not make: whoever changes it so that it does is told. */
describe('brokenRule', () => {
  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['a foreign value goes', [A, `${B} ; ours`], [`${B} ; ours`], 'loses-value'],
    ['a value that cannot be read goes', [BROKEN, A], [A], 'loses-value'],
    ['another bot’s value goes', [A, `${B} ; other bot`], [A, '300 TXT 0 0 1688 b.x. ; other bot'], 'loses-value'],
    ['a foreign value is spelled in another way', [A], ['300 SRV 0 0 1688 A.x.'], 'loses-value'],
    [
      'one of two spellings of our value goes',
      [`${A} ; ours`, '300 SRV 0 0 1688 A.x.'],
      ['300 SRV 0 0 1688 A.x.'],
      'loses-value',
    ],
    ['text of others goes', [A, SPF], [A], 'loses-text'],
    ['another bot’s mark goes', [`${A} ; other bot`], [A], 'loses-text'],
    ['our only value goes', [`${A} ; ours`], [], 'empties'],
    ['our value goes, another stays', [`${A} ; ours`, B], [B], undefined],
    ['our mark goes', [`${A} ; ours`, B], [A, B], undefined],
    ['a value joins', [A], [A, `${B} ; ours`], undefined],
  ])('judges that %s', (_, before, after, rule) => {
    expect(broken(before, after)).toBe(rule);
  });

  it('lets a set go that the change made, but not with a value of others', () => {
    expect(broken([`${A} ; ours`], [], true)).toBeUndefined();
    expect(broken([`${A} ; ours`, B], [], true)).toBe('loses-value');
  });

  it('lets another bot’s mark go where its value is taken over, and no other mark of it', () => {
    const before = [`${A} ; other bot`, `${B} ; other bot`];
    const answer = parseSrv('0 0 1688 a.x.');
    const edits: RecordEdit[] = answer === undefined ? [] : [{ kind: 'adopt', answer }];
    expect(broken(before, [`${A} ; ours`, `${B} ; other bot`], false, edits)).toBeUndefined();
    expect(broken(before, [`${A} ; ours`, B], false, edits)).toBe('loses-text');
    expect(mark('0 0 1688 a.x.', OTHER)).toContain(OTHER);
  });
});
