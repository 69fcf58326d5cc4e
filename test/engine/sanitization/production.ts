/** Rows of an application database of production, hostile on purpose: unicode, trailing spaces, other cases, wrong types. */
export const PRODUCTION = `
insert into "PARTITIONS" ("PARTITIONKEY") values ('initial'), ('branches');
insert into "LOGISTICSELECTRONICADDRESS" ("TYPE", "LOCATOR") values
  (2, 'jörg.kröger@contoso.example'), (3, 'stored@under.wrong.type'), (2, 'no at sign'),
  (1, '+49 30 901820'), (2, ''), (2, '名前＠会社.example   ');
insert into "BATCHJOBHISTORY" ("CAPTION") values ('a'), ('b');
insert into "BATCHHISTORY" ("SERVERID") values ('PROD-AOS-1');
insert into "BATCHCONSTRAINTSHISTORY" default values;
insert into "SYSEMAILPARAMETERS" ("SMTPRELAYSERVERNAME", "MAILERNONINTERACTIVE") values ('smtp.contoso.example', 'Exchange');
insert into "PRINTMGMTSETTINGS" default values;
insert into "PRINTMGMTDOCINSTANCE" default values;
insert into "SYSSERVERCONFIG" ("SERVERID", "ENABLEBATCH") values ('PROD-AOS-1', 1), ('PROD-AOS-2', 1);
insert into "SYSSERVERSESSIONS" default values;
insert into "SYSCORPNETPRINTERS" ("PRINTERPATH") values ('\\\\print\\secret');
insert into "SYSCLIENTSESSIONS" ("USERID") values ('Jörg');
insert into "BATCHSERVERCONFIG" ("SERVERID") values ('PROD-AOS-1');
insert into "BATCHSERVERGROUP" ("GROUPID", "SERVERID") values ('night', 'PROD-AOS-1');
insert into "DOCUVALUE" ("FILENAME") values ('contract.pdf'), ('CustInvoice.docx');
insert into "USERINFO" ("ID", "ENABLE", "NETWORKALIAS", "NETWORKDOMAIN", "SID", "DEFAULTPARTITION", "PARTITION") values
  ('Admin', 0, 'ceo@contoso.example', 'https://sts.windows.net/', 'S-1', 1, 1),
  ('Axrunner', 1, '', '', 'S-2', 1, 1),
  ('FRSERVICEUSER ', 1, '', '', 'S-3', 1, 1),
  ('Jörg', 1, 'jörg@contoso.example', '', 'S-4', 0, 2),
  ('Admin2', 1, 'admin2@contoso.example', '', 'S-5', 1, 1),
  ('Guest', 0, '', '', 'S-6', 0, 2);
insert into "BATCHJOB" ("CAPTION", "STATUS") select 'job ' || n, n from generate_series(0, 8) n;
insert into "BATCH" ("CAPTION", "STATUS") select 'task ' || n, n from generate_series(0, 8) n;
insert into "SYSEMAILSMTPPASSWORD" ("PASSWORD") values ('\\x736563726574');
insert into "CREDITCARDACCOUNTSETUP" ("SECUREMERCHANTPROPERTIES") values ('\\x01'), (null), ('\\x');
insert into "EXCHANGERATEPROVIDERCONFIGURATIONDETAILS" ("VALUE") values ('\\x01');
insert into "FISCALESTABLISHMENT_BR" ("CONSUMEREFDOCCSC") values ('\\x01');
insert into "FISCALESTABLISHMENTSTAGING" ("CSC") values ('secret'), ('');
insert into "HCMPERSONIDENTIFICATIONNUMBER" ("PERSONIDENTIFICATIONNUMBER") values ('secret 12');
insert into "HCMWORKERACTIONHIRE" ("PERSONIDENTIFICATIONNUMBER") values ('\\x01');
insert into "SYSOAUTHUSERTOKENS" ("ENCRYPTEDACCESSTOKEN", "ENCRYPTEDREFRESHTOKEN") values ('\\x01', null), (null, '\\x02');
insert into "RETAILHARDWAREPROFILE" ("SECUREMERCHANTPROPERTIES") values ('\\x01');
insert into "RETAILCHANNELPAYMENTCONNECTORLINE" ("SECUREMERCHANTPROPERTIES") values ('\\x01');
insert into "RETAILCONNDATABASEPROFILE" ("CONNECTIONSTRING") values ('\\x01');
insert into "RETAILHARDWAREPROFILEMERCHANTINFOENTITY" ("SECUREMERCHANTPROPERTIES") values ('\\x01');
insert into "PERSONNELINTEGRATIONCONFIGURATION" ("CONNECTIONSTRING") values ('Server=secret');
insert into "SYSSERVICECONFIGURATIONSETTING" ("NAME", "VALUE") values
  ('TENANTID', 'tenant-of-prod'), ('ENVIRONMENTURL', 'https://prod.example/');
insert into "POWERBICONFIG" ("CLIENTID", "APPLICATIONKEY") values ('client-of-prod', '\\x01');
insert into "PROVISIONINGMESSAGETABLE" ("TENANTID") values ('tenant-of-prod');
insert into "DOCUDELETEDVALUE" default values;
insert into "DOCUTEMPLATE" default values;
insert into "SQLSYSTEMVARIABLES" ("PARM", "VALUE") values ('CONFIGURATIONMODE', 1), ('SYSTEMTABLEVERSION', 1045);
insert into "DUALWRITEPROJECTCONFIGURATION" default values;
insert into "DUALWRITEPROJECTFIELDCONFIGURATION" default values;
insert into "BUSINESSEVENTSENDPOINT" default values;
insert into "BUSINESSEVENTSAZUREENDPOINT" default values;
insert into "BUSINESSEVENTSAZUREBLOBSTORAGEENDPOINT" default values;
insert into "BUSINESSEVENTSEVENTGRIDENDPOINT" default values;
insert into "BUSINESSEVENTSEVENTHUBENDPOINT" default values;
insert into "BUSINESSEVENTSFLOWENDPOINT" default values;
`;
