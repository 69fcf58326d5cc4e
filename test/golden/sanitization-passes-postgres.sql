-- the ledger
CREATE SCHEMA IF NOT EXISTS rewind
GO

-- the ledger
CREATE TABLE IF NOT EXISTS rewind.pass (id text PRIMARY KEY, method text NOT NULL, reached text, total bigint NOT NULL, row_counts text NOT NULL, is_estimate int NOT NULL, is_done int NOT NULL)
GO

-- the ledger
CREATE TABLE IF NOT EXISTS rewind.resting (id text PRIMARY KEY, kind text NOT NULL, in_schema text NOT NULL, in_table text NOT NULL, name text NOT NULL, state text NOT NULL, is_awake int NOT NULL)
GO

-- how far a pass is
-- @1 = '0 T 1'
delete from "rewind"."pass" where "id" = $1
GO

-- how far a pass is
-- @1 = '0 T 1'
-- @2 = 'slices'
-- @3 = '["1","US-900"]'
-- @4 = 9
-- @5 = '{"rule":3}'
-- @6 = 0
-- @7 = 0
insert into "rewind"."pass" ("id", "method", "reached", "total", "row_counts", "is_estimate", "is_done") values ($1, $2, $3, $4, $5, $6, $7)
GO

-- trigger rests
ALTER TABLE ONLY "public"."CUSTTABLE" DISABLE TRIGGER "audit "" it"
GO

-- trigger is noted
-- @1 = 'trigger public.CUSTTABLE audit " it'
delete from "rewind"."resting" where "id" = $1
GO

-- trigger is noted
-- @1 = 'trigger public.CUSTTABLE audit " it'
-- @2 = 'trigger'
-- @3 = 'public'
-- @4 = 'CUSTTABLE'
-- @5 = 'audit " it'
-- @6 = 'A'
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values ($1, $2, $3, $4, $5, $6, $7)
GO

-- trigger is on again
ALTER TABLE ONLY "public"."CUSTTABLE" ENABLE ALWAYS TRIGGER "audit "" it"
GO

-- rule rests
ALTER TABLE ONLY "public"."CUSTTABLE" DISABLE RULE "kept"
GO

-- rule is noted
-- @1 = 'rule public.CUSTTABLE kept'
delete from "rewind"."resting" where "id" = $1
GO

-- rule is noted
-- @1 = 'rule public.CUSTTABLE kept'
-- @2 = 'rule'
-- @3 = 'public'
-- @4 = 'CUSTTABLE'
-- @5 = 'kept'
-- @6 = 'R'
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values ($1, $2, $3, $4, $5, $6, $7)
GO

-- rule is on again
ALTER TABLE ONLY "public"."CUSTTABLE" ENABLE REPLICA RULE "kept"
GO

-- event trigger rests
ALTER EVENT TRIGGER "watch" DISABLE
GO

-- event trigger is noted
-- @1 = 'event trigger . watch'
delete from "rewind"."resting" where "id" = $1
GO

-- event trigger is noted
-- @1 = 'event trigger . watch'
-- @2 = 'event trigger'
-- @3 = ''
-- @4 = ''
-- @5 = 'watch'
-- @6 = 'O'
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values ($1, $2, $3, $4, $5, $6, $7)
GO

-- event trigger is on again
ALTER EVENT TRIGGER "watch" ENABLE
GO

-- row level security rests
ALTER TABLE ONLY "public"."CUSTTABLE" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY
GO

-- row level security is noted
-- @1 = 'row level security public.CUSTTABLE '
delete from "rewind"."resting" where "id" = $1
GO

-- row level security is noted
-- @1 = 'row level security public.CUSTTABLE '
-- @2 = 'row level security'
-- @3 = 'public'
-- @4 = 'CUSTTABLE'
-- @5 = ''
-- @6 = 'FORCE'
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values ($1, $2, $3, $4, $5, $6, $7)
GO

-- row level security is on again
ALTER TABLE ONLY "public"."CUSTTABLE" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY
GO

-- foreign key rests
ALTER TABLE "public"."CUSTTABLE" ALTER CONSTRAINT "FK_CUST" NOT ENFORCED
GO

-- foreign key is noted
-- @1 = 'foreign key public.CUSTTABLE FK_CUST'
delete from "rewind"."resting" where "id" = $1
GO

-- foreign key is noted
-- @1 = 'foreign key public.CUSTTABLE FK_CUST'
-- @2 = 'foreign key'
-- @3 = 'public'
-- @4 = 'CUSTTABLE'
-- @5 = 'FK_CUST'
-- @6 = ''
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values ($1, $2, $3, $4, $5, $6, $7)
GO

-- foreign key is on again
ALTER TABLE "public"."CUSTTABLE" ALTER CONSTRAINT "FK_CUST" ENFORCED
GO

-- rewritten, rewritten-too: rows to be changed
-- @1 = ''
-- @2 = 9
select count(*) as "n", count("c0") as "c0", count("c1") as "c1" from (select case when (1 = 1 and "NOTE" <> $1) then 1 end as "c0", case when (1 = 1 and ("KIND" is null or "KIND" <> $2)) then 1 end as "c1" from "public"."REWRITTEN") as "answers"
GO

-- rewritten, rewritten-too
-- @1 = ''
-- @2 = ''
-- @3 = 9
-- @4 = 9
-- @5 = ''
-- @6 = 9
update "public"."REWRITTEN" set "NOTE" = case when (1 = 1 and "NOTE" <> $1) then $2 else "NOTE" end, "KIND" = case when (1 = 1 and ("KIND" is null or "KIND" <> $3)) then $4 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ((1 = 1 and "NOTE" <> $5) or (1 = 1 and ("KIND" is null or "KIND" <> $6)))
GO

-- rewritten, rewritten-too: rows as they must not be
-- @1 = ''
-- @2 = 9
select count(*) as "n", count("c0") as "c0", count("c1") as "c1" from (select case when "NOTE" <> $1 then 1 end as "c0", case when ("KIND" is null or "KIND" not in ($2)) then 1 end as "c1" from "public"."REWRITTEN") as "answers"
GO

-- ranged: rows to be changed
-- @1 = 3
-- @2 = ''
select count(*) as "n", count("c0") as "c0" from (select case when ("KIND" = $1 and "NOTE" <> $2) then 1 end as "c0" from "public"."RANGED") as "answers"
GO

-- ranged
-- @1 = ''
-- @2 = 3
-- @3 = ''
update "public"."RANGED" set "NOTE" = $1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("KIND" = $2 and "NOTE" <> $3)
GO

-- ranged: rows as they must not be
-- @1 = 3
-- @2 = ''
select count(*) as "n", count("c0") as "c0" from (select case when ("KIND" = $1 and "NOTE" <> $2) then 1 end as "c0" from "public"."RANGED") as "answers"
GO

-- sliced, sliced-too: rows to be changed
-- @1 = 3
-- @2 = 'first'
-- @3 = 'first'
-- @4 = 'second'
-- @5 = 4
select count(*) as "n", count("c0") as "c0", count("c1") as "c1" from (select case when ("KIND" = $1 and ("NOTE" is null or "NOTE" <> $2)) then 1 end as "c0", case when (lower(rtrim("NOTE")) = lower(rtrim($3)) and (("NOTE" is null or "NOTE" <> $4) or ("KIND" is null or "KIND" <> $5))) then 1 end as "c1" from "public"."SLICED") as "answers"
GO

-- sliced, sliced-too
-- @1 = 3
-- @2 = 'first'
-- @3 = 'first'
-- @4 = 'first'
-- @5 = 3
-- @6 = 'first'
-- @7 = 'first'
-- @8 = 3
-- @9 = 'first'
-- @10 = 'first'
-- @11 = 'second'
-- @12 = 4
-- @13 = 'second'
-- @14 = 3
-- @15 = 'first'
-- @16 = 'first'
-- @17 = 3
-- @18 = 'first'
-- @19 = 'first'
-- @20 = 'first'
-- @21 = 3
-- @22 = 'first'
-- @23 = 'first'
-- @24 = 3
-- @25 = 'first'
-- @26 = 'first'
-- @27 = 'second'
-- @28 = 4
-- @29 = 4
-- @30 = 3
-- @31 = 'first'
-- @32 = 'first'
-- @33 = 'second'
-- @34 = 4
update "public"."SLICED" set "NOTE" = case when (lower(rtrim(case when ("KIND" = $1 and ("NOTE" is null or "NOTE" <> $2)) then $3 else "NOTE" end)) = lower(rtrim($4)) and ((case when ("KIND" = $5 and ("NOTE" is null or "NOTE" <> $6)) then $7 else "NOTE" end is null or case when ("KIND" = $8 and ("NOTE" is null or "NOTE" <> $9)) then $10 else "NOTE" end <> $11) or ("KIND" is null or "KIND" <> $12))) then $13 else case when ("KIND" = $14 and ("NOTE" is null or "NOTE" <> $15)) then $16 else "NOTE" end end, "KIND" = case when (lower(rtrim(case when ("KIND" = $17 and ("NOTE" is null or "NOTE" <> $18)) then $19 else "NOTE" end)) = lower(rtrim($20)) and ((case when ("KIND" = $21 and ("NOTE" is null or "NOTE" <> $22)) then $23 else "NOTE" end is null or case when ("KIND" = $24 and ("NOTE" is null or "NOTE" <> $25)) then $26 else "NOTE" end <> $27) or ("KIND" is null or "KIND" <> $28))) then $29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("KIND" = $30 and ("NOTE" is null or "NOTE" <> $31)) or (lower(rtrim("NOTE")) = lower(rtrim($32)) and (("NOTE" is null or "NOTE" <> $33) or ("KIND" is null or "KIND" <> $34))))
GO

-- sliced, sliced-too: rows as they must not be
-- @1 = 3
-- @2 = 'first'
-- @3 = 'second'
-- @4 = 'first'
select count(*) as "n", count("c0") as "c0", count("c1") as "c1" from (select case when ("KIND" = $1 and ("NOTE" is null or lower(rtrim("NOTE")) not in (lower(rtrim($2)), lower(rtrim($3))))) then 1 end as "c0", case when lower(rtrim("NOTE")) = lower(rtrim($4)) then 1 end as "c1" from "public"."SLICED") as "answers"
GO

-- thinned: rows to be changed
-- @1 = 3
select count(*) as "n", count("c0") as "c0" from (select case when "KIND" = $1 then 1 end as "c0" from "public"."THINNED") as "answers"
GO

-- thinned
-- @1 = 3
delete from "public"."THINNED" where "KIND" = $1
GO

-- thinned: rows as they must not be
-- @1 = 3
select count(*) as "n", count("c0") as "c0" from (select case when "KIND" = $1 then 1 end as "c0" from "public"."THINNED") as "answers"
GO

-- emptied-lines: rows to be changed
select count(*) as "n", count("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "public"."EMPTIEDLINES") as "answers"
GO

-- emptied-lines
truncate table "public"."EMPTIEDLINES"
GO

-- emptied-lines: rows as they must not be
select count(*) as "n", count("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "public"."EMPTIEDLINES") as "answers"
GO

-- emptied: rows to be changed
select count(*) as "n", count("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "public"."EMPTIED") as "answers"
GO

-- emptied
truncate table "public"."EMPTIED"
GO

-- emptied: rows as they must not be
select count(*) as "n", count("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "public"."EMPTIED") as "answers"
GO

-- referred: rows to be changed
select count(*) as "n", count("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "public"."REFERRED") as "answers"
GO

-- referred
truncate table "public"."REFERRED"
GO

-- referred: rows as they must not be
select count(*) as "n", count("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "public"."REFERRED") as "answers"
GO

-- small: rows to be changed
-- @1 = ''
select count(*) as "n", count("c0") as "c0" from (select case when (1 = 1 and "NOTE" <> $1) then 1 end as "c0" from "public"."SMALL") as "answers"
GO

-- small
-- @1 = ''
-- @2 = ''
update "public"."SMALL" set "NOTE" = $1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "NOTE" <> $2)
GO

-- small: rows as they must not be
-- @1 = ''
select count(*) as "n", count("c0") as "c0" from (select case when "NOTE" <> $1 then 1 end as "c0" from "public"."SMALL") as "answers"
GO

-- slices: their bounds
select cast("PARTITION" as text) as "k0", cast("ACCOUNT" as text) as "k1" from (select "PARTITION", "ACCOUNT", row_number() over (order by "PARTITION", "ACCOUNT") as "n" from "public"."SLICED" where 1 = 1) as "numbered" where "n" % 100000 = 0 order by "n"
GO

-- slices: their bounds behind the last one that is done
-- @1 = '1'
-- @2 = 'US-001'
-- @3 = '1'
select cast("PARTITION" as text) as "k0", cast("ACCOUNT" as text) as "k1" from (select "PARTITION", "ACCOUNT", row_number() over (order by "PARTITION", "ACCOUNT") as "n" from "public"."SLICED" where (("PARTITION" = cast($1 as bigint) and "ACCOUNT" > cast($2 as character varying(20))) or "PARTITION" > cast($3 as bigint))) as "numbered" where "n" % 100000 = 0 order by "n"
GO

-- a slice within one leading value
-- @1 = 3
-- @2 = 'first'
-- @3 = 'first'
-- @4 = 'first'
-- @5 = 3
-- @6 = 'first'
-- @7 = 'first'
-- @8 = 3
-- @9 = 'first'
-- @10 = 'first'
-- @11 = 'second'
-- @12 = 4
-- @13 = 'second'
-- @14 = 3
-- @15 = 'first'
-- @16 = 'first'
-- @17 = 3
-- @18 = 'first'
-- @19 = 'first'
-- @20 = 'first'
-- @21 = 3
-- @22 = 'first'
-- @23 = 'first'
-- @24 = 3
-- @25 = 'first'
-- @26 = 'first'
-- @27 = 'second'
-- @28 = 4
-- @29 = 4
-- @30 = '1'
-- @31 = 'US-001'
-- @32 = 'US-900'
-- @33 = 3
-- @34 = 'first'
-- @35 = 'first'
-- @36 = 'second'
-- @37 = 4
update "public"."SLICED" set "NOTE" = case when (lower(rtrim(case when ("KIND" = $1 and ("NOTE" is null or "NOTE" <> $2)) then $3 else "NOTE" end)) = lower(rtrim($4)) and ((case when ("KIND" = $5 and ("NOTE" is null or "NOTE" <> $6)) then $7 else "NOTE" end is null or case when ("KIND" = $8 and ("NOTE" is null or "NOTE" <> $9)) then $10 else "NOTE" end <> $11) or ("KIND" is null or "KIND" <> $12))) then $13 else case when ("KIND" = $14 and ("NOTE" is null or "NOTE" <> $15)) then $16 else "NOTE" end end, "KIND" = case when (lower(rtrim(case when ("KIND" = $17 and ("NOTE" is null or "NOTE" <> $18)) then $19 else "NOTE" end)) = lower(rtrim($20)) and ((case when ("KIND" = $21 and ("NOTE" is null or "NOTE" <> $22)) then $23 else "NOTE" end is null or case when ("KIND" = $24 and ("NOTE" is null or "NOTE" <> $25)) then $26 else "NOTE" end <> $27) or ("KIND" is null or "KIND" <> $28))) then $29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("PARTITION" = cast($30 as bigint) and "ACCOUNT" > cast($31 as character varying(20)) and "ACCOUNT" <= cast($32 as character varying(20))) and (("KIND" = $33 and ("NOTE" is null or "NOTE" <> $34)) or (lower(rtrim("NOTE")) = lower(rtrim($35)) and (("NOTE" is null or "NOTE" <> $36) or ("KIND" is null or "KIND" <> $37)))))
GO

-- the last slice
-- @1 = 3
-- @2 = 'first'
-- @3 = 'first'
-- @4 = 'first'
-- @5 = 3
-- @6 = 'first'
-- @7 = 'first'
-- @8 = 3
-- @9 = 'first'
-- @10 = 'first'
-- @11 = 'second'
-- @12 = 4
-- @13 = 'second'
-- @14 = 3
-- @15 = 'first'
-- @16 = 'first'
-- @17 = 3
-- @18 = 'first'
-- @19 = 'first'
-- @20 = 'first'
-- @21 = 3
-- @22 = 'first'
-- @23 = 'first'
-- @24 = 3
-- @25 = 'first'
-- @26 = 'first'
-- @27 = 'second'
-- @28 = 4
-- @29 = 4
-- @30 = '1'
-- @31 = 'US-900'
-- @32 = 3
-- @33 = 'first'
-- @34 = 'first'
-- @35 = 'second'
-- @36 = 4
update "public"."SLICED" set "NOTE" = case when (lower(rtrim(case when ("KIND" = $1 and ("NOTE" is null or "NOTE" <> $2)) then $3 else "NOTE" end)) = lower(rtrim($4)) and ((case when ("KIND" = $5 and ("NOTE" is null or "NOTE" <> $6)) then $7 else "NOTE" end is null or case when ("KIND" = $8 and ("NOTE" is null or "NOTE" <> $9)) then $10 else "NOTE" end <> $11) or ("KIND" is null or "KIND" <> $12))) then $13 else case when ("KIND" = $14 and ("NOTE" is null or "NOTE" <> $15)) then $16 else "NOTE" end end, "KIND" = case when (lower(rtrim(case when ("KIND" = $17 and ("NOTE" is null or "NOTE" <> $18)) then $19 else "NOTE" end)) = lower(rtrim($20)) and ((case when ("KIND" = $21 and ("NOTE" is null or "NOTE" <> $22)) then $23 else "NOTE" end is null or case when ("KIND" = $24 and ("NOTE" is null or "NOTE" <> $25)) then $26 else "NOTE" end <> $27) or ("KIND" is null or "KIND" <> $28))) then $29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("PARTITION" = cast($30 as bigint) and "ACCOUNT" > cast($31 as character varying(20))) and (("KIND" = $32 and ("NOTE" is null or "NOTE" <> $33)) or (lower(rtrim("NOTE")) = lower(rtrim($34)) and (("NOTE" is null or "NOTE" <> $35) or ("KIND" is null or "KIND" <> $36)))))
GO

-- the last slice
-- @1 = 3
-- @2 = 'first'
-- @3 = 'first'
-- @4 = 'first'
-- @5 = 3
-- @6 = 'first'
-- @7 = 'first'
-- @8 = 3
-- @9 = 'first'
-- @10 = 'first'
-- @11 = 'second'
-- @12 = 4
-- @13 = 'second'
-- @14 = 3
-- @15 = 'first'
-- @16 = 'first'
-- @17 = 3
-- @18 = 'first'
-- @19 = 'first'
-- @20 = 'first'
-- @21 = 3
-- @22 = 'first'
-- @23 = 'first'
-- @24 = 3
-- @25 = 'first'
-- @26 = 'first'
-- @27 = 'second'
-- @28 = 4
-- @29 = 4
-- @30 = '1'
-- @31 = 3
-- @32 = 'first'
-- @33 = 'first'
-- @34 = 'second'
-- @35 = 4
update "public"."SLICED" set "NOTE" = case when (lower(rtrim(case when ("KIND" = $1 and ("NOTE" is null or "NOTE" <> $2)) then $3 else "NOTE" end)) = lower(rtrim($4)) and ((case when ("KIND" = $5 and ("NOTE" is null or "NOTE" <> $6)) then $7 else "NOTE" end is null or case when ("KIND" = $8 and ("NOTE" is null or "NOTE" <> $9)) then $10 else "NOTE" end <> $11) or ("KIND" is null or "KIND" <> $12))) then $13 else case when ("KIND" = $14 and ("NOTE" is null or "NOTE" <> $15)) then $16 else "NOTE" end end, "KIND" = case when (lower(rtrim(case when ("KIND" = $17 and ("NOTE" is null or "NOTE" <> $18)) then $19 else "NOTE" end)) = lower(rtrim($20)) and ((case when ("KIND" = $21 and ("NOTE" is null or "NOTE" <> $22)) then $23 else "NOTE" end is null or case when ("KIND" = $24 and ("NOTE" is null or "NOTE" <> $25)) then $26 else "NOTE" end <> $27) or ("KIND" is null or "KIND" <> $28))) then $29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("PARTITION" > cast($30 as bigint) and (("KIND" = $31 and ("NOTE" is null or "NOTE" <> $32)) or (lower(rtrim("NOTE")) = lower(rtrim($33)) and (("NOTE" is null or "NOTE" <> $34) or ("KIND" is null or "KIND" <> $35)))))
GO

-- the table is written anew
alter table "public"."REWRITTEN" alter column "NOTE" type character varying(60) using (case when (1 = 1 and "NOTE" <> '') then '' else "NOTE" end), alter column "KIND" type integer using (case when (1 = 1 and ("KIND" is null or "KIND" <> '9')) then '9' else "KIND" end), alter column "RECVERSION" type integer using (case when ((1 = 1 and "NOTE" <> '') or (1 = 1 and ("KIND" is null or "KIND" <> '9'))) then case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end else "RECVERSION" end)
GO
