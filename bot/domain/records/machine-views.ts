/** What machines that were asked now see of records: their resolvers' answers, and which hosts let them in. */
import type { HostFacts } from '../diagnosis/facts.ts';
import { domainAsked } from '../domains-asked.ts';
import type { InspectionRecord, KmsTarget } from '../inspection-record.ts';
import { targetState } from '../kms-path.ts';
import type { NodeId } from '../nodes.ts';
import type { SrvAnswer } from './srv-answer.ts';

/** One machine's view. */
export interface MachineView {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly vpcId?: string;
  readonly record: InspectionRecord;
}

/** Those of them that gave a record now. */
export const viewsOf = (asked: readonly HostFacts[]): readonly MachineView[] =>
  asked.flatMap(({ node, record, askedNow }) => {
    if (!askedNow || record === undefined) return [];
    const vpcId = node.vpcId ?? (record.aws.read ? record.aws.value?.vpcId : undefined);
    return [{ nodeId: node.id, name: node.name, record, ...(vpcId === undefined ? {} : { vpcId }) }];
  });

/** What resolvers of one network give in a domain now. */
export interface GivenNow {
  readonly found: number;
  readonly missing: number;
  /** Of these, those that find a record in no domain at all, and have no host assigned. */
  readonly stranded: number;
  /** `name:port`, each once. */
  readonly given: readonly string[];
}

/** Machines outside EC2 are one network. A resolver that gave no answer counts for neither. */
export function givenNow(views: readonly MachineView[], domain: string, vpcId: string | undefined): GivenNow {
  const answers = views
    .filter((view) => view.vpcId === vpcId)
    .flatMap(({ record }) =>
      lookupsOf(record)
        .filter((lookup) => lookup.domain === domain)
        .flatMap((lookup) => {
          const { gives } = domainAsked(lookup);
          return gives === undefined ? [] : [{ gives, isStranded: isStranded(record) }];
        }),
    );
  const found = answers.filter(({ gives }) => gives.length > 0);
  return {
    found: found.length,
    missing: answers.length - found.length,
    stranded: answers.filter(({ gives, isStranded: is }) => gives.length === 0 && is).length,
    given: [...new Set(found.flatMap(({ gives }) => gives))],
  };
}

const lookupsOf = ({ srvLookups }: InspectionRecord) => (srvLookups.read ? srvLookups.value : []);

const isStranded = (record: InspectionRecord): boolean =>
  !hasHost(record) && lookupsOf(record).every((lookup) => domainAsked(lookup).gives?.length === 0);

const hasHost = ({ products, service }: InspectionRecord): boolean =>
  (service.read && service.value.assigned !== undefined) ||
  (products.read && products.value.some(({ assigned }) => assigned !== undefined));

/** How connecting to a value's host went for machines asked now. */
export function probesOf(views: readonly MachineView[], answer: SrvAnswer, except: NodeId | undefined) {
  const states = views
    .filter(({ nodeId }) => nodeId !== except)
    .flatMap(({ record }) => targetsOf(record, answer))
    .filter((target) => !target.skipped)
    .map(targetState);
  return {
    reached: states.filter((state) => state === 'good').length,
    failed: states.filter((state) => state === 'no-answer' || state === 'refused' || state === 'not-kms').length,
  };
}

/** What a value's name leads to for a machine asked now; undefined where none of them tells. */
export function resolvedNow(
  views: readonly MachineView[],
  target: string,
): { readonly by: string; readonly addresses: readonly string[] } | undefined {
  const all = views.flatMap(({ name, record }) =>
    (record.targets.read ? record.targets.value : [])
      .filter(({ host }) => host === target)
      .flatMap(({ resolution }) => {
        if (resolution.ok === true) return [{ by: name, addresses: resolution.addresses }];
        const isNo = resolution.ok === false && (resolution.why === 'nxdomain' || resolution.why === 'nodata');
        return isNo ? [{ by: name, addresses: [] }] : [];
      }),
  );
  return all.find(({ addresses }) => addresses.length > 0) ?? all[0];
}

const targetsOf = ({ targets }: InspectionRecord, { target, port }: SrvAnswer): readonly KmsTarget[] =>
  targets.read ? targets.value.filter((each) => each.host === target && each.port === port) : [];
