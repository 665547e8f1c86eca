-- Household files (docs/decisions/0041): one household, one file. What is of a person is sealed by the application before
-- it comes here; tier, cause, status and days stand open, so that files are counted without a key.

CREATE TABLE "households" (
    "id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "other_causes" TEXT[],
    "status" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "tier_year" INTEGER NOT NULL,
    "filed_on" DATE NOT NULL,
    "follow_up_on" DATE,
    "nonce" BYTEA NOT NULL,
    "address" BYTEA,
    "commitment" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "households_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "household_members" (
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "relation" TEXT NOT NULL,
    "name" BYTEA NOT NULL,
    "id_kind" TEXT,
    "id_number" BYTEA,
    "born" BYTEA,
    "sex" BYTEA,
    "phone" BYTEA,
    "health" BYTEA,
    "workplace" BYTEA,
    "nonce" BYTEA NOT NULL,
    "commitment" BYTEA NOT NULL,
    "identity_id" UUID,
    "key_id" TEXT NOT NULL,
    "name_digest" BYTEA NOT NULL,
    "index_key_id" TEXT NOT NULL,

    CONSTRAINT "household_members_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "household_events" (
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "happened_on" DATE NOT NULL,
    "year" INTEGER,
    "tier" TEXT,
    "reason" TEXT,
    "consent" TEXT,
    "due_on" DATE,
    "visitors" BYTEA,
    "note" BYTEA,
    "nonce" BYTEA NOT NULL,
    "commitment" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "household_events_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "household_people" (
    "identity_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_people_pkey" PRIMARY KEY ("identity_id")
);

CREATE TABLE "household_refusals" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_refusals_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "household_reveals" (
    "id" BIGSERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "organisation_id" INTEGER NOT NULL,
    "fields" TEXT[],
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_reveals_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "households_code_id_idx" ON "households"("code", "id");
CREATE INDEX "households_organisation_id_status_tier_year_idx" ON "households"("organisation_id", "status", "tier_year");
CREATE INDEX "households_key_id_id_idx" ON "households"("key_id", "id");
CREATE UNIQUE INDEX "households_organisation_id_code_key" ON "households"("organisation_id", "code");
CREATE UNIQUE INDEX "households_organisation_id_id_key" ON "households"("organisation_id", "id");
CREATE INDEX "household_members_identity_id_idx" ON "household_members"("identity_id");
CREATE INDEX "household_members_name_digest_idx" ON "household_members"("name_digest");
CREATE INDEX "household_members_key_id_id_idx" ON "household_members"("key_id", "id");
CREATE INDEX "household_members_index_key_id_id_idx" ON "household_members"("index_key_id", "id");
CREATE UNIQUE INDEX "household_members_household_id_no_key" ON "household_members"("household_id", "no");
CREATE UNIQUE INDEX "household_members_household_id_identity_id_key" ON "household_members"("household_id", "identity_id");
CREATE INDEX "household_events_key_id_id_idx" ON "household_events"("key_id", "id");
CREATE UNIQUE INDEX "household_events_household_id_no_key" ON "household_events"("household_id", "no");
CREATE INDEX "household_people_household_id_idx" ON "household_people"("household_id");
CREATE INDEX "household_refusals_user_id_at_idx" ON "household_refusals"("user_id", "at");
CREATE INDEX "household_reveals_user_id_at_idx" ON "household_reveals"("user_id", "at");
ALTER TABLE "households" ADD CONSTRAINT "households_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "households" ADD CONSTRAINT "households_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "household_members" ADD CONSTRAINT "household_members_organisation_id_household_id_fkey" FOREIGN KEY ("organisation_id", "household_id") REFERENCES "households"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "household_events" ADD CONSTRAINT "household_events_organisation_id_household_id_fkey" FOREIGN KEY ("organisation_id", "household_id") REFERENCES "households"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "household_events" ADD CONSTRAINT "household_events_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "household_refusals" ADD CONSTRAINT "household_refusals_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "household_refusals" ADD CONSTRAINT "household_refusals_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "household_reveals" ADD CONSTRAINT "household_reveals_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "household_reveals" ADD CONSTRAINT "household_reveals_organisation_id_household_id_fkey" FOREIGN KEY ("organisation_id", "household_id") REFERENCES "households"("organisation_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- What one row may say by itself.
ALTER TABLE "households"
  ADD CONSTRAINT "households_code_check" CHECK ("code" ~ '^[0-9A-Za-z][0-9A-Za-z-]{0,29}$' AND "code" !~ '[0-9]{11}'),
  ADD CONSTRAINT "households_kind_check" CHECK ("kind" IN ('URBAN', 'MIGRANT')),
  ADD CONSTRAINT "households_level_check" CHECK ("level" IN ('NATIONAL', 'PROVINCIAL', 'PREFECTURAL', 'COUNTY', 'GRASS_ROOTS')),
  ADD CONSTRAINT "households_cause_check" CHECK (("other_causes" || "cause") <@ ARRAY['NO_CAPACITY', 'NO_WORK', 'LAID_OFF', 'UNINSURED',
    'BENEFITS_SHORT', 'ILLNESS', 'DISASTER', 'ACCIDENT', 'SCHOOLING', 'OTHER']),
  ADD CONSTRAINT "households_other_causes_check" CHECK (cardinality("other_causes") <= 3 AND "cause" <> ALL ("other_causes")),
  ADD CONSTRAINT "households_status_check" CHECK ("status" IN ('OPEN', 'LIFTED', 'RETURNED', 'CLOSED')),
  ADD CONSTRAINT "households_tier_check" CHECK ("tier" IN ('DEEP', 'RELATIVE', 'ACCIDENT')),
  ADD CONSTRAINT "households_origin_check" CHECK ("origin" IN ('ENTERED', 'DEMO', 'IMPORTED')),
  ADD CONSTRAINT "households_commitment_check" CHECK (octet_length("commitment") = 32),
  ADD CONSTRAINT "households_seals_check" CHECK (
    ("key_id" = encode(substring("nonce" FROM 3 FOR 4), 'hex') AND octet_length("nonce") >= 66)
    AND ("address" IS NULL OR "key_id" = encode(substring("address" FROM 3 FOR 4), 'hex') AND octet_length("address") >= 66));
ALTER TABLE "household_members"
  ADD CONSTRAINT "household_members_no_check" CHECK ("no" BETWEEN 1 AND 20),
  ADD CONSTRAINT "household_members_relation_check" CHECK ("relation" IN ('SELF', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDPARENT', 'GRANDCHILD', 'SIBLING', 'OTHER')
    AND ("relation" = 'SELF') = ("no" = 1)),
  ADD CONSTRAINT "household_members_id_kind_check" CHECK ("id_kind" IN ('RESIDENT', 'HMT-PERMIT', 'FOREIGN-PERMANENT', 'PASSPORT', 'OTHER')),
  ADD CONSTRAINT "household_members_document_check" CHECK (("id_kind" IS NULL) = ("id_number" IS NULL) AND ("identity_id" IS NULL) = ("id_number" IS NULL)),
  ADD CONSTRAINT "household_members_name_digest_check" CHECK (octet_length("name_digest") = 32),
  ADD CONSTRAINT "household_members_commitment_check" CHECK (octet_length("commitment") = 32),
  ADD CONSTRAINT "household_members_seals_check" CHECK (
    ("key_id" = encode(substring("name" FROM 3 FOR 4), 'hex') AND octet_length("name") >= 66)
    AND ("key_id" = encode(substring("nonce" FROM 3 FOR 4), 'hex') AND octet_length("nonce") >= 66)
    AND ("id_number" IS NULL OR "key_id" = encode(substring("id_number" FROM 3 FOR 4), 'hex') AND octet_length("id_number") >= 66)
    AND ("born" IS NULL OR "key_id" = encode(substring("born" FROM 3 FOR 4), 'hex') AND octet_length("born") >= 66)
    AND ("sex" IS NULL OR "key_id" = encode(substring("sex" FROM 3 FOR 4), 'hex') AND octet_length("sex") >= 66)
    AND ("phone" IS NULL OR "key_id" = encode(substring("phone" FROM 3 FOR 4), 'hex') AND octet_length("phone") >= 66)
    AND ("health" IS NULL OR "key_id" = encode(substring("health" FROM 3 FOR 4), 'hex') AND octet_length("health") >= 66)
    AND ("workplace" IS NULL OR "key_id" = encode(substring("workplace" FROM 3 FOR 4), 'hex') AND octet_length("workplace") >= 66));
ALTER TABLE "household_events"
  ADD CONSTRAINT "household_events_no_check" CHECK ("no" BETWEEN 1 AND 1000),
  ADD CONSTRAINT "household_events_kind_check" CHECK ("kind" IN ('FILED', 'TIER', 'VISIT', 'CONSENT', 'CONSENT_ENDED', 'LIFTED', 'RETURNED', 'CLOSED')
    AND ("kind" = 'FILED') = ("no" = 1)),
  ADD CONSTRAINT "household_events_tier_check" CHECK (("tier" IN ('DEEP', 'RELATIVE', 'ACCIDENT')) IS NOT FALSE
    AND ("year" BETWEEN 2000 AND 2100) IS NOT FALSE AND ("tier" IS NULL) = ("year" IS NULL)
    AND ("kind" IN ('FILED', 'TIER', 'RETURNED')) = ("tier" IS NOT NULL)),
  ADD CONSTRAINT "household_events_reason_check" CHECK (CASE "kind"
    WHEN 'LIFTED' THEN coalesce("reason" IN ('INCOME_UP', 'EMPLOYED', 'RECOVERED', 'GRADUATED', 'OTHER'), false)
    WHEN 'RETURNED' THEN coalesce("reason" IN ('INCOME_DOWN', 'JOB_LOST', 'ILLNESS', 'ACCIDENT', 'OTHER'), false)
    WHEN 'CLOSED' THEN coalesce("reason" IN ('LIFTED_FOR_GOOD', 'MOVED', 'DIED', 'NOT_ELIGIBLE', 'REQUESTED', 'DUPLICATE', 'OTHER'), false)
    ELSE "reason" IS NULL END),
  ADD CONSTRAINT "household_events_consent_check" CHECK (("kind" IN ('CONSENT', 'CONSENT_ENDED')) = ("consent" IS NOT NULL)
    AND ("consent" IN ('INCOME_CHECK', 'PERSONAL_DATA', 'PUBLIC_NOTICE')) IS NOT FALSE),
  ADD CONSTRAINT "household_events_due_check" CHECK ("due_on" IS NULL OR "due_on" >= "happened_on" AND "kind" NOT IN ('TIER', 'CONSENT_ENDED', 'CLOSED')),
  ADD CONSTRAINT "household_events_follow_up_check" CHECK ("kind" <> 'LIFTED' OR "due_on" IS NOT NULL),
  ADD CONSTRAINT "household_events_visitors_check" CHECK ("visitors" IS NULL OR "kind" = 'VISIT'),
  ADD CONSTRAINT "household_events_commitment_check" CHECK (octet_length("commitment") = 32),
  ADD CONSTRAINT "household_events_seals_check" CHECK (
    ("key_id" = encode(substring("nonce" FROM 3 FOR 4), 'hex') AND octet_length("nonce") >= 66)
    AND ("visitors" IS NULL OR "key_id" = encode(substring("visitors" FROM 3 FOR 4), 'hex') AND octet_length("visitors") >= 66)
    AND ("note" IS NULL OR "key_id" = encode(substring("note" FROM 3 FOR 4), 'hex') AND octet_length("note") >= 66));
ALTER TABLE "household_refusals" ADD CONSTRAINT "household_refusals_people_check" CHECK ("people" > 0);
ALTER TABLE "household_reveals"
  ADD CONSTRAINT "household_reveals_fields_check" CHECK (cardinality("fields") > 0 AND "fields" <@ ARRAY['name', 'idNumber', 'born', 'phone', 'health', 'workplace', 'address', 'notes']),
  ADD CONSTRAINT "household_reveals_reason_check" CHECK ("reason" IN ('PAYMENT', 'VISIT', 'VERIFY', 'REQUESTED', 'COMPLAINT'));
