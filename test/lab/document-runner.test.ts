import { describe, expect, it } from 'vitest';
import { readChangeOutput } from '../../bot/domain/change/parse-change.ts';
import { changeDocuments } from '../../infra/lib/documents.ts';
import { encoded } from '../powershell/change-both-ways.ts';
import { documentRunner, runModel } from './document-runner.ts';
import { must, worldUnderTest } from './world/world-under-test.ts';

const parametersOf = (options: object) => ({ Operation: ['c4k7m2q9xd-0001'], Options: [encoded(options)] });

const document = (name: keyof ReturnType<typeof changeDocuments>) => ({
  name,
  version: '1',
  content: changeDocuments()[name],
});

describe('a changing document on a machine of the seeded world', () => {
  it('mends a machine that was assigned a host which is gone: its next attempt succeeds', async () => {
    const lab = worldUnderTest();
    const { id, windows } = lab.machine('web-01');
    windows.kmsHost = 'kms-old.corp.example';
    expect(lab.attempt('web-01')).toBe('C004F074');

    const run = documentRunner(lab.world, runModel);
    const options = { svc: null, prod: null, expect: { svc: ['kms-old.corp.example', 0], prod: null } };
    const { stdout } = await run(id, document('KmsBot-AssignHost'), parametersOf(options));

    expect(readChangeOutput(stdout)).toMatchObject({ record: { result: 'done', after: { assigned: null } } });
    expect(lab.attempt('web-01')).toBe('00000000');
  });

  it('lets a KMS host see the client that a document activates', async () => {
    const lab = worldUnderTest();
    const { id, windows } = lab.machine('web-02');
    const before = lab.role('kms-01').totals.total;

    const { stdout } = await documentRunner(lab.world, runModel)(id, document('KmsBot-Activate'), parametersOf({}));

    expect(readChangeOutput(stdout)).toMatchObject({ record: { result: 'done', code: '00000000' } });
    expect(lab.role('kms-01').totals.total).toBe(before + 1);
    expect(must(lab.role('kms-01').contacts[windows.cmid], 'contact').atMs).toBe(lab.now());
  });

  it('never reports of a process that died on the way', async () => {
    const lab = worldUnderTest();
    const { id, windows } = lab.machine('web-01');
    windows.broken['dies:Activate'] = { hresult: '80004005' };

    const run = await documentRunner(lab.world, runModel)(id, document('KmsBot-Activate'), parametersOf({}));

    expect(run).toMatchObject({ stdout: '', exitCode: -1 });
    expect(run.seconds).toBeGreaterThan(300);
  });

  it('refuses a document that nobody wrote a model of', async () => {
    const lab = worldUnderTest();
    const unknown = { name: 'AWS-RunPowerShellScript', version: '1', content: {} };

    await expect(documentRunner(lab.world, runModel)(lab.machine('web-01').id, unknown, {})).rejects.toThrow(
      'no model',
    );
  });
});
