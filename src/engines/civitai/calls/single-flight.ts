/**
 * Questions asked at the same time are asked once (models.md M-048). The shared work goes on as long as somebody still
 * waits for it, and is aborted when the last one has left.
 */
export interface SingleFlight<Result> {
  /** Joins the work that is under way for `key`, or starts it. Rejects with the signal's reason when aborted. */
  join(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
}

interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  passengers: number;
}

export function createSingleFlight<Result>(): SingleFlight<Result> {
  const flights = new Map<string, Flight<Result>>();

  function start(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController();
    const flight: Flight<Result> = { controller, passengers: 0, result: work(controller.signal) };
    flights.set(key, flight);
    function land(): void {
      if (flights.get(key) === flight) flights.delete(key);
    }
    flight.result.then(land, land);
    return flight;
  }

  return {
    async join(key, signal, work) {
      signal.throwIfAborted();
      const flight = flights.get(key) ?? start(key, work);
      flight.passengers += 1;
      const left = Promise.withResolvers<never>();
      function leave(): void {
        left.reject(signal.reason);
      }
      signal.addEventListener('abort', leave, { once: true });
      try {
        return await Promise.race([flight.result, left.promise]);
      } finally {
        signal.removeEventListener('abort', leave);
        flight.passengers -= 1;
        if (flight.passengers === 0) {
          // Whoever comes now must not board what is being given up.
          if (flights.get(key) === flight) flights.delete(key);
          flight.controller.abort(signal.reason);
        }
      }
    },
  };
}
