/** Money that comes in from payment operators: recharges, what operators tell of them, and their saga. */
package tg.ecom.payments;
