import { describe, expect, it } from 'vitest';
import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import { failing, wireProduct } from '../sample-record.ts';
import { byol, causeOf, factsOf, failingDiagnosis, hostKey, zone } from './sample-facts.ts';

const GVLK = 'VDYBN-27WPP-V4HQT-9VMD4-VMK7H';
const EVALUATION = { b: '20348.1', ed: 'ServerStandardEval', sku: 79, pt: 3, ui: 'en-US', role: 2 };

describe('a diagnosis of the licence', () => {
  it.each<[string, Partial<WireRecord>, DiagnosedCause]>([
    ['no key', { prod: [] }, { kind: 'no-key', gvlk: GVLK }],
    [
      'the key of another edition',
      { prod: [failing({ key: '6VM33' })] },
      { kind: 'wrong-key', editionOfKey: 'Windows Server 2022 Datacenter', gvlk: GVLK },
    ],
    [
      'an evaluation edition',
      { os: EVALUATION, prod: [failing({ ch: 'TIMEBASED_EVAL' })] },
      { kind: 'evaluation-edition' },
    ],
    [
      'a retail key',
      { prod: [failing({ ch: 'RETAIL', why: 'C004F009' })] },
      { kind: 'other-channel', channel: 'retail', code: '0xC004F009', gvlk: GVLK },
    ],
    [
      'Active Directory only',
      { prod: [failing({ ve: 1 })] },
      { kind: 'kms-switched-off', allowed: 'active-directory' },
    ],
    ['tokens only', { prod: [failing({ ve: 3 })] }, { kind: 'kms-switched-off', allowed: 'token' }],
    ['a disabled service', { spp: ['Stopped', 'Disabled'] }, { kind: 'service-disabled' }],
    ['a damaged store', { prod: [failing({ why: 'C004E015' })] }, { kind: 'licence-damaged', code: '0xC004E015' }],
    [
      'a licence that is not genuine',
      { prod: [failing({ why: 'C004F200' })] },
      { kind: 'licence-damaged', code: '0xC004F200' },
    ],
  ])('names %s, whatever the way to a host is like', (_, wire, cause) => {
    const diagnosis = failingDiagnosis({ tgt: [], srv: [{ d: 'corp.example', e: 'nxdomain' }], ...wire });

    expect(diagnosis.first).toMatchObject({ cause, confidence: 'sure' });
    expect(diagnosis.state).toBe('failing');
  });

  it('tells a host that lost its activation from a host key nobody wanted', () => {
    const prod = [hostKey({ st: 5, why: 'C004F009' })];
    const named = [zone({ srv: [{ priority: 0, weight: 0, port: 1688, target: 'fileserver-07.corp.example' }] })];

    expect(causeOf({ prod }, { zones: named })).toEqual({ kind: 'own-host-key-not-activated', code: '0xC004F009' });
    expect(causeOf({ prod })).toEqual({ kind: 'accidental-host', gvlk: GVLK });
  });

  it('tells the edition of a key by the product where Windows itself was not read', () => {
    const diagnosis = failingDiagnosis({ os: null, err: { os: 'timeout' }, prod: [failing({ key: '6VM33' })] });

    expect(diagnosis.first).toMatchObject({ cause: { kind: 'wrong-key' }, confidence: 'likely' });
  });

  it('finds nothing wrong with a machine that is activated and reaches its host', () => {
    const diagnosis = diagnose(factsOf());

    expect(diagnosis).toMatchObject({ state: 'well', fix: { kind: 'none' }, runnersUp: [], exits: [] });
    expect(diagnosis.first).toBeUndefined();
  });

  it.each([
    ['a MAK', { ch: 'VOLUME_MAK', min: 0, vt: 0 }],
    ['Active Directory', { vt: 1, min: 100_000 }],
  ])('leaves a machine alone that is activated by %s though it reaches no host', (_, product) => {
    const diagnosis = diagnose(factsOf({ prod: [wireProduct(product)], tgt: [] }));

    expect(diagnosis.state).toBe('well');
  });
});

describe('the licence model', () => {
  const toAmazon = { kms: ['169.254.169.250', 1688] as [string, number] };

  it('forbids Amazon’s servers to a machine that brings its own licence', () => {
    const diagnosis = failingDiagnosis({ prod: [failing(toAmazon)] });

    expect(diagnosis.first).toMatchObject({ cause: { kind: 'byol-on-amazon' }, confidence: 'sure' });
    expect(diagnosis.fix).toMatchObject({ kind: 'clear-assignment', refused: { what: 'amazon', why: 'byol' } });
  });

  it('sends a licence-included machine nowhere else', () => {
    const node = byol({ usageOperation: 'RunInstances:0002' });
    const diagnosis = failingDiagnosis({ prod: [failing({ kms: ['kms1.corp.example', 1688] })] }, { node });

    expect(diagnosis.first?.cause).toEqual({ kind: 'licence-included-elsewhere', host: 'kms1.corp.example' });
    expect(diagnosis.fix).toMatchObject({ kind: 'assign-amazon', refused: { why: 'licence-included' } });
  });

  it('is told by billing products where EC2 says nothing', () => {
    const aws = { ami: 'ami-1', vpc: 'vpc-1', bp: ['bp-6ba54002'] };
    const wire = { aws, prod: [failing({ kms: ['kms1.corp.example', 1688] })] };

    expect(causeOf(wire, { node: byol({ usageOperation: '' }) })).toMatchObject({ kind: 'licence-included-elsewhere' });
  });

  it('names the routes that a licence-included machine lacks', () => {
    const node = byol({ usageOperation: 'RunInstances:0102' });
    const tgt = [{ n: '169.254.169.250', p: 1688, by: 'az', ip: ['169.254.169.250'], tcp: 'timeout' }];
    const wire = { prod: [failing(toAmazon)], tgt, rt: [] };

    expect(causeOf(wire, { node })).toEqual({
      kind: 'amazon-routes-missing',
      missing: ['169.254.169.250', '169.254.169.251'],
    });
  });
});
