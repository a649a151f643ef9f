export const moveStatuses = ['begun', 'done', 'returning', 'undone'] as const;
export type MoveStatus = (typeof moveStatuses)[number];

export interface LibraryMoveTables {
  /** Files of the library that were given another place. */
  library_moves: {
    id: string;
    /** Moves that were asked for together. */
    run_id: string;
    library_id: string;
    from_path: string;
    to_path: string;
    /** Pairs of paths of what stands beside it; JSON. */
    companions: string;
    /** `begun` and `returning` (on its way back): the disk may hold either. */
    status: MoveStatus;
    moved_at: string;
  };
}
