-- look up the columns of the tables
-- @1 = 1
-- @2 = 1
-- @3 = 'dbo'
-- @4 = 'LOGISTICSELECTRONICADDRESS'
-- @5 = 'BATCHJOBHISTORY'
-- @6 = 'BATCHHISTORY'
select "t"."name" as "table_name", "c"."name" as "column_name", "y"."name" as "data_type", "c"."is_nullable" as "is_nullable", case when ("c"."is_computed" = @1 or "c"."is_identity" = @2) then 1 else 0 end as "is_generated" from "sys"."columns" as "c" inner join "sys"."tables" as "t" on "t"."object_id" = "c"."object_id" inner join "sys"."schemas" as "s" on "s"."schema_id" = "t"."schema_id" left join "sys"."types" as "y" on "y"."user_type_id" = "c"."system_type_id" where "s"."name" = @3 and "t"."name" in (@4, @5, @6) order by "t"."name", "c"."column_id"
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
