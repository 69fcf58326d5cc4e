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

-- deleted-attachments: count what is to be done
select count_big(*) as "rows" from "dbo"."DOCUDELETEDVALUE" where 1 = 1
GO

-- deleted-attachments: one batch
delete top(20000) from "dbo"."DOCUDELETEDVALUE" where 1 = 1
GO

-- deleted-attachments: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DOCUDELETEDVALUE" where 1 = 1
GO

-- document-templates: count what is to be done
select count_big(*) as "rows" from "dbo"."DOCUTEMPLATE" where 1 = 1
GO

-- document-templates: one batch
delete top(20000) from "dbo"."DOCUTEMPLATE" where 1 = 1
GO

-- document-templates: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DOCUTEMPLATE" where 1 = 1
GO

-- maintenance-mode: count what is to be done
-- @1 = 'CONFIGURATIONMODE'
-- @2 = 0
select count_big(*) as "rows" from "dbo"."SQLSYSTEMVARIABLES" where ("PARM" = @1 and ("VALUE" is null or "VALUE" <> @2))
GO

-- maintenance-mode: one batch
-- @1 = 0
-- @2 = 'CONFIGURATIONMODE'
-- @3 = 0
update top(20000) "dbo"."SQLSYSTEMVARIABLES" set "VALUE" = @1 where ("PARM" = @2 and ("VALUE" is null or "VALUE" <> @3))
GO

-- maintenance-mode: post-condition, none may be found
-- @1 = 'CONFIGURATIONMODE'
-- @2 = 0
select count_big(*) as "rows" from "dbo"."SQLSYSTEMVARIABLES" where ("PARM" = @1 and ("VALUE" is null or "VALUE" <> @2))
GO

-- dual-write-projects: count what is to be done
select count_big(*) as "rows" from "dbo"."DUALWRITEPROJECTCONFIGURATION" where 1 = 1
GO

-- dual-write-projects: one batch
delete top(20000) from "dbo"."DUALWRITEPROJECTCONFIGURATION" where 1 = 1
GO

-- dual-write-projects: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DUALWRITEPROJECTCONFIGURATION" where 1 = 1
GO

-- dual-write-fields: count what is to be done
select count_big(*) as "rows" from "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION" where 1 = 1
GO

-- dual-write-fields: one batch
delete top(20000) from "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION" where 1 = 1
GO

-- dual-write-fields: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DUALWRITEPROJECTFIELDCONFIGURATION" where 1 = 1
GO

-- event-endpoints: count what is to be done
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSENDPOINT" where 1 = 1
GO

-- event-endpoints: one batch
delete top(20000) from "dbo"."BUSINESSEVENTSENDPOINT" where 1 = 1
GO

-- event-endpoints: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSENDPOINT" where 1 = 1
GO

-- event-endpoints-azure: count what is to be done
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSAZUREENDPOINT" where 1 = 1
GO

-- event-endpoints-azure: one batch
delete top(20000) from "dbo"."BUSINESSEVENTSAZUREENDPOINT" where 1 = 1
GO

-- event-endpoints-azure: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSAZUREENDPOINT" where 1 = 1
GO

-- event-endpoints-blob-storage: count what is to be done
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" where 1 = 1
GO

-- event-endpoints-blob-storage: one batch
delete top(20000) from "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" where 1 = 1
GO

-- event-endpoints-blob-storage: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" where 1 = 1
GO

-- event-endpoints-event-grid: count what is to be done
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT" where 1 = 1
GO

-- event-endpoints-event-grid: one batch
delete top(20000) from "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT" where 1 = 1
GO

-- event-endpoints-event-grid: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSEVENTGRIDENDPOINT" where 1 = 1
GO

-- event-endpoints-event-hub: count what is to be done
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT" where 1 = 1
GO

-- event-endpoints-event-hub: one batch
delete top(20000) from "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT" where 1 = 1
GO

-- event-endpoints-event-hub: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSEVENTHUBENDPOINT" where 1 = 1
GO

-- event-endpoints-flow: count what is to be done
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSFLOWENDPOINT" where 1 = 1
GO

-- event-endpoints-flow: one batch
delete top(20000) from "dbo"."BUSINESSEVENTSFLOWENDPOINT" where 1 = 1
GO

-- event-endpoints-flow: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BUSINESSEVENTSFLOWENDPOINT" where 1 = 1
GO
