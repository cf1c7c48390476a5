/** What routes need of the settings before their screens are loaded. */
export { readAuditSearch, type AuditSearch } from './audit/address'
