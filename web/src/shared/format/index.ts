export * from './time'
export * from './money'
export * from './people'
