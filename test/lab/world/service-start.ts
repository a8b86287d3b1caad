/** The Software Protection service starts: by itself with Windows, or because somebody started it. */
import { publishAtStart } from './host-publishing.ts';
import type { LawContext, WindowsNode } from './law-context.ts';

/** A KMS host's reads its settings, listens, and publishes. */
export function startService(context: LawContext, node: WindowsNode, nowMs: number): void {
  const { service, kmsHostRole: role } = node.windows;
  service.state = 'Running';
  if (role === undefined) return;
  if (role.nextPort !== undefined) role.listeningPort = role.nextPort;
  delete role.nextPort;
  publishAtStart(context, node, nowMs);
}
