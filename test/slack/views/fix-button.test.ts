import { describe, expect, it } from 'vitest';
import type { FixKind } from '../../../bot/domain/diagnosis/fix-kinds.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { NODE_ID } from '../support/content.ts';
import { diagnosisContent, diagnosisOf, fixOf, ranked } from '../support/diagnoses.ts';
import { buttonsOf } from '../support/shown.ts';

const kms1 = { name: 'kms1.corp.example', port: 1690 };
const silent = { kind: 'host-silent', host: kms1 } as const;

const withFix = (kind: FixKind, command: string) =>
  diagnosisContent(diagnosisOf({ kind: 'no-key' }, { fix: fixOf(kind, { command }) }));

describe.each(LANGUAGES)('the repair under a diagnosis in %s', (language) => {
  it.each([
    ['install-gvlk', `key ${NODE_ID} gvlk`],
    ['clear-assignment', 'discover fileserver-07'],
    ['assign-amazon', 'point fileserver-07 amazon'],
    ['set-activation-type', 'set fileserver-07 type auto'],
    ['clear-lookup-domain', 'set fileserver-07 lookup none'],
    ['activate-now', 'activate fileserver-07'],
  ] as const)('%s is a button that asks once more, with machine and command', (kind, command) => {
    const fix = buttonsOf(withFix(kind, command), language).get('fix');

    expect(fix?.value).toBe(command);
    expect(fix?.text.text.length).toBeLessThanOrEqual(25);
    expect(fix?.confirm?.text.text).toContain('fileserver-07');
    expect(fix?.confirm?.text.text).toContain(`/kms ${command}`);
  });
});

describe.each(LANGUAGES)('the repair that always needs an approver, in %s', (language) => {
  it.each([
    ['open-host-firewall', 'host i-0aa11aa11aa11aa11 firewall on'],
    ['start-host-service', 'host i-0aa11aa11aa11aa11 restart'],
    ['publish-in-domain', 'host i-0aa11aa11aa11aa11 publish on'],
    ['reseal-image', 'rearm fileserver-07 restart'],
    ['decide-channel', 'phone fileserver-07'],
  ] as const)('%s says so before it is asked for', (kind, command) => {
    const fix = buttonsOf(withFix(kind, command), language).get('fix');

    expect(fix?.value).toBe(command);
    expect(fix?.text.text.length).toBeLessThanOrEqual(20);
    expect(fix?.confirm?.text.text).toContain(`/kms ${command}`);
    expect(fix?.confirm?.text.text).toMatch(/an approver is always asked|必ず承認者に/);
  });
});

describe.each(LANGUAGES)('the plan of a record under a diagnosis in %s', (language) => {
  const command = 'dns add corp.example kms1.corp.example:1688';
  const fix = fixOf('create-record', { values: { domain: 'corp.example', zoneKind: 'route53' }, command });
  const content = diagnosisContent(
    diagnosisOf({ kind: 'record-missing', domain: 'corp.example', host: kms1 }, { fix }),
  );

  it('is a button that names the record, not the machine, and says that an approver is asked', () => {
    const plan = buttonsOf(content, language).get('fix');

    expect(plan?.value).toBe(command);
    expect(plan?.text.text).toBe(language === 'en' ? 'Plan record' : 'レコードの変更を計画');
    expect(plan?.accessibility_label).toContain('corp.example');
    expect(plan?.confirm?.text.text).toContain(`/kms ${command}`);
    expect(plan?.confirm?.text.text).toMatch(/an approver is always asked|必ず承認者に/);
    expect(plan?.confirm?.text.text).not.toContain('fileserver-07');
  });
});

describe('the repair under a diagnosis', () => {
  it('is no button where this version does not carry it out, or it changes nothing', () => {
    for (const command of ['mute inc-3 4h later', 'host kms1 priority low', `diagnose ${NODE_ID}`])
      expect(buttonsOf(withFix('ask-again', command)).has('fix')).toBe(false);
  });

  it('of a KMS host that is not activated is about the host', () => {
    const fix = fixOf('activate-host', {
      values: { host: 'kms1', hostNode: 'i-0aa11aa11aa11aa11' },
      command: 'activate i-0aa11aa11aa11aa11',
    });
    const content = diagnosisContent(diagnosisOf({ kind: 'host-not-activated', host: kms1 }, { fix }));

    expect(buttonsOf(content).get('fix')?.confirm?.text.text).toMatch(/^On kms1: \/kms activate i-0aa11aa11aa11aa11\./);
  });

  it('comes first, and leaves three buttons in all', () => {
    expect([...buttonsOf(withFix('activate-now', 'activate fileserver-07')).keys()]).toEqual([
      'fix',
      'diagnose',
      'show-machine',
    ]);
  });
});

describe('the routing test', () => {
  it('is offered where reading cannot decide', () => {
    const undecided = diagnosisOf(silent, { first: ranked(silent, { confidence: 'possible' }) });
    const test = buttonsOf(diagnosisContent(undecided)).get('fix:1');

    expect(test?.value).toBe(`test ${NODE_ID} kms1.corp.example:1690`);
    expect(test?.text.text).toBe('Test the route');
  });

  it('is not offered where reading has decided', () => {
    expect(buttonsOf(diagnosisContent(diagnosisOf(silent))).has('fix:1')).toBe(false);
  });
});
