/** A subscription of the driver's, as far as its beginning is waited for. */
interface Beginning {
  once(event: 'confirmation' | 'error' | 'close', listener: () => void): unknown;
  destroy(error: Error): unknown;
}

/**
 * Ends a subscription, as one that was dropped, that the server has not confirmed in time: it has no deadline of its
 * own, and whoever listened to one that never began would be deaf for ever and not know it.
 * @param begun hears that it is confirmed
 */
export function confirmed<S extends Beginning>(
  subscription: S,
  withinMs: number,
  begun: () => void = () => undefined,
): S {
  const giveUp = (): void =>
    void subscription.destroy(new Error(`the subscription was not confirmed within ${withinMs} ms`));
  const timer = setTimeout(giveUp, withinMs);
  subscription.once('confirmation', () => {
    clearTimeout(timer);
    begun();
  });
  for (const end of ['error', 'close'] as const) subscription.once(end, () => clearTimeout(timer));
  return subscription;
}
