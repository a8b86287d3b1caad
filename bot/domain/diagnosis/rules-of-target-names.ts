/** Rules about where the host's name leads. */
import { line } from './evidence.ts';
import { failing } from './failing-targets.ts';
import { domainOf, isAddress, plainHost } from './host-words.ts';
import type { Look } from './look.ts';
import { type Candidate, type Rule, sureIf } from './rule.ts';
import { pointerLine, probeLines, seenAt } from './target-evidence.ts';
import { isNameless, recordDomain, type WayTarget } from './way-target.ts';
import { hiddenAddresses } from './zone-addresses.ts';

/** Those that fail at their name, where no other host on the way works. */
const nameless = (look: Look): readonly WayTarget[] =>
  failing(look).filter((target) => isNameless(target) && hiddenAddresses(look, plainHost(target.host)).length === 0);

/** A name that DNS also gives, or that is a KMS host's, is no mistake of whoever assigned it: its address is missing. */
const isMeant = ({ way }: Look, target: WayTarget): boolean =>
  target.known !== undefined || way.discovery.targets.some(({ host }) => plainHost(host) === plainHost(target.host));

/** Discovery would lead to a host that answers. */
const discoveryWorks = ({ way }: Look): boolean => way.discovery.targets.some(({ state }) => state === 'good');

function assignedToUnknownName(look: Look): Candidate | undefined {
  const target = nameless(look).find(({ origin }) => origin === 'assigned');
  if (target === undefined || (isMeant(look, target) && !discoveryWorks(look))) return undefined;
  const evidence = [...probeLines(look, target), pointerLine(look, target)];
  const cause = { kind: 'assigned-to-unknown-name', host: target.host } as const;
  return { cause, confidence: sureIf(target.seenBy === 'probe'), evidence };
}

function targetWithoutAddress(look: Look): Candidate | undefined {
  const target = nameless(look)[0];
  if (target === undefined || isAddress(target.host)) return undefined;
  const recordIn = recordDomain(look, target) || domainOf(plainHost(target.host));
  const cause = { kind: 'target-without-address', target: plainHost(target.host), recordIn } as const;
  const evidence = [...probeLines(look, target), pointerLine(look, target)];
  return { cause, confidence: sureIf(target.seenBy === 'probe' && look.way.fails), evidence };
}

/** The address the name leads to is none of the host's own. */
function addressStale(look: Look): Candidate | undefined {
  if (look.way.works) return undefined;
  for (const target of look.way.targets) {
    const { known, addresses, host, matchedBy } = target;
    if (known === undefined || matchedBy === 'address' || isAddress(host) || addresses.length === 0) continue;
    const own = known.addresses.filter((address) => !address.startsWith('fe80:') && !address.startsWith('169.254.'));
    const [right] = own;
    const [address] = addresses;
    if (right === undefined || address === undefined || addresses.some((each) => own.includes(each))) continue;
    const cause = { kind: 'address-stale', host: plainHost(host), address, right } as const;
    const isProven = target.probe?.resolution.ok === true && matchedBy === 'name' && target.state !== 'unknown';
    const evidence = [
      line('resolves', look.self, [host, addresses.join(', ')]),
      line('address-of-host', seenAt(known), [known.name, own.join(', ')]),
      ...probeLines(look, target).filter(({ kind }) => kind !== 'resolves'),
    ];
    return { cause, confidence: sureIf(isProven), evidence };
  }
  return undefined;
}

/** The host answered at another address when it activated this machine last, and its own record cannot be asked. */
function addressChanged({ way, product, self }: Look): Candidate | undefined {
  const found = product?.discovered;
  const right = found?.address ?? '';
  if (way.works || found === undefined || right === '') return undefined;
  const target = way.targets.find(
    ({ host, addresses, known, state }) =>
      plainHost(host) === plainHost(found.host) &&
      known === undefined &&
      state === 'no-answer' &&
      !addresses.includes(right),
  );
  const address = target?.addresses[0];
  if (target === undefined || address === undefined || isAddress(target.host)) return undefined;
  const cause = { kind: 'address-stale', host: plainHost(target.host), address, right } as const;
  const evidence = [
    line('resolves', self, [target.host, target.addresses.join(', ')]),
    line('address-of-host', self, [plainHost(found.host), right]),
  ];
  return { cause, confidence: 'likely', evidence };
}

/** In the order in which an attempt meets them. */
export const TARGET_NAME_RULES: readonly Rule[] = [
  {
    id: 'assigned to a name without address',
    rows: [13, 20],
    stage: 'target-name',
    looksAt: ['tgt'],
    find: assignedToUnknownName,
  },
  { id: 'target without address', rows: [18, 20], stage: 'target-name', looksAt: ['tgt'], find: targetWithoutAddress },
  { id: 'address of another machine', rows: [18], stage: 'target-name', looksAt: ['tgt', 'net'], find: addressStale },
  {
    id: 'address changed since the last success',
    rows: [18],
    stage: 'target-name',
    looksAt: ['tgt'],
    find: addressChanged,
  },
];
