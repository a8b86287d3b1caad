/** A case on a KMS host declared by its answers. */
import { plainHost } from './fixtures/plain-host.ts';
import type { PlainMachine } from './fixtures/plain-machine.ts';
import { type InspectCase, plain } from './plain-case.ts';

/** A case on the plain host with these answers changed. */
export const host = (name: string, more: Partial<PlainMachine> = {}): InspectCase =>
  plain(`host: ${name}`, plainHost(more));

/** A machine one of whose CIM classes fails, at once or after a while. */
export const failing = (className: string, hresult: string, afterMs?: number): Partial<PlainMachine> => ({
  cim: { [className]: { error: { hresult, ...(afterMs === undefined ? {} : { afterMs }) } } },
});
