/** The kind of thing that travels when a customer's row is dragged. */
export const CUSTOMER_DRAG = 'application/x-patron-customer'
