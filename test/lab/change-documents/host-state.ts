/** What the documents read of a KMS host beside its licence. */
import type { WireHostSettings } from '../../../bot/domain/change/change-wire.ts';
import { firewallOf } from '../inspect/firewall.ts';
import { REGISTRY_QUESTIONS, SETTING_QUESTIONS } from '../inspect/questions.ts';
import { number, text } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import type { Reads } from './change-document.ts';
import { KMS_PORT, readRules } from './host-rules.ts';
import { serviceRow } from './host-service.ts';
import type { Setting } from './host-setters.ts';
import type { MachineState, Session } from './session.ts';
import { isKmsHost } from './state.ts';

/** What beside the settings is read, where what is to be done asks for it. */
interface More {
  readonly rules: boolean;
  readonly service: boolean;
}

export const hostReads = (more: More): Reads => ({
  svc: SETTING_QUESTIONS.svc,
  more(session, state) {
    const { svc } = state;
    if (svc === undefined || !isKmsHost(state)) return;
    session.step = 'DnsDomainPublishList';
    const spp = session.surface.registry(REGISTRY_QUESTIONS.spp);
    const list = spp === 'missing' ? undefined : spp.DnsDomainPublishList?.value;
    state.hostList = list === undefined ? ['-'] : ['=', ...[list].flat().map(String)];
    state.isHostListOfTexts = list === undefined || Array.isArray(list);
    session.step = 'Win32_Service';
    if (more.service) state.hostService = text(serviceRow(session).State);
    session.step = 'FirewallRules';
    const fw = firewallLetters(session, portIn(svc));
    if (more.rules) state.hostRules = readRules(session);
    state.wire.host = settingsOf(svc, list === undefined ? null : state.hostList.slice(1), fw);
  },
});

/** A Windows without rules lets nobody in. */
const firewallLetters = (session: Session, port: number): string => {
  const probe = firewallOf(session.surface, port);
  return 'value' in probe ? probe.value.r : '';
};

const portIn = (svc: CimInstance): number => number(svc.KeyManagementServiceListeningPort) || KMS_PORT;

export const portOf = ({ svc }: MachineState): number => (svc === undefined ? KMS_PORT : portIn(svc));

const settingsOf = (svc: CimInstance, list: string[] | null, fw: string): WireHostSettings => ({
  p: portIn(svc),
  pub: svc.KeyManagementServiceDnsPublishing === true ? 1 : 0,
  low: svc.KeyManagementServiceLowPriority === true ? 1 : 0,
  iv: [number(svc.VLActivationInterval), number(svc.VLRenewalInterval)],
  list,
  fw,
});

export const stateOfHost = ({ wire }: MachineState): WireHostSettings | undefined => wire.host ?? undefined;

/** `-`, or `=` and the lines. */
export const linesOf = ({ hostList = ['-'] }: MachineState): readonly string[] => hostList;

/** A value of another type could not be put back as it was. */
export const isListOfTexts = ({ isHostListOfTexts = true }: MachineState): boolean => isHostListOfTexts;

/** A list without lines publishes what none does, and an inspection shows both alike. */
export const meaningOfLines = (lines: readonly string[]): readonly string[] => (lines.length === 1 ? ['-'] : lines);

/** The public profile is neither opened nor compared: other rules may let it in. */
export const withoutPublic = (letters: string): string => letters.replace('u', '');

/** What is compared with what is asked. */
export const valuesIn = (set: Setting, state: MachineState): readonly string[] => {
  const host = stateOfHost(state);
  if (host === undefined) return [];
  switch (set) {
    case 'publish':
      return [String(host.pub)];
    case 'priority':
      return [String(host.low)];
    case 'port':
      return [String(host.p)];
    case 'intervals':
      return host.iv.map(String);
    case 'domains':
      return meaningOfLines(linesOf(state));
    case 'firewall':
      return [withoutPublic(host.fw)];
    case 'restart':
      return [];
  }
};

/** What is put back: no port of its own is another thing than 1688, and rules are more than what they let in. */
export const standingIn = (set: Setting, state: MachineState): readonly string[] => {
  if (set === 'restart' || stateOfHost(state) === undefined) return [];
  if (set === 'port') return [String(number(state.svc?.KeyManagementServiceListeningPort))];
  if (set === 'firewall') return state.hostRules ?? ['', ''];
  if (set === 'domains') return linesOf(state);
  return valuesIn(set, state);
};
