import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectDocument } from '../../infra/lib/documents.ts';
import { runModel as runLabModel } from '../lab/document-runner.ts';
import { encodeOptions } from '../lab/world/inspect-model.ts';
import { inspectScript, runModel, runPowerShell } from './both-ways.ts';
import { allCases, seededCases } from './cases.ts';
import { scriptOf } from './document-script.ts';
import { createPowerShell, findPowerShell, type PowerShell } from './powershell.ts';
import { documentScripts } from './recordings.ts';
import { runOnSurface } from './run-on-surface.ts';

const pwsh = findPowerShell();
const TOGETHER = 20;

/** In groups, so that a name stands for some of them in the report. */
const groups = (() => {
  const fleet = new Set(seededCases().map(({ name }) => name));
  const cases = allCases().filter(({ name, without }) => without === undefined && !fleet.has(name));
  return Array.from({ length: Math.ceil(cases.length / TOGETHER) }, (_, index) => {
    const some = cases.slice(index * TOGETHER, (index + 1) * TOGETHER);
    return { from: some[0]?.name ?? '', to: some.at(-1)?.name ?? '', some };
  });
})();

describe.skipIf(pwsh === undefined)('the document in real PowerShell', () => {
  let powershell: PowerShell;
  beforeAll(async () => {
    powershell = await createPowerShell({ pwsh: pwsh ?? '' });
  }, 60_000);
  afterAll(() => powershell.close());

  it.each(groups)(
    'prints what the model prints, from $from to $to',
    async ({ some }) => {
      for (const one of some) {
        const { outcome, table } = runModel(one);

        expect(await runPowerShell(powershell, one, table), one.name).toEqual(outcome);
      }
    },
    180_000,
  );

  it('says that a Windows without Resolve-DnsName has no resolver, and reads the rest', async () => {
    const one = allCases().find(({ without }) => without?.includes('Resolve-DnsName'));
    if (one === undefined) throw new Error('no such case');
    const { table } = runModel(one);

    const record = JSON.parse((await runPowerShell(powershell, one, table)).json);

    expect(record.srv).toEqual([{ d: 'corp.example', e: 'no-resolver' }]);
    expect(record.tgt).toEqual([{ n: 'kms.corp.example', p: 1688, by: 'd', e: 'no-resolver' }]);
    expect(record.dns).toEqual([{ ip: '10.0.0.2', q: 'no-resolver', ping: 1 }]);
    expect(record.prod).toHaveLength(1);
  });

  it('refuses a question that the machine does not answer, by its name', async () => {
    const [one] = seededCases();
    if (one === undefined) throw new Error('no machine');
    const { table } = runModel(one);
    delete table.cim.Win32_Service;

    await expect(runPowerShell(powershell, one, table)).rejects.toThrow('refused: cim Win32_Service');
  });

  it.each([
    ['ends its process, and a hung probe with it, when', 'evt: hangs', true],
    ['leaves its process alone when no probe hangs:', 'evt: access denied', false],
  ])('%s "%s"', async (_, name, ended) => {
    const one = allCases().find((each) => each.name === name);
    if (one === undefined) throw new Error('no such case');
    const { table } = runModel(one);

    expect(await powershell.run(inspectScript(one), table)).toMatchObject({ ended, exitCode: 0 });
  });

  it.each([
    ['20, when its parameter was not filled in', undefined, 20],
    ['21, when its parameter is not base64 of JSON', 'AAA', 21],
  ])('exits %s', async (_, options, exitCode) => {
    const script = documentScripts()['KmsBot-Inspect'] ?? '';
    const [one] = seededCases();
    if (one === undefined) throw new Error('no machine');
    const { table } = runModel(one);
    const document = { mainSteps: [{ inputs: { runCommand: [script] } }] };

    const run = await powershell.run(scriptOf(document, options === undefined ? {} : { Options: options }), table);

    expect(run).toMatchObject({ exitCode, stdout: '' });
  });

  it('answers for the lab as the lab answers by itself', async () => {
    const [one] = seededCases();
    if (one === undefined) throw new Error('no machine');
    const document = { name: 'KmsBot-Inspect', content: inspectDocument() };
    const parameters = { Options: [encodeOptions({ bind: 'all', jitter: 30 })] };
    const changes = (): never => {
      throw new Error('an inspection changes nothing');
    };
    const machine = { nodeId: one.run.nodeId ?? '', surface: one.surface, changes };

    expect(await runOnSurface(powershell)(document, parameters, machine)).toEqual(
      await runLabModel(document, parameters, machine),
    );
  });
});
