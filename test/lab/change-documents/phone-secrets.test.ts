import { describe, expect, it } from 'vitest';
import { byModel, type CaseOutcome, encoded, runCase } from '../../powershell/change-both-ways.ts';
import { allChangeCases } from '../../powershell/change-cases.ts';
import { confirmations, installationIdWith, PHONED } from '../../powershell/change-confirmations.ts';
import { changeMachine } from '../../powershell/change-machine.ts';
import { phoneSteps } from '../../powershell/change-phone-steps.ts';
import { documentOf, readChangeRecordings } from '../../powershell/change-recordings.ts';
import { runChange } from './run.ts';

const documentIn = (stdout: string): unknown => JSON.parse(stdout.replace(/^KMSBOT1 /, '')).doc;

describe('IDs of the telephone', () => {
  const IN_QUESTION = /Installation|Confirmation/;
  const cases = allChangeCases().filter((one) => IN_QUESTION.test(documentOf(one)));
  /** All digits of them that a machine may have come by, of any length that still tells something. */
  const secrets = [
    installationIdWith(PHONED.mak),
    installationIdWith(PHONED.host),
    installationIdWith({ ...PHONED.mak, partialKey: 'M4KX8' }),
    ...Object.values(confirmations()).filter((text) => /^\d{47,49}$/.test(text)),
  ].flatMap((digits) => [digits.slice(6, 18), digits.slice(-14)]);
  const found = (text: string): string[] => secrets.filter((secret) => text.includes(secret));
  const outcomes: Promise<readonly CaseOutcome[]> = Promise.all(cases.map((one) => runCase(one, byModel)));

  it('stand in no machine’s memory, and in no printed line but that of the reading', async () => {
    expect(cases.length).toBeGreaterThan(200);
    for (const [index, { steps, memory, windows }] of (await outcomes).entries()) {
      const name = cases[index]?.name;
      expect(found(JSON.stringify(memory)), name).toEqual([]);
      expect(found(JSON.stringify(windows)), name).toEqual([]);
      for (const { stdout } of steps) if (!stdout.includes('"iid":')) expect(found(stdout), name).toEqual([]);
      for (const { stdout } of steps) {
        if (stdout.includes('"iid":')) expect(documentIn(stdout)).toBe('KmsBot-ReadInstallationId');
      }
    }
  });

  it('are asked for, fetched and deposited, and go nowhere else, in recordings too', async () => {
    const asks = new Set<string>();
    const recorded = readChangeRecordings().filter(({ document }) => IN_QUESTION.test(document));
    expect(recorded).toHaveLength(2);
    for (const { steps } of [...(await outcomes), ...recorded.flatMap(({ runs }) => runs)]) {
      for (const { exchanges, stdout } of steps) {
        if (!stdout.includes('"iid":')) expect(found(stdout)).toEqual([]);
        for (const [question, args, answer] of exchanges) {
          if (found(JSON.stringify(args)).length > 0) asks.add(`to ${question} ${args[2] ?? ''}`);
          if (found(JSON.stringify(answer)).length > 0)
            asks.add(`from ${question} ${question === 'cim' ? args[0] : ''}`);
        }
      }
    }

    expect([...asks].sort()).toEqual([
      'from cim SoftwareLicensingProduct',
      'from command ',
      'from http ',
      'to invoke DepositOfflineConfirmationId',
    ]);
  });

  it('leave nothing behind on a machine that was activated', () => {
    const step = phoneSteps()['deposit a Confirmation ID'];
    const machine = changeMachine();
    step.first(machine);
    runChange({ ...step, operation: 'c4k7m2q9xd-0001', options: encoded(step.options) }, machine.surface());
    const kept = JSON.stringify(machine.memory);

    expect(kept).toContain('KmsBot-DepositConfirmationId');
    expect(found(kept)).toEqual([]);
  });
});
