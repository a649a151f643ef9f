/** Who said yes to which model of a real person. */
export interface ConsentTables {
  model_consents: {
    model_id: number;
    given_by: string;
    given_at: string;
  };
}
