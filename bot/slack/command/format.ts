/** A command as it would be typed, without `/kms`: what the answer is headed with, and what asks it again. */
import type { PublishDomain } from '../../domain/change/change-spec.ts';
import type {
  AuditRequest,
  ClientSetting,
  DnsChange,
  DnsLook,
  HostAction,
  OneNode,
  Since,
  StartingCommand,
} from './command.ts';
import { formatSelection } from './nodes.ts';
import { formatHost } from './values.ts';
import { quotedWord } from './words.ts';
import { isLikeDnsAction } from './zone.ts';

/** Read again, what is written here is the same command. */
export function formatCommand(command: StartingCommand): string {
  switch (command.name) {
    case 'check':
    case 'activate':
    case 'discover':
      return `${command.name} ${formatSelection(command.nodes)}`;
    case 'diagnose':
    case 'phone':
    case 'restart':
      return `${command.name} ${formatOne(command.target)}`;
    case 'rearm':
      return `rearm ${formatOne(command.target)}${command.restart ? ' restart' : ''}`;
    case 'hosts':
      return ['hosts', ...(command.site === undefined ? [] : [`site:${command.site}`])].join(' ');
    case 'point':
      return `point ${formatSelection(command.nodes)} ${command.to.kind === 'amazon' ? 'amazon' : formatHost(command.to)}`;
    case 'set':
      return `set ${formatSelection(command.nodes)} ${formatSetting(command.change)}`;
    case 'key':
      return `key ${formatSelection(command.nodes)} ${command.key.kind === 'gvlk' ? 'gvlk' : command.key.name}`;
    case 'test':
      return `test ${formatOne(command.target)} ${formatHost(command.host)}`;
    case 'host':
      return `host ${formatOne(command.target)} ${formatHostAction(command.change)}`;
    case 'undo':
      return `undo ${command.change}`;
    case 'dns':
      return ['dns', ...formatDns(command.request)].join(' ');
    case 'jobs':
      return 'jobs';
    case 'audit':
      return ['audit', ...formatAudit(command.request)].join(' ');
  }
}

const formatOne = ({ node, ...where }: OneNode): string => formatSelection({ selectors: [node], ...where });

function formatSetting(change: ClientSetting): string {
  switch (change.setting) {
    case 'type':
      return `type ${change.to}`;
    case 'lookup':
      return `lookup ${change.domain ?? 'none'}`;
    case 'caching':
      return `caching ${change.on ? 'on' : 'off'}`;
    case 'flushdns':
      return 'flushdns';
  }
}

function formatHostAction(change: HostAction): string {
  switch (change.action) {
    case 'setup':
      return `setup ${change.storedKey}`;
    case 'publish':
      return `publish ${change.on ? 'on' : 'off'}`;
    case 'domains':
      return `domains ${change.domains.length === 0 ? 'none' : change.domains.map(formatDomain).join(' ')}`;
    case 'port':
      return `port ${change.port}`;
    case 'intervals':
      return `intervals ${change.activationMinutes} ${change.renewalMinutes}`;
    case 'priority':
      return `priority ${change.low ? 'low' : 'normal'}`;
    case 'firewall':
      return 'firewall on';
    default:
      return change.action;
  }
}

/** The numbers behind commas, as they are typed. */
export const formatDomain = ({ domain, priority, weight }: PublishDomain): string =>
  [domain, ...[priority, weight].flatMap((each) => (each === undefined ? [] : [`${each}`]))].join(',');

/** A weight stands behind a priority only. */
function formatDns(request: DnsLook | DnsChange): readonly string[] {
  if (request.action === 'compare') return request.zone === undefined ? [] : [formatZone(request.zone)];
  const { action, zone, host, priority, weight } = request;
  return [
    action,
    zone,
    formatHost(host),
    ...[priority, weight].flatMap((each) => (each === undefined ? [] : [`${each}`])),
  ];
}

/** A domain may be called what stands for something else there. */
const formatZone = (zone: string): string => (isLikeDnsAction(zone) ? `"${zone}"` : zone);

const formatAudit = ({ about, since }: AuditRequest): readonly string[] => [
  ...formatSubject(about),
  ...(since === undefined ? [] : [formatSince(since)]),
];

function formatSubject(about: AuditRequest['about']): readonly string[] {
  switch (about.kind) {
    case 'everything':
      return [];
    case 'verify':
      return ['verify'];
    case 'person':
      return [`<@${about.userId}>`];
    case 'node':
      return [formatNode(about.node)];
  }
}

/** A machine may be called what stands for something else there. */
function formatNode(node: OneNode['node']): string {
  const typed = formatSelection({ selectors: [node] });
  const isKeyword = node.kind === 'name' && (/^verify$/i.test(node.name) || /^\d/.test(node.name));
  return isKeyword ? quotedWord(node.name) : typed;
}

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

function formatSince(since: Since): string {
  if (since.kind === 'day') return since.isoDay;
  const { minutes } = since;
  if (minutes % DAY_MINUTES === 0) return `${minutes / DAY_MINUTES}d`;
  return minutes % HOUR_MINUTES === 0 ? `${minutes / HOUR_MINUTES}h` : `${minutes}m`;
}
