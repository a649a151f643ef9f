import { onMissed } from '../lib/live-socket.ts';
import { queryClient } from './query-client.ts';

/** After a break that was too long for the server to tell what happened meanwhile, everything shown is asked for again. */
export function refreshWhenMissed(): void {
  onMissed(() => void queryClient.invalidateQueries());
}
