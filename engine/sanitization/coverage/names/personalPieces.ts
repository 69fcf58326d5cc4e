import type { Family } from '../columnFacts.ts';
import type { SuspicionKind } from '../findings.ts';

/** Tables of which a plain word (NAME, MESSAGE) tells more than elsewhere. */
export type Context = 'people' | 'users' | 'mail' | 'documents' | 'bank' | 'journals' | 'payroll';

export interface PersonalPieces {
  readonly kind: SuspicionKind;
  readonly families: readonly Family[];
  readonly pieces: readonly string[];
  /** In such tables only. */
  readonly in?: Context;
  /** Only when the column's name is nothing but this word. */
  readonly isWhole?: true;
  /** `ID` behind it makes it no reference to something else: it identifies by itself (USERID, LOYALTYCARDID). */
  readonly mayBeId?: true;
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const text = ['text', 'document'] as const;
const secret = ['text', 'document', 'binary'] as const;
const number = ['number'] as const;
const any = ['text', 'document', 'binary', 'number', 'date', 'other'] as const;

/**
 * Words by which the application and its customizations call what identifies people or lets somebody in, and the types that a
 * column must have to be meant: `MANDATORYVATNUM` is a switch, as its type says.
 */
export const PERSONAL_PIECES: readonly PersonalPieces[] = [
  {
    kind: 'secret',
    families: secret,
    pieces: words(`
      PASSWORD PASSWD PWD PASSPHRASE PINCODE SECRET SECRETKEY CLIENTSECRET TOKEN APIKEY APPKEY APPLICATIONKEY
      ACCESSKEY PRIVATEKEY SHAREDKEY ACCOUNTKEY LICENSEKEY CONNECTIONSTRING CREDENTIAL CREDENTIALS CREDENTIALID
      SHAREDACCESS MERCHANTPROPERTIES ENCRYPTED ENCRYPTEDDATA CIPHERTEXT HASHED SALT PASSWORDHASH THUMBPRINT`),
  },
  {
    kind: 'payment card',
    families: text,
    pieces: words('CARDNUMBER CARDNUM CARDNO CREDITCARD GIFTCARD LOYALTYCARD CARDORACCOUNT CVV PAN'),
    mayBeId: true,
  },
  {
    kind: 'bank account',
    families: text,
    pieces: words(`
      IBAN BIC SWIFT SWIFTNO SWIFTCODE BANKACCOUNT BANKACCOUNTNUM BANKACCT SORTCODE ROUTINGNUMBER ROUTINGNUM GIRO
      GIROACCOUNT ACCOUNTHOLDER BANKACCOUNTNUMBER`),
  },
  {
    kind: 'bank account',
    families: text,
    pieces: words('ACCOUNTNUM ACCOUNTNUMBER REGISTRATIONNUM'),
    in: 'bank',
    isWhole: true,
  },
  {
    kind: 'tax or identity number',
    families: secret,
    pieces: words(`
      VATNUM VATNUMBER VATNO TAXID TAXNUMBER TAXREGNUM REGNUM COREGNUM REGISTRATIONNUMBER FISCALCODE PASSPORT
      PASSPORTNUM SSN SOCIALSECURITY NATIONALID NATIONALINSURANCE IDENTIFICATIONNUMBER GOVERNMENTID IDENTITYCARD
      DRIVERLICENSE PERSONNELNUMBER EMPLOYEENUMBER CURP RFC CNPJ CPF NIF PESEL SIRET EMPLOYEEID WORKERNUMBER
      ORGANIZATIONNUMBER`),
    mayBeId: true,
  },
  {
    kind: 'private detail',
    families: any,
    pieces: words(`
      BIRTH BIRTHDATE BIRTHDAY BIRTHMONTH BIRTHYEAR BIRTHPLACE DOB GENDER MARITAL MARITALSTATUS RELIGION RELIGIOUS
      ETHNIC ETHNICITY RACE NATIONALITY CITIZENSHIP DISABILITY DISEASE ILLNESS MEDICAL MEDICARE PREGNANCY VETERAN
      MINORITY ANNIVERSARY DECEASED DIVORCE WEDDING ADOPTION HOBBIES SMOKER POLITICAL`),
    mayBeId: true,
  },
  { kind: 'private detail', families: any, pieces: words('DISABLED EDUCATION NATIVELANGUAGE'), in: 'people' },
  {
    kind: 'pay',
    families: [...text, ...number],
    pieces: words('SALARY WAGE WAGES PAYRATE COMPENSATION GROSSPAY NETPAY EARNINGRATE BONUSAMOUNT'),
  },
  { kind: 'pay', families: number, pieces: words('AMOUNT RATE'), in: 'payroll' },
  {
    kind: 'e-mail',
    families: text,
    pieces: words('EMAIL EMAILADDRESS MAILADDRESS MAILTO RECIPIENT RECIPIENTS SENDERADDR LOCATOR'),
  },
  { kind: 'e-mail', families: text, pieces: words('SENDER MAIL'), isWhole: true },
  {
    kind: 'phone',
    families: text,
    pieces: words(`
      PHONE TELEPHONE MOBILEPHONE MOBILENUMBER CELLULARPHONE TELEFAX FAX TELEX PAGER LOCATOREXTENSION`),
  },
  { kind: 'phone', families: text, pieces: words('MOBILE SMS TEL'), isWhole: true },
  {
    kind: 'person name',
    families: text,
    pieces: words(`
      FIRSTNAME MIDDLENAME LASTNAME FULLNAME SURNAME MAIDENNAME NICKNAME KNOWNAS NAMEALIAS CONTACTPERSON
      NAMEOFPERSON SPOUSE SIGNATORY REQUESTER DELIVERYNAME SALESNAME PURCHNAME INVOICINGNAME`),
  },
  { kind: 'person name', families: text, pieces: words('INITIALS ATTENTION HOLDER OWNERNAME'), isWhole: true },
  { kind: 'person name', families: text, pieces: words('NAME'), in: 'people', isWhole: true },
  {
    kind: 'address',
    families: [...text, ...number],
    pieces: words('LATITUDE LONGITUDE'),
  },
  {
    kind: 'address',
    families: text,
    pieces: words(`
      STREET STREETNUMBER ADDRESS CITY ZIP ZIPCODE POSTCODE POSTALCODE POSTBOX HOUSENUMBER APARTMENT`),
  },
  {
    kind: 'sign-in',
    families: text,
    pieces: words(`
      USERNAME USERID USERALIAS NETWORKALIAS LOGIN LOGINID LOGINNAME SIGNINNAME SID OBJECTID EXTERNALIDENTITY
      EXECUTINGBY EXECUTEDBY APPROVEDBY CHANGEDBY REQUESTEDBY`),
    mayBeId: true,
  },
  { kind: 'sign-in', families: text, pieces: words('USER'), isWhole: true },
  { kind: 'sign-in', families: text, pieces: words('ID'), in: 'users', isWhole: true },
  {
    kind: 'note',
    families: text,
    pieces: words('MEMO NOTE NOTES COMMENT COMMENTS REMARK REMARKS JUSTIFICATION FREETEXT'),
  },
  { kind: 'note', families: text, pieces: words('SUBJECT MESSAGE BODY'), in: 'mail', isWhole: true },
  { kind: 'note', families: text, pieces: words('TXT'), in: 'journals', isWhole: true },
  { kind: 'note', families: text, pieces: words('NAME'), in: 'documents', isWhole: true },
  { kind: 'file', families: text, pieces: words('FILENAME ORIGINALFILENAME'), in: 'documents' },
  { kind: 'file', families: text, pieces: words('FILENAME'), in: 'mail' },
  {
    kind: 'file',
    families: ['binary'],
    pieces: words('FILE IMAGE PHOTO PICTURE BITMAP ATTACHMENT SIGNATURE SCAN FINGERPRINT RESUME'),
  },
  { kind: 'file', families: ['binary'], pieces: words('DATA CONTENT'), in: 'mail', isWhole: true },
  {
    kind: 'endpoint',
    families: text,
    pieces: words(`
      URL URI IP HOST HOSTNAME SERVER SERVERNAME ENDPOINT DNS IPADDRESS MACADDRESS PRINTERPATH FILEPATH FOLDERPATH
      UNCPATH WEBSITE COMPUTER COMPUTERNAME`),
    mayBeId: true,
  },
];

/** Words for somebody; `NAME` right behind one of them is a name of somebody. */
export const SOMEBODY: ReadonlySet<string> = new Set([
  ...['PERSON', 'CONTACT', 'CUSTOMER', 'CUST', 'VENDOR', 'VEND', 'EMPLOYEE', 'WORKER', 'USER', 'HOLDER', 'OWNER'],
  ...['DRIVER', 'PATIENT', 'GUEST', 'SENDER', 'RECEIVER', 'RECIPIENT', 'BUYER', 'CARDHOLDER', 'CLERK', 'AGENT'],
  ...['FATHER', 'MOTHER', 'CHILDREN', 'SPOUSE', 'ASSISTANT', 'STAFF', 'MEMBER', 'STUDENT', 'APPLICANT', 'PARTY'],
  ...['REPRESENTATIVE', 'MANAGER', 'SUPERVISOR', 'REQUISITIONER'],
]);
