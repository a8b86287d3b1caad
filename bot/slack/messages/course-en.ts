/** Changes of several steps in English. Values are escaped before they come here. */
import type { CourseTexts } from './course-words.ts';
import { phone } from './phone-stage-en.ts';

const number = (value: number): string => value.toLocaleString('en');
const steps = (done: number, all: number): string =>
  `${number(done)} of ${number(all)} steps ${done === 1 ? 'is' : 'are'} done`;
const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

export const course: CourseTexts = {
  steps: {
    role: 'install the role Volume Activation Services',
    key: 'install the key',
    activate: 'activate it with Microsoft, online',
    phone: 'activate it by phone',
    firewall: 'let KMS clients through its firewall',
    listen: 'restart the KMS service and see it listen',
    publish: 'publish its SRV record',
    record: 'add it to the SRV record in Route 53',
    verify: 'verify',
    rearm: 'reset the grace period',
    restart: 'restart the machine',
    return: 'see it come back',
    drain: 'take it out of the SRV records',
    unpublish: 'stop its publishing',
    watch: 'wait until its clients renew elsewhere',
    convert: 'make a KMS client of it',
  },
  ifNeeded: (step) => `${step}, if that fails`,
  signs: { 'to-do': '○', doing: '▸', waiting: '▸', done: '✓', same: '✓', 'not-needed': '–', failed: '✗' },
  states: {
    'to-do': 'to do',
    doing: 'under way',
    waiting: 'waits',
    done: 'done',
    same: 'was so already',
    'not-needed': 'not needed',
    failed: 'failed',
  },
  line: (sign, step, state, details) => `${sign} ${[`${step}: ${state}`, ...details].join(' · ')}`,
  rest: (steps) => `○ to do: ${steps.join(' · ')}`,
  since: (when) => `since ${when}`,
  waitsFor: {
    role: 'Windows takes some minutes for it',
    key: 'the machine fetches the key itself',
    activate: 'waits for Microsoft’s answer',
    phone: 'waits for the Confirmation ID',
    firewall: '',
    listen: 'waits until the KMS port answers',
    publish: 'waits for event 12294, which says that DNS took it',
    record: 'waits until every name server of the zone has it',
    verify: 'the machine is looked at once more',
    rearm: '',
    restart: '',
    return: 'waits until the machine answers again, 20 minutes at most',
    drain: 'waits until every name server of the zone is without it',
    unpublish: '',
    watch: 'waits until nobody has asked it for 24 hours; looks once a day, 8 days at most',
    convert: '',
  },
  first: (todo, done, all, step) => `Changing: ${todo}; ${steps(done, all)}, now: ${step}`,
  facts: {
    answer: () => 'no answer',
    port: (value) => `port ${value}`,
    count: (value) => `count ${value}`,
    needed: (value) => `needs ${value}`,
    domain: (value) => `in ${value}`,
    change: (value) => `change ${value}`,
    activated: (value) => (value === 'yes' ? 'activated' : 'not activated'),
    cmidBefore: (value) => `client machine ID before ${value}`,
    cmid: (value) => `now ${value}`,
    changed: (value) => (value === 'yes' ? 'another client machine ID' : 'the same client machine ID as before'),
    lastDay: (value) => `clients in the last day: ${value}`,
    lastWeek: (value) => `in the last week: ${value}`,
    pinned: (value) => `assigned by hand: ${value}`,
  },
  why: {
    'public-network':
      'its network counts as public, where I let nobody in: make it private there (`Set-NetConnectionProfile -NetworkCategory Private`)',
    'still-host': 'it still holds a KMS host key',
    'not-activated': 'it is not activated',
    'no-event': 'neither event 12294 nor 12293 came in time',
    'no-record': 'its own domain lies in no configured zone any more',
    'no-right': 'the right to change that zone is missing',
    'shared-channel': 'people of other companies read that channel',
    'keeps-moving': 'the record changed again after every look',
    failed: 'Route 53 did not take it, or it changed meanwhile',
    'zone-not-configured': 'the zone is not configured',
    'zone-read-only': 'the zone is read only',
    'zone-gone': 'the zone no longer exists',
    'not-ours': 'the value there is not mine',
    untouchable: 'the record has a routing policy, or is an alias',
    'would-be-empty': 'no host would be left in the record',
    'set-full': 'the record is full',
    'named-by-others': 'a record that is not mine still leads clients there; its DNS owner removes it',
    quiet: 'nobody asked it for a day',
    elsewhere: 'its clients are seen at other hosts',
    'time-is-up': 'eight days are over',
  },
  fact: (word, value) => `${word} ${value}`,
  phone,
  ended: {
    done: {
      phone: (machine) => `${machine} is permanently activated, by phone`,
      rearm: (machine, restarted) =>
        restarted
          ? `The grace period of ${machine} is reset, and it is back after its restart`
          : `${machine} is rearmed; its grace period is reset once it restarts`,
      restart: (machine) => `${machine} is back after its restart`,
      'host-setup': (machine) => `${machine} is a KMS host now`,
      'host-retire': (machine) => `${machine} is no KMS host any more`,
    },
    partly: (todo, done, all, step, reason) =>
      `Not finished: ${todo}; ${steps(done, all)}, “${step}” failed${because(reason)}`,
    failed: (todo, step, reason) => `Could not ${todo}: “${step}” failed${because(reason)}`,
    noConfirmation: (todo) => `Nobody entered a Confirmation ID in time, so this is not done: ${todo}`,
    cancelled: (todo, person, done, all) =>
      `Cancelled${person === '' ? '' : ` by ${person}`}, ${done === 0 ? 'nothing was changed' : steps(done, all)}: ${todo}`,
    goOn: {
      phone: (command) => `Call once more: ${command}`,
      rearm: (command) => `When the reason is gone: ${command}`,
      restart: (command) => `See whether it is back: ${command}`,
      'host-setup': (command) => `To go on: ${command} takes it up where it stopped; what is done stays as it is.`,
      'host-retire': (command) => `To go on: ${command} takes it up where it stopped; what is done stays as it is.`,
    },
    counting: (count) =>
      `*Running now*  count ${number(count)}: Windows clients are activated from 25 on${count >= 25 ? ' ✓' : ''}, servers from 5 on${count >= 5 ? ' ✓' : ''}`,
    firstClients:
      '*Next*  Clients that look in DNS come by themselves within 2 hours; `/kms activate` lets them ask now. Until the count is reached they are told that it is too low (0xC004F038), which is as it should be.',
    retired:
      'It asks another KMS host from now on; take its name out of whatever else mentions it, such as images and policies.',
    restartLater: '*Next*  restart it when nobody is disturbed; until then nothing is different.',
    notActivated: (command) =>
      `*Not activated now*  it stands in a new grace period. A KMS client asks its host by itself within 2 hours; at once, and for a MAK: ${command}`,
  },
};
