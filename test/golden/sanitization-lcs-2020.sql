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

-- email-addresses: count what is to be done
-- @1 = 2
-- @2 = '%@%'
-- @3 = ''
select count_big(*) as "rows" from "dbo"."LOGISTICSELECTRONICADDRESS" where (("TYPE" = @1 or "LOCATOR" like @2) and ("LOCATOR" is null or "LOCATOR" <> @3))
GO

-- email-addresses: one batch
-- @1 = ''
-- @2 = 2
-- @3 = '%@%'
-- @4 = ''
update top(20000) "dbo"."LOGISTICSELECTRONICADDRESS" set "LOCATOR" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("TYPE" = @2 or "LOCATOR" like @3) and ("LOCATOR" is null or "LOCATOR" <> @4))
GO

-- email-addresses: post-condition, none may be found
-- @1 = 2
-- @2 = '%@%'
-- @3 = ''
select count_big(*) as "rows" from "dbo"."LOGISTICSELECTRONICADDRESS" where (("TYPE" = @1 or "LOCATOR" like @2) and "LOCATOR" <> @3)
GO

-- batch-job-history: count what is to be done
select count_big(*) as "rows" from "dbo"."BATCHJOBHISTORY" where 1 = 1
GO

-- batch-job-history: one batch
delete top(20000) from "dbo"."BATCHJOBHISTORY" where 1 = 1
GO

-- batch-job-history: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHJOBHISTORY" where 1 = 1
GO

-- batch-task-history: count what is to be done
select count_big(*) as "rows" from "dbo"."BATCHHISTORY" where 1 = 1
GO

-- batch-task-history: one batch
delete top(20000) from "dbo"."BATCHHISTORY" where 1 = 1
GO

-- batch-task-history: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHHISTORY" where 1 = 1
GO

-- batch-constraint-history: count what is to be done
select count_big(*) as "rows" from "dbo"."BATCHCONSTRAINTSHISTORY" where 1 = 1
GO

-- batch-constraint-history: one batch
delete top(20000) from "dbo"."BATCHCONSTRAINTSHISTORY" where 1 = 1
GO

-- batch-constraint-history: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHCONSTRAINTSHISTORY" where 1 = 1
GO

-- smtp-relay-server: count what is to be done
-- @1 = ''
select count_big(*) as "rows" from "dbo"."SYSEMAILPARAMETERS" where (1 = 1 and ("SMTPRELAYSERVERNAME" is null or "SMTPRELAYSERVERNAME" <> @1))
GO

-- smtp-relay-server: one batch
-- @1 = ''
-- @2 = ''
update top(20000) "dbo"."SYSEMAILPARAMETERS" set "SMTPRELAYSERVERNAME" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and ("SMTPRELAYSERVERNAME" is null or "SMTPRELAYSERVERNAME" <> @2))
GO

-- smtp-relay-server: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."SYSEMAILPARAMETERS" where "SMTPRELAYSERVERNAME" <> @1
GO

-- mailer: count what is to be done
-- @1 = 'SMTP'
select count_big(*) as "rows" from "dbo"."SYSEMAILPARAMETERS" where (1 = 1 and ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @1))
GO

-- mailer: one batch
-- @1 = 'SMTP'
-- @2 = 'SMTP'
update top(20000) "dbo"."SYSEMAILPARAMETERS" set "MAILERNONINTERACTIVE" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @2))
GO

-- mailer: post-condition, none may be found
-- @1 = 'SMTP'
select count_big(*) as "rows" from "dbo"."SYSEMAILPARAMETERS" where ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @1)
GO

-- print-management-settings: count what is to be done
select count_big(*) as "rows" from "dbo"."PRINTMGMTSETTINGS" where 1 = 1
GO

-- print-management-settings: one batch
delete top(20000) from "dbo"."PRINTMGMTSETTINGS" where 1 = 1
GO

-- print-management-settings: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."PRINTMGMTSETTINGS" where 1 = 1
GO

-- print-management-documents: count what is to be done
select count_big(*) as "rows" from "dbo"."PRINTMGMTDOCINSTANCE" where 1 = 1
GO

-- print-management-documents: one batch
delete top(20000) from "dbo"."PRINTMGMTDOCINSTANCE" where 1 = 1
GO

-- print-management-documents: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."PRINTMGMTDOCINSTANCE" where 1 = 1
GO

-- server-sessions: count what is to be done
select count_big(*) as "rows" from "dbo"."SYSSERVERSESSIONS" where 1 = 1
GO

-- server-sessions: one batch
delete top(20000) from "dbo"."SYSSERVERSESSIONS" where 1 = 1
GO

-- server-sessions: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."SYSSERVERSESSIONS" where 1 = 1
GO

-- client-sessions: count what is to be done
select count_big(*) as "rows" from "dbo"."SYSCLIENTSESSIONS" where 1 = 1
GO

-- client-sessions: one batch
delete top(20000) from "dbo"."SYSCLIENTSESSIONS" where 1 = 1
GO

-- client-sessions: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."SYSCLIENTSESSIONS" where 1 = 1
GO

-- server-configuration: count what is to be done
select count_big(*) as "rows" from "dbo"."SYSSERVERCONFIG" where 1 = 1
GO

-- server-configuration: one batch
delete top(20000) from "dbo"."SYSSERVERCONFIG" where 1 = 1
GO

-- server-configuration: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."SYSSERVERCONFIG" where 1 = 1
GO

-- server-configuration: read the next page from the target
-- @1 = '5637144576'
select top(20000) with ties "kept"."SERVERID" as "SERVERID", convert(varchar(50), "kept"."ENABLEBATCH") as "ENABLEBATCH", convert(varchar(50), "kept"."RECVERSION") as "RECVERSION", convert(varchar(50), "kept"."RECID") as "RECID" from "dbo"."SYSSERVERCONFIG" as "kept" where (1 = 1 and "kept"."RECID" > convert(bigint, @1)) order by "kept"."RECID" asc
GO

-- server-configuration: write rows to the copy
-- @1 = '<ENABLEBATCH>'
-- @2 = '<RECVERSION>'
-- @3 = '<RECID>'
-- @4 = '<ENABLEBATCH>'
-- @5 = '<RECVERSION>'
-- @6 = '<RECID>'
insert into "dbo"."SYSSERVERCONFIG" ("SERVERID", "ENABLEBATCH", "RECVERSION", "RECID") values (null, convert(int, @1), convert(int, @2), convert(bigint, @3)), (null, convert(int, @4), convert(int, @5), convert(bigint, @6))
GO

-- network-printers: count what is to be done
select count_big(*) as "rows" from "dbo"."SYSCORPNETPRINTERS" where 1 = 1
GO

-- network-printers: one batch
delete top(20000) from "dbo"."SYSCORPNETPRINTERS" where 1 = 1
GO

-- network-printers: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."SYSCORPNETPRINTERS" where 1 = 1
GO

-- network-printers: read the next page from the target
-- @1 = '5637144576'
select top(20000) with ties "kept"."PRINTERPATH" as "PRINTERPATH", convert(varchar(50), "kept"."RECVERSION") as "RECVERSION", convert(varchar(50), "kept"."RECID") as "RECID" from "dbo"."SYSCORPNETPRINTERS" as "kept" where (1 = 1 and "kept"."RECID" > convert(bigint, @1)) order by "kept"."RECID" asc
GO

-- network-printers: write rows to the copy
-- @1 = '<RECVERSION>'
-- @2 = '<RECID>'
-- @3 = '<RECVERSION>'
-- @4 = '<RECID>'
insert into "dbo"."SYSCORPNETPRINTERS" ("PRINTERPATH", "RECVERSION", "RECID") values (null, convert(int, @1), convert(bigint, @2)), (null, convert(int, @3), convert(bigint, @4))
GO

-- batch-servers: count what is to be done
select count_big(*) as "rows" from "dbo"."BATCHSERVERCONFIG" where 1 = 1
GO

-- batch-servers: one batch
delete top(20000) from "dbo"."BATCHSERVERCONFIG" where 1 = 1
GO

-- batch-servers: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHSERVERCONFIG" where 1 = 1
GO

-- batch-servers: read the next page from the target
-- @1 = '5637144576'
select top(20000) with ties "kept"."SERVERID" as "SERVERID", convert(varchar(50), "kept"."MAXBATCHSESSIONS") as "MAXBATCHSESSIONS", convert(varchar(50), "kept"."CREATEDDATETIME", 126) as "CREATEDDATETIME", convert(varchar(50), "kept"."RECVERSION") as "RECVERSION", convert(varchar(50), "kept"."RECID") as "RECID" from "dbo"."BATCHSERVERCONFIG" as "kept" where (1 = 1 and "kept"."RECID" > convert(bigint, @1)) order by "kept"."RECID" asc
GO

-- batch-servers: write rows to the copy
-- @1 = '<MAXBATCHSESSIONS>'
-- @2 = '<CREATEDDATETIME>'
-- @3 = '<RECVERSION>'
-- @4 = '<RECID>'
-- @5 = '<MAXBATCHSESSIONS>'
-- @6 = '<CREATEDDATETIME>'
-- @7 = '<RECVERSION>'
-- @8 = '<RECID>'
insert into "dbo"."BATCHSERVERCONFIG" ("SERVERID", "MAXBATCHSESSIONS", "CREATEDDATETIME", "RECVERSION", "RECID") values (null, convert(int, @1), convert(datetime, @2, 126), convert(int, @3), convert(bigint, @4)), (null, convert(int, @5), convert(datetime, @6, 126), convert(int, @7), convert(bigint, @8))
GO

-- batch-server-groups: count what is to be done
select count_big(*) as "rows" from "dbo"."BATCHSERVERGROUP" where 1 = 1
GO

-- batch-server-groups: one batch
delete top(20000) from "dbo"."BATCHSERVERGROUP" where 1 = 1
GO

-- batch-server-groups: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHSERVERGROUP" where 1 = 1
GO

-- batch-server-groups: read the next page from the target
-- @1 = '5637144576'
select top(20000) with ties "kept"."GROUPID" as "GROUPID", "kept"."SERVERID" as "SERVERID", convert(varchar(50), "kept"."RECVERSION") as "RECVERSION", convert(varchar(50), "kept"."RECID") as "RECID" from "dbo"."BATCHSERVERGROUP" as "kept" where (1 = 1 and "kept"."RECID" > convert(bigint, @1)) order by "kept"."RECID" asc
GO

-- batch-server-groups: write rows to the copy
-- @1 = '<SERVERID>'
-- @2 = '<RECVERSION>'
-- @3 = '<RECID>'
-- @4 = '<SERVERID>'
-- @5 = '<RECVERSION>'
-- @6 = '<RECID>'
insert into "dbo"."BATCHSERVERGROUP" ("GROUPID", "SERVERID", "RECVERSION", "RECID") values (null, @1, convert(int, @2), convert(bigint, @3)), (null, @4, convert(int, @5), convert(bigint, @6))
GO

-- document-attachments: count what is to be done
select count_big(*) as "rows" from "dbo"."DOCUVALUE" where 1 = 1
GO

-- document-attachments: one batch
delete top(20000) from "dbo"."DOCUVALUE" where 1 = 1
GO

-- document-attachments: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DOCUVALUE" where 1 = 1
GO

-- users-disabled: count what is to be done
-- @1 = 'Admin'
-- @2 = 'Axping'
-- @3 = 'Axrunner'
-- @4 = 'DataSyncFrameworkApp'
-- @5 = 'DataverseSearchApp'
-- @6 = 'DynamicsMaintAppUser'
-- @7 = 'FRServiceUser'
-- @8 = 'MonitoringAppUser'
-- @9 = 'PowerPlatformApp'
-- @10 = 'PowerPlatformS2S'
-- @11 = 'RetailServiceAccount'
-- @12 = 'ScaleUnitManagement'
-- @13 = 'ScaleUnitPipeline'
-- @14 = 'SysHealthServiceUser'
-- @15 = 0
select count_big(*) as "rows" from "dbo"."USERINFO" where (("ID" is null or "ID" not in (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14)) and ("ENABLE" is null or "ENABLE" <> @15))
GO

-- users-disabled: one batch
-- @1 = 0
-- @2 = 'Admin'
-- @3 = 'Axping'
-- @4 = 'Axrunner'
-- @5 = 'DataSyncFrameworkApp'
-- @6 = 'DataverseSearchApp'
-- @7 = 'DynamicsMaintAppUser'
-- @8 = 'FRServiceUser'
-- @9 = 'MonitoringAppUser'
-- @10 = 'PowerPlatformApp'
-- @11 = 'PowerPlatformS2S'
-- @12 = 'RetailServiceAccount'
-- @13 = 'ScaleUnitManagement'
-- @14 = 'ScaleUnitPipeline'
-- @15 = 'SysHealthServiceUser'
-- @16 = 0
update top(20000) "dbo"."USERINFO" set "ENABLE" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("ID" is null or "ID" not in (@2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15)) and ("ENABLE" is null or "ENABLE" <> @16))
GO

-- users-disabled: post-condition, none may be found
-- @1 = 'Admin'
-- @2 = 'Axping'
-- @3 = 'Axrunner'
-- @4 = 'DataSyncFrameworkApp'
-- @5 = 'DataverseSearchApp'
-- @6 = 'DynamicsMaintAppUser'
-- @7 = 'FRServiceUser'
-- @8 = 'MonitoringAppUser'
-- @9 = 'PowerPlatformApp'
-- @10 = 'PowerPlatformS2S'
-- @11 = 'RetailServiceAccount'
-- @12 = 'ScaleUnitManagement'
-- @13 = 'ScaleUnitPipeline'
-- @14 = 'SysHealthServiceUser'
-- @15 = 0
select count_big(*) as "rows" from "dbo"."USERINFO" where (("ID" is null or "ID" not in (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14)) and ("ENABLE" is null or "ENABLE" <> @15))
GO

-- batch-jobs-withheld: count what is to be done
-- @1 = 0
select count_big(*) as "rows" from "dbo"."BATCHJOB" where (1 = 1 and ("STATUS" is null or "STATUS" <> @1))
GO

-- batch-jobs-withheld: one batch
-- @1 = 0
-- @2 = 0
update top(20000) "dbo"."BATCHJOB" set "STATUS" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and ("STATUS" is null or "STATUS" <> @2))
GO

-- batch-jobs-withheld: post-condition, none may be found
-- @1 = 0
select count_big(*) as "rows" from "dbo"."BATCHJOB" where ("STATUS" is null or "STATUS" <> @1)
GO

-- batch-tasks-withheld: count what is to be done
-- @1 = 1
-- @2 = 2
-- @3 = 5
-- @4 = 7
-- @5 = 0
select count_big(*) as "rows" from "dbo"."BATCH" where ("STATUS" in (@1, @2, @3, @4) and ("STATUS" is null or "STATUS" <> @5))
GO

-- batch-tasks-withheld: one batch
-- @1 = 0
-- @2 = 1
-- @3 = 2
-- @4 = 5
-- @5 = 7
-- @6 = 0
update top(20000) "dbo"."BATCH" set "STATUS" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("STATUS" in (@2, @3, @4, @5) and ("STATUS" is null or "STATUS" <> @6))
GO

-- batch-tasks-withheld: post-condition, none may be found
-- @1 = 1
-- @2 = 2
-- @3 = 5
-- @4 = 7
select count_big(*) as "rows" from "dbo"."BATCH" where "STATUS" in (@1, @2, @3, @4)
GO

-- user-partition: PARTITIONS.RECID gives exactly one value
-- @1 = 'initial'
select count_big(*) as "rows" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @1
GO

-- user-partition: count what is to be done
-- @1 = 'initial'
-- @2 = 1
select count_big(*) as "rows" from "dbo"."USERINFO" where (1 = 1 and (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @1)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @2)))
GO

-- user-partition: one batch
-- @1 = 'initial'
-- @2 = 1
-- @3 = 'initial'
-- @4 = 1
update top(20000) "dbo"."USERINFO" set "PARTITION" = (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @1), "DEFAULTPARTITION" = @2, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @3)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @4)))
GO

-- user-partition: post-condition, none may be found
-- @1 = 'initial'
-- @2 = 1
select count_big(*) as "rows" from "dbo"."USERINFO" where (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @1)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @2))
GO

-- smtp-password: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."SYSEMAILSMTPPASSWORD" where (1 = 1 and "PASSWORD" <> @1)
GO

-- smtp-password: one batch
-- @1 = 0x
update top(20000) "dbo"."SYSEMAILSMTPPASSWORD" set "PASSWORD" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "PASSWORD" <> @1)
GO

-- smtp-password: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."SYSEMAILSMTPPASSWORD" where "PASSWORD" <> @1
GO

-- credit-card-setup: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."CREDITCARDACCOUNTSETUP" where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- credit-card-setup: one batch
-- @1 = 0x
update top(20000) "dbo"."CREDITCARDACCOUNTSETUP" set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- credit-card-setup: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."CREDITCARDACCOUNTSETUP" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- exchange-rate-providers: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" where (1 = 1 and "VALUE" <> @1)
GO

-- exchange-rate-providers: one batch
-- @1 = 0x
update top(20000) "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" set "VALUE" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "VALUE" <> @1)
GO

-- exchange-rate-providers: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" where "VALUE" <> @1
GO

-- brazilian-fiscal-establishments: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."FISCALESTABLISHMENT_BR" where (1 = 1 and "CONSUMEREFDOCCSC" <> @1)
GO

-- brazilian-fiscal-establishments: one batch
-- @1 = 0x
update top(20000) "dbo"."FISCALESTABLISHMENT_BR" set "CONSUMEREFDOCCSC" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CONSUMEREFDOCCSC" <> @1)
GO

-- brazilian-fiscal-establishments: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."FISCALESTABLISHMENT_BR" where "CONSUMEREFDOCCSC" <> @1
GO

-- brazilian-fiscal-establishments-staging: count what is to be done
-- @1 = ''
select count_big(*) as "rows" from "dbo"."FISCALESTABLISHMENTSTAGING" where (1 = 1 and "CSC" <> @1)
GO

-- brazilian-fiscal-establishments-staging: one batch
-- @1 = ''
-- @2 = ''
update top(20000) "dbo"."FISCALESTABLISHMENTSTAGING" set "CSC" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CSC" <> @2)
GO

-- brazilian-fiscal-establishments-staging: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."FISCALESTABLISHMENTSTAGING" where "CSC" <> @1
GO

-- person-identification-numbers: count what is to be done
-- @1 = ''
select count_big(*) as "rows" from "dbo"."HCMPERSONIDENTIFICATIONNUMBER" where (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @1)
GO

-- person-identification-numbers: one batch
-- @1 = ''
-- @2 = ''
update top(20000) "dbo"."HCMPERSONIDENTIFICATIONNUMBER" set "PERSONIDENTIFICATIONNUMBER" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @2)
GO

-- person-identification-numbers: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."HCMPERSONIDENTIFICATIONNUMBER" where "PERSONIDENTIFICATIONNUMBER" <> @1
GO

-- worker-hire-identification-numbers: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."HCMWORKERACTIONHIRE" where (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @1)
GO

-- worker-hire-identification-numbers: one batch
-- @1 = 0x
update top(20000) "dbo"."HCMWORKERACTIONHIRE" set "PERSONIDENTIFICATIONNUMBER" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @1)
GO

-- worker-hire-identification-numbers: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."HCMWORKERACTIONHIRE" where "PERSONIDENTIFICATIONNUMBER" <> @1
GO

-- oauth-user-tokens: count what is to be done
-- @1 = 0x
-- @2 = 0x
select count_big(*) as "rows" from "dbo"."SYSOAUTHUSERTOKENS" where (1 = 1 and ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2))
GO

-- oauth-user-tokens: one batch
-- @1 = 0x
-- @2 = 0x
update top(20000) "dbo"."SYSOAUTHUSERTOKENS" set "ENCRYPTEDACCESSTOKEN" = null, "ENCRYPTEDREFRESHTOKEN" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2))
GO

-- oauth-user-tokens: post-condition, none may be found
-- @1 = 0x
-- @2 = 0x
select count_big(*) as "rows" from "dbo"."SYSOAUTHUSERTOKENS" where ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2)
GO

-- commerce-hardware-profiles: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILHARDWAREPROFILE" where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-hardware-profiles: one batch
-- @1 = 0x
update top(20000) "dbo"."RETAILHARDWAREPROFILE" set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-hardware-profiles: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILHARDWAREPROFILE" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- commerce-payment-connectors: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE" where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-payment-connectors: one batch
-- @1 = 0x
update top(20000) "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE" set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-payment-connectors: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- commerce-database-profiles: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILCONNDATABASEPROFILE" where (1 = 1 and "CONNECTIONSTRING" <> @1)
GO

-- commerce-database-profiles: one batch
-- @1 = 0x
update top(20000) "dbo"."RETAILCONNDATABASEPROFILE" set "CONNECTIONSTRING" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CONNECTIONSTRING" <> @1)
GO

-- commerce-database-profiles: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILCONNDATABASEPROFILE" where "CONNECTIONSTRING" <> @1
GO

-- commerce-hardware-profiles-staging: count what is to be done
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY" where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-hardware-profiles-staging: one batch
-- @1 = 0x
update top(20000) "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY" set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-hardware-profiles-staging: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- personnel-integration: count what is to be done
-- @1 = ''
select count_big(*) as "rows" from "dbo"."PERSONNELINTEGRATIONCONFIGURATION" where (1 = 1 and "CONNECTIONSTRING" <> @1)
GO

-- personnel-integration: one batch
-- @1 = ''
-- @2 = ''
update top(20000) "dbo"."PERSONNELINTEGRATIONCONFIGURATION" set "CONNECTIONSTRING" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CONNECTIONSTRING" <> @2)
GO

-- personnel-integration: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."PERSONNELINTEGRATIONCONFIGURATION" where "CONNECTIONSTRING" <> @1
GO

-- administrator-reset: count what is to be done
-- @1 = 'Admin'
-- @2 = 'admin@fabrikam.example'
-- @3 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @4 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @5 = '11111111-2222-4333-8444-555555555555'
-- @6 = 1
select count_big(*) as "rows" from "dbo"."USERINFO" where ("ID" = @1 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @2) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @3) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @4) or ("OBJECTID" is null or "OBJECTID" <> @5) or ("ENABLE" is null or "ENABLE" <> @6)))
GO

-- administrator-reset: one batch
-- @1 = 'admin@fabrikam.example'
-- @2 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @3 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @4 = '11111111-2222-4333-8444-555555555555'
-- @5 = 1
-- @6 = 'Admin'
-- @7 = 'admin@fabrikam.example'
-- @8 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @9 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @10 = '11111111-2222-4333-8444-555555555555'
-- @11 = 1
update top(20000) "dbo"."USERINFO" set "NETWORKALIAS" = @1, "NETWORKDOMAIN" = @2, "IDENTITYPROVIDER" = @3, "OBJECTID" = @4, "ENABLE" = @5, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("ID" = @6 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @7) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @8) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @9) or ("OBJECTID" is null or "OBJECTID" <> @10) or ("ENABLE" is null or "ENABLE" <> @11)))
GO

-- administrator-reset: post-condition, none may be found
-- @1 = 'Admin'
-- @2 = 'admin@fabrikam.example'
-- @3 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @4 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @5 = '11111111-2222-4333-8444-555555555555'
-- @6 = 1
select count_big(*) as "rows" from "dbo"."USERINFO" where ("ID" = @1 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @2) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @3) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @4) or ("OBJECTID" is null or "OBJECTID" <> @5) or ("ENABLE" is null or "ENABLE" <> @6)))
GO

-- administrator-reset: post-condition, one must be found
-- @1 = 'Admin'
select count_big(*) as "rows" from "dbo"."USERINFO" where "ID" = @1
GO

-- administrator-sid: count what is to be done
-- @1 = 'Admin'
-- @2 = ''
select count_big(*) as "rows" from "dbo"."USERINFO" where ("ID" = @1 and "SID" <> @2)
GO

-- administrator-sid: one batch
-- @1 = ''
-- @2 = 'Admin'
-- @3 = ''
update top(20000) "dbo"."USERINFO" set "SID" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("ID" = @2 and "SID" <> @3)
GO

-- administrator-sid: post-condition, none may be found
-- @1 = 'Admin'
-- @2 = ''
select count_big(*) as "rows" from "dbo"."USERINFO" where ("ID" = @1 and "SID" <> @2)
GO

-- administrator-sid: read from the target
-- @1 = 'Admin'
-- @2 = 'admin@fabrikam.example'
select top(20000) with ties "kept"."ID" as "ID", "kept"."SID" as "SID" from "dbo"."USERINFO" as "kept" where ("ID" = @1 and "NETWORKALIAS" = @2) order by "kept"."ID" asc
GO

-- administrator-sid: write to the copy
-- @1 = '<SID>'
-- @2 = 'Admin'
-- @3 = '<ID>'
update "dbo"."USERINFO" set "SID" = @1 where ("ID" = @2 and "ID" = @3)
GO

-- administrator-sid: read back from the copy
-- @1 = 'Admin'
-- @2 = '<ID>'
select "SID" as "SID" from "dbo"."USERINFO" where ("ID" = @1 and "ID" = @2)
GO

-- tenant-setting: count what is to be done
-- @1 = 'TENANTID'
-- @2 = '99999999-8888-4777-8666-555555555555'
select count_big(*) as "rows" from "dbo"."SYSSERVICECONFIGURATIONSETTING" where ("NAME" = @1 and ("VALUE" is null or "VALUE" <> @2))
GO

-- tenant-setting: one batch
-- @1 = '99999999-8888-4777-8666-555555555555'
-- @2 = 'TENANTID'
-- @3 = '99999999-8888-4777-8666-555555555555'
update top(20000) "dbo"."SYSSERVICECONFIGURATIONSETTING" set "VALUE" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("NAME" = @2 and ("VALUE" is null or "VALUE" <> @3))
GO

-- tenant-setting: post-condition, none may be found
-- @1 = 'TENANTID'
-- @2 = '99999999-8888-4777-8666-555555555555'
select count_big(*) as "rows" from "dbo"."SYSSERVICECONFIGURATIONSETTING" where ("NAME" = @1 and ("VALUE" is null or "VALUE" <> @2))
GO

-- power-bi-registration: count what is to be done
select count_big(*) as "rows" from "dbo"."POWERBICONFIG" where 1 = 1
GO

-- power-bi-registration: one batch
delete top(20000) from "dbo"."POWERBICONFIG" where 1 = 1
GO

-- power-bi-registration: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."POWERBICONFIG" where 1 = 1
GO

-- power-bi-registration: read the next page from the target
-- @1 = '5637144576'
select top(20000) with ties "kept"."CLIENTID" as "CLIENTID", "kept"."TENANTID" as "TENANTID", "kept"."APPLICATIONKEY" as "APPLICATIONKEY", convert(varchar(50), "kept"."RECVERSION") as "RECVERSION", convert(varchar(50), "kept"."RECID") as "RECID" from "dbo"."POWERBICONFIG" as "kept" where (1 = 1 and "kept"."RECID" > convert(bigint, @1)) order by "kept"."RECID" asc
GO

-- power-bi-registration: write rows to the copy
-- @1 = '<TENANTID>'
-- @2 = '<APPLICATIONKEY>'
-- @3 = '<RECVERSION>'
-- @4 = '<RECID>'
-- @5 = '<TENANTID>'
-- @6 = '<APPLICATIONKEY>'
-- @7 = '<RECVERSION>'
-- @8 = '<RECID>'
insert into "dbo"."POWERBICONFIG" ("CLIENTID", "TENANTID", "APPLICATIONKEY", "RECVERSION", "RECID") values (null, @1, @2, convert(int, @3), convert(bigint, @4)), (null, @5, @6, convert(int, @7), convert(bigint, @8))
GO

-- provisioning-messages: count what is to be done
select count_big(*) as "rows" from "dbo"."PROVISIONINGMESSAGETABLE" where 1 = 1
GO

-- provisioning-messages: one batch
delete top(20000) from "dbo"."PROVISIONINGMESSAGETABLE" where 1 = 1
GO

-- provisioning-messages: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."PROVISIONINGMESSAGETABLE" where 1 = 1
GO

-- provisioning-messages: read the next page from the target
-- @1 = '5637144576'
select top(20000) with ties "kept"."TENANTID" as "TENANTID", "kept"."PLANID" as "PLANID", "kept"."PLANCAPABILITY" as "PLANCAPABILITY", convert(varchar(50), "kept"."RECVERSION") as "RECVERSION", convert(varchar(50), "kept"."RECID") as "RECID" from "dbo"."PROVISIONINGMESSAGETABLE" as "kept" where (1 = 1 and "kept"."RECID" > convert(bigint, @1)) order by "kept"."RECID" asc
GO

-- provisioning-messages: write rows to the copy
-- @1 = '<PLANID>'
-- @2 = '<PLANCAPABILITY>'
-- @3 = '<RECVERSION>'
-- @4 = '<RECID>'
-- @5 = '<PLANID>'
-- @6 = '<PLANCAPABILITY>'
-- @7 = '<RECVERSION>'
-- @8 = '<RECID>'
insert into "dbo"."PROVISIONINGMESSAGETABLE" ("TENANTID", "PLANID", "PLANCAPABILITY", "RECVERSION", "RECID") values (null, @1, @2, convert(int, @3), convert(bigint, @4)), (null, @5, @6, convert(int, @7), convert(bigint, @8))
GO
