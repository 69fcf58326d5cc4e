-- look up the columns of the tables
-- @1 = 'nvarchar'
-- @2 = 'nchar'
-- @3 = 'varchar'
-- @4 = 'char'
-- @5 = 1
-- @6 = 1
-- @7 = 'sys'
-- @8 = 'INFORMATION_SCHEMA'
-- @9 = 'rewind'
-- @10 = 'LOGISTICSELECTRONICADDRESS'
-- @11 = 'BATCHJOBHISTORY'
-- @12 = 'BATCHHISTORY'
select "s"."name" as "table_schema", "t"."name" as "table_name", "c"."name" as "column_name", "y"."name" as "data_type", case when "y"."name" in (@1, @2) then "c"."max_length" / 2 when "y"."name" in (@3, @4) then "c"."max_length" end as "max_length", "c"."is_nullable" as "is_nullable", case when ("c"."is_computed" = @5 or "c"."is_identity" = @6) then 1 else 0 end as "is_generated" from "sys"."columns" as "c" inner join "sys"."tables" as "t" on "t"."object_id" = "c"."object_id" inner join "sys"."schemas" as "s" on "s"."schema_id" = "t"."schema_id" left join "sys"."types" as "y" on "y"."user_type_id" = "c"."system_type_id" where "s"."name" not in (@7, @8, @9) and "t"."name" in (@10, @11, @12) order by "s"."name", "t"."name", "c"."column_id"
GO

-- deleted-attachments: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DOCUDELETEDVALUE") as "answers"
GO

-- deleted-attachments
truncate table "dbo"."DOCUDELETEDVALUE"
GO

-- deleted-attachments: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DOCUDELETEDVALUE") as "answers"
GO

-- document-templates: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DOCUTEMPLATE") as "answers"
GO

-- document-templates
truncate table "dbo"."DOCUTEMPLATE"
GO

-- document-templates: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DOCUTEMPLATE") as "answers"
GO

-- maintenance-mode: rows to be changed
-- @1 = 'CONFIGURATIONMODE'
-- @2 = 0
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("PARM" = @1 and ("VALUE" is null or "VALUE" <> @2)) then 1 end as "c0" from "dbo"."SQLSYSTEMVARIABLES") as "answers"
GO

-- maintenance-mode
-- @1 = 0
-- @2 = 'CONFIGURATIONMODE'
-- @3 = 0
update "dbo"."SQLSYSTEMVARIABLES" with (tablockx) set "VALUE" = @1 where ("PARM" = @2 and ("VALUE" is null or "VALUE" <> @3))
GO

-- maintenance-mode: rows as they must not be
-- @1 = 'CONFIGURATIONMODE'
-- @2 = 0
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("PARM" = @1 and ("VALUE" is null or "VALUE" <> @2)) then 1 end as "c0" from "dbo"."SQLSYSTEMVARIABLES") as "answers"
GO

-- dual-write-projects: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DUALWRITEPROJECTCONFIGURATION") as "answers"
GO

-- dual-write-projects
truncate table "dbo"."DUALWRITEPROJECTCONFIGURATION"
GO

-- dual-write-projects: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DUALWRITEPROJECTCONFIGURATION") as "answers"
GO

-- dual-write-fields: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION") as "answers"
GO

-- dual-write-fields
truncate table "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION"
GO

-- dual-write-fields: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION") as "answers"
GO

-- event-endpoints: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSENDPOINT") as "answers"
GO

-- event-endpoints
truncate table "dbo"."BUSINESSEVENTSENDPOINT"
GO

-- event-endpoints: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSENDPOINT") as "answers"
GO

-- event-endpoints-azure: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSAZUREENDPOINT") as "answers"
GO

-- event-endpoints-azure
truncate table "dbo"."BUSINESSEVENTSAZUREENDPOINT"
GO

-- event-endpoints-azure: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSAZUREENDPOINT") as "answers"
GO

-- event-endpoints-blob-storage: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT") as "answers"
GO

-- event-endpoints-blob-storage
truncate table "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT"
GO

-- event-endpoints-blob-storage: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT") as "answers"
GO

-- event-endpoints-event-grid: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT") as "answers"
GO

-- event-endpoints-event-grid
truncate table "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT"
GO

-- event-endpoints-event-grid: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT") as "answers"
GO

-- event-endpoints-event-hub: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT") as "answers"
GO

-- event-endpoints-event-hub
truncate table "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT"
GO

-- event-endpoints-event-hub: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT") as "answers"
GO

-- event-endpoints-flow: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSFLOWENDPOINT") as "answers"
GO

-- event-endpoints-flow
truncate table "dbo"."BUSINESSEVENTSFLOWENDPOINT"
GO

-- event-endpoints-flow: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BUSINESSEVENTSFLOWENDPOINT") as "answers"
GO

-- deleted-attachments: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DOCUDELETEDVALUE" where 1 = 1
GO

-- document-templates: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DOCUTEMPLATE" where 1 = 1
GO

-- maintenance-mode: post-condition, none may be found
-- @1 = 'CONFIGURATIONMODE'
-- @2 = 0
select count_big(*) as "rows" from "dbo"."SQLSYSTEMVARIABLES" where ("PARM" = @1 and ("VALUE" is null or "VALUE" <> @2))
GO

-- dual-write-projects: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DUALWRITEPROJECTCONFIGURATION" where 1 = 1
GO

-- dual-write-fields: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION" where 1 = 1
GO

-- event-endpoints: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSENDPOINT" where 1 = 1
GO

-- event-endpoints-azure: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSAZUREENDPOINT" where 1 = 1
GO

-- event-endpoints-blob-storage: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" where 1 = 1
GO

-- event-endpoints-event-grid: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT" where 1 = 1
GO

-- event-endpoints-event-hub: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT" where 1 = 1
GO

-- event-endpoints-flow: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSFLOWENDPOINT" where 1 = 1
GO
