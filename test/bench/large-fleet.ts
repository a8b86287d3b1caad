/** A check of ten thousand machines in a throttled account, its handler in a process of its own. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../infra/bundle.ts';
import { machinesMeant, worldOf } from './fleet-of.ts';
import { type Checked, checkIn, inLab } from './lab-check.ts';
import { LARGE_FLEET, type LargeFleet } from './results.ts';
import { type Truth, truthOf } from './truth.ts';

const SEED = 1;
const EVERYWHERE = {};
const OBSERVE = fileURLToPath(new URL('../../dist/observe/index.mjs', import.meta.url));

/**
 * AWS publishes no rates for Run Command. Programs that read once a second have been throttled, and the account is
 * shared with other tools: less than that is let through for long, so that a check that keeps to one call a second is
 * refused again and again.
 */
const RATE = { ratePerSecond: 0.7, burst: 5 };

/** The figures, and what they were taken from. */
export interface LargeFleetRun extends LargeFleet {
  readonly truth: Truth;
  readonly checked: Checked;
}

/** @throws when the check shows an error instead of an answer. */
export const measureLargeFleet = async (): Promise<LargeFleetRun> => {
  await bundle('observe', join(OBSERVE, '../..'));
  const state = worldOf(LARGE_FLEET, EVERYWHERE, SEED);
  return inLab({ state, ssmRate: RATE, observeBundle: OBSERVE }, async (lab) => {
    const checked = await checkIn(lab, 'all');
    if (checked.csv === '') throw new Error(`The check ended with: ${checked.text}`);
    const failed = lab.lambda.executions().filter(({ status }) => status !== 'SUCCEEDED');
    if (failed.length > 0) throw new Error(`${failed.length} executions did not succeed`);
    lab.world.catchUpAll();
    const truth = truthOf(checked.csv, machinesMeant(lab.world.state, EVERYWHERE));
    const maxRssMb = (await lab.observeRssMb()) ?? Number.NaN;
    return { seconds: checked.seconds, maxRssMb, accounted: truth.accounted, truth, checked };
  });
};
