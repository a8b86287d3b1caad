import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../bot/domain/check-report.ts';
import { renewalRisk } from '../../bot/domain/renewal-risk.ts';
import { recordOf } from '../slack/support/content.ts';

const activated = (parts: Partial<Extract<Verdict, { state: 'activated' }>> = {}): Verdict => ({
  state: 'activated',
  by: 'kms',
  channel: 'kms-client',
  missedRenewals: 0,
  ...parts,
});

describe('the risk of the next renewal', () => {
  it('is what today’s probes prove', () => {
    expect(renewalRisk(activated(), recordOf())).toMatchObject({
      kind: 'target-no-answer',
      subject: 'kms1.corp.example',
    });
    expect(renewalRisk(activated(), recordOf({ clk: [-20_000, '169.254.169.123'] }))).toEqual({ kind: 'clock-skew' });
  });

  it('is none where a host answers, whatever an old event says', () => {
    const tgt = [{ n: 'kms1.corp.example', p: 1688, by: 's', ip: ['10.20.0.40'], tcp: 'ok', bind: 'ok' }];

    expect(renewalRisk(activated(), recordOf({ tgt }))).toBeUndefined();
  });

  it.each([
    ['late already', activated({ missedRenewals: 2 })],
    ['activated by Active Directory', activated({ by: 'active-directory' })],
    ['not activated', { state: 'notification', channel: 'kms-client', reason: '0xC004F056' } as const],
  ])('is not told of a machine that is %s', (_, verdict) => {
    expect(renewalRisk(verdict, recordOf())).toBeUndefined();
  });

  it('is not told where the licences could not be read', () => {
    expect(renewalRisk(activated(), recordOf({ prod: null, err: { prod: 'timeout' } }))).toBeUndefined();
  });
});
