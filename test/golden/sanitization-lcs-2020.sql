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

-- email-addresses: rows to be changed
-- @1 = 2
-- @2 = '%@%'
-- @3 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (("TYPE" = @1 or "LOCATOR" like @2) and ("LOCATOR" is null or "LOCATOR" <> @3)) then 1 end as "c0" from "dbo"."LOGISTICSELECTRONICADDRESS") as "answers"
GO

-- email-addresses
-- @1 = ''
-- @2 = 2
-- @3 = '%@%'
-- @4 = ''
update "dbo"."LOGISTICSELECTRONICADDRESS" with (tablockx) set "LOCATOR" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (("TYPE" = @2 or "LOCATOR" like @3) and ("LOCATOR" is null or "LOCATOR" <> @4))
GO

-- email-addresses: rows as they must not be
-- @1 = 2
-- @2 = '%@%'
-- @3 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (("TYPE" = @1 or "LOCATOR" like @2) and "LOCATOR" <> @3) then 1 end as "c0" from "dbo"."LOGISTICSELECTRONICADDRESS") as "answers"
GO

-- batch-job-history: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHJOBHISTORY") as "answers"
GO

-- batch-job-history
truncate table "dbo"."BATCHJOBHISTORY"
GO

-- batch-job-history: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHJOBHISTORY") as "answers"
GO

-- batch-task-history: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHHISTORY") as "answers"
GO

-- batch-task-history
truncate table "dbo"."BATCHHISTORY"
GO

-- batch-task-history: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHHISTORY") as "answers"
GO

-- batch-constraint-history: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHCONSTRAINTSHISTORY") as "answers"
GO

-- batch-constraint-history
truncate table "dbo"."BATCHCONSTRAINTSHISTORY"
GO

-- batch-constraint-history: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHCONSTRAINTSHISTORY") as "answers"
GO

-- smtp-relay-server, mailer: rows to be changed
-- @1 = ''
-- @2 = 'SMTP'
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1" from (select case when (1 = 1 and ("SMTPRELAYSERVERNAME" is null or "SMTPRELAYSERVERNAME" <> @1)) then 1 end as "c0", case when (1 = 1 and ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @2)) then 1 end as "c1" from "dbo"."SYSEMAILPARAMETERS") as "answers"
GO

-- smtp-relay-server, mailer
-- @1 = ''
-- @2 = ''
-- @3 = 'SMTP'
-- @4 = 'SMTP'
-- @5 = ''
-- @6 = 'SMTP'
update "dbo"."SYSEMAILPARAMETERS" with (tablockx) set "SMTPRELAYSERVERNAME" = case when (1 = 1 and ("SMTPRELAYSERVERNAME" is null or "SMTPRELAYSERVERNAME" <> @1)) then @2 else "SMTPRELAYSERVERNAME" end, "MAILERNONINTERACTIVE" = case when (1 = 1 and ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @3)) then @4 else "MAILERNONINTERACTIVE" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ((1 = 1 and ("SMTPRELAYSERVERNAME" is null or "SMTPRELAYSERVERNAME" <> @5)) or (1 = 1 and ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @6)))
GO

-- smtp-relay-server, mailer: rows as they must not be
-- @1 = ''
-- @2 = 'SMTP'
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1" from (select case when "SMTPRELAYSERVERNAME" <> @1 then 1 end as "c0", case when ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @2) then 1 end as "c1" from "dbo"."SYSEMAILPARAMETERS") as "answers"
GO

-- print-management-settings: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."PRINTMGMTSETTINGS") as "answers"
GO

-- print-management-settings
truncate table "dbo"."PRINTMGMTSETTINGS"
GO

-- print-management-settings: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."PRINTMGMTSETTINGS") as "answers"
GO

-- print-management-documents: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."PRINTMGMTDOCINSTANCE") as "answers"
GO

-- print-management-documents
truncate table "dbo"."PRINTMGMTDOCINSTANCE"
GO

-- print-management-documents: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."PRINTMGMTDOCINSTANCE") as "answers"
GO

-- server-sessions: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSSERVERSESSIONS") as "answers"
GO

-- server-sessions
truncate table "dbo"."SYSSERVERSESSIONS"
GO

-- server-sessions: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSSERVERSESSIONS") as "answers"
GO

-- client-sessions: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSCLIENTSESSIONS") as "answers"
GO

-- client-sessions
truncate table "dbo"."SYSCLIENTSESSIONS"
GO

-- client-sessions: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSCLIENTSESSIONS") as "answers"
GO

-- server-configuration: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSSERVERCONFIG") as "answers"
GO

-- server-configuration
truncate table "dbo"."SYSSERVERCONFIG"
GO

-- server-configuration: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSSERVERCONFIG") as "answers"
GO

-- network-printers: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSCORPNETPRINTERS") as "answers"
GO

-- network-printers
truncate table "dbo"."SYSCORPNETPRINTERS"
GO

-- network-printers: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."SYSCORPNETPRINTERS") as "answers"
GO

-- batch-servers: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHSERVERCONFIG") as "answers"
GO

-- batch-servers
truncate table "dbo"."BATCHSERVERCONFIG"
GO

-- batch-servers: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHSERVERCONFIG") as "answers"
GO

-- batch-server-groups: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHSERVERGROUP") as "answers"
GO

-- batch-server-groups
truncate table "dbo"."BATCHSERVERGROUP"
GO

-- batch-server-groups: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."BATCHSERVERGROUP") as "answers"
GO

-- document-attachments: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DOCUVALUE") as "answers"
GO

-- document-attachments
truncate table "dbo"."DOCUVALUE"
GO

-- document-attachments: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."DOCUVALUE") as "answers"
GO

-- users-disabled, user-partition, administrator-reset, administrator-sid: rows to be changed
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
-- @16 = 'initial'
-- @17 = 1
-- @18 = 'Admin'
-- @19 = 'admin@fabrikam.example'
-- @20 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @21 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @22 = '11111111-2222-4333-8444-555555555555'
-- @23 = 1
-- @24 = 'Admin'
-- @25 = ''
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1", count_big("c2") as "c2", count_big("c3") as "c3" from (select case when (("ID" is null or "ID" not in (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14)) and ("ENABLE" is null or "ENABLE" <> @15)) then 1 end as "c0", case when (1 = 1 and (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @16)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @17))) then 1 end as "c1", case when ("ID" = @18 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @19) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @20) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @21) or ("OBJECTID" is null or "OBJECTID" <> @22) or ("ENABLE" is null or "ENABLE" <> @23))) then 1 end as "c2", case when ("ID" = @24 and "SID" <> @25) then 1 end as "c3" from "dbo"."USERINFO") as "answers"
GO

-- users-disabled, user-partition, administrator-reset, administrator-sid
-- @1 = 'Admin'
-- @2 = 'admin@fabrikam.example'
-- @3 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @4 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @5 = '11111111-2222-4333-8444-555555555555'
-- @6 = 'Admin'
-- @7 = 'Axping'
-- @8 = 'Axrunner'
-- @9 = 'DataSyncFrameworkApp'
-- @10 = 'DataverseSearchApp'
-- @11 = 'DynamicsMaintAppUser'
-- @12 = 'FRServiceUser'
-- @13 = 'MonitoringAppUser'
-- @14 = 'PowerPlatformApp'
-- @15 = 'PowerPlatformS2S'
-- @16 = 'RetailServiceAccount'
-- @17 = 'ScaleUnitManagement'
-- @18 = 'ScaleUnitPipeline'
-- @19 = 'SysHealthServiceUser'
-- @20 = 0
-- @21 = 0
-- @22 = 'Admin'
-- @23 = 'Axping'
-- @24 = 'Axrunner'
-- @25 = 'DataSyncFrameworkApp'
-- @26 = 'DataverseSearchApp'
-- @27 = 'DynamicsMaintAppUser'
-- @28 = 'FRServiceUser'
-- @29 = 'MonitoringAppUser'
-- @30 = 'PowerPlatformApp'
-- @31 = 'PowerPlatformS2S'
-- @32 = 'RetailServiceAccount'
-- @33 = 'ScaleUnitManagement'
-- @34 = 'ScaleUnitPipeline'
-- @35 = 'SysHealthServiceUser'
-- @36 = 0
-- @37 = 0
-- @38 = 1
-- @39 = 1
-- @40 = 'Admin'
-- @41 = 'Axping'
-- @42 = 'Axrunner'
-- @43 = 'DataSyncFrameworkApp'
-- @44 = 'DataverseSearchApp'
-- @45 = 'DynamicsMaintAppUser'
-- @46 = 'FRServiceUser'
-- @47 = 'MonitoringAppUser'
-- @48 = 'PowerPlatformApp'
-- @49 = 'PowerPlatformS2S'
-- @50 = 'RetailServiceAccount'
-- @51 = 'ScaleUnitManagement'
-- @52 = 'ScaleUnitPipeline'
-- @53 = 'SysHealthServiceUser'
-- @54 = 0
-- @55 = 0
-- @56 = 'initial'
-- @57 = 1
-- @58 = 'initial'
-- @59 = 'initial'
-- @60 = 1
-- @61 = 1
-- @62 = 'Admin'
-- @63 = 'admin@fabrikam.example'
-- @64 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @65 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @66 = '11111111-2222-4333-8444-555555555555'
-- @67 = 'Admin'
-- @68 = 'Axping'
-- @69 = 'Axrunner'
-- @70 = 'DataSyncFrameworkApp'
-- @71 = 'DataverseSearchApp'
-- @72 = 'DynamicsMaintAppUser'
-- @73 = 'FRServiceUser'
-- @74 = 'MonitoringAppUser'
-- @75 = 'PowerPlatformApp'
-- @76 = 'PowerPlatformS2S'
-- @77 = 'RetailServiceAccount'
-- @78 = 'ScaleUnitManagement'
-- @79 = 'ScaleUnitPipeline'
-- @80 = 'SysHealthServiceUser'
-- @81 = 0
-- @82 = 0
-- @83 = 'Admin'
-- @84 = 'Axping'
-- @85 = 'Axrunner'
-- @86 = 'DataSyncFrameworkApp'
-- @87 = 'DataverseSearchApp'
-- @88 = 'DynamicsMaintAppUser'
-- @89 = 'FRServiceUser'
-- @90 = 'MonitoringAppUser'
-- @91 = 'PowerPlatformApp'
-- @92 = 'PowerPlatformS2S'
-- @93 = 'RetailServiceAccount'
-- @94 = 'ScaleUnitManagement'
-- @95 = 'ScaleUnitPipeline'
-- @96 = 'SysHealthServiceUser'
-- @97 = 0
-- @98 = 0
-- @99 = 1
-- @100 = 'admin@fabrikam.example'
-- @101 = 'Admin'
-- @102 = 'admin@fabrikam.example'
-- @103 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @104 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @105 = '11111111-2222-4333-8444-555555555555'
-- @106 = 'Admin'
-- @107 = 'Axping'
-- @108 = 'Axrunner'
-- @109 = 'DataSyncFrameworkApp'
-- @110 = 'DataverseSearchApp'
-- @111 = 'DynamicsMaintAppUser'
-- @112 = 'FRServiceUser'
-- @113 = 'MonitoringAppUser'
-- @114 = 'PowerPlatformApp'
-- @115 = 'PowerPlatformS2S'
-- @116 = 'RetailServiceAccount'
-- @117 = 'ScaleUnitManagement'
-- @118 = 'ScaleUnitPipeline'
-- @119 = 'SysHealthServiceUser'
-- @120 = 0
-- @121 = 0
-- @122 = 'Admin'
-- @123 = 'Axping'
-- @124 = 'Axrunner'
-- @125 = 'DataSyncFrameworkApp'
-- @126 = 'DataverseSearchApp'
-- @127 = 'DynamicsMaintAppUser'
-- @128 = 'FRServiceUser'
-- @129 = 'MonitoringAppUser'
-- @130 = 'PowerPlatformApp'
-- @131 = 'PowerPlatformS2S'
-- @132 = 'RetailServiceAccount'
-- @133 = 'ScaleUnitManagement'
-- @134 = 'ScaleUnitPipeline'
-- @135 = 'SysHealthServiceUser'
-- @136 = 0
-- @137 = 0
-- @138 = 1
-- @139 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @140 = 'Admin'
-- @141 = 'admin@fabrikam.example'
-- @142 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @143 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @144 = '11111111-2222-4333-8444-555555555555'
-- @145 = 'Admin'
-- @146 = 'Axping'
-- @147 = 'Axrunner'
-- @148 = 'DataSyncFrameworkApp'
-- @149 = 'DataverseSearchApp'
-- @150 = 'DynamicsMaintAppUser'
-- @151 = 'FRServiceUser'
-- @152 = 'MonitoringAppUser'
-- @153 = 'PowerPlatformApp'
-- @154 = 'PowerPlatformS2S'
-- @155 = 'RetailServiceAccount'
-- @156 = 'ScaleUnitManagement'
-- @157 = 'ScaleUnitPipeline'
-- @158 = 'SysHealthServiceUser'
-- @159 = 0
-- @160 = 0
-- @161 = 'Admin'
-- @162 = 'Axping'
-- @163 = 'Axrunner'
-- @164 = 'DataSyncFrameworkApp'
-- @165 = 'DataverseSearchApp'
-- @166 = 'DynamicsMaintAppUser'
-- @167 = 'FRServiceUser'
-- @168 = 'MonitoringAppUser'
-- @169 = 'PowerPlatformApp'
-- @170 = 'PowerPlatformS2S'
-- @171 = 'RetailServiceAccount'
-- @172 = 'ScaleUnitManagement'
-- @173 = 'ScaleUnitPipeline'
-- @174 = 'SysHealthServiceUser'
-- @175 = 0
-- @176 = 0
-- @177 = 1
-- @178 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @179 = 'Admin'
-- @180 = 'admin@fabrikam.example'
-- @181 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @182 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @183 = '11111111-2222-4333-8444-555555555555'
-- @184 = 'Admin'
-- @185 = 'Axping'
-- @186 = 'Axrunner'
-- @187 = 'DataSyncFrameworkApp'
-- @188 = 'DataverseSearchApp'
-- @189 = 'DynamicsMaintAppUser'
-- @190 = 'FRServiceUser'
-- @191 = 'MonitoringAppUser'
-- @192 = 'PowerPlatformApp'
-- @193 = 'PowerPlatformS2S'
-- @194 = 'RetailServiceAccount'
-- @195 = 'ScaleUnitManagement'
-- @196 = 'ScaleUnitPipeline'
-- @197 = 'SysHealthServiceUser'
-- @198 = 0
-- @199 = 0
-- @200 = 'Admin'
-- @201 = 'Axping'
-- @202 = 'Axrunner'
-- @203 = 'DataSyncFrameworkApp'
-- @204 = 'DataverseSearchApp'
-- @205 = 'DynamicsMaintAppUser'
-- @206 = 'FRServiceUser'
-- @207 = 'MonitoringAppUser'
-- @208 = 'PowerPlatformApp'
-- @209 = 'PowerPlatformS2S'
-- @210 = 'RetailServiceAccount'
-- @211 = 'ScaleUnitManagement'
-- @212 = 'ScaleUnitPipeline'
-- @213 = 'SysHealthServiceUser'
-- @214 = 0
-- @215 = 0
-- @216 = 1
-- @217 = '11111111-2222-4333-8444-555555555555'
-- @218 = 'Admin'
-- @219 = ''
-- @220 = ''
-- @221 = 'Admin'
-- @222 = 'Axping'
-- @223 = 'Axrunner'
-- @224 = 'DataSyncFrameworkApp'
-- @225 = 'DataverseSearchApp'
-- @226 = 'DynamicsMaintAppUser'
-- @227 = 'FRServiceUser'
-- @228 = 'MonitoringAppUser'
-- @229 = 'PowerPlatformApp'
-- @230 = 'PowerPlatformS2S'
-- @231 = 'RetailServiceAccount'
-- @232 = 'ScaleUnitManagement'
-- @233 = 'ScaleUnitPipeline'
-- @234 = 'SysHealthServiceUser'
-- @235 = 0
-- @236 = 'initial'
-- @237 = 1
-- @238 = 'Admin'
-- @239 = 'admin@fabrikam.example'
-- @240 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @241 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @242 = '11111111-2222-4333-8444-555555555555'
-- @243 = 1
-- @244 = 'Admin'
-- @245 = ''
update "dbo"."USERINFO" with (tablockx) set "ENABLE" = case when ("ID" = @1 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @2) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @3) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @4) or ("OBJECTID" is null or "OBJECTID" <> @5) or (case when (("ID" is null or "ID" not in (@6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17, @18, @19)) and ("ENABLE" is null or "ENABLE" <> @20)) then @21 else "ENABLE" end is null or case when (("ID" is null or "ID" not in (@22, @23, @24, @25, @26, @27, @28, @29, @30, @31, @32, @33, @34, @35)) and ("ENABLE" is null or "ENABLE" <> @36)) then @37 else "ENABLE" end <> @38))) then @39 else case when (("ID" is null or "ID" not in (@40, @41, @42, @43, @44, @45, @46, @47, @48, @49, @50, @51, @52, @53)) and ("ENABLE" is null or "ENABLE" <> @54)) then @55 else "ENABLE" end end, "PARTITION" = case when (1 = 1 and (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @56)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @57))) then (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @58) else "PARTITION" end, "DEFAULTPARTITION" = case when (1 = 1 and (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @59)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @60))) then @61 else "DEFAULTPARTITION" end, "NETWORKALIAS" = case when ("ID" = @62 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @63) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @64) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @65) or ("OBJECTID" is null or "OBJECTID" <> @66) or (case when (("ID" is null or "ID" not in (@67, @68, @69, @70, @71, @72, @73, @74, @75, @76, @77, @78, @79, @80)) and ("ENABLE" is null or "ENABLE" <> @81)) then @82 else "ENABLE" end is null or case when (("ID" is null or "ID" not in (@83, @84, @85, @86, @87, @88, @89, @90, @91, @92, @93, @94, @95, @96)) and ("ENABLE" is null or "ENABLE" <> @97)) then @98 else "ENABLE" end <> @99))) then @100 else "NETWORKALIAS" end, "NETWORKDOMAIN" = case when ("ID" = @101 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @102) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @103) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @104) or ("OBJECTID" is null or "OBJECTID" <> @105) or (case when (("ID" is null or "ID" not in (@106, @107, @108, @109, @110, @111, @112, @113, @114, @115, @116, @117, @118, @119)) and ("ENABLE" is null or "ENABLE" <> @120)) then @121 else "ENABLE" end is null or case when (("ID" is null or "ID" not in (@122, @123, @124, @125, @126, @127, @128, @129, @130, @131, @132, @133, @134, @135)) and ("ENABLE" is null or "ENABLE" <> @136)) then @137 else "ENABLE" end <> @138))) then @139 else "NETWORKDOMAIN" end, "IDENTITYPROVIDER" = case when ("ID" = @140 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @141) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @142) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @143) or ("OBJECTID" is null or "OBJECTID" <> @144) or (case when (("ID" is null or "ID" not in (@145, @146, @147, @148, @149, @150, @151, @152, @153, @154, @155, @156, @157, @158)) and ("ENABLE" is null or "ENABLE" <> @159)) then @160 else "ENABLE" end is null or case when (("ID" is null or "ID" not in (@161, @162, @163, @164, @165, @166, @167, @168, @169, @170, @171, @172, @173, @174)) and ("ENABLE" is null or "ENABLE" <> @175)) then @176 else "ENABLE" end <> @177))) then @178 else "IDENTITYPROVIDER" end, "OBJECTID" = case when ("ID" = @179 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @180) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @181) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @182) or ("OBJECTID" is null or "OBJECTID" <> @183) or (case when (("ID" is null or "ID" not in (@184, @185, @186, @187, @188, @189, @190, @191, @192, @193, @194, @195, @196, @197)) and ("ENABLE" is null or "ENABLE" <> @198)) then @199 else "ENABLE" end is null or case when (("ID" is null or "ID" not in (@200, @201, @202, @203, @204, @205, @206, @207, @208, @209, @210, @211, @212, @213)) and ("ENABLE" is null or "ENABLE" <> @214)) then @215 else "ENABLE" end <> @216))) then @217 else "OBJECTID" end, "SID" = case when ("ID" = @218 and "SID" <> @219) then @220 else "SID" end, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ((("ID" is null or "ID" not in (@221, @222, @223, @224, @225, @226, @227, @228, @229, @230, @231, @232, @233, @234)) and ("ENABLE" is null or "ENABLE" <> @235)) or (1 = 1 and (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @236)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @237))) or ("ID" = @238 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @239) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @240) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @241) or ("OBJECTID" is null or "OBJECTID" <> @242) or ("ENABLE" is null or "ENABLE" <> @243))) or ("ID" = @244 and "SID" <> @245))
GO

-- users-disabled, user-partition, administrator-reset, administrator-sid: rows as they must not be
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
-- @16 = 'initial'
-- @17 = 1
-- @18 = 'Admin'
-- @19 = 'admin@fabrikam.example'
-- @20 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @21 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @22 = '11111111-2222-4333-8444-555555555555'
-- @23 = 1
-- @24 = 'Admin'
-- @25 = ''
select count_big(*) as "n", count_big("c0") as "c0", count_big("c1") as "c1", count_big("c2") as "c2", count_big("c3") as "c3" from (select case when (("ID" is null or "ID" not in (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14)) and ("ENABLE" is null or "ENABLE" <> @15)) then 1 end as "c0", case when (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @16)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @17)) then 1 end as "c1", case when ("ID" = @18 and (("NETWORKALIAS" is null or "NETWORKALIAS" <> @19) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> @20) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> @21) or ("OBJECTID" is null or "OBJECTID" <> @22) or ("ENABLE" is null or "ENABLE" <> @23))) then 1 end as "c2", case when ("ID" = @24 and "SID" <> @25) then 1 end as "c3" from "dbo"."USERINFO") as "answers"
GO

-- batch-jobs-withheld: rows to be changed
-- @1 = 0
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and ("STATUS" is null or "STATUS" <> @1)) then 1 end as "c0" from "dbo"."BATCHJOB") as "answers"
GO

-- batch-jobs-withheld
-- @1 = 0
-- @2 = 0
update "dbo"."BATCHJOB" with (tablockx) set "STATUS" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and ("STATUS" is null or "STATUS" <> @2))
GO

-- batch-jobs-withheld: rows as they must not be
-- @1 = 0
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("STATUS" is null or "STATUS" <> @1) then 1 end as "c0" from "dbo"."BATCHJOB") as "answers"
GO

-- batch-tasks-withheld: rows to be changed
-- @1 = 1
-- @2 = 2
-- @3 = 5
-- @4 = 7
-- @5 = 0
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("STATUS" in (@1, @2, @3, @4) and ("STATUS" is null or "STATUS" <> @5)) then 1 end as "c0" from "dbo"."BATCH") as "answers"
GO

-- batch-tasks-withheld
-- @1 = 0
-- @2 = 1
-- @3 = 2
-- @4 = 5
-- @5 = 7
-- @6 = 0
update "dbo"."BATCH" with (tablockx) set "STATUS" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("STATUS" in (@2, @3, @4, @5) and ("STATUS" is null or "STATUS" <> @6))
GO

-- batch-tasks-withheld: rows as they must not be
-- @1 = 1
-- @2 = 2
-- @3 = 5
-- @4 = 7
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "STATUS" in (@1, @2, @3, @4) then 1 end as "c0" from "dbo"."BATCH") as "answers"
GO

-- smtp-password: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "PASSWORD" <> @1) then 1 end as "c0" from "dbo"."SYSEMAILSMTPPASSWORD") as "answers"
GO

-- smtp-password
-- @1 = 0x
update "dbo"."SYSEMAILSMTPPASSWORD" with (tablockx) set "PASSWORD" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "PASSWORD" <> @1)
GO

-- smtp-password: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "PASSWORD" <> @1 then 1 end as "c0" from "dbo"."SYSEMAILSMTPPASSWORD") as "answers"
GO

-- credit-card-setup: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1) then 1 end as "c0" from "dbo"."CREDITCARDACCOUNTSETUP") as "answers"
GO

-- credit-card-setup
-- @1 = 0x
update "dbo"."CREDITCARDACCOUNTSETUP" with (tablockx) set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- credit-card-setup: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "SECUREMERCHANTPROPERTIES" <> @1 then 1 end as "c0" from "dbo"."CREDITCARDACCOUNTSETUP") as "answers"
GO

-- exchange-rate-providers: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "VALUE" <> @1) then 1 end as "c0" from "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS") as "answers"
GO

-- exchange-rate-providers
-- @1 = 0x
update "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" with (tablockx) set "VALUE" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "VALUE" <> @1)
GO

-- exchange-rate-providers: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "VALUE" <> @1 then 1 end as "c0" from "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS") as "answers"
GO

-- brazilian-fiscal-establishments: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "CONSUMEREFDOCCSC" <> @1) then 1 end as "c0" from "dbo"."FISCALESTABLISHMENT_BR") as "answers"
GO

-- brazilian-fiscal-establishments
-- @1 = 0x
update "dbo"."FISCALESTABLISHMENT_BR" with (tablockx) set "CONSUMEREFDOCCSC" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CONSUMEREFDOCCSC" <> @1)
GO

-- brazilian-fiscal-establishments: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "CONSUMEREFDOCCSC" <> @1 then 1 end as "c0" from "dbo"."FISCALESTABLISHMENT_BR") as "answers"
GO

-- brazilian-fiscal-establishments-staging: rows to be changed
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "CSC" <> @1) then 1 end as "c0" from "dbo"."FISCALESTABLISHMENTSTAGING") as "answers"
GO

-- brazilian-fiscal-establishments-staging
-- @1 = ''
-- @2 = ''
update "dbo"."FISCALESTABLISHMENTSTAGING" with (tablockx) set "CSC" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CSC" <> @2)
GO

-- brazilian-fiscal-establishments-staging: rows as they must not be
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "CSC" <> @1 then 1 end as "c0" from "dbo"."FISCALESTABLISHMENTSTAGING") as "answers"
GO

-- person-identification-numbers: rows to be changed
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @1) then 1 end as "c0" from "dbo"."HCMPERSONIDENTIFICATIONNUMBER") as "answers"
GO

-- person-identification-numbers
-- @1 = ''
-- @2 = ''
update "dbo"."HCMPERSONIDENTIFICATIONNUMBER" with (tablockx) set "PERSONIDENTIFICATIONNUMBER" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @2)
GO

-- person-identification-numbers: rows as they must not be
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "PERSONIDENTIFICATIONNUMBER" <> @1 then 1 end as "c0" from "dbo"."HCMPERSONIDENTIFICATIONNUMBER") as "answers"
GO

-- worker-hire-identification-numbers: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @1) then 1 end as "c0" from "dbo"."HCMWORKERACTIONHIRE") as "answers"
GO

-- worker-hire-identification-numbers
-- @1 = 0x
update "dbo"."HCMWORKERACTIONHIRE" with (tablockx) set "PERSONIDENTIFICATIONNUMBER" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "PERSONIDENTIFICATIONNUMBER" <> @1)
GO

-- worker-hire-identification-numbers: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "PERSONIDENTIFICATIONNUMBER" <> @1 then 1 end as "c0" from "dbo"."HCMWORKERACTIONHIRE") as "answers"
GO

-- oauth-user-tokens: rows to be changed
-- @1 = 0x
-- @2 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2)) then 1 end as "c0" from "dbo"."SYSOAUTHUSERTOKENS") as "answers"
GO

-- oauth-user-tokens
-- @1 = 0x
-- @2 = 0x
update "dbo"."SYSOAUTHUSERTOKENS" with (tablockx) set "ENCRYPTEDACCESSTOKEN" = null, "ENCRYPTEDREFRESHTOKEN" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2))
GO

-- oauth-user-tokens: rows as they must not be
-- @1 = 0x
-- @2 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2) then 1 end as "c0" from "dbo"."SYSOAUTHUSERTOKENS") as "answers"
GO

-- commerce-hardware-profiles: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1) then 1 end as "c0" from "dbo"."RETAILHARDWAREPROFILE") as "answers"
GO

-- commerce-hardware-profiles
-- @1 = 0x
update "dbo"."RETAILHARDWAREPROFILE" with (tablockx) set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-hardware-profiles: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "SECUREMERCHANTPROPERTIES" <> @1 then 1 end as "c0" from "dbo"."RETAILHARDWAREPROFILE") as "answers"
GO

-- commerce-payment-connectors: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1) then 1 end as "c0" from "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE") as "answers"
GO

-- commerce-payment-connectors
-- @1 = 0x
update "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE" with (tablockx) set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-payment-connectors: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "SECUREMERCHANTPROPERTIES" <> @1 then 1 end as "c0" from "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE") as "answers"
GO

-- commerce-database-profiles: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "CONNECTIONSTRING" <> @1) then 1 end as "c0" from "dbo"."RETAILCONNDATABASEPROFILE") as "answers"
GO

-- commerce-database-profiles
-- @1 = 0x
update "dbo"."RETAILCONNDATABASEPROFILE" with (tablockx) set "CONNECTIONSTRING" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CONNECTIONSTRING" <> @1)
GO

-- commerce-database-profiles: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "CONNECTIONSTRING" <> @1 then 1 end as "c0" from "dbo"."RETAILCONNDATABASEPROFILE") as "answers"
GO

-- commerce-hardware-profiles-staging: rows to be changed
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1) then 1 end as "c0" from "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY") as "answers"
GO

-- commerce-hardware-profiles-staging
-- @1 = 0x
update "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY" with (tablockx) set "SECUREMERCHANTPROPERTIES" = null, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "SECUREMERCHANTPROPERTIES" <> @1)
GO

-- commerce-hardware-profiles-staging: rows as they must not be
-- @1 = 0x
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "SECUREMERCHANTPROPERTIES" <> @1 then 1 end as "c0" from "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY") as "answers"
GO

-- personnel-integration: rows to be changed
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when (1 = 1 and "CONNECTIONSTRING" <> @1) then 1 end as "c0" from "dbo"."PERSONNELINTEGRATIONCONFIGURATION") as "answers"
GO

-- personnel-integration
-- @1 = ''
-- @2 = ''
update "dbo"."PERSONNELINTEGRATIONCONFIGURATION" with (tablockx) set "CONNECTIONSTRING" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where (1 = 1 and "CONNECTIONSTRING" <> @2)
GO

-- personnel-integration: rows as they must not be
-- @1 = ''
select count_big(*) as "n", count_big("c0") as "c0" from (select case when "CONNECTIONSTRING" <> @1 then 1 end as "c0" from "dbo"."PERSONNELINTEGRATIONCONFIGURATION") as "answers"
GO

-- tenant-setting: rows to be changed
-- @1 = 'TENANTID'
-- @2 = '99999999-8888-4777-8666-555555555555'
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("NAME" = @1 and ("VALUE" is null or "VALUE" <> @2)) then 1 end as "c0" from "dbo"."SYSSERVICECONFIGURATIONSETTING") as "answers"
GO

-- tenant-setting
-- @1 = '99999999-8888-4777-8666-555555555555'
-- @2 = 'TENANTID'
-- @3 = '99999999-8888-4777-8666-555555555555'
update "dbo"."SYSSERVICECONFIGURATIONSETTING" with (tablockx) set "VALUE" = @1, "RECVERSION" = case when "RECVERSION" = 2147483647 then 1 else "RECVERSION" + 1 end where ("NAME" = @2 and ("VALUE" is null or "VALUE" <> @3))
GO

-- tenant-setting: rows as they must not be
-- @1 = 'TENANTID'
-- @2 = '99999999-8888-4777-8666-555555555555'
select count_big(*) as "n", count_big("c0") as "c0" from (select case when ("NAME" = @1 and ("VALUE" is null or "VALUE" <> @2)) then 1 end as "c0" from "dbo"."SYSSERVICECONFIGURATIONSETTING") as "answers"
GO

-- power-bi-registration: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."POWERBICONFIG") as "answers"
GO

-- power-bi-registration
truncate table "dbo"."POWERBICONFIG"
GO

-- power-bi-registration: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."POWERBICONFIG") as "answers"
GO

-- provisioning-messages: rows to be changed
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."PROVISIONINGMESSAGETABLE") as "answers"
GO

-- provisioning-messages
truncate table "dbo"."PROVISIONINGMESSAGETABLE"
GO

-- provisioning-messages: rows as they must not be
select count_big(*) as "n", count_big("c0") as "c0" from (select case when 1 = 1 then 1 end as "c0" from "dbo"."PROVISIONINGMESSAGETABLE") as "answers"
GO

-- email-addresses: post-condition, none may be found
-- @1 = 2
-- @2 = '%@%'
-- @3 = ''
select count_big(*) as "rows" from "dbo"."LOGISTICSELECTRONICADDRESS" where (("TYPE" = @1 or "LOCATOR" like @2) and "LOCATOR" <> @3)
GO

-- batch-job-history: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHJOBHISTORY" where 1 = 1
GO

-- batch-task-history: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHHISTORY" where 1 = 1
GO

-- batch-constraint-history: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."BATCHCONSTRAINTSHISTORY" where 1 = 1
GO

-- smtp-relay-server: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."SYSEMAILPARAMETERS" where "SMTPRELAYSERVERNAME" <> @1
GO

-- mailer: post-condition, none may be found
-- @1 = 'SMTP'
select count_big(*) as "rows" from "dbo"."SYSEMAILPARAMETERS" where ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> @1)
GO

-- print-management-settings: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."PRINTMGMTSETTINGS" where 1 = 1
GO

-- print-management-documents: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."PRINTMGMTDOCINSTANCE" where 1 = 1
GO

-- server-sessions: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."SYSSERVERSESSIONS" where 1 = 1
GO

-- client-sessions: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."SYSCLIENTSESSIONS" where 1 = 1
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

-- document-attachments: post-condition, none may be found
select count_big(*) as "rows" from "dbo"."DOCUVALUE" where 1 = 1
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

-- batch-jobs-withheld: post-condition, none may be found
-- @1 = 0
select count_big(*) as "rows" from "dbo"."BATCHJOB" where ("STATUS" is null or "STATUS" <> @1)
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

-- user-partition: post-condition, none may be found
-- @1 = 'initial'
-- @2 = 1
select count_big(*) as "rows" from "dbo"."USERINFO" where (("PARTITION" is null or "PARTITION" not in (select "RECID" from "dbo"."PARTITIONS" where "PARTITIONKEY" = @1)) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> @2))
GO

-- smtp-password: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."SYSEMAILSMTPPASSWORD" where "PASSWORD" <> @1
GO

-- credit-card-setup: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."CREDITCARDACCOUNTSETUP" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- exchange-rate-providers: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" where "VALUE" <> @1
GO

-- brazilian-fiscal-establishments: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."FISCALESTABLISHMENT_BR" where "CONSUMEREFDOCCSC" <> @1
GO

-- brazilian-fiscal-establishments-staging: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."FISCALESTABLISHMENTSTAGING" where "CSC" <> @1
GO

-- person-identification-numbers: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."HCMPERSONIDENTIFICATIONNUMBER" where "PERSONIDENTIFICATIONNUMBER" <> @1
GO

-- worker-hire-identification-numbers: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."HCMWORKERACTIONHIRE" where "PERSONIDENTIFICATIONNUMBER" <> @1
GO

-- oauth-user-tokens: post-condition, none may be found
-- @1 = 0x
-- @2 = 0x
select count_big(*) as "rows" from "dbo"."SYSOAUTHUSERTOKENS" where ("ENCRYPTEDACCESSTOKEN" <> @1 or "ENCRYPTEDREFRESHTOKEN" <> @2)
GO

-- commerce-hardware-profiles: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILHARDWAREPROFILE" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- commerce-payment-connectors: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILCHANNELPAYMENTCONNECTORLINE" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- commerce-database-profiles: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILCONNDATABASEPROFILE" where "CONNECTIONSTRING" <> @1
GO

-- commerce-hardware-profiles-staging: post-condition, none may be found
-- @1 = 0x
select count_big(*) as "rows" from "dbo"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY" where "SECUREMERCHANTPROPERTIES" <> @1
GO

-- personnel-integration: post-condition, none may be found
-- @1 = ''
select count_big(*) as "rows" from "dbo"."PERSONNELINTEGRATIONCONFIGURATION" where "CONNECTIONSTRING" <> @1
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

-- tenant-setting: post-condition, none may be found
-- @1 = 'TENANTID'
-- @2 = '99999999-8888-4777-8666-555555555555'
select count_big(*) as "rows" from "dbo"."SYSSERVICECONFIGURATIONSETTING" where ("NAME" = @1 and ("VALUE" is null or "VALUE" <> @2))
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
