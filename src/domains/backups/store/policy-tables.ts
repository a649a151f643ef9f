import type { DataClass } from '../contract/index.ts';

export interface PolicyTables {
  backup_policies: {
    key: string;
    title: string;
    /** Jobs of this class that name no policy follow this one. */
    data_class: DataClass | null;
    /** JSON: the numbers, see `policySchema`. */
    rules: string;
    created_at: string;
    updated_at: string;
  };
}
