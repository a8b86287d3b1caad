/** Causes in English: clauses that stand behind "cannot activate:" and "most likely because". */
import { moment } from '../mrkdwn.ts';
import { card } from './card-en.ts';
import type { CauseTexts } from './diagnosis-words.ts';
import { report } from './report-en.ts';
import { answerKind, entryOf, hostAndPort, isMany, named, spanOf } from './wording.ts';

const number = (value: number): string => value.toLocaleString('en');
const and = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
/** A sentence as a clause; one that begins with an abbreviation keeps it. */
const lower = (sentence: string): string =>
  /^.\p{Lu}/u.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** How far a clock is off: minutes at least, days from two on. */
export const clockWords = (seconds: number): string => {
  const { days, hours, minutes } = spanOf(seconds);
  const parts =
    days > 0
      ? [`${number(days)} days`]
      : [...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 || hours === 0 ? [`${minutes} min`] : [])];
  return `${parts.join(' ')} ${seconds < 0 ? 'slow' : 'fast'}`;
};

/** A kind of key that stands in a sentence. */
export const channelWords = (channel: string): string => {
  const kind = entryOf(report.channels, channel);
  return kind === undefined ? `key of another kind (${channel})` : kind;
};

export const causes: CauseTexts = {
  'no-key': () => 'no product key is installed',
  'wrong-key': ({ editionOfKey }) =>
    `its product key is for another edition${editionOfKey === '' ? '' : ` (${editionOfKey})`}`,
  'evaluation-edition': () => 'it runs an evaluation edition, which cannot use KMS',
  'other-channel': ({ channel, code }) =>
    channel === 'mak' && code !== undefined
      ? `it holds a MAK, which Microsoft has not activated: ${code}`
      : `it holds a ${channelWords(channel)}, so it never asks a KMS host`,
  'accidental-host': () => 'it holds a KMS host key, though nothing uses it as a KMS host',
  'own-host-key-not-activated': ({ code }) => code,
  'kms-switched-off': ({ allowed }) =>
    `KMS is switched off on it, and only activation by ${allowed === 'token' ? 'token' : 'Active Directory'} is allowed`,
  'service-disabled': () => 'its Software Protection service (`sppsvc`) is disabled',
  'licence-damaged': ({ code }) => `${code}, a matter of its own licence`,
  'no-dns-server': () => 'it has no DNS server, so it cannot look for a KMS host',
  'dns-server-silent': ({ servers }) =>
    isMany(servers)
      ? `none of its DNS servers answers (${named(servers, ', ')})`
      : `its DNS server${servers.length === 0 ? '' : ` ${named(servers, ', ')}`} does not answer`,
  'dns-failing': ({ domain }) => `its DNS servers answer, but fail on the KMS record in ${domain}`,
  'record-missing': ({ domain, host }) =>
    `DNS has no KMS record in ${domain}${host === undefined ? '' : `, so it cannot find ${hostAndPort(host)}`}`,
  'suffix-without-record': ({ domains, recordIn }) =>
    `it looks in ${and(domains.slice(0, 2))}, but the KMS record is in ${recordIn}`,
  'record-of-wrong-type': ({ domain }) => `the KMS record in ${domain} is no SRV record`,
  'lookup-domain-empty': ({ domain, recordIn }) =>
    `it was told to look only in ${domain}, which has no KMS record${recordIn === undefined ? '' : `; ${recordIn} has it`}`,
  'zone-not-associated': ({ zone, vpcId }) => `its ${vpcId} does not see the zone ${zone}, which has the KMS record`,
  'resolver-differs': ({ zone, servers, ruleFor }) =>
    ruleFor !== undefined
      ? `a Route 53 forwarding rule for ${ruleFor} hides the zone${ruleFor === zone ? '' : ` ${zone}`} that has the KMS record`
      : isMany(servers)
        ? `its DNS servers (${named(servers, ', ')}) do not know the KMS record of the zone ${zone}`
        : `its DNS server ${named(servers, ', ')} does not know the KMS record of the zone ${zone}`.replace('  ', ' '),
  'target-without-address': ({ target, recordIn }) =>
    `the KMS record${recordIn === '' ? '' : ` in ${recordIn}`} names ${target}, which has no address`,
  'record-names-dead-host': ({ target, recordIn, alive }) =>
    `the KMS record in ${recordIn} names ${target}, which does not answer${alive === undefined ? '' : `; ${hostAndPort(alive)} does`}`,
  'record-wrong-port': ({ target, port, right, recordIn }) =>
    `the KMS record in ${recordIn} gives port ${port} for ${target}, which listens on ${right}`,
  'address-stale': ({ host, address, right }) => `DNS gives ${host} the address ${address}, but it is at ${right}`,
  'assigned-to-dead-host': ({ host, alive }) =>
    `it is assigned by hand to ${host}, which does not answer${alive === undefined || alive.name === host ? '' : `; ${hostAndPort(alive)} does`}`,
  'assigned-to-unknown-name': ({ host }) => `it is assigned by hand to ${host}, a name that has no address`,
  'assigned-malformed': ({ host }) => `it is assigned by hand to “${host}”, which is no host name`,
  'assigned-wrong-port': ({ host, port, right }) =>
    `it is assigned by hand to port ${port} of ${host}, which listens on ${right}`,
  'unknown-host': ({ host, why }) =>
    ({
      loopback: `it asks itself (${host}) instead of a KMS host`,
      'public-address': `it asks ${host}, an internet address that is none of our KMS hosts`,
      'link-local': `it asks ${host}, a link-local address that is not Amazon’s`,
      'unknown-name': `it asks ${host}, which is none of our KMS hosts`,
    })[why],
  'byol-on-amazon': ({ host }) => `it brings its own licence, but asks Amazon’s activation server ${host}`,
  'licence-included-elsewhere': ({ host }) =>
    `AWS includes its licence, but it asks ${host} instead of Amazon’s activation servers`,
  'amazon-routes-missing': ({ missing }) =>
    `it has no route to Amazon’s activation ${isMany(missing) ? 'servers' : 'server'}${missing.length === 0 ? '' : ` ${and(missing.slice(0, 3))}`}`,
  'path-blocked': ({ host, address }) =>
    `something between it and ${host.name}${address === '' || address === host.name ? '' : ` (${address})`} drops port ${host.port ?? 1688}`,
  'host-firewall-closed': ({ host }) => `the firewall on ${host.name} drops port ${host.port ?? 1688}`,
  'host-service-stopped': ({ host }) => `the licensing service (\`sppsvc\`) on ${host.name} does not run`,
  'host-not-running': ({ host, state }) => `the KMS host ${host.name} is ${entryOf(instanceStates, state) ?? state}`,
  'host-refuses': ({ host }) => `nothing listens on port ${host.port ?? 1688} of ${host.name}`,
  'host-silent': ({ host }) =>
    `${host.name} does not answer on port ${host.port ?? 1688}, for a reason that I could not see`,
  'foreign-service': ({ host }) => `what answers on port ${host.port ?? 1688} of ${host.name} is no KMS host`,
  'path-cut': ({ host }) => `${host.name} answers others, but its answers to this machine are cut off on the way`,
  'host-busy': ({ host }) => `${host.name} is too busy to answer`,
  'host-not-activated': ({ host }) => `the KMS host ${host.name} is itself not activated`,
  'host-key-too-old': ({ host, keyGroup, needs }) =>
    keyGroup === undefined || needs === undefined
      ? `the KMS host key on ${host.name} is too old for it${needs === undefined ? '' : `: it needs one for ${needs}`}`
      : `it needs a KMS host key for ${needs}, but ${host.name} has one for ${keyGroup}`,
  'clock-off': ({ where, host, seconds }) => {
    const whose = where === 'client' ? 'its clock' : `the clock of ${host?.name ?? 'the KMS host'}`;
    return seconds === undefined ? `${whose} is more than 4 hours off` : `${whose} is ${clockWords(seconds)}`;
  },
  'count-too-low': ({ host, count, needed }) =>
    `${host.name} has counted ${number(count)} of the ${number(needed)} machines it needs before it activates ${needed === 25 ? 'client Windows' : 'servers'}`,
  'duplicate-cmid': ({ machines, imageId }) =>
    imageId === undefined
      ? `${number(machines)} machines share its CMID, so the KMS host counts them as one`
      : `clones of ${imageId} share its CMID, so the KMS host counts ${number(machines)} machines as one`,
  'count-split': ({ hosts, needed }) =>
    `the machines are spread over ${and(hosts.slice(0, 3).map(({ name }) => name))}, and ${hosts.length === 2 ? 'neither' : 'none'} has counted the ${number(needed)} it needs`,
  'works-now': ({ host }) => `${host} answers it now`,
  office: ({ of, code }) =>
    ({
      'no-office-host-key': 'the KMS host has no key for this Office',
      'count-too-low': 'the KMS host has not counted the 5 machines with Office that it needs',
      'other-channel': 'its Office key is no KMS client key',
      code: code ?? 'no reason is given',
    })[of],
  'not-asked': ({ why }) =>
    ({
      offline: `its agent ${'lastSeenMs' in why && why.lastSeenMs !== undefined ? `has been offline since ${moment(why.lastSeenMs)}` : 'is offline'}`,
      'not-running': `the instance is ${'instanceState' in why ? (entryOf(instanceStates, why.instanceState) ?? why.instanceState) : 'not running'}`,
      'no-agent': 'no Systems Manager agent on it has ever reported in',
      untagged: 'it lacks the tag that marks the fleet',
      'not-windows': 'it does not run Windows',
    })[why.kind],
  'no-answer': ({ why }) => lower(report.causes[answerKind(why)]({ subject: why, detail: '', codeMeaning: '' })),
  unreadable: ({ probes }) =>
    probes.length === 0
      ? 'its answer cannot be read'
      : `what decides could not be read: ${and(probes.slice(0, 3).map((probe) => card.probes[probe]))}`,
  'code-only': ({ code }) => code,
};

/** EC2's words for an instance that does not run. */
const instanceStates = {
  pending: 'still starting',
  stopping: 'stopping',
  stopped: 'stopped',
  'shutting-down': 'shutting down',
  terminated: 'terminated',
};
