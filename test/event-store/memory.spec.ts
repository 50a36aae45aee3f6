import { MemoryEventStore } from '../../src/event-store/memory.js';
import { eventStoreContract } from '../event-store.contract.js';

eventStoreContract('memory', async () => {
  const store = new MemoryEventStore();
  // Nothing is kept over a real restart; what a reader finds again is the store itself.
  return { store, reopen: async () => store, close: () => store.close() };
});
