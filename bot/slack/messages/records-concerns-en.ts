/** What may be wrong with a KMS record, in English. Values are escaped before they come here. */
import type { RecordProblemTexts, ValueProblemTexts } from './records-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (value: number): string => `${number(value)} ${value === 1 ? 'machine' : 'machines'}`;
const by = (command: string, otherwise: string): string => (command === '' ? otherwise : command);

/** Where the bot may not plan it, and whom to name where one is known. */
const addByHand = (offer: string): string =>
  offer === ''
    ? 'Add a host that answers; `/kms hosts` shows them.'
    : `Add ${offer}, which answers, in Route 53, if machines there can reach it.`;

/** The host is known to answer somewhere: which networks reach it, nobody has looked at. */
const addOne = (command: string): string =>
  command && `Add a host that answers, if machines there can reach it: ${command}`;

const TAKE_OUT = 'Take the value out of the record in Route 53.';

export const recordProblems: RecordProblemTexts = {
  'no-living-host': {
    fact: ({ domain, host }) => `The record of ${domain} names only ${host}, and no client is served there`,
    step: (command, { offer }) => by(addOne(command), addByHand(offer)),
  },
  'no-record': {
    fact: ({ domain, machines: count, wasThere }) =>
      count === 0
        ? `${domain} has no KMS record${wasThere ? ' any more: machines found one at the latest check' : ''}`
        : `${domain} has no KMS record${wasThere ? ' any more' : ''}, and ${machines(count)} that ${count === 1 ? 'asks' : 'ask'} there ${count === 1 ? 'finds' : 'find'} none elsewhere`,
    step: (command, { elsewhere, offer }) =>
      elsewhere !== ''
        ? `Add it on the DNS servers that answer ${elsewhere}; in Route 53 nobody there would see it. \`/kms help publishing\``
        : by(addOne(command), addByHand(offer)),
  },
  'hidden-by-rule': {
    fact: ({ domain, machines: count, network, rule }) =>
      count === 0
        ? `In ${network} a forwarding rule for ${rule} hides the record of ${domain}`
        : `${machines(count)} in ${network} ${count === 1 ? 'does' : 'do'} not see the record of ${domain}: the forwarding rule for ${rule} beats the zone`,
    step: (_, { rule }) =>
      `Put the record on the DNS servers that the rule for ${rule} forwards to, or take the rule away.`,
  },
  'not-associated': {
    fact: ({ domain, machines: count, network }) =>
      `${machines(count)} in ${network} ${count === 1 ? 'does' : 'do'} not see the record of ${domain}: the zone is not associated with their network`,
    step: (_, { network }) =>
      `Associate the zone with ${network}: Route 53, the zone’s VPCs (\`aws route53 associate-vpc-with-hosted-zone\`).`,
  },
  'not-found-by-machines': {
    fact: ({ domain, machines: count, network }) =>
      `${machines(count)}${network === '' ? '' : ` in ${network}`} ${count === 1 ? 'finds' : 'find'} no record in ${domain}, though the zone has one`,
    step: (command) =>
      by(command && `See what one of them asks: ${command}`, 'See which DNS servers they ask: `ipconfig /all`.'),
  },
  lost: {
    fact: ({ domain, host, when }) =>
      `${host}, which I put into the record of ${domain} on ${when}, is gone or changed`,
    step: (command) =>
      by(command && `Put it back: ${command}`, 'Put it back in Route 53, if nobody took it out on purpose.'),
  },
  'mark-without-value': {
    fact: ({ domain, host }) =>
      `Somebody took ${host} out of the record of ${domain}, or changed it; only my mark is left`,
    step: (command) =>
      by(command && `Put it back: ${command}`, 'Put it back in Route 53, or delete the TXT value beside it.'),
  },
  'resolvers-differ': {
    fact: ({ domain, machines: count, host }) =>
      `${machines(count)} ${count === 1 ? 'is' : 'are'} sent to ${host} in ${domain}, which the record does not name`,
    step: (command) =>
      by(
        command && `See where that comes from: ${command}`,
        'Look for another zone of that name on their DNS servers.',
      ),
  },
  untouchable: {
    fact: ({ domain, host }) => `I only read the record of ${domain}: ${host}`,
    step: () => 'Whoever keeps it changes it in Route 53.',
  },
  'mark-lost': {
    fact: ({ domain, host }) =>
      `${host} in ${domain} stands as I wrote it, but my mark is gone, so it counts as somebody else’s`,
    step: (command) => by(command && `Take it over again: ${command}`, 'Restore the TXT value beside it.'),
  },
};

const takeOut = (command: string): string =>
  command === ''
    ? TAKE_OUT
    : command.includes(' adopt ')
      ? `Take it out: ${command}, then \`remove\` it.`
      : command.includes(' add ')
        ? `Add a host that answers first: ${command}`
        : `Take it out: ${command}`;

export const valueProblems: ValueProblemTexts = {
  unreadable: {
    clause: () => 'is no value that a client can read',
    step: () => `${TAKE_OUT.slice(0, -1)}, or write it right.`,
  },
  'target-without-address': {
    clause: () => 'has no address',
    step: (command) =>
      command === ''
        ? 'Give the name an address, or take the value out.'
        : `Give the name an address. Or: ${takeOut(command)}`,
  },
  'no-kms-host': { clause: () => 'is no KMS host: it holds no KMS host key', step: takeOut },
  'unknown-host': {
    clause: ({ why }) =>
      ({
        loopback: 'leads back to the machine that asks',
        'link-local': 'has an address that leads nowhere',
        'public-address': 'is outside your networks',
      })[why],
    step: takeOut,
  },
  'host-dead': {
    clause: ({ why, machines: count }) =>
      ({
        'not-running': 'is switched off',
        'not-answering': 'does not answer, not even itself',
        unreached: `answers none of the ${machines(count)} that tried`,
      })[why],
    step: takeOut,
  },
  'host-not-activated': {
    clause: () => 'is not activated itself, so it activates nobody',
    step: (command) =>
      `Activate it: \`/kms activate\`, without internet \`/kms phone\`${command === '' ? '' : `; ${command} shows why`}.`,
  },
  'wrong-port': {
    clause: ({ port }) => `listens on port ${port} instead`,
    step: (command, { host }) =>
      by(command && `Add the right port: ${command}; then take ${host} out.`, 'Write the right port into the record.'),
  },
  'not-reached': {
    clause: ({ machines: count, reached }) =>
      reached === 0
        ? `did not answer ${count === 1 ? 'the one machine that tried' : `the ${machines(count)} that tried`}`
        : `is not reached by ${machines(count)}, though ${number(reached)} ${reached === 1 ? 'reaches' : 'reach'} it`,
    step: () => 'Find out why: `/kms diagnose` of a machine that cannot.',
  },
};
