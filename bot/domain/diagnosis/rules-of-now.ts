/** The last rules: whatever failed works now, or only a code is left. */
import { isFailure } from '../judge-facts.ts';
import { answering, isAnswerer, isProvenToServe, refusalBy } from './answering.ts';
import type { EvidenceLine } from './diagnosis.ts';
import { line } from './evidence.ts';
import { plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { probeLines } from './target-evidence.ts';
import { targetName, type WayTarget } from './way-target.ts';

/** Every host that may answer next was reached just now, and none of them refused the newest attempt. */
function worksNow(look: Look): Candidate | undefined {
  if (look.products === 'none' || !['kms-client', 'none'].includes(look.channel)) return undefined;
  const hosts = answering(look);
  const [target] = hosts;
  if (target === undefined) return undefined;
  const isRefused = hosts.some((each) => refusesStill(look, each));
  if (isRefused) return undefined;
  const isReached = target.state === 'good' && target.seenBy === 'probe';
  const { record } = look;
  const isFound = record.srvLookups.read || look.way.assigned !== undefined;
  const isWhole = record.products.read && record.service.read && record.sppsvc.read && isFound;
  const isProven =
    isReached && isWhole && hosts.every((each) => isProvenToServe(look, each) && !isRefusedForKind(look, each));
  const name = targetName(target).name;
  const cause = { kind: 'works-now', host: name || plainHost(target.host) } as const;
  return {
    cause,
    confidence: isReached && isWhole ? sureIf(isProven) : 'possible',
    evidence: [...probeLines(look, target), ...otherRequests(look, target)],
  };
}

/** Refused for its generation at the newest attempt: the host's key fits, its updates are not known. */
const isRefusedForKind = (look: Look, target: WayTarget): boolean =>
  /^0x[C4]004F(042|015)$/.test(refusalBy(look, target) ?? '');

/** What the newest attempt met at other hosts. */
const otherRequests = ({ attempt, self }: Look, target: WayTarget): readonly EvidenceLine[] =>
  (attempt?.requests ?? [])
    .filter((request) => request !== target.event)
    .slice(0, 1)
    .map(({ host, code, atMs }) => line('request-event', { ...self, atMs }, [host], code));

/** It refused the newest attempt, and nothing shows that it would not again. */
function refusesStill(look: Look, target: WayTarget): boolean {
  if (isProvenToServe(look, target)) return false;
  return (
    isAnswerer(target, look.attempt) &&
    refusalBy(look, target) !== undefined &&
    isFailure(refusalBy(look, target) ?? '0x00000000')
  );
}

/** The reason Windows gives, or the inner code of the newest attempt: never the code that only says that no host was reached. */
function codeOnly(look: Look): Candidate | undefined {
  const { product, attempt, self } = look;
  const inner =
    attempt?.refusal ?? attempt?.requests.find(({ code }) => isFailure(code) && code !== '0xC004F074')?.code;
  const code = inner ?? product?.reason;
  if (code === undefined || !isFailure(code) || code === '0xC004F074') return undefined;
  const evidence = [line('status-reason', self, [], code)];
  return { cause: { kind: 'code-only', code }, confidence: 'possible', evidence };
}

/** In the order in which they are tried. */
export const LAST_RULES: readonly Rule[] = [
  { id: 'works now', rows: [8, 32], stage: 'now', looksAt: ['tgt'], find: worksNow },
  { id: 'only a code', rows: [30], stage: 'rest', looksAt: ['prod', 'evt'], find: codeOnly },
];
