/** Calls to Systems Manager for checks of fleets of several sizes, ours beside one call a machine, on the lab's wire. */
import type { Lab } from '../lab/lab.ts';
import type { LabNode } from '../lab/world/types.ts';
import { machinesMeant, worldOf } from './fleet-of.ts';
import { checkIn, inLab } from './lab-check.ts';
import { naiveCheck } from './naive-check.ts';
import type { SsmCalls } from './results.ts';

const SEED = 1;
/** The default site alone: the naive check has no role in the other account. */
const HOME = { site: 'tokyo' };
/** No call is throttled, so that none is made twice. */
const UNTHROTTLED = { ratePerSecond: 1_000_000, burst: 1_000_000 };
/** Kept in the ledger and read at most hourly; the naive check is given its list for nothing. */
const INVENTORY = 'ssm:DescribeInstanceInformation';

/** Calls to Systems Manager in a wire log's counts, but for the inventory. */
export const ssmCallsIn = (counts: Readonly<Record<string, number>>): number =>
  Object.entries(counts)
    .filter(([operation]) => operation.startsWith('ssm:') && operation !== INVENTORY)
    .reduce((sum, [, count]) => sum + count, 0);

const canAnswer = ({ platform, instanceState, agent }: LabNode): boolean =>
  platform === 'windows' && instanceState === 'running' && agent.registered && agent.online;

const callsDuring = async (lab: Lab, act: () => Promise<unknown>): Promise<number> => {
  lab.wire.clear();
  await act();
  return ssmCallsIn(lab.wire.read().counts);
};

/** Counts for one fleet. By tag; the naive check asks those of the machines that can answer. */
export const measureSsmCalls = (machines: number): Promise<SsmCalls> =>
  inLab({ state: worldOf(machines, HOME, SEED), ssmRate: UNTHROTTLED }, async (lab) => {
    const answering = machinesMeant(lab.world.state, HOME).filter(canAnswer);
    const ours = await callsDuring(lab, () => checkIn(lab, `all site:${HOME.site}`));
    const naive = await callsDuring(lab, () =>
      naiveCheck(
        lab,
        answering.map(({ id }) => id),
      ),
    );
    return { ours, naive };
  });

/** Calls for a check of this many machines, each named by its id. */
export const measureSsmCallsById = (machines: number): Promise<number> =>
  inLab({ state: worldOf(machines, HOME, SEED), ssmRate: UNTHROTTLED }, (lab) => {
    const ids = machinesMeant(lab.world.state, HOME).map(({ id }) => id);
    return callsDuring(lab, () => checkIn(lab, ids.join(' ')));
  });
