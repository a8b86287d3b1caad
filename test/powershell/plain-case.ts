/** A case on a machine declared by its answers. */
import type { InspectRun } from '../lab/world/inspect-model.ts';
import type { Surface } from '../lab/world/surface.ts';
import { type PlainMachine, plainMachine, plainSurface } from './fixtures/plain-machine.ts';

export interface InspectCase {
  readonly name: string;
  readonly surface: Surface;
  readonly run: InspectRun;
  /** Commands that this Windows lacks: the model has no such machine, so its line is not compared. */
  readonly without?: readonly string[];
  /** Culture of the process. */
  readonly culture?: string;
  /** Only run where there is PowerShell: its answers are too long to be kept. */
  readonly live?: boolean;
}

/** Simulated time of every case. */
export const NOW = Date.parse('2026-11-22T10:00:00Z');

/** A case on the plain machine with these answers changed; it binds unless told otherwise. */
export const plain = (
  name: string,
  machine: Partial<PlainMachine>,
  run: InspectRun = { bind: 'all' },
): InspectCase => ({
  name,
  surface: plainSurface(plainMachine(machine)),
  run,
});
