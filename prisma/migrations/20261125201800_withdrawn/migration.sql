-- A submission may be taken back until a reviewer has opened it.
ALTER TABLE approval_steps DROP CONSTRAINT action_known;
ALTER TABLE approval_steps ADD CONSTRAINT action_known
  CHECK (action IN ('SUBMIT', 'WITHDRAW', 'OPEN', 'APPROVE', 'RETURN', 'VOID'));
