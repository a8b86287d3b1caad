/** What passes between the lab and a function that runs in a process of its own. */
export type ToFunction =
  | {
      readonly kind: 'invoke';
      readonly id: number;
      readonly event: unknown;
      readonly context: Readonly<Record<string, unknown>>;
      /** Trace of the invocation, by which the lab knows whose calls it hears; absent outside of one. */
      readonly traceId?: string;
      /** Simulated time at the invocation's start, ms. It cannot jump before the invocation has ended. */
      readonly nowMs: number;
    }
  | { readonly kind: 'usage'; readonly id: number };

export type FromFunction =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly name: string; readonly message: string }
  | { readonly kind: 'usage'; readonly id: number; readonly maxRssMb: number };
