export * from './client'
export type * from './records'
export * from './viewAs'
