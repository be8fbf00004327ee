-- A certificate may be had for a service account's token, too: credential_name is the pod's then.
alter table issuance drop constraint issuance_credential_check;
alter table issuance add constraint issuance_credential_check
    check (credential in ('JOIN_TOKEN', 'SERVICE_ACCOUNT', 'CERTIFICATE', 'OWN'));
