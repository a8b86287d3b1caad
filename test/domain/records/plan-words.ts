/** The words in which a row says what is asked for and what becomes of it. */
import { planRecords } from '../../../bot/domain/records/plan-records.ts';
import type { RecordPlan, RecordPlanned, RecordRequest } from '../../../bot/domain/records/record-plan.ts';
import type { NameState } from '../../../bot/domain/records/record-set.ts';
import { OURS, PLACE, state } from './zone-file.ts';

type Numbers = { readonly port?: number; readonly priority?: number; readonly weight?: number };

/** As it is typed: `add kms-01.corp.example:1688 0 100`. */
export const asked = (command: string): RecordRequest => {
  const [kind = '', host = '', priority, weight] = command.split(' ');
  const [target = '', port] = host.split(':');
  const numbers: Numbers = {
    ...(port && { port: Number(port) }),
    ...(priority && { priority: Number(priority) }),
    ...(weight && { weight: Number(weight) }),
  };
  return kind === 'add'
    ? { kind, target, ...numbers, port: numbers.port ?? 1688 }
    : { kind: kind === 'adopt' ? 'adopt' : 'remove', target, ...numbers };
};

export const planned = (request: RecordRequest, before: NameState, owner = OURS): RecordPlanned =>
  planRecords(request, { place: PLACE, state: before, owner, change: 'cnow' });

export const planFor = (
  request: RecordRequest | string,
  before: NameState | readonly string[],
  owner = OURS,
): RecordPlan => {
  const given = 'length' in before ? state(...before) : before;
  const made = planned(typeof request === 'string' ? asked(request) : request, given, owner);
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.refusal));
  return made.plan;
};

export const refusalOf = (request: RecordRequest | string, before: NameState | readonly string[], owner = OURS) => {
  const given = 'length' in before ? state(...before) : before;
  const made = planned(typeof request === 'string' ? asked(request) : request, given, owner);
  return made.kind === 'refused' ? made.refusal : made.plan.edits;
};

export const undoOf = (plan: RecordPlan): RecordRequest => ({
  kind: 'undo',
  edits: plan.inverse,
  createdSet: plan.createsSet,
});

export const K1 = '0 0 1688 kms-01.corp.example.';
export const K2 = '0 0 1688 kms-02.corp.example.';
export const K2_HEAVY = '0 100 1688 kms-02.corp.example.';
export const ODD = '0  0 1688 KMS-02.Corp.Example';
export const SPF = '300 TXT "v=spf1 -all"';
export const BROKEN = '300 SRV 0 0 0 .';
