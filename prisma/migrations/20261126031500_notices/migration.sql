-- Up to when a person has read what the workbench tells them; what it tells stands in the chain and the calendar.
CREATE TABLE "notice_reads" (
    "user_id" UUID NOT NULL,
    "read_up_to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_reads_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "notice_reads" ADD CONSTRAINT "notice_reads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
