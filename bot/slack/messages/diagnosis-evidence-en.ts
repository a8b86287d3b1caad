/** Observations in English: one sentence each, without its full stop. */
import type { BindResult, TcpResult } from '../../domain/inspection-record.ts';
import type { LicenceStatus } from '../../domain/licence-status.ts';
import { card } from './card-en.ts';
import { channelWords, clockWords } from './diagnosis-causes-en.ts';
import type { EvidenceTexts } from './diagnosis-words.ts';
import { channelIn, entryOf, inTable, isNo, isRight, licenceModelOf, secondsIn } from './wording.ts';

/** Licence states as `slmgr /dli` shows them. */
const statuses: Readonly<Record<LicenceStatus, string>> = {
  unlicensed: 'unlicensed',
  licensed: 'licensed',
  'initial-grace': 'in its first grace period',
  'out-of-tolerance-grace': 'in grace because the activation expired or the hardware changed',
  'non-genuine-grace': 'in grace because Windows failed its genuine validation',
  notification: 'notification, so not activated',
  'extended-grace': 'in an extended grace period',
};

const tcp = {
  ok: (at: string) => `Connecting to ${at} works`,
  timeout: (at: string) => `Connecting to ${at} gets no answer`,
  refused: (at: string) => `${at} refuses the connection`,
  unreachable: (at: string) => `No route leads to ${at}`,
} satisfies Record<Extract<TcpResult, string>, unknown>;

const bind = {
  ok: (at: string) => `${at} answers as a KMS host`,
  rejected: (at: string) => `${at} answers, but is no KMS host`,
  busy: (at: string) => `${at} is a KMS host, but too busy to answer`,
  closed: (at: string) => `${at} takes the connection and closes it again`,
  silent: (at: string) => `${at} takes the connection and then says nothing`,
  other: (at: string) => `${at} answers, but not in the protocol of a KMS host`,
} satisfies Record<Extract<BindResult, string>, unknown>;

const allowed = { 'active-directory': 'Active Directory', token: 'token', kms: 'KMS', any: 'any kind' };
const models = { byol: 'its licence is your own (BYOL)', 'licence-included': 'its Windows licence is included' };
const machines = (count: string): string => (count === '1' ? '1 machine' : `${count} machines`);
const why = (text: string): string => (text === '' ? '' : ` (${inTable(card.network, text)})`);
const at = (host: string, port: string): string => (port === '' ? host : `${host}:${port}`);

export const evidence: EvidenceTexts = {
  product: ({ words: [edition, channel, tail] }) =>
    `Installed: ${edition === '' ? '' : `${edition}, `}${channelWords(channelIn(channel))}${tail === '' ? '' : ` (…${tail})`}`,
  status: ({ words: [status] }) => `Windows gives its licence state as ${inTable(statuses, status)}`,
  'no-product': () => 'No Windows licence on it has a product key',
  evaluation: ({ words: [edition] }) => `Its edition is an evaluation${edition === '' ? '' : ` (${edition})`}`,
  'activation-type': ({ words: [type] }) =>
    `It is set to activate by ${inTable(allowed, type)} only (\`slmgr /act-type\`)`,
  'service-state': ({ words: [state, mode] }) =>
    `The service \`sppsvc\` is ${state}${mode === '' ? '' : `, its start type ${mode}`}`,
  'dns-server': ({ words: [address, answer] }) =>
    answer === 'answers'
      ? `Its DNS server ${address} answers`
      : `Its DNS server ${address}: ${inTable(card.network, answer)}`,
  'no-dns-server': () => 'None of its network adapters has a DNS server',
  'srv-found': ({ words: [domain, target, port] }) => `DNS names ${at(target, port)} as KMS host for ${domain}`,
  'srv-missing': ({ words: [domain, error] }) =>
    isNo(error)
      ? `DNS has no KMS record in ${domain}${why(error)}`
      : `Looking up the KMS record in ${domain} fails: ${inTable(card.network, error)}`,
  'srv-not-asked': ({ words: [domain] }) => `It never asks in ${domain}, which is none of its DNS suffixes`,
  'zone-has-record': ({ words: [zone, value] }) =>
    `The zone ${zone} has the KMS record${value === '' ? '' : ` \`${value}\``}`,
  'zone-lacks-record': ({ words: [zone] }) => `The zone ${zone} has no KMS record`,
  'zone-not-associated': ({ words: [zone, vpc] }) => `The zone ${zone} is not associated with ${vpc || 'its VPC'}`,
  'resolver-rule': ({ words: [domain, vpc] }) =>
    `A Route 53 Resolver rule${vpc === '' ? '' : ` in ${vpc}`} forwards questions about ${domain} to other DNS servers`,
  resolves: ({ words: [host, addresses] }) => `${host} resolves to ${addresses}`,
  'does-not-resolve': ({ words: [host, error] }) => `${host} has no address${why(error)}`,
  'address-of-host': ({ words: [host, addresses] }) => `${host} itself has the address ${addresses}`,
  tcp: ({ words: [host, port, result] }) =>
    entryOf(tcp, result)?.(at(host, port)) ?? `Connecting to ${at(host, port)}: ${result}`,
  bind: ({ words: [host, port, result] }) =>
    entryOf(bind, result)?.(at(host, port)) ?? `${at(host, port)} answers: ${result}`,
  'host-listening': ({ words: [host, port, result] }) =>
    result === 'ok'
      ? `On ${host} itself the service listens on port ${port}`
      : result === 'refused'
        ? `On ${host} itself nothing listens on port ${port}`
        : `On ${host} itself port ${port} gives: ${inTable(card.tcp, result)}`,
  'host-service': ({ words: [host, state] }) => `On ${host} the service \`sppsvc\` is ${state}`,
  'host-firewall': ({ words: [host, rule] }) =>
    `On ${host} the firewall rule “Key Management Service (TCP-In)” is ${rule === 'other-profile' ? 'on, but not for the kind of network it is in' : rule}`,
  'host-state': ({ words: [host, state] }) => `${host} is ${inTable(presence, state)}`,
  'host-count': ({ words: [host, count, needed] }) =>
    `${host} has counted ${machines(count)}${needed === '' ? '' : `; ${needed} are needed`}`,
  'host-key': ({ words: [host, group] }) => `The KMS host key on ${host} is for ${group}`,
  'host-licence': ({ words: [host, state] }) => `${host} gives its own licence state as ${inTable(statuses, state)}`,
  'host-log': ({ words: [host, events], code }) =>
    `${host} refused ${events === '' || events === '1' ? 'a request' : `${events} requests`}${code === '' ? '' : `: ${code}`}`,
  'host-clock': ({ words: [host, seconds] }) =>
    isRight(seconds) ? `The clock of ${host} is right` : `The clock of ${host} is ${clockWords(secondsIn(seconds))}`,
  clock: ({ words: [seconds, server] }) =>
    `Its clock is ${isRight(seconds) ? 'right' : clockWords(secondsIn(seconds))}${server === '' ? '' : `, compared with ${server}`}`,
  assigned: ({ words: [host, port] }) => `It is assigned to ${at(host, port)} by hand (\`slmgr /skms\`)`,
  'not-ours': ({ words: [host, reason] }) => `${host} is ${inTable(notOurs, reason)}`,
  'licence-model': ({ words: [model] }) => {
    const known = licenceModelOf(model);
    return known === undefined
      ? `AWS bills it as ${model}`
      : `AWS says ${models[known]}${model === known || model === '' ? '' : ` (${model})`}`;
  },
  'route-missing': ({ words: [destination] }) => `It has no route to ${destination}`,
  'request-event': ({ words: [host], code }) =>
    code === '' ? `Its latest request reached ${host}` : `Its latest request to ${host} ended with: ${code}`,
  'response-event': ({ words: [count], code }) =>
    `${code === '' ? 'The KMS host took its latest request' : `The KMS host’s latest answer: ${code}`}${count === '' ? '' : `; it had counted ${count}`}`,
  'others-succeed': ({ words: [host, count] }) => `${machines(count)} reached ${host} at the latest look`,
  'others-fail': ({ words: [host, count] }) => `${machines(count)} could not reach ${host} either`,
  'duplicate-cmid': ({ words: [cmid, count] }) => `${machines(count)} have the same CMID ${cmid}`,
  image: ({ words: [image, count] }) => `${count === '' ? 'They' : machines(count)} come from the image ${image}`,
  'skip-rearm': () => '`SkipRearm` is set on it, so that `sysprep` keeps the CMID',
  'other-host-answers': ({ words: [host] }) => `${host} answers as a KMS host`,
  'missed-renewals': ({ words: [count] }) =>
    count === '1' ? 'It has missed its weekly renewal once' : `It has missed ${count} weekly renewals`,
  'status-reason': ({ code }) => `Windows gives as reason: ${code}`,
  'last-seen': ({ words: [state], at: when }) => `${inTable(agents, state)}${when === '' ? '' : `, last seen ${when}`}`,
  'office-product': ({ words: [family, state] }) => `${family}: ${inTable(statuses, state)}`,
};

const notOurs = {
  loopback: 'the machine itself',
  'public-address': 'an internet address that is not configured as a KMS host',
  'link-local': 'a link-local address that is not Amazon’s',
  'unknown-name': 'a name that is not configured as a KMS host',
};

const presence = {
  online: 'online',
  offline: 'offline',
  'no-agent': 'without a Systems Manager agent',
  'not-running': 'not running',
  'shutting-down': 'shutting down',
};

const agents = {
  online: 'Its agent is online',
  offline: 'Its agent is offline',
  'no-agent': 'Systems Manager knows of no agent on it',
  'not-running': 'It does not run',
};
