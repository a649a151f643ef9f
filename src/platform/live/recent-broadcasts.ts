/** The last events, for those who were away a moment. What is older they read anew. */

export interface Broadcast {
  /** Who hears it. */
  readonly room: string;
  readonly topic: string;
  readonly payload: object;
  /** Place in the order of events; null for what is true for a moment only, such as progress. */
  readonly position: number | null;
}

export interface RecentBroadcasts {
  add(broadcast: Broadcast): void;
  /** What came after a position; undefined when it is not all here any more. */
  since(position: number): readonly Broadcast[] | undefined;
  /** Of the newest event known. */
  readonly latest: number;
}

/** @param from everything up to this position is past. */
export function createRecentBroadcasts(from: number, most = 1000): RecentBroadcasts {
  const kept: Broadcast[] = [];
  let forgotten = from;
  let latest = from;
  return {
    add(broadcast) {
      if (broadcast.position === null) return;
      kept.push(broadcast);
      latest = Math.max(latest, broadcast.position);
      if (kept.length > most) forgotten = Math.max(forgotten, kept.shift()?.position ?? 0);
    },
    since: (position) => (position < forgotten ? undefined : kept.filter((one) => (one.position ?? 0) > position)),
    get latest() {
      return latest;
    },
  };
}
