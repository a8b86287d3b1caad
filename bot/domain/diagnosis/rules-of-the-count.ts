/** Rules about a host that answers, and has counted too few clients. */
import { answering, countAt, isAnswerer, refusalBy } from './answering.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { line } from './evidence.ts';
import type { FleetFacts } from './facts.ts';
import type { Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { answerLines } from './rules-of-the-answer.ts';
import { seenAt } from './target-evidence.ts';
import { isDead, targetName, type WayTarget } from './way-target.ts';

const TOO_FEW = '0xC004F038';

/** A host whose count is too low for this machine, and that count as far as it is known. */
interface ShortHost {
  readonly target: WayTarget;
  readonly count?: number;
  /** The host's own count of now, or its answer to the newest attempt. */
  readonly isRead: boolean;
}

function shortHost(look: Look): ShortHost | undefined {
  for (const target of answering(look)) {
    const count = countAt(look, target);
    const isNow = target.known?.role?.count !== undefined && target.known.askedNow;
    const isSaid = refusalBy(look, target) === TOO_FEW;
    const isShort = count !== undefined && count < look.needed;
    if (isNow ? !isShort : !isSaid && !(isShort && isRefused(look, target))) continue;
    return { target, isRead: isNow || isSaid, ...(count === undefined ? {} : { count }) };
  }
  return undefined;
}

const isRefused = ({ attempt }: Look, target: WayTarget): boolean =>
  attempt?.refusal !== undefined && isAnswerer(target, attempt);

function countLines(look: Look, { target, count }: ShortHost): readonly EvidenceLine[] {
  const { known } = target;
  const own = known?.role?.count;
  const ofHost =
    known === undefined || own === undefined ? [] : [line('host-count', seenAt(known), [known.name, own, look.needed])];
  const said =
    count === undefined || own !== undefined
      ? []
      : [line('host-count', look.self, [targetName(target).name, count, look.needed])];
  return [...ofHost, ...answerLines(look, target), ...said];
}

/** Machines that have this one's CMID, itself among them: by the fleet's records, or by the host's own log. */
function sharers({ facts, record }: Look, target: WayTarget | undefined): number {
  const cmid = record.service.read ? record.service.value.cmid : undefined;
  const { sameCmid = [], cmidMachines = sameCmid.length + 1 } = facts.fleet ?? {};
  const logged = target?.known?.duplicates.find((each) => each.cmid === cmid)?.machines ?? 0;
  return Math.max(cmidMachines, logged);
}

function duplicateCmid(look: Look): Candidate | undefined {
  const short = shortHost(look);
  const { record, facts, self } = look;
  if (short === undefined || !record.service.read) return undefined;
  const machines = sharers(look, short.target);
  if (machines < 2) return undefined;
  const isEnough = short.count === undefined || short.count + machines - 1 >= look.needed;
  const { cmid } = record.service.value;
  const imageId = imageOf(look, facts.fleet?.sameCmid ?? []);
  const skipRearm = record.registry.read && record.registry.value.skipRearm;
  const cause = {
    kind: 'duplicate-cmid',
    cmid,
    machines,
    skipRearm,
    ...(imageId === undefined ? {} : { imageId }),
  } as const;
  const evidence = [
    line('duplicate-cmid', self, [cmid, machines]),
    ...(imageId === undefined ? [] : [line('image', self, [imageId, machines])]),
    ...(skipRearm ? [line('skip-rearm', self)] : []),
    ...countLines(look, short),
  ];
  const isProven = short.isRead && isEnough && short.count !== undefined;
  return { cause, confidence: isEnough ? sureIf(isProven) : 'possible', evidence };
}

/** The image they all came from. */
function imageOf({ record, facts }: Look, others: FleetFacts['sameCmid']): string | undefined {
  const own = (record.aws.read ? record.aws.value?.imageId : undefined) ?? facts.node.imageId;
  return own !== undefined && others.every(({ imageId }) => imageId === undefined || imageId === own) ? own : undefined;
}

function countSplit(look: Look): Candidate | undefined {
  const short = shortHost(look);
  if (short === undefined || look.way.assigned !== undefined) return undefined;
  const others = look.way.discovery.targets.filter((target) => !isDead(target) && !isSame(target, short.target));
  if (others.length === 0) return undefined;
  const counts = others.map(({ known }) => known?.role?.count);
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), short.count ?? 0);
  const isKnown = counts.every((count) => count !== undefined) && short.count !== undefined;
  if (isKnown && total < look.needed) return undefined;
  const hosts = [short.target, ...others].map(targetName);
  const cause = { kind: 'count-split', hosts, needed: look.needed } as const;
  const evidence = [...countLines(look, short), ...others.flatMap((target) => otherCount(look, target))];
  return { cause, confidence: total >= look.needed ? sureIf(isKnown && short.isRead) : 'possible', evidence };
}

const isSame = (one: WayTarget, other: WayTarget): boolean =>
  (one.host === other.host && one.port === other.port) ||
  (one.known !== undefined && one.known.node.id === other.known?.node.id);

const otherCount = (look: Look, { known }: WayTarget): readonly EvidenceLine[] =>
  known?.role?.count === undefined
    ? []
    : [line('host-count', seenAt(known), [known.name, known.role.count, look.needed])];

function countTooLow(look: Look): Candidate | undefined {
  const short = shortHost(look);
  if (short === undefined) return undefined;
  const host = targetName(short.target);
  const cause = { kind: 'count-too-low', host, count: short.count ?? 0, needed: look.needed } as const;
  const isProven = short.isRead && short.count !== undefined && short.target.state === 'good';
  return { cause, confidence: sureIf(isProven), evidence: countLines(look, short) };
}

/** The more a rule explains, the earlier it stands. */
export const COUNT_RULES: readonly Rule[] = [
  { id: 'CMID shared', rows: [27], stage: 'answer', looksAt: ['svc'], find: duplicateCmid },
  { id: 'count split over hosts', rows: [27], stage: 'answer', looksAt: ['host', 'evt'], find: countSplit },
  { id: 'count too low', rows: [27], stage: 'answer', looksAt: ['host', 'evt'], find: countTooLow },
];
