/** Another deployment of the bot at the lab's zones: the production adapters and planner, with a mark of its own. */
import { route53RecordSets } from '../../../bot/aws/record-sets.ts';
import { route53RecordWriter } from '../../../bot/aws/record-writer.ts';
import { siteClients } from '../../../bot/aws/sites.ts';
import { changesOf } from '../../../bot/domain/records/batch.ts';
import { planRecords } from '../../../bot/domain/records/plan-records.ts';
import type { RecordPlan, RecordRefusal, RecordRequest } from '../../../bot/domain/records/record-plan.ts';
import { isTransient, slowDownSeconds } from '../../../bot/errors.ts';
import type { Lab } from '../../lab/lab.ts';
import { zoneNamed } from './records.ts';

/** What the second bot writes into its marks. */
export const SECOND_OWNER = '0123456789ab';

export type SecondPlan =
  | { readonly kind: 'plan'; readonly plan: RecordPlan }
  | { readonly kind: 'refused'; readonly refusal: RecordRefusal };

export interface SecondBot {
  plan(request: RecordRequest): Promise<SecondPlan>;
  /** Applies a plan, and plans anew as often as somebody else was first; gives the batches that were taken: one or none. */
  apply(request: RecordRequest, planned: SecondPlan): Promise<number>;
}

/** Real milliseconds between two attempts. */
const PAUSE_MS = 20;
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

const adaptersOf = (lab: Lab) => {
  const { accessKeyId, secretAccessKey } = lab.administrator;
  const [home] = lab.world.state.sites;
  if (home === undefined) throw new Error('The lab has no site');
  const env = {
    AWS_REGION: home.region,
    AWS_ENDPOINT_URL: `${lab.url}/aws`,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  };
  const deps = { clock: lab.clock.now, functionName: 'second' };
  const clientsOf = siteClients({ env, ...deps });
  return {
    site: home,
    sets: route53RecordSets({ clientsOf, ...deps }),
    writer: route53RecordWriter({ clientsOf, ...deps }),
  };
};

/** Tries until Route 53 is free to answer. */
const patiently = async <T>(act: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (slowDownSeconds(error) === undefined && !isTransient(error)) throw error;
      await pause();
    }
  }
};

/** A second bot that works on this zone's own record. */
export const secondBot = (lab: Lab, domain: string): SecondBot => {
  const { site, sets, writer } = adaptersOf(lab);
  const { id: zoneId } = zoneNamed(lab, domain);
  let changes = 0;
  const plan = async (request: RecordRequest): Promise<SecondPlan> => {
    const read = await patiently(() => sets.readName(site, zoneId, domain));
    if (read.kind !== 'read') throw new Error(`There is no zone ${zoneId}`);
    changes += 1;
    const { place, state } = read;
    return planRecords(request, { place, state, owner: SECOND_OWNER, change: `s${changes}` });
  };
  const apply = async (request: RecordRequest, planned: SecondPlan): Promise<number> => {
    if (planned.kind === 'refused') throw new Error(`The second bot was refused: ${planned.refusal.kind}`);
    const changesWanted = changesOf(planned.plan.before, planned.plan.after);
    if (changesWanted.length === 0) return 0;
    const batch = { site, zoneId, domain, changes: changesWanted, comment: 'by the second bot' };
    const answer = await patiently(() => writer.write(batch));
    if (answer.kind === 'accepted') return 1;
    if (answer.kind === 'refused') throw new Error(answer.detail);
    return apply(request, await plan(request));
  };
  return { plan, apply };
};
