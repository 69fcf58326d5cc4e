-- the ledger
IF SCHEMA_ID(N'rewind') IS NULL EXEC (N'CREATE SCHEMA rewind')
GO

-- the ledger
IF OBJECT_ID(N'rewind.pass') IS NULL CREATE TABLE rewind.pass (id nvarchar(450) NOT NULL PRIMARY KEY, method nvarchar(20) NOT NULL, reached nvarchar(max) NULL, total bigint NOT NULL, row_counts nvarchar(max) NOT NULL, is_estimate int NOT NULL, is_done int NOT NULL)
GO

-- the ledger
IF OBJECT_ID(N'rewind.resting') IS NULL CREATE TABLE rewind.resting (id nvarchar(450) NOT NULL PRIMARY KEY, kind nvarchar(40) NOT NULL, in_schema nvarchar(128) NOT NULL, in_table nvarchar(128) NOT NULL, name nvarchar(128) NOT NULL, state nvarchar(max) NOT NULL, is_awake int NOT NULL)
GO

-- how far a pass is
-- @1 = '0 T 1'
delete from "rewind"."pass" where "id" = @1
GO

-- how far a pass is
-- @1 = '0 T 1'
-- @2 = 'slices'
-- @3 = '["1","usmf","US-900"]'
-- @4 = 9
-- @5 = '{"rule":3}'
-- @6 = 0
-- @7 = 0
insert into "rewind"."pass" ("id", "method", "reached", "total", "row_counts", "is_estimate", "is_done") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- trigger rests
DISABLE TRIGGER [dbo].[audit ]] it] ON [dbo].[CUSTTABLE]
GO

-- trigger is noted
-- @1 = 'trigger dbo.CUSTTABLE audit ] it'
delete from "rewind"."resting" where "id" = @1
GO

-- trigger is noted
-- @1 = 'trigger dbo.CUSTTABLE audit ] it'
-- @2 = 'trigger'
-- @3 = 'dbo'
-- @4 = 'CUSTTABLE'
-- @5 = 'audit ] it'
-- @6 = ''
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- trigger is on again
ENABLE TRIGGER [dbo].[audit ]] it] ON [dbo].[CUSTTABLE]
GO

-- database trigger rests
DISABLE TRIGGER [watch] ON DATABASE
GO

-- database trigger is noted
-- @1 = 'database trigger . watch'
delete from "rewind"."resting" where "id" = @1
GO

-- database trigger is noted
-- @1 = 'database trigger . watch'
-- @2 = 'database trigger'
-- @3 = ''
-- @4 = ''
-- @5 = 'watch'
-- @6 = ''
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- database trigger is on again
ENABLE TRIGGER [watch] ON DATABASE
GO

-- security policy rests
ALTER SECURITY POLICY [dbo].[half] WITH (STATE = OFF)
GO

-- security policy is noted
-- @1 = 'security policy dbo. half'
delete from "rewind"."resting" where "id" = @1
GO

-- security policy is noted
-- @1 = 'security policy dbo. half'
-- @2 = 'security policy'
-- @3 = 'dbo'
-- @4 = ''
-- @5 = 'half'
-- @6 = ''
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- security policy is on again
ALTER SECURITY POLICY [dbo].[half] WITH (STATE = ON)
GO

-- change tracking rests
ALTER TABLE [dbo].[CUSTTABLE] DISABLE CHANGE_TRACKING
GO

-- change tracking is noted
-- @1 = 'change tracking dbo.CUSTTABLE '
delete from "rewind"."resting" where "id" = @1
GO

-- change tracking is noted
-- @1 = 'change tracking dbo.CUSTTABLE '
-- @2 = 'change tracking'
-- @3 = 'dbo'
-- @4 = 'CUSTTABLE'
-- @5 = ''
-- @6 = 'ON'
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- change tracking is on again
ALTER TABLE [dbo].[CUSTTABLE] ENABLE CHANGE_TRACKING WITH (TRACK_COLUMNS_UPDATED = ON)
GO

-- foreign key rests
ALTER TABLE [dbo].[CUSTTABLE] NOCHECK CONSTRAINT [FK_CUST]
GO

-- foreign key is noted
-- @1 = 'foreign key dbo.CUSTTABLE FK_CUST'
delete from "rewind"."resting" where "id" = @1
GO

-- foreign key is noted
-- @1 = 'foreign key dbo.CUSTTABLE FK_CUST'
-- @2 = 'foreign key'
-- @3 = 'dbo'
-- @4 = 'CUSTTABLE'
-- @5 = 'FK_CUST'
-- @6 = ''
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- foreign key is on again
ALTER TABLE [dbo].[CUSTTABLE] WITH CHECK CHECK CONSTRAINT [FK_CUST]
GO

-- versioning rests
ALTER TABLE [dbo].[CUSTTABLE] SET (SYSTEM_VERSIONING = OFF)
GO

-- versioning is noted
-- @1 = 'versioning dbo.CUSTTABLE '
delete from "rewind"."resting" where "id" = @1
GO

-- versioning is noted
-- @1 = 'versioning dbo.CUSTTABLE '
-- @2 = 'versioning'
-- @3 = 'dbo'
-- @4 = 'CUSTTABLE'
-- @5 = ''
-- @6 = 'HISTORY_TABLE = [dbo].[H], DATA_CONSISTENCY_CHECK = ON'
-- @7 = 0
insert into "rewind"."resting" ("id", "kind", "in_schema", "in_table", "name", "state", "is_awake") values (@1, @2, @3, @4, @5, @6, @7)
GO

-- versioning is on again
ALTER TABLE [dbo].[CUSTTABLE] SET (SYSTEM_VERSIONING = ON (HISTORY_TABLE = [dbo].[H], DATA_CONSISTENCY_CHECK = ON))
GO

-- rewritten, rewritten-too: rows to be changed
-- @1 = ''
-- @2 = 9
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1" from (select case when (1 = 1 and "NOTE" <> @1) then 1 end as "c0", case when (1 = 1 and ("KIND" is null or "KIND" <> @2)) then 1 end as "c1" from "dbo"."REWRITTEN") as "answers"
GO

-- rewritten, rewritten-too
-- @1 = ''
-- @2 = ''
-- @3 = 9
-- @4 = 9
-- @5 = ''
-- @6 = 9
update "dbo"."REWRITTEN" with (tablockx) set "NOTE" = case when (1 = 1 and "NOTE" <> @1) then @2 else "NOTE" end, "KIND" = case when (1 = 1 and ("KIND" is null or "KIND" <> @3)) then @4 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ((1 = 1 and "NOTE" <> @5) or (1 = 1 and ("KIND" is null or "KIND" <> @6)))
GO

-- rewritten, rewritten-too: rows as they must not be
-- @1 = ''
-- @2 = 9
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1" from (select case when "NOTE" <> @1 then 1 end as "c0", case when ("KIND" is null or "KIND" not in (@2)) then 1 end as "c1" from "dbo"."REWRITTEN") as "answers"
GO

-- ranged: rows to be changed
-- @1 = 3
-- @2 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("KIND" = @1 and "NOTE" <> @2) then 1 end as "c0" from "dbo"."RANGED") as "answers"
GO

-- ranged
-- @1 = ''
-- @2 = 3
-- @3 = ''
update "dbo"."RANGED" with (tablockx) set "NOTE" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("KIND" = @2 and "NOTE" <> @3)
GO

-- ranged: rows as they must not be
-- @1 = 3
-- @2 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("KIND" = @1 and "NOTE" <> @2) then 1 end as "c0" from "dbo"."RANGED") as "answers"
GO

-- sliced, sliced-too: rows to be changed
-- @1 = 3
-- @2 = 'first'
-- @3 = 'first'
-- @4 = 'second'
-- @5 = 4
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1" from (select case when ("KIND" = @1 and ("NOTE" is null or "NOTE" <> @2)) then 1 end as "c0", case when ("NOTE" = @3 and (("NOTE" is null or "NOTE" <> @4) or ("KIND" is null or "KIND" <> @5))) then 1 end as "c1" from "dbo"."SLICED") as "answers"
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
update "dbo"."SLICED" with (tablockx) set "NOTE" = case when (case when ("KIND" = @1 and ("NOTE" is null or "NOTE" <> @2)) then @3 else "NOTE" end = @4 and ((case when ("KIND" = @5 and ("NOTE" is null or "NOTE" <> @6)) then @7 else "NOTE" end is null or case when ("KIND" = @8 and ("NOTE" is null or "NOTE" <> @9)) then @10 else "NOTE" end <> @11) or ("KIND" is null or "KIND" <> @12))) then @13 else case when ("KIND" = @14 and ("NOTE" is null or "NOTE" <> @15)) then @16 else "NOTE" end end, "KIND" = case when (case when ("KIND" = @17 and ("NOTE" is null or "NOTE" <> @18)) then @19 else "NOTE" end = @20 and ((case when ("KIND" = @21 and ("NOTE" is null or "NOTE" <> @22)) then @23 else "NOTE" end is null or case when ("KIND" = @24 and ("NOTE" is null or "NOTE" <> @25)) then @26 else "NOTE" end <> @27) or ("KIND" is null or "KIND" <> @28))) then @29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("KIND" = @30 and ("NOTE" is null or "NOTE" <> @31)) or ("NOTE" = @32 and (("NOTE" is null or "NOTE" <> @33) or ("KIND" is null or "KIND" <> @34))))
GO

-- sliced, sliced-too: rows as they must not be
-- @1 = 3
-- @2 = 'first'
-- @3 = 'second'
-- @4 = 'first'
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1" from (select case when ("KIND" = @1 and ("NOTE" is null or "NOTE" not in (@2, @3))) then 1 end as "c0", case when "NOTE" = @4 then 1 end as "c1" from "dbo"."SLICED") as "answers"
GO

-- thinned: rows to be changed
-- @1 = 3
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "KIND" = @1 then 1 end as "c0" from "dbo"."THINNED") as "answers"
GO

-- thinned
-- @1 = 3
delete from "dbo"."THINNED" with (tablockx) where "KIND" = @1
GO

-- thinned: rows as they must not be
-- @1 = 3
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "KIND" = @1 then 1 end as "c0" from "dbo"."THINNED") as "answers"
GO

-- emptied-lines: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."EMPTIEDLINES") as "answers"
GO

-- emptied-lines
truncate table "dbo"."EMPTIEDLINES"
GO

-- emptied-lines: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."EMPTIEDLINES") as "answers"
GO

-- emptied: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."EMPTIED") as "answers"
GO

-- emptied
truncate table "dbo"."EMPTIED"
GO

-- emptied: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."EMPTIED") as "answers"
GO

-- referred: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."REFERRED") as "answers"
GO

-- referred
truncate table "dbo"."REFERRED"
GO

-- referred: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."REFERRED") as "answers"
GO

-- small: rows to be changed
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "NOTE" <> @1) then 1 end as "c0" from "dbo"."SMALL") as "answers"
GO

-- small
-- @1 = ''
-- @2 = ''
update "dbo"."SMALL" with (tablockx) set "NOTE" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "NOTE" <> @2)
GO

-- small: rows as they must not be
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "NOTE" <> @1 then 1 end as "c0" from "dbo"."SMALL") as "answers"
GO

-- slices: their bounds
select cast("PARTITION" as nvarchar(4000)) as "k0", cast("DATAAREAID" as nvarchar(4000)) as "k1", cast("ACCOUNT" as nvarchar(4000)) as "k2" from (select "PARTITION", "DATAAREAID", "ACCOUNT", row_number() over (order by "PARTITION", "DATAAREAID", "ACCOUNT") as "n" from "dbo"."SLICED" where 1 = 1) as "numbered" where "n" % 100000 = 0 order by "n"
GO

-- slices: their bounds behind the last one that is done
-- @1 = '1'
-- @2 = 'usmf'
-- @3 = 'US-001'
-- @4 = '1'
-- @5 = 'usmf'
-- @6 = '1'
select cast("PARTITION" as nvarchar(4000)) as "k0", cast("DATAAREAID" as nvarchar(4000)) as "k1", cast("ACCOUNT" as nvarchar(4000)) as "k2" from (select "PARTITION", "DATAAREAID", "ACCOUNT", row_number() over (order by "PARTITION", "DATAAREAID", "ACCOUNT") as "n" from "dbo"."SLICED" where (("PARTITION" = cast(@1 as bigint) and "DATAAREAID" = cast(@2 as nvarchar(4)) and "ACCOUNT" > cast(@3 as nvarchar(20))) or ("PARTITION" = cast(@4 as bigint) and "DATAAREAID" > cast(@5 as nvarchar(4))) or "PARTITION" > cast(@6 as bigint))) as "numbered" where "n" % 100000 = 0 order by "n"
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
-- @31 = 'usmf'
-- @32 = 'US-001'
-- @33 = 'US-900'
-- @34 = 3
-- @35 = 'first'
-- @36 = 'first'
-- @37 = 'second'
-- @38 = 4
update "dbo"."SLICED" with (tablockx) set "NOTE" = case when (case when ("KIND" = @1 and ("NOTE" is null or "NOTE" <> @2)) then @3 else "NOTE" end = @4 and ((case when ("KIND" = @5 and ("NOTE" is null or "NOTE" <> @6)) then @7 else "NOTE" end is null or case when ("KIND" = @8 and ("NOTE" is null or "NOTE" <> @9)) then @10 else "NOTE" end <> @11) or ("KIND" is null or "KIND" <> @12))) then @13 else case when ("KIND" = @14 and ("NOTE" is null or "NOTE" <> @15)) then @16 else "NOTE" end end, "KIND" = case when (case when ("KIND" = @17 and ("NOTE" is null or "NOTE" <> @18)) then @19 else "NOTE" end = @20 and ((case when ("KIND" = @21 and ("NOTE" is null or "NOTE" <> @22)) then @23 else "NOTE" end is null or case when ("KIND" = @24 and ("NOTE" is null or "NOTE" <> @25)) then @26 else "NOTE" end <> @27) or ("KIND" is null or "KIND" <> @28))) then @29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("PARTITION" = cast(@30 as bigint) and "DATAAREAID" = cast(@31 as nvarchar(4)) and "ACCOUNT" > cast(@32 as nvarchar(20)) and "ACCOUNT" <= cast(@33 as nvarchar(20))) and (("KIND" = @34 and ("NOTE" is null or "NOTE" <> @35)) or ("NOTE" = @36 and (("NOTE" is null or "NOTE" <> @37) or ("KIND" is null or "KIND" <> @38)))))
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
-- @31 = 'usmf'
-- @32 = 'US-900'
-- @33 = 3
-- @34 = 'first'
-- @35 = 'first'
-- @36 = 'second'
-- @37 = 4
update "dbo"."SLICED" with (tablockx) set "NOTE" = case when (case when ("KIND" = @1 and ("NOTE" is null or "NOTE" <> @2)) then @3 else "NOTE" end = @4 and ((case when ("KIND" = @5 and ("NOTE" is null or "NOTE" <> @6)) then @7 else "NOTE" end is null or case when ("KIND" = @8 and ("NOTE" is null or "NOTE" <> @9)) then @10 else "NOTE" end <> @11) or ("KIND" is null or "KIND" <> @12))) then @13 else case when ("KIND" = @14 and ("NOTE" is null or "NOTE" <> @15)) then @16 else "NOTE" end end, "KIND" = case when (case when ("KIND" = @17 and ("NOTE" is null or "NOTE" <> @18)) then @19 else "NOTE" end = @20 and ((case when ("KIND" = @21 and ("NOTE" is null or "NOTE" <> @22)) then @23 else "NOTE" end is null or case when ("KIND" = @24 and ("NOTE" is null or "NOTE" <> @25)) then @26 else "NOTE" end <> @27) or ("KIND" is null or "KIND" <> @28))) then @29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("PARTITION" = cast(@30 as bigint) and "DATAAREAID" = cast(@31 as nvarchar(4)) and "ACCOUNT" > cast(@32 as nvarchar(20))) and (("KIND" = @33 and ("NOTE" is null or "NOTE" <> @34)) or ("NOTE" = @35 and (("NOTE" is null or "NOTE" <> @36) or ("KIND" is null or "KIND" <> @37)))))
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
-- @31 = 'usmf'
-- @32 = 3
-- @33 = 'first'
-- @34 = 'first'
-- @35 = 'second'
-- @36 = 4
update "dbo"."SLICED" with (tablockx) set "NOTE" = case when (case when ("KIND" = @1 and ("NOTE" is null or "NOTE" <> @2)) then @3 else "NOTE" end = @4 and ((case when ("KIND" = @5 and ("NOTE" is null or "NOTE" <> @6)) then @7 else "NOTE" end is null or case when ("KIND" = @8 and ("NOTE" is null or "NOTE" <> @9)) then @10 else "NOTE" end <> @11) or ("KIND" is null or "KIND" <> @12))) then @13 else case when ("KIND" = @14 and ("NOTE" is null or "NOTE" <> @15)) then @16 else "NOTE" end end, "KIND" = case when (case when ("KIND" = @17 and ("NOTE" is null or "NOTE" <> @18)) then @19 else "NOTE" end = @20 and ((case when ("KIND" = @21 and ("NOTE" is null or "NOTE" <> @22)) then @23 else "NOTE" end is null or case when ("KIND" = @24 and ("NOTE" is null or "NOTE" <> @25)) then @26 else "NOTE" end <> @27) or ("KIND" is null or "KIND" <> @28))) then @29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("PARTITION" = cast(@30 as bigint) and "DATAAREAID" > cast(@31 as nvarchar(4))) and (("KIND" = @32 and ("NOTE" is null or "NOTE" <> @33)) or ("NOTE" = @34 and (("NOTE" is null or "NOTE" <> @35) or ("KIND" is null or "KIND" <> @36)))))
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
update "dbo"."SLICED" with (tablockx) set "NOTE" = case when (case when ("KIND" = @1 and ("NOTE" is null or "NOTE" <> @2)) then @3 else "NOTE" end = @4 and ((case when ("KIND" = @5 and ("NOTE" is null or "NOTE" <> @6)) then @7 else "NOTE" end is null or case when ("KIND" = @8 and ("NOTE" is null or "NOTE" <> @9)) then @10 else "NOTE" end <> @11) or ("KIND" is null or "KIND" <> @12))) then @13 else case when ("KIND" = @14 and ("NOTE" is null or "NOTE" <> @15)) then @16 else "NOTE" end end, "KIND" = case when (case when ("KIND" = @17 and ("NOTE" is null or "NOTE" <> @18)) then @19 else "NOTE" end = @20 and ((case when ("KIND" = @21 and ("NOTE" is null or "NOTE" <> @22)) then @23 else "NOTE" end is null or case when ("KIND" = @24 and ("NOTE" is null or "NOTE" <> @25)) then @26 else "NOTE" end <> @27) or ("KIND" is null or "KIND" <> @28))) then @29 else "KIND" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("PARTITION" > cast(@30 as bigint) and (("KIND" = @31 and ("NOTE" is null or "NOTE" <> @32)) or ("NOTE" = @33 and (("NOTE" is null or "NOTE" <> @34) or ("KIND" is null or "KIND" <> @35)))))
GO
