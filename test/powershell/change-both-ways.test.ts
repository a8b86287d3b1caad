import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeDocuments } from '../../infra/lib/documents.ts';
import { runModel } from '../lab/document-runner.ts';
import { byModel, byPowerShell, encoded, runCase } from './change-both-ways.ts';
import { allChangeCases } from './change-cases.ts';
import { changeMachine } from './change-machine.ts';
import { plainSteps } from './change-steps.ts';
import { createPowerShell, findPowerShell, type PowerShell } from './powershell.ts';
import { runOnSurface } from './run-on-surface.ts';

const pwsh = findPowerShell();
const TOGETHER = 20;
/** Recordings hold every case. Run anew are the plain ones, hostile parameters, and every so many of the others. */
const EVERY = 10;
const HOSTILE_PARAMETER = /^KmsBot-\w+: (?:operation|options)/;
/** What hostile texts would write, were they run. */
const HURT = new URL('../../hurt', import.meta.url);

const chosen = (() => {
  const plain = new Set(Object.keys(plainSteps()));
  return allChangeCases().filter(
    ({ name }, index) => plain.has(name) || HOSTILE_PARAMETER.test(name) || index % EVERY === 0,
  );
})();

const groups = Array.from({ length: Math.ceil(chosen.length / TOGETHER) }, (_, index) => {
  const some = chosen.slice(index * TOGETHER, (index + 1) * TOGETHER);
  return { from: some[0]?.name ?? '', to: some.at(-1)?.name ?? '', some };
});

describe.skipIf(pwsh === undefined)('a changing document in real PowerShell', () => {
  let powershell: PowerShell;
  beforeAll(async () => {
    powershell = await createPowerShell({ pwsh: pwsh ?? '' });
  }, 60_000);
  afterAll(async () => {
    await powershell.close();
    expect(existsSync(HURT), 'a hostile text was run').toBe(false);
  });

  it.each(groups)(
    'asks, prints and leaves what the model does, from $from to $to',
    async ({ some }) => {
      for (const one of some) {
        expect(await runCase(one, byPowerShell(powershell)), one.name).toEqual(await runCase(one, byModel));
      }
    },
    180_000,
  );

  it('answers for the lab as the lab answers by itself, and leaves the same machine', async () => {
    const document = { name: 'KmsBot-AssignHost', content: changeDocuments()['KmsBot-AssignHost'] };
    const { options } = plainSteps()['assign a name and a port'];
    const parameters = { Operation: ['c4k7m2q9xd-0001'], Options: [encoded(options)] };
    const run = async (runDocument: typeof runModel) => {
      const { world, node, surface } = changeMachine();
      const machine = { nodeId: node.id, surface: world.surface(node.id), changes: surface };
      return { ran: await runDocument(document, parameters, machine), windows: node.windows };
    };

    expect(await run(runOnSurface(powershell))).toEqual(await run(runModel));
  });
});
