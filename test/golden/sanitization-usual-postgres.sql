-- email-addresses: none may be found
-- @1 = 2
-- @2 = '%@%'
-- @3 = ''
select count(*) as "rows" from "public"."LOGISTICSELECTRONICADDRESS" where (("TYPE" = $1 or "LOCATOR" like $2) and "LOCATOR" <> $3)
GO

-- smtp-relay-server: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILPARAMETERS" where "SMTPRELAYSERVERNAME" <> $1
GO

-- mailer: none may be found
-- @1 = 'SMTP'
select count(*) as "rows" from "public"."SYSEMAILPARAMETERS" where ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> $1)
GO

-- print-management-settings: none may be found
select count(*) as "rows" from "public"."PRINTMGMTSETTINGS" where 1 = 1
GO

-- print-management-documents: none may be found
select count(*) as "rows" from "public"."PRINTMGMTDOCINSTANCE" where 1 = 1
GO

-- users-disabled: none may be found
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
select count(*) as "rows" from "public"."USERINFO" where (("ID" is null or lower(rtrim("ID")) not in (lower(rtrim($1)), lower(rtrim($2)), lower(rtrim($3)), lower(rtrim($4)), lower(rtrim($5)), lower(rtrim($6)), lower(rtrim($7)), lower(rtrim($8)), lower(rtrim($9)), lower(rtrim($10)), lower(rtrim($11)), lower(rtrim($12)), lower(rtrim($13)), lower(rtrim($14)))) and ("ENABLE" is null or "ENABLE" <> $15))
GO

-- dimension-hash-messages: none may be found
select count(*) as "rows" from "public"."DIMENSIONHASHMESSAGELOG" where 1 = 1
GO

-- dimension-integrity-log: none may be found
select count(*) as "rows" from "public"."DIMENSIONDATAINTEGRITYLOG" where 1 = 1
GO

-- dimension-rename-audit: none may be found
select count(*) as "rows" from "public"."DIMENSIONVALUERENAMEAUDIT" where 1 = 1
GO

-- dimension-delete-audit: none may be found
select count(*) as "rows" from "public"."DIMENSIONVALUEDELETEAUDIT" where 1 = 1
GO

-- dimension-combination-status: none may be found
select count(*) as "rows" from "public"."DIMENSIONATTRIBUTEVALUECOMBINATIONSTATUS" where 1 = 1
GO

-- dimension-group-status: none may be found
select count(*) as "rows" from "public"."DIMENSIONATTRIBUTEVALUEGROUPSTATUS" where 1 = 1
GO

-- dimension-entity-cache: none may be found
select count(*) as "rows" from "public"."DIMENSIONDATAENTITYSFKCACHE" where 1 = 1
GO

-- dimension-references: none may be found
select count(*) as "rows" from "public"."DIMENSIONREFERENCES" where 1 = 1
GO

-- server-sessions: none may be found
select count(*) as "rows" from "public"."SYSSERVERSESSIONS" where 1 = 1
GO

-- client-sessions: none may be found
select count(*) as "rows" from "public"."SYSCLIENTSESSIONS" where 1 = 1
GO

-- server-configuration: none may be found
select count(*) as "rows" from "public"."SYSSERVERCONFIG" where 1 = 1
GO

-- network-printers: none may be found
select count(*) as "rows" from "public"."SYSCORPNETPRINTERS" where 1 = 1
GO

-- batch-servers: none may be found
select count(*) as "rows" from "public"."BATCHSERVERCONFIG" where 1 = 1
GO

-- batch-server-groups: none may be found
select count(*) as "rows" from "public"."BATCHSERVERGROUP" where 1 = 1
GO

-- document-attachments: none may be found
-- @1 = 1
select count(*) as "rows" from "public"."DOCUVALUE" where "STORAGEPROVIDERID" = $1
GO

-- deleted-attachments: none may be found
-- @1 = 1
select count(*) as "rows" from "public"."DOCUDELETEDVALUE" where "STORAGEPROVIDERID" = $1
GO

-- document-templates: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."DOCUTEMPLATE" where lower(rtrim("AOTRESOURCENAME")) = lower(rtrim($1))
GO

-- batch-jobs-withheld: none may be found
-- @1 = 0
select count(*) as "rows" from "public"."BATCHJOB" where ("STATUS" is null or "STATUS" <> $1)
GO

-- batch-tasks-ended: none may be found
-- @1 = 2
-- @2 = 7
select count(*) as "rows" from "public"."BATCH" where "STATUS" in ($1, $2)
GO

-- batch-tasks-withheld: none may be found
-- @1 = 1
-- @2 = 5
select count(*) as "rows" from "public"."BATCH" where "STATUS" in ($1, $2)
GO

-- user-partition: PARTITIONS.RECID gives exactly one value
-- @1 = 'initial'
select count(*) as "rows" from "public"."PARTITIONS" where lower(rtrim("PARTITIONKEY")) = lower(rtrim($1))
GO

-- user-partition: none may be found
-- @1 = 'initial'
-- @2 = 1
select count(*) as "rows" from "public"."USERINFO" where (("PARTITION" is null or "PARTITION" not in (select "RECID" from "public"."PARTITIONS" where lower(rtrim("PARTITIONKEY")) = lower(rtrim($1)))) or ("DEFAULTPARTITION" is null or "DEFAULTPARTITION" <> $2))
GO

-- smtp-password: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILSMTPPASSWORD" where "PASSWORD" <> $1
GO

-- credit-card-setup: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CREDITCARDACCOUNTSETUP" where "SECUREMERCHANTPROPERTIES" <> $1
GO

-- exchange-rate-providers: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" where "VALUE" <> $1
GO

-- brazilian-fiscal-establishments: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."FISCALESTABLISHMENT_BR" where ("CONSUMEREFDOCCSC" <> $1 or "CONSUMEREFDOCCSCTOKEN" <> $2)
GO

-- brazilian-fiscal-establishments-staging: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."FISCALESTABLISHMENTSTAGING" where "CSC" <> $1
GO

-- person-identification-numbers: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMPERSONIDENTIFICATIONNUMBER" where "PERSONIDENTIFICATIONNUMBER" <> $1
GO

-- worker-hire-identification-numbers: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMWORKERACTIONHIRE" where "PERSONIDENTIFICATIONNUMBER" <> $1
GO

-- oauth-user-tokens: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."SYSOAUTHUSERTOKENS" where ("ENCRYPTEDACCESSTOKEN" <> $1 or "ENCRYPTEDREFRESHTOKEN" <> $2)
GO

-- commerce-hardware-profiles: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILHARDWAREPROFILE" where "SECUREMERCHANTPROPERTIES" <> $1
GO

-- commerce-payment-connectors: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILCHANNELPAYMENTCONNECTORLINE" where "SECUREMERCHANTPROPERTIES" <> $1
GO

-- commerce-database-profiles: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILCONNDATABASEPROFILE" where "CONNECTIONSTRING" <> $1
GO

-- commerce-hardware-profiles-staging: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILHARDWAREPROFILEMERCHANTINFOENTITY" where "SECUREMERCHANTPROPERTIES" <> $1
GO

-- personnel-integration: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."PERSONNELINTEGRATIONCONFIGURATION" where "CONNECTIONSTRING" <> $1
GO

-- encrypted-analytics: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BIMEASUREMENTPARAMETERS" where "AZUREAPPSECRET" <> $1
GO

-- encrypted-italian-invoices: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
select count(*) as "rows" from "public"."EINVOICEPARAMETERS_IT" where ("ENCRYPTEDUSERPASSWORD" <> $1 or "ENCRYPTEDCLIENTID" <> $2 or "ENCRYPTEDCLIENTSECRET" <> $3 or "ENCRYPTEDACCESSTOKEN" <> $4 or "ENCRYPTEDSEK" <> $5)
GO

-- encrypted-hungarian-invoices: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."ONLINEINVOICINGPARAMETERS_HU" where ("TECHUSERPASSWORD" <> $1 or "SIGNATUREKEY" <> $2 or "REPLACEMENTKEY" <> $3)
GO

-- encrypted-key-vault: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."KEYVAULTPARAMETERS" where "CLIENTSECRETKEY" <> $1
GO

-- encrypted-oauth-registrations: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSOAUTHCONFIGURATION" where "APPKEY" <> $1
GO

-- encrypted-upsell-conditions: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."MCRUPSELLVARCONDITIONDETAIL" where "VALUE" <> $1
GO

-- encrypted-history: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."SYSHISTORICALCRYPTOGRAPHY" where ("ENCRYPTEDDATA" <> $1 or "OLDENCRYPTEDDATA" <> $2)
GO

-- signature-history: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."SYSHISTORICALSIGNATURE" where ("RAWDATA" <> $1 or "SIGNATURE" <> $2)
GO

-- table-signature-history: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."SYSTABLEHISTORICALSIGNATURE" where ("RAWDATA" <> $1 or "SIGNATURE" <> $2 or "OLDSIGNATURE" <> $3)
GO

-- maintenance-mode: none may be found
-- @1 = 'CONFIGURATIONMODE'
-- @2 = 0
select count(*) as "rows" from "public"."SQLSYSTEMVARIABLES" where (lower(rtrim("PARM")) = lower(rtrim($1)) and ("VALUE" is null or "VALUE" <> $2))
GO

-- dual-write-projects: none may be found
select count(*) as "rows" from "public"."DUALWRITEPROJECTCONFIGURATION" where 1 = 1
GO

-- dual-write-fields: none may be found
select count(*) as "rows" from "public"."DUALWRITEPROJECTFIELDCONFIGURATION" where 1 = 1
GO

-- change-tracked-tables: none may be found
select count(*) as "rows" from "public"."AIFSQLCHANGETRACKINGENABLEDTABLES" where 1 = 1
GO

-- change-captured-tables: none may be found
select count(*) as "rows" from "public"."AIFSQLCDCENABLEDTABLES" where 1 = 1
GO

-- event-endpoints: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSENDPOINT" where 1 = 1
GO

-- event-endpoints-azure: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSAZUREENDPOINT" where 1 = 1
GO

-- event-endpoints-blob-storage: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" where 1 = 1
GO

-- event-endpoints-event-grid: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSEVENTGRIDENDPOINT" where 1 = 1
GO

-- event-endpoints-event-hub: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSEVENTHUBENDPOINT" where 1 = 1
GO

-- event-endpoints-flow: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSFLOWENDPOINT" where 1 = 1
GO

-- event-endpoints-queue: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSSERVICEBUSQUEUEENDPOINT" where 1 = 1
GO

-- event-endpoints-topic: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSSERVICEBUSTOPICENDPOINT" where 1 = 1
GO

-- administrator-reset: none may be found
-- @1 = 'Admin'
-- @2 = 'admin@fabrikam.example'
-- @3 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @4 = 'https://sts.windows.net/99999999-8888-4777-8666-555555555555'
-- @5 = '11111111-2222-4333-8444-555555555555'
-- @6 = 1
select count(*) as "rows" from "public"."USERINFO" where (lower(rtrim("ID")) = lower(rtrim($1)) and (("NETWORKALIAS" is null or "NETWORKALIAS" <> $2) or ("NETWORKDOMAIN" is null or "NETWORKDOMAIN" <> $3) or ("IDENTITYPROVIDER" is null or "IDENTITYPROVIDER" <> $4) or ("OBJECTID" is null or "OBJECTID" <> $5) or ("ENABLE" is null or "ENABLE" <> $6)))
GO

-- administrator-reset: one must be found
-- @1 = 'Admin'
select count(*) as "rows" from "public"."USERINFO" where lower(rtrim("ID")) = lower(rtrim($1))
GO

-- administrator-sid: none may be found
-- @1 = 'Admin'
-- @2 = ''
select count(*) as "rows" from "public"."USERINFO" where (lower(rtrim("ID")) = lower(rtrim($1)) and "SID" <> $2)
GO

-- tenant-setting: none may be found
-- @1 = 'TENANTID'
-- @2 = '99999999-8888-4777-8666-555555555555'
select count(*) as "rows" from "public"."SYSSERVICECONFIGURATIONSETTING" where (lower(rtrim("NAME")) = lower(rtrim($1)) and ("VALUE" is null or "VALUE" <> $2))
GO

-- power-bi-registration: none may be found
select count(*) as "rows" from "public"."POWERBICONFIG" where 1 = 1
GO

-- provisioning-messages: none may be found
select count(*) as "rows" from "public"."PROVISIONINGMESSAGETABLE" where 1 = 1
GO

-- quiet-outgoing-mail: none may be found
select count(*) as "rows" from "public"."SYSOUTGOINGEMAILTABLE" where 1 = 1
GO

-- quiet-outgoing-mail-contents: none may be found
select count(*) as "rows" from "public"."SYSOUTGOINGEMAILDATA" where 1 = 1
GO

-- quiet-outgoing-mail-attachments: none may be found
select count(*) as "rows" from "public"."SYSEMAILATTACHMENTDATA" where 1 = 1
GO

-- quiet-relay-server: none may be found
-- @1 = ''
-- @2 = 'SMTP'
select count(*) as "rows" from "public"."SYSEMAILPARAMETERS" where (("SMTPRELAYSERVERNAME" is null or "SMTPRELAYSERVERNAME" <> $1) or ("MAILERNONINTERACTIVE" is null or "MAILERNONINTERACTIVE" <> $2))
GO

-- quiet-relay-account: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILPARAMETERS" where "SMTPUSERNAME" <> $1
GO

-- quiet-graph-mailer: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILPARAMETERS" where "GRAPHMAILERAPPID" <> $1
GO

-- quiet-mailer-passwords: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILSMTPPASSWORD" where "PASSWORD" <> $1
GO

-- quiet-mail-accounts-read: none may be found
select count(*) as "rows" from "public"."SYSEMAILACCOUNTTABLE" where 1 = 1
GO

-- quiet-sender-addresses: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILTABLE" where "SENDERADDR" <> $1
GO

-- quiet-system-sender-addresses: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSEMAILSYSTEMTABLE" where "SENDERADDR" <> $1
GO

-- quiet-fiscal-mail-accounts: none may be found
select count(*) as "rows" from "public"."EFDOCUMENTEMAILACCOUNT_BR" where 1 = 1
GO

-- quiet-user-addresses: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSUSERINFO" where "EMAIL" <> $1
GO

-- quiet-user-deputy-addresses: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSUSERINFO" where "EVENTWORKFLOWALTERNATEEMAIL" <> $1
GO

-- quiet-user-mailers: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSUSERINFO" where "MAILER" <> $1
GO

-- quiet-workflow-mail: none may be found
-- @1 = 0
select count(*) as "rows" from "public"."SYSUSERINFO" where ("EVENTWORKFLOWTASKSINEMAIL" is null or "EVENTWORKFLOWTASKSINEMAIL" <> $1)
GO

-- quiet-alert-mail: none may be found
-- @1 = 0
select count(*) as "rows" from "public"."EVENTRULE" where ("SENDALERTEMAIL" is null or "SENDALERTEMAIL" <> $1)
GO

-- quiet-alert-recipients: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."EVENTRULE" where "EMAILRECIPIENTS" <> $1
GO

-- quiet-batch-jobs: none may be found
-- @1 = 0
select count(*) as "rows" from "public"."BATCHJOB" where ("STATUS" is null or "STATUS" <> $1)
GO

-- quiet-batch-tasks-ended: none may be found
-- @1 = 2
-- @2 = 7
select count(*) as "rows" from "public"."BATCH" where "STATUS" in ($1, $2)
GO

-- quiet-batch-tasks: none may be found
-- @1 = 1
-- @2 = 5
select count(*) as "rows" from "public"."BATCH" where "STATUS" in ($1, $2)
GO

-- quiet-endpoints: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSENDPOINT" where 1 = 1
GO

-- quiet-endpoints-azure: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSAZUREENDPOINT" where 1 = 1
GO

-- quiet-endpoints-blob-storage: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" where 1 = 1
GO

-- quiet-endpoints-event-grid: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSEVENTGRIDENDPOINT" where 1 = 1
GO

-- quiet-endpoints-event-hub: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSEVENTHUBENDPOINT" where 1 = 1
GO

-- quiet-endpoints-flow: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSFLOWENDPOINT" where 1 = 1
GO

-- quiet-endpoints-service-bus-queue: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSSERVICEBUSQUEUEENDPOINT" where 1 = 1
GO

-- quiet-endpoints-service-bus-topic: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSSERVICEBUSTOPICENDPOINT" where 1 = 1
GO

-- quiet-events-switched-on: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSCONFIGURATION" where 1 = 1
GO

-- quiet-events-waiting: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSCOMMITLOG" where 1 = 1
GO

-- quiet-events-bundled: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSBUNDLE" where 1 = 1
GO

-- quiet-events-queued: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSBUNDLEQUEUE" where 1 = 1
GO

-- quiet-events-failed: none may be found
select count(*) as "rows" from "public"."BUSINESSEVENTSEXCEPTIONLOG" where 1 = 1
GO

-- quiet-data-events: none may be found
select count(*) as "rows" from "public"."DATAFEEDSDEFINITION" where 1 = 1
GO

-- quiet-workflow-flows: none may be found
select count(*) as "rows" from "public"."WORKFLOWINSTANTFLOWENDPOINTS" where 1 = 1
GO

-- quiet-dual-write-projects: none may be found
select count(*) as "rows" from "public"."DUALWRITEPROJECTCONFIGURATION" where 1 = 1
GO

-- quiet-dual-write-fields: none may be found
select count(*) as "rows" from "public"."DUALWRITEPROJECTFIELDCONFIGURATION" where 1 = 1
GO

-- quiet-dual-write-service: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."DUALWRITEPARAMETERS" where "DUALWRITESERVICEBASEURL" <> $1
GO

-- quiet-registered-applications: none may be found
select count(*) as "rows" from "public"."SYSAADCLIENTTABLE" where 1 = 1
GO

-- quiet-embedded-reports: none may be found
select count(*) as "rows" from "public"."PBIEMBEDDEDOVERRIDE" where 1 = 1
GO

-- quiet-pinned-reports: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."POWERBIFORMCONTROLBINDING" where "EMBEDURL" <> $1
GO

-- quiet-key-vault: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."KEYVAULTPARAMETERS" where ("URL" <> $1 or "APPCLIENTID" <> $2 or "SECRETKEY" <> $3 or "CLIENTSECRETKEY" <> $4)
GO

-- quiet-oauth-registrations: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."SYSOAUTHCONFIGURATION" where ("CLIENTID" <> $1 or "APPKEY" <> $2)
GO

-- quiet-notification-hub: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSNOTIFICATIONHUBCONFIG" where "CONNECTIONSTRING" <> $1
GO

-- quiet-service-bus: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."SYSWINDOWSAZUREPARAMETERS" where ("ENDPOINT" <> $1 or "FULLACCESSKEY" <> $2 or "LISTENACCESSKEY" <> $3)
GO

-- quiet-telemetry: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."OPERATIONALINSIGHTSREGISTRY" where "INSTRUMENTATIONKEY" <> $1
GO

-- quiet-integration-registry: none may be found
select count(*) as "rows" from "public"."SYSINTEGRATIONREGISTRY" where 1 = 1
GO

-- quiet-forecasting: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."REQDEMPLANFORECASTPARAMETERS" where ("AZUREMLAPIKEY" <> $1 or "AZUREMLSERVICEENDPOINTURI" <> $2)
GO

-- quiet-analytics-connection: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BICONFIGURATION" where "CONNECTIONSTRING" <> $1
GO

-- quiet-analytics-secret: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BIMEASUREMENTPARAMETERS" where "AZUREAPPSECRET" <> $1
GO

-- quiet-packing-slip-archive: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BPSTCONFIGURATIONTABLE" where "SQLCONNECTIONSTRING" <> $1
GO

-- quiet-upgrade-connections: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RELEASEUPDATEBULKCOPYPARAMETERS" where ("SERVERNAME" <> $1 or "SOURCECONNECTIONSTRING" <> $2 or "TARGETCONNECTIONSTRING" <> $3)
GO

-- quiet-map-service: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSMAPPARAMETERS" where "ACCOUNTPASSWORD" <> $1
GO

-- quiet-maps: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILSHAREDBINGPARAMETERS" where "APIKEY" <> $1
GO

-- quiet-personnel-integration: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."PERSONNELINTEGRATIONCONFIGURATION" where "CONNECTIONSTRING" <> $1
GO

-- quiet-workflow-site: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSWORKFLOWPARAMETERS" where "SITEURL" <> $1
GO

-- quiet-collaboration-sites: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."COLLABSITEPARAMETERS" where "ROOTURL" <> $1
GO

-- quiet-receipt-recognition: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."TRVPARAMETERS" where "RECEIPTOCRURL" <> $1
GO

-- quiet-document-storage: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."DOCUPARAMETERS" where ("ARCHIVEPATH" <> $1 or "WEBAPPSSERVERURL" <> $2 or "WEBAPPSSHAREDSECRET" <> $3 or "DEFAULTSHAREPOINTSERVER" <> $4)
GO

-- quiet-document-types: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."DOCUTYPE" where ("ARCHIVEPATH" <> $1 or "HOST" <> $2 or "SITE" <> $3 or "FOLDERPATH" <> $4)
GO

-- quiet-mail-synchronization: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."OUTLOOKSYNCPARAMETERS" where "EXCHANGESERVERURL" <> $1
GO

-- quiet-mail-synchronization-of-users: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."OUTLOOKUSERSETUP" where "EXCHANGESERVERURL" <> $1
GO

-- quiet-aif-channels: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."AIFCHANNEL" where "TRANSPORTADDRESS" <> $1
GO

-- quiet-file-store: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSFILESTOREPARAMETERS" where "FILEPATH" <> $1
GO

-- quiet-usage-upload: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSSQMSETTINGS" where "UPLOADURL" <> $1
GO

-- quiet-print-jobs-waiting: none may be found
select count(*) as "rows" from "public"."DOCUMENTROUTINGJOB" where 1 = 1
GO

-- quiet-mexican-services: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."EINVOICECFDIWEBSERVICESETUP_MX" where "URL" <> $1
GO

-- quiet-mexican-invoices: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."EINVOICECFDIPARAMETERS_MX" where ("PACACCOUNT" <> $1 or "ENABLEDCFDI" <> $2 or "KEYVAULTCERTIFICATEREF" <> $3 or "PACKEYVAULTCERTIFICATEREF" <> $4)
GO

-- quiet-italian-invoices: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
-- @10 = ''
select count(*) as "rows" from "public"."EINVOICEPARAMETERS_IT" where ("USERNAMEKEYVAULTREF" <> $1 or "USERPASSWORDKEYVAULTREF" <> $2 or "CLIENTIDKEYVAULTREF" <> $3 or "CLIENTSECRETKEYVAULTREF" <> $4 or "KEYVAULTCERTIFICATEREF" <> $5 or "ENCRYPTEDUSERPASSWORD" <> $6 or "ENCRYPTEDCLIENTID" <> $7 or "ENCRYPTEDCLIENTSECRET" <> $8 or "ENCRYPTEDACCESSTOKEN" <> $9 or "ENCRYPTEDSEK" <> $10)
GO

-- quiet-hungarian-invoices: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
select count(*) as "rows" from "public"."ONLINEINVOICINGPARAMETERS_HU" where ("TECHUSERNAME" <> $1 or "TECHUSERPASSWORD" <> $2 or "SIGNATUREKEY" <> $3 or "REPLACEMENTKEY" <> $4 or "TECHUSERNAMEKEYVAULTREF" <> $5 or "TECHUSERPASSWORDKEYVAULTREF" <> $6 or "SIGNATUREKEYKEYVAULTREF" <> $7 or "REPLACEMENTKEYKEYVAULTREF" <> $8)
GO

-- quiet-brazilian-services: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."EFDOCWEBSERVICEPARAMETERS_BR" where "URL" <> $1
GO

-- quiet-brazilian-drcst: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."FBSPEDDRCSTSETUPPARAMETERS_BR" where "URL" <> $1
GO

-- quiet-brazilian-establishments: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
select count(*) as "rows" from "public"."FISCALESTABLISHMENT_BR" where ("CONSUMEREFDOCCSC" <> $1 or "CONSUMEREFDOCCSCTOKEN" <> $2 or "TECHNICALRESPONSIBLECSRT" <> $3 or "EFDOCKEYVAULTCERTIFICATEREF" <> $4 or "EFDOCDIGITALCERTIFICATESUBJECT" <> $5)
GO

-- quiet-cash-registers: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."CASHREGISTER_W" where ("URL" <> $1 or "CERTIFICATETHUMBPRINT" <> $2 or "CERTIFICATESUBJECT" <> $3 or "KEYVAULTCERTIFICATEREF" <> $4)
GO

-- quiet-russian-alcohol-register: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BRANCHES_RU" where "EGAISUTMURL" <> $1
GO

-- quiet-dutch-vat: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."TAXEVATPARAMETERS_NL" where ("SUBMITSERVICEURL" <> $1 or "STATUSSERVICEURL" <> $2)
GO

-- quiet-german-tax-servers: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."TAXELECTRONICHTTPSERVERTABLE" where "URL" <> $1
GO

-- quiet-tax-certificates: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."TAXELECTRONICCERTIFICATESTABLE" where ("SIGNERKEYVAULTCERTIFICATEREF" <> $1 or "ENCRYPTKEYVAULTCERTIFICATEREF" <> $2 or "ELSTERKEYVAULTCERTIFICATEREF" <> $3 or "AUTHKEYVAULTCERTIFICATEREF" <> $4)
GO

-- quiet-receipt-signatures: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILDIGITALSIGNATUREPARAMETERS" where "KEYVAULTCERTIFICATEREF" <> $1
GO

-- quiet-fiscal-connectors-of-hardware: none may be found
select count(*) as "rows" from "public"."RETAILHARDWAREPROFILEFISCALINTEGRATIONTECHNICALPROFILELINE" where 1 = 1
GO

-- quiet-fiscal-connectors-of-stores: none may be found
select count(*) as "rows" from "public"."RETAILFUNCTIONALITYPROFILEFISCALINTEGRATIONTECHNICALPROFILELINE" where 1 = 1
GO

-- quiet-channel-addresses: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILCHANNELPROFILEPROPERTY" where "VALUE" <> $1
GO

-- quiet-transaction-service: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
select count(*) as "rows" from "public"."RETAILTRANSACTIONSERVICEPROFILE" where ("AOSURL" <> $1 or "SERVICEHOSTURL" <> $2 or "ISSUERURI" <> $3 or "IDENTITYPROVIDER" <> $4 or "AZUREAUTHORITY" <> $5 or "AZURERESOURCE" <> $6 or "USERID" <> $7 or "POSTSPASSWORD" <> $8)
GO

-- quiet-till-buttons: none may be found
-- @1 = 'http%'
select count(*) as "rows" from "public"."RETAILBUTTONGRIDBUTTONS" where "ACTIONPROPERTY" ilike $1
GO

-- quiet-hardware-profiles: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
select count(*) as "rows" from "public"."RETAILHARDWAREPROFILE" where ("EFTSERVERNAME" <> $1 or "EFTUSERID" <> $2 or "EFTPASSWORD" <> $3 or "CCTVHOSTNAME" <> $4 or "DUALDISPLAYBROWSERURL" <> $5 or "PHARMACYHOST" <> $6 or "SECUREMERCHANTPROPERTIES" <> $7)
GO

-- quiet-payments-on-test: none may be found
-- @1 = 1
select count(*) as "rows" from "public"."CREDITCARDACCOUNTSETUP" where ("ISTEST" is null or "ISTEST" <> $1)
GO

-- quiet-payment-secrets: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CREDITCARDACCOUNTSETUP" where "SECUREMERCHANTPROPERTIES" <> $1
GO

-- quiet-channel-payments-on-test: none may be found
-- @1 = 1
select count(*) as "rows" from "public"."RETAILCHANNELPAYMENTCONNECTORLINE" where ("ISTESTMODE" is null or "ISTESTMODE" <> $1)
GO

-- quiet-channel-payment-secrets: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILCHANNELPAYMENTCONNECTORLINE" where "SECUREMERCHANTPROPERTIES" <> $1
GO

-- quiet-channel-databases: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."RETAILCONNDATABASEPROFILE" where ("SERVER" <> $1 or "USERNAME" <> $2 or "PASSWORD" <> $3 or "CONNECTIONSTRING" <> $4)
GO

-- quiet-data-exchange-folders: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILCDXFILESTORAGEPROVIDER" where ("SHAREDOWNLOADPATH" <> $1 or "SHAREUPLOADPATH" <> $2)
GO

-- quiet-hardware-stations: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILHARDWARESTATIONPROFILE" where ("BASEURL" <> $1 or "CONNECTIONSTRINGSERVERNAME" <> $2)
GO

-- quiet-retail-servers: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILSERVERSERVICEPROFILEEXTENSION" where "BASEURL" <> $1
GO

-- quiet-devices: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILDEVICE" where ("DEVICETOKENDATA" <> $1 or "DEVICETOKENSALT" <> $2)
GO

-- quiet-till-addresses: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILTERMINALTABLE" where "IPADDRESS" <> $1
GO

-- quiet-till-devices: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RETAILHARDWARECONFIGURATION" where ("PRINTERIP" <> $1 or "DRAWERIP" <> $2 or "PINPADIP" <> $3)
GO

-- quiet-till-machines: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILMACHINE" where ("IPADDRESSES" <> $1 or "VIRTUALMACHINEHOSTNAME" <> $2)
GO

-- quiet-store-databases: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RETAILSTORETABLE" where ("SQLSERVERNAME" <> $1 or "USERNAME" <> $2 or "PASSWORD" <> $3)
GO

-- quiet-social-media: none may be found
select count(*) as "rows" from "public"."RETAILMEDIACHANNELCONNECTORCREDENTIALS" where 1 = 1
GO

-- quiet-fraud-protection: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RETAILFRAUDPROTECTIONPARAMETERS" where ("AADAPPID" <> $1 or "AADAPPSECRETNAME" <> $2 or "DFPENDPOINTURI" <> $3)
GO

-- quiet-customer-insights: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RETAILCLIENTELINGPARAMETERS" where ("CUSTOMERINSIGHTSAPPLICATIONID" <> $1 or "CUSTOMERINSIGHTSAPPLICATIONSECRETNAME" <> $2 or "CUSTOMERINSIGHTSAUTHORITYURI" <> $3)
GO

-- personal-names-dirpartytable-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
-- @10 = ''
-- @11 = ''
-- @12 = ''
-- @13 = ''
select count(*) as "rows" from "public"."DIRPARTYTABLE" where ("PHONETICFIRSTNAME" <> $1 or "PHONETICMIDDLENAME" <> $2 or "PHONETICLASTNAME" <> $3 or "INITIALS" <> $4 or "PROFESSIONALTITLE" <> $5 or "PROFESSIONALSUFFIX" <> $6 or "CHILDRENNAMES" <> $7 or "HOBBIES" <> $8 or "LEGALREPRESENTATIVENAME_MX" <> $9 or "ACCOUNTINGPERSONNEL_JP" <> $10 or "PERSONINCHARGE_JP" <> $11 or "COMPANYREPRESENTATIVE_JP" <> $12 or "TAXREPRESENTATIVE" <> $13)
GO

-- personal-names-dirpersonname-cleared: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."DIRPERSONNAME" where ("MIDDLENAME" <> $1 or "LASTNAMEPREFIX" <> $2)
GO

-- personal-names-contactperson: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."CONTACTPERSON" where ("SPOUSE" <> $1 or "ASSISTANTNAME" <> $2)
GO

-- personal-names-retailasynccustomer-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILASYNCCUSTOMER" where "MIDDLENAME" <> $1
GO

-- personal-names-vendtable-cleared: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."VENDTABLE" where ("LEGALREPRESENTATIVENAME_MX" <> $1 or "NAMECONTROL" <> $2)
GO

-- personal-mail-links: none may be found
-- @1 = 0
-- @2 = 1
-- @3 = 2
-- @4 = 4
-- @5 = 5
-- @6 = ''
select count(*) as "rows" from "public"."LOGISTICSELECTRONICADDRESS" where (("TYPE" is null or "TYPE" not in ($1, $2, $3, $4, $5)) and "LOCATOR" <> $6)
GO

-- personal-mail-logisticselectronicaddress: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."LOGISTICSELECTRONICADDRESS" where "DESCRIPTION" <> $1
GO

-- personal-mail-salestable-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SALESTABLE" where "URL" <> $1
GO

-- personal-mail-purchtable-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."PURCHTABLE" where "URL" <> $1
GO

-- personal-mail-eventrule: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."EVENTRULE" where "EMAILRECIPIENTS" <> $1
GO

-- personal-mail-retailtransactionaddresstrans-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILTRANSACTIONADDRESSTRANS" where "EMAILCONTENT" <> $1
GO

-- personal-mail-history-sysoutgoingemailtable: none may be found
select count(*) as "rows" from "public"."SYSOUTGOINGEMAILTABLE" where 1 = 1
GO

-- personal-mail-history-sysemailhistory: none may be found
select count(*) as "rows" from "public"."SYSEMAILHISTORY" where 1 = 1
GO

-- personal-mail-history-retaileventnotificationlog: none may be found
select count(*) as "rows" from "public"."RETAILEVENTNOTIFICATIONLOG" where 1 = 1
GO

-- personal-mail-history-retailcustemailnotificationlog: none may be found
select count(*) as "rows" from "public"."RETAILCUSTEMAILNOTIFICATIONLOG" where 1 = 1
GO

-- personal-mail-history-sysoutgoingemaildata: none may be found
select count(*) as "rows" from "public"."SYSOUTGOINGEMAILDATA" where 1 = 1
GO

-- personal-phones-logisticselectronicaddress: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."LOGISTICSELECTRONICADDRESS" where "LOCATOREXTENSION" <> $1
GO

-- personal-phones-bankaccounttable-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BANKACCOUNTTABLE" where "PAGER" <> $1
GO

-- personal-addresses-logisticspostaladdress-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
select count(*) as "rows" from "public"."LOGISTICSPOSTALADDRESS" where ("STREETNUMBER" <> $1 or "BUILDINGCOMPLIMENT" <> $2 or "POSTBOX" <> $3 or "DISTRICTNAME" <> $4 or "ZIPCODE" <> $5 or "LATITUDE" <> $6 or "LONGITUDE" <> $7 or "APARTMENT_RU" <> $8 or "BUILDING_RU" <> $9)
GO

-- personal-addresses-retailasynccustomer-cleared: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILASYNCCUSTOMER" where ("STREETNUMBER" <> $1 or "ZIPCODE" <> $2)
GO

-- personal-addresses-retailasyncaddress-cleared: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILASYNCADDRESS" where ("STREETNUMBER" <> $1 or "ZIP" <> $2)
GO

-- personal-addresses-retailtransactionaddresstrans-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RETAILTRANSACTIONADDRESSTRANS" where ("STREETNUMBER" <> $1 or "ZIPCODE" <> $2 or "ATTENTIONTOADDRESSLINE" <> $3)
GO

-- personal-addresses-mcrhistsalestable-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."MCRHISTSALESTABLE" where "DELIVERYZIPCODE" <> $1
GO

-- personal-addresses-mcrhistsalesline-cleared: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."MCRHISTSALESLINE" where "DELIVERYZIPCODE" <> $1
GO

-- personal-bank-accounts-custbankaccount-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."CUSTBANKACCOUNT" where ("SWIFTNO" <> $1 or "REGISTRATIONNUM" <> $2 or "MSGTOBANK" <> $3 or "BANKCONTRACTACCOUNT" <> $4)
GO

-- personal-bank-accounts-vendbankaccount-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."VENDBANKACCOUNT" where ("SWIFTNO" <> $1 or "REGISTRATIONNUM" <> $2 or "MSGTOBANK" <> $3 or "BANKCONTRACTACCOUNT" <> $4)
GO

-- personal-bank-accounts-bankaccounttable-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
select count(*) as "rows" from "public"."BANKACCOUNTTABLE" where ("SWIFTNO" <> $1 or "REGISTRATIONNUM" <> $2 or "BANKSORTCODE" <> $3 or "COMPANYPAYMID" <> $4 or "DEBITDIRECTID" <> $5 or "GIROCONTRACTACCOUNT" <> $6)
GO

-- personal-bank-accounts-bankgroup: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BANKGROUP" where "REGISTRATIONNUM" <> $1
GO

-- personal-bank-accounts-dirpartytable: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."DIRPARTYTABLE" where ("GIRO" <> $1 or "GIROCONTRACT" <> $2 or "GIROCONTRACTACCOUNT" <> $3 or "PAYMROUTINGDNB" <> $4)
GO

-- personal-bank-accounts-ledgerjournaltrans: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."LEDGERJOURNALTRANS" where "PAYMID" <> $1
GO

-- personal-bank-accounts-hcmworkerbankaccount-cleared: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."HCMWORKERBANKACCOUNT" where ("ROUTINGNUMBER" <> $1 or "SWIFTNO" <> $2)
GO

-- personal-numbers-custtable-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
-- @10 = ''
-- @11 = ''
-- @12 = ''
select count(*) as "rows" from "public"."CUSTTABLE" where ("IDENTIFICATIONNUMBER" <> $1 or "FISCALCODE" <> $2 or "CNPJCPFNUM_BR" <> $3 or "CURP_MX" <> $4 or "RFC_MX" <> $5 or "PASSPORTNO_HU" <> $6 or "ORGID" <> $7 or "REGNUM_W" <> $8 or "ENTERPRISECODE" <> $9 or "COMPANYIDSIRET" <> $10 or "IENUM_BR" <> $11 or "NIT_BR" <> $12)
GO

-- personal-numbers-vendtable-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
-- @10 = ''
-- @11 = ''
-- @12 = ''
-- @13 = ''
-- @14 = ''
select count(*) as "rows" from "public"."VENDTABLE" where ("FISCALCODE" <> $1 or "CNPJCPFNUM_BR" <> $2 or "CURP_MX" <> $3 or "RFC_MX" <> $4 or "TAX1099REGNUM" <> $5 or "CISNATIONALINSURANCENUM" <> $6 or "CISUNIQUETAXPAYERREF" <> $7 or "ORGANIZATIONNUMBER" <> $8 or "ORGID" <> $9 or "REGNUM_W" <> $10 or "ENTERPRISECODE" <> $11 or "LEGALREPRESENTATIVECURP_MX" <> $12 or "LEGALREPRESENTATIVERFC_MX" <> $13 or "COMPANYIDSIRET" <> $14)
GO

-- personal-numbers-dirpartytable-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
select count(*) as "rows" from "public"."DIRPARTYTABLE" where ("COREGNUM" <> $1 or "TAX1099REGNUM" <> $2 or "RFC_MX" <> $3 or "CURP_MX" <> $4 or "FISCALCODE_IT" <> $5 or "ORGID" <> $6 or "REGNUM" <> $7 or "LEGALREPRESENTATIVECURP_MX" <> $8 or "LEGALREPRESENTATIVERFC_MX" <> $9)
GO

-- personal-numbers-smmbusreltable: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."SMMBUSRELTABLE" where ("FISCALCODE" <> $1 or "COMPANYIDSIRET" <> $2)
GO

-- personal-numbers-contactperson: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."CONTACTPERSON" where ("GOVERNMENTIDNUMBER" <> $1 or "ORGANIZATIONALIDNUMBER" <> $2 or "PAYEEDOCUMENT_RU" <> $3)
GO

-- personal-numbers-retailasynccustomer-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."RETAILASYNCCUSTOMER" where ("IDENTIFICATIONNUMBER" <> $1 or "CNPJCPFNUM_BR" <> $2 or "ORGANIZATIONID" <> $3)
GO

-- personal-numbers-hcmpersonprivatedetails-in: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMPERSONPRIVATEDETAILS_IN" where "PANNUMBER" <> $1
GO

-- personal-numbers-employeetable-ru: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."EMPLOYEETABLE_RU" where "IDENTITYCARDNUMBER" <> $1
GO

-- personal-numbers-bankaccounttable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."BANKACCOUNTTABLE" where "RFC_MX" <> $1
GO

-- personal-numbers-fiscalestablishment-br: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."FISCALESTABLISHMENT_BR" where ("CNPJCPFNUM_BR" <> $1 or "TECHNICALRESPONSIBLECNPJ" <> $2)
GO

-- personal-numbers-hcmpersonidentificationnumber: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMPERSONIDENTIFICATIONNUMBER" where "PERSONIDENTIFICATIONNUMBER" <> $1
GO

-- personal-numbers-hcmworkeractionhire: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMWORKERACTIONHIRE" where "PERSONIDENTIFICATIONNUMBER" <> $1
GO

-- personal-details-custtable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CUSTTABLE" where "BIRTHPLACE_IT" <> $1
GO

-- personal-details-custtable-dates: none may be found
-- @1 = '1900-01-01'
select count(*) as "rows" from "public"."CUSTTABLE" where ("BIRTHDATE_IT" is null or "BIRTHDATE_IT" <> $1)
GO

-- personal-details-vendtable: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
select count(*) as "rows" from "public"."VENDTABLE" where ("BIRTHPLACE" <> $1 or "ETHNICORIGINID" <> $2 or "FEMALEOWNED" <> $3 or "MINORITYOWNED" <> $4 or "VETERANOWNED" <> $5)
GO

-- personal-details-vendtable-dates: none may be found
-- @1 = '1900-01-01'
select count(*) as "rows" from "public"."VENDTABLE" where ("BIRTHDATE" is null or "BIRTHDATE" <> $1)
GO

-- personal-details-dirpartytable: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
select count(*) as "rows" from "public"."DIRPARTYTABLE" where ("BIRTHDAY" <> $1 or "BIRTHMONTH" <> $2 or "BIRTHYEAR" <> $3 or "ANNIVERSARYDAY" <> $4 or "ANNIVERSARYMONTH" <> $5 or "ANNIVERSARYYEAR" <> $6 or "GENDER" <> $7 or "MARITALSTATUS" <> $8)
GO

-- personal-details-hcmpersonprivatedetails: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
-- @9 = ''
-- @10 = ''
-- @11 = ''
-- @12 = ''
-- @13 = ''
select count(*) as "rows" from "public"."HCMPERSONPRIVATEDETAILS" where ("GENDER" <> $1 or "ETHNICORIGIN" <> $2 or "ISDISABLED" <> $3 or "EDUCATION" <> $4 or "NATIONALITYCOUNTRYREGION" <> $5 or "CITIZENSHIPCOUNTRYREGION" <> $6 or "PERSONBIRTHCITY" <> $7 or "PERSONBIRTHCOUNTRYREGION" <> $8 or "FATHERBIRTHCOUNTRYREGION" <> $9 or "MOTHERBIRTHCOUNTRYREGION" <> $10 or "NATIVELANGUAGE" <> $11 or "BENEFITSMOKER" <> $12 or "BENEFITDESIGNEENICKNAME" <> $13)
GO

-- personal-details-hcmpersonprivatedetails-dates: none may be found
-- @1 = '1900-01-01'
-- @2 = '1900-01-01'
-- @3 = '1900-01-01'
-- @4 = '1900-01-01'
-- @5 = '1900-01-01'
-- @6 = '1900-01-01'
-- @7 = '1900-01-01'
select count(*) as "rows" from "public"."HCMPERSONPRIVATEDETAILS" where (("BIRTHDATE" is null or "BIRTHDATE" <> $1) or ("DECEASEDDATE" is null or "DECEASEDDATE" <> $2) or ("DISABLEDVERIFICATIONDATE" is null or "DISABLEDVERIFICATIONDATE" <> $3) or ("BENEFITMEDICAREELIGIBILITYDATE" is null or "BENEFITMEDICAREELIGIBILITYDATE" <> $4) or ("BENEFITADOPTIONDATE" is null or "BENEFITADOPTIONDATE" <> $5) or ("BENEFITDIVORCEDATE" is null or "BENEFITDIVORCEDATE" <> $6) or ("BENEFITWEDDINGDATE" is null or "BENEFITWEDDINGDATE" <> $7))
GO

-- personal-details-uniquecertificationvendordetail-it-dates: none may be found
-- @1 = '1900-01-01'
select count(*) as "rows" from "public"."UNIQUECERTIFICATIONVENDORDETAIL_IT" where ("VENDORBIRTHDATE" is null or "VENDORBIRTHDATE" <> $1)
GO

-- personal-details-taxreportheader-it: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."TAXREPORTHEADER_IT" where "WRITERBIRTHPLACE" <> $1
GO

-- personal-details-taxreportheader-it-dates: none may be found
-- @1 = '1900-01-01'
select count(*) as "rows" from "public"."TAXREPORTHEADER_IT" where ("WRITERBIRTHDATE" is null or "WRITERBIRTHDATE" <> $1)
GO

-- personal-pay-payrollpaystatement: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."PAYROLLPAYSTATEMENT" where ("GROSSACCOUNTINGCURRENCYAMOUNT" <> $1 or "NETACCOUNTINGCURRENCYAMOUNT" <> $2)
GO

-- personal-pay-payrollearningstatementline: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."PAYROLLEARNINGSTATEMENTLINE" where ("ACCOUNTINGCURRENCYAMOUNT" <> $1 or "EARNINGRATE" <> $2 or "RETROACTIVEPRIORRATE" <> $3)
GO

-- personal-pay-payrollpaystatementline: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."PAYROLLPAYSTATEMENTLINE" where "ACCOUNTINGCURRENCYAMOUNT" <> $1
GO

-- personal-pay-payrollpaystatementbenefitline: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."PAYROLLPAYSTATEMENTBENEFITLINE" where ("BASETIMEEARNINGBASEAMOUNT" <> $1 or "PREMIUMEARNINGBASEAMOUNT" <> $2)
GO

-- personal-pay-payrollustaxtransactionhistory: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
-- @8 = ''
select count(*) as "rows" from "public"."PAYROLLUSTAXTRANSACTIONHISTORY" where ("CALCULATEDTAXAMOUNT" <> $1 or "EXCESSWAGES" <> $2 or "GROSSSUBJECTWAGES" <> $3 or "GROSSWAGES" <> $4 or "RATE" <> $5 or "SUBJECTWAGES" <> $6 or "WAGEBASE" <> $7 or "PRIORSTATEWAGEAMOUNT" <> $8)
GO

-- personal-pay-hcmcompfixedempl: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMCOMPFIXEDEMPL" where "PAYRATE" <> $1
GO

-- personal-notes-docuref: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."DOCUREF" where ("NAME" <> $1 or "NOTES" <> $2)
GO

-- personal-notes-docudeletedref: none may be found
select count(*) as "rows" from "public"."DOCUDELETEDREF" where 1 = 1
GO

-- personal-notes-custtable: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."CUSTTABLE" where ("MEMO" <> $1 or "FEDERALCOMMENTS" <> $2 or "CREDMANNOTES" <> $3)
GO

-- personal-notes-vendtable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."VENDTABLE" where "MEMO" <> $1
GO

-- personal-notes-contactperson: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."CONTACTPERSON" where ("MEMO" <> $1 or "BILLINGINFORMATION" <> $2)
GO

-- personal-notes-smmbusreltable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SMMBUSRELTABLE" where "MEMO" <> $1
GO

-- personal-notes-dirpartymemo: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."DIRPARTYMEMO" where "MEMO" <> $1
GO

-- personal-notes-workflowtrackingcommenttable: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."WORKFLOWTRACKINGCOMMENTTABLE" where ("COMMENT" <> $1 or "TRACKINGMESSAGE" <> $2)
GO

-- personal-notes-workflowworkitemcommenttable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."WORKFLOWWORKITEMCOMMENTTABLE" where "COMMENT" <> $1
GO

-- personal-notes-smmphonelog: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SMMPHONELOG" where "CALLDESCRIPTION" <> $1
GO

-- personal-notes-smmleadtable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SMMLEADTABLE" where "LEADDESCRIPTION" <> $1
GO

-- personal-notes-smmopportunitytable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SMMOPPORTUNITYTABLE" where "MEMO" <> $1
GO

-- personal-notes-custcollectionletterjour: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CUSTCOLLECTIONLETTERJOUR" where "NOTES" <> $1
GO

-- personal-notes-custdispute: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CUSTDISPUTE" where "NOTE" <> $1
GO

-- personal-notes-ledgerjournaltrans: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."LEDGERJOURNALTRANS" where ("TXT" <> $1 or "PAYMENTNOTES" <> $2 or "OFFSETTXT" <> $3 or "RELEASEDATECOMMENT" <> $4)
GO

-- personal-notes-tstimesheetlineweek: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."TSTIMESHEETLINEWEEK" where ("INTERNALCOMMENTS" <> $1 or "EXTERNALCOMMENTS" <> $2)
GO

-- personal-notes-tstimesheettrans: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."TSTIMESHEETTRANS" where ("INTCOMMENT" <> $1 or "EXTCOMMENT" <> $2)
GO

-- personal-notes-hrplimitrequest: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HRPLIMITREQUEST" where "JUSTIFICATION" <> $1
GO

-- personal-notes-payrollearningstatement: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."PAYROLLEARNINGSTATEMENT" where "NOTE" <> $1
GO

-- personal-notes-creditcardcust: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CREDITCARDCUST" where "NOTES" <> $1
GO

-- personal-notes-reasontableref: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."REASONTABLEREF" where "REASONCOMMENT" <> $1
GO

-- personal-notes-trvexptrans: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."TRVEXPTRANS" where "REASON" <> $1
GO

-- personal-notes-mcrholdcodetrans: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."MCRHOLDCODETRANS" where "MCRHOLDCODECOMMENT" <> $1
GO

-- personal-batch-parameters-batch: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."BATCH" where ("INFO" <> $1 or "PARAMETERS" <> $2)
GO

-- personal-batch-parameters-batchhistory: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."BATCHHISTORY" where ("INFO" <> $1 or "PARAMETERS" <> $2)
GO

-- personal-cards-creditcardcust-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
select count(*) as "rows" from "public"."CREDITCARDCUST" where ("CARDNUMBER" <> $1 or "CARDTOKEN" <> $2 or "EXPIRYDATE" <> $3)
GO

-- personal-cards-creditcardauthtrans: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."CREDITCARDAUTHTRANS" where ("CREDITCARDNUMBER" <> $1 or "CARDTOKENREQUEST" <> $2 or "CARDTOKENRESULT" <> $3 or "AUTHORIZATION" <> $4)
GO

-- personal-cards-retailtransactionpaymenttrans-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."RETAILTRANSACTIONPAYMENTTRANS" where ("PAYMENTCARDTOKEN" <> $1 or "PAYMENTAUTHORIZATION" <> $2 or "PAYMENTCAPTURETOKEN" <> $3 or "CARDORACCOUNT" <> $4)
GO

-- personal-cards-retailtransactionfiscalcustomer: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILTRANSACTIONFISCALCUSTOMER" where "SERIALIZEDDATA" <> $1
GO

-- personal-files-dirpartyimage: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."DIRPARTYIMAGE" where "IMAGE" <> $1
GO

-- personal-files-retailstafftable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILSTAFFTABLE" where "IMAGE" <> $1
GO

-- personal-files-retailcusttable: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILCUSTTABLE" where "IMAGE" <> $1
GO

-- personal-files-hcmpersonimage: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."HCMPERSONIMAGE" where "IMAGE" <> $1
GO

-- personal-files-docuvalue: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
select count(*) as "rows" from "public"."DOCUVALUE" where ("FILE_" <> $1 or "FILENAME" <> $2 or "ORIGINALFILENAME" <> $3 or "PATH" <> $4 or "ACCESSINFORMATION" <> $5 or "NAME" <> $6)
GO

-- personal-files-syshistoricalsignature: none may be found
select count(*) as "rows" from "public"."SYSHISTORICALSIGNATURE" where 1 = 1
GO

-- personal-files-custdirectdebitmandate: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CUSTDIRECTDEBITMANDATE" where "SIGNATURELOCATION" <> $1
GO

-- personal-files-docudeletedvalue: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
select count(*) as "rows" from "public"."DOCUDELETEDVALUE" where ("FILE_" <> $1 or "FILENAME" <> $2 or "ORIGINALFILENAME" <> $3 or "NAME" <> $4 or "PATH" <> $5 or "ACCESSINFORMATION" <> $6)
GO

-- personal-accounts-sysuserrequest: none may be found
select count(*) as "rows" from "public"."SYSUSERREQUEST" where 1 = 1
GO

-- personal-accounts-retailexternalidtocustomerlinkactivationtable: none may be found
select count(*) as "rows" from "public"."RETAILEXTERNALIDTOCUSTOMERLINKACTIVATIONTABLE" where 1 = 1
GO

-- personal-accounts-userinfo-cleared: none may be found
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
-- @15 = ''
-- @16 = ''
-- @17 = ''
select count(*) as "rows" from "public"."USERINFO" where (("ID" is null or lower(rtrim("ID")) not in (lower(rtrim($1)), lower(rtrim($2)), lower(rtrim($3)), lower(rtrim($4)), lower(rtrim($5)), lower(rtrim($6)), lower(rtrim($7)), lower(rtrim($8)), lower(rtrim($9)), lower(rtrim($10)), lower(rtrim($11)), lower(rtrim($12)), lower(rtrim($13)), lower(rtrim($14)))) and ("EXTERNALID" <> $15 or "DEL_OSACCOUNTNAME" <> $16 or "DEL_PASSWORD" <> $17))
GO

-- personal-accounts-sysuserinfo: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."SYSUSERINFO" where "DEFAULTEXCELEXPORTPATH" <> $1
GO

-- personal-accounts-sysuserlicenselist: none may be found
select count(*) as "rows" from "public"."SYSUSERLICENSELIST" where 1 = 1
GO

-- personal-accounts-sysoauthusertokens: none may be found
select count(*) as "rows" from "public"."SYSOAUTHUSERTOKENS" where 1 = 1
GO

-- personal-accounts-contactpersonuserrelation: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."CONTACTPERSONUSERRELATION" where "USERALIAS" <> $1
GO

-- personal-accounts-retailstafftable-cleared: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
-- @5 = ''
-- @6 = ''
-- @7 = ''
select count(*) as "rows" from "public"."RETAILSTAFFTABLE" where ("EXTERNALIDENTITYNAME" <> $1 or "EXTERNALIDENTITYSUBID" <> $2 or "EXTERNALIDENTITYALIAS" <> $3 or "TMPEXTERNALIDENTITYALIAS" <> $4 or "PASSWORD" <> $5 or "PASSWORDDATA" <> $6 or "PASSWORDSALT" <> $7)
GO

-- personal-accounts-retailstaffcredentialtable: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."RETAILSTAFFCREDENTIALTABLE" where ("HASHEDCREDENTIAL" <> $1 or "SALT" <> $2)
GO

-- personal-accounts-whsworkuser: none may be found
-- @1 = ''
-- @2 = ''
select count(*) as "rows" from "public"."WHSWORKUSER" where ("USERPASSWORDHASH" <> $1 or "USERPASSWORDSALT" <> $2)
GO

-- personal-accounts-jmgemployee: none may be found
-- @1 = ''
-- @2 = ''
-- @3 = ''
-- @4 = ''
select count(*) as "rows" from "public"."JMGEMPLOYEE" where ("LOGINCARDNO" <> $1 or "PINCODE" <> $2 or "PINCODEHASH" <> $3 or "PINCODESALT" <> $4)
GO

-- personal-accounts-retailwishlistinvitation: none may be found
-- @1 = ''
select count(*) as "rows" from "public"."RETAILWISHLISTINVITATION" where "TOKEN" <> $1
GO

-- personal-logs-catprocurementcache: none may be found
select count(*) as "rows" from "public"."CATPROCUREMENTCACHE" where 1 = 1
GO

-- personal-logs-eventinbox: none may be found
select count(*) as "rows" from "public"."EVENTINBOX" where 1 = 1
GO

-- personal-logs-personsearchprintmanagement: none may be found
select count(*) as "rows" from "public"."PERSONSEARCHPRINTMANAGEMENT" where 1 = 1
GO

-- personal-logs-sysdatabaselog: none may be found
select count(*) as "rows" from "public"."SYSDATABASELOG" where 1 = 1
GO

-- personal-logs-sigsignaturelog: none may be found
select count(*) as "rows" from "public"."SIGSIGNATURELOG" where 1 = 1
GO

-- personal-logs-dualwriteerrorlog: none may be found
select count(*) as "rows" from "public"."DUALWRITEERRORLOG" where 1 = 1
GO

-- personal-logs-eventinboxdata: none may be found
select count(*) as "rows" from "public"."EVENTINBOXDATA" where 1 = 1
GO

-- personal-logs-sysuserlog: none may be found
select count(*) as "rows" from "public"."SYSUSERLOG" where 1 = 1
GO

-- personal-logs-purchrfqreplyencryptionauditlog: none may be found
select count(*) as "rows" from "public"."PURCHRFQREPLYENCRYPTIONAUDITLOG" where 1 = 1
GO

-- personal-logs-eeuserrolechangelog: none may be found
select count(*) as "rows" from "public"."EEUSERROLECHANGELOG" where 1 = 1
GO

-- personal-logs-documentroutingjob: none may be found
select count(*) as "rows" from "public"."DOCUMENTROUTINGJOB" where 1 = 1
GO
