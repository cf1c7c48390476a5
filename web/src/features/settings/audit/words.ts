/** What can stand in the audit log, in sentences. Their places are filled in by sentences.ts. */
import { t } from '@/shared/i18n'

/** What is not known here yet is shown under its own name. */
export const UNKNOWN = t('{actor}: {kind}')

/** By what happened. */
export const SENTENCES: Record<string, string> = {
  'customer.opened': t('{actor} opened the profile of {subject}'),
  'customer.sensitive_shown': t('{actor} read {fields} of {subject}'),
  'customers.searched': t('{actor} searched the customers'),
  'export.made': t('{actor} exported a list of customers'),
  'export.taken': t('{actor} downloaded an export'),

  'customer.created': t('{actor} added {subject}'),
  'customer.updated': t('{actor} changed {fields} of {subject}'),
  'customer.moved': t('{actor} moved {subject} to another folder'),
  'customer.status_changed': t('{actor} changed the status of {subject}'),
  'customer.tagged': t('{actor} changed the tags of {subject}'),
  'customer.assigned': t('{actor} changed who looks after {subject}'),
  'customer.binned': t('{actor} moved {subject} to the bin'),
  'customer.restored': t('{actor} brought {subject} back from the bin'),
  'customer.erased': t('{actor} erased a customer for good'),

  'note.written': t('{actor} wrote a note about {customer}'),
  'note.edited': t('{actor} edited a note about {customer}'),
  'note.deleted': t('{actor} moved a note about {customer} to the bin'),
  'note.restored': t('{actor} brought a note about {customer} back from the bin'),
  'note.erased': t('{actor} erased a note about {customer} for good'),
  'note.pinned': t('{actor} pinned a note about {customer}'),
  'note.unpinned': t('{actor} unpinned a note about {customer}'),
  'note.made_public': t('{actor} made a note about {customer} public'),
  'note.made_internal': t('{actor} made a note about {customer} internal'),
  'note.made_alert': t('{actor} made a note about {customer} an alert'),
  'note.alert_ended': t('{actor} ended the alert about {customer}'),
  'note.moved': t('{actor} put the notes about {customer} into another order'),

  'relation.added': t('{actor} linked {customer} with somebody'),
  'relation.changed': t('{actor} changed how {customer} is linked with somebody'),
  'relation.removed': t('{actor} took away a link of {customer}'),
  'file.added': t('{actor} added a file'),
  'file.removed': t('{actor} removed a file'),

  'segment.entered': t('{actor} put {customer} into a segment'),
  'segment.left': t('{actor} took {customer} out of a segment'),
  'segment.created': t('{actor} made the segment {subject}'),
  'segment.updated': t('{actor} changed {fields} of the segment {subject}'),
  'segment.deleted': t('{actor} deleted a segment'),
  'view.created': t('{actor} kept the view {subject}'),
  'view.updated': t('{actor} changed {fields} of the view {subject}'),
  'view.deleted': t('{actor} deleted a view'),

  'folder.created': t('{actor} made the folder {subject}'),
  'folder.updated': t('{actor} changed {fields} of the folder {subject}'),
  'folder.deleted': t('{actor} deleted a folder'),
  'status.created': t('{actor} made the status {subject}'),
  'status.updated': t('{actor} changed {fields} of the status {subject}'),
  'status.deleted': t('{actor} deleted a status'),
  'tag.created': t('{actor} made the tag {subject}'),
  'tag.updated': t('{actor} changed {fields} of the tag {subject}'),
  'tag.deleted': t('{actor} deleted a tag'),
  'field.created': t('{actor} made the custom field {subject}'),
  'field.updated': t('{actor} changed {fields} of the custom field {subject}'),
  'field.deleted': t('{actor} deleted a custom field'),

  'user.created': t('{actor} added {subject} to the staff'),
  'user.updated': t('{actor} changed {fields} of {subject}'),
  'user.disabled': t('{actor} disabled {subject}'),
  'user.enabled': t('{actor} let {subject} in again'),
  'user.invited': t('{actor} invited {subject}'),
  'user.joined': t('{actor} accepted the invitation'),
  'role.created': t('{actor} made the role {subject}'),
  'role.updated': t('{actor} changed {fields} of the role {subject}'),
  'role.deleted': t('{actor} deleted a role'),
  'team.created': t('{actor} made the team {subject}'),
  'team.updated': t('{actor} changed {fields} of the team {subject}'),
  'team.deleted': t('{actor} deleted a team'),
  'key.created': t('{actor} made the API key {subject}'),
  'key.updated': t('{actor} changed {fields} of the API key {subject}'),
  'key.revoked': t('{actor} revoked the API key {subject}'),
  'business.founded': t('{actor} founded the business'),
  'business.updated': t('{actor} changed {fields} of the business'),

  'session.started': t('{actor} signed in'),
  'session.ended': t('{actor} signed out'),
  'session.refused': t('Somebody could not sign in'),
  'session.held_back': t('Somebody had to wait after too many wrong tries: {fields}'),
  'password.changed': t('{actor} changed the password'),
  'password.link_made': t('{actor} made a link to a new password for {subject}'),
  'password.set': t('{actor} chose a password by a link'),

  'import.uploaded': t('{actor} uploaded {subject} to import it'),
  'import.changed': t('{actor} changed how {subject} is imported'),
  'import.previewed': t('{actor} tried the import of {subject} out'),
  'import.started': t('{actor} began the import of {subject}'),
  'import.stopped': t('{actor} stopped the import of {subject}'),
  'import.finished': t('The import of {subject} was finished'),
  'import.undone': t('{actor} took the import of {subject} back'),
  'import.cleared': t('{actor} removed the file and the rows of the import of {subject}'),
  'job.started': t('{actor} started a change of many customers'),
  'job.finished': t('A change of many customers was finished'),
  'job.stopped': t('{actor} stopped a change of many customers'),
  'job.failed': t('A change of many customers could not be finished'),
  'job.undone': t('{actor} took a change of many customers back'),
}

/** Requests that change nothing of a record, by their route. */
export const PASSING: Record<string, string> = {
  'PUT /customers/{id}/presence': t('{actor} was looking at {subject}'),
  'DELETE /customers/{id}/presence': t('{actor} looked away from {subject}'),
  'POST /customers/{id}/seen': t('{actor} read what is new about {subject}'),
  'POST /bulk/preview': t('{actor} tried out a change of many customers'),
  'POST /segments/preview': t('{actor} tried out who would be in a segment'),
}

/** Requests of which nothing came, by their route: what somebody wanted. */
export const ROUTES: Record<string, string> = {
  'POST /session': t('{actor} wanted to sign in'),
  'DELETE /session': t('{actor} wanted to sign out'),
  'DELETE /sessions/{id}': t('{actor} wanted to sign a device out'),
  'POST /session/password': t('{actor} wanted to change the password'),
  'POST /session/invitation': t('{actor} wanted to choose a password by a link'),
  'POST /users/{id}/invitation': t('{actor} wanted to invite {subject}'),
  'POST /customers/{id}/restoration': t('{actor} wanted to bring {subject} back from the bin'),
  'PUT /customers/{id}/photo': t('{actor} wanted to change the photo of {subject}'),
  'DELETE /customers/{id}/photo': t('{actor} wanted to remove the photo of {subject}'),
  'POST /notes/{id}/restoration': t('{actor} wanted to bring a note back from the bin'),
  'POST /imports/{id}/preview': t('{actor} wanted to try an import out'),
  'POST /imports/{id}/run': t('{actor} wanted to begin an import'),
  'POST /imports/{id}/stop': t('{actor} wanted to stop an import'),
  'POST /imports/{id}/undo': t('{actor} wanted to take an import back'),
  'POST /jobs/{id}/stop': t('{actor} wanted to stop a change of many customers'),
  'POST /jobs/{id}/undo': t('{actor} wanted to take a change of many customers back'),
  'POST /bulk': t('{actor} wanted to change many customers'),
}

/** The others, by what they do and to what. */
export const TRIED: Record<string, string> = {
  POST: t('{actor} wanted to make {thing}'),
  PUT: t('{actor} wanted to change {thing}'),
  PATCH: t('{actor} wanted to change {thing}'),
  DELETE: t('{actor} wanted to delete {thing}'),
  GET: t('{actor} read {thing}'),
}

export const THINGS: Record<string, string> = {
  customers: t('a customer'), notes: t('a note'), relations: t('a link between customers'), files: t('a file'), tags: t('a tag'), folders: t('a folder'),
  statuses: t('a status'), fields: t('a custom field'), segments: t('a segment'), views: t('a view'), users: t('a colleague'), roles: t('a role'),
  teams: t('a team'), keys: t('an API key'), business: t('the business'), imports: t('an import'), jobs: t('a change of many customers'),
}
