/** The wire log: who called whom, how often, how long it took. */
import type { WireExchange } from './aws/types.ts';

/** The newest exchanges that are kept; counts go on beyond them. */
const KEPT = 5000;

export interface WireLog {
  record(exchange: WireExchange): void;
  /** Kept exchanges, oldest first, and how often each operation was seen since the last `clear`. */
  read(): { readonly exchanges: readonly WireExchange[]; readonly counts: Readonly<Record<string, number>> };
  clear(): void;
}

export const createWireLog = (): WireLog => {
  let exchanges: WireExchange[] = [];
  let counts = new Map<string, number>();
  return {
    record: (exchange) => {
      counts.set(exchange.operation, (counts.get(exchange.operation) ?? 0) + 1);
      exchanges.push(exchange);
      if (exchanges.length > KEPT * 2) exchanges = exchanges.slice(-KEPT);
    },
    read: () => ({
      exchanges: exchanges.slice(-KEPT),
      counts: Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b))),
    }),
    clear: () => {
      exchanges = [];
      counts = new Map();
    },
  };
};
