export * from './client'
export type * from './records'
