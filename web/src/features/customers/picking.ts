/** Choosing a customer, for features that name one. */
export { CustomerPicker } from './related/CustomerPicker'
