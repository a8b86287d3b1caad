import { describe, expect, it } from 'vitest';
import { hostToTest } from '../../../bot/domain/diagnosis/routing-test.ts';
import { EVERY_CAUSE } from '../../slack/support/diagnosed-causes.ts';
import { ranked } from '../../slack/support/diagnoses.ts';

const kms1 = { name: 'kms1.corp.example', port: 1688 };

describe('the active routing test', () => {
  it('is called for where reading leaves the path open and the host is known', () => {
    const first = ranked({ kind: 'host-silent', host: kms1 }, { confidence: 'possible' });

    expect(hostToTest({ first, state: 'failing' })).toEqual(kms1);
  });

  it('is not called for where reading has decided, or nothing is wrong', () => {
    const cause = { kind: 'host-silent', host: kms1 } as const;

    expect(hostToTest({ first: ranked(cause, { confidence: 'likely' }), state: 'failing' })).toBeUndefined();
    expect(hostToTest({ first: ranked(cause, { confidence: 'possible' }), state: 'well' })).toBeUndefined();
    expect(hostToTest({ state: 'unknown' })).toBeUndefined();
  });

  it('is never called for about the machine’s own licence', () => {
    const tested = EVERY_CAUSE.filter(
      (cause) => hostToTest({ first: ranked(cause, { confidence: 'possible' }), state: 'failing' }) !== undefined,
    ).map(({ kind }) => kind);

    expect(tested).toContain('path-blocked');
    expect(tested).toContain('address-stale');
    for (const kind of ['no-key', 'wrong-key', 'clock-off', 'count-too-low', 'works-now', 'code-only'])
      expect(tested).not.toContain(kind);
  });
});
